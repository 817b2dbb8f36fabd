using System.Collections.Immutable;
using Irekae.Checker.Explore.Polyhedra;
using Irekae.Model.Semantics;

namespace Irekae.Checker.Explore;

/// <summary>How a clock that begins is entered into a set.</summary>
internal enum ClockSense
{
    /// <summary>c = 0.</summary>
    Exact,

    /// <summary>
    /// c ≤ 0: a set stands for all its points and those with a smaller clock. Nothing ever asks for a clock's value but the
    /// question itself, so suprema do not change, and a set covers every other that differs by a smaller clock only.
    /// </summary>
    AtMost,

    /// <summary>c ≥ 0: the same for infima.</summary>
    AtLeast,
}

/// <summary>
/// What a move does to timers, as rows. With f the timer that fires and n the timers alive before:
/// <code>
///     guards   x_f ≤ x_j for every j that counts down (&lt; if f comes strictly later at one instant), x_f ≤ 0 if at once
///     fresh    D·y_i ≥ C + Σ F·p for a first value of at least (C + Σ F·p)/D, likewise at most
/// </code>
/// Equal shapes are one object, so that what they do to a set is remembered by reference.
/// </summary>
internal sealed class Shapes(TransitionSystem system, ClockSense sense)
{
    private static readonly int[] Nobody = [];

    private readonly Dictionary<StepShape, StepShape> known = [];

    public StepShape Of(Configuration? before, Move move)
    {
        var timers = before?.Timers ?? Nobody;
        var rates = before is null ? [] : before.Rates.Select(r => (int)r).ToImmutableArray();
        int firing = move.Timer < 0 ? -1 : Array.BinarySearch(timers, move.Timer);
        var shape = new StepShape(firing, rates, Guards(timers, rates, move, firing), Sources(timers, move), Fresh(move));
        if (known.TryGetValue(shape, out var same)) return same;
        known.Add(shape, shape);
        return shape;
    }

    private static ImmutableArray<Row> Guards(int[] timers, ImmutableArray<int> rates, Move move, int firing)
    {
        var rows = ImmutableArray.CreateBuilder<Row>();
        int n = timers.Length;
        for (int j = 0; j < n; j++)
        {
            if (rates[j] >= 0 || j == firing) continue;
            bool strict = move.StrictlyBefore.Contains(timers[j]);
            if (firing >= 0) rows.Add(Row.Difference(n, firing, j, 0, strict));
            else if (strict) rows.Add(Row.AtLeast(n, j, 0, strict: true));
        }

        if (firing >= 0 && move.Immediate) rows.Add(Row.AtMost(n, firing, 0));
        return rows.ToImmutable();
    }

    private static ImmutableArray<int> Sources(int[] timers, Move move) =>
        [.. move.Sources.Select(source => source < 0 ? -1 : Array.BinarySearch(timers, source))];

    private ImmutableArray<Row> Fresh(Move move)
    {
        var rows = ImmutableArray.CreateBuilder<Row>();
        var timers = move.Next.Timers;
        foreach (var (timer, interval) in move.Started)
        {
            int i = Array.BinarySearch(timers, timer);
            bool clock = system.Timers[timer].Kind == TimerKind.Clock;
            if (!clock || sense != ClockSense.AtMost) rows.Add(Bound(timers, i, interval.Low, -1));
            if ((!clock || sense != ClockSense.AtLeast) && interval.High is { } high) rows.Add(Bound(timers, i, high, 1));
        }

        return rows.ToImmutable();
    }

    /// <summary>sign·(D·y_i − Σ F·p) ≤ sign·C</summary>
    private static Row Bound(int[] timers, int i, TickBound bound, int sign)
    {
        var row = new long[timers.Length];
        row[i] = sign * bound.Denominator;
        foreach (var (parameter, factor) in bound.Terms) row[Array.BinarySearch(timers, parameter)] -= sign * factor;
        return Row.Of(row, sign * bound.Constant);
    }
}
