using System.Collections.Immutable;
using Irekae.Model.Syntax;
using Irekae.Model.Text;

namespace Irekae.Model.Diagnostics;

/// <summary>
/// Collects what is wrong. Phases call a <c>Report…</c> method that is named as its code; the methods are in one file per band of codes.
/// Past <see cref="Limits.Diagnostics"/> only the fact that there were more is kept.
/// </summary>
public sealed partial class DiagnosticBag
{
    private readonly List<Diagnostic> found = [];

    public int Count => found.Count;

    /// <summary>What is reported from here on is not shown.</summary>
    public bool IsFull => found.Count > Limits.Diagnostics;

    public bool HasErrors => found.Any(diagnostic => diagnostic.Severity == Severity.Error);

    /// <summary>File by file in the order in which files were first mentioned, and in each by place; equal ones once.</summary>
    public ImmutableArray<Diagnostic> ToImmutable()
    {
        var files = found.Select(diagnostic => diagnostic.Span.Source.Path).Distinct().ToList();
        return
        [
            .. found.OrderBy(diagnostic => diagnostic.Code == Codes.TooManyErrors ? 1 : 0)
                .ThenBy(diagnostic => files.IndexOf(diagnostic.Span.Source.Path))
                .ThenBy(diagnostic => diagnostic.Span.Start)
                .DistinctBy(diagnostic => (diagnostic.Code, diagnostic.Span, diagnostic.Message)),
        ];
    }

    /// <summary>Only for the <c>Report…</c> methods of this class.</summary>
    private void Report(Code code, SourceSpan span, string message, string? help = null)
    {
        if (found.Count < Limits.Diagnostics) found.Add(new Diagnostic(code, code.Severity, span, message, help));
        else if (found.Count == Limits.Diagnostics) ReportTooManyErrors(span);
    }

    private void ReportTooManyErrors(SourceSpan span) => found.Add(new Diagnostic(
        Codes.TooManyErrors,
        Severity.Error,
        span,
        $"more than {Limits.Diagnostics} errors; the rest is not shown",
        "correct the first ones and try again"));
}
