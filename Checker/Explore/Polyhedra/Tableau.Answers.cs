using System.Numerics;
using Irekae.Model.Numbers;

namespace Irekae.Checker.Explore.Polyhedra;

internal sealed partial class Tableau<T>
{
    public Rational GoalValue() => Quotient(_goal);

    /// <summary>Whether the goal at this vertex is already above the number; then so is the supremum.</summary>
    public bool GoalExceeds(long number)
    {
        var goal = Line(_goal);
        return goal[Beta] > (goal[Scale] == T.One ? T.CreateChecked(number) : checked(goal[Scale] * T.CreateChecked(number)));
    }

    public bool GoalEquals(long number)
    {
        var goal = Line(_goal);
        return goal[Beta] == checked(goal[Scale] * T.CreateChecked(number));
    }

    /// <summary>As Maximise, but stops at the first vertex above the number. True if the supremum is at most the number.</summary>
    public bool StaysAtMost(long number)
    {
        LinearProgramCount.Current++;
        for (var pivots = 0; ; pivots++)
        {
            if (GoalExceeds(number)) return false;
            var entering = EnteringColumn(Line(_goal), pivots);
            if (entering < 0) return true;
            var leaving = LeavingLine(entering, except: -1);
            if (leaving < 0) return false;
            Pivot(leaving, entering);
        }
    }

    /// <summary>The value of a dimension at this vertex; 0 along a free direction.</summary>
    public Rational Value(int dimension) => _where[dimension] is var place and >= 0 ? Quotient(place) : Rational.Zero;

    /// <summary>This vertex as numerators and one denominator; false if they are not modest numbers.</summary>
    public bool ReadVertex(Span<long> corner)
    {
        const long modest = 1L << 40;
        var common = 1L;
        for (var j = 0; j < _dimensions; j++)
        {
            if (_where[j] is not (var place and >= 0)) continue;
            var scale = Line(place)[Scale];
            if (scale > T.CreateChecked(1 << 20)) return false;
            var part = long.CreateTruncating(scale);
            common = common / (long)Integers.Gcd((ulong)common, (ulong)part) * part;
            if (common > 1 << 20) return false;
        }
        for (var j = 0; j < _dimensions; j++)
        {
            corner[j] = 0;
            if (_where[j] is not (var place and >= 0)) continue;
            var line = Line(place);
            var beta = line[Beta];
            if (T.Abs(beta) > T.CreateChecked(modest)) return false;
            corner[j] = long.CreateTruncating(beta) * (common / long.CreateTruncating(line[Scale]));
            if (Math.Abs(corner[j]) > modest) return false;
        }
        corner[^1] = common;
        return true;
    }

    /// <summary>How the dimension changes along a column's direction, scaled by nothing: α/d of its line, 1 for itself.</summary>
    public Rational Slope(int dimension, int column)
    {
        var place = _where[dimension];
        if (place == ~column) return Rational.One;
        return place < 0 ? Rational.Zero : Quotient(place, Alpha + column);
    }

    /// <summary>The multipliers that a line spells: for d·v = β + Σ α_j·s_j, d for v's row if v is a slack, and −α_j for every s_j.</summary>
    public BigInteger ReadMultipliers(int line, Span<BigInteger> multipliers)
    {
        multipliers.Clear();
        var cells = Line(line);
        for (var c = 0; c < _columns; c++)
            if (IsSlack(_nonbasic[c])) multipliers[_nonbasic[c] - _dimensions] = -BigInteger.CreateChecked(cells[Alpha + c]);
        var scale = BigInteger.CreateChecked(cells[Scale]);
        if (line != _goal && IsSlack(_basic[line])) multipliers[_basic[line] - _dimensions] = scale;
        return scale;
    }

    /// <summary>A dimension that is free (its column never found a line), or occurs nowhere (column −1).</summary>
    public bool IsUnconstrained(int dimension, out int column)
    {
        var place = _where[dimension];
        column = place is < 0 and not Absent ? ~place : -1;
        return place < 0;
    }

    public int GoalLine => _goal;
    public int LineOfSlack(int slack) => _where[_dimensions + slack];

    /// <summary>
    /// At the optimum: confines the dictionary to the face where the goal is attained in the closure, by fixing at 0 every slack
    /// with γ &lt; 0. Each is reported by its row.
    /// </summary>
    public void ConfineToOptimalFace(Span<bool> fixedRows)
    {
        var goal = Line(_goal);
        for (var c = _columns - 1; c >= 0; c--)
        {
            if (T.IsZero(goal[Alpha + c])) continue;
            fixedRows[_nonbasic[c] - _dimensions] = true;
            RemoveColumn(c);
        }
        _goal = -1;
    }

    private Rational Quotient(int line, int cell = Beta)
    {
        var cells = Line(line);
        return cells[Scale] == T.One && typeof(T) == typeof(long)
            ? new Rational(long.CreateTruncating(cells[cell]))
            : new Rational(BigInteger.CreateChecked(cells[cell]), BigInteger.CreateChecked(cells[Scale]));
    }
}
