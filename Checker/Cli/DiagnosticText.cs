using System.Globalization;
using Irekae.Model.Diagnostics;

namespace Irekae.Checker.Cli;

/// <summary>A diagnostic as a reader sees it: what, where, the line with the place underlined, and what to write instead.</summary>
internal static class DiagnosticText
{
    public static void Write(Diagnostic diagnostic, TextWriter writer, Terminal terminal)
    {
        var (span, source) = (diagnostic.Span, diagnostic.Span.Source);
        var (line, column) = source.Position(span.Start);
        string head = $"{Name(diagnostic.Severity)} {diagnostic.Code.Id}:";
        string painted = diagnostic.Severity == Severity.Error ? terminal.Red(head) : terminal.Yellow(head);
        writer.WriteLine($"{painted} {terminal.Bold(diagnostic.Message)}");
        string number = line.ToString(CultureInfo.InvariantCulture);
        string margin = new(' ', number.Length);
        writer.WriteLine($"{margin}--> {source.Path}:{line}:{column}");
        string text = source.Line(line);
        if (text.Trim().Length > 0)
        {
            int start = Math.Min(column - 1, text.Length);
            int length = Math.Clamp(span.Length, 1, Math.Max(1, text.Length - start));
            string before = new([.. text[..start].Select(c => c == '\t' ? '\t' : ' ')]);
            writer.WriteLine($"{margin} |");
            writer.WriteLine($"{number} | {Printable(text)}");
            writer.WriteLine($"{margin} | {before}{terminal.Red(new string('^', length))}");
        }
        if (diagnostic.Help is { } help) writer.WriteLine($"{margin} = help: {help}");
        writer.WriteLine();
    }

    public static string Name(Severity severity) => severity switch
    {
        Severity.Error => "error",
        Severity.Warning => "warning",
    };

    public static string Count(IReadOnlyCollection<Diagnostic> diagnostics)
    {
        int errors = diagnostics.Count(diagnostic => diagnostic.Severity == Severity.Error);
        int warnings = diagnostics.Count - errors;
        return $"{errors} error{(errors == 1 ? "" : "s")}, {warnings} warning{(warnings == 1 ? "" : "s")}";
    }

    /// <summary>Control characters of a broken file must not reach the terminal.</summary>
    private static string Printable(string text) => new([.. text.Select(c => c != '\t' && char.IsControl(c) ? '�' : c)]);
}
