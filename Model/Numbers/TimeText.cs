using System.Globalization;
using System.Numerics;

namespace Irekae.Model.Numbers;

/// <summary>A unit of time, as nanoseconds.</summary>
public sealed record TimeUnit(string Name, long Nanoseconds)
{
    public static readonly TimeUnit Nanosecond = new("ns", 1);
    public static readonly TimeUnit Microsecond = new("us", 1_000);
    public static readonly TimeUnit Millisecond = new("ms", 1_000_000);
    public static readonly TimeUnit Second = new("s", 1_000_000_000);

    private static readonly TimeUnit[] Descending = [Second, Millisecond, Microsecond, Nanosecond];

    /// <summary>The largest unit in which a time is at least 1; nanoseconds below that.</summary>
    public static TimeUnit For(Rational nanoseconds) =>
        Array.Find(Descending, unit => BigInteger.Abs(nanoseconds.Numerator) >= nanoseconds.Denominator * unit.Nanoseconds) ?? Nanosecond;

    /// <summary>The unit in which the largest of some times is at least 1, so that a column of them reads well.</summary>
    public static TimeUnit For(IEnumerable<Rational> nanoseconds)
    {
        var units = nanoseconds.Select(For).ToList();
        return units.Count == 0 ? Nanosecond : units.MaxBy(unit => unit.Nanoseconds)!;
    }
}

/// <summary>
/// Times as text, never rounded: a decimal in groups of three digits (<c>336 us</c>, <c>1.350 ms</c>) when there is one of at most nine
/// digits, else a whole number and a fraction (<c>12 1/3 us</c>).
/// </summary>
public static class TimeText
{
    private const int MostDigits = 9;

    /// <summary>In the unit that suits it; zero is plain <c>0</c>.</summary>
    public static string Of(Rational nanoseconds) => nanoseconds.Numerator.IsZero ? "0" : Of(nanoseconds, TimeUnit.For(nanoseconds));

    public static string Of(Rational nanoseconds, TimeUnit unit) => Number(nanoseconds, unit, 0) + " " + unit.Name;

    /// <summary>The number alone, with at least so many decimal digits when it is a decimal.</summary>
    public static string Number(Rational nanoseconds, TimeUnit unit, int digits)
    {
        var numerator = BigInteger.Abs(nanoseconds.Numerator);
        var denominator = nanoseconds.Denominator * unit.Nanoseconds;
        string sign = nanoseconds.Numerator.Sign < 0 ? "-" : "";
        int needed = Digits(nanoseconds, unit) ?? -1;
        var whole = BigInteger.DivRem(numerator, denominator, out var left);
        if (needed < 0)
        {
            var common = BigInteger.GreatestCommonDivisor(left, denominator);
            string fraction = $"{left / common}/{denominator / common}";
            return sign + (whole.IsZero ? fraction : $"{whole} {fraction}");
        }
        int shown = Math.Max(needed, digits);
        string decimals = (left * BigInteger.Pow(10, shown) / denominator).ToString(CultureInfo.InvariantCulture).PadLeft(shown, '0');
        return sign + whole.ToString(CultureInfo.InvariantCulture) + (shown == 0 ? "" : "." + decimals);
    }

    /// <summary>How many decimal digits say it exactly, rounded up to a multiple of three; null when more than nine, or none, would.</summary>
    public static int? Digits(Rational nanoseconds, TimeUnit unit)
    {
        var denominator = nanoseconds.Denominator * unit.Nanoseconds;
        for (int digits = 0; digits <= MostDigits; digits += 3)
        {
            if ((nanoseconds.Numerator * BigInteger.Pow(10, digits) % denominator).IsZero) return digits;
        }
        return null;
    }
}
