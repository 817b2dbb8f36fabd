using System.Collections.Immutable;
using System.Diagnostics;
using Irekae.Checker.Explore;
using Irekae.Checker.Explore.Polyhedra;
using Irekae.Model.Binding;
using Irekae.Model.Numbers;
using Irekae.Model.Semantics;

namespace Irekae.Checker.Conformance;

/// <summary>
/// The smallest change of durations with which a trace is explained up to the first thing that was not. The trace is followed again, with one more
/// unknown e ≥ 0 in every set, and with intervals that may be left by it:
/// <code>
///     one duration, longer      lo ≤ y ≤ hi + e
///     one duration, shorter     lo − e ≤ y ≤ hi
///     all durations             lo − e ≤ y ≤ hi + e            where no single one will do
/// </code>
/// and by at most so much, which grows until something is found. The sets are exact, so the infimum of e over all states that have met the thing is the least change, whatever the path. A long trace is followed again from where its
/// history begins; what happened before is then taken to be as specified.
/// </summary>
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
    private const int MostChanges = 5, MostStates = 20_000;

    private static readonly TimeSpan Each = TimeSpan.FromSeconds(3), Together = TimeSpan.FromSeconds(30);

    private readonly Stopwatch watch = new();
    private string? unfinished;

    public (ImmutableArray<Change> Changes, long? From, string? Unfinished) Find(Follower follower)
    {
        watch.Start();
        foreach (int least in (int[])[Follower.Block, int.MaxValue / 2])
        {
            // Near first; where that does not do, from as far back as is kept.
            var history = least == Follower.Block ? follower.HistoryBefore(follower.Stuck, least) : follower.FirstHistory;
            var changes = Try(history, follower.Stuck);
            if (!changes.IsEmpty || history is null) return (changes, history is { } from ? ahead.At(from.Next)?.Line : null, unfinished);
        }

        return ([], follower.FirstHistory is { } first ? ahead.At(first.Next)?.Line : null, unfinished);
    }

    private ImmutableArray<Change> Try((long Next, List<State> Entered)? history, long stuck)
    {
        var groups = Duration.Of(system);
        // By little first: sets are small then, and what is found is the smallest.
        long largest = checked(SpecTimes.Of(system).Largest * scale.PerTick);
        foreach (long? most in (long?[])[largest / 64, largest / 8, largest, null])
        {
            var found = new List<Change>();
            foreach (var duration in groups)
            {
                foreach (bool longer in (bool[])[true, false])
                {
                    if (!longer && duration.Intervals.All(interval => interval.Low is { IsConstant: true, Constant: 0 })) continue;
                    if (longer && duration.Intervals.All(interval => interval.High is null)) continue;
                    if (Least(new Relaxation(duration.Intervals, longer, !longer, most), history, stuck) is var (by, attained)) found.Add(Said(duration, by, longer, attained));
                }
            }

            if (found.Count > 0) return [.. found.OrderBy(change => change.By).Take(MostChanges)];
        }

        return groups.Count > 1 && Least(new Relaxation(groups.SelectMany(group => group.Intervals), true, true, largest), history, stuck) is var (all, reached)
            ? [new Change("every duration", null, null, all, true, reached)]
            : [];
    }

    private (Rational By, bool Attained)? Least(Relaxation relaxed, (long Next, List<State> Entered)? history, long stuck)
    {
        if (cancel.IsCancellationRequested || watch.Elapsed > Together || watch.Elapsed > limits.Time)
        {
            unfinished ??= cancel.IsCancellationRequested ? "interrupted" : "there was no time to try all durations";
            return null;
        }

        var graph = new Graph(system, sight, scale.PerTick, relaxed, moves, cancel);
        long first = history?.Next ?? 0;
        var budget = new Budget(new Limits(Each, MostStates, limits.Memory), cancel);
        var again = new Follower(graph, new Ahead(ahead.Between(first, WithAll(stuck)).ToList().GetEnumerator(), first), scale, resolution, int.MaxValue / 2, budget) { All = true };
        try
        {
            if (history is { } known)
            {
                foreach (var state in known.Entered.Where(state => !state.Covered)) again.GoOn(state, graph.SpotOf(state.Spot.Configuration), Widened(state.Values, relaxed));
            }
            else if (Starting.Begin(again, graph, mapping, ahead.At(0)!, scale, limits, cancel) is { } reason)
            {
                unfinished ??= reason;
                return null;
            }

            if (again.Follow(first) is { } stopped) unfinished ??= $"not all changes could be tried ({stopped})";
        }
        catch (CoefficientOverflowException)
        {
            unfinished ??= "not all changes could be tried: a number left 64 bits";
            return null;
        }

        (Rational By, bool Attained)? least = null;
        foreach (var state in again.Arrived)
        {
            // Time has to pass then: what is shown for no time would explain nothing.
            var set = state.Values.ToPolyhedron();
            var running = Enumerable.Range(0, state.Spot.Clock).Where(j => state.Spot.Configuration.Rates[j] == TimerRate.Down);
            if (again.Hurries(state) || set.With(running.Select(j => Row.AtLeast(set.Dimensions, j, 0, strict: true))) is not { } lasting) continue;
            var lower = lasting.Bounds(state.Spot.Clock).Lower;
            if (least is null || lower.Value < least.Value.By || (lower.Value == least.Value.By && lower.Attained)) least = (lower.Value, lower.Attained);
        }

        return least is var (by, attained) ? (by * scale.Unit, attained) : null;
    }

    /// <summary>What is shown at the same time belongs to it.</summary>
    private long WithAll(long place)
    {
        long last = place;
        while (ahead.At(last + 1)?.Time == ahead.At(place)!.Time) last++;
        return last;
    }

    /// <summary>With the unknown as the last dimension but one.</summary>
    private static Values Widened(Values values, Relaxation relaxed)
    {
        var set = values.ToPolyhedron();
        int n = set.Dimensions - 1;
        var rows = set.Rows.Select(row => Row.Of([.. row.Coefficients[..n], 0, row[n]], row.Constant, row.Strict)).Concat(relaxed.Rows(n + 2));
        return new Shape(Polyhedron.FromRows(n + 2, rows)!);
    }

    private Change Said(Duration duration, Rational by, bool longer, bool attained)
    {
        if (duration.Intervals.Select(Plain).Distinct().ToList() is not [var (low, high)]) return new Change(duration.Name, null, null, by, longer, attained);
        (Rational, Rational?) changed = longer ? (low, high + by) : (low - by, high);
        return new Change(duration.Name, (low, high), changed, by, longer, attained);
    }

    private (Rational Low, Rational? High)? Plain(TickInterval interval) => interval is { Low.IsConstant: true, High: null or { IsConstant: true } }
        ? (system.Tick * interval.Low.Constant, interval.High is { } high ? system.Tick * high.Constant : null)
        : null;
}

/// <summary>A duration of a specification by the name that its reader knows, with all intervals that are one: those of one name, or of one statement.</summary>
internal sealed record Duration(string Name, ImmutableArray<TickInterval> Intervals)
{
    public static List<Duration> Of(TransitionSystem system) =>
        [.. system.Timings().Where(timing => timing.Interval.High is not { IsConstant: true } || !IsNothing(timing.Interval))
            .GroupBy(timing => Named(system, timing))
            .Select(group => new Duration(group.Key, [.. group.Select(timing => timing.Interval).Distinct(ReferenceEqualityComparer.Instance).Cast<TickInterval>()]))];

    private static bool IsNothing(TickInterval interval) => interval is { Low: { IsConstant: true, Constant: 0 }, High: { IsConstant: true, Constant: 0 } };

    private static string Named(TransitionSystem system, Timing timing)
    {
        string who = timing.Subject >= 0 ? system.System.Actors[timing.Subject].Name : "";
        if (timing.Span is { } span)
        {
            string text = span.Text.Trim().TrimEnd(';').Trim();
            string what = text[(text.IndexOf(' ') + 1)..].Trim();
            return what.All(c => char.IsLetterOrDigit(c) || c == '_') && !char.IsDigit(what[0]) ? what : $"{text} of {who}, line {span.Source.Position(span.Start).Line}";
        }

        return timing.Kind switch
        {
            TimerKind.Slice => $"quantum of {who}",
            TimerKind.Jitter => $"jitter of {who}",
            TimerKind.Arrival when system.IsOffset(timing) => $"offset of {who}",
            TimerKind.Arrival => $"separation of {who}",
            TimerKind.Switch => "switch",
            _ => throw new UnreachableException(),
        };
    }
}
