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

    public bool Includes(Values other) => this is Zone outer && other is Zone inner ? outer.Includes(inner) : ToPolyhedron().Includes(other.ToPolyhedron());

    /// <summary>A zone where the set is one.</summary>
    /// <param name="layout">Of the configuration.</param>
    public static Values Of(Polyhedron set, Zone.Layout layout) => set.Dimensions == layout.Frozen.Length + 1 && Zone.TryOf(set, layout) is { } zone ? zone : new Shape(set);

    /// <summary>The same in finer units.</summary>
    public Values Finer(long by, Spot spot)
    {
        if (by == 1) return this;
        var set = ToPolyhedron();
        return Of(Polyhedron.FromRows(set.Dimensions, set.Rows.Select(row => Row.Of(row.Coefficients, checked(row.Constant * by), row.Strict)))!, spot.Layout);
    }

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

/// <summary>Any convex set.</summary>
internal sealed class Shape(Polyhedron set) : Values
{
    public override Polyhedron ToPolyhedron() => set;

    public override bool MayGoOnAtOnce(Step step, long instant, bool included)
    {
        if (step.Firing < 0 || !step.IsPlain) return true;
        var (least, most) = set.Bounds(step.Firing);
        var now = set.Bounds(set.Dimensions - 1).Lower;
        if (!least.IsBounded || !now.IsBounded) return true;
        var latest = instant - now.Value;
        if (most is { IsBounded: true, Value: var end } && end < latest) latest = end;
        if (included ? least.Value > latest : least.Value >= latest) return false;
        for (int i = 0; i < step.Source.Length; i++)
        {
            int j = step.Source[i];
            if (j == step.Firing || (j < 0 && step.Fresh[i].Low <= 0)) return true;
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
        return Of(next.Translated(next.Dimensions - 1, checked(-window.Shift)), step.To.Layout);
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
        return set.With(rows) is { } inside ? Of(inside.Translated(n - 1, checked(-window.Shift)), spot.Layout) : null;
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
