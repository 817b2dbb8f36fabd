using System.CommandLine;
using System.CommandLine.Parsing;
using System.Numerics;
using Irekae.Model.Numbers;

namespace Irekae.Checker.Cli;

/// <summary>Options that are an amount with a unit, <c>30s</c>, <c>1.5 ms</c>, <c>2G</c>, or a number from 1 on.</summary>
internal static class Amounts
{
    private static readonly (string Unit, long Nanoseconds)[] TimeUnits =
    [
        ("ns", 1), ("us", 1_000), ("ms", 1_000_000), ("s", 1_000_000_000), ("m", 60_000_000_000), ("h", 3_600_000_000_000),
    ];

    private static readonly (string Unit, long Bytes)[] MemoryUnits = [("K", 1L << 10), ("M", 1L << 20), ("G", 1L << 30)];

    public static Option<Rational?> Time(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "TIME",
        CustomParser = result => Read(result, TimeUnits, "a time such as 30s or 1.5ms"),
    };

    public static Option<Rational?> Memory(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "SIZE",
        CustomParser = result => Read(result, MemoryUnits, "a size such as 500M or 2G"),
    };

    /// <summary>Refuses numbers below 1. What is no number at all the option's own type refuses.</summary>
    public static void FromOne(this Option option) => option.Validators.Add(result =>
    {
        if (result.Tokens is [{ Value: var text }] && long.TryParse(text, out long number) && number < 1) result.AddError($"'{text}' is not a number from 1 on");
    });

    /// <summary>As a limit of real time: at most what the runtime's timers take, 24 days.</summary>
    public static TimeSpan TimeSpan(Rational nanoseconds) => new((long)BigInteger.Min(nanoseconds.Numerator / (nanoseconds.Denominator * 100), int.MaxValue * System.TimeSpan.TicksPerMillisecond));

    public static long Whole(Rational amount) => (long)BigInteger.Min(amount.Numerator / amount.Denominator, long.MaxValue);

    private static Rational? Read(ArgumentResult result, (string Unit, long Factor)[] units, string expected)
    {
        string text = result.Tokens.Count == 1 ? result.Tokens[0].Value.Trim() : "";
        foreach (var (unit, factor) in units.OrderByDescending(known => known.Unit.Length))
        {
            if (!text.EndsWith(unit, StringComparison.OrdinalIgnoreCase)) continue;
            if (Decimal(text[..^unit.Length].TrimEnd()) is { Sign: > 0 } number) return number * factor;
        }
        result.AddError($"'{text}' is not {expected}");
        return null;
    }

    /// <summary>Digits with at most one point among them, exactly; null: it is something else.</summary>
    private static Rational? Decimal(string text)
    {
        int point = text.IndexOf('.', StringComparison.Ordinal);
        var (whole, fraction) = point < 0 ? (text, "") : (text[..point], text[(point + 1)..]);
        return whole.Length + fraction.Length > 0 && whole.All(char.IsAsciiDigit) && fraction.All(char.IsAsciiDigit) ? Rational.OfDecimal(whole, fraction) : null;
    }
}
