using System.Numerics;
using System.Text;
using Irekae.Model.Numbers;

namespace Irekae.Checker.Explore.Polyhedra;

/// <summary>
/// A half-space: a·x ≤ b, or a·x &lt; b if strict. Divided by the greatest common divisor of all its numbers, so that a
/// half-space has one row (up to rows without variables). Equality is by content.
/// </summary>
public sealed class Row : IEquatable<Row>
{
    private readonly long[] _coefficients;

    private Row(long[] coefficients, long constant, bool strict)
    {
        _coefficients = coefficients;
        Constant = constant;
        Strict = strict;
    }

    public int Dimensions => _coefficients.Length;
    public ReadOnlySpan<long> Coefficients => _coefficients;
    public long this[int dimension] => _coefficients[dimension];
    public long Constant { get; }
    public bool Strict { get; }

    public static Row Of(ReadOnlySpan<long> coefficients, long constant, bool strict = false)
    {
        var cells = new long[coefficients.Length + 1];
        coefficients.CopyTo(cells);
        cells[^1] = constant;
        Integers.DivideByGcd(cells);
        return new Row(cells[..^1], cells[^1], strict);
    }

    /// <summary>a·x ≤ b for a rational b; the row is scaled until b is an integer.</summary>
    public static Row Of(ReadOnlySpan<long> coefficients, Rational constant, bool strict = false)
    {
        var scaled = new long[coefficients.Length];
        for (var j = 0; j < scaled.Length; j++) scaled[j] = Integers.ToLong(coefficients[j] * constant.Denominator);
        return Of(scaled, Integers.ToLong(constant.Numerator), strict);
    }

    /// <summary>x_i ≤ b</summary>
    public static Row AtMost(int dimensions, int i, long constant, bool strict = false) => Of(Unit(dimensions, i, 1), constant, strict);

    /// <summary>x_i ≥ b</summary>
    public static Row AtLeast(int dimensions, int i, long constant, bool strict = false) =>
        Of(Unit(dimensions, i, -1), Integers.Negate(constant), strict);

    /// <summary>x_i − x_j ≤ b</summary>
    public static Row Difference(int dimensions, int i, int j, long constant, bool strict = false)
    {
        var coefficients = Unit(dimensions, i, 1);
        coefficients[j] -= 1;
        return Of(coefficients, constant, strict);
    }

    /// <summary>The points outside: a·x &gt; b for a·x ≤ b, and a·x ≥ b for a·x &lt; b.</summary>
    public Row Complement()
    {
        var opposite = new long[_coefficients.Length];
        for (var j = 0; j < opposite.Length; j++) opposite[j] = Integers.Negate(_coefficients[j]);
        return new Row(opposite, Integers.Negate(Constant), !Strict);
    }

    public bool Holds(ReadOnlySpan<Rational> point)
    {
        var sum = Rational.Zero;
        for (var j = 0; j < _coefficients.Length; j++)
            if (_coefficients[j] != 0) sum += point[j] * _coefficients[j];
        return Strict ? sum < Constant : sum <= Constant;
    }

    public bool Equals(Row? other) =>
        other is not null && Strict == other.Strict && Constant == other.Constant && _coefficients.AsSpan().SequenceEqual(other._coefficients);

    public override bool Equals(object? obj) => Equals(obj as Row);

    public override int GetHashCode() => HashCode.Combine(Constant, Strict, Integers.Hash(_coefficients));

    public override string ToString()
    {
        var text = new StringBuilder();
        for (var j = 0; j < _coefficients.Length; j++)
        {
            var a = _coefficients[j];
            if (a == 0) continue;
            if (text.Length == 0) text.Append(a < 0 ? "-" : "");
            else text.Append(a < 0 ? " - " : " + ");
            if (a is not (1 or -1)) text.Append(BigInteger.Abs(a)).Append(' ');
            text.Append('x').Append(j);
        }
        if (text.Length == 0) text.Append('0');
        return text.Append(Strict ? " < " : " <= ").Append(Constant).ToString();
    }

    private static long[] Unit(int dimensions, int i, long value)
    {
        var coefficients = new long[dimensions];
        coefficients[i] = value;
        return coefficients;
    }
}
