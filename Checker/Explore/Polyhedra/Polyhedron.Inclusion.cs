using System.Numerics;

namespace Irekae.Checker.Explore.Polyhedra;

public sealed partial class Polyhedron
{
    /// <summary>
    /// Whether every point of the other is a point of this, exactly. Cheap answers first: the same rows, fewer equalities than needed, boxes,
    /// a vertex of the other outside, a row that the other has too; then one linear program per row still open.
    /// </summary>
    public bool Includes(Polyhedron other)
    {
        if (other.Dimensions != Dimensions) throw new ArgumentException("polyhedra over different dimensions do not compare", nameof(other));
        if (Equals(other) || _cells.Length == 0) return true;
        if (other._equalities < _equalities) return false;
        if (!BoxIncludes(other) || LeavesOutVertexOf(other) || !EqualitiesHoldOn(other)) return false;
        if (!other._wide)
        {
            try
            {
                return InequalitiesHoldOn(other, other.Vertex());
            }
            catch (OverflowException)
            {
                other._wide = true;
            }
        }
        return InequalitiesHoldOn(other, other.WideVertex());
    }

    /// <summary>Whether every point satisfies the row.</summary>
    public bool Implies(Row row)
    {
        if (Contains(row)) return true;
        var supremum = Supremum(row.Coefficients);
        return supremum.IsBounded && (supremum.Value < row.Constant || (supremum.Value == row.Constant && !(row.Strict && supremum.Attained)));
    }

    private bool BoxIncludes(Polyhedron other)
    {
        if (!Fits(other.Outline, Outline) && !other.OutlineIsVague) return false;
        if (_outlineIsExact && other._outlineIsExact) return true;
        var (own, its) = (Around(), other.Around());
        for (var j = 0; j < Dimensions; j++)
        {
            if (own.Upper[j].IsBounded)
            {
                if (!its.Upper[j].IsBounded) return false;
                var order = its.Upper[j].Value.CompareTo(own.Upper[j].Value);
                if (order > 0 || (order == 0 && its.Upper[j].Attained && !own.Upper[j].Attained)) return false;
            }
            if (own.Lower[j].IsBounded)
            {
                if (!its.Lower[j].IsBounded) return false;
                var order = its.Lower[j].Value.CompareTo(own.Lower[j].Value);
                if (order < 0 || (order == 0 && its.Lower[j].Attained && !own.Lower[j].Attained)) return false;
            }
        }
        return true;
    }

    private bool LeavesOutVertexOf(Polyhedron other)
    {
        var n = Dimensions;
        var vertices = other.Around().Vertices;
        for (var v = 0; v < vertices.Length; v += n + 1)
        {
            for (var i = 0; i < _rows; i++)
            {
                var row = InequalityRow(i);
                var excess = -(Int128)row[n] * vertices[v + n];
                if (!IsModest(row)) continue;
                var sum = 0L;
                for (var j = 0; j < n; j++) sum += row[j] * vertices[v + j];
                if (sum + excess > 0) return true;
            }
        }
        return false;
    }

    private bool EqualitiesHoldOn(Polyhedron other)
    {
        if (_equalities == 0) return true;
        using var work = RowBuffer.Rent(Dimensions);
        for (var i = 0; i < _equalities; i++)
        {
            work.Clear();
            work.Append(EqualityRow(i));
            for (var e = 0; e < other._equalities; e++)
            {
                var equality = other.EqualityRow(e);
                Echelon.Cancel(work, 0, equality.IndexOfAnyExcept(0L), equality);
            }
            if (work[0].ContainsAnyExcept(0L)) return false;
        }
        return true;
    }

    private bool InequalitiesHoldOn<T>(Polyhedron other, Tableau<T> vertex) where T : struct, IBinaryInteger<T>
    {
        using var tableau = Tableau<T>.Rent();
        var loaded = false;
        for (var i = 0; i < _rows; i++)
        {
            var row = InequalityRow(i);
            if (HoldsOnBox(row, other.Around()) || other.Contains(row[..Dimensions], row[Dimensions], row[Dimensions + 1] != 0)) continue;
            if (!loaded) tableau.CopyFrom(vertex);
            loaded = true;
            if (!tableau.SetGoal(row[..Dimensions]) || !tableau.StaysAtMost(row[Dimensions])) return false;
            if (row[Dimensions + 1] != 0 && tableau.GoalEquals(row[Dimensions]) && other.IsMetUnspoilt(tableau)) return false;
        }
        return true;
    }

    /// <summary>A row over one dimension holds once the boxes are included in one another; any other if the box is on its side throughout.</summary>
    private bool HoldsOnBox(ReadOnlySpan<long> row, Surroundings box)
    {
        if (!IsModest(row)) return false;
        var (most, terms) = (0L, 0);
        for (var j = 0; j < Dimensions; j++)
        {
            var a = row[j];
            if (a == 0) continue;
            terms++;
            var extreme = a > 0 ? box.High[j] : box.Low[j];
            if (extreme == Infinity) return false;
            most += a * extreme;
        }
        return terms == 1 || most < row[Dimensions] || (most == row[Dimensions] && row[Dimensions + 1] == 0);
    }

    /// <summary>Whether products of this row with modest numbers cannot leave 64 bits (up to 64 terms of 2^16 · 2^40).</summary>
    private bool IsModest(ReadOnlySpan<long> row)
    {
        if (Dimensions > 64) return false;
        for (var j = 0; j < Dimensions; j++)
            if (row[j] is > ModestCoefficient or < -ModestCoefficient) return false;
        return true;
    }
}
