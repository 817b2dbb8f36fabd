using Irekae.Checker.Explore.Polyhedra;
using Irekae.Model.Numbers;
using Irekae.Model.Semantics;

namespace Irekae.Checker.Conformance;

/// <summary>
/// When a step may happen, on the clock of the trace.
/// </summary>
/// <param name="Low">Null: at any time so far.</param>
/// <param name="High">Null: at any time from then on.</param>
/// <param name="AtOnce">No time passes before.</param>
/// <param name="Shift">Afterwards the clock counts from a time stamp that is so much later.</param>
internal readonly record struct Window(long? Low, long? High, bool AtOnce, long Shift);

/// <summary>The values that timers may have in a configuration, together with the time since the time stamp that is next in the trace, in units.</summary>
internal abstract class Values
{
    /// <summary>What a step leads to; null: it is not possible then.</summary>
    public abstract Values? After(Step step, Window window);

    /// <summary>No step, but the clock lies in the window.</summary>
    public abstract Values? Within(Spot spot, Window window);

    /// <summary>
    /// Whether after the step, taken before an instant, another may follow in no time. Only a bound: false says that none can.
    /// </summary>
    /// <param name="instant">On the clock.</param>
    /// <param name="included">Or at the instant.</param>
    public abstract bool MayGoOnAtOnce(Step step, long instant, bool included);

    public abstract Polyhedron ToPolyhedron();

    public bool Includes(Values other) => this is Box outer && other is Box inner ? outer.Includes(inner) : ToPolyhedron().Includes(other.ToPolyhedron());

    /// <summary>A box where the set is one and the clock is known.</summary>
    public static Values Of(Polyhedron set, int besides) => besides == 1 && Box.TryOf(set) is { } box ? box : new Shape(set);

    /// <summary>When a step is possible, on the clock, whatever the trace says; null: never.</summary>
    public (Extremum Earliest, Extremum Latest)? Times(Step step)
    {
        var set = ToPolyhedron();
        if (set.With(step.Shape.Guards) is not { } guarded) return null;
        var row = new long[set.Dimensions];
        row[^1] = 1;
        if (step.Firing >= 0) row[step.Firing] += 1;
        var latest = guarded.Supremum(row);
        var earliest = guarded.Supremum([.. row.Select(a => -a)]);
        return (earliest with { Value = -earliest.Value }, latest);
    }
}

/// <summary>
/// Each timer in an interval of its own and a clock that is known: what is left once all is seen exactly. A step whose delay is known, because the trace says when it happens or
/// because the timer's value is known, takes boxes to boxes:
/// <code>
///     x_f = d;  x_j ≥ d (or &gt; d) for j that counts down   →   x_j − d
/// </code>
/// Ends are kept as twice the number, one more (less) at a low (high) end that does not belong to it: so they are compared, moved and intersected as
/// integers.
/// </summary>
internal sealed class Box(long[] low, long[] high, long now) : Values
{
    public const long Endless = long.MaxValue;

    private Polyhedron? set;

    /// <summary>An end that belongs to the interval.</summary>
    public static long Closed(long value) => checked(2 * value);

    public bool Includes(Box other)
    {
        if (now != other.Now) return false;
        for (int i = 0; i < low.Length; i++)
            if (low[i] > other.Low[i] || high[i] < other.High[i]) return false;
        return true;
    }

    private long Now => now;

    private long[] Low => low;

    private long[] High => high;

    public override Values? After(Step step, Window window)
    {
        if (!step.IsBoxed || Delay(step, window) is not { } delay) return new Shape(ToPolyhedron()).After(step, window);
        if (delay < 0) return null;
        long then = checked(now + delay), passed = Closed(delay);
        if (then < window.Low || then > window.High || (step.Firing >= 0 && (low[step.Firing] > passed || high[step.Firing] < passed))) return null;
        for (int j = 0; j < low.Length; j++)
            if (j != step.Firing && !(step.Firing >= 0 && step.Frozen[j]) && (step.Firing >= 0 || step.Strict[j]) && high[j] < (step.Strict[j] ? passed + 1 : passed)) return null;
        var (nextLow, nextHigh) = (new long[step.Source.Length], new long[step.Source.Length]);
        for (int i = 0; i < step.Source.Length; i++)
        {
            int j = step.Source[i];
            if (j < 0) (nextLow[i], nextHigh[i]) = (step.FreshLow[i], step.FreshHigh[i]);
            else if (step.Frozen[j]) (nextLow[i], nextHigh[i]) = (low[j], high[j]);
            else if (j != step.Firing)
            {
                nextLow[i] = Math.Max(low[j], step.Strict[j] ? passed + 1 : passed) - passed;
                nextHigh[i] = high[j] == Endless ? Endless : high[j] - passed;
            }
        }

        return new Box(nextLow, nextHigh, checked(then - window.Shift));
    }

    public override Values? Within(Spot spot, Window window) => now < window.Low || now > window.High ? null : window.Shift == 0 ? this : new Box(low, high, checked(now - window.Shift));

    public override bool MayGoOnAtOnce(Step step, long instant, bool included)
    {
        if (step.Firing < 0 || !step.IsBoxed) return true;
        long least = low[step.Firing], most = Math.Min(high[step.Firing], Closed(instant - now) - (included ? 0 : 1));
        if (least > most) return false;
        for (int i = 0; i < step.Source.Length; i++)
        {
            int j = step.Source[i];
            if (j < 0 ? step.FreshLow[i] <= 0 : step.Frozen[j] ? low[j] <= 0 : j == step.Firing || (low[j] <= most && high[j] >= least)) return true;
        }

        return false;
    }

    /// <summary>How much time passes before the step; −1: it is not possible; null: not known.</summary>
    private long? Delay(Step step, Window window)
    {
        if (step.Firing < 0 || window.AtOnce || step.Move.Immediate) return 0;
        if (low[step.Firing] == high[step.Firing] && (low[step.Firing] & 1) == 0) return low[step.Firing] / 2;
        return window.Low is { } at && at == window.High ? at >= now ? at - now : -1 : null;
    }

    public override Polyhedron ToPolyhedron()
    {
        if (set is not null) return set;
        int n = low.Length;
        var rows = new List<Row>((2 * n) + 2);
        for (int j = 0; j < n; j++)
        {
            rows.Add(Row.AtLeast(n + 1, j, low[j] >> 1, (low[j] & 1) != 0));
            if (high[j] != Endless) rows.Add(Row.AtMost(n + 1, j, (high[j] + 1) >> 1, (high[j] & 1) != 0));
        }

        rows.Add(Row.AtLeast(n + 1, n, now));
        rows.Add(Row.AtMost(n + 1, n, now));
        return set = Polyhedron.FromRows(n + 1, rows)!;
    }

    public static Box? TryOf(Polyhedron set)
    {
        int n = set.Dimensions - 1;
        var (low, high) = (new long[n], new long[n]);
        Array.Fill(low, -Endless);
        Array.Fill(high, Endless);
        long? now = null;
        for (int i = 0; i < set.EqualityCount; i++)
        {
            var row = set.Equalities[i];
            if (Single(row) is not { } j || row[j] != 1 || Math.Abs(row.Constant) > Endless / 4) return null;
            if (j == n) now = row.Constant;
            else low[j] = high[j] = Closed(row.Constant);
        }

        if (now is null) return null;
        foreach (var row in set.Inequalities)
        {
            if (Single(row) is not { } j || Math.Abs(row[j]) != 1 || Math.Abs(row.Constant) > Endless / 4) return null;
            if (row[j] > 0) high[j] = Closed(row.Constant) - (row.Strict ? 1 : 0);
            else low[j] = Closed(-row.Constant) + (row.Strict ? 1 : 0);
        }

        return Array.Exists(low, end => end == -Endless) ? null : new Box(low, high, now.Value);
    }

    private static int? Single(Row row)
    {
        int? only = null;
        for (int j = 0; j < row.Dimensions; j++)
        {
            if (row[j] == 0) continue;
            if (only is not null) return null;
            only = j;
        }

        return only;
    }
}

/// <summary>Any convex set.</summary>
internal sealed class Shape(Polyhedron set) : Values
{
    public override Polyhedron ToPolyhedron() => set;

    public override bool MayGoOnAtOnce(Step step, long instant, bool included)
    {
        if (step.Firing < 0 || !step.IsBoxed) return true;
        var (least, most) = set.Bounds(step.Firing);
        var now = set.Bounds(set.Dimensions - 1).Lower;
        if (!least.IsBounded || !now.IsBounded) return true;
        var latest = instant - now.Value;
        if (most is { IsBounded: true, Value: var end } && end < latest) latest = end;
        if (included ? least.Value > latest : least.Value >= latest) return false;
        for (int i = 0; i < step.Source.Length; i++)
        {
            int j = step.Source[i];
            if (j == step.Firing || (j < 0 && step.FreshLow[i] <= 0)) return true;
            if (j < 0) continue;
            var (low, high) = set.Bounds(j);
            if (!low.IsBounded || (step.Frozen[j] ? low.Value.Sign <= 0 : low.Value <= latest && (!high.IsBounded || high.Value >= least.Value))) return true;
        }

        return false;
    }

    public override Values? After(Step step, Window window)
    {
        int n = set.Dimensions;
        if (step.Firing >= 0 && IsTooLate(step, window)) return null;
        var rows = new Row[3];
        int count = 0;
        if (window.AtOnce && step.Firing >= 0) rows[count++] = Row.AtMost(n, step.Firing, 0);
        if (window.Low is { } low) rows[count++] = Then(n, step.Firing, -1, low);
        if (window.High is { } high) rows[count++] = Then(n, step.Firing, 1, high);
        if (set.Successor(step.Shape, rows.AsSpan(0, count)) is not { } next) return null;
        return Of(next.Translated(next.Dimensions - 1, checked(-window.Shift)), step.Shape.NewDimensions - step.Source.Length);
    }

    /// <summary>The timer that fires is at no point as small as another can be at most, or as the window wants it: cheap, and true of most moves that are not possible.</summary>
    private bool IsTooLate(Step step, Window window)
    {
        if (set.Bounds(step.Firing).Lower is not { IsBounded: true, Value: var soonest }) return false;
        if (window.AtOnce && soonest.Sign > 0) return true;
        if (window.High is { } high && set.Bounds(set.Dimensions - 1).Lower is { IsBounded: true, Value: var now } && now + soonest > high) return true;
        for (int j = 0; j < step.Frozen.Length; j++)
            if (j != step.Firing && !step.Frozen[j] && set.Bounds(j).Upper is { IsBounded: true, Value: var most } && most < soonest) return true;
        return false;
    }

    public override Values? Within(Spot spot, Window window)
    {
        int n = set.Dimensions;
        var rows = new List<Row>(2);
        if (window.Low is { } low) rows.Add(Row.AtLeast(n, n - 1, low));
        if (window.High is { } high) rows.Add(Row.AtMost(n, n - 1, high));
        return set.With(rows) is { } inside ? Of(inside.Translated(n - 1, checked(-window.Shift)), n - spot.Clock) : null;
    }

    /// <summary>sign · (clock + what passes) ≤ sign · end</summary>
    public static Row Then(int dimensions, int firing, int sign, long end)
    {
        var row = new long[dimensions];
        row[^1] = sign;
        if (firing >= 0) row[firing] += sign;
        return Row.Of(row, checked(sign * end));
    }
}
