using System.Collections.Immutable;
using System.Numerics;
using Irekae.Model.Numbers;

namespace Irekae.Model.Binding;

/// <summary>
/// Exact arithmetic on affine times. A time's terms are ordered by parameter index and have no zero factor,
/// so two equal times have equal terms. Parameters range over a box with constant sides, so the least value of an
/// affine time is attained at a corner: each parameter at its low end when its factor is positive, else at its high end.
/// </summary>
internal static class AffineArithmetic
{
    public static readonly Rational Zero = new(BigInteger.Zero, BigInteger.One);

    public static Rational Whole(BigInteger value) => new(value, BigInteger.One);

    public static Rational Fraction(BigInteger numerator, BigInteger denominator)
    {
        if (denominator.Sign < 0) (numerator, denominator) = (-numerator, -denominator);
        var divisor = BigInteger.GreatestCommonDivisor(numerator, denominator);
        return divisor.IsOne ? new(numerator, denominator) : new(numerator / divisor, denominator / divisor);
    }

    public static Rational Sum(Rational a, Rational b) =>
        Fraction((a.Numerator * b.Denominator) + (b.Numerator * a.Denominator), a.Denominator * b.Denominator);

    public static Rational Product(Rational a, Rational b) => Fraction(a.Numerator * b.Numerator, a.Denominator * b.Denominator);

    public static int Order(Rational a, Rational b) => (a.Numerator * b.Denominator).CompareTo(b.Numerator * a.Denominator);

    public static int Sign(Rational a) => a.Numerator.Sign;

    public static AffineTime Sum(AffineTime a, AffineTime b)
    {
        if (a.Terms.IsEmpty && b.Terms.IsEmpty) return AffineTime.Of(Sum(a.Constant, b.Constant));
        var terms = a.Terms.Concat(b.Terms)
            .GroupBy(term => term.Parameter.Index)
            .OrderBy(group => group.Key)
            .Select(group => (group.First().Parameter, Factor: group.Aggregate(Zero, (sum, term) => Sum(sum, term.Factor))))
            .Where(term => Sign(term.Factor) != 0);
        return new(Sum(a.Constant, b.Constant), [.. terms]);
    }

    public static AffineTime Scale(AffineTime a, Rational factor) =>
        Sign(factor) == 0
            ? AffineTime.Of(Zero)
            : new(Product(a.Constant, factor), [.. a.Terms.Select(term => (term.Parameter, Product(term.Factor, factor)))]);

    public static AffineTime Difference(AffineTime a, AffineTime b) => Sum(a, Scale(b, Whole(BigInteger.MinusOne)));

    /// <summary>The smallest value over all values of the parameters.</summary>
    public static Rational Least(AffineTime time)
    {
        var least = time.Constant;
        foreach (var (parameter, factor) in time.Terms)
        {
            var corner = Sign(factor) > 0 ? parameter.Range.Low : parameter.Range.High ?? parameter.Range.Low;
            least = Sum(least, Product(factor, corner.Constant));
        }
        return least;
    }

    /// <summary>A time in the largest unit that needs no fraction, or a fraction of nanoseconds: <c>120 us</c>.</summary>
    public static string Print(Rational nanoseconds)
    {
        if (Sign(nanoseconds) == 0) return "0";
        if (!nanoseconds.Denominator.IsOne) return $"{nanoseconds.Numerator}/{nanoseconds.Denominator} ns";
        foreach (var (unit, size) in new[] { ("s", 1_000_000_000), ("ms", 1_000_000), ("us", 1_000) })
            if ((nanoseconds.Numerator % size).IsZero) return $"{nanoseconds.Numerator / size} {unit}";
        return $"{nanoseconds.Numerator} ns";
    }

    public static string Print(AffineTime time) =>
        string.Join(" + ", time.Terms.Select(term => $"{term.Factor.Numerator}{(term.Factor.Denominator.IsOne ? "" : $"/{term.Factor.Denominator}")} * {term.Parameter.Name}")
            .Append(Print(time.Constant)));
}
