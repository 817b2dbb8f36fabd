using Irekae.Checker.Cli;
using Irekae.Checker.Testing;
using Irekae.Codegen.Running;
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
    public void A_run_that_cannot_be_shrunk_is_not_called_shrunk()
    {
        var tested = Run(new RandomTestOptions { Runs = 300, Properties = ["breaks"] }).Tested.Single();
        Assert.Contains($"shrunk from seed {tested.Seed}", string.Concat(TestReport.Remarks(tested)));
        var plain = tested.Shown!.Source.Given(tested.Shown.Run, _ => false); // as where its choices cannot be found again
        Assert.Contains($"as drawn from seed {tested.Seed}", string.Concat(TestReport.Remarks(tested with { Shown = plain })));
        Assert.Same(plain, plain.Smallest(_ => true));
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

    /// <summary>Planted: a bound that only runs pass in which the replacement comes upon a send.</summary>
    [Fact]
    public void A_planted_fault_is_found_and_shrunk()
    {
        string text = File.ReadAllText(Repository.Folder("specs", "minix3", "minix3.irk")) + "\nproperty planted: max replacement_time <= 320 us;\n";
        var spec = Spec.Bind(text.Replace("import \"common/nic.irk\";", File.ReadAllText(Repository.Folder("specs", "common", "nic.irk")), StringComparison.Ordinal));
        var options = new RandomTestOptions { Runs = 3_000, Moves = 70, Properties = ["planted"] };
        var tested = Assert.Single(RandomTest.Run(spec, options, null, CancellationToken.None).Tested);
        Assert.Equal(Outcome.Failed, tested.Outcome);
        Assert.InRange(tested.Shown!.Moves, 1, 12);
        Assert.True(tested.Shown.Measure("replacement_time").Max() > 320.us());
    }

    [Fact]
    public void A_seed_names_a_run()
    {
        var first = Run(new RandomTestOptions { Runs = 300, Properties = ["breaks"] }).Tested[0];
        var alone = Run(new RandomTestOptions { Runs = 1, Seed = first.Seed!.Value, Properties = ["breaks"] }).Tested[0];
        Assert.Equal(Outcome.Failed, alone.Outcome);
        Assert.Equal(first.Shown!.ToString(), alone.Shown!.ToString());
    }

    [Fact]
    public void What_generated_code_cannot_judge_the_interpreter_does_and_that_is_said()
    {
        const string rounds = "system s; machine { cores 2; scheduler priority; } process a at 1 { loop { mark there; } } process b at 2 { run 1 us; } property p: max gap(a.there) <= 1 us;";
        var result = RandomTest.Run(Spec.Bind(rounds), new RandomTestOptions { Runs = 5 }, null, CancellationToken.None);
        Assert.Equal(["steps of several cores go round without time"], result.ByInterpreter);
        Assert.Equal(("checks", Outcome.Failed), (result.Tested[^1].Name, result.Tested[^1].Outcome));
        Assert.Empty(Run(new RandomTestOptions { Runs = 5 }).ByInterpreter);
    }

    [Fact]
    public void What_the_interpreter_does_not_confirm_is_an_error_of_the_program()
    {
        var source = SpecRuns.Of(Spec.Bind(System));
        var sieve = Sieve.Of(source.System, []);
        var run = RandomTest.Confirmed(source, sieve, 7, 40, _ => true);
        Assert.Equal(40, run.Moves);
        Assert.Throws<SieveException>(() => RandomTest.Confirmed(source, sieve, 7, 40, _ => false));
    }

    [Fact]
    public void A_time_ends_it() => Assert.True(Run(new RandomTestOptions { Runs = 100_000_000, Time = TimeSpan.FromMilliseconds(200), Properties = ["holds"] }).Partial);
}
