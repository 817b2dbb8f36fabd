using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Irekae.Checker.Proofs;
using Irekae.Model.Semantics;
using Irekae.Properties.Monitors;
using Irekae.Tests.Laws;

namespace Irekae.Tests.Checker.Proofs;

/// <summary>
/// Random changes of bundles, the same ones for check-proof and for check.py. What each of the two can know decides what it must refuse:
/// <code>
///     hashes as they were        anything changed, added or taken away: both refuse
///     certificate, run, bound    hashes put right again: both refuse, or it is still a proof of the same theorem about the same model
///     model                      all hashes put right again: check-proof derives the model and refuses; check.py says whose hash it is about
///     any of these               with the digest of the bundle as it was: both refuse
/// </code>
/// What is accepted is confirmed by exact polyhedra, which neither uses.
/// </summary>
public sealed class TamperingTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("irekae-tampering").FullName;

    public void Dispose() => Directory.Delete(folder, true);

    /// <summary>With how many thousandths of all changes each gets: those of large certificates take long.</summary>
    public static TheoryData<string, string, int> Samples
    {
        get
        {
            TheoryData<string, string, int> samples = new()
            {
                { "first/first.irk", "bound", 250 }, { "first/first.irk", "check.deadlock", 150 }, { "first/first.irk", "check.time_stops", 150 },
                { "minix3/minix3.irk", "replacement_max", 80 }, { "minix3/minix3.irk", "replacement_min", 80 },
            };
            if (Campaign.Size(0, 1) == 0) return samples;
            samples.Add("textbook/fp-bw-C.irk", FirstProperty, 80);
            samples.Add("textbook/cpa-tutorial-step1.irk", FirstProperty, 50);
            samples.Add("minix3/minix3.irk", "state_kept", 60);
            samples.Add("minix3/minix3.irk", "served", 50);
            samples.Add("interrupts/k1.irk", "longest", 47);
            samples.Add("ant/ant.irk", "replacement_min_slow_disk", 3);
            return samples;
        }
    }

    private const string FirstProperty = "", AsTheyWere = "hashes as they were";

    private sealed record Tampered(string Class, string What, Bundle Bundle);

    [Theory]
    [MemberData(nameof(Samples))]
    public void AChangedBundleIsRefusedOrStillAProofOfTheSame(string file, string property, int share)
    {
        if (property == FirstProperty) property = Irekae.Model.Spec.Load($"specs/{file}").System!.Properties[0].Name;
        var random = new Random(share + (int)Campaign.First);
        var whole = Proved.Bundle(file, property);
        var judge = new Judge(file, property, whole.Files["model.json"]);
        var changes = Enumerable.Range(0, Math.Max(8, share * Campaign.Size(600, 100_000) / 1000)).Select(_ => Change(whole, random))
            .Select(c => (c.Class, c.What, Files: Changed(whole, c.Bundle), Accepted: BundleChecker.Check(c.Bundle)[^1].Holds)).ToList();
        var answers = Python(whole, changes.Select(c => c.Files), null);
        var counts = new SortedDictionary<string, (int All, int Own, int Python)>(StringComparer.Ordinal);
        for (int i = 0; i < changes.Count; i++)
        {
            var (kind, what, files, own) = changes[i];
            string says = $"{file} {property}, change {i}, {kind}: {what}\n{answers[i]}";
            Assert.False(answers[i].StartsWith("FAILED", StringComparison.Ordinal), says);
            bool python = answers[i].StartsWith("accepted", StringComparison.Ordinal);
            switch (kind)
            {
                case "certificate":
                    Assert.True(own == python, says);
                    if (own) Assert.True(Claims(files["cert.json"]!) == Claims(whole.Files["cert.json"]) && judge.Agrees(files["cert.json"]!), says);
                    break;
                case "run":
                    Assert.False(own, says);
                    if (python) Assert.True(judge.Permits(files["run.json"]!, whole.Files["cert.json"]), says);
                    break;
                case "model":
                    Assert.False(own, says);
                    var other = Proved.Check(files["model.json"]!, files["cert.json"]!);
                    Assert.True(!python || other is ProofVerdict.Accepted, $"{says}\n{other}");
                    break;
                default: // of hashes as they were, and of bounds, there is nothing that may be accepted
                    Assert.False(own || python, says);
                    break;
            }

            var (all, ours, theirs) = counts.GetValueOrDefault(kind);
            counts[kind] = (all + 1, ours + (own ? 1 : 0), theirs + (python ? 1 : 0));
        }

        foreach (var (kind, (all, ours, theirs)) in counts) TestContext.Current.TestOutputHelper?.WriteLine($"{property}: {kind}: {all} changes, accepted by check-proof {ours}, by check.py {theirs}");
    }

    /// <summary>
    /// With the digest of the bundle as it was nothing that was changed is accepted by either, whatever was made to fit again. The bundle itself is, or this would say nothing.
    /// </summary>
    [Theory]
    [MemberData(nameof(Samples))]
    public void UnderItsDigestNothingElseIsAccepted(string file, string property, int share)
    {
        if (property == FirstProperty) property = Irekae.Model.Spec.Load($"specs/{file}").System!.Properties[0].Name;
        var random = new Random(share + 1 + (int)Campaign.First);
        var whole = Proved.Bundle(file, property);
        string digest = whole.Digest!;
        Assert.True(BundleDigest.Check(whole, digest).Holds);
        Assert.StartsWith("accepted", Assert.Single(Python(whole, [[]], digest)), StringComparison.Ordinal);
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        // In portions: what a change leaves is as large as a bundle.
        for (int left = Math.Max(8, share * Campaign.Size(600, 100_000) / 1000); left > 0; left -= 500)
        {
            var changes = Enumerable.Range(0, Math.Min(500, left)).Select(_ => ChangeAnything(whole, random)).ToList();
            var answers = Python(whole, changes.Select(c => Changed(whole, c.Bundle)), digest);
            foreach (var (change, answer) in changes.Zip(answers))
            {
                Assert.False(BundleDigest.Check(change.Bundle, digest).Holds, $"{change.Class}: {change.What}");
                Assert.True(answer.StartsWith("REFUSED", StringComparison.Ordinal), $"{change.Class}: {change.What}\n{answer}");
                counts[change.Class] = counts.GetValueOrDefault(change.Class) + 1;
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{property}: {string.Join(", ", counts.Select(c => $"{c.Key} {c.Value}"))}: none accepted");
    }

    /// <summary>As below, sometimes with hashes as they were; or any other file, with hashes that fit.</summary>
    private static Tampered ChangeAnything(Bundle whole, Random random)
    {
        if (random.Next(8) > 0)
        {
            var change = Change(whole, random);
            if (change.Class == AsTheyWere || random.Next(4) > 0) return change;
            change.Bundle.Files[Bundle.Hashes] = whole.Files[Bundle.Hashes];
            return change with { Class = AsTheyWere };
        }

        while (true)
        {
            var bundle = Copy(whole);
            Disturb(bundle, random, out string what);
            Rehash(bundle);
            if (Changed(whole, bundle).Count > 0) return new Tampered("any file", what, bundle);
        }
    }

    private static Bundle Copy(Bundle whole)
    {
        var bundle = new Bundle();
        bundle.Add(whole, "");
        return bundle;
    }

    private static Tampered Change(Bundle whole, Random random)
    {
        var bundle = Copy(whole);
        string kind = random.Next(100) switch { < 15 => AsTheyWere, < 55 => "certificate", < 65 => "bound", < 75 => "run", < 80 => "model without its hash", _ => "model" };
        if (kind == "run" && !bundle.Files.ContainsKey("run.json")) kind = "certificate";
        string certificate = Encoding.UTF8.GetString(whole.Files["cert.json"]), what;
        if (kind == "bound" && !certificate.Contains("\"strict\":", StringComparison.Ordinal)) kind = "certificate";
        switch (kind)
        {
            case AsTheyWere:
                Disturb(bundle, random, out what);
                break;
            case "certificate":
                Put("cert.json", Changes.Random(certificate, random, out what));
                break;
            case "bound":
                Put("cert.json", Bound(certificate, random, out what));
                var answered = Proved.Parsed(bundle.Files[Bundle.Manifest]);
                answered["answer"] = Words(bundle);
                bundle.Files[Bundle.Manifest] = Proved.Text(answered);
                break;
            case "run":
                Put("run.json", Changes.Random(Encoding.UTF8.GetString(whole.Files["run.json"]), random, out what));
                break;
            default:
                Put("model.json", Changes.Random(Encoding.UTF8.GetString(whole.Files["model.json"]), random, out what));
                string old = Certificate.Hash(whole.Files["model.json"]), now = Certificate.Hash(bundle.Files["model.json"]);
                if (kind == "model")
                    foreach (string name in new[] { "cert.json", "run.json" }.Where(bundle.Files.ContainsKey)) Put(name, Encoding.UTF8.GetString(bundle.Files[name]).Replace(old, now, StringComparison.Ordinal));
                break;
        }

        if (kind != AsTheyWere)
        {
            if (Proved.Check(bundle.Files["model.json"], bundle.Files["cert.json"]) is ProofVerdict.Accepted)
                bundle.Files["proof.smt2"] = Encoding.UTF8.GetBytes(SmtProof.Of(bundle.Files["model.json"], bundle.Files["cert.json"]));
            Rehash(bundle);
        }

        return new Tampered(kind, what, bundle);

        void Put(string name, string text) => bundle.Files[name] = Encoding.Latin1.GetBytes(text);
    }

    /// <summary>Any file, in any way, and nothing else.</summary>
    private static void Disturb(Bundle bundle, Random random, out string what)
    {
        string name = bundle.Files.Keys.ElementAt(random.Next(bundle.Files.Count));
        byte[] bytes = [.. bundle.Files[name]];
        int at = random.Next(bytes.Length), kind = random.Next(7);
        what = $"{name}: {kind} at {at}";
        switch (kind)
        {
            case 0:
                bundle.Files.Remove(name);
                break;
            case 1:
                bundle.Files.Add(name + ".old", bytes);
                break;
            case 2:
                bundle.Files[name] = bytes[..at];
                break;
            case 3:
                bundle.Files[name] = [.. bytes, (byte)'\n'];
                break;
            default:
                bytes[at] ^= (byte)(1 << random.Next(8));
                bundle.Files[name] = bytes;
                break;
        }
    }

    /// <summary>Another claim: the bound nearer, further, over something, reached or not, of the other side.</summary>
    private static string Bound(string certificate, Random random, out string what)
    {
        var claim = Regex.Match(certificate, @"""(max|min)"":\[(\d+),(\d+)\],""strict"":(true|false)");
        string kind = claim.Groups[1].Value, strict = claim.Groups[4].Value;
        long bound = long.Parse(claim.Groups[2].Value, System.Globalization.CultureInfo.InvariantCulture), over = long.Parse(claim.Groups[3].Value, System.Globalization.CultureInfo.InvariantCulture);
        switch (random.Next(6))
        {
            case 0:
                (bound, over) = (bound * 1000 + random.Next(1, 1000) * (random.Next(2) == 0 ? 1 : -1), over * 1000);
                break;
            case 1:
                strict = strict == "true" ? "false" : "true";
                break;
            case 2:
                kind = kind == "max" ? "min" : "max";
                break;
            default:
                bound += (long)Math.Pow(10, random.Next(8)) * (random.Next(2) == 0 ? 1 : -1);
                break;
        }

        long common = (long)System.Numerics.BigInteger.GreatestCommonDivisor(bound, over);
        what = $"\"{kind}\":[{bound / common},{over / common}],\"strict\":{strict}";
        return certificate.Replace(claim.Value, what, StringComparison.Ordinal);
    }

    /// <summary>The answer that goes with the claim.</summary>
    private static string Words(Bundle bundle)
    {
        var claim = Proved.Parsed(bundle.Files["cert.json"])["claims"]![0]!.AsObject();
        bool least = claim.ContainsKey("min");
        var bound = (least ? claim["min"] : claim["max"])!.AsArray();
        string tick = Proved.Parsed(bundle.Files["model.json"])["tick"]!.GetValue<string>();
        var value = new Irekae.Model.Numbers.Rational(bound[0]!.GetValue<long>(), bound[1]!.GetValue<long>()) * long.Parse(tick[..^3], System.Globalization.CultureInfo.InvariantCulture);
        return BundleWriter.Words(least, value, claim["strict"]!.GetValue<bool>());
    }

    private static string Claims(byte[] certificate) => Proved.Parsed(certificate)["claims"]!.ToJsonString();

    /// <summary>What check.py says of each, all in one process.</summary>
    private string[] Python(Bundle whole, IEnumerable<Dictionary<string, byte[]?>> changes, string? digest)
    {
        string bundle = Path.Combine(folder, "whole"), list = Path.Combine(folder, "changes");
        whole.Save(bundle);
        string[] lines = [.. changes.Select(c => Line(whole, c))];
        File.WriteAllLines(list, lines);
        string[] arguments = [Repository.Folder("tests", "Checker", "Proofs", "tamper.py"), Path.Combine(bundle, "check.py"), bundle, list];
        var (code, output) = BundleTests.Start("python3", digest is null ? arguments : [.. arguments, digest]);
        string[] answers = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.True(code == 0 && answers.Length == lines.Length, output[Math.Max(0, output.Length - 2000)..]);
        return answers;
    }

    /// <summary>For tamper.py.</summary>
    internal static string Line(Bundle whole, Bundle changed) => Line(whole, Changed(whole, changed));

    private static string Line(Bundle whole, Dictionary<string, byte[]?> files) =>
        JsonSerializer.Serialize(files.ToDictionary(f => f.Key, f => f.Value is null ? null : Difference(whole.Files.GetValueOrDefault(f.Key) ?? [], f.Value)));

    private static Dictionary<string, byte[]?> Changed(Bundle whole, Bundle bundle) => whole.Files.Keys.Concat(bundle.Files.Keys).Distinct()
        .Where(name => !bundle.Files.TryGetValue(name, out byte[]? now) || !whole.Files.TryGetValue(name, out byte[]? before) || !now.AsSpan().SequenceEqual(before))
        .ToDictionary(name => name, name => bundle.Files.GetValueOrDefault(name));

    private static object[] Difference(byte[] before, byte[] after)
    {
        int front = before.AsSpan().CommonPrefixLength(after), back = 0, most = Math.Min(before.Length, after.Length) - front;
        while (back < most && before[^(back + 1)] == after[^(back + 1)]) back++;
        return [front, before.Length - front - back, Encoding.Latin1.GetString(after[front..^back])];
    }

    /// <summary>A changed run of the specification is refused, or shows the same value: run.json is then the one that goes with it.</summary>
    [Theory]
    [InlineData("first/first.irk", "bound")]
    [InlineData("minix3/minix3.irk", "replacement_max")]
    public void AChangedRunIsRefusedOrShowsTheSame(string file, string property)
    {
        var random = new Random(7);
        var (spec, result) = Proved.Answer(file, property);
        int accepted = 0;
        for (int i = 0; i < Campaign.Size(200, 5_000); i++)
        {
            var bundle = Proved.Bundle(file, property);
            bundle.Files["run.txt"] = Encoding.UTF8.GetBytes(Changes.Random(Encoding.UTF8.GetString(bundle.Files["run.txt"]), random, out string what));
            Assert.False(BundleChecker.Check(bundle)[^1].Holds, what);
            Rehash(bundle);
            RunScript script;
            try
            {
                script = RunScript.Parse(Encoding.UTF8.GetString(bundle.Files["run.txt"]));
            }
            catch (FormatException)
            {
                Assert.False(BundleChecker.Check(bundle)[^1].Holds, what);
                continue;
            }

            if (Runs.Replay(result.Witness!.System, script) is Replay.Done { Run: var run })
            {
                if (ModelRun.Find(bundle.Files["model.json"], run, largest: true, approached: false) is { } shown) bundle.Files["run.json"] = shown.ToBytes(Certificate.Hash(bundle.Files["model.json"]));
                Rehash(bundle);
                bool same = RunMonitor.Judge(spec.System!.Properties.Single(p => p.Name == property), run).Value == result.Value!.Proved;
                Assert.True(same || !BundleChecker.Check(bundle)[^1].Holds, what);
                accepted += same ? 1 : 0;
            }
            else
            {
                Assert.False(BundleChecker.Check(bundle)[^1].Holds, what);
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{property}: {accepted} other runs that show the same");
    }

    /// <summary>What the manifest says of the proof. The names of program and command are for readers.</summary>
    [Fact]
    public void AnotherManifestIsRefused()
    {
        foreach (string name in new[] { "format", "specification", "property", "question", "answer" })
        {
            var bundle = Proved.Bundle("first/first.irk", "bound");
            var manifest = Proved.Parsed(bundle.Files[Bundle.Manifest]);
            manifest[name] = manifest[name]!.GetValue<string>() + "x";
            bundle.Files[Bundle.Manifest] = Proved.Text(manifest);
            Rehash(bundle);
            Assert.False(BundleChecker.Check(bundle)[^1].Holds, name);
        }
    }

    internal static void Rehash(Bundle bundle) => bundle.Files[Bundle.Hashes] = bundle.HashesOfFiles();
}
