using System.Numerics;

namespace Irekae.Checker.Explore.Polyhedra;

/// <summary>
/// Brings rows into the one form that the set alone decides (theory: Polyhedron):
/// <code>
///     any rows  →  equalities reduced  →  rows in the remaining dimensions, tightest only
///               →  empty? rows that hold with equality throughout? (those become equalities: start over)
///               →  facets  →  corners: the strict rows that cut off a face below a facet  →  sorted
/// </code>
/// </summary>
internal static class CanonicalForm
{
    private enum Finding { Empty, Flat, Solid }

    private enum Fate : byte { Facet, Redundant, Corner, Equality }

    [ThreadStatic] private static Fate[]? t_fates;

    /// <summary>False if nothing satisfies the rows; otherwise the first <paramref name="facets"/> rows are facets, the rest corners.</summary>
    public static bool Reach(RowBuffer equalities, RowBuffer rows, out int facets)
    {
        using var corners = RowBuffer.Rent(rows.Dimensions);
        var inhabited = Sift(equalities, rows, corners);
        facets = rows.Count;
        if (!inhabited) return false;
        rows.Sort(0);
        if (corners.Count > 0) Corners.Append(equalities, rows, corners);
        return true;
    }

    /// <summary>The same set with fewer rows, in no particular order. False if it is empty.</summary>
    public static bool DropRedundant(RowBuffer equalities, RowBuffer rows)
    {
        using var corners = RowBuffer.Rent(rows.Dimensions);
        if (!Sift(equalities, rows, corners)) return false;
        rows.Append(corners.Cells);
        return true;
    }

    private static bool Sift(RowBuffer equalities, RowBuffer rows, RowBuffer corners)
    {
        while (true)
        {
            if (!Echelon.Reduce(equalities)) return false;
            Echelon.Substitute(equalities, rows);
            if (!rows.DropDominated()) return false;
            if (TakeOpposites(equalities, rows)) continue;
            if ((t_fates ??= new Fate[64]).Length < rows.Count) t_fates = new Fate[rows.Count * 2];
            var fates = t_fates.AsSpan(0, rows.Count);
            var finding = Examine(equalities, rows, fates);
            if (finding == Finding.Empty) return false;
            for (var i = rows.Count - 1; i >= 0; i--)
            {
                if (fates[i] == Fate.Facet) continue;
                if (fates[i] == Fate.Corner) corners.Append(rows[i]);
                if (fates[i] == Fate.Equality) equalities.Append(rows[i]);
                rows.RemoveAt(i);
            }
            if (finding == Finding.Solid) return true;
        }
    }

    /// <summary>
    /// a·x ≤ b with −a·x ≤ −b is an equality. One is enough to start over; what is contradictory about a pair is left to the linear program.
    /// </summary>
    private static bool TakeOpposites(RowBuffer equalities, RowBuffer rows)
    {
        var found = false;
        for (var i = 0; i < rows.Count; i++)
        {
            for (var k = i + 1; k < rows.Count; k++)
            {
                if (!AreOpposite(rows[i], rows[k])) continue;
                equalities.Append(rows[i]);
                rows.RemoveAt(k);
                rows.RemoveAt(i);
                i--;
                found = true;
                break;
            }
        }
        return found;

        static bool AreOpposite(ReadOnlySpan<long> a, ReadOnlySpan<long> b)
        {
            for (var j = 0; j < a.Length - 1; j++)
                if (a[j] != unchecked(-b[j])) return false;
            return a[^1] == 0 && b[^1] == 0;
        }
    }

    private static Finding Examine(RowBuffer equalities, RowBuffer rows, Span<Fate> fates)
    {
        try
        {
            return Examine<long>(equalities, rows, fates);
        }
        catch (OverflowException)
        {
            return Examine<BigInteger>(equalities, rows, fates);
        }
    }

    private static Finding Examine<T>(RowBuffer equalities, RowBuffer rows, Span<Fate> fates) where T : struct, IBinaryInteger<T>
    {
        using var tableau = Tableau<T>.Rent();
        tableau.Load(equalities, rows);
        if (tableau.FindInfeasibleLine() >= 0) return Finding.Empty;
        var flat = false;
        for (var i = 0; i < rows.Count; i++)
        {
            fates[i] = Fate.Facet;
            if (tableau.CanBePositive(i)) continue;
            if (rows.IsStrict(i)) return Finding.Empty;
            fates[i] = Fate.Equality;
            flat = true;
        }
        if (flat) return Finding.Flat;
        for (var i = 0; i < rows.Count; i++)
        {
            fates[i] = tableau.RemoveIfRedundant(i) switch
            {
                Redundancy.Facet => Fate.Facet,
                Redundancy.Touches when rows.IsStrict(i) => Fate.Corner,
                _ => Fate.Redundant,
            };
        }
        return Finding.Solid;
    }
}
