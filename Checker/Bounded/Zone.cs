using Irekae.Model.Semantics;

namespace Irekae.Checker.Bounded;

/// <summary>
/// Bounds on timer values and on their differences: what is known of a configuration at a depth without asking the solver.
/// <code>
///     D[i,j] ≥ sup (v_i − v_j),   v_0 = 0,   v = remaining time; of a clock: minus its value, so that all that moves moves alike
/// </code>
/// Always closed under D[i,j] ≤ D[i,k] + D[k,j]. A superset of what can happen: preempted work is not closed under differences, intervals with
/// parameters are taken at their ends, and strict rows as closed. So it may only rule out; and each layer is confirmed by the solver.
/// </summary>
internal sealed class Zone
{
    public const long Endless = long.MaxValue / 8;

    private readonly int size;
    private readonly long[] bounds;

    private Zone(int dimensions)
    {
        size = dimensions + 1;
        bounds = new long[size * size];
        Array.Fill(bounds, Endless);
        for (int i = 0; i < size; i++) bounds[i * size + i] = 0;
    }

    /// <summary>Before the first move.</summary>
    public static Zone Nothing { get; } = new(0);

    /// <summary>Largest v_i − v_j; dimension 0 is zero, timer k of the configuration is dimension k + 1.</summary>
    public long this[int i, int j]
    {
        get => bounds[i * size + j];
        private set => bounds[i * size + j] = value;
    }

    /// <summary>What holds after a move from here; null: it is not possible.</summary>
    public Zone? After(TransitionSystem system, Configuration? before, Move move)
    {
        if (Firing(before, move) is not { } passed) return null;
        int fires = before is null || move.Timer < 0 ? 0 : Dimension(before, move.Timer);
        var next = new Zone(move.Next.Timers.Length);
        var source = Continued(before, move, next.size);
        for (int i = 0; i < next.size; i++)
        {
            for (int j = 0; j < next.size; j++)
                if (i != j && source[i] >= 0 && source[j] >= 0) next[i, j] = passed.Later(before, fires, source[i], source[j]);
        }

        foreach (var started in move.Started.OrderBy(s => system.Timers[s.Timer].Kind == TimerKind.Parameter ? 0 : 1)) next.Begin(move.Next, started);
        return next.Close() ? next : null;
    }

    /// <summary>
    /// What held before a move, of the points of this zone from which it leads into another; null: it leads there from none. New timers may have any
    /// value that their interval allows; a bound on three timers is split into those on two, with the third at its end.
    /// </summary>
    public Zone? Before(TransitionSystem system, Configuration? before, Move move, Zone after)
    {
        var begun = after.Copy();
        foreach (var started in move.Started.OrderBy(s => system.Timers[s.Timer].Kind == TimerKind.Parameter ? 0 : 1)) begun.Begin(move.Next, started);
        if (!begun.Close()) return null;
        if (Firing(before, move) is not { } firing) return null;
        var earlier = firing.Copy();
        int fires = before is null || move.Timer < 0 ? 0 : Dimension(before, move.Timer);
        var source = Continued(before, move, begun.size);
        for (int i = 0; i < begun.size; i++)
        {
            for (int j = 0; j < begun.size; j++)
                if (i != j && source[i] >= 0 && source[j] >= 0 && begun[i, j] < Endless) earlier.Earlier(before, fires, source[i], source[j], begun[i, j]);
        }

        return earlier.Close() ? earlier : null;
    }

    /// <summary>Of a timer's value; of a clock, of minus its value.</summary>
    public (long Least, long Most) Range(Configuration configuration, int timer) => (-this[0, Dimension(configuration, timer)], this[Dimension(configuration, timer), 0]);

    /// <summary>What a clock may read when the move is taken. <c>Endless</c>: no end.</summary>
    public (long Least, long Most) Reading(Configuration before, Move move, int clock)
    {
        var firing = Firing(before, move) ?? this;
        var (fires, own) = Ends(before, move, clock);
        return (-firing[own, fires], firing[fires, own]);
    }

    /// <summary>The points where the move is taken and the clock, if any, reads so much; null: there are none.</summary>
    public Zone? Where(Configuration before, Move move, int? clock, long? least, long? most)
    {
        if (Firing(before, move) is not { } firing) return null;
        if (clock is not >= 0) return firing;
        var part = firing.Copy();
        var (fires, own) = Ends(before, move, clock.Value);
        if (least is { } low) part.Tighten(own, fires, -low);
        if (most is { } high) part.Tighten(fires, own, high);
        return part.Close() ? part : null;
    }

    public Zone Copy()
    {
        var copy = new Zone(size - 1);
        bounds.CopyTo(copy.bounds, 0);
        return copy;
    }

    /// <summary>The least zone with both; this one is changed. False: it held all of the other.</summary>
    public bool Join(Zone other)
    {
        bool grown = false;
        for (int k = 0; k < bounds.Length; k++)
        {
            if (other.bounds[k] <= bounds[k]) continue;
            bounds[k] = other.bounds[k];
            grown = true;
        }

        return grown;
    }

    /// <summary>
    /// Rows from which all others follow (Larsen, Larsson, Pettersson, Yi 1997). Dimensions at a fixed distance form classes: each is tied to the
    /// first of its class, and between the firsts a row is left out that two others imply. Without the classes, rows would justify each other.
    /// </summary>
    public IEnumerable<(int I, int J, long Bound)> Rows()
    {
        var first = Enumerable.Range(0, size).Select(i => Enumerable.Range(0, i + 1).First(j => Sum(this[i, j], this[j, i]) == 0)).ToArray();
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < size; j++)
            {
                if (i == j || this[i, j] >= Endless) continue;
                bool tied = first[i] == j || first[j] == i;
                bool between = first[i] == i && first[j] == j
                    && !Enumerable.Range(0, size).Any(k => k != i && k != j && first[k] == k && Sum(this[i, k], this[k, j]) <= this[i, j]);
                if (tied || between) yield return (i, j, this[i, j]);
            }
        }
    }

    /// <summary>Where the move can be taken, closed; null: nowhere.</summary>
    private Zone? Firing(Configuration? before, Move move)
    {
        if (before is null || move.Timer < 0) return this;
        var firing = Copy();
        int fires = Dimension(before, move.Timer);
        for (int j = 0; j < before.Timers.Length; j++)
            if (before.Rates[j] == TimerRate.Down) firing.Tighten(fires, j + 1, 0);
        if (move.Immediate) firing.Tighten(fires, 0, 0);
        return firing.Close() ? firing : null;
    }

    /// <summary>A clock's reading when a move is taken is the difference of these two dimensions.</summary>
    private static (int Fires, int Clock) Ends(Configuration before, Move move, int clock) =>
        (move.Timer < 0 ? 0 : Dimension(before, move.Timer), Dimension(before, clock));

    /// <summary>For each dimension after the move, the one before it that it continues; −1: none, it begins.</summary>
    private static int[] Continued(Configuration? before, Move move, int dimensions)
    {
        var source = new int[dimensions];
        for (int k = 0; k < move.Sources.Length; k++) source[k + 1] = move.Sources[k] < 0 ? -1 : Dimension(before!, move.Sources[k]);
        return source;
    }

    /// <summary>What v_i − v_j ≤ bound, once the firing timer's value has passed, says of the values before.</summary>
    private void Earlier(Configuration? before, int fires, int i, int j, long bound)
    {
        bool iMoves = fires != 0 && Moves(before!, i), jMoves = fires != 0 && Moves(before!, j);
        if (iMoves == jMoves)
        {
            Tighten(i, j, bound);
        }
        else if (iMoves)
        {
            // v_i − v_f − v_j ≤ bound
            Tighten(i, fires, Sum(bound, this[j, 0]));
            Tighten(i, j, Sum(bound, this[fires, 0]));
        }
        else
        {
            // v_i + v_f − v_j ≤ bound
            Tighten(fires, j, Sum(bound, this[0, i]));
            Tighten(i, j, Sum(bound, this[0, fires]));
        }
    }

    /// <summary>Largest v_i − v_j once the firing timer's value has passed. With v_f the delay, moving values are v − v_f.</summary>
    private long Later(Configuration? before, int fires, int i, int j)
    {
        if (fires == 0) return this[i, j];
        bool iMoves = Moves(before!, i), jMoves = Moves(before!, j);
        return (iMoves, jMoves) switch
        {
            (true, true) or (false, false) => this[i, j],
            (true, false) => j == 0 ? this[i, fires] : Math.Min(Sum(this[i, fires], this[0, j]), Sum(this[i, j], this[0, fires])),
            (false, true) => i == 0 ? this[fires, j] : Math.Min(Sum(this[i, 0], this[fires, j]), Sum(this[i, j], this[fires, 0])),
        };
    }

    private static bool Moves(Configuration before, int dimension) => dimension > 0 && before.Rates[dimension - 1] != TimerRate.Frozen;

    private void Begin(Configuration next, Started started)
    {
        int own = Dimension(next, started.Timer);
        Tighten(0, own, -Round(next, started.Interval.Low, up: false));
        Relate(next, own, started.Interval.Low, lower: true);
        if (started.Interval.High is not { } high) return;
        long largest = Round(next, high, up: true);
        if (largest < Endless) Tighten(own, 0, largest);
        Relate(next, own, high, lower: false);
    }

    /// <summary>A bound that is a parameter and a constant is one on a difference.</summary>
    private void Relate(Configuration next, int own, TickBound bound, bool lower)
    {
        if (bound.Terms is not [var (timer, factor)] || factor != bound.Denominator) return;
        int parameter = Dimension(next, timer);
        if (lower) Tighten(parameter, own, Ceiling(-(Int128)bound.Constant, bound.Denominator));
        else Tighten(own, parameter, Ceiling(bound.Constant, bound.Denominator));
    }

    private long Round(Configuration next, TickBound bound, bool up)
    {
        Int128 sum = bound.Constant;
        foreach (var (timer, factor) in bound.Terms)
        {
            int parameter = Dimension(next, timer);
            long end = factor > 0 == up ? this[parameter, 0] : -this[0, parameter];
            sum += (Int128)factor * end;
        }

        return up ? Ceiling(sum, bound.Denominator) : -Ceiling(-sum, bound.Denominator);
    }

    private static long Ceiling(Int128 numerator, long denominator)
    {
        var quotient = numerator / denominator;
        if (numerator > 0 && quotient * denominator != numerator) quotient++;
        return checked((long)quotient);
    }

    private static int Dimension(Configuration configuration, int timer) => Array.BinarySearch(configuration.Timers, timer) + 1;

    private static long Sum(long a, long b) => a >= Endless || b >= Endless ? Endless : a + b;

    private void Tighten(int i, int j, long bound) => this[i, j] = Math.Min(this[i, j], bound);

    /// <summary>False: empty.</summary>
    private bool Close()
    {
        for (int k = 0; k < size; k++)
        {
            for (int i = 0; i < size; i++)
            {
                if (this[i, k] >= Endless) continue;
                for (int j = 0; j < size; j++)
                    if (Sum(this[i, k], this[k, j]) is var through && through < this[i, j]) this[i, j] = through;
            }
        }

        for (int i = 0; i < size; i++)
            if (this[i, i] < 0) return false;
        return true;
    }
}
