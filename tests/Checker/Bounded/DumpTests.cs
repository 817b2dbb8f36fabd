using System.Text.RegularExpressions;
using Irekae.Checker.Bounded;
using Irekae.Checker.Verification;
using Irekae.Model;

namespace Irekae.Tests.Checker.Bounded;

/// <summary>Questions that were written down have the same answers when asked by hand.</summary>
public sealed partial class DumpTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("irekae-dump").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("z3")]
    [InlineData("cvc5")]
    public void A_solver_gives_the_answer_that_a_file_states(string solver)
    {
        Solvers.Need();
        var spec = Spec.Load(Repository.Folder("specs", "first", "first.irk"));
        var options = new VerifyOptions { Threads = 1, Properties = ["bound", "one"] };
        BoundedVerifier.Verify(_ => spec.System!, options, new BoundedOptions { Depth = 8, DumpFolder = folder }, null, TestContext.Current.CancellationToken);
        string[] files = Directory.GetFiles(folder);
        Assert.Contains(files, f => Stated(f) == "sat");
        Assert.Contains(files, f => Stated(f) == "unsat");
        foreach (string file in files)
        {
            Assert.StartsWith("; Runs of an Irekae specification, unrolled move by move", File.ReadLines(file).First());
            Assert.All(Solvers.Ask(solver, file), answer => Assert.Equal($"{Stated(file)}: {file}", $"{answer}: {file}"));
        }
    }

    private static string Stated(string file) => Status().Match(File.ReadAllText(file)) is { Success: true } match ? match.Groups[1].Value : "unsat";

    [GeneratedRegex(@"^\(set-info :status (\w+)\)", RegexOptions.Multiline)]
    private static partial Regex Status();
}
