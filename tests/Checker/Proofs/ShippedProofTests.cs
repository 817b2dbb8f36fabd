using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.RegularExpressions;
using Irekae.Checker.Proofs;
using Irekae.Model;
using Irekae.Tests.Laws;

namespace Irekae.Tests.Checker.Proofs;

/// <summary>What can be proved of shipped specifications by exploring, proved, and checked by all who can: this program, check.py, z3, cvc5.</summary>
public sealed class ShippedProofTests(ShippedProofTests.Proofs proofs) : IClassFixture<ShippedProofTests.Proofs>
{
    public static TheoryData<string, string> Checks
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (string spec in new[] { "first/first.irk", "minix3/minix3.irk", "ant/ant.irk" })
                foreach (string checker in new[] { "check-proof", "check.py", "z3", "cvc5" }) data.Add(spec, checker);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Checks))]
    public void IsAccepted(string spec, string checker)
    {
        SkipUnlessThere(checker);
        var folders = proofs.Of(spec);
        Assert.True(folders.Count >= (spec.StartsWith("first", StringComparison.Ordinal) ? 2 : 10), $"{folders.Count} proofs");
        Accept(spec, folders, checker);
    }

    /// <summary>
    /// One proof of every other specification, for the solvers those that take them no time; all in a campaign. Sets of sporadic tasks that are too many to
    /// explore are answered by a theorem and have none.
    /// </summary>
    [Theory]
    [InlineData("check-proof")]
    [InlineData("check.py")]
    [InlineData("z3")]
    [InlineData("cvc5")]
    public void OfOtherSpecificationsIsAccepted(string checker)
    {
        SkipUnlessThere(checker);
        var folders = proofs.OfOthers();
        Assert.True(folders.Count >= Campaign.Size(40, 250), $"{folders.Count} proofs");
        if (checker is "z3" or "cvc5") folders = [.. folders.Where(f => new FileInfo(Path.Combine(f, "proof.smt2")).Length <= Campaign.Size(80_000, int.MaxValue))];
        Assert.True(folders.Count >= 20, $"{folders.Count} proofs for {checker}");
        Accept("specs/textbook, specs/interrupts and the paper's others", folders, checker);
    }

    /// <summary>Before anything is proved for it.</summary>
    private static void SkipUnlessThere(string checker)
    {
        if (checker is "z3" or "cvc5") BundleTests.Start(checker, "--version");
    }

    private static void Accept(string spec, List<string> folders, string checker)
    {
        var started = System.Diagnostics.Stopwatch.StartNew();
        switch (checker)
        {
            case "check-proof":
                Assert.All(folders, f => Assert.All(BundleChecker.Check(Bundle.Load(f)), examined => Assert.True(examined.Holds, examined.ToString())));
                break;
            case "check.py":
                string all = string.Join(", ", folders.Select(f => $"'{f}'"));
                var (code, output) = BundleTests.Start("python3", "-c", $"import sys; sys.path.insert(0, '{folders[0]}'); import check; sys.exit(max(check.main(['', f]) for f in [{all}]))");
                Assert.True(code == 0, output);
                Assert.Equal(folders.Count, Regex.Count(output, "accepted: "));
                break;
            default:
                foreach (string folder in folders) Solve(checker, Path.Combine(folder, "proof.smt2"));
                break;
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{spec}: {folders.Count} proofs, {checker} {started.Elapsed.TotalSeconds:0.0} s");
    }

    private static void Solve(string solver, string file)
    {
        string[] options = solver == "cvc5" ? ["--incremental", file] : [file];
        var (code, output) = BundleTests.Start(solver, options);
        Assert.True(code == 0, output);
        var answers = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(Regex.Count(File.ReadAllText(file), @"\(check-sat\)"), answers.Length);
        Assert.All(answers, answer => Assert.Equal("unsat", answer));
    }

    /// <summary>Folders with a proof each, made when somebody asks.</summary>
    public sealed class Proofs : IDisposable
    {
        private readonly string root = Directory.CreateTempSubdirectory("irekae-shipped").FullName;
        private readonly ConcurrentDictionary<string, List<string>> made = new();

        public void Dispose() => Directory.Delete(root, true);

        public List<string> Of(string spec)
        {
            lock (made) return made.GetOrAdd(spec, s => Prove(s, null));
        }

        public List<string> OfOthers()
        {
            lock (made) return made.GetOrAdd("", _ => [.. Others().SelectMany(spec => Prove(spec, Campaign.Size(0, 1) == 1 ? null : FirstProperty(spec)))]);
        }

        private static IEnumerable<string> Others()
        {
            var answers = JsonDocument.Parse(File.ReadAllText(Repository.Folder("specs", "textbook", "expected.json"))).RootElement;
            return Directory.EnumerateFiles(Repository.Folder("specs", "textbook"), "*.irk").Select(Path.GetFileNameWithoutExtension)
                .Where(name => !answers.GetProperty(name!).TryGetProperty("checks", out _)).Select(name => $"textbook/{name}.irk")
                .Concat(Enumerable.Range(1, 3).Select(k => $"interrupts/k{k}.irk")).Concat(["rtl8139/rtl8139.irk", "linux-lkm/linux-lkm.irk", "minix3/update.irk", "ant/priority.irk"]).Order(StringComparer.Ordinal);
        }

        private static string FirstProperty(string spec) => Spec.Load(Repository.Folder(["specs", .. spec.Split('/')])).System!.Properties[0].Name;

        private List<string> Prove(string spec, string? property)
        {
            string path = Path.Combine(root, Path.GetFileNameWithoutExtension(spec));
            Cli.Console.InProcess(["prove", $"specs/{spec}", "--explore", "-o", path, .. property is null ? Array.Empty<string>() : ["-p", property]]);
            return Directory.Exists(path) ? [.. Directory.EnumerateFiles(path, Bundle.Manifest, SearchOption.AllDirectories).Select(f => Path.GetDirectoryName(f)!).Order(StringComparer.Ordinal)] : [];
        }
    }
}
