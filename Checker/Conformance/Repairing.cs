using System.Collections.Immutable;
using System.Diagnostics;
using Irekae.Checker.Explore;
using Irekae.Model.Numbers;
using Irekae.Model.Semantics;

namespace Irekae.Checker.Conformance;

/// <summary>
/// The smallest change of durations with which a trace is explained up to the first thing that was not.
/// <code>
///     one duration, longer      lo ≤ y ≤ hi + e
///     one duration, shorter     lo − e ≤ y ≤ hi
///     all durations             lo − e ≤ y ≤ hi + e            where no single one will do
/// </code>
/// Each of them is asked whether any amount will do at all, which few survive, and the others by amounts that grow until some are found: those of that order are the answer, each
/// with its least (<see cref="Trial"/>). First near the thing, then from where the history begins that is kept; what happened before is taken to be as specified. One duration from far is
/// preferred to all of them when near.
/// <para>
/// It ends: a question ends at a number of states or with a part of the time, a small number for all of them before a large one for any. What was not answered is named.
/// </para>
/// </summary>
/// <param name="limits">With a time for all of it.</param>
internal sealed class Repairing(
    TransitionSystem system,
    Sight sight,
    Mapping mapping,
    TimeScale scale,
    (long Before, long After) resolution,
    Ahead ahead,
    Dictionary<Configuration, IReadOnlyList<Move>> moves,
    Limits limits,
    CancellationToken cancel)
{
    private const int MostChanges = 5, MostNamed = 3, Few = 2000, Many = 60_000;

    private readonly Stopwatch watch = Stopwatch.StartNew();
    private readonly List<Duration> durations = Duration.Of(system);
    private readonly List<Trial> open = [];

    /// <summary>How many states were looked at.</summary>
    public long States { get; private set; }

    public (ImmutableArray<Change> Changes, long? From, string? Unfinished) Find(Follower follower)
    {
        var first = StretchFrom(follower.FirstHistory, follower.Stuck);
        var near = follower.HistoryBefore(follower.Stuck, Follower.Block) is { } close ? StretchFrom(close, follower.Stuck) : first;
        if (near.First == first.First) near = first;
        // By little first: sets are few then.
        long largest = checked(SpecTimes.Of(system).Largest * scale.PerTick);
        long[] amounts = [largest / 64, largest / 16, largest / 4, largest, Trial.Any];
        var one = durations.SelectMany(duration => duration.Changes().Select(way => (duration, way)));
        (Duration, Way)[] every = durations.Count > 1 ? [(new Duration("every duration", [.. durations.SelectMany(duration => duration.Intervals)]), Way.Both)] : [];
        // All of them when near is soon asked; what is far may use up the time.
        var (found, where) = (Smallest(near, one, amounts), near);
        var all = found.Count == 0 ? Smallest(near, every, amounts) : [];
        if (found.Count == 0 && near != first) (found, where) = (Smallest(first, one, amounts), first);
        if (found.Count == 0 && all.Count > 0) (found, where) = (all, near);
        if (found.Count == 0 && near != first) found = Smallest(first, every, amounts);
        States = near.States + (near == first ? 0 : first.States);
        return ([.. found.Select(Said).OrderBy(change => change.By).Take(MostChanges)], where.First == 0 ? null : ahead.At(where.First)!.Line, Unfinished([.. open.Where(trial => trial.Stretch == where)]));
    }

    private Stretch StretchFrom((long Next, List<State> Entered)? history, long stuck)
    {
        long first = history?.Next ?? 0;
        return new Stretch(system, sight, mapping, resolution, moves, [.. ahead.Between(first, WithAll(stuck))], first, history?.Entered);
    }

    /// <summary>Those that need no more than the least amount with which there are any, each with its least.</summary>
    private List<Trial> Smallest(Stretch stretch, IEnumerable<(Duration Duration, Way Way)> changes, long[] amounts)
    {
        List<Trial> trials = [.. changes.Select(change => new Trial(stretch, change.Duration, change.Way))], found = [];
        Ask(trials, Trial.Any);
        long asked = 0;
        for (int i = 0; found.Count == 0 && i < amounts.Length; i++)
        {
            asked = amounts[i];
            Ask(trials, asked);
            found.AddRange(trials.Where(trial => trial.Enough is var (by, _) && by <= asked));
        }

        foreach (var trial in found) trial.Narrow(() => Left(Many), cancel);
        open.AddRange(trials.Where(trial => trial.IsOpen(asked)));
        return found;
    }

    /// <summary>Whether so much will do, all of them a little before any at length.</summary>
    private void Ask(List<Trial> trials, long amount)
    {
        foreach (int states in (int[])[Few, Many])
            foreach (var trial in trials)
                trial.Ask(amount, Left(states), cancel);
    }

    private Limits Left(int states)
    {
        var (left, each) = (limits.Time!.Value - watch.Elapsed, limits.Time.Value / 4);
        return new Limits(left < TimeSpan.Zero ? TimeSpan.Zero : left < each ? left : each, states, limits.Memory);
    }

    private static string? Unfinished(List<Trial> open)
    {
        if (open.Count == 0) return null;
        string more = open.Count > MostNamed ? $" and {open.Count - MostNamed} more" : "";
        return $"not all changes could be tried: {string.Join(", ", open.Take(MostNamed).Select(trial => trial.Text))}{more} ({open[0].Stopped})";
    }

    /// <summary>What is shown at the same time belongs to it.</summary>
    private long WithAll(long place)
    {
        long last = place;
        while (ahead.At(last + 1)?.Time == ahead.At(place)!.Time) last++;
        return last;
    }

    private Change Said(Trial trial)
    {
        var (duration, way, (least, attained)) = (trial.Duration, trial.Way, trial.Enough!.Value);
        var by = least * scale.Unit;
        bool longer = way != Way.Shorter;
        if (way == Way.Both || duration.Intervals.Select(Plain).Distinct().ToList() is not [var (low, high)]) return new Change(duration.Name, null, null, by, longer, attained);
        (Rational, Rational?) changed = longer ? (low, high + by) : (low - by, high);
        return new Change(duration.Name, (low, high), changed, by, longer, attained);
    }

    private (Rational Low, Rational? High)? Plain(TickInterval interval) => interval is { Low.IsConstant: true, High: null or { IsConstant: true } }
        ? (system.Tick * interval.Low.Constant, interval.High is { } high ? system.Tick * high.Constant : null)
        : null;
}
