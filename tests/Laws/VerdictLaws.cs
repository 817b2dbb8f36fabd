using System.Text;
using Irekae.Model.Binding;
using Irekae.Model.Semantics;
using Irekae.Properties;
using Irekae.Properties.Generators;

namespace Irekae.Tests.Laws;

/// <summary>The verifier against the interpreter: what was proved holds of every random run, and what was found is a run.</summary>
public sealed class VerdictLaws(VerifiedSystems systems, ITestOutputHelper output) : IClassFixture<VerifiedSystems>
{
    private const int RunsOfEach = 12;
    private const int Moves = 60;

    [Fact]
    public void Most_questions_are_settled_and_few_are_trivial()
    {
        var all = systems.All.SelectMany(v => v.Results).ToList();
        var table = new StringBuilder();
        foreach (var kind in all.GroupBy(r => r.Kind).OrderBy(g => g.Key))
        {
            int settled = kind.Count(r => Answers.Settled(r) is not null);
            int trivial = kind.Count(r => r.Value is { Endless: false } v && v.Proved is not { Sign: > 0 });
            int endless = kind.Count(r => r.Value is { Endless: true });
            table.Append($"{kind.Key,-10}{kind.Count(),6} asked, {settled,6} settled, {trivial,5} zero, never or open, {endless,5} without end\n");
        }

        output.WriteLine($"{systems.All.Count} systems\n{table}");
        Assert.True(all.Count(r => Answers.Settled(r) is not null) >= 0.75 * all.Count, table.ToString());
        var largest = all.Where(r => r.Kind == "max").ToList();
        Assert.True(largest.Count(r => r.Value is { Endless: false, Proved.Sign: > 0 }) >= 0.35 * largest.Count, table.ToString());
        foreach (string kind in new[] { "always", "reachable" })
        {
            var of = all.Where(r => r.Kind == kind).ToList();
            Assert.Contains(of, r => r.Verdict is Verdict.Proved);
            Assert.Contains(of, r => r.Verdict is Verdict.Refuted);
        }
    }

    [Fact]
    public void No_random_run_passes_a_value_that_was_proved()
    {
        long judged = 0, met = 0;
        foreach (var (drawn, results) in systems.All)
            foreach (var result in results)
            {
                var property = Answers.Asked(drawn.System, result);
                if (Answers.Timed(property) is not { } quantity || result.Value is not { Endless: false } value) continue;
                if (value.Proved is null && Answers.Settled(result) != "never") continue;
                var system = TransitionSystem.Compile(drawn.System, Observation.Nothing with { Quantities = [quantity], Faults = Answers.Faults(property) });
                bool smallest = result.Kind == "min";
                foreach (var run in Campaign.Runs(system, RunsOfEach, Moves))
                {
                    var quantities = Quantities.Of(run);
                    if ((smallest ? quantities.Shortest(0) : quantities.Longest(0)) is not { } ticks) continue;
                    var found = run.Nanoseconds(ticks);
                    judged++;
                    Assert.True(value.Proved is { } proved && (smallest ? found >= proved : found <= proved),
                        drawn.Says($"{result.Name}: {result.Question}: proved {value.Proved} ns, a run shows {found} ns\n{RunTable.Of(run)}"));
                    if (found == value.Proved) met++;
                }
            }

        output.WriteLine($"{judged} runs judged, {met} met the proved value");
        Assert.True(judged > 300 && met > 30);
    }

    [Fact]
    public void No_random_run_contradicts_what_was_proved_of_states()
    {
        long judged = 0;
        foreach (var (drawn, results) in systems.All)
            foreach (var result in results)
            {
                var property = Answers.Asked(drawn.System, result);
                (BoundExpression Condition, bool Never)? state = (property?.Question, result.Verdict) switch
                {
                    (Question.Always q, Verdict.Proved) => (q.Condition, false),
                    (Question.Reachable q, Verdict.Refuted) => (q.Condition, true),
                    _ => null,
                };
                if (state is not var (condition, never)) continue;
                var system = TransitionSystem.Compile(drawn.System, Observation.Nothing with { Faults = Answers.Faults(property) });
                foreach (var run in Campaign.Runs(system, RunsOfEach, Moves))
                    foreach (var step in run.Steps)
                    {
                        judged++;
                        Assert.True(system.Evaluate(condition, step.Move.Next) != 0 != never, drawn.Says($"{result.Name}: {result.Question}\n{RunTable.Of(run)}"));
                    }
            }

        Assert.True(judged > 5000);
    }

    [Fact]
    public void No_random_run_fails_a_check_that_was_proved()
    {
        foreach (var (drawn, results) in systems.All)
        {
            var proved = results.Where(r => r.Kind == "check" && r.Verdict is Verdict.Proved).Select(r => r.Name).ToHashSet();
            var system = TransitionSystem.Compile(drawn.System, Observation.Nothing);
            foreach (var run in Campaign.Runs(system, RunsOfEach, Moves))
            {
                foreach (var violation in run.Steps.SelectMany(s => s.Move.Violations))
                    Assert.False(proved.Contains(CheckOf(violation.Kind)), drawn.Says($"{violation.Kind}: {violation.Text}\n{RunTable.Of(run)}"));
                var last = run.Steps[^1].Move;
                bool deadlock = !last.Stops && system.Moves(last.Next).Count == 0 && !system.Waiting(last.Next).IsEmpty;
                Assert.False(deadlock && proved.Contains("check.deadlock"), drawn.Says($"deadlock\n{RunTable.Of(run)}"));
            }
        }
    }

    [Fact]
    public void Every_run_that_is_shown_replays_and_shows_it()
    {
        int replayed = 0, attaining = 0;
        foreach (var (drawn, results) in systems.All)
            foreach (var result in results)
            {
                if (result.Value is { Attained: true }) Assert.True(result.Witness is not null, drawn.Says($"{result.Name} is attained by no run"));
                if (result.Witness is not { } run) continue;
                replayed++;
                var property = Answers.Asked(drawn.System, result);
                var again = Answers.Replayed(drawn.System, result, drawn.Says);
                var system = again.System;
                switch (property?.Question)
                {
                    case Question.Max or Question.Min or Question.Answered when result.Value is { Attained: true, Proved: { } value }:
                        var quantities = Quantities.Of(again);
                        var shown = result.Kind == "min" ? quantities.Shortest(0) : quantities.Longest(0);
                        Assert.True(shown is { } ticks && again.Nanoseconds(ticks) == value, drawn.Says($"{result.Name}: the run shows {shown}, not {value} ns\n{RunTable.Of(again)}"));
                        attaining++;
                        break;
                    case Question.Always q when result.Verdict is Verdict.Refuted:
                        Assert.True(again.Steps.Any(s => system.Evaluate(q.Condition, s.Move.Next) == 0), drawn.Says(result.Name));
                        break;
                    case Question.Reachable q when result.Verdict is Verdict.Proved:
                        Assert.True(again.Steps.Any(s => system.Evaluate(q.Condition, s.Move.Next) != 0), drawn.Says(result.Name));
                        break;
                    case null when result.Verdict is Verdict.Refuted && result.Name is not ("check.deadlock" or "check.time_stops"):
                        Assert.True(again.Steps.Any(s => s.Move.Violations.Any(v => CheckOf(v.Kind) == result.Name)), drawn.Says(result.Name));
                        break;
                }
            }

        output.WriteLine($"{replayed} runs replayed, {attaining} attain a value");
        Assert.True(replayed > 100 && attaining > 30);
    }

    private static string CheckOf(ViolationKind kind) => kind switch
    {
        ViolationKind.Unbound or ViolationKind.Lifecycle => "check.calls",
        ViolationKind.Overflow => "check.overflow",
        ViolationKind.Range => "check.range",
        ViolationKind.Assertion => "check.assertions",
        ViolationKind.TimeStops => "check.time_stops",
    };
}
