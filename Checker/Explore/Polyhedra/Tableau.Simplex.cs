using System.Numerics;

namespace Irekae.Checker.Explore.Polyhedra;

internal sealed partial class Tableau<T>
{
    /// <summary>Pivots by size before Bland's rule takes over.</summary>
    private const int Patience = 24;

    private bool[] _pinned = [];

    /// <summary>
    /// Reaches a vertex, or returns the line d·s = β + Σ α_j·s_j with β &lt; 0 and all α ≤ 0 that shows there is none; −1 if reached.
    /// A dual simplex with the zero objective: every dictionary is dual feasible, so Bland's choice is finite.
    /// </summary>
    public int FindInfeasibleLine()
    {
        for (var pivots = 0; ; pivots++)
        {
            var leaving = -1;
            for (var i = _freeLines; i < _lines; i++)
            {
                if (!T.IsNegative(_cells[i * _stride])) continue;
                if (leaving < 0 || (pivots < Patience
                        ? _cells[i * _stride] < _cells[leaving * _stride]
                        : _basic[i] < _basic[leaving])) leaving = i;
            }
            if (leaving < 0) return -1;
            var line = Line(leaving);
            var entering = -1;
            for (var c = 0; c < _columns; c++)
            {
                if (!T.IsPositive(line[Alpha + c]) || T.IsZero(line[Alpha + c])) continue;
                if (entering < 0 || _nonbasic[c] < _nonbasic[entering]) entering = c;
            }
            if (entering < 0) return leaving;
            Pivot(leaving, entering);
        }
    }

    /// <summary>The objective as one more line: d·goal = β + Σ γ_j·nonbasic_j. False if it grows or falls for ever along a free direction.</summary>
    public bool SetGoal(ReadOnlySpan<long> objective)
    {
        _goal = _lines;
        var goal = Line(_goal);
        goal.Clear();
        goal[Scale] = T.One;
        for (var j = 0; j < objective.Length; j++)
        {
            if (objective[j] == 0) continue;
            var place = _where[j];
            if (place == Absent) return false;
            var factor = checked(T.CreateChecked(objective[j]) * goal[Scale]);
            if (place < 0)
            {
                goal[Alpha + ~place] = checked(goal[Alpha + ~place] + factor);
                continue;
            }
            var line = Line(place);
            var lineScale = line[Scale];
            var kept = goal[Scale];
            for (var c = 0; c < goal.Length; c++)
            {
                if (c == Scale) continue;
                goal[c] = checked(lineScale == T.One ? goal[c] + factor * line[c] : goal[c] * lineScale + factor * line[c]);
            }
            goal[Scale] = checked(kept * lineScale);
            if (goal[Scale] != T.One) Reduce(goal);
        }
        for (var c = 0; c < _columns; c++)
            if (!IsSlack(_nonbasic[c]) && !T.IsZero(goal[Alpha + c])) return false;
        return true;
    }

    /// <summary>
    /// The primal simplex on the goal, from a vertex. −1 at the optimum (all γ ≤ 0), otherwise the column along which the goal grows
    /// without end.
    /// </summary>
    public int Maximise()
    {
        LinearProgramCount.Current++;
        for (var pivots = 0; ; pivots++)
        {
            var entering = EnteringColumn(Line(_goal), pivots);
            if (entering < 0) return -1;
            var leaving = LeavingLine(entering, except: -1);
            if (leaving < 0) return entering;
            Pivot(leaving, entering);
        }
    }

    private int EnteringColumn(Span<T> line, int pivots)
    {
        var entering = -1;
        for (var c = 0; c < _columns; c++)
        {
            var gain = line[Alpha + c];
            if (!T.IsPositive(gain) || T.IsZero(gain) || (_pinned.Length > 0 && _pinned[c])) continue;
            if (entering < 0 || (pivots < Patience ? gain > line[Alpha + entering] : _nonbasic[c] < _nonbasic[entering])) entering = c;
        }
        return entering;
    }

    /// <summary>The slack that reaches 0 first as the column's variable grows (the smallest index if several do); −1 if none does.</summary>
    private int LeavingLine(int column, int except)
    {
        var at = Alpha + column;
        var leaving = -1;
        var (bestBeta, bestAlpha) = (T.Zero, T.One);
        for (var i = _freeLines; i < _lines; i++)
        {
            var alpha = _cells[i * _stride + at];
            if (!T.IsNegative(alpha) || i == except) continue;
            var beta = _cells[i * _stride];
            alpha = Negate(alpha);
            var order = leaving < 0 ? -1 : Compare(beta, bestAlpha, bestBeta, alpha);
            if (order < 0 || (order == 0 && _basic[i] < _basic[leaving]))
            {
                leaving = i;
                (bestBeta, bestAlpha) = (beta, alpha);
            }
        }
        return leaving;
    }

    private static int Compare(T a, T b, T c, T d) =>
        b == d ? a.CompareTo(c) : checked(a * b).CompareTo(checked(c * d));

    /// <summary>Whether a nonbasic slack can leave 0 upwards at this vertex (or downwards, if its own row did not count) at once.</summary>
    private int BlockingLine(int column, bool upwards)
    {
        var at = Alpha + column;
        var blocking = -1;
        for (var i = _freeLines; i < _lines; i++)
        {
            if (!T.IsZero(_cells[i * _stride])) continue;
            var alpha = _cells[i * _stride + at];
            if (T.IsZero(alpha) || T.IsNegative(alpha) != upwards) continue;
            if (blocking < 0 || _basic[i] < _basic[blocking]) blocking = i;
        }
        return blocking;
    }

    /// <summary>
    /// Whether the slack is positive somewhere in the closure. If not, its line at the end reads d·s = 0 + Σ α_j·s_j with all α ≤ 0:
    /// then every s_j with α_j &lt; 0 is 0 throughout as well.
    /// </summary>
    public bool CanBePositive(int slack)
    {
        LinearProgramCount.Current++;
        var place = _where[_dimensions + slack];
        if (place < 0)
        {
            var blocking = BlockingLine(~place, upwards: true);
            if (blocking < 0) return true;
            Pivot(blocking, ~place);
            place = blocking;
        }
        for (var pivots = 0; ; pivots++)
        {
            if (!T.IsZero(_cells[place * _stride])) return true;
            var entering = EnteringColumn(Line(place), pivots);
            if (entering < 0) return false;
            var leaving = LeavingLine(entering, except: -1);
            if (leaving < 0 || !T.IsZero(_cells[leaving * _stride])) return true;
            Pivot(leaving, entering);
        }
    }

    /// <summary>
    /// As CanBePositive, on the face where the slacks with a multiplier are 0: their columns, nonbasic at the optimum, do not enter and so
    /// stay. At the end the slack's line has α ≤ 0 but for those columns.
    /// </summary>
    public bool CanBePositiveWhere(int slack, ReadOnlySpan<BigInteger> multipliers)
    {
        _pinned = new bool[_columns];
        for (var c = 0; c < _columns; c++) _pinned[c] = IsSlack(_nonbasic[c]) && !multipliers[_nonbasic[c] - _dimensions].IsZero;
        var positive = CanBePositive(slack);
        _pinned = [];
        return positive;
    }

    /// <summary>
    /// Whether the closed row follows from the others; if it does, it is taken out. It then either never touches what the others
    /// leave (its slack stays positive), or touches it in a face below a facet.
    /// </summary>
    public Redundancy RemoveIfRedundant(int slack)
    {
        var place = _where[_dimensions + slack];
        if (place < 0)
        {
            var blocking = BlockingLine(~place, upwards: false);
            if (blocking < 0) return Redundancy.Facet;
            Pivot(blocking, ~place);
            place = blocking;
        }
        for (var pivots = 0; ; pivots++)
        {
            var entering = -1;
            var line = Line(place);
            for (var c = 0; c < _columns; c++)
            {
                var loss = line[Alpha + c];
                if (!T.IsNegative(loss)) continue;
                if (entering < 0 || (pivots < Patience ? loss < line[Alpha + entering] : _nonbasic[c] < _nonbasic[entering])) entering = c;
            }
            if (entering < 0)
            {
                var touches = T.IsZero(line[Beta]);
                RemoveLine(place);
                return touches ? Redundancy.Touches : Redundancy.Away;
            }
            var leaving = LeavingLine(entering, except: place);
            if (leaving < 0) return Redundancy.Facet;
            var own = Compare(line[Beta], Negate(_cells[leaving * _stride + Alpha + entering]), _cells[leaving * _stride], Negate(line[Alpha + entering]));
            if (own < 0) return Redundancy.Facet;
            Pivot(leaving, entering);
        }
    }
}

internal enum Redundancy { Facet, Touches, Away }
