using Irekae.Checker.Explore.Polyhedra;
using Irekae.Model.Semantics;

namespace Irekae.Checker.Conformance;

/// <summary>In which direction durations are changed.</summary>
internal enum Way
{
    Longer,
    Shorter,
    Both,
}

/// <summary>
/// Which intervals may be left, to see what change of them would explain a trace: begin as low as lo − e, or as high as hi + e. Either e is one unknown ≥ 0 of every set,
/// or it is any of those up to an amount; since a run has finitely many durations, one that needs less than the amount is one whose every duration is inside
/// <code>
///     lo − amount ≤ y ≤ hi + amount       lo − amount &lt; y &lt; hi + amount       where the amount itself is too much
/// </code>
/// and these are plain intervals, so that the sets are those that they always are.
/// </summary>
internal sealed class Relaxation
{
    private readonly HashSet<TickInterval> own;
    private readonly bool longer, shorter, below;
    private readonly long? amount;

    private Relaxation(IEnumerable<TickInterval> intervals, Way way, bool unknown, long? amount, bool below)
    {
        own = new(intervals, ReferenceEqualityComparer.Instance);
        (longer, shorter, this.amount, this.below, IsUnknown) = (way != Way.Shorter, way != Way.Longer, amount, below, unknown);
    }

    /// <summary>By an unknown, which is the last dimension but one of every set.</summary>
    public bool IsUnknown { get; }

    /// <param name="intervals">The very objects: two durations may have equal ones.</param>
    public static Relaxation ByUnknown(IEnumerable<TickInterval> intervals, Way way) => new(intervals, way, true, null, false);

    /// <param name="amount">In units; null: by any amount.</param>
    /// <param name="below">By less than the amount.</param>
    public static Relaxation UpTo(IEnumerable<TickInterval> intervals, Way way, long? amount, bool below) => new(intervals, way, false, amount, below);

    /// <summary>What a timer may begin with that begins with an interval.</summary>
    /// <param name="high">In units, as <paramref name="low"/>; null: no end.</param>
    public Interval Of(TickInterval begun, long low, long? high)
    {
        var plain = Interval.Between(low, high);
        if (!own.Contains(begun)) return plain;
        var (from, to) = (plain with { High = Interval.Endless }, plain with { Low = -Interval.Endless });
        if (shorter) from = amount is { } less ? Interval.Of(upTo: false, checked(low - less), below) : Interval.All;
        if (longer && high is { } end) to = amount is { } more ? Interval.Of(upTo: true, checked(end + more), below) : Interval.All;
        return from.And(to).And(NoLess);
    }

    private static Interval NoLess => Interval.Of(upTo: false, 0, strict: false);

    /// <summary>Rows of what begins are D·y ≤ C above, and −D·y ≤ −C below: their right sides grow by D·e.</summary>
    /// <returns>Null: it says nothing any more.</returns>
    public Row? Loosened(Row row, Move move)
    {
        for (int i = 0; i < move.Next.Timers.Length; i++)
        {
            if (row[i] == 0 || !(row[i] > 0 ? longer : shorter)) continue;
            int timer = move.Next.Timers[i];
            if (move.Started.FirstOrDefault(s => s.Timer == timer).Interval is not { } interval || !own.Contains(interval)) continue; // a parameter
            long factor = Math.Abs(row[i]);
            if (!IsUnknown) return amount is { } by ? Row.Of(row.Coefficients, checked(row.Constant + (factor * by)), row.Strict || below) : null;
            long[] wide = [.. row.Coefficients];
            wide[^2] = -factor;
            return Row.Of(wide, row.Constant, row.Strict);
        }

        return row;
    }
}
