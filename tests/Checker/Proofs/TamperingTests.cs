using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Irekae.Checker.Proofs;
using Irekae.Model.Numbers;
using Irekae.Model.Semantics;
using Irekae.Properties.Monitors;
using Irekae.Tests.Laws;

namespace Irekae.Tests.Checker.Proofs;

/// <summary>
/// Random changes of certified texts, the hashes put right again so that they are not what is noticed. A changed text must be refused, or be
/// another proof of what it then claims, which exact polyhedra confirm without looking at its multipliers.
/// </summary>
public sealed class TamperingTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("irekae-tampering").FullName;

    public void Dispose() => Directory.Delete(folder, true);

    public static TheoryData<string, string, int> Samples => new()
    {
        { "first/first.irk", "bound", 1 }, { "first/first.irk", "check.deadlock", 2 }, { "minix3/minix3.irk", "replacement_max", 3 },
        { "minix3/minix3.irk", "replacement_min", 4 }, { "minix3/minix3.irk", "state_kept", 5 },
    };

    [Theory]
    [MemberData(nameof(Samples))]
    public void AChangedCertificateIsRefusedOrAnotherProof(string file, string property, int seed)
    {
        var (model, certificate) = Proved.Texts(file, property);
        var judge = new Judge(file, property, model);
        var random = new Random(seed);
        int refused = 0, proofs = 0;
        int count = Campaign.Size(500, 20_000), sample = Campaign.Size(40, 2_000);
        for (int i = 0; i < count; i++)
        {
            string changed = Changes.Random(Encoding.UTF8.GetString(certificate), random, out string what);
            byte[] text = Encoding.UTF8.GetBytes(changed);
            bool accepted = Proved.Check(model, text) is ProofVerdict.Accepted;
            if (accepted) Assert.True(judge.Agrees(text), $"change {i}: {what}");
            _ = accepted ? proofs++ : refused++;
            if (i < sample) File.WriteAllText(Path.Combine(folder, $"{i}.{(accepted ? "accepted" : "refused")}"), changed);
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{property}: {refused} refused, {proofs} other proofs");
        Assert.True(refused > count / 2);
        PythonAgrees(model);
    }

    /// <summary>A change of the model is a proof of something else: the specification does not mean it.</summary>
    [Theory]
    [MemberData(nameof(Samples))]
    public void AChangedModelIsNotTheSpecifications(string file, string property, int seed)
    {
        var random = new Random(seed);
        var (model, certificate) = Proved.Texts(file, property);
        for (int i = 0; i < Campaign.Size(100, 3_000); i++)
        {
            var bundle = Proved.Bundle(file, property);
            string changed = Changes.Random(Encoding.UTF8.GetString(model), random, out string what);
            bundle.Files["model.json"] = Encoding.UTF8.GetBytes(changed);
            if (i % 4 > 0) bundle.Files["cert.json"] = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(certificate).Replace(Certificate.Hash(model), Certificate.Hash(bundle.Files["model.json"])));
            if (i % 4 > 1) Rehash(bundle);
            Assert.False(BundleChecker.Check(bundle)[^1].Holds, $"change {i}: {what}");
        }
    }

    [Theory]
    [InlineData("first/first.irk", "bound")]
    [InlineData("minix3/minix3.irk", "replacement_max")]
    public void AChangedRunIsRefusedOrShowsTheSame(string file, string property)
    {
        var random = new Random(7);
        var (spec, result) = Proved.Answer(file, property);
        for (int i = 0; i < Campaign.Size(200, 5_000); i++)
        {
            var bundle = Proved.Bundle(file, property);
            bundle.Files["run.txt"] = Encoding.UTF8.GetBytes(Changes.Random(Encoding.UTF8.GetString(bundle.Files["run.txt"]), random, out string what));
            Assert.False(BundleChecker.Check(bundle)[^1].Holds, what);
            Rehash(bundle);
            if (!BundleChecker.Check(bundle)[^1].Holds) continue;
            var script = RunScript.Parse(Encoding.UTF8.GetString(bundle.Files["run.txt"]));
            var run = Assert.IsType<Replay.Done>(Runs.Replay(result.Witness!.System, script)).Run;
            var judgement = RunMonitor.Judge(spec.System!.Properties.Single(p => p.Name == property), run);
            Assert.Equal(result.Value!.Proved, judgement.Value);
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void AChangedBundleIsRefused(string file, string property, int seed)
    {
        var random = new Random(seed);
        for (int i = 0; i < Campaign.Size(100, 3_000); i++)
        {
            var bundle = Proved.Bundle(file, property);
            string name = bundle.Files.Keys.ElementAt(random.Next(bundle.Files.Count));
            if (name == Bundle.Manifest) ChangeManifest(bundle, random);
            else if (random.Next(8) == 0) bundle.Files.Remove(name);
            else bundle.Files[name][random.Next(bundle.Files[name].Length)] ^= (byte)(1 << random.Next(8));
            Assert.False(BundleChecker.Check(bundle)[^1].Holds, name);
        }
    }

    /// <summary>The same combinations show it, and that nothing comes up to it.</summary>
    [Fact]
    public void ALargerBoundIsRefused()
    {
        var bundle = Proved.Bundle("first/first.irk", "bound");
        string certificate = Encoding.UTF8.GetString(bundle.Files["cert.json"]);
        var bound = Regex.Match(certificate, @"""max"":\[(\d+)");
        long larger = long.Parse(bound.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture) + 1;
        bundle.Files["cert.json"] = Encoding.UTF8.GetBytes(certificate.Replace(bound.Value, $"\"max\":[{larger}"));
        Rehash(bundle);
        Assert.Equal(("certificate", false), (BundleChecker.Check(bundle)[^1].What, BundleChecker.Check(bundle)[^1].Holds));
    }

    internal static void Rehash(Bundle bundle) => Change(bundle, manifest =>
    {
        var files = manifest["files"]!.AsObject();
        foreach (string name in files.Select(f => f.Key).ToList()) files[name] = Certificate.Hash(bundle.Files[name]);
    });

    private static void Change(Bundle bundle, Action<JsonNode> change)
    {
        var manifest = Proved.Parsed(bundle.Files[Bundle.Manifest]);
        change(manifest);
        bundle.Files[Bundle.Manifest] = Proved.Text(manifest);
    }

    /// <summary>What it says of the proof. The names of program and command are for readers.</summary>
    private static void ChangeManifest(Bundle bundle, Random random) => Change(bundle, manifest =>
    {
        string[] names = ["format", "specification", "property", "question", "answer", "files"];
        string name = names[random.Next(names.Length)];
        if (name == "files")
        {
            var files = manifest["files"]!.AsObject();
            string file = files.ElementAt(random.Next(files.Count)).Key;
            if (random.Next(2) == 0) files.Remove(file);
            else files[file] = Certificate.Hash(Encoding.UTF8.GetBytes(file));
        }
        else
        {
            manifest[name] = manifest[name]!.GetValue<string>() + "x";
        }
    });

    private void PythonAgrees(byte[] model)
    {
        File.WriteAllBytes(Path.Combine(folder, "model.json"), model);
        File.Copy("Checker/Proofs/check.py", Path.Combine(folder, "check.py"));
        File.WriteAllText(Path.Combine(folder, "each.py"), """
            import glob, os, sys
            import check
            text, model = check.load("model.json")
            for name in sorted(glob.glob("*.accepted") + glob.glob("*.refused")):
                try:
                    check.check(text, model, *check.load(name))
                    verdict = "accepted"
                except check.Wrong:
                    verdict = "refused"
                if not name.endswith(verdict):
                    print(name, "is", verdict)
            print("done")
            """);
        var (_, output) = BundleTests.Start("python3", "-c", $"import os, sys; os.chdir({Quoted(folder)}); sys.path.insert(0, ''); import each");
        Assert.Equal("done", output.Trim());
    }

    private static string Quoted(string text) => $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal)}'";
}

/// <summary>Small changes of a text that is mostly numbers, one object or list a line.</summary>
internal static class Changes
{
    public static string Random(string text, Random random, out string what)
    {
        while (true)
        {
            string changed = Once(text, random, out what);
            if (changed != text) return changed;
        }
    }

    private static string Once(string text, Random random, out string what)
    {
        switch (random.Next(12))
        {
            case 0:
                int length = random.Next(text.Length);
                what = $"cut off at {length}";
                return text[..length];
            case 1:
                int at = random.Next(text.Length);
                what = $"character {at}";
                return text[..at] + (char)(text[at] ^ (1 << random.Next(7))) + text[(at + 1)..];
            case 2:
                return Lines(text, random, "dropped", (lines, i) => lines.RemoveAt(i), out what);
            case 3:
                return Lines(text, random, "twice", (lines, i) => lines.Insert(i, lines[i]), out what);
            case 4:
                return Lines(text, random, "put elsewhere", (lines, i) => { string line = lines[i]; lines.RemoveAt(i); lines.Insert(random.Next(lines.Count), line); }, out what);
            case 5:
                return Lines(text, random, "copied over", (lines, i) => lines[i] = lines[random.Next(lines.Count)], out what);
            case 6:
                return Number(text, random, (n, others) => others[random.Next(others.Count)].Value, out what);
            case 7:
                return Number(text, random, (n, _) => n.StartsWith('-') ? n[1..] : "-" + n, out what);
            default:
                long by = random.Next(2) == 0 ? 1 : -1;
                return Number(text, random, (n, _) => (System.Numerics.BigInteger.Parse(n, System.Globalization.CultureInfo.InvariantCulture) + by).ToString(), out what);
        }
    }

    private static string Lines(string text, Random random, string verb, Action<List<string>, int> change, out string what)
    {
        var lines = text.Split('\n').ToList();
        int line = random.Next(lines.Count);
        what = $"line {line} {verb}: {lines[line]}";
        change(lines, line);
        return string.Join('\n', lines);
    }

    private static string Number(string text, Random random, Func<string, IReadOnlyList<Match>, string> change, out string what)
    {
        var numbers = Regex.Matches(text, @"(?<![\w-])-?\d+(?!\w)");
        var number = numbers[random.Next(numbers.Count)];
        string changed = change(number.Value, numbers);
        what = $"{number.Value} at {number.Index} becomes {changed}: …{text[Math.Max(0, number.Index - 40)..Math.Min(text.Length, number.Index + 40)]}…";
        return text[..number.Index] + changed + text[(number.Index + number.Length)..];
    }
}
