using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Irekae.Checker.Proofs;
using Irekae.Checker.Verification;
using Irekae.Model;
using Irekae.Properties;
using Irekae.Properties.Generators;
using Irekae.Tests.Laws;

namespace Irekae.Tests.Checker.Proofs;

/// <summary>A folder with Irekae.v compiled, once for all tests; they take one coqc at a time.</summary>
public sealed class CoqLibrary : IDisposable
{
    private string? trouble;

    public CoqLibrary()
    {
        Folder = Directory.CreateTempSubdirectory("irekae-coq").FullName;
        File.WriteAllBytes(Path.Combine(Folder, "Irekae.v"), BundleWriter.Resource("Irekae.v"));
    }

    public string Folder { get; }

    public void Dispose() => Directory.Delete(Folder, true);

    public (int Code, string Output) Check(string proof)
    {
        if (trouble is null)
        {
            var (code, output) = Coqc("Irekae.v");
            trouble = code == 0 ? "" : output;
        }

        Assert.Equal("", trouble);
        File.WriteAllText(Path.Combine(Folder, "Proof.v"), proof);
        return Coqc("Proof.v");
    }

    private (int Code, string Output) Coqc(string file) => BundleTests.Start("coqc", "-q", "-Q", Folder, "", Path.Combine(Folder, file));
}

/// <summary>What <c>prove --coq</c> writes, to Coq. Skipped where coqc is not installed.</summary>
public sealed class CoqTests(CoqLibrary coq) : IClassFixture<CoqLibrary>
{
    /// <summary>Those of Coq's real numbers that their order and their ring need.</summary>
    private static readonly string[] AxiomsOfReals = ["ClassicalDedekindReals.sig_forall_dec", "FunctionalExtensionality.functional_extensionality_dep"];

    public static TheoryData<string, string> Samples
    {
        get
        {
            var samples = new TheoryData<string, string> { { "first/first.irk", "bound" }, { "first/first.irk", "check.time_stops" } };
            if (Campaign.Size(0, 1) == 0) return samples;
            samples.Add("minix3/minix3.irk", "replacement_min");
            foreach (string file in new[] { "minix3/minix3.irk", "ant/ant.irk" })
            {
                foreach (var property in Spec.Load(Repository.Folder("specs", file)).System!.Properties)
                    if (property.Name is not ("replacement_min" or "ds_crash_loses_state") || file.StartsWith("ant", StringComparison.Ordinal)) samples.Add(file, property.Name);
                samples.Add(file, "check.deadlock");
                samples.Add(file, "check.time_stops");
            }

            for (int k = 1; k <= 4; k++) samples.Add($"interrupts/k{k}.irk", "longest");

            return samples;
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void CoqAcceptsTheTheoremsAndNamesTheirAxioms(string file, string property)
    {
        var (_, result) = Proved.Answer(file, property);
        string proof = Written(result, result.Certified!.Certificate);
        Accepted(proof);
        Assert.Equal(result.Value is not null, proof.Contains("Theorem shown : ", StringComparison.Ordinal));
        Assert.DoesNotContain("No run of the model", proof, StringComparison.Ordinal);
    }

    /// <summary>A bound that no run reaches, of the first random system that has one.</summary>
    [Fact]
    public void CoqAcceptsThatRunsComeNear()
    {
        var (drawn, result) = Random(40, 400).First(r => r.Result.Value is { Approached: true, Endless: false });
        string proof = Written(result, result.Certified!.Certificate);
        TestContext.Current.TestOutputHelper?.WriteLine(drawn.Says(result.Name));
        Assert.Contains("Theorem shown : forall eps, (0 < eps)%R -> ", proof, StringComparison.Ordinal);
        Accepted(proof);
    }

    [Fact]
    public void ASmallerBoundIsRefused() =>
        Refused("checked", certificate => certificate["claims"]![0]!["max"]![0] = certificate["claims"]![0]!["max"]![0]!.GetValue<long>() - 1);

    [Fact]
    public void AChangedMultiplierIsRefused() => Refused("checked", certificate =>
    {
        var used = certificate["nodes"]!.AsArray().SelectMany(n => n!["steps"]!.AsArray()).First(s => s!.AsObject().ContainsKey("bounds"))!["bounds"]![0]!.GetValue<int>();
        var combination = certificate["combinations"]![used]!;
        combination[2] = combination[2]!.GetValue<long>() + 1;
    });

    /// <summary>Here what keeps moves in no time from going on for ever is that timers are slow.</summary>
    [Fact]
    public void WithoutSlowTimersThatTimePassesIsRefused()
    {
        var (_, result) = Proved.Answer("first/first.irk", "check.time_stops");
        string proof = Written(result, result.Certified!.Certificate);
        string changed = Regex.Replace(proof, @"(?<=Definition slow_timers_0 : list \(list N\) := ).*(?=\.\n)", "[]");
        Assert.NotEqual(proof, changed);
        RefusedAt("checked", changed);
    }

    [Fact]
    public void ADroppedNodeIsRefused() => Refused("checked", certificate =>
    {
        var nodes = certificate["nodes"]!.AsArray();
        nodes.RemoveAt(nodes.Count - 1);
    });

    /// <summary>The first run of the bundle, one tick longer than anything in it may be.</summary>
    [Fact]
    public void ARunThatIsNotPossibleIsRefused()
    {
        var (_, result) = Proved.Answer("first/first.irk", "bound");
        string proof = Written(result, result.Certified!.Certificate);
        string changed = Regex.Replace(proof, @"(?<=Definition run_0 .*Move 0 \[)61(?=;)", "62");
        Assert.NotEqual(proof, changed);
        RefusedAt("run_is_possible", changed);
    }

    /// <summary>Whatever a name or a question is made of, it is in a comment and stays there.</summary>
    [Fact]
    public void WordsNeverBecomeTerms()
    {
        var (_, result) = Proved.Answer("first/first.irk", "one");
        var model = Proved.Parsed(result.Certified!.Model.ToArray());
        const string Hostile = "(* \" *) *) \" (* Qed. é \\ ''\n*";
        foreach (var timer in model["timers"]!.AsArray()) timer!["name"] = Hostile;
        model["flags"]![0] = Hostile;
        foreach (var edge in model["locations"]!.AsArray().SelectMany(l => l!["edges"]?.AsArray() ?? [])) edge!["says"] = Hostile;
        Accepted(CoqProof.Of(Proved.Text(model), result.Certified.Certificate, null, Hostile, Hostile));
    }

    [Fact]
    public void CheckProofComparesTheTheorems()
    {
        string path = Path.Combine(coq.Folder, "bundle");
        Assert.Equal(0, Cli.Console.InProcess("prove", "specs/first/first.irk", "-p", "bound", "--coq", "-o", path).Code);
        var accepted = Cli.Console.InProcess("check-proof", path);
        Assert.Equal(0, accepted.Code);
        Assert.Contains("Proof.v says what the files above say", accepted.Out, StringComparison.Ordinal);
        Assert.Contains("coqc Irekae.v && coqc Proof.v", File.ReadAllText(Path.Combine(path, "README.txt")), StringComparison.Ordinal);
        AnotherProof(path, Encoding.UTF8.GetString(Bundle.Load(path).Files["Proof.v"]).Replace("(elapsed <= 106)%R", "(elapsed <= 107)%R", StringComparison.Ordinal));
    }

    /// <summary>Put into the bundle, hash and all, it is refused as what it is.</summary>
    private static void AnotherProof(string path, string proof)
    {
        var bundle = Bundle.Load(path);
        bundle.Files["Proof.v"] = Encoding.UTF8.GetBytes(proof);
        TamperingTests.Rehash(bundle);
        var last = BundleChecker.Check(bundle)[^1];
        Assert.Equal(("coq", false), (last.What, last.Holds));
    }

    [Fact]
    public void CertificatesAndRunsOfRandomSystemsAreWhatCoqAsksFor()
    {
        int values = 0;
        foreach (var (drawn, result) in Random(40, 400))
        {
            Assert.True(ShowsBoundsWithoutIntervals(result.Certified!), drawn.Says(result.Name));
            if (result is not { Value.Proved: not null, Witness: not null }) continue;
            Assert.True(Written(result, result.Certified!.Certificate).Contains("Theorem shown : ", StringComparison.Ordinal), drawn.Says(result.Name));
            values++;
        }

        Assert.True(values > 20, $"{values}");
    }

    [Fact]
    public void CoqAcceptsTheTheoremsOfRandomSystems()
    {
        foreach (var (drawn, result) in Random(0, 40))
        {
            var (code, output) = coq.Check(Written(result, result.Certified!.Certificate));
            Assert.True(code == 0, drawn.Says($"{result.Name}: {output}"));
        }
    }

    /// <summary>
    /// That a clock which goes on keeps a largest value, and that an edge is impossible where one runs, has to follow from the node and the guards alone:
    /// Irekae.v does not know that what begins finds a value.
    /// </summary>
    private static bool ShowsBoundsWithoutIntervals(Certification proof)
    {
        var model = Proved.Parsed(proof.Model.ToArray());
        var certificate = Proved.Parsed(proof.Certificate.ToArray());
        if (!certificate["claims"]!.AsArray().Any(c => c!.AsObject().ContainsKey("max"))) return true;
        foreach (var node in certificate["nodes"]!.AsArray())
        {
            var location = model["locations"]![node!["at"]!.GetValue<int>()]!;
            int[] rates = [.. location["rates"]!.AsArray().Select(r => r!.GetValue<int>())];
            if (!rates.Contains(1)) continue;
            foreach (var (edge, step) in location["edges"]!.AsArray().Zip(node["steps"]!.AsArray()))
            {
                int fires = edge!["fires"]!.GetValue<int>();
                int known = node["rows"]!.AsArray().Count + rates.Where((r, j) => r == -1 && j != fires).Count() + (fires >= 0 && edge["at_once"]!.GetValue<bool>() ? 1 : 0);
                var used = step!["no"] is { } no ? [no] : step["bounds"]?.AsArray().Select(b => b!) ?? [];
                var premises = used.SelectMany(c => certificate["combinations"]![c.GetValue<int>()]!.AsArray().Skip(1).Where((_, i) => i % 2 == 0));
                if (premises.Any(i => i!.GetValue<long>() >= known)) return false;
            }
        }

        return true;
    }

    private static IEnumerable<(Drawn Drawn, PropertyResult Result)> Random(int usual, int campaign)
    {
        foreach (var drawn in Campaign.Systems(Profile.Tiny, usual, campaign))
        {
            foreach (var property in drawn.System.Properties)
            {
                var options = new VerifyOptions { Properties = [property.Name], Theorems = false, Certify = true, StateLimit = 2_000 };
                var result = Verifier.Verify(_ => drawn.System, options, null, TestContext.Current.CancellationToken).Results.Single(r => r.Name == property.Name);
                if (result.Certified is not null) yield return (drawn, result);
            }
        }
    }

    private static string Written(PropertyResult result, ReadOnlyMemory<byte> certificate) =>
        CoqProof.Of(result.Certified!.Model, certificate, BundleWriter.Shown(result), result.Question, BundleWriter.Answer(result));

    private void Accepted(string proof)
    {
        var (code, output) = coq.Check(proof);
        Assert.True(code == 0, output);
        var parts = output.Split("Closed under the global context");
        Assert.Equal(2, parts.Length);
        Assert.Equal(AxiomsOfReals, Regex.Matches(parts[0], @"^(\S+)(?:$| :)", RegexOptions.Multiline).Select(m => m.Groups[1].Value).Except(["Axioms:"]).Order());
        Assert.Equal("", parts[1].Trim());
    }

    private void Refused(string lemma, Action<JsonNode> change)
    {
        var (_, result) = Proved.Answer("first/first.irk", "bound");
        var certificate = Proved.Parsed(result.Certified!.Certificate.ToArray());
        change(certificate);
        RefusedAt(lemma, Written(result, Proved.Text(certificate)));
    }

    /// <summary>Where it fails the checker has looked at it: not that Coq cannot read it.</summary>
    private void RefusedAt(string lemma, string proof)
    {
        var (code, output) = coq.Check(proof);
        Assert.NotEqual(0, code);
        int line = int.Parse(Regex.Match(output, @"line (\d+)").Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
        Assert.StartsWith($"Lemma {lemma} : ", proof.Split('\n')[line - 2], StringComparison.Ordinal);
    }
}
