using Irekae.Model.Semantics;
using static Irekae.Tests.Model.Semantics.Trace;

namespace Irekae.Tests.Model.Semantics;

/// <summary>Mutexes, jobs, lives, data.</summary>
public class MutexAndJobRules
{
    private const string Header = "system s; machine { scheduler priority; } ";

    [Theory]
    [InlineData("", "4 mid.done, 6 low.out, 7 high.done")]
    [InlineData("inheritance", "3 low.out, 4 high.done, 7 mid.done")]
    [InlineData("ceiling", "3 low.out, 4 high.done, 7 mid.done")]
    public void A_mutex_with(string protocol, string expected) =>
        // low takes the mutex at 0 for 3 ms; high wants it at 1; mid is ready at 1 for 3 ms.
        Assert.Equal(expected, Marks(Header + $"mutex m {protocol}; process low at 3 {{ lock m {{ run 3 ms; mark out; }} }} process mid at 2 {{ wait 1 ms; run 3 ms; mark done; }} process high at 1 {{ wait 1 ms; lock m {{ run 1 ms; }} mark done; }}"));

    [Fact]
    public void Inheritance_goes_through_chains() =>
        // high waits for b, which waits for low: low inherits through both and mid cannot come between.
        Assert.Equal("6 low.out, 7 b.out, 8 high.done, 11 mid.done", Marks(Header + "mutex m1 inheritance; mutex m2 inheritance; process low at 5 { lock m1 { run 6 ms; mark out; } } process b at 4 { wait 1 ms; lock m2 { lock m1 { run 1 ms; mark out; } } } process mid at 3 { wait 2 ms; run 3 ms; mark done; } process high at 1 { wait 2 ms; lock m2 { run 1 ms; } mark done; }"));

    [Fact]
    public void The_most_urgent_waiter_is_next() =>
        Assert.Equal("3 high.in, 4 low.in", Marks(Header + "mutex m; process first at 0 { lock m { run 1 ms; wait 2 ms; } } process low at 3 { lock m { mark in; } } process high at 1 { wait 1 ms; lock m { mark in; run 1 ms; } }"));

    [Fact]
    public void A_periodic_job_comes_again_exactly_after_its_period() =>
        Assert.Equal("1 t.done, 5 t.done, 9 t.done", string.Join(", ", Marks(Header + "process t at 1 periodic 4 ms { run 1 ms; mark done; }").Split(", ").Take(3)));

    [Fact]
    public void An_overrun_job_is_followed_by_the_next_at_once() =>
        Assert.Equal("5 t.done, 6 t.done", string.Join(", ", Marks(Header + "process t at 1 periodic 4 ms { if (x.first) { x.first = false; run 5 ms; } else { run 1 ms; } mark done; } shared x { var first: bool = true; }").Split(", ").Take(2)));

    [Fact]
    public void A_job_that_exits_leaves_its_sections_and_frees_its_mutexes()
    {
        string text = Header + "mutex m; process t at 2 periodic 4 ms { measure whole { nonpreemptive { lock m { run 1 ms; exit; } } } } process other at 1 { wait 2 ms; lock m { mark free; } } property p: max whole;";
        var bound = Bind(text);
        var system = Compile(text, Observation.Nothing with { Quantities = [new Irekae.Model.Binding.Quantity.OfMeasure(bound.Measures.Single())] });
        var seen = Run(system).Run.Steps.Select(s => s.Move.Next).Distinct().Count();
        Assert.InRange(seen, 1, 12);
        Assert.Equal("2 other.free", Marks(text));
    }

    [Fact]
    public void A_job_over_the_backlog_is_a_violation() =>
        Assert.Contains(Violations(Header + "process t at 1 periodic 4 ms backlog 2 { run 20 ms; }"), v => v.Kind == ViolationKind.Overflow);

    [Fact]
    public void A_spawned_process_starts_when_told_and_afresh() =>
        Assert.Equal("0 worker.begins, 3 worker.begins", Marks(Header + "process worker at 2 instances w absent { var n: 0 .. 1; assert n == 0; n = 1; mark begins; run 2 ms; } process boss at 1 { spawn worker.w; start worker.w; wait 3 ms; spawn worker.w; start worker.w; }"));

    [Fact]
    public void Every_alternative_is_a_move() =>
        Assert.Equal(["1 p.done", "2 p.done"], AllMarks(Header + "process p at 1 { choose { run 1 ms; } or { run 2 ms; } mark done; }"));

    [Fact]
    public void A_value_outside_its_type_stops_the_run()
    {
        var violation = Assert.Single(Violations(Header + "process p at 1 { var n: 0 .. 1; loop { run 1 ms; n = n + 1; } }"));
        Assert.Equal(ViolationKind.Range, violation.Kind);
    }

    [Fact]
    public void Endless_steps_without_time_are_a_violation() =>
        Assert.Contains(Violations(Header + "process p at 1 { var b: bool; loop { b = !b; } }"), v => v.Kind == ViolationKind.TimeStops);

    [Fact]
    public void Endless_steps_on_two_cores_are_a_violation_too() =>
        Assert.Contains(Violations("system s; machine { cores 2; } shared g { var n: 0 .. 1; } process p at 1 { loop { g.n = 0; } } process q at 1 { loop { g.n = 1; } }"), v => v.Kind == ViolationKind.TimeStops);

    [Fact]
    public void An_assertion_that_fails_is_a_violation() =>
        Assert.Contains(Violations(Header + "process p at 1 { var b: bool; assert b \"b is set\"; }"), v => v.Kind == ViolationKind.Assertion);

    [Fact]
    public void A_repeat_runs_its_rounds_and_can_forget_how_many()
    {
        string text = Header + "process p at 1 { repeat 3 { run 1 ms; mark round; } }";
        Assert.Equal("1 p.round, 2 p.round, 3 p.round", Marks(text));
        var forgetting = Compile(text, Observation.Nothing with { ForgottenCounters = [0] });
        var first = forgetting.Moves(forgetting.Initial()[0].Next);
        Assert.Equal(2, first.Count);
        Assert.Equal(forgetting.Initial()[0].Next, first[0].Next);
        Assert.True(first.All(m => m.Choices.IsEmpty));
    }

    [Fact]
    public void A_parameter_is_one_timer_for_the_whole_run()
    {
        var system = Compile(Header + "parameter p in 1 ms .. 3 ms; process a at 1 { run 2 * p + 1 ms .. 2 * p + 2 ms; }");
        var start = system.Initial()[0];
        Assert.Equal(TimerKind.Parameter, system.Timers[start.Next.Timers[0]].Kind);
        var work = start.Started.Single(s => system.Timers[s.Timer].Kind == TimerKind.Work);
        Assert.Equal((1L, 2L), (work.Interval.Low.Constant, work.Interval.Low.Terms.Single().Factor));
    }

    [Fact]
    public void Who_waits_when_nothing_can_act_is_named()
    {
        var system = Compile(Header + "mutex m; process a at 1 { lock m { await false; } } process b at 2 { lock m { } } server s1 at 3 { on ask { reply; } } process c at 4 { call s1.ask; }");
        var last = Run(system).Configuration!;
        Assert.Empty(system.Moves(last));
        Assert.Equal(["a", "b"], system.Waiting(last).Select(w => system.System.Actors[w].Name));
    }

    [Fact]
    public void A_gap_ends_with_the_last_that_could_pass_its_mark()
    {
        string text = Header + "process a at 1 { mark go; run 1 ms; mark go; run 1 ms; } process b at 2 { loop { wait 1 ms; } } property p: max gap(a.go);";
        var system = Compile(text, Observation.Nothing with { Quantities = [new Irekae.Model.Binding.Quantity.Gap(Bind(text).Marks.Single())] });
        var run = Run(system).Run;
        Assert.Single(run.Steps, s => !s.Move.Ended.IsEmpty);
        Assert.DoesNotContain(run.Steps[^1].Move.Next.Timers, t => system.Timers[t].Kind == TimerKind.Clock);
    }
}
