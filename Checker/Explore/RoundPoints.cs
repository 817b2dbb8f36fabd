using System.Collections.Immutable;
using System.Numerics;
using Irekae.Checker.Explore.Polyhedra;
using Irekae.Model.Numbers;

namespace Irekae.Checker.Explore;

/// <summary>
/// Points of one run, whose coordinates should share a small denominator D: an integer where there is one, else the smallest multiple of 1/D,
/// else an end of what is left (vertices have small denominators), else the fraction with the smallest denominator. D grows by what was chosen.
/// Choosing the simplest fraction each time instead lets the common denominator of a long run leave 64 bits.
/// </summary>
internal sealed class RoundPoints
{
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
        var scaled = lower.Value * Denominator;
        var onGrid = new Rational(lower.Attained || !scaled.IsInteger ? scaled.Ceiling() : scaled.Numerator + 1, Denominator);
        if (onGrid < upper.Value || (upper.Attained && onGrid == upper.Value)) return onGrid;
        return lower.Attained ? lower.Value : upper.Attained ? upper.Value : simplest;
    }
}
