using System.Numerics;

namespace Irekae.Checker.Explore.Polyhedra;

/// <summary>
/// Strict rows that touch the closure in a face below a facet: x + y &lt; 2 over the unit square takes off one point. Many rows
/// take off the same face; the one that is kept is the sum of all facets that are tight on it, which the face alone decides.
/// A face with fewer tight facets is larger. Nothing is taken off where a strict facet, or a larger corner, already did.
/// </summary>
internal static class Corners
{
    public static void Append(RowBuffer equalities, RowBuffer facets, RowBuffer candidates)
    {
        var kept = new List<bool[]>();
        for (var i = 0; i < candidates.Count; i++)
        {
            var tight = TightFacets(equalities, facets, candidates[i]);
            if (HasStrict(facets, tight) || kept.Exists(larger => IsSubset(larger, tight))) continue;
            kept.RemoveAll(smaller => IsSubset(tight, smaller));
            kept.Add(tight);
        }
        var first = facets.Count;
        foreach (var tight in kept)
        {
            var sum = facets.Append();
            for (var i = 0; i < first; i++)
            {
                if (!tight[i]) continue;
                var facet = facets[i];
                for (var j = 0; j <= facets.Dimensions; j++) sum[j] = Integers.Combine(1, sum[j], 1, facet[j]);
            }
            Integers.DivideByGcd(sum[..^1]);
            sum[^1] = 1;
        }
        facets.Sort(first);
    }

    private static bool[] TightFacets(RowBuffer equalities, RowBuffer facets, ReadOnlySpan<long> row)
    {
        try
        {
            return TightFacets<long>(equalities, facets, row);
        }
        catch (OverflowException)
        {
            return TightFacets<BigInteger>(equalities, facets, row);
        }
    }

    private static bool[] TightFacets<T>(RowBuffer equalities, RowBuffer facets, ReadOnlySpan<long> row) where T : struct, IBinaryInteger<T>
    {
        using var tableau = Tableau<T>.Rent();
        var tight = new bool[facets.Count];
        tableau.Load(equalities, facets);
        if (tableau.FindInfeasibleLine() >= 0 || !tableau.SetGoal(row[..facets.Dimensions]) || tableau.Maximise() >= 0)
            throw new System.Diagnostics.UnreachableException("a row that touches a set is bounded over it");
        tableau.ConfineToOptimalFace(tight);
        for (var i = 0; i < tight.Length; i++)
            if (!tight[i] && !tableau.CanBePositive(i)) tight[i] = true;
        return tight;
    }

    private static bool HasStrict(RowBuffer facets, bool[] tight)
    {
        for (var i = 0; i < tight.Length; i++)
            if (tight[i] && facets.IsStrict(i)) return true;
        return false;
    }

    private static bool IsSubset(bool[] some, bool[] all)
    {
        for (var i = 0; i < some.Length; i++)
            if (some[i] && !all[i]) return false;
        return true;
    }
}
