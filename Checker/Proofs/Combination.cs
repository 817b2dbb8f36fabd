using System.Collections.Immutable;
using System.Numerics;

namespace Irekae.Checker.Proofs;

/// <summary>
/// Σ λ·premise = μ·conclusion, λ &gt; 0; μ = 0: a contradiction. In lowest terms, premises in their order. Equality is identity.
/// </summary>
internal sealed class Combination
{
    private Combination(BigInteger factor, ImmutableArray<(int Premise, BigInteger Times)> terms) => (Factor, Terms) = (factor, terms);

    public BigInteger Factor { get; }

    public ImmutableArray<(int Premise, BigInteger Times)> Terms { get; }

    public static Combination Nothing { get; } = new(1, []);

    public static Combination Single(BigInteger factor, int premise) => new(factor, [(premise, BigInteger.One)]);

    /// <summary>Each once for each time it is named.</summary>
    public static Combination Sum(BigInteger factor, ReadOnlySpan<int> premises)
    {
        var terms = new SortedList<int, BigInteger>(premises.Length);
        foreach (int premise in premises) terms[premise] = terms.GetValueOrDefault(premise) + 1;
        return Of(factor, [.. terms.Select(t => (t.Key, t.Value))]);
    }

    /// <param name="multipliers">By premise.</param>
    public static Combination Of(BigInteger factor, ImmutableArray<BigInteger> multipliers) =>
        Of(factor, [.. Enumerable.Range(0, multipliers.Length).Where(i => !multipliers[i].IsZero).Select(i => (i, multipliers[i]))]);

    /// <summary>The same of premises that have other numbers now; the order is kept.</summary>
    public Combination Renumbered(Func<int, int> number) => new(Factor, [.. Terms.Select(t => (number(t.Premise), t.Times))]);

    private static Combination Of(BigInteger factor, ImmutableArray<(int Premise, BigInteger Times)> terms)
    {
        var divisor = terms.Aggregate(factor, (d, t) => BigInteger.GreatestCommonDivisor(d, t.Times));
        return divisor.IsOne ? new(factor, terms) : new(factor / divisor, [.. terms.Select(t => (t.Premise, t.Times / divisor))]);
    }
}
