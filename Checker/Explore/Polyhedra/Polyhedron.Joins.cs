using Irekae.Model.Numbers;

namespace Irekae.Checker.Explore.Polyhedra;

public sealed partial class Polyhedron
{
    /// <summary>
    /// A set that includes both: every row of either moved out until it holds for both, the boxes of both, and all equalities that hold on both.
    /// At least the convex hull and often more (a facet of the hull may have a direction that neither set has): exact only as a bound from above.
    /// </summary>
    public Polyhedron Join(Polyhedron other)
    {
        if (Includes(other)) return this;
        if (other.Includes(this)) return other;
        using var equalities = RowBuffer.Rent(Dimensions);
        using var rows = RowBuffer.Rent(Dimensions);
        AffineHull.Append(EqualityCells, other.EqualityCells, equalities);
        AppendMovedOut(this, other, rows);
        AppendMovedOut(other, this, rows);
        for (var j = 0; j < Dimensions; j++)
        {
            AppendBound(rows, j, 1, Wider(Bounds(j).Upper, other.Bounds(j).Upper));
            AppendBound(rows, j, -1, Wider(Mirrored(Bounds(j).Lower), Mirrored(other.Bounds(j).Lower)));
        }
        return Canonical(equalities, rows)!;
    }

    /// <summary>
    /// Of this set's half-spaces, those that hold for the other too: includes both, and in a chain of such steps rows only ever
    /// disappear, so that it ends.
    /// </summary>
    public Polyhedron Widen(Polyhedron other)
    {
        if (Includes(other)) return this;
        return FromRows(Dimensions, Rows.Where(other.Implies))!;
    }

    /// <summary>
    /// The union, if it is convex; null otherwise. Exact: the union is its join iff no point of the join breaks a row of each.
    /// </summary>
    public Polyhedron? JoinIfConvex(Polyhedron other)
    {
        var join = Join(other);
        if (ReferenceEquals(join, this) || ReferenceEquals(join, other)) return join;
        var outside = other.Rows.Where(row => !join.Implies(row)).Select(row => row.Complement()).ToArray();
        foreach (var row in Rows)
        {
            if (join.Implies(row)) continue;
            var beyond = join.With(row.Complement());
            if (beyond is not null && Array.Exists(outside, broken => beyond.With(broken) is not null)) return null;
        }
        return join;
    }

    private static void AppendMovedOut(Polyhedron own, Polyhedron other, RowBuffer rows)
    {
        var opposite = new long[own.Dimensions];
        for (var i = 0; i < own._equalities; i++)
        {
            var row = own.EqualityRow(i);
            var value = new Extremum(true, row[own.Dimensions], Attained: true);
            AppendBound(rows, row[..own.Dimensions], Wider(value, other.Supremum(row[..own.Dimensions])));
            for (var j = 0; j < opposite.Length; j++) opposite[j] = Integers.Negate(row[j]);
            AppendBound(rows, opposite, Wider(Mirrored(value), other.Supremum(opposite)));
        }
        for (var i = 0; i < own._rows; i++)
        {
            var row = own.InequalityRow(i);
            var value = new Extremum(true, row[own.Dimensions], Attained: row[^1] == 0);
            AppendBound(rows, row[..own.Dimensions], Wider(value, other.Supremum(row[..own.Dimensions])));
        }
    }

    private static Extremum Mirrored(Extremum end) => end with { Value = -end.Value };

    private static Extremum Wider(Extremum a, Extremum b)
    {
        if (!a.IsBounded || !b.IsBounded) return Extremum.Unbounded;
        return a.Value == b.Value ? a with { Attained = a.Attained || b.Attained } : a.Value > b.Value ? a : b;
    }

    private static void AppendBound(RowBuffer rows, int dimension, int sign, Extremum end)
    {
        Span<long> unit = stackalloc long[rows.Dimensions];
        unit[dimension] = sign;
        AppendBound(rows, unit, end);
    }

    private static void AppendBound(RowBuffer rows, ReadOnlySpan<long> coefficients, Extremum end)
    {
        if (end.IsBounded) rows.Append(Row.Of(coefficients, end.Value, strict: !end.Attained));
    }
}
