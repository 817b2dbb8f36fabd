using Irekae.Checker.Testing;
using Irekae.Model;
using Irekae.Properties.Running;

namespace Irekae.Tests.Checker.Testing;

/// <summary>Properties tried on random runs.</summary>
public sealed class RandomTestTests
{
    private const string System = """
        system pair;
        machine { cores 1; scheduler priority; }
        server keeper at 1 {
          on put { run 3 us .. 5 us; reply; }
          on never { run 1 us; }
        }
        process quick at 2 sporadic 20 us { measure put_time { call keeper.put; } }
        process slow at 3 sporadic 50 us { run 1 us .. 10 us; measure put_time { call keeper.put; } }
        process idler at 4 { loop { receive { on wake { measure sleep_time { run 1 us; } } } } }
        fault fall: crash keeper at most 1;
        property holds: max put_time <= 10 us;
        property breaks: max put_time <= 9 us;
        property least: min put_time >= 4 us;
        property untouched: max sleep_time <= 1 us;
        property reached: reachable running(keeper);
        property unreached: reachable running(idler) && blocked(keeper) && running(quick);
        property under_fault: reachable !alive(keeper) under fall;
        """;

    private static RandomTestResult Run(RandomTestOptions options) => RandomTest.Run(Spec.Bind(System), options with { Moves = 60 }, null, CancellationToken.None);

    [Fact]
    public void Each_property_has_its_outcome()
    {
        var result = Run(new RandomTestOptions { Runs = 300 });
        Assert.Equal(
            ["holds Passed", "breaks Failed", "least Failed", "untouched Open", "reached Passed", "unreached Open", "under_fault Passed", "checks Passed"],
            result.Tested.Select(tested => $"{tested.Name} {tested.Outcome}"));
        Assert.Equal(600, result.Runs); // with and without the fault
        Assert.False(result.Partial);
        var breaks = result.Tested[1];
        Assert.True(breaks.Shown!.Moves <= 8, breaks.Shown.ToString());
        Assert.True(breaks.Shown.Measure("put_time").Max() > 9.us());
        Assert.StartsWith("a run has ", breaks.Reason);
    }

    [Fact]
    public void Checks_fail_with_what_they_see()
    {
        var spec = Spec.Bind("system s; machine { cores 1; scheduler priority; } process a at 1 { run 1 us .. 2 us; receive { on wake { run 1 us; } } } process b at 2 { run 1 us; if (false) { send a.wake; } }");
        var tested = Assert.Single(RandomTest.Run(spec, new RandomTestOptions { Runs = 20 }, null, CancellationToken.None).Tested);
        Assert.Equal(("checks", Outcome.Failed, "deadlock: these wait for what cannot come: a"), (tested.Name, tested.Outcome, tested.Reason));
    }

    [Fact]
    public void The_outcome_does_not_depend_on_the_threads()
    {
        static string Told(RandomTestResult result) => string.Join('\n', result.Tested.Select(tested => $"{tested.Name} {tested.Outcome} {tested.Seed} {tested.Touched} {tested.Value} {tested.Shown}"));
        Assert.Equal(Told(Run(new RandomTestOptions { Runs = 150, Threads = 1 })), Told(Run(new RandomTestOptions { Runs = 150, Threads = 3 })));
    }

    [Fact]
    public void What_is_never_reached_is_named()
    {
        var coverage = Run(new RandomTestOptions { Runs = 50 }).Coverage;
        Assert.Equal(["idler.wake", "keeper.never"], coverage.UnreachedHandlers.Select(handler => handler.Name).Order());
        Assert.Contains(coverage.UnreachedStatements, span => span.Text.StartsWith("run 1 us", StringComparison.Ordinal));
        Assert.Equal(coverage.Statements.All - coverage.UnreachedStatements.Length, coverage.Statements.Reached);
        Assert.Contains("idler", string.Join(' ', coverage.UnfiredTimers));
    }

    [Fact]
    public void A_pattern_chooses()
    {
        Assert.Equal(["holds"], Run(new RandomTestOptions { Runs = 10, Properties = ["hol*"] }).Tested.Select(tested => tested.Name));
        Assert.Equal(["checks"], Run(new RandomTestOptions { Runs = 10, Properties = ["checks"] }).Tested.Select(tested => tested.Name));
    }

    [Fact]
    public void An_end_before_all_runs_is_said()
    {
        using var ended = new CancellationTokenSource();
        ended.Cancel();
        var result = RandomTest.Run(Spec.Bind(System), new RandomTestOptions { Runs = 100_000_000 }, null, ended.Token);
        Assert.True(result.Partial);
        Assert.All(result.Tested.Where(tested => tested.Touched == 0 && tested.Name != "checks"), tested => Assert.Equal(Outcome.Open, tested.Outcome));
    }

    [Fact]
    public void A_time_ends_it() => Assert.True(Run(new RandomTestOptions { Runs = 100_000_000, Time = TimeSpan.FromMilliseconds(200), Properties = ["holds"] }).Partial);
}
