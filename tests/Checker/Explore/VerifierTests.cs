using Irekae.Checker.Verification;
using Irekae.Model;
using Irekae.Model.Binding;
using Irekae.Model.Numbers;
using Irekae.Model.Semantics;
using Irekae.Properties;
using static Irekae.Tests.Checker.Explore.Built;

namespace Irekae.Tests.Checker.Explore;

/// <summary>Small systems whose answers are worked out by hand in the comments.</summary>
public class VerifierTests
{
    private static readonly Measure M = new(0, "m");

    private static VerificationResult Verify(BoundSystem system, VerifyOptions? options = null) =>
        Verifier.Verify(_ => system, options ?? new VerifyOptions { Theorems = false }, null, TestContext.Current.CancellationToken);

    private static PropertyResult First(BoundSystem system, VerifyOptions? options = null) => Verify(system, options).Results[0];

    private static PropertyResult Check(BoundSystem system, string name) => Verify(system).Results.Single(r => r.Name == name);

    private static void Exactly(long value, PropertyResult result)
    {
        Assert.True(result.Value!.Exact, result.ToString());
        Assert.Equal(new Rational(value), result.Value.Proved);
        Assert.True(result.Value.Attained);
        Assert.True(result.ForAllTime);
        Assert.Equal(new Rational(value), Irekae.Checker.Verification.Measured.Last(result.Witness!, Clock(result.Witness!), result.Kind == "max")! * result.Witness!.System.Tick);
    }

    private static int Clock(Run run) => run.System.Timers.First(t => t.Kind == TimerKind.Clock).Id;

    /// <summary>One by one the answers are the same; what one exploration answers is explored once, and nothing before it is asked for.</summary>
    [Fact]
    public void AnswersComeOneByOne()
    {
        var spec = Spec.Bind("""
            system s "Three questions without a clock, one with";
            machine { cores 1; scheduler priority; }
            shared s { var x: 0 .. 2; }
            process p at 1 { measure m { run 1 us .. 2 us; } s.x = 1; }
            property below: always s.x <= 1;
            property longest: max m;
            property not_two: always s.x != 2;
            property one: reachable s.x == 1;
            """);
        Assert.Empty(spec.Diagnostics);
        var options = new VerifyOptions { Properties = ["*"], CompareTies = false };
        var results = Verifier.OneByOne(_ => spec.System!, options, null, TestContext.Current.CancellationToken).ToList();
        var together = Verifier.Verify(spec, options, null, TestContext.Current.CancellationToken).Results;
        Assert.Equal(together.Select(r => (r.Name, r.Verdict, r.Value?.Proved, r.Witness is null)), results.Select(r => (r.Name, r.Verdict, r.Value?.Proved, r.Witness is null)));
        Assert.Equal(results.Single(r => r.Name == "below").Statistics.Seconds, results.Single(r => r.Name == "one").Statistics.Seconds);

        using var cancelled = new CancellationTokenSource();
        var verdicts = new List<Verdict>();
        foreach (var result in Verifier.OneByOne(_ => spec.System!, options, null, cancelled.Token))
        {
            verdicts.Add(result.Verdict);
            cancelled.Cancel();
        }

        Assert.IsType<Verdict.Proved>(verdicts[0]);
        Assert.IsNotType<Verdict.Proved>(verdicts[1]);
        Assert.IsType<Verdict.Proved>(verdicts[2]);
    }

    [Theory]
    [InlineData(Ties.CompletionFirst, 3)]
    [InlineData(Ties.Any, 4)]
    public void RateMonotonicPairDependsOnTies(Ties ties, long worst)
    {
        // At t = 3 the slow job has nothing left, and the fast process is released again.
        var system = Together(Machine(ties: ties), Process(0, "fast", 0, Run(1), Periodic(3)), Process(1, "slow", 1, Run(2), Periodic(5)));
        var result = First(system.Asking(Response(system, 1)));
        Exactly(worst, result);
        Assert.Contains(result.Notes, n => n.StartsWith(
            "depends on the order of simultaneous events: 3 ns under completion_first, 4 ns under any; tie at t = ", StringComparison.Ordinal));
    }

    [Fact]
    public void PreemptedWorkIsFrozen()
    {
        // 10 of work, preempted by at most two jobs of 3 that come at least 8 apart: 10 + 3 = 13 > 8, 10 + 6 = 16, and a third comes at 16.
        var system = Together(Machine(), Process(0, "irq", 0, Run(1, 3), Sporadic(8)), Process(1, "work", 1, Block(Measure(M, Run(5, 10))))).With(M);
        Exactly(16, First(system.Asking(Longest(new Quantity.OfMeasure(M)))));
        Exactly(5, First(system.Asking(new Question.Min(new Quantity.OfMeasure(M), null))));
    }

    [Fact]
    public void BoundsAreJudgedAgainstTheExactValue()
    {
        var system = Together(Machine(), Process(0, "irq", 0, Run(1, 3), Sporadic(8)), Process(1, "work", 1, Block(Measure(M, Run(5, 10))))).With(M);
        Assert.IsType<Verdict.Proved>(First(system.Asking(Longest(new Quantity.OfMeasure(M), 16))).Verdict);
        Assert.IsType<Verdict.Refuted>(First(system.Asking(Longest(new Quantity.OfMeasure(M), 15))).Verdict);
        Assert.IsType<Verdict.Proved>(First(system.Asking(new Question.Min(new Quantity.OfMeasure(M), new Rational(5)))).Verdict);
        Assert.IsType<Verdict.Refuted>(First(system.Asking(new Question.Min(new Quantity.OfMeasure(M), new Rational(6)))).Verdict);
    }

    [Fact]
    public void ASupremumThatIsOnlyApproached()
    {
        // The interrupt must come strictly before the work of 5 is used up to delay its end: then the measure takes 7; but the second measure
        // begins after it. Only if it comes before: the wait of 0 .. 5 ends strictly before 5.
        var system = Together(
            Machine(),
            Process(0, "late", 0, Block(Wait(0, 9), Run(2), Measure(M, Wait(0, 0)))),
            Process(1, "work", 1, Block(Run(5), Run(0, 0)))).With(M);
        Assert.NotNull(First(system.Asking(Longest(new Quantity.OfMeasure(M)))));
    }

    [Fact]
    public void AMeasureThatNeverEndsIsEndless()
    {
        var never = new BoundStatement.Await(new BoundExpression.Literal(0), Span);
        var system = Together(Machine(), Process(0, "stuck", 0, Measure(M, never))).With(M);
        var result = First(system.Asking(Longest(new Quantity.OfMeasure(M), 10)));
        Assert.True(result.Value!.Endless);
        Assert.IsType<Verdict.Refuted>(result.Verdict);
        Assert.IsType<Verdict.Refuted>(Check(system, "check.deadlock").Verdict);
    }

    [Fact]
    public void AMeasureThatWaitsBesideALoopIsEndless()
    {
        var never = new BoundStatement.Await(new BoundExpression.Literal(0), Span);
        var system = Together(Machine(), Process(0, "stuck", 0, Measure(M, never)), Process(1, "busy", 1, Loop(Run(2, 3), Wait(1, 4)))).With(M);
        var result = First(system.Asking(Longest(new Quantity.OfMeasure(M), 100)));
        Assert.True(result.Value!.Endless);
        Assert.IsType<Verdict.Refuted>(result.Verdict);
        Assert.True(Irekae.Checker.Verification.Measured.Last(result.Witness!, Clock(result.Witness!), largest: true) * result.Witness!.System.Tick > 100);
        Assert.IsType<Verdict.Proved>(Check(system, "check.deadlock").Verdict);
    }

    [Fact]
    public void TimeThatStopsIsFound()
    {
        var system = Together(Machine(), Process(0, "spinning", 0, Loop(Run(0, 5))));
        Assert.IsType<Verdict.Refuted>(Check(system, "check.time_stops").Verdict);
        var fine = Together(Machine(), Process(0, "spinning", 0, Loop(Run(0, 5), Run(1, 2))));
        Assert.IsType<Verdict.Proved>(Check(fine, "check.time_stops").Verdict);
    }

    [Fact]
    public void ABacklogThatOverflowsIsFound()
    {
        var system = Together(Machine(), Process(0, "late", 0, Run(5), Periodic(3, backlog: 2)));
        var result = Check(system, "check.overflow");
        Assert.IsType<Verdict.Refuted>(result.Verdict);
        Assert.NotEmpty(result.Witness!.Steps[^1].Move.Violations);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ForgottenCountersChangeNoAnswer(bool forget)
    {
        var system = Together(
            Machine(),
            Process(0, "worker", 0, Repeat(40, Run(1, 2), Wait(3, 4))),
            Process(1, "asker", 1, Block(new BoundStatement.AfterAnyTime(Span), Measure(M, Run(5))))).With(M);
        var result = First(system.Asking(Longest(new Quantity.OfMeasure(M))), new VerifyOptions { Theorems = false, ForgetCounters = forget });
        // 5 of work; interrupted for 2 after at least 3: at 0 (2), at 3 of its work has been done by 5, at 5 again: 5 + 2 + 2 = 9.
        Exactly(9, result);
    }

    [Fact]
    public void LimitsAreSaid()
    {
        var system = Together(Machine(), Process(0, "a", 0, Run(1, 2), Sporadic(7)), Process(1, "b", 1, Run(2, 3), Sporadic(11)), Process(2, "c", 2, Run(3, 4), Sporadic(13)));
        var result = First(system.Asking(Response(system, 2)), new VerifyOptions { Theorems = false, StateLimit = 20 });
        var unknown = Assert.IsType<Verdict.Unknown>(result.Verdict);
        Assert.Contains("20 states", unknown.Reason, StringComparison.Ordinal);
        Assert.False(result.ForAllTime);
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        var stopped = Verifier.Verify(_ => system.Asking(Response(system, 2)), new VerifyOptions { Theorems = false }, null, cancelled.Token).Results[0];
        Assert.Equal(new Verdict.Unknown("interrupted"), stopped.Verdict);
    }
}
