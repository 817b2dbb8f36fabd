using System.Collections.Immutable;
using System.Numerics;
using Irekae.Checker.Explore.Polyhedra;
using Irekae.Model.Numbers;

namespace Irekae.Checker.Explore;

/// <summary>
/// Points of one run, whose coordinates should share a small denominator D: an integer where there is one, else an end of what is left
/// (vertices have small denominators), else a multiple of 1/D. Where strict rows leave no multiple, D grows a thousandfold, once for
/// the next thousand choices: such rows come in chains x_1 &lt; x_2 &lt; …, met one by one, so the multiple farthest from the end that earlier choices
/// made (the one that is no integer) is taken and leaves nearly all of the room to the rest of the chain. Choosing the simplest fraction each time instead lets the
/// common denominator of a long run leave 64 bits after a handful of steps.
/// </summary>
internal sealed class RoundPoints
{
    private const int Refinement = 1024;

    public BigInteger Denominator { get; private set; } = BigInteger.One;

    /// <summary>Null if no point of the set satisfies the rows.</summary>
    public ImmutableArray<Rational>? Find(Polyhedron set, IEnumerable<RationalRow> rows) =>
        set.With(rows.Select(r => r.ToRow())) is { } left ? Find(left) : null;

    public ImmutableArray<Rational> Find(Polyhedron set)
    {
        var point = ImmutableArray.CreateBuilder<Rational>(set.Dimensions);
        var rest = set;
        for (int j = 0; j < set.Dimensions; j++)
        {
            var (lower, upper) = rest.Bounds(j);
            bool known = lower.IsBounded && upper.IsBounded && lower.Value == upper.Value;
            var value = known ? lower.Value : Choose(lower, upper);
            Denominator = Denominator / BigInteger.GreatestCommonDivisor(Denominator, value.Denominator) * value.Denominator;
            point.Add(value);
            if (!known) rest = rest.With(RationalRow.Fixed(set.Dimensions, j, value).Select(r => r.ToRow()))!;
        }

        return point.MoveToImmutable();
    }

    private Rational Choose(Extremum lower, Extremum upper)
    {
        var simplest = Interval.Simplest(lower, upper);
        if (simplest.IsInteger) return simplest;
        if (lower.Attained || upper.Attained) return lower.Attained ? lower.Value : upper.Value;
        if (Multiples(lower, upper) is var (first, last) && first > last)
        {
            Denominator *= Refinement;
            (first, last) = Multiples(lower, upper);
            if (first > last) return simplest;
        }

        var multiple = (lower.Value.IsInteger, upper.Value.IsInteger) switch
        {
            (true, false) => first,
            (false, true) => last,
            _ => (first + last) / 2,
        };
        return new Rational(multiple, Denominator);
    }

    /// <summary>The first and last multiple of 1/D strictly in between.</summary>
    private (BigInteger First, BigInteger Last) Multiples(Extremum lower, Extremum upper) =>
        ((lower.Value * Denominator).Floor() + 1, (upper.Value * Denominator).Ceiling() - 1);
}
