using Irekae.Checker.Bounded;
using Irekae.Checker.Verification;
using Irekae.Model.Binding;
using Irekae.Model.Numbers;
using Irekae.Model.Semantics;
using Irekae.Properties;
using static Irekae.Tests.Checker.Explore.Built;

namespace Irekae.Tests.Checker.Bounded;

/// <summary>Small systems whose answers up to a number of moves are worked out by hand in the comments. The beginning of a run is its first move.</summary>
public class BoundedTests
{
    private static readonly Measure M = new(0, "m");

    private static readonly BoundSystem Interrupted =
        Together(Machine(), Process(0, "irq", 0, Run(1, 3), Sporadic(8)), Process(1, "work", 1, Block(Measure(M, Run(5, 10))))).With(M);

    private static VerificationResult Verify(BoundSystem system, int depth, BoundedOptions? options = null)
    {
        Solvers.Need();
        return BoundedVerifier.Verify(_ => system, new VerifyOptions { Threads = 1 }, (options ?? new BoundedOptions()) with { Depth = depth }, null, TestContext.Current.CancellationToken);
    }

    private static PropertyResult First(BoundSystem system, int depth) => Verify(system, depth).Results[0];

    [Theory]
    [InlineData(1, null)] // the beginning: the clock begins
    [InlineData(2, 10)] // the work ends, or the interrupt comes as late as 10
    [InlineData(4, 13)] // arrival, its end, the end of the work (or the next arrival, later than 13 only if the work has ended)
    [InlineData(6, 16)] // two interrupts at 8 or more apart: 10 + 3 + 3, and a third comes at 16 at the earliest
    [InlineData(9, 16)]
    public void Each_move_lets_the_largest_value_grow(int depth, int? largest)
    {
        var result = First(Interrupted.Asking(Longest(new Quantity.OfMeasure(M))), depth);
        Assert.Equal(new Verdict.ProvedUpTo($"{depth} moves"), result.Verdict);
        Assert.Equal(largest, (int?)result.Value!.Found?.Numerator);
        Assert.Equal(largest is not null, result.Value.Attained);
    }

    [Fact]
    public void The_run_that_is_shown_measures_the_value()
    {
        var result = First(Interrupted.Asking(Longest(new Quantity.OfMeasure(M), 15)), 8);
        Assert.IsType<Verdict.Refuted>(result.Verdict);
        var run = result.Witness!;
        Assert.IsType<Replay.Done>(Runs.Replay(run.System, RunScript.Of(run)));
        Assert.Equal(new Rational(16), run.Nanoseconds(Quantities.Of(run).Longest(0)!.Value));
    }

    [Fact]
    public void The_smallest_value_is_of_what_has_ended()
    {
        var result = First(Interrupted.Asking(new Question.Min(new Quantity.OfMeasure(M), new Rational(6))), 6);
        Assert.IsType<Verdict.Refuted>(result.Verdict);
        Assert.Equal(new Rational(5), result.Value!.Found);
    }

    [Fact]
    public void Once_every_run_has_ended_the_answer_holds_for_all_time()
    {
        var system = Together(Machine(), Process(0, "once", 0, Block(Measure(M, Run(2, 7)), Run(1)))).With(M).Asking(Longest(new Quantity.OfMeasure(M), 7));
        Assert.Equal(new Verdict.ProvedUpTo("2 moves"), First(system, 2).Verdict);
        var result = First(system, 5);
        Assert.IsType<Verdict.Proved>(result.Verdict);
        Assert.True(result.ForAllTime);
        Assert.Equal(new Rational(7), result.Value!.Found);
    }

    [Fact]
    public void A_supremum_that_is_not_attained_is_approached()
    {
        // The work of 5 ends first at a tie: what preempts it comes strictly before 5, and then it waits as long as it likes. The gap between the
        // preemption and the end of the work's 5 is as near to 5 + 2 as one likes only from below: measured is the wait before, at most 5.
        var system = Together(Machine(), Process(0, "late", 0, Block(Measure(M, Wait(0, 9)), Run(2))), Process(1, "work", 1, Run(5))).With(M)
            .Asking(Longest(new Quantity.OfMeasure(M)));
        // Two moves: the beginning, and whichever comes first. If it is the wait, it has taken less than 5; the work, exactly 5: attained.
        Assert.True(First(system, 2).Value!.Attained);
        var smallest = Together(Machine(), Process(0, "late", 0, Block(Wait(0, 9), Run(2))), Process(1, "work", 1, Block(Run(5), Measure(M, Run(1))))).With(M)
            .Asking(Longest(new Quantity.OfMeasure(M)));
        // The measure of 1 begins at 5; the wait ends within it, before 6: 1 + 2.
        var value = First(smallest, 5).Value!;
        Assert.Equal(new Rational(3), value.Found);
    }

    [Fact]
    public void What_never_ends_is_endless()
    {
        var never = new BoundStatement.Await(new BoundExpression.Literal(0), Span);
        var stuck = Together(Machine(), Process(0, "stuck", 0, Block(Run(1), Measure(M, never)))).With(M).Asking(Longest(new Quantity.OfMeasure(M)));
        Assert.True(First(stuck, 4).Value!.Endless);
        var open = Together(Machine(), Process(0, "open", 0, Block(Measure(M, new BoundStatement.Wait(AnyTime, Span))))).With(M)
            .Asking(Longest(new Quantity.OfMeasure(M), 100));
        var result = First(open, 3);
        Assert.True(result.Value!.Endless);
        Assert.IsType<Verdict.Refuted>(result.Verdict);
        Assert.True(Quantities.Of(result.Witness!).Longest(0) > 100);
    }

    [Fact]
    public void Deadlock_is_found_at_its_depth()
    {
        // Nobody ever makes the condition true: from the second move on nothing can act, and the process waits.
        var never = new BoundStatement.Await(new BoundExpression.Literal(0), Span);
        var system = Together(Machine(), Process(0, "stuck", 0, Block(Run(1), never)));
        Assert.Equal(new Verdict.ProvedUpTo("1 moves"), Check(system, 1).Verdict);
        Assert.IsType<Verdict.Refuted>(Check(system, 2).Verdict);
        Assert.Equal(2, Check(system, 2).Witness!.Steps.Length);
    }

    private static PropertyResult Check(BoundSystem system, int depth) => Verify(system, depth).Results.Single(r => r.Name == "check.deadlock");

    [Theory]
    [InlineData(Ties.CompletionFirst, 3)]
    [InlineData(Ties.Any, 4)]
    public void The_order_of_simultaneous_events_counts(Ties ties, long worst)
    {
        // At t = 3 the slow job has nothing left, and the fast process is released again.
        var system = Together(Machine(ties: ties), Process(0, "fast", 0, Run(1), Periodic(3)), Process(1, "slow", 1, Run(2), Periodic(5)));
        Assert.Equal(new Rational(worst), First(system.Asking(Response(system, 1)), 9).Value!.Found);
    }
}
