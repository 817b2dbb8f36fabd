using Irekae.Model;
using static Irekae.Tests.Model.Semantics.Trace;

namespace Irekae.Tests.Model.Semantics;

/// <summary>One test for each rule of the scheduler's table.</summary>
public class SchedulerRules
{
    private const string Header = "system s; ";

    [Fact]
    public void The_most_urgent_ready_process_runs() =>
        Assert.Equal("3 high.done, 5 low.done", Marks(Header + "machine { cores 1; scheduler priority; } process low at 2 { run 2 ms; mark done; } process high at 1 { run 3 ms; mark done; }"));

    [Fact]
    public void Preempted_work_is_frozen_and_goes_on() =>
        Assert.Equal("3 high.done, 6 low.done", Marks(Header + "machine { scheduler priority; } process low at 2 { run 4 ms; mark done; } process high at 1 { wait 1 ms; run 2 ms; mark done; }"));

    [Theory]
    [InlineData("head", "6 a.done, 9 b.done")]
    [InlineData("tail", "5 b.done, 9 a.done")]
    public void Preempted_returns_to(string end, string expected) =>
        Assert.Equal("2 high.done, " + expected, Marks(Header + $"machine {{ scheduler priority {{ preempted to {end}; }} }} process a at 2 {{ run 5 ms; mark done; }} process b at 2 {{ run 3 ms; mark done; }} process high at 1 {{ wait 1 ms; run 1 ms; mark done; }}"));

    [Fact]
    public void Slice_used_up_goes_to_the_tail() =>
        Assert.Equal("4 b.done, 7 a.done", Marks(Header + "machine { scheduler priority { quantum 2 ms; } } process a at 2 { run 5 ms; mark done; } process b at 2 { run 2 ms; mark done; }"));

    [Fact]
    public void Preempted_keeps_the_rest_of_its_slice() =>
        Assert.Equal("2 high.done, 5 b.done, 7 a.done", Marks(Header + "machine { scheduler priority { quantum 2 ms; } } process a at 2 { run 4 ms; mark done; } process b at 2 { run 2 ms; mark done; } process high at 1 { wait 1 ms; run 1 ms; mark done; }"));

    [Fact]
    public void Alone_at_its_level_it_goes_on_with_a_fresh_slice() =>
        // b comes at 3 ms, when a is 1 ms into its second slice.
        Assert.Equal("5 b.done, 6 a.done", Marks(Header + "machine { scheduler priority { quantum 2 ms; } } process b at 2 { wait 3 ms; run 1 ms; mark done; } process a at 2 { run 5 ms; mark done; }"));

    [Theory]
    [InlineData("fresh", "8 b.done, 10 a.done")]
    [InlineData("kept", "7 b.done, 10 a.done")]
    public void Blocked_then_ready_again_has_a_slice(string rule, string expected) =>
        // a uses 1 ms of 3 and waits 1 ms while b runs: with a kept slice it has 2 ms when its turn comes at 4, and b comes back sooner.
        Assert.Equal(expected, Marks(Header + $"machine {{ scheduler priority {{ quantum 3 ms; slice {rule}; }} }} process a at 2 {{ run 1 ms; wait 1 ms; run 5 ms; mark done; }} process b at 2 {{ run 4 ms; mark done; }}"));

    [Fact]
    public void Ready_again_goes_to_the_tail() =>
        Assert.Equal("5 b.done, 8 c.done, 9 a.done", Marks(Header + "machine { scheduler priority; } process a at 2 { run 1 ms; wait 1 ms; run 1 ms; mark done; } process b at 2 { run 4 ms; mark done; } process c at 2 { run 3 ms; mark done; }"));

    [Fact]
    public void A_change_of_process_costs_its_switch() =>
        // high begins, and waits; switch to low until 1; high is ready at 2: switch to 3, done at 4; switch to 5, low's other 2 ms.
        Assert.Equal("4 high.done, 7 low.done", Marks(Header + "machine { scheduler priority; switch 1 ms; } process low at 2 { run 3 ms; mark done; } process high at 1 { wait 2 ms; run 1 ms; mark done; }"));

    [Fact]
    public void A_nonpreemptive_section_is_not_interrupted() =>
        Assert.Equal("3 low.section, 4 high.done, 5 low.done", Marks(Header + "machine { scheduler priority; } process low at 2 { nonpreemptive { run 3 ms; mark section; } run 1 ms; mark done; } process high at 1 { wait 1 ms; run 1 ms; mark done; }"));

    [Fact]
    public void A_slice_that_ends_in_a_section_is_given_up_after_it() =>
        Assert.Equal("3 a.section, 5 b.done, 6 a.done", Marks(Header + "machine { scheduler priority { quantum 2 ms; } } process a at 2 { nonpreemptive { run 3 ms; mark section; } run 1 ms; mark done; } process b at 2 { run 2 ms; mark done; }"));

    [Theory]
    [InlineData("completion_first", "2 low.done, 3 high.done, 4 low.after")]
    [InlineData("batch", "2 low.done, 3 high.done, 4 low.after")]
    public void Work_that_has_ended_leaves_its_section_and_its_measure_before_anybody_preempts(string ties, string expected) =>
        Assert.Equal(expected, Marks(Header + $"machine {{ scheduler priority; ties {ties}; }} process high at 1 {{ wait 1 ms; run 1 ms; mark done; }} process low at 2 {{ nonpreemptive {{ run 2 ms; }} mark done; run 1 ms; mark after; }}"));

    [Fact]
    public void In_any_order_it_may_be_preempted_as_soon_as_the_section_ends() =>
        Assert.Equal(["2 low.done, 3 high.done, 4 low.after", "3 high.done, 3 low.done, 4 low.after"], AllMarks(Header + "machine { scheduler priority; ties any; } process high at 1 { wait 1 ms; run 1 ms; mark done; } process low at 2 { nonpreemptive { run 2 ms; } mark done; run 1 ms; mark after; }"));

    [Fact]
    public void Two_cores_run_the_two_most_urgent() =>
        Assert.Equal("2 a.done, 3 b.done, 6 c.done", Marks(Header + "machine { cores 2; scheduler priority; } process c at 3 { run 4 ms; mark done; } process a at 1 { run 2 ms; mark done; } process b at 2 { run 3 ms; mark done; }"));

    [Fact]
    public void A_pinned_process_waits_for_its_core() =>
        Assert.Equal("2 a.done, 4 b.done", Marks(Header + "machine { cores 2; scheduler priority; } process a at 1 on core 0 { run 2 ms; mark done; } process b at 2 on core 0 { run 2 ms; mark done; }"));

    [Fact]
    public void Only_a_strictly_more_urgent_process_preempts() =>
        Assert.Equal("4 a.done, 5 b.done", Marks(Header + "machine { scheduler priority; } process b at 2 { wait 1 ms; run 1 ms; mark done; } process a at 2 { run 4 ms; mark done; }"));

    [Theory]
    [InlineData("completion_first", "1 low.done, 2 high.done")]
    [InlineData("any", "1 low.done, 2 high.done|2 high.done, 2 low.done")]
    public void Work_that_is_used_up_has_ended_first_unless_any_order_is_asked(string ties, string expected) =>
        Assert.Equal(expected.Split('|'), AllMarks(Header + $"machine {{ scheduler priority; ties {ties}; }} process low at 2 {{ run 1 ms; mark done; }} process high at 1 {{ wait 1 ms; run 1 ms; mark done; }}"));

    [Fact]
    public void Under_batch_the_scheduler_sees_the_whole_instant() =>
        // At 1 ms low ends, and mid and high become ready: high runs first although mid's wait may have ended before.
        Assert.Equal(["1 low.done, 2 high.done, 4 mid.done"], AllMarks(Header + "machine { scheduler priority; ties batch; } process mid at 2 nonpreemptive { wait 1 ms; run 2 ms; mark done; } process high at 1 nonpreemptive { wait 1 ms; run 1 ms; mark done; } process low at 3 nonpreemptive { run 1 ms; mark done; }"));

    [Fact]
    public void Without_batch_the_first_to_be_ready_is_not_waited_for() =>
        Assert.Equal(2, AllMarks(Header + "machine { scheduler priority; } process mid at 2 nonpreemptive { wait 1 ms; run 2 ms; mark done; } process high at 1 nonpreemptive { wait 1 ms; run 1 ms; mark done; }").Length);

    [Fact]
    public void Simultaneous_steps_on_two_cores_come_in_every_order()
    {
        // Orders that nobody can tell apart are one; here the value tells which of the two was first.
        var spec = Spec.Bind("system s; machine { cores 2; scheduler priority; } shared g { var go: bool; var n: 0 .. 5; } process w at 9 { wait 1 ms; g.go = true; } "
            + "process a at 1 { await g.go; g.n = g.n * 2 + 1; } process b at 1 { await g.go; g.n = g.n * 2 + 2; } "
            + "property a_first: reachable g.n == 4; property b_first: reachable g.n == 5; property no_other: always g.n <= 2 || g.n >= 4;");
        var result = Irekae.Checker.Verification.Verifier.Verify(spec, new(), null, CancellationToken.None);
        Assert.All(result.Results.Where(one => one.Kind != "check"), one => Assert.IsType<Irekae.Properties.Verdict.Proved>(one.Verdict));
    }

    [Fact]
    public void Its_own_priority_can_be_changed() =>
        Assert.Equal("3 b.done, 4 a.done", Marks(Header + "machine { scheduler priority; } process a at 1 { run 1 ms; priority 3; run 1 ms; mark done; } process b at 2 { run 2 ms; mark done; }"));
}
