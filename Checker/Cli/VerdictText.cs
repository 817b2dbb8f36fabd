using System.Globalization;
using Irekae.Model.Numbers;
using Irekae.Properties;
using Spectre.Console;

namespace Irekae.Checker.Cli;

/// <summary>Verdicts and values in words.</summary>
internal static class VerdictText
{
    public static string Of(Verdict verdict) => verdict switch
    {
        Verdict.Proved => "✓ proved",
        Verdict.ProvedUpTo => "? in part",
        Verdict.Refuted => "✗ refuted",
        _ => "? unknown",
    };

    public static Style Style(Verdict verdict) => verdict switch
    {
        Verdict.Proved => Color.Green,
        Verdict.Refuted => Color.Maroon,
        _ => Color.Olive,
    };

    /// <summary>The verdict's words outside of tables.</summary>
    public static string Painted(Terminal terminal, Verdict verdict) => verdict switch
    {
        Verdict.Proved => terminal.Green(Of(verdict)),
        Verdict.Refuted => terminal.Red(Of(verdict)),
        _ => terminal.Yellow(Of(verdict)),
    };

    /// <summary>What a verdict that is not a plain one rests on; null: nothing to say.</summary>
    public static string? Reason(Verdict verdict) => verdict switch
    {
        Verdict.ProvedUpTo partly => "proved only up to " + partly.Limit,
        Verdict.Unknown unknown => unknown.Reason,
        _ => null,
    };

    public static string Value(PropertyResult result)
    {
        if (result.Value is not { } value) return "";
        if (value.Endless) return "no end";
        if (value.Exact) return $"{TimeText.Of(value.Proved!.Value)} {(value.Attained ? "attained" : "approached")}";
        bool smallest = result.Kind == "min";
        return (smallest ? value.Proved : value.Found, smallest ? value.Found : value.Proved) switch
        {
            ({ } low, { } high) => $"{TimeText.Of(low)} .. {TimeText.Of(high)}",
            ({ } low, null) => $"≥ {TimeText.Of(low)}",
            (null, { } high) => $"≤ {TimeText.Of(high)}",
            _ => "",
        };
    }

    public static string Seconds(double seconds) => seconds.ToString("F2", CultureInfo.InvariantCulture);
}
