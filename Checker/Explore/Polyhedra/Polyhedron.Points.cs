using System.Collections.Immutable;
using System.Numerics;
using Irekae.Model.Numbers;

namespace Irekae.Checker.Explore.Polyhedra;

/// <summary>A row whose constant need not be an integer: what a replayed run says about a timer.</summary>
public readonly record struct RationalRow(ImmutableArray<long> Coefficients, Rational Constant, bool Strict = false)
{
    /// <summary>x_i = value, as two rows.</summary>
    public static IEnumerable<RationalRow> Fixed(int dimensions, int i, Rational value)
    {
        var unit = new long[dimensions];
        unit[i] = 1;
        yield return new RationalRow([.. unit], value);
        unit[i] = -1;
        yield return new RationalRow([.. unit], -value);
    }

    public Row ToRow() => Row.Of(Coefficients.AsSpan(), Constant, Strict);
}

public sealed partial class Polyhedron
{
    public bool Satisfies(ReadOnlySpan<Rational> point)
    {
        if (point.Length != Dimensions) throw new ArgumentException($"a point with {Dimensions} coordinates is needed", nameof(point));
        for (var i = 0; i < _equalities + _rows; i++)
        {
            var row = _cells.AsSpan(i * Stride, Stride);
            var sum = Rational.Zero;
            for (var j = 0; j < point.Length; j++)
                if (row[j] != 0) sum += point[j] * row[j];
            var order = sum.CompareTo(row[Dimensions]);
            if (i < _equalities ? order != 0 : order > 0 || (order == 0 && row[^1] != 0)) return false;
        }
        return true;
    }

    /// <summary>
    /// A point of the set with the roundest coordinates, the first ones first: 0 if the earlier coordinates leave room for it, else the integer
    /// nearest to 0, else the fraction with the smallest denominator.
    /// </summary>
    public ImmutableArray<Rational> FindPoint()
    {
        var point = ImmutableArray.CreateBuilder<Rational>(Dimensions);
        var rest = this;
        for (var j = 0; j < Dimensions; j++)
        {
            var (lower, upper) = rest.Bounds(j);
            var value = Interval.Simplest(lower, upper);
            point.Add(value);
            rest = rest.With(RationalRow.Fixed(Dimensions, j, value).Select(row => row.ToRow()))!;
        }
        return point.MoveToImmutable();
    }

    /// <summary>A point that satisfies the further rows too; null if there is none.</summary>
    public ImmutableArray<Rational>? FindPoint(IEnumerable<RationalRow> further) => With(further.Select(row => row.ToRow()))?.FindPoint();

    /// <summary>
    /// A round point at which the objective is largest or, where the supremum is not attained, less than <paramref name="gap"/> (above 0) below it.
    /// Null if the objective has no bound.
    /// </summary>
    public ImmutableArray<Rational>? FindPoint(ReadOnlySpan<long> objective, Rational gap)
    {
        var supremum = Supremum(objective);
        if (!supremum.IsBounded) return null;
        var opposite = objective.ToArray();
        for (var j = 0; j < opposite.Length; j++) opposite[j] = Integers.Negate(opposite[j]);
        var far = supremum.Attained
            ? new RationalRow([.. opposite], -supremum.Value)
            : new RationalRow([.. opposite], gap - supremum.Value, Strict: true);
        return FindPoint([far]);
    }
}

/// <summary>The simplest number between two ends.</summary>
internal static class Interval
{
    public static Rational Simplest(Extremum lower, Extremum upper)
    {
        if (Admits(lower, upper, Rational.Zero)) return Rational.Zero;
        if (lower.IsBounded && lower.Value.Sign >= 0) return SimplestAbove(lower.Value, lower.Attained, upper);
        var (mirroredLower, mirroredUpper) = (upper with { Value = -upper.Value }, lower with { Value = -lower.Value });
        return -SimplestAbove(mirroredLower.Value, mirroredLower.Attained, mirroredUpper);
    }

    /// <summary>
    /// For 0 ≤ low: the smallest integer if there is one, else floor + 1/y with y the simplest number between the reciprocals of what is left
    /// (the continued fraction: no fraction in between has a smaller denominator).
    /// </summary>
    private static Rational SimplestAbove(Rational low, bool lowAttained, Extremum high)
    {
        var floor = low.Floor();
        var first = lowAttained && low.IsInteger ? low : new Rational(floor + 1, BigInteger.One);
        if (!high.IsBounded || first < high.Value || (first == high.Value && high.Attained)) return first;
        Rational whole = floor;
        var inner = high.Value - whole;
        var outer = low - whole;
        var reciprocalHigh = outer.Sign == 0 ? Extremum.Unbounded : new Extremum(true, Rational.One / outer, lowAttained);
        return whole + Rational.One / SimplestAbove(Rational.One / inner, high.Attained, reciprocalHigh);
    }

    private static bool Admits(Extremum lower, Extremum upper, Rational value) =>
        (!lower.IsBounded || lower.Value < value || (lower.Attained && lower.Value == value))
        && (!upper.IsBounded || upper.Value > value || (upper.Attained && upper.Value == value));
}
