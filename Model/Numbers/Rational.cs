using System.Numerics;

namespace Irekae.Model.Numbers;

/// <summary>
/// An exact rational number, always in lowest terms with a positive denominator.
/// Two 64-bit words when both parts fit, a pair of big integers otherwise: equal numbers have equal representations.
/// </summary>
public readonly struct Rational : IEquatable<Rational>, IComparable<Rational>
{
    private sealed record Wide(BigInteger Numerator, BigInteger Denominator);

    // The denominator is stored less one, so that default(Rational) is zero.
    private readonly long _numerator;
    private readonly long _denominatorLessOne;
    private readonly Wide? _wide;

    public Rational(long value) => _numerator = value;

    public Rational(BigInteger numerator, BigInteger denominator)
    {
        if (denominator.IsZero) throw new DivideByZeroException("a rational number needs a denominator other than 0");
        var divisor = BigInteger.GreatestCommonDivisor(numerator, denominator);
        if (denominator.Sign < 0) divisor = -divisor;
        numerator /= divisor;
        denominator /= divisor;
        if (Fits(numerator) && Fits(denominator))
        {
            _numerator = (long)numerator;
            _denominatorLessOne = (long)denominator - 1;
        }
        else
        {
            _wide = new Wide(numerator, denominator);
        }
    }

    public static Rational Zero => default;
    public static Rational One => new(1);

    public BigInteger Numerator => _wide?.Numerator ?? _numerator;
    public BigInteger Denominator => _wide?.Denominator ?? _denominatorLessOne + BigInteger.One;
    public bool IsInteger => _wide is null ? _denominatorLessOne == 0 : _wide.Denominator.IsOne;
    public int Sign => _wide?.Numerator.Sign ?? Math.Sign(_numerator);

    private bool IsShortInteger => _wide is null && _denominatorLessOne == 0;

    public static implicit operator Rational(long value) => new(value);
    public static implicit operator Rational(BigInteger value) => new(value, BigInteger.One);

    public static Rational operator -(Rational a) =>
        a.IsShortInteger && a._numerator != long.MinValue ? new(-a._numerator) : new(-a.Numerator, a.Denominator);

    public static Rational operator +(Rational a, Rational b)
    {
        if (a.IsShortInteger && b.IsShortInteger)
        {
            var sum = unchecked(a._numerator + b._numerator);
            if (((a._numerator ^ sum) & (b._numerator ^ sum)) >= 0) return new(sum);
        }
        return new(a.Numerator * b.Denominator + b.Numerator * a.Denominator, a.Denominator * b.Denominator);
    }

    public static Rational operator -(Rational a, Rational b) => a + -b;

    public static Rational operator *(Rational a, Rational b)
    {
        if (a.IsShortInteger && b.IsShortInteger)
        {
            var high = Math.BigMul(a._numerator, b._numerator, out var low);
            if (high == low >> 63) return new(low);
        }
        return new(a.Numerator * b.Numerator, a.Denominator * b.Denominator);
    }

    public static Rational operator /(Rational a, Rational b) => new(a.Numerator * b.Denominator, a.Denominator * b.Numerator);

    public static bool operator ==(Rational a, Rational b) => a.Equals(b);
    public static bool operator !=(Rational a, Rational b) => !a.Equals(b);
    public static bool operator <(Rational a, Rational b) => a.CompareTo(b) < 0;
    public static bool operator >(Rational a, Rational b) => a.CompareTo(b) > 0;
    public static bool operator <=(Rational a, Rational b) => a.CompareTo(b) <= 0;
    public static bool operator >=(Rational a, Rational b) => a.CompareTo(b) >= 0;

    public static Rational Min(Rational a, Rational b) => a <= b ? a : b;
    public static Rational Max(Rational a, Rational b) => a >= b ? a : b;
    public static Rational Abs(Rational a) => a.Sign < 0 ? -a : a;

    public int CompareTo(Rational other)
    {
        if (_wide is not null || other._wide is not null)
            return (Numerator * other.Denominator).CompareTo(other.Numerator * Denominator);
        if (_denominatorLessOne == other._denominatorLessOne) return _numerator.CompareTo(other._numerator);
        var left = (Int128)_numerator * ((Int128)other._denominatorLessOne + 1);
        return left.CompareTo((Int128)other._numerator * ((Int128)_denominatorLessOne + 1));
    }

    public BigInteger Floor()
    {
        if (IsInteger) return Numerator;
        var quotient = BigInteger.DivRem(Numerator, Denominator, out _);
        return Sign < 0 ? quotient - 1 : quotient;
    }

    public BigInteger Ceiling() => -(-this).Floor();

    public bool Equals(Rational other) =>
        _numerator == other._numerator && _denominatorLessOne == other._denominatorLessOne && Equals(_wide, other._wide);

    public override bool Equals(object? obj) => obj is Rational other && Equals(other);
    public override int GetHashCode() => HashCode.Combine(_numerator, _denominatorLessOne, _wide);

    /// <summary>Always with a denominator: <c>336/1</c>, the form that solvers and certificates read.</summary>
    public string ToFraction() => $"{Numerator}/{Denominator}";

    /// <summary>As a person writes it: <c>336</c> or <c>1/3</c>.</summary>
    public override string ToString() => IsInteger ? Numerator.ToString() : ToFraction();

    /// <summary>Reads <c>7</c>, <c>-7</c>, <c>1/3</c>, <c>-2/6</c>; nothing else (no decimals, no spaces).</summary>
    public static bool TryParse(string text, out Rational value)
    {
        value = default;
        var slash = text.IndexOf('/');
        var upper = slash < 0 ? text : text[..slash];
        var lower = slash < 0 ? "1" : text[(slash + 1)..];
        if (!TryReadInteger(upper, out var numerator) || !TryReadInteger(lower, out var denominator) || denominator.Sign <= 0)
            return false;
        value = new Rational(numerator, denominator);
        return true;
    }

    /// <summary>What is written as <c>whole.fraction</c>: digits alone, of which either may have none.</summary>
    public static Rational OfDecimal(string whole, string fraction) => new(
        BigInteger.Parse(whole + fraction, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture), BigInteger.Pow(10, fraction.Length));

    public static Rational Parse(string text) =>
        TryParse(text, out var value) ? value : throw new FormatException($"'{text}' is not a rational number such as 7 or -1/3");

    private static bool TryReadInteger(string text, out BigInteger value) =>
        BigInteger.TryParse(text, System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out value);

    private static bool Fits(BigInteger value) => value >= long.MinValue && value <= long.MaxValue;
}
