using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Irekae.Checker.Proofs;

namespace Irekae.Tests.Checker.Proofs;

/// <summary>Bundles as somebody else sees them.</summary>
public sealed class BundleTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("irekae-proof").FullName;

    public void Dispose() => Directory.Delete(folder, true);

    public static TheoryData<string, string> Samples => new()
    {
        { "first/first.irk", "bound" }, { "minix3/minix3.irk", "replacement_max" }, { "minix3/minix3.irk", "replacement_min" },
        { "minix3/minix3.irk", "state_kept" }, { "ant/ant.irk", "replacement_min" }, { "ant/ant.irk", "one_driver" }, { "minix3/minix3.irk", "check.deadlock" },
    };

    [Theory]
    [MemberData(nameof(Samples))]
    public void EverythingInABundleIsAccepted(string file, string property)
    {
        var bundle = Proved.Bundle(file, property);
        Assert.All(BundleChecker.Check(bundle), examined => Assert.True(examined.Holds, examined.ToString()));
        Assert.Equal(bundle.Files.ContainsKey("run.txt"), BundleChecker.Check(bundle)[^1].What == "run");
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void PythonAndSolversAgree(string file, string property)
    {
        string path = Path.Combine(folder, "bundle");
        Proved.Bundle(file, property).Save(path);
        var (code, output) = Start("python3", Path.Combine(path, "check.py"));
        Assert.True(code == 0, output);
        Assert.Contains("accepted: ", output, StringComparison.Ordinal);
        foreach (var solver in new[] { new[] { "z3" }, ["cvc5", "--incremental"] })
        {
            (code, output) = Start(solver[0], [.. solver[1..], Path.Combine(path, "proof.smt2")]);
            Assert.True(code == 0, output);
            var answers = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal(Regex.Count(File.ReadAllText(Path.Combine(path, "proof.smt2")), @"\(check-sat\)"), answers.Length);
            Assert.All(answers, answer => Assert.Equal("unsat", answer));
        }
    }

    [Theory]
    [InlineData("proof")]
    [InlineData("proof.zip")]
    public void ProveWritesWhatCheckProofAccepts(string name)
    {
        string path = Path.Combine(folder, name);
        var proved = Cli.Console.InProcess("prove", "specs/first/first.irk", "--property", "bound", "-o", path);
        Assert.Equal(0, proved.Code);
        Assert.StartsWith("bound: never more than 212 us\n", proved.Out, StringComparison.Ordinal);
        var accepted = Cli.Console.InProcess("check-proof", path);
        Assert.Equal(0, accepted.Code);
        Assert.EndsWith("which is the bound: the answer is exact\naccepted\n", accepted.Out, StringComparison.Ordinal);
        Assert.Equal(3, Cli.Console.InProcess("prove", "specs/first/first.irk", "--property", "bound", "-o", path).Code);
    }

    [Fact]
    public void EachPropertyHasAFolder()
    {
        string path = Path.Combine(folder, "all");
        var proved = Cli.Console.InProcess("prove", "specs/first/first.irk", "-o", path);
        Assert.Equal(1, proved.Code);
        Assert.Contains("too_tight: no certificate: it does not hold", proved.Out, StringComparison.Ordinal);
        Assert.Equal(["bound", "one"], Directory.GetDirectories(path).Select(Path.GetFileName).Order());
        Assert.Equal(0, Cli.Console.InProcess("check-proof", path).Code);
    }

    [Fact]
    public void ATheoremHasNoCertificate()
    {
        string path = Path.Combine(folder, "set.irk");
        File.WriteAllText(path, """
            system set "two tasks";
            machine { cores 1; }
            process fast at 0 periodic 4 ms { run 1 ms; }
            process slow at 1 periodic 8 ms { run 2 ms; }
            property late: max response(slow) <= 4 ms;
            """);
        string bundle = Path.Combine(folder, "set");
        var theorem = Cli.Console.InProcess("prove", path, "-o", bundle);
        Assert.True(theorem.Code == 2, theorem.Out + theorem.Error);
        Assert.Contains("a theorem; --explore asks the explorer", theorem.Out, StringComparison.Ordinal);
        Assert.False(Path.Exists(bundle));
        Assert.Equal(0, Cli.Console.InProcess("prove", path, "--explore", "-o", bundle).Code);
        Assert.Equal(0, Cli.Console.InProcess("check-proof", bundle).Code);
    }

    [Fact]
    public void WhatIsNoBundleIsBadInput()
    {
        Assert.Equal(3, Cli.Console.InProcess("check-proof", folder).Code);
        Assert.Equal(3, Cli.Console.InProcess("check-proof", Path.Combine(folder, "nothing")).Code);
        string zip = Path.Combine(folder, "broken.zip");
        File.WriteAllBytes(zip, [1, 2, 3]);
        Assert.Equal(3, Cli.Console.InProcess("check-proof", zip).Code);
    }

    internal static (int Code, string Output) Start(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var error = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output + error.Result);
        }
        catch (Win32Exception)
        {
            Assert.Skip($"{program} is not installed");
            throw;
        }
    }
}
