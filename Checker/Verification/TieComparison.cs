using System.Collections.Immutable;
using Irekae.Checker.Explore;
using Irekae.Model.Binding;
using Irekae.Model.Numbers;
using Irekae.Model.Semantics;
using Irekae.Properties;

namespace Irekae.Checker.Verification;

/// <summary>
/// Whether an answer depends on the order of simultaneous events. Every run under <c>completion_first</c> is one under <c>any</c>.
/// So <c>any</c> is explored first: what holds of all its runs holds under <c>completion_first</c>, and what one of its runs shows is
/// shown there too if that run is possible there. Only where it is not, <c>completion_first</c> is explored as well.
/// <c>batch</c> is a scheduler of its own and reported as it is.
/// </summary>
internal static class TieComparison
{
    public static ImmutableArray<Finding> Ask(Probe probe, Ties own, bool compare)
    {
        if (!compare || own == Ties.Batch) return probe.Ask(own);
        var any = probe.Ask(Ties.Any);
        var realiser = probe.Realiser(probe.Compile(Ties.CompletionFirst));
        var first = any.Select(f => Transfer(f, realiser)).ToArray();
        if (first.Contains(null))
        {
            if (own == Ties.Any && any.All(f => f.Witness is null || !f.Complete)) return any;
            var asked = probe.Ask(Ties.CompletionFirst);
            for (int i = 0; i < first.Length; i++) first[i] ??= asked[i];
        }

        return [.. any.Zip(first, (a, f) => Compared(own == Ties.Any ? a : f!, a, f!, realiser.System))];
    }

    /// <summary>The finding under <c>any</c> as one under <c>completion_first</c>; null if that does not follow.</summary>
    private static Finding? Transfer(Finding any, Realiser realiser)
    {
        if (!any.Complete || any.CutShort || any.Value is { Endless: true }) return null;
        if (any.Trail is not { } trail) return any;
        if (any.Value is { Attained: false }) return null;
        return trail.Realise(realiser) is { } run ? any with { Witness = run } : null;
    }

    /// <summary>With a note if the two differ. The system under <c>completion_first</c> names the tie.</summary>
    public static Finding Compared(Finding reported, Finding any, Finding first, TransitionSystem? system = null)
    {
        if (!any.Complete || !first.Complete || any.Agrees(first)) return reported;
        string tie = any.Witness is { } run && (system ?? first.Witness?.System) is { } strict && Tie(run, strict) is { } found ? $"; {found}" : "";
        return reported with
        {
            Notes = reported.Notes.Add($"depends on the order of simultaneous events: {Words(first)} under completion_first, {Words(any)} under any{tie}"),
        };
    }

    private static string Words(Finding finding) => (finding.Verdict, finding.Value) switch
    {
        (_, { Endless: true }) => "without end",
        (_, { Proved: { } value }) => TimeText.Of(value),
        (Verdict.Proved, _) => "holds",
        (Verdict.Refuted, _) => "does not hold",
        _ => "unknown",
    };

    /// <summary>The first move of the run that <c>completion_first</c> does not permit, in words.</summary>
    private static string? Tie(Run run, TransitionSystem first)
    {
        if (Runs.Replay(first, RunScript.Of(run)) is not Replay.Impossible { Step: var step }) return null;
        var stage = run.Walk().ElementAt(step);
        if (stage.Before is null || stage.Step.Move.Timer < 0) return null;
        var due = stage.Before.Timers
            .Where((t, i) => t != stage.Step.Move.Timer && stage.Before.Rates[i] == TimerRate.Down && stage.Passed[i] == 0 && run.System.Timers[t].Kind == TimerKind.Work)
            .Select(t => run.System.Timers[t].Name).ToList();
        if (due.Count == 0) return null;
        return $"tie at t = {TimeText.Of(run.Nanoseconds(stage.Step.Instant))}: {run.System.Timers[stage.Step.Move.Timer].Name} before {string.Join(", ", due)}";
    }
}
