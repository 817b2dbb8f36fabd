using System.Text.RegularExpressions;
using Irekae.Checker.Bounded;
using Irekae.Checker.Verification;
using Irekae.Model;
using Irekae.Properties;

namespace Irekae.Tests.Checker.Bounded;

/// <summary>Whatever becomes of the solver, the answer is what was known before, and why there is no more: never a crash, never "proved".</summary>
public sealed class LostSolverTests
{
    private static readonly Spec Ant = Spec.Load(Repository.Folder("specs", "ant", "ant.irk"));

    private static PropertyResult Verify(BoundedOptions options, CancellationToken cancel)
    {
        Solvers.Need();
        var verify = new VerifyOptions { Threads = 1, Properties = ["replacement_max"] };
        return BoundedVerifier.Verify(variant => (variant is null ? Ant.System : Ant.ForVariant(variant))!, verify, options with { Depth = 400 }, null, cancel).Results[0];
    }

    private static PropertyResult Verify(BoundedOptions options) => Verify(options, TestContext.Current.CancellationToken);

    [Fact]
    public void A_library_that_is_not_there_is_named()
    {
        var result = Verify(new BoundedOptions { Library = "libz3-is-not-here.so" });
        Assert.Equal("there is no solver in the library that IREKAE_LIBZ3 names, 'libz3-is-not-here.so'", Assert.IsType<Verdict.Unknown>(result.Verdict).Reason);
        Assert.Null(result.Value!.Proved);
    }

    [Fact]
    public void A_library_that_is_another_one_is_no_solver()
    {
        var result = Verify(new BoundedOptions { Library = "libc.so.6" });
        Assert.StartsWith("the solver Z3 that is installed cannot be used", Assert.IsType<Verdict.Unknown>(result.Verdict).Reason);
    }

    [Fact]
    public void A_solver_that_is_killed_takes_nobody_along() =>
        Partly(Verify(new BoundedOptions { Started = process => Later(process.Kill) }), "the solver's process has ended: it was killed .SIGKILL.");

    [Theory]
    [InlineData(1)]
    [InlineData(24)]
    public void A_solver_without_memory_gives_up(int megabytes) =>
        Partly(Verify(new BoundedOptions { Memory = megabytes }), "(memory limit|the solver's process has ended: it gave itself up .SIGABRT., as it does for want of memory|the solver Z3 that is installed cannot be used: .*)");

    [Fact]
    public void A_limit_of_memory_holds_for_this_process_too() => Partly(Verify(new BoundedOptions { MemoryLimit = 1 << 20 }), "memory limit");

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3000)]
    public void A_limit_of_time_is_kept(int milliseconds) =>
        Partly(Verify(new BoundedOptions { TimeLimit = TimeSpan.FromMilliseconds(milliseconds) }), "time limit");

    [Fact]
    public void An_interruption_leaves_what_is_known()
    {
        using var interruption = new CancellationTokenSource();
        Partly(Verify(new BoundedOptions { Started = _ => Later(interruption.Cancel) }, interruption.Token), "interrupted");
    }

    [Fact]
    public void Who_is_interrupted_beforehand_knows_nothing()
    {
        var result = Verify(new BoundedOptions(), new CancellationToken(true));
        Assert.Equal(new Verdict.Unknown("interrupted"), result.Verdict);
    }

    private static void Later(Action action) => new Thread(() =>
    {
        Thread.Sleep(2500);
        action();
    }).Start();

    /// <summary>400 moves are far too many: what is said is of fewer, or of none, with the reason.</summary>
    private static void Partly(PropertyResult result, string pattern)
    {
        Assert.False(result.ForAllTime);
        if (result.Verdict is Verdict.ProvedUpTo partly)
        {
            Assert.InRange(int.Parse(partly.Limit.Split(' ')[0]), 1, 399);
            Assert.Contains(result.Notes, note => Regex.IsMatch(note, $"^{pattern}: longer runs were not judged$"));
        }
        else
        {
            string why = Assert.IsType<Verdict.Unknown>(result.Verdict).Reason;
            Assert.Matches($"^{pattern}$", why);
            Assert.Null(result.Value!.Proved);
        }
    }
}
