using System.Collections.Immutable;
using Irekae.Checker.Explore.Polyhedra;

namespace Irekae.Checker.Proofs;

/// <summary>
/// Rows from which others follow, with the combination that shows it. One row alone, two, or two and one of the edge's own are tried first: that is nearly
/// always enough (a guard, a bound and a difference), and a linear program costs ten times as much.
/// </summary>
/// <param name="set">Rows over the first dimensions.</param>
/// <param name="edge">Rows over all of them; they are numbered after those of the set.</param>
internal sealed class Premises(int dimensions, ImmutableArray<Row> set, ImmutableArray<Row> edge)
{
    private readonly int count = set.Length + edge.Length;
    private List<Row>? all;

    /// <summary>a·z ≤ b, or &lt;; null: it does not follow.</summary>
    public Combination? Imply(ReadOnlySpan<long> goal, long constant, bool strict)
    {
        if (!goal.ContainsAnyExcept(0L) && (strict ? constant > 0 : constant >= 0)) return Combination.Nothing;
        if (Few(1, goal, constant, strict) is { } few) return few;
        return LinearProgram.Maximise(All, goal) switch
        {
            LinearOutcome.Optimal best when best.Value < constant || (best.Value == constant && !(strict && best.Attained)) => Combination.Of(best.Scale, best.Multipliers),
            _ => null,
        };
    }

    /// <summary>A contradiction; null: some point satisfies them all.</summary>
    public Combination? Refute() => Few(0, new long[dimensions], 0, strict: true)
        ?? (LinearProgram.Refute(dimensions, All) is { } found ? Combination.Of(0, found.Multipliers) : null);

    private List<Row> All => all ??=
        [.. set.Select(row => row.Dimensions == dimensions ? row : Row.Of([.. row.Coefficients, .. new long[dimensions - row.Dimensions]], row.Constant, row.Strict)), .. edge];

    private Row this[int i] => i < set.Length ? set[i] : edge[i - set.Length];

    /// <summary>Rows whose sum is the goal; the edge's own before those of the set.</summary>
    private Combination? Few(int factor, ReadOnlySpan<long> goal, long constant, bool strict)
    {
        for (int i = count - 1; i >= 0; i--)
            if (Enough(this[i].Constant, this[i].Strict) && AddUp(this[i].Coefficients, default, goal)) return Combination.Single(factor, i);
        if (Two(goal, 0, false) is var (one, two)) return Combination.Sum(factor, [one, two]);
        Span<long> rest = stackalloc long[Math.Min(dimensions, 64)];
        for (int i = count - 1; i >= set.Length && dimensions <= 64; i--)
        {
            var own = this[i];
            for (int k = 0; k < dimensions; k++) rest[k] = unchecked(goal[k] - own[k]);
            if (Two(rest, own.Constant, own.Strict) is var (first, second)) return Combination.Sum(factor, [first, second, i]);
        }

        return null;

        bool Enough(Int128 bound, bool excluded) => bound < constant || (bound == constant && (excluded || !strict));

        (int, int)? Two(ReadOnlySpan<long> sum, long known, bool excluded)
        {
            for (int i = count - 1; i >= 0; i--)
            {
                var own = this[i];
                for (int j = i; j >= 0; j--)
                {
                    var other = this[j];
                    if (AddUp(own.Coefficients, other.Coefficients, sum) && Enough((Int128)own.Constant + other.Constant + known, own.Strict || other.Strict || excluded)) return (i, j);
                }
            }

            return null;
        }
    }

    /// <summary>Whether they add up to the goal modulo 2^64, which the checker looks at once more without; shorter ones are 0 beyond their end.</summary>
    private static bool AddUp(ReadOnlySpan<long> first, ReadOnlySpan<long> second, ReadOnlySpan<long> goal)
    {
        for (int k = 0; k < goal.Length; k++)
            if (unchecked((k < first.Length ? first[k] : 0) + (k < second.Length ? second[k] : 0)) != goal[k]) return false;
        return true;
    }
}
