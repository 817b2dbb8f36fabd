using Irekae.Checker.Verification;
using Irekae.Model;
using Irekae.Model.Numbers;
using Irekae.Properties;

namespace Irekae.Tests.Checker.Explore;

/// <summary>Every kind of question and check, asked of small specifications.</summary>
public class QuestionTests
{
    private static VerificationResult Verify(string items, VerifyOptions? options = null)
    {
        var spec = Spec.Bind("system s; machine { cores 1; scheduler priority; }\n" + items);
        Assert.False(spec.HasErrors, string.Join("\n", spec.Diagnostics.Select(d => $"{d.Span}: {d.Message}")));
        return Verifier.Verify(spec, options ?? new VerifyOptions(), null, TestContext.Current.CancellationToken);
    }

    private static PropertyResult Of(VerificationResult result, string name) => result.Results.Single(r => r.Name == name);

    [Fact]
    public void ASupremumThatRunsOnlyApproach()
    {
        // Work that is used up has ended first, so the flag is down strictly before 5 us only: 5 + 2 is approached.
        var result = Of(Verify("""
            shared g { var done: bool = false; }
            process high at 0 { measure m { wait 0 us .. 6 us; if (!g.done) { run 2 us; } } }
            process low at 1 { run 5 us; g.done = true; }
            property p: max m;
            """), "p");
        Assert.Equal(new Rational(7000), result.Value!.Proved);
        Assert.False(result.Value.Attained);
        Assert.True(result.Value.Approached && result.Value.Exact);
        Assert.NotNull(result.Witness);
    }

    [Fact]
    public void AlwaysReachableAndAfterShareAnExploration()
    {
        var result = Verify("""
            shared g { var phase: 0 .. 3 = 0; }
            process p at 0 { measure m { run 1 us; g.phase = 1; run 1 us .. 2 us; g.phase = 2; } }
            process q at 1 { if (g.phase == 3) { measure never { run 1 us; } } }
            property low: always g.phase <= 2;
            property wrong: always g.phase <= 1;
            property two: reachable g.phase == 2;
            property three: reachable g.phase == 3;
            property ended: after m: g.phase == 2;
            property early: after m: g.phase == 1;
            property empty: after never: g.phase == 0;
            """);
        Assert.IsType<Verdict.Proved>(Of(result, "low").Verdict);
        Assert.IsType<Verdict.Refuted>(Of(result, "wrong").Verdict);
        Assert.NotNull(Of(result, "wrong").Witness);
        Assert.IsType<Verdict.Proved>(Of(result, "two").Verdict);
        Assert.NotNull(Of(result, "two").Witness);
        Assert.IsType<Verdict.Refuted>(Of(result, "three").Verdict);
        Assert.IsType<Verdict.Proved>(Of(result, "ended").Verdict);
        Assert.IsType<Verdict.Refuted>(Of(result, "early").Verdict);
        Assert.Contains(Of(result, "empty").Notes, n => n.StartsWith("vacuous", StringComparison.Ordinal));
        Assert.Single(result.Results.Select(r => r.Statistics).Distinct());
        Assert.Contains(result.Warnings, w => w.Span!.Text.StartsWith("measure never", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("process p at 0 { run 1 us; run 2 us; }", 3, 3)] // at the beginning, after the first, at the end
    [InlineData("process p at 0 { loop { run 1 us .. 2 us; wait 1 us; } }", 2, 2)] // working, waiting, and the first again
    [InlineData("process p at 0 { wait 0 us .. 2 us; } process q at 1 { wait 1 us; }", 4, 4)] // both wait, one of them, none
    public void StateCountsAreExact(string items, int configurations, int states)
    {
        var statistics = Of(Verify(items, new VerifyOptions { CompareTies = false }), "check.deadlock").Statistics;
        Assert.Equal((configurations, states), (statistics.Configurations, statistics.States));
    }

    [Fact]
    public void DeadlockIsFoundWithARunToIt()
    {
        var result = Of(Verify("""
            mutex a; mutex b;
            process p at 0 { lock a { wait 1 us; lock b { run 1 us; } } }
            process q at 1 { lock b { run 2 us; lock a { run 1 us; } } }
            """), "check.deadlock");
        Assert.IsType<Verdict.Refuted>(result.Verdict);
        Assert.Contains(result.Notes, n => n.Contains("p, q still wait", StringComparison.Ordinal));
        Assert.NotNull(result.Witness);
    }

    [Fact]
    public void FaultsAreOnOnlyWhereAsked()
    {
        var result = Verify("""
            server s at 0 { on ask { run 1 us; reply; } }
            process p at 1 { loop { call s.ask else { wait 5 us; } wait 1 us; } }
            fault dies: crash s at most 1;
            property alive: always alive(s);
            property survives: always alive(s) under dies;
            property served: every s.ask is answered within 1 us;
            """);
        Assert.IsType<Verdict.Proved>(Of(result, "alive").Verdict);
        Assert.IsType<Verdict.Refuted>(Of(result, "survives").Verdict);
        Assert.IsType<Verdict.Proved>(Of(result, "served").Verdict);
        Assert.Equal("answered", Of(result, "served").Kind);
    }

    [Fact]
    public void ARunThatEndsAtAViolationHidesNothingSilently()
    {
        var result = Verify("""
            shared g { var n: 0 .. 1 = 0; }
            process p at 0 { run 1 us; g.n = g.n + 1; run 1 us; g.n = g.n + 1; run 1 us; }
            property low: always g.n <= 1;
            """);
        Assert.IsType<Verdict.Refuted>(Of(result, "check.range").Verdict);
        Assert.IsType<Verdict.Unknown>(Of(result, "low").Verdict);
    }

    [Fact]
    public void ResultsDoNotDependOnThreads()
    {
        const string items = """
            process irq at 0 sporadic 50 us { run 1 us .. 4 us; }
            process a at 1 periodic 100 us { run 5 us; wait 2 us; run 6 us; }
            process b at 2 sporadic 200 us { run 9 us .. 30 us; }
            property pa: max response(a);
            property pb: max response(b);
            property low: min response(b);
            """;
        static string Shown(VerificationResult result) => string.Join("\n", result.Results.Select(r =>
            $"{r.Name} {r.Verdict} {r.Value} {r.Statistics.States} {string.Join(' ', r.Notes)} {(r.Witness is { } w ? Irekae.Model.Semantics.RunScript.Of(w) : null)}"));
        Assert.Equal(Shown(Verify(items, new VerifyOptions { Threads = 1 })), Shown(Verify(items, new VerifyOptions { Threads = 4 })));
    }
}
