namespace Irekae.Checker.Explore.Polyhedra;

/// <summary>
/// Equalities in reduced echelon form: row i has a positive leading coefficient in a dimension in which every other row has 0, and the
/// leading dimensions increase. The form depends on the affine subspace alone.
/// </summary>
internal static class Echelon
{
    /// <summary>False if the equalities contradict each other.</summary>
    public static bool Reduce(RowBuffer equalities)
    {
        var n = equalities.Dimensions;
        var rank = 0;
        for (var j = 0; j < n && rank < equalities.Count; j++)
        {
            var best = -1;
            for (var i = rank; i < equalities.Count; i++)
            {
                if (equalities[i][j] == 0) continue;
                if (best < 0 || Integers.Magnitude(equalities[i][j]) < Integers.Magnitude(equalities[best][j])) best = i;
            }
            if (best < 0) continue;
            equalities.Swap(best, rank);
            var lead = equalities[rank];
            if (lead[j] < 0)
                for (var c = 0; c <= n; c++) lead[c] = Integers.Negate(lead[c]);
            equalities.Normalise(rank);
            for (var i = 0; i < equalities.Count; i++)
                if (i != rank) Cancel(equalities, i, j, lead);
            rank++;
        }
        for (var i = equalities.Count - 1; i >= rank; i--)
        {
            if (equalities.Constant(i) != 0) return false;
            equalities.RemoveAt(i);
        }
        return true;
    }

    /// <summary>Rids the rows of the leading dimensions of reduced equalities.</summary>
    public static void Substitute(RowBuffer equalities, RowBuffer rows)
    {
        for (var e = 0; e < equalities.Count; e++)
        {
            var equality = equalities[e];
            var lead = equality.IndexOfAnyExcept(0L);
            for (var i = 0; i < rows.Count; i++) Cancel(rows, i, lead, equality);
        }
    }

    /// <summary>Adds the multiple of an equality that makes the coefficient 0; the row keeps its direction whatever the sign of the equality's.</summary>
    public static void Cancel(RowBuffer rows, int row, int dimension, ReadOnlySpan<long> equality)
    {
        var a = rows[row][dimension];
        if (a == 0) return;
        var lead = equality[dimension];
        var divisor = Integers.Gcd(Integers.Magnitude(a), Integers.Magnitude(lead));
        var factor = divisor > long.MaxValue ? throw new CoefficientOverflowException() : (long)divisor;
        var (p, q) = (lead / factor, Integers.Negate(a / factor));
        if (p < 0) (p, q) = (Integers.Negate(p), Integers.Negate(q));
        rows.Combine(row, p, q, equality);
    }
}
