using System.Globalization;
using Irekae.Model.Diagnostics;
using Irekae.Model.Numbers;

namespace Irekae.Model.Syntax;

public sealed partial class Lexer
{
    /// <summary>Nanoseconds of a unit, or null when there is no such unit.</summary>
    internal static long? Nanoseconds(ReadOnlySpan<char> unit) => unit switch
    {
        "ns" => 1,
        "us" => 1_000,
        "ms" => 1_000_000,
        "s" => 1_000_000_000,
        _ => null,
    };

    /// <summary>What somebody who means a unit may write, and which unit that is; empty for one that there is not.</summary>
    internal static string? MeantUnit(ReadOnlySpan<char> word) => word.ToString().ToLowerInvariant() switch
    {
        "ns" or "nsec" or "nsecs" or "nanos" or "nanosecond" or "nanoseconds" => "ns",
        "us" or "µs" or "μs" or "usec" or "usecs" or "µsec" or "μsec" or "micros" or "microsecond" or "microseconds" => "us",
        "ms" or "msec" or "msecs" or "millis" or "millisecond" or "milliseconds" => "ms",
        "s" or "sec" or "secs" or "second" or "seconds" => "s",
        "min" or "mins" or "minute" or "minutes" or "hour" or "hours" => "",
        // A letter too many, or two swapped. No word that may follow a number is so near to a unit.
        { Length: 2 or 3 } mistyped => Array.Find(Units, unit => mistyped.Contains(unit[0]) && mistyped.Contains(unit[1]) && Suggestion.Distance(mistyped, unit) == 1),
        _ => null,
    };

    private static readonly string[] Units = ["ns", "us", "ms"];

    private static bool IsUnitPart(char character) => IsNamePart(character) || character is 'µ' or 'μ';

    /// <summary>
    /// A number, with the unit after it on the same line when there is one. A word that touches the number has to be a unit; one that stands
    /// apart is a unit, or a mistaken one, or the next word of the text.
    /// </summary>
    private void ReadNumber()
    {
        int start = position;
        var (whole, wholeRight) = ReadDigits();
        var (fraction, fractionRight) = ("", true);
        bool isDecimal = Current == '.' && char.IsAsciiDigit(At(1));
        if (isDecimal)
        {
            position++;
            (fraction, fractionRight) = ReadDigits();
        }

        int end = position;
        while (Current is ' ' or '\t') position++;
        int unitStart = position;
        while (IsUnitPart(Current)) position++;
        var unit = text.AsSpan(unitStart, position - unitStart);
        long? scale = Nanoseconds(unit);
        bool isUnit = scale is not null || (unit.Length > 0 && (unitStart == end || MeantUnit(unit) is not null));
        if (!isUnit) position = end;

        if (!wholeRight || !fractionRight) Flaw(() => diagnostics.ReportMalformedNumber(Span(start)));
        else if (isUnit && scale is null) Flaw(() => diagnostics.ReportUnknownUnit(new(source, unitStart, position - unitStart), text[start..end]));
        else if (!isUnit && isDecimal) Flaw(() => diagnostics.ReportDecimalWithoutUnit(Span(start)));
        else if (whole.Length > Limits.Digits || fraction.Length > Limits.Digits) Flaw(() => diagnostics.ReportNumberTooLarge(Span(start)));
        else if (scale is long nanoseconds) Add(TokenKind.Time, start, Rational.OfDecimal(whole, fraction) * nanoseconds);
        else if (int.TryParse(whole, NumberStyles.None, CultureInfo.InvariantCulture, out int value)) Add(TokenKind.Integer, start, value);
        else Flaw(() => diagnostics.ReportNumberTooLarge(Span(start)));

        void Flaw(Action report)
        {
            report();
            flawed = true;
            Add(TokenKind.BadNumber, start);
        }
    }

    /// <summary>The digits without '_', and whether each '_' stands between two digits.</summary>
    private (string Digits, bool Right) ReadDigits()
    {
        int start = position;
        while (char.IsAsciiDigit(Current) || Current == '_') position++;
        string written = text[start..position];
        return (written.Replace("_", ""), !written.EndsWith('_') && !written.Contains("__"));
    }
}
