using System.Collections.Immutable;
using Irekae.Checker.Explore;
using Irekae.Checker.Proofs;
using Irekae.Model.Binding;
using Irekae.Model.Semantics;
using Irekae.Properties;

namespace Irekae.Checker.Verification;

/// <summary>An always-on check.</summary>
/// <param name="Kinds">The violations it is about; empty: it is about something else.</param>
internal sealed record Check(string Name, string Question, ImmutableArray<ViolationKind> Kinds)
{
    public static Check Deadlock { get; } = new("check.deadlock", "somebody can always act, or nobody waits", []);

    public static Check TimeStops { get; } = new("check.time_stops", "time goes on: never infinitely many moves in no time", [ViolationKind.TimeStops]);

    public static ImmutableArray<Check> All { get; } =
    [
        Deadlock,
        new("check.calls", "whoever is called, spawned or started is there", [ViolationKind.Unbound, ViolationKind.Lifecycle]),
        new("check.overflow", "no inbox, queue or backlog overflows", [ViolationKind.Overflow]),
        TimeStops,
        new("check.range", "every value stays in its type", [ViolationKind.Range]),
        new("check.assertions", "every assert holds", [ViolationKind.Assertion]),
    ];
}

/// <summary>Questions that need no clock: <c>always</c>, <c>reachable</c>, <c>after</c>, and the checks that nobody has to ask for.</summary>
internal sealed class StateProbe(
    BoundSystem system, ImmutableArray<Question> questions, ImmutableArray<Check> checks, ImmutableArray<Fault> faults, ProbeOptions options)
    : Probe(system, faults, options)
{
    protected override ImmutableArray<Quantity> Quantities => [];

    protected override ImmutableArray<(Measure Measure, BoundExpression Condition)> Conditions =>
        [.. questions.OfType<Question.After>().Select(q => (q.Measure, q.Condition))];

    protected override ImmutableArray<Finding?> Explore(TransitionSystem explored, Realiser realiser, bool forgotten)
    {
        var measures = questions.OfType<Question.After>().Select(q => q.Measure).ToImmutableArray();
        var conditions = questions.Select(q => q switch
        {
            Question.Always a => (a.Condition, false),
            Question.Reachable r => (r.Condition, true),
            _ => ((BoundExpression, bool)?)null,
        }).OfType<(BoundExpression, bool)>().ToImmutableArray();
        var watch = new StateWatch(explored, conditions, measures, everything: !checks.IsEmpty || !measures.IsEmpty);
        var explorer = Explorer(explored, watch, ClockSense.Exact, () => null);
        var settle = new Settlement(explorer, realiser, forgotten);

        var findings = ImmutableArray.CreateBuilder<Finding?>();
        int condition = 0, after = 0;
        foreach (var question in questions)
        {
            findings.Add(question switch
            {
                Question.Always a => settle.Never(TrailTo(watch.Found[condition++], run => !Holds(run, a.Condition)), null),
                Question.Reachable r => settle.Sometime(TrailTo(watch.Found[condition++], run => Holds(run, r.Condition))),
                Question.After => After(settle, watch, after++),
                _ => throw new global::System.Diagnostics.UnreachableException(question.GetType().Name),
            });
        }

        foreach (var check in checks) findings.Add(Answer(check, settle, watch, explorer, forgotten));
        for (int i = 0; i < findings.Count; i++)
            if (findings[i] is { Witness: null, Complete: true, Verdict: not Verdict.Unknown } never) findings[i] = never with { Grounds = FlagOf(i, explored) is { } flag ? new Grounds.Never(explorer, flag) : new Grounds.TimePasses(explorer) };
        if (watch.Stop is { } stop)
        {
            if (forgotten) return [.. findings.Select(_ => (Finding?)null)];
            string text = $"some runs end at a violation: {stop.Edge.Move.Violations.FirstOrDefault()?.Text}";
            for (int i = 0; i < questions.Length; i++) findings[i] = CutShort(findings[i]!, text, hides: true);
            for (int i = questions.Length; i < findings.Count; i++) findings[i] = CutShort(findings[i]!, text, hides: false);
        }

        return findings.ToImmutable();
    }

    /// <summary>What the question, or check, says that no run comes across; null: it is about more than single moves.</summary>
    private Flag? FlagOf(int index, TransitionSystem explored)
    {
        if (index < questions.Length) return Flags.Of(questions[index], questions[..index].Count(q => q is Question.After), explored);
        return Flags.Of(checks[index - questions.Length], explored);
    }

    private static Finding CutShort(Finding finding, string text, bool hides) => finding.Verdict is Verdict.Refuted ? finding with { CutShort = true } : finding with
    {
        CutShort = true,
        Verdict = hides && finding.Verdict is Verdict.Proved && finding.Witness is null ? new Verdict.Unknown(text) : finding.Verdict,
        Notes = finding.Notes.Add(text),
    };

    private static Trail? TrailTo(Node? node, Func<Run, bool> shows) => node is null ? null : Trail.To(node, shows);

    private static bool Holds(Run run, BoundExpression condition) => run.System.Evaluate(condition, run.Steps[^1].Move.Next) != 0;

    private static Finding? After(Settlement settle, StateWatch watch, int index)
    {
        var failed = watch.Failed[index];
        return settle.Never(
            failed is { } f ? Trail.To(f.From, f.Edge, Goal.Reach, run => run.Steps[^1].Move.FailedConditions.Contains(index)) : null,
            watch.Ends[index] ? null : "vacuous: the measure never ends");
    }

    private static Finding? Answer(Check check, Settlement settle, StateWatch watch, Explorer explorer, bool forgotten)
    {
        foreach (var kind in check.Kinds)
        {
            if (!watch.Violations.TryGetValue(kind, out var violation)) continue;
            return settle.Never(
                Trail.To(violation.From, violation.Edge, Goal.Reach, run => run.Steps[^1].Move.Violations.Any(v => v.Kind == kind)), violation.Violation.Text);
        }

        if (check == Check.Deadlock)
        {
            var waiting = watch.Deadlock is { } node ? explorer.System.Waiting(node.Place.Configuration) : [];
            string? text = waiting.IsEmpty ? null : $"nothing can act any more, and {string.Join(", ", waiting.Select(a => explorer.System.System.Actors[a].Name))} still wait{(waiting.Length == 1 ? "s" : "")}";
            return settle.Never(TrailTo(watch.Deadlock, IsDeadlock), text);
        }

        return check == Check.TimeStops && explorer.Incomplete is null ? TimeStops(settle, explorer, forgotten) : settle.Never(null, null);
    }

    /// <summary>One round that takes no time is a run of the system itself; that it can be repeated for ever is not known where counters were forgotten.</summary>
    private static Finding? TimeStops(Settlement settle, Explorer explorer, bool forgotten)
    {
        var (path, round, exhausted) = ZeroTime.Find(explorer);
        if (exhausted && forgotten) return null;
        if (exhausted) return settle.Never(null, null)! with { Verdict = new Verdict.Unknown("too many moves that take no time to follow them all"), Complete = false };
        if (path.IsEmpty) return settle.Never(null, null);
        if (forgotten) return null;
        int first = path.Length - round;
        return settle.Never(
            Trail.Along(path, Goal.Reach with { AtOnceFrom = first }, run => first > 0 && run.Steps[^1].Instant == run.Steps[first - 1].Instant),
            $"the last {round} moves can repeat for ever, and no time passes");
    }

    private static bool IsDeadlock(Run run)
    {
        var last = run.Steps[^1].Move.Next;
        return run.System.Moves(last).Count == 0 && !run.System.Waiting(last).IsEmpty;
    }
}

/// <summary>From what was seen to a finding, with a run where one is needed.</summary>
internal sealed class Settlement(Explorer explorer, Realiser realiser, bool forgotten)
{
    private Statistics Statistics => new(explorer.States, explorer.Moves, explorer.Elapsed.TotalSeconds) { Configurations = explorer.Places.Count };

    /// <summary>The question is whether this never happens. Null: it does, but only with counters forgotten or sets merged.</summary>
    public Finding? Never(Trail? trail, string? note)
    {
        ImmutableArray<string> notes = note is null ? [] : [note];
        if (trail is not null)
        {
            if (trail.Realise(realiser) is { } run)
                return new Finding(new Verdict.Refuted(), null, run, Statistics) { Trail = trail, Complete = explorer.Incomplete is null, Notes = notes };
            if (forgotten && realiser.GaveUp is null) return null;
            return new Finding(new Verdict.Unknown(realiser.GaveUp ?? "sets were merged, and the way that was found is not possible"), null, null, Statistics) { Complete = false };
        }

        return explorer.Incomplete is { } reason
            ? new Finding(new Verdict.ProvedUpTo($"{reason}: {explorer.States} symbolic states"), null, null, Statistics) { Complete = false }
            : new Finding(new Verdict.Proved(), null, null, Statistics) { Notes = notes };
    }

    /// <summary>The question is whether this can happen.</summary>
    public Finding? Sometime(Trail? trail)
    {
        if (trail is not null)
        {
            if (trail.Realise(realiser) is { } run)
                return new Finding(new Verdict.Proved(), null, run, Statistics) { Trail = trail };
            if (forgotten && realiser.GaveUp is null) return null;
            return new Finding(new Verdict.Unknown(realiser.GaveUp ?? "sets were merged, and the way that was found is not possible"), null, null, Statistics) { Complete = false };
        }

        return explorer.Incomplete is { } reason
            ? new Finding(new Verdict.Unknown(reason), null, null, Statistics) { Complete = false }
            : new Finding(new Verdict.Refuted(), null, null, Statistics) { Notes = ["no run reaches it: all were explored"] };
    }
}
