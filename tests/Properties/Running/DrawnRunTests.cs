using FsCheck;
using FsCheck.Fluent;
using Irekae.Model;
using Irekae.Model.Semantics;
using Irekae.Properties.Running;

namespace Irekae.Tests.Properties.Running;

/// <summary>Runs as users see them: drawn, asked, judged by laws, shrunk, run again.</summary>
public sealed class DrawnRunTests
{
    private const string System = """
        system pair;
        machine { cores 1; scheduler priority; }
        server keeper at 1 { on put { run 3 us .. 5 us; reply; } }
        process quick at 2 sporadic 20 us { measure put_time { call keeper.put; } mark round; }
        process slow at 3 sporadic 50 us { run 1 us .. 10 us; measure put_time { call keeper.put; } }
        fault fall: crash keeper at most 1;
        property p: max put_time <= 9 us;
        property q: max put_time <= 9 us under fall;
        """;

    private static SpecRuns Runs(RunOptions? options = null) => SpecRuns.Of(Spec.Bind(System), options ?? new RunOptions { Moves = 60 });

    [Fact]
    public void A_seed_names_a_run()
    {
        Assert.Equal(RunScript.Of(Runs().FromSeed(7).Run).ToString(), RunScript.Of(Runs().FromSeed(7).Run).ToString());
        Assert.NotEqual(RunScript.Of(Runs().FromSeed(7).Run).ToString(), RunScript.Of(Runs().FromSeed(8).Run).ToString());
    }

    [Fact]
    public void A_run_comes_back_from_its_script_and_its_decisions()
    {
        for (ulong seed = 0; seed < 50; seed++)
        {
            var run = Runs().FromSeed(seed);
            string script = RunScript.Of(run.Run).ToString();
            Assert.Equal(script, RunScript.Of(Runs().FromScript(script).Run).ToString());
            Assert.Equal(script, RunScript.Of(run.Source.From(run.Recorded!.Decisions(run)).Run).ToString());
        }
    }

    [Fact]
    public void Quantities_are_asked_by_name()
    {
        var run = Runs().FromSeed(1);
        var put = run.Measure("put_time");
        Assert.True(put.Count > 0);
        Assert.True(put.Min() >= 3.us() && put.Max() <= 15.us());
        Assert.Equal(put.Max() >= put.Last(), put.All(time => time <= put.Max()));
        Assert.True(run.Gap("quick.round").Count > 0);
        Assert.True(run.Response("slow").Count > 0);
        Assert.Equal(put.Max() > 9.us(), run.Judge("p").Step is not null);
    }

    [Fact]
    public void A_run_without_an_occurrence_breaks_no_bound()
    {
        var run = Runs(new RunOptions { Moves = 1 }).FromSeed(1);
        Assert.Equal((Time.Zero, Time.Endless, 0), (run.Measure("put_time").Max(), run.Measure("put_time").Min(), run.Measure("put_time").Count));
    }

    [Theory]
    [InlineData("put_tim", "no measure 'put_tim'; there are put_time; did you mean 'put_time'?")]
    [InlineData("x", "no measure 'x'; there are put_time")]
    public void An_unknown_name_is_answered_with_the_known_ones(string name, string expected) =>
        Assert.Contains(expected, Assert.Throws<ArgumentException>(() => Runs().FromSeed(1).Measure(name)).Message);

    [Fact]
    public void A_property_is_judged_by_runs_with_its_faults()
    {
        Assert.Contains("is asked of runs with the fault 'fall', and these are runs with no faults", Assert.Throws<ArgumentException>(() => Runs().FromSeed(1).Judge("q")).Message);
        var faulty = Runs(new RunOptions { Moves = 60, Faults = ["*"] });
        Assert.Contains(Enumerable.Range(0, 50), seed => faulty.FromSeed((ulong)seed).Run.Steps.Any(step => step.Move.Timer >= 0 && faulty.System.Timers[step.Move.Timer].Kind == TimerKind.Fault));
        _ = faulty.FromSeed(1).Judge("q");
    }

    [Theory]
    [InlineData(null, "late", "no variant 'late'")]
    [InlineData("fal", null, "no fault 'fal'; did you mean 'fall'?")]
    public void Unknown_options_are_told(string? fault, string? variant, string expected) =>
        Assert.Contains(expected, Assert.Throws<ArgumentException>(() => Runs(new RunOptions { Variant = variant, Faults = fault is null ? [] : [fault] })).Message);

    [Fact]
    public void A_horizon_cuts()
    {
        var run = Runs(new RunOptions { Horizon = 30.us() }).FromSeed(3);
        Assert.True(run.End <= 30.us());
        Assert.False(run.Complete);
    }

    [Fact]
    public void A_specification_with_errors_is_told_by_its_diagnostics_alone()
    {
        var exception = Assert.Throws<SpecErrorException>(() => SpecRuns.Of(Spec.FromText("mine.irk", "system s; machine { cores 1; } process a at 1 { run 3; }")));
        Assert.StartsWith("the specification has ", exception.Message);
        Assert.Contains("mine.irk:1:", exception.Message);
        Assert.Null(exception.StackTrace);
    }

    [Fact]
    public void A_broken_law_shows_the_smallest_run()
    {
        var broken = Assert.Throws<LawBrokenException>(() => Runs().Hold(run => run.Measure("put_time").Max() <= 9.us(), 1000, 1));
        Assert.Contains("drawn from seed ", broken.Message);
        Assert.Contains("again: FromScript(", broken.Message);
        // The call of one process has just gone past 9 us behind that of the other: nothing later is shown, and nothing finer than it must be.
        Assert.True(broken.Smallest.Measure("put_time").Max() > 9.us());
        Assert.True(broken.Smallest.Moves <= 8, broken.Message);
        var again = Runs().FromScript(RunScript.Of(broken.Smallest.Run).ToString());
        Assert.Equal(broken.Smallest.Measure("put_time").Max(), again.Measure("put_time").Max());
    }

    [Fact]
    public void A_law_may_assert()
    {
        var broken = Assert.Throws<LawBrokenException>(() => Runs().Hold(run => Assert.InRange(run.Measure("put_time").Max(), Time.Zero, 9.us()), 1000, 1));
        Assert.Contains("Assert.InRange", broken.Message);
    }

    [Fact]
    public void What_holds_passes() => Runs().Hold(run => run.Measure("put_time").Max() <= 20.us() && run.Measure("put_time").Min() >= 3.us(), 300, 1);

    [Fact]
    public void FsCheck_draws_and_shrinks_runs()
    {
        var law = Prop.ForAll(Runs().Arbitrary, run => run.Measure("put_time").Max() <= 9.us());
        var failure = Assert.ThrowsAny<Exception>(() => Check.One(Config.QuickThrowOnFailure.WithReplay(1, 3), law));
        Assert.Contains("a run of pair:", failure.Message);
        Assert.Contains("Shrunk", failure.Message);
    }

    [Fact]
    public void Every_smaller_run_is_smaller_and_is_a_run()
    {
        var runs = Runs();
        for (ulong seed = 0; seed < 5; seed++)
        {
            var run = runs.FromSeed(seed);
            int count = 0;
            foreach (var smaller in run.Smaller())
            {
                count++;
                Assert.True(RunSize.Of(smaller).CompareTo(RunSize.Of(run)) < 0);
                Assert.IsType<Irekae.Model.Semantics.Replay.Done>(Irekae.Model.Semantics.Runs.Replay(runs.System, RunScript.Of(smaller.Run)));
            }
            Assert.True(count > 10);
        }
    }

    [Theory]
    [InlineData("1.350 ms", 1350)]
    [InlineData("25 us", 25)]
    public void Times_are_exact(string text, int microseconds)
    {
        Assert.Equal(text, microseconds.us().ToString());
        Assert.Equal((microseconds / 1000m).ms(), microseconds.us());
        Assert.True(0.1m.us() + 0.2m.us() == 0.3m.us());
        Assert.True(microseconds.us() < Time.Endless && (-1).ns() < Time.Zero);
    }
}
