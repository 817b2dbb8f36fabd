namespace Irekae.Checker.Explore.Polyhedra;

/// <summary>
/// Exact projection. A dimension that occurs in an equality is replaced by what it equals. Otherwise Fourier and Motzkin: every upper
/// bound p·v ≤ U and every lower bound L ≤ q·v give q·U ≥ p·L, strict iff one of the two is. Between a lower and an upper bound that
/// satisfy all of these there is a real v (density is why strictness combines so), hence nothing is lost or gained.
/// </summary>
internal static class Elimination
{
    /// <summary>Above so many rows a projection in progress is first rid of what follows from the rest.</summary>
    private const int Crowded = 40;

    /// <summary>False if a contradiction comes to light. A projection of a non-empty set is never empty.</summary>
    public static bool Eliminate(RowBuffer equalities, RowBuffer rows, Span<bool> unwanted)
    {
        var sifted = 0;
        while (true)
        {
            for (var v = 0; v < unwanted.Length; v++)
                if (unwanted[v] && SubstituteOut(equalities, rows, v)) unwanted[v] = false;
            if (!rows.DropDominated()) return false;
            var next = Cheapest(rows, unwanted);
            if (next < 0) return true;
            if (rows.Count > Crowded && rows.Count > 2 * sifted)
            {
                if (!CanonicalForm.DropRedundant(equalities, rows)) return false;
                sifted = rows.Count;
                continue;
            }
            CombineOut(rows, next);
            unwanted[next] = false;
        }
    }

    private static bool SubstituteOut(RowBuffer equalities, RowBuffer rows, int v)
    {
        var best = -1;
        for (var i = 0; i < equalities.Count; i++)
        {
            if (equalities[i][v] == 0) continue;
            if (best < 0 || Integers.Magnitude(equalities[i][v]) < Integers.Magnitude(equalities[best][v])) best = i;
        }
        if (best < 0) return false;
        var equality = equalities[best];
        for (var i = 0; i < equalities.Count; i++)
            if (i != best) Echelon.Cancel(equalities, i, v, equality);
        for (var i = 0; i < rows.Count; i++) Echelon.Cancel(rows, i, v, equality);
        equalities.RemoveAt(best);
        return true;
    }

    /// <summary>The dimension whose elimination adds the fewest rows; −1 if none is left.</summary>
    private static int Cheapest(RowBuffer rows, ReadOnlySpan<bool> unwanted)
    {
        var (best, bestGrowth) = (-1, long.MaxValue);
        for (var v = 0; v < unwanted.Length; v++)
        {
            if (!unwanted[v]) continue;
            var (upper, lower) = (0L, 0L);
            for (var i = 0; i < rows.Count; i++)
            {
                var a = rows[i][v];
                if (a > 0) upper++;
                else if (a < 0) lower++;
            }
            var growth = upper * lower - upper - lower;
            if (growth < bestGrowth) (best, bestGrowth) = (v, growth);
        }
        return best;
    }

    private static void CombineOut(RowBuffer rows, int v)
    {
        var count = rows.Count;
        for (var i = 0; i < count; i++)
        {
            if (rows[i][v] <= 0) continue;
            for (var k = 0; k < count; k++)
            {
                if (rows[k][v] >= 0) continue;
                rows.Append();
                rows[i].CopyTo(rows[rows.Count - 1]);
                var (p, q) = (rows[i][v], Integers.Negate(rows[k][v]));
                var divisor = (long)Integers.Gcd((ulong)p, (ulong)q);
                rows.Combine(rows.Count - 1, q / divisor, p / divisor, rows[k]);
            }
        }
        rows.RemoveWhere(v, count);
    }
}
