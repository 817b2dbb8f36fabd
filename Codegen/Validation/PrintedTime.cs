using System.Globalization;
using System.Numerics;
using Irekae.Model.Numbers;

namespace Irekae.Codegen.Validation;

/// <summary>A decimal number exactly as printed, with half a unit of its last digit. No floating point.</summary>
internal readonly record struct PrintedTime(Rational Value, Rational HalfWidth)
{
    private const int MostDigits = 18;

    /// <summary>Null: it is no such number, and <paramref name="why"/> says what is wrong.</summary>
    public static PrintedTime? Read(string text, long nanoseconds, out string why)
    {
        why = Wrong(text) ?? "";
        if (why.Length > 0) return null;
        int point = text.IndexOf('.', StringComparison.Ordinal);
        int decimals = point < 0 ? 0 : text.Length - point - 1;
        var digits = BigInteger.Parse(text.Replace(".", "", StringComparison.Ordinal), NumberStyles.None, CultureInfo.InvariantCulture);
        var unit = new Rational(nanoseconds, BigInteger.Pow(10, decimals));
        return new PrintedTime(unit * digits, unit / 2);
    }

    private static string? Wrong(string text)
    {
        if (text.Length == 0) return "a number is missing";
        if (text.Equals("nan", StringComparison.OrdinalIgnoreCase)) return "NaN is no measured value: leave the row out";
        if (text.TrimStart('+', '-').StartsWith("inf", StringComparison.OrdinalIgnoreCase)) return "a measured time has an end: leave the row out";
        if (text[0] == '-') return $"'{text}': a time is not negative";
        if (text.EndsWith('s') && char.IsAsciiDigit(text[0])) return $"'{text}': the unit stands in the head of the column, and the number alone here";
        if (text.Contains('e', StringComparison.OrdinalIgnoreCase) && char.IsAsciiDigit(text[0])) return $"'{text}': write all digits, without an exponent: the last one says how exact it is";
        if (text.Contains(',', StringComparison.Ordinal)) return $"'{text}': the sign before decimals is '.'";
        int point = text.IndexOf('.', StringComparison.Ordinal);
        bool digitsOnly = text.Where((_, place) => place != point).All(char.IsAsciiDigit);
        if (!digitsOnly || point == 0 || point == text.Length - 1) return $"'{Shown(text)}' is not a decimal number such as 0.316";
        return text.Length > MostDigits + 1 ? $"'{Shown(text)}' has more than {MostDigits} digits" : null;
    }

    private static string Shown(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
