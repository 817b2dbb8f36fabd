using System.Numerics;
using Irekae.Model.Numbers;

namespace Irekae.Checker.Verification;

/// <summary>Times in words, exactly.</summary>
internal static class Wording
{
    private static readonly (string Unit, long Nanoseconds)[] Units = [("s", 1_000_000_000), ("ms", 1_000_000), ("us", 1_000), ("ns", 1)];

    /// <summary>In the largest unit in which it is at least 1, as a decimal when it has a short one: <c>1.35 ms</c>, <c>1/3 ns</c>.</summary>
    public static string Time(Rational nanoseconds)
    {
        var size = Rational.Abs(nanoseconds);
        var (unit, scale) = Units.FirstOrDefault(u => size >= u.Nanoseconds, Units[^1]);
        return $"{Number(nanoseconds / scale)} {unit}";
    }

    private static string Number(Rational value)
    {
        if (value.IsInteger) return value.ToString();
        for (int digits = 1; digits <= 9; digits++)
        {
            var scaled = value * BigInteger.Pow(10, digits);
            if (!scaled.IsInteger) continue;
            string all = BigInteger.Abs(scaled.Numerator).ToString().PadLeft(digits + 1, '0');
            return (value.Sign < 0 ? "-" : "") + all[..^digits] + "." + all[^digits..];
        }

        return value.ToString();
    }
}
