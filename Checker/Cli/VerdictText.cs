using System.Globalization;
using Irekae.Properties;
using Spectre.Console;

namespace Irekae.Checker.Cli;

/// <summary>Verdicts with a sign and a colour.</summary>
internal static class VerdictText
{
    public static string Of(Verdict verdict) => verdict switch
    {
        Verdict.Proved => "✓ ",
        Verdict.Refuted => "✗ ",
        _ => "? ",
    } + VerdictWords.Of(verdict);

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

    public static string Seconds(double seconds) => seconds.ToString("F2", CultureInfo.InvariantCulture);
}
