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

    /// <summary>Of each specification so many files, evenly spread.</summary>
    private const int Sample = 12;

    [Theory]
    [InlineData("z3", "first", 8, "bound")]
    [InlineData("cvc5", "first", 8, "bound")]
    [InlineData("z3", "minix3", 9, "replacement_max")]
    [InlineData("cvc5", "minix3", 9, "replacement_max")]
    [InlineData("z3", "ant", 14, "replacement_max")]
    [InlineData("cvc5", "ant", 14, "replacement_max")]
    public void A_solver_gives_the_answer_that_a_file_states(string solver, string name, int depth, string property)
    {
        Solvers.Need();
        var spec = Spec.Load(Repository.Folder("specs", name, $"{name}.irk"));
        var options = new VerifyOptions { Threads = 1, Properties = [property, "one*"] };
        BoundedVerifier.Verify(_ => spec.System!, options, new BoundedOptions { Depth = depth, DumpFolder = folder }, null, TestContext.Current.CancellationToken);
        string[] all = [.. Directory.GetFiles(folder).Order()];
        string[] files = [.. all.Where((_, i) => i % Math.Max(1, all.Length / Sample) == 0)];
        Assert.Contains(files, f => Stated(f) == "sat");
        Assert.Contains(files, f => Stated(f) == "unsat");
        foreach (string file in files)
        {
            Assert.StartsWith("; Runs of an Irekae specification, unrolled move by move", File.ReadLines(file).First());
            Assert.All(Solvers.Ask(solver, file), answer => Assert.Equal($"{Stated(file)}: {file}", $"{answer}: {file}"));
        }
    }

    private static string Stated(string file) => Status().Match(File.ReadAllText(file)).Groups[1].Value;

    [GeneratedRegex(@"^\(set-info :status (\w+)\)", RegexOptions.Multiline)]
    private static partial Regex Status();
}
