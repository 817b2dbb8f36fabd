using System.Collections.Immutable;

namespace Irekae.Model.Semantics;

/// <summary>One occurrence of an observed quantity in a run.</summary>
/// <param name="Step">The step that ended it; for one that goes on: the last step.</param>
/// <param name="Value">Fine ticks; for one that goes on: so far.</param>
public sealed record Occurrence(int Quantity, int Step, long Value, bool Completed);

/// <summary>The values that the observed quantities take in one run. Indices are those of <see cref="Observation.Quantities"/>.</summary>
public sealed record Quantities(Run Run, ImmutableArray<Occurrence> Occurrences)
{
    public static Quantities Of(Run run)
    {
        var found = ImmutableArray.CreateBuilder<Occurrence>();
        Stage? last = null;
        foreach (var stage in run.Walk())
        {
            foreach (var ended in stage.Step.Move.Ended)
                found.Add(new Occurrence(ended.Quantity, stage.Index, Value(stage, ended), true));
            found.AddRange(Abandoned(run, stage));
            last = stage;
        }
        if (last is not null) found.AddRange(Running(run, last));
        return new Quantities(run, found.ToImmutable());
    }

    /// <summary>The largest value reached, in fine ticks, by occurrences that ended or not; null when there is none.</summary>
    public long? Longest(int quantity) => Max(Occurrences.Where(occurrence => occurrence.Quantity == quantity));

    /// <summary>The smallest value of an occurrence that ended, in fine ticks; null when none did.</summary>
    public long? Shortest(int quantity) =>
        Occurrences.Where(occurrence => occurrence.Quantity == quantity && occurrence.Completed).Select(occurrence => (long?)occurrence.Value).Min();

    /// <summary>The value of an occurrence that a stage's move ends.</summary>
    public static long Value(Stage stage, Ended ended) => ended.Clock < 0 ? 0 : Valuation.Of(stage.Before!, stage.Passed, ended.Clock);

    private static long? Max(IEnumerable<Occurrence> occurrences) => occurrences.Select(occurrence => (long?)occurrence.Value).Max();

    /// <summary>Clocks that a move drops without ending what they time: its owner was killed.</summary>
    private static IEnumerable<Occurrence> Abandoned(Run run, Stage stage)
    {
        if (stage.Before is null) yield break;
        for (int i = 0; i < stage.Before.Timers.Length; i++)
        {
            int timer = stage.Before.Timers[i];
            var info = run.System.Timers[timer];
            if (info.Kind != TimerKind.Clock || stage.Step.Move.Sources.Contains(timer)) continue;
            if (stage.Step.Move.Ended.Any(ended => ended.Clock == timer)) continue;
            yield return new Occurrence(info.Subject, stage.Index, stage.Passed[i], false);
        }
    }

    private static IEnumerable<Occurrence> Running(Run run, Stage last)
    {
        var timers = last.Step.Move.Next.Timers;
        for (int i = 0; i < timers.Length; i++)
        {
            var info = run.System.Timers[timers[i]];
            if (info.Kind == TimerKind.Clock) yield return new Occurrence(info.Subject, last.Index, last.Values[i], false);
        }
    }
}
