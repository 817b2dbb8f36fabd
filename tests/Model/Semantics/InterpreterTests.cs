using Irekae.Model;
using Irekae.Model.Semantics;

namespace Irekae.Tests.Model.Semantics;

public class InterpreterTests
{
    private const string Pair = """
        system pair;
        machine { cores 1; scheduler priority { quantum 2 us; } }
        process a at 1 { after any time; measure m { run 1 us .. 3 us; } }
        process b at 1 { loop { run 2 us; wait 1 us .. 4 us; } }
        property m_longest: max m;
        """;

    private static TransitionSystem Compile(string text)
    {
        var spec = Spec.Bind(text);
        Assert.Empty(spec.Diagnostics);
        return TransitionSystem.Compile(spec.System!, Irekae.Properties.Monitors.Observing.Of(spec.System!.Properties));
    }

    [Fact]
    public void The_same_seed_gives_the_same_run()
    {
        string first = RunTable.Of(Runs.Of(Compile(Pair), 3, new SeededChooser(42), 40));
        Assert.Equal(first, RunTable.Of(Runs.Of(Compile(Pair), 3, new SeededChooser(42), 40)));
        Assert.NotEqual(first, RunTable.Of(Runs.Of(Compile(Pair), 3, new SeededChooser(43), 40)));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 3)]
    [InlineData(3, 7)]
    public void A_run_is_replayed_from_its_script_to_the_tick(int seed, int refinement)
    {
        var run = Runs.Of(Compile(Pair), refinement, new SeededChooser((ulong)seed, endsPercent: 30), 60);
        var script = RunScript.Parse(RunScript.Of(run).ToString());
        var replayed = Assert.IsType<Replay.Done>(Runs.Replay(Compile(Pair), script)).Run;
        Assert.Equal(RunTable.Of(run), RunTable.Of(replayed));
    }

    [Fact]
    public void Instants_never_go_back_and_walks_agree_with_the_interpreter()
    {
        var run = Runs.Of(Compile(Pair), 2, new SeededChooser(9), 200);
        long last = 0;
        foreach (var stage in run.Walk())
        {
            Assert.InRange(stage.Step.Instant, last, long.MaxValue);
            Assert.All(stage.Values, value => Assert.True(value >= 0));
            last = stage.Step.Instant;
        }
        Assert.Equal(200, run.Steps.Length);
    }

    [Fact]
    public void A_step_that_is_not_possible_is_named_with_its_reason()
    {
        var system = Compile(Pair);
        var script = RunScript.Of(Runs.Of(system, 1, new SeededChooser(1), 10));
        int step = script.Steps.Select((s, i) => (s, i)).First(pair => pair.s.Durations.Length > 0 && pair.i > 0).i;
        var broken = script with { Steps = script.Steps.SetItem(step, script.Steps[step] with { Durations = [.. script.Steps[step].Durations.Select(_ => 1_000_000L)] }) };
        var impossible = Assert.IsType<Replay.Impossible>(Runs.Replay(system, broken));
        Assert.Equal(step, impossible.Step);
        Assert.Contains("above its interval", impossible.Reason);
        Assert.Equal(step, impossible.Before.Steps.Length);

        var strange = script with { Steps = script.Steps.SetItem(0, new ScriptStep(999, [4], [])) };
        Assert.Contains("no move here is by timer 999 with the choices 4", Assert.IsType<Replay.Impossible>(Runs.Replay(system, strange)).Reason);
    }

    [Fact]
    public void Who_fires_first_cannot_be_overtaken()
    {
        var interpreter = new Interpreter(Compile("system s; machine { cores 2; scheduler priority; } process a at 1 { wait 3 us; run 1 us; } process b at 1 { wait 5 us; run 1 us; }"));
        interpreter.Take(interpreter.Candidates()[0], [.. new long[] { 3, 5 }]);
        var late = interpreter.Moves.First(move => interpreter.WhyNot(move) is not null);
        Assert.Contains("fires earlier", interpreter.WhyNot(late));
        var error = Assert.Throws<InvalidOperationException>(() => interpreter.Take(late, []));
        Assert.Contains("fires earlier", error.Message);
    }

    [Fact]
    public void A_horizon_and_a_number_of_moves_end_a_run()
    {
        var run = Runs.Of(Compile(Pair), 1, new SeededChooser(5), 1000, horizon: 20);
        Assert.InRange(run.Steps[^1].Instant, 1, 20);
        Assert.Equal(7, Runs.Of(Compile(Pair), 1, new SeededChooser(5), 7).Steps.Length);
    }

    [Fact]
    public void A_refinement_that_has_no_whole_number_says_which_one_has()
    {
        var system = Compile("system s; machine { cores 1; scheduler priority; } parameter p in 1 us .. 2 us; process a at 1 { run p / 3; } property m: always true;");
        var coarse = Assert.Throws<RefinementException>(() =>
        {
            for (ulong seed = 1; seed < 200; seed++) Runs.Of(system, 1, new SeededChooser(seed));
        });
        Assert.Contains("use a refinement of", coarse.Message);
        for (ulong seed = 1; seed < 50; seed++) Assert.NotEmpty(Runs.Of(system, coarse.Needed, new SeededChooser(seed)).Steps.Skip(1));
    }

    [Theory]
    [InlineData("", "a run begins with 'run/1' and its refinement")]
    [InlineData("run/1", "a run begins with 'run/1' and its refinement")]
    [InlineData("run/2 1", "a run begins with 'run/1' and its refinement")]
    [InlineData("run/1 0", "the refinement of a run is at least 1")]
    [InlineData("run/1 1 x", "'x' is no number of a run")]
    [InlineData("run/1 1 3:=", "'' is no number of a run")]
    [InlineData("run/1 1 3=-1", "'-1' is no number of a run")]
    [InlineData("run/1 1 9999999999", "'9999999999' is too large in a run")]
    [InlineData("run/1 99999999999999999999", "'99999999999999999999' is no number of a run")]
    public void A_text_that_is_no_script_is_refused(string text, string reason) =>
        Assert.Equal(reason, Assert.Throws<FormatException>(() => RunScript.Parse(text)).Message);

    [Fact]
    public void A_run_that_goes_on_needs_a_value_for_each_timer()
    {
        var system = Compile(Pair);
        var run = Runs.Of(system, 1, new SeededChooser(1), 10);
        var last = run.Walk().Last();
        var on = new Interpreter(system, 1, last.Step.Move.Next, last.Values.AsSpan());
        Assert.Equal(system.Moves(last.Step.Move.Next).Count, on.Moves.Count);
        Assert.Equal("one value for each timer (Parameter 'values')", Assert.Throws<ArgumentException>(() => new Interpreter(system, 1, last.Step.Move.Next, [])).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Interpreter(system, 0));
    }

    [Fact]
    public void Quantities_of_a_run_are_read_from_its_clocks()
    {
        var system = Compile("system s; machine { cores 1; scheduler priority; } process a at 1 { loop { measure m { run 2 us; } wait 1 us; } } property longest: max m;");
        var quantities = Quantities.Of(Runs.Of(system, 1, new SeededChooser(1), 20));
        long tick = (long)(1000 / system.Tick.Numerator);
        Assert.Equal(2 * tick, quantities.Longest(0));
        Assert.Equal(2 * tick, quantities.Shortest(0));
        Assert.True(quantities.Occurrences.Count(occurrence => occurrence.Completed) >= 5);
    }

    [Fact]
    public void A_long_run_is_shown_without_its_middle()
    {
        string table = RunTable.Of(Runs.Of(Compile(Pair), 1, new SeededChooser(5), 100), mostMoves: 10);
        Assert.Contains("90 moves left out", table);
        Assert.All(table.Split('\n'), line => Assert.InRange(line.Length, 0, 100));
    }
}
