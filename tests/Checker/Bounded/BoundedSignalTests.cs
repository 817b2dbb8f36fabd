using System.Diagnostics;
using System.Globalization;
using Irekae.Checker.Bounded;
using Irekae.Checker.Cli;

namespace Irekae.Tests.Checker.Bounded;

/// <summary>Real processes: Ctrl-C (to the whole group, as a terminal sends it) and SIGTERM in the middle of the solver's work, and a solver that is not there.</summary>
public sealed class BoundedSignalTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    [Theory]
    [InlineData("INT", "-")]
    [InlineData("TERM", "")]
    public void What_was_judged_is_said(string signal, string group)
    {
        Solvers.Need();
        using var process = Started(400, null);
        string id = process.Id.ToString(CultureInfo.InvariantCulture);
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < Patience && Run("pgrep", "-f", "-P", id, SolverWorker.Command) != 0;) Thread.Sleep(100);
        Thread.Sleep(2000); // into its questions
        Assert.Equal(0, Run("kill", "-s", signal, "--", group + id));
        string all = process.StandardOutput.ReadToEnd();
        Assert.True(process.WaitForExit(Patience));
        Assert.Contains("partial: interrupted before all was known", all);
        Assert.Matches(@"proved only up to \d+ moves\n +- interrupted: longer runs were not judged|- interrupted", all);
        Assert.DoesNotContain("✓", all);
        Assert.Equal(ExitCode.Unknown, process.ExitCode);
        Assert.NotEqual(0, Run("pgrep", "-f", "-P", id, SolverWorker.Command));
    }

    [Fact]
    public void A_library_that_is_not_there_is_an_answer()
    {
        using var process = Started(3, "/nowhere/libz3.so");
        string all = process.StandardOutput.ReadToEnd();
        Assert.True(process.WaitForExit(Patience));
        Assert.Contains("there is no solver in the library that IREKAE_LIBZ3 names, '/nowhere/libz3.so'", all);
        Assert.Equal(ExitCode.Unknown, process.ExitCode);
    }

    /// <summary>The leader of a group of its own.</summary>
    private static Process Started(int depth, string? library)
    {
        var start = new ProcessStartInfo(
            "setsid",
            ["env", "--default-signal=INT,TERM", "dotnet", Path.Combine(AppContext.BaseDirectory, "irekae.dll"),
                "verify", "--engine", "bounded", "--depth", $"{depth}", "-p", "replacement_max", "specs/ant/ant.irk"])
        {
            WorkingDirectory = Repository.Folder(),
            RedirectStandardOutput = true,
        };
        if (library is not null) start.Environment[Library.Variable] = library;
        return Process.Start(start)!;
    }

    private static int Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
