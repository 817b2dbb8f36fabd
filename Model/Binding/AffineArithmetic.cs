using Irekae.Model.Numbers;

namespace Irekae.Model.Binding;

/// <summary>
/// Exact arithmetic on affine times. A time's terms are ordered by parameter index and have no zero factor,
/// so two equal times have equal terms. Parameters range over a box with constant sides, so the least value of an
/// affine time is attained at a corner: each parameter at its low end when its factor is positive, else at its high end.
/// </summary>
public static class AffineArithmetic
{
    public static AffineTime Sum(AffineTime a, AffineTime b)
    {
        if (a.IsConstant && b.IsConstant) return AffineTime.Of(a.Constant + b.Constant);
        var terms = a.Terms.Concat(b.Terms)
            .GroupBy(term => term.Parameter.Index)
            .OrderBy(group => group.Key)
            .Select(group => (group.First().Parameter, Factor: group.Aggregate(Rational.Zero, (sum, term) => sum + term.Factor)))
            .Where(term => term.Factor.Sign != 0);
        return new(a.Constant + b.Constant, [.. terms]);
    }

    public static AffineTime Scale(AffineTime a, Rational factor) =>
        factor.Sign == 0 ? AffineTime.Of(Rational.Zero) : new(a.Constant * factor, [.. a.Terms.Select(term => (term.Parameter, term.Factor * factor))]);

    public static AffineTime Difference(AffineTime a, AffineTime b) => Sum(a, Scale(b, -1));

    /// <summary>The same for all values of the parameters.</summary>
    public static bool Same(AffineTime a, AffineTime b) => Difference(a, b) is { IsConstant: true, Constant.Sign: 0 };

    /// <summary>The smallest value over all values of the parameters.</summary>
    public static Rational Least(AffineTime time)
    {
        var least = time.Constant;
        foreach (var (parameter, factor) in time.Terms)
            least += factor * (factor.Sign > 0 ? parameter.Range.Low : parameter.Range.High ?? parameter.Range.Low).Constant;
        return least;
    }

    /// <summary>As a person writes it: <c>120 us</c>, <c>share + 57 us</c>.</summary>
    public static string Print(AffineTime time)
    {
        var terms = time.Terms.Select(term => term.Factor == Rational.One ? term.Parameter.Name : $"{term.Factor} * {term.Parameter.Name}");
        return string.Join(" + ", time.IsConstant || time.Constant.Sign != 0 ? terms.Append(TimeText.Of(time.Constant)) : terms);
    }
}
