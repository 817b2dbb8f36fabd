using Irekae.Checker.Explore.Polyhedra;

namespace Irekae.Checker.Conformance;

/// <summary>
/// Sets that differences describe. With the clock c, and s_j = x_j + c, which for a timer that counts down is when it ends and stays while time passes:
/// <code>
///     counting down   c, s_i − s_j, s_j − c, s_j     in intervals: a matrix of differences (a zone)
///     frozen          x_k and s_k = x_k + c          in intervals
/// </code>
/// What a trace says of times leaves nearly always such a set, exactly. A step of timer f happens at c' = s_f; the matrix without c stays what it was, and
/// <code>
///     frozen          x_k stays,  s_k' = x_k + s_f   between s_k.low + x_f.low and s_k.high + x_f.high
///     freezes         x_k = s_k − c'                 resumes     s_k = x_k + c'
/// </code>
/// What c leaves behind besides, ties between a frozen timer and another, and what ties one that freezes to others but by the clock, has no place here. Where it follows from
/// what there is, the result is exact; where it does not, the set becomes a polyhedron (<see cref="Shape"/>), until the trace has told enough again.
/// <para>
/// Tight: the matrix closed (Floyd and Warshall), with c between what every frozen timer leaves of it; then each frozen timer by c. Then every interval is what the set leaves of it,
/// and one set includes another iff its intervals do.
/// </para>
/// </summary>
internal sealed class Zone : Values
{
    private const int Zero = 0, Clock = 1;

    private readonly Layout layout;
    private readonly bool[] frozen;
    private readonly int[] places;
    private readonly int size;

    /// <summary>Entry a, b is the high end of the difference of variables a and b: 0, the clock, then s of each timer that counts down.</summary>
    private readonly long[] most;

    /// <summary>Of each frozen timer.</summary>
    private readonly Interval[] values, ends;

    private Polyhedron? set;

    private Zone(Layout layout)
    {
        this.layout = layout;
        (frozen, places, size) = (layout.Frozen, layout.Places, layout.Size);
        (most, values, ends) = (new long[size * size], new Interval[frozen.Length], new Interval[frozen.Length]);
        Array.Fill(most, Interval.Endless);
        for (int a = 0; a < size; a++) most[(a * size) + a] = 0;
        Array.Fill(values, Interval.All);
        Array.Fill(ends, Interval.All);
    }

    private Zone(Zone other)
    {
        layout = other.layout;
        (frozen, places, size) = (other.frozen, other.places, other.size);
        (most, values, ends) = ([.. other.most], [.. other.values], [.. other.ends]);
    }

    /// <summary>
    /// Which timers of a configuration stand still, and where the variables of the others are in the matrix: one for all its zones. For one thread.
    /// </summary>
    public sealed class Layout
    {
        private Zone? spare;

        public Layout(bool[] frozen)
        {
            (Frozen, Places, Size) = (frozen, new int[frozen.Length], 2);
            for (int j = 0; j < frozen.Length; j++) Places[j] = frozen[j] ? -1 : Size++;
        }

        /// <summary>Of each timer.</summary>
        public bool[] Frozen { get; }

        public int[] Places { get; }

        public int Size { get; }

        /// <summary>A copy until the next is asked for: most sets are only tried.</summary>
        internal Zone Copy(Zone zone)
        {
            if (spare is null) return spare = new Zone(zone);
            zone.most.CopyTo(spare.most, 0);
            zone.values.CopyTo(spare.values, 0);
            zone.ends.CopyTo(spare.ends, 0);
            return spare;
        }
    }

    public bool Includes(Zone other)
    {
        for (int i = 0; i < most.Length; i++)
            if (most[i] < other.most[i]) return false;
        for (int k = 0; k < values.Length; k++)
            if (!values[k].Includes(other.values[k]) || !ends[k].Includes(other.ends[k])) return false;
        return true;
    }

    private Interval Between(int a, int b) => new(-most[(b * size) + a], most[(a * size) + b]);

    private void Restrict(int a, int b, Interval to)
    {
        ref long high = ref most[(a * size) + b], low = ref most[(b * size) + a];
        (high, low) = (Math.Min(high, to.High), Math.Min(low, -to.Low));
    }

    /// <summary>What the clock says of a timer: when it ends, if it counts down.</summary>
    private Interval End(int j) => frozen[j] ? ends[j] : Between(places[j], Zero);

    public override Values? After(Step step, Window window)
    {
        if (!step.IsPlain) return new Shape(ToPolyhedron()).After(step, window);
        int fired = step.Firing < 0 ? Clock : places[step.Firing];
        var times = Interval.All.Within(window);
        bool atOnce = window.AtOnce || step.Move.Immediate;
        // Most moves are not possible, and most of those for one reason alone.
        if (!Allows(fired, Zero, times.High, times.Low) || (atOnce && !Allows(fired, Clock, 0, 0))) return null;
        for (int j = 0; j < frozen.Length; j++)
            if (Waits(step, j) && !Allows(fired, places[j], step.Strict[j] ? -1 : 0, -Interval.Endless)) return null;

        var guarded = layout.Copy(this);
        if (!guarded.Add(fired, Zero, times.High) || !guarded.Add(Zero, fired, -times.Low) || (atOnce && !guarded.Add(fired, Clock, 0))) return null;
        for (int j = 0; j < frozen.Length; j++)
            if (Waits(step, j) && !guarded.Add(fired, places[j], step.Strict[j] ? -1 : 0)) return null;
        if (!guarded.Settle()) return null;
        if (step.Firing >= 0)
        {
            var before = (Interval[])guarded.ends.Clone();
            for (int k = 0; k < frozen.Length; k++)
                if (frozen[k]) guarded.ends[k] = (before[k] + guarded.Between(fired, Clock)).And(guarded.values[k] + guarded.Between(fired, Zero));
            if (!guarded.Follows(fired, before)) return new Shape(ToPolyhedron()).After(step, window);
        }

        var (next, exact) = guarded.Next(step, fired, window.Shift);
        return exact ? next : new Shape(ToPolyhedron()).After(step, window);
    }

    /// <summary>A timer that counts down and may not end before the step; without a timer that fires, only where that is strict.</summary>
    private bool Waits(Step step, int j) => !frozen[j] && j != step.Firing && (step.Firing >= 0 || step.Strict[j]);

    /// <summary>Whether some point has the difference of two variables between these ends.</summary>
    private bool Allows(int a, int b, long high, long low) => -most[(b * size) + a] <= high && most[(a * size) + b] >= low;

    /// <summary>Demands that the difference of two variables is at most this. The matrix stays closed.</summary>
    /// <returns>False: nothing is left.</returns>
    private bool Add(int a, int b, long high)
    {
        if (high >= most[(a * size) + b]) return true;
        if (Interval.Sum(high, most[(b * size) + a]) < 0) return false;
        for (int i = 0; i < size; i++)
        {
            long first = Interval.Sum(most[(i * size) + a], high);
            if (first == Interval.Endless) continue;
            for (int k = 0; k < size; k++)
            {
                long way = Interval.Sum(first, most[(b * size) + k]);
                if (way < most[(i * size) + k]) most[(i * size) + k] = way;
            }
        }

        return true;
    }

    /// <summary>This is the set before, guarded and tight, with s' of what is frozen.</summary>
    /// <returns>Null: nothing is left. Not exact: what is left is less than that.</returns>
    private (Zone? Next, bool Exact) Next(Step step, int fired, long shift)
    {
        var next = new Zone(step.To.Layout);
        // Which variable of the matrix before is one of that after; −1: it is new.
        Span<int> from = stackalloc int[next.size];
        (from[Zero], from[Clock]) = (Zero, fired);
        for (int i = 0; i < step.Source.Length; i++)
        {
            int j = step.Source[i];
            if (next.frozen[i])
            {
                if (j >= 0 && !frozen[j] && !IsTiedByClock(places[j], fired, step)) return (null, false);
                next.values[i] = j < 0 ? step.Fresh[i] : frozen[j] ? values[j] : Between(places[j], fired);
                next.ends[i] = j < 0 ? Interval.All : frozen[j] ? ends[j] : Between(places[j], Zero);
            }
            else
            {
                from[next.places[i]] = j < 0 || frozen[j] ? -1 : places[j];
            }
        }

        for (int a = 0; a < next.size; a++)
        {
            for (int b = 0; b < next.size; b++)
                if (a != b && from[a] >= 0 && from[b] >= 0) next.most[(a * next.size) + b] = most[(from[a] * size) + from[b]];
        }

        for (int i = 0; i < step.Source.Length; i++)
        {
            int j = step.Source[i];
            if (next.frozen[i] || (j >= 0 && !frozen[j])) continue;
            var (left, end) = j < 0 ? (step.Fresh[i], Interval.All) : (values[j], ends[j]);
            next.Attach(next.places[i], left, end);
        }

        if (!next.Settle()) return (null, true);
        next.Shift(shift);
        return (next, true);
    }

    /// <summary>Ties a variable that is tied to nothing yet to the clock and to zero, whose own tie is as tight as this leaves it.</summary>
    private void Attach(int place, Interval left, Interval end)
    {
        for (int v = 0; v < size; v++)
        {
            if (v == place) continue;
            most[(place * size) + v] = Math.Min(Interval.Sum(left.High, most[(Clock * size) + v]), Interval.Sum(end.High, most[v]));
            most[(v * size) + place] = Math.Min(Interval.Sum(most[(v * size) + Clock], -left.Low), Interval.Sum(most[v * size], -end.Low));
        }
    }

    /// <summary>
    /// Whether what c ties besides follows: with c between its bounds by a frozen timer, s_k.low − x_k and s_k.high − x_k, and those by the matrix, v − most(v, c) and
    /// v + most(c, v).
    /// </summary>
    /// <param name="before">s of what is frozen, before the step; now it is s'.</param>
    private bool Follows(int fired, Interval[] before)
    {
        for (int k = 0; k < frozen.Length; k++)
        {
            if (!frozen[k]) continue;
            for (int v = 2; v < size; v++)
            {
                if (v == fired) continue;
                var sum = values[k] + Between(v, Zero);
                var bySum = ends[k] + Between(v, fired);
                // x_k + s_v at most s_k.high + (s_v − c).high, and at least s_k.low + (s_v − c).low
                var bound = before[k] + Between(v, Clock);
                if (Math.Min(sum.High, bySum.High) > bound.High || Math.Max(sum.Low, bySum.Low) < bound.Low) return false;
            }

            for (int m = 0; m < frozen.Length; m++)
            {
                if (m == k || !frozen[m]) continue;
                if (Math.Min((values[m] - values[k]).High, (ends[m] - ends[k]).High) > (before[m] - before[k]).High) return false;
            }
        }

        return true;
    }

    /// <summary>Whether every other timer that counts down is tied to this one by no more than the clock and zero.</summary>
    private bool IsTiedByClock(int place, int fired, Step step)
    {
        for (int i = 0; i < step.Source.Length; i++)
        {
            int j = step.Source[i];
            if (j < 0 || frozen[j] || places[j] == place) continue;
            int other = places[j];
            if (Math.Min(Way(place, fired, other), Way(place, Zero, other)) > most[(place * size) + other]) return false;
            if (Math.Min(Way(other, fired, place), Way(other, Zero, place)) > most[(other * size) + place]) return false;
        }

        return true;
    }

    private long Way(int a, int by, int b) => Interval.Sum(most[(a * size) + by], most[(by * size) + b]);

    /// <returns>False: nothing is left.</returns>
    private bool Tighten()
    {
        for (int k = 0; k < frozen.Length; k++)
            if (frozen[k]) Restrict(Clock, Zero, ends[k] - values[k]);
        for (int by = 0; by < size; by++)
        {
            for (int a = 0; a < size; a++)
            {
                long first = most[(a * size) + by];
                if (first == Interval.Endless) continue;
                for (int b = 0; b < size; b++)
                {
                    long way = Interval.Sum(first, most[(by * size) + b]);
                    if (way < most[(a * size) + b]) most[(a * size) + b] = way;
                }
            }
        }

        for (int a = 0; a < size; a++)
            if (most[(a * size) + a] < 0) return false;
        return Settle();
    }

    /// <summary>With a closed matrix: what the clock leaves of the frozen timers.</summary>
    private bool Settle()
    {
        var now = Between(Clock, Zero);
        for (int k = 0; k < frozen.Length; k++)
        {
            if (!frozen[k]) continue;
            var (value, end) = (values[k].And(ends[k] - now), ends[k].And(values[k] + now));
            if (value.IsEmpty || end.IsEmpty) return false;
            (values[k], ends[k]) = (value, end);
        }

        return true;
    }

    private void Shift(long shift)
    {
        if (shift == 0) return;
        for (int a = 1; a < size; a++)
        {
            var moved = Between(a, Zero).Plus(-shift);
            (most[a * size], most[a]) = (moved.High, -moved.Low);
        }

        for (int k = 0; k < frozen.Length; k++)
            if (frozen[k]) ends[k] = ends[k].Plus(-shift);
    }

    public override Values? Within(Spot spot, Window window)
    {
        var times = Interval.All.Within(window);
        if (!Allows(Clock, Zero, times.High, times.Low)) return null;
        var within = new Zone(this);
        if (!within.Add(Clock, Zero, times.High) || !within.Add(Zero, Clock, -times.Low) || !within.Settle()) return null;
        within.Shift(window.Shift);
        return within;
    }

    public override bool MayGoOnAtOnce(Step step, long instant, bool included)
    {
        int f = step.Firing;
        if (f < 0 || !step.IsPlain) return true;
        long latest = Interval.Point(instant).High - (included ? 0 : 1);
        if (End(f).Low > latest) return false;
        for (int i = 0; i < step.Source.Length; i++)
        {
            int j = step.Source[i];
            if (j < 0 ? step.Fresh[i].Low <= 0 : frozen[j] ? values[j].Low <= 0 : j == f || (Between(places[j], places[f]).Low <= 0 && End(j).Low <= latest)) return true;
        }

        return false;
    }

    public override Polyhedron ToPolyhedron()
    {
        if (set is not null) return set;
        int n = frozen.Length;
        var rows = new List<Row>();
        for (int a = 0; a < size; a++)
        {
            for (int b = 0; b < a; b++)
            {
                long[] row = new long[n + 1];
                Add(row, a, 1);
                Add(row, b, -1);
                Bound(row, Between(a, b));
            }
        }

        for (int k = 0; k < n; k++)
        {
            if (!frozen[k]) continue;
            long[] value = new long[n + 1], end = new long[n + 1];
            value[k] = end[k] = end[n] = 1;
            Bound(value, values[k]);
            Bound(end, ends[k]);
        }

        return set = Polyhedron.FromRows(n + 1, rows)!;

        void Add(long[] row, int variable, long sign)
        {
            if (variable == Zero) return;
            row[n] += sign;
            if (variable != Clock) row[Array.IndexOf(places, variable)] += sign;
        }

        void Bound(long[] row, Interval interval)
        {
            if (interval.LowRow is var (low, lowStrict)) rows.Add(Row.Of([.. row.Select(a => -a)], -low, lowStrict));
            if (interval.HighRow is var (high, highStrict)) rows.Add(Row.Of(row, high, highStrict));
        }
    }

    /// <summary>Null: some row says more than a zone can, or is in fractions.</summary>
    public static Zone? TryOf(Polyhedron set, Layout layout)
    {
        var zone = new Zone(layout);
        for (int i = 0; i < set.EqualityCount + set.InequalityCount; i++)
        {
            bool equality = i < set.EqualityCount;
            if (!zone.Take(equality ? set.Equalities[i] : set.Inequalities[i - set.EqualityCount], equality)) return null;
        }

        return zone.Tighten() ? zone : null;
    }

    private bool Take(Row row, bool equality)
    {
        int n = frozen.Length;
        if (Math.Abs(row.Constant) > Interval.Largest) return false;
        (int plus, int minus, int still) = (-1, -1, -1);
        for (int j = 0; j < n; j++)
        {
            if (row[j] == 0) continue;
            if (Math.Abs(row[j]) != 1) return false;
            ref int place = ref (frozen[j] ? ref still : ref (row[j] > 0 ? ref plus : ref minus));
            if (place >= 0) return false;
            place = j;
        }

        Interval Of(long sign) => equality ? Interval.Point(sign * row.Constant) : Interval.Of(sign > 0, sign * row.Constant, row.Strict);
        if (still >= 0)
        {
            if (plus >= 0 || minus >= 0 || (row[n] != 0 && row[n] != row[still])) return false;
            var interval = Of(row[still]);
            if (row[n] == 0) values[still] = values[still].And(interval);
            else ends[still] = ends[still].And(interval);
            return true;
        }

        // x_j is s_j − c: what is left of c says against what a timer is.
        long clock = row[n] - (plus >= 0 ? 1 : 0) + (minus >= 0 ? 1 : 0);
        int a = plus >= 0 ? places[plus] : Zero, b = minus >= 0 ? places[minus] : Zero;
        if (clock == 1 && plus < 0) a = Clock;
        else if (clock == -1 && minus < 0) b = Clock;
        else if (clock != 0) return false;
        Restrict(a, b, Of(1));
        return true;
    }
}
