using Irekae.Checker.Explore.Polyhedra;

namespace Irekae.Checker.Conformance;

/// <summary>
/// Sets in which every timer is tied to the clock alone, so that no two timers are tied to one another but by it:
/// <code>
///     c in an interval;  for each timer  x_j  and  s_j = x_j + c  in intervals
/// </code>
/// s_j is when the timer ends, if it counts down. What a trace says of times leaves nearly always such a set, exactly: a step of timer f happens at c' = s_f, and with c gone
/// <code>
///     counting down   s_j stays,  x_j' = s_j − s_f        between x_j.low − x_f.high and x_j.high − x_f.low, and not negative
///     frozen          x_k stays,  s_k' = x_k + s_f        between s_k.low + x_f.low and s_k.high + x_f.high
/// </code>
/// and what is left over of c: everything that is at least c's lower bound from one timer is at most its upper bound from another, which ties two timers to one another. Where these rows
/// follow from the intervals, the result is a star; where they do not, it is a polyhedron (<see cref="Shape"/>), until the trace has told enough again.
/// <para>
/// Tight: first c by every timer, then each timer by c. Then each interval is what the set leaves of it, and one set includes another iff its intervals do.
/// </para>
/// </summary>
internal sealed class Star : Values
{
    private readonly Interval clock;
    private readonly Interval[] values, ends;
    private Polyhedron? set;

    private Star(Interval clock, Interval[] values, Interval[] ends) => (this.clock, this.values, this.ends) = (clock, values, ends);

    public bool Includes(Star other)
    {
        if (!clock.Includes(other.clock)) return false;
        for (int j = 0; j < values.Length; j++)
            if (!values[j].Includes(other.values[j]) || !ends[j].Includes(other.ends[j])) return false;
        return true;
    }

    public override Values? After(Step step, Window window)
    {
        if (!step.IsStar) return new Shape(ToPolyhedron()).After(step, window);
        int n = values.Length, f = step.Firing;
        var (now, left, then) = (f < 0 ? clock : ends[f], (Interval[])values.Clone(), (Interval[])ends.Clone());
        now = now.Within(window);
        if (now.IsEmpty) return null;
        for (int j = 0; j < n; j++)
        {
            if (step.Frozen[j])
            {
                if (f >= 0) then[j] = ends[j] + values[f];
            }
            else if (f < 0)
            {
                left[j] = step.Strict[j] ? values[j].Above(Interval.Positive) : values[j];
            }
            else if (j != f)
            {
                left[j] = (values[j] - values[f]).Above(step.Strict[j] ? Interval.Positive : Interval.NotNegative);
            }
        }

        if (f >= 0)
        {
            if ((window.AtOnce || step.Move.Immediate) && !AtOnce(ref now, left, then, f, step)) return null;
            (left[f], then[f]) = (Interval.Point(0), now);
        }

        if (!Tighten(ref now, left, then)) return null;
        if (f >= 0 && !(window.AtOnce || step.Move.Immediate) && !Follows(step, left, then)) return new Shape(ToPolyhedron()).After(step, window);
        return Next(step, now, left, then, window.Shift);
    }

    /// <summary>No time passes: the timer has nothing left, and all others keep what they have.</summary>
    private bool AtOnce(ref Interval now, Interval[] left, Interval[] then, int f, Step step)
    {
        if (!values[f].Includes(Interval.Point(0))) return false;
        now = now.And(clock);
        for (int j = 0; j < left.Length; j++)
        {
            if (j == f) continue;
            left[j] = step.Frozen[j] ? values[j] : values[j].Above(step.Strict[j] ? Interval.Positive : Interval.NotNegative);
            then[j] = ends[j];
        }

        return true;
    }

    private static Star Next(Step step, Interval now, Interval[] left, Interval[] then, long shift)
    {
        int n = step.Source.Length;
        var (nextLeft, nextThen) = (new Interval[n], new Interval[n]);
        now = now.Plus(-shift);
        for (int i = 0; i < n; i++)
        {
            int j = step.Source[i];
            (nextLeft[i], nextThen[i]) = j < 0 ? (step.Fresh[i], step.Fresh[i] + now) : (left[j], then[j].Plus(-shift));
        }

        return new Star(now, nextLeft, nextThen);
    }

    /// <summary>Whether what ties two timers to one another follows from the intervals that there are now.</summary>
    private bool Follows(Step step, Interval[] left, Interval[] then)
    {
        for (int a = 0; a < values.Length; a++)
        {
            for (int b = 0; b < values.Length; b++)
            {
                // c's lower bound from a is at most its upper bound from b
                if (a == b || a == step.Firing || b == step.Firing) continue;
                bool follows = (step.Frozen[a], step.Frozen[b]) switch
                {
                    (false, false) => AtMost((then[a] - then[b]).High, (left[a] - left[b]).High, (values[a] - values[b]).High),
                    (false, true) => AtMost((then[a] + left[b]).High, (left[a] + then[b]).High, (values[a] + ends[b]).High),
                    (true, false) => AtMost(-(then[b] + left[a]).Low, -(left[b] + then[a]).Low, -(values[b] + ends[a]).Low),
                    (true, true) => AtMost((left[b] - left[a]).High, (then[b] - then[a]).High, (ends[b] - ends[a]).High),
                };
                if (!follows) return false;
            }
        }

        return true;

        static bool AtMost(long one, long other, long bound) => one <= bound || other <= bound;
    }

    private static bool Tighten(ref Interval clock, Interval[] values, Interval[] ends)
    {
        for (int j = 0; j < values.Length; j++) clock = clock.And(ends[j] - values[j]);
        if (clock.IsEmpty) return false;
        for (int j = 0; j < values.Length; j++)
        {
            var (value, end) = (values[j].And(ends[j] - clock), ends[j].And(values[j] + clock));
            if (value.IsEmpty || end.IsEmpty) return false;
            (values[j], ends[j]) = (value, end);
        }

        return true;
    }

    public override Values? Within(Spot spot, Window window)
    {
        var (now, left, then) = (clock.Within(window), (Interval[])values.Clone(), (Interval[])ends.Clone());
        if (now.IsEmpty || !Tighten(ref now, left, then)) return null;
        if (window.Shift == 0) return new Star(now, left, then);
        for (int j = 0; j < then.Length; j++) then[j] = then[j].Plus(-window.Shift);
        return new Star(now.Plus(-window.Shift), left, then);
    }

    public override bool MayGoOnAtOnce(Step step, long instant, bool included)
    {
        int f = step.Firing;
        if (f < 0 || !step.IsStar) return true;
        long latest = Interval.Point(instant).High - (included ? 0 : 1);
        if (ends[f].Low > latest) return false;
        for (int i = 0; i < step.Source.Length; i++)
        {
            int j = step.Source[i];
            if (j < 0 ? step.Fresh[i].Low <= 0 : step.Frozen[j] ? values[j].Low <= 0 : j == f || (values[j].Low <= values[f].High && ends[j].Low <= latest)) return true;
        }

        return false;
    }

    public override Polyhedron ToPolyhedron()
    {
        if (set is not null) return set;
        int n = values.Length;
        var rows = new List<Row>((4 * n) + 2);
        for (int j = 0; j < n; j++)
        {
            long[] value = new long[n + 1], end = new long[n + 1];
            value[j] = end[j] = end[n] = 1;
            Add(value, values[j]);
            Add(end, ends[j]);
        }

        long[] now = new long[n + 1];
        now[n] = 1;
        Add(now, clock);
        return set = Polyhedron.FromRows(n + 1, rows)!;

        void Add(long[] row, Interval interval)
        {
            if (interval.LowRow is var (low, lowStrict)) rows.Add(Row.Of([.. row.Select(a => -a)], -low, lowStrict));
            if (interval.HighRow is var (high, highStrict)) rows.Add(Row.Of(row, high, highStrict));
        }
    }

    /// <summary>Null: some row ties timers to one another, or is in fractions.</summary>
    public static Star? TryOf(Polyhedron set)
    {
        int n = set.Dimensions - 1;
        var clock = Interval.All;
        var (values, ends) = (new Interval[n], new Interval[n]);
        Array.Fill(values, Interval.All);
        Array.Fill(ends, Interval.All);
        for (int i = 0; i < set.EqualityCount + set.InequalityCount; i++)
        {
            bool equality = i < set.EqualityCount;
            var row = equality ? set.Equalities[i] : set.Inequalities[i - set.EqualityCount];
            int timer = -1;
            for (int j = 0; j < n; j++)
            {
                if (row[j] == 0) continue;
                if (timer >= 0) return null;
                timer = j;
            }

            long sign = timer < 0 ? row[n] : row[timer];
            if (sign is not (1 or -1) || (timer >= 0 && row[n] != 0 && row[n] != sign) || Math.Abs(row.Constant) > Interval.Largest) return null;
            var interval = equality ? Interval.Point(sign * row.Constant) : Interval.Of(sign > 0, sign * row.Constant, row.Strict);
            if (timer < 0) clock = clock.And(interval);
            else if (row[n] == 0) values[timer] = values[timer].And(interval);
            else ends[timer] = ends[timer].And(interval);
        }

        return Tighten(ref clock, values, ends) ? new Star(clock, values, ends) : null;
    }
}
