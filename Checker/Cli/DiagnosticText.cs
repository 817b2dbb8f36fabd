using Irekae.Model.Diagnostics;

namespace Irekae.Checker.Cli;

/// <summary>Diagnostics on the terminal: as the model renders them, in colour where there is one.</summary>
internal static class DiagnosticText
{
    public static void Write(IEnumerable<Diagnostic> diagnostics, Terminal terminal) =>
        DiagnosticRenderer.Render(diagnostics, terminal.Error, terminal.Colour ? (part, text) => Paint(terminal, part, text) : null);

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

    private static string Paint(Terminal terminal, DiagnosticPart part, string text) => part switch
    {
        DiagnosticPart.Location or DiagnosticPart.Message => terminal.Bold(text),
        DiagnosticPart.Error or DiagnosticPart.Underline => terminal.Red(text),
        DiagnosticPart.Warning => terminal.Yellow(text),
        DiagnosticPart.Gutter => terminal.Faint(text),
        DiagnosticPart.Source or DiagnosticPart.Help => text,
    };
}
