using Irekae.Checker.Explore.Polyhedra;

namespace Irekae.Checker.Proofs;

/// <summary>
/// Rows from which others follow, with the combination that shows it. One row alone or two together are tried first: that is nearly always enough
/// (a guard, a bound and a difference), and a linear program costs a hundred times as much.
/// </summary>
/// <param name="rows">All over the same dimensions.</param>
internal sealed class Premises(IReadOnlyList<Row> rows)
{
    /// <summary>a·z ≤ b, or &lt;; null: it does not follow.</summary>
    public Combination? Imply(ReadOnlySpan<long> goal, long constant, bool strict)
    {
        if (!goal.ContainsAnyExcept(0L) && (strict ? constant > 0 : constant >= 0)) return Combination.Nothing;
        if (Few(goal, constant, strict) is var (first, second)) return second < 0 ? Combination.Single(1, first) : Combination.Pair(1, first, second);
        return LinearProgram.Maximise(rows, goal) switch
        {
            LinearOutcome.Optimal best when best.Value < constant || (best.Value == constant && !(strict && best.Attained)) => Combination.Of(best.Scale, best.Multipliers),
            _ => null,
        };
    }

    /// <summary>A contradiction; null: some point satisfies them all.</summary>
    public Combination? Refute(int dimensions)
    {
        var zero = dimensions <= 64 ? stackalloc long[dimensions] : new long[dimensions];
        if (Few(zero, 0, strict: true) is var (first, second)) return second < 0 ? Combination.Single(0, first) : Combination.Pair(0, first, second);
        return LinearProgram.Refute(dimensions, rows) is { } found ? Combination.Of(0, found.Multipliers) : null;
    }

    /// <summary>One or two rows whose sum is the goal; later rows, which are the edge's own, before earlier ones.</summary>
    private (int First, int Second)? Few(ReadOnlySpan<long> goal, long constant, bool strict)
    {
        for (int i = rows.Count - 1; i >= 0; i--)
            if (Suffices(rows[i].Constant, rows[i].Strict) && rows[i].Coefficients.SequenceEqual(goal)) return (i, -1);
        for (int i = rows.Count - 1; i >= 0; i--)
        {
            for (int j = i; j >= 0; j--)
                if (Suffices((Int128)rows[i].Constant + rows[j].Constant, rows[i].Strict || rows[j].Strict) && AddUp(rows[i].Coefficients, rows[j].Coefficients, goal)) return (i, j);
        }

        return null;

        bool Suffices(Int128 bound, bool excluded) => bound < constant || (bound == constant && (excluded || !strict));
    }

    private static bool AddUp(ReadOnlySpan<long> first, ReadOnlySpan<long> second, ReadOnlySpan<long> goal)
    {
        for (int k = 0; k < goal.Length; k++)
            if (unchecked(first[k] + second[k]) != goal[k] || (first[k] ^ goal[k]) < 0 && (second[k] ^ goal[k]) < 0) return false;
        return true;
    }
}
