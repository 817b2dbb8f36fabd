using Irekae.Checker.Testing;
using Irekae.Model.Diagnostics;
using Irekae.Model.Semantics;
using Irekae.Model.Text;

namespace Irekae.Checker.Cli;

/// <summary>One line of a report for continuous integration: a property that was tested, or a mistake in a specification.</summary>
/// <param name="Rule">What kind of thing is reported: <c>property</c>, <c>checks</c>, or the code of a diagnostic.</param>
/// <param name="Message">One line; null: nothing is wrong.</param>
/// <param name="Details">More lines: the run.</param>
/// <param name="Open">Not wrong, but not settled either.</param>
internal sealed record CiCase(string File, string Name, string Rule, SourceSpan? Span, string? Message, string? Details, bool Open, double Seconds)
{
    public bool Failed => Message is not null && !Open;

    public static IEnumerable<CiCase> Of(IEnumerable<FileTested> files)
    {
        foreach (var one in files)
        {
            if (one.Result is { } result)
            {
                foreach (var tested in result.Tested) yield return Of(one.File, tested);
                continue;
            }
            var errors = one.File.Spec.Diagnostics.Where(diagnostic => diagnostic.Severity == Severity.Error).ToList();
            foreach (var error in errors)
                yield return new CiCase(one.File.Path, error.Code.Id, error.Code.Id, error.Span, error.Message, DiagnosticRenderer.Render([error]), false, 0);
            if (errors.Count == 0) yield return new CiCase(one.File.Path, "test", "property", null, $"not tested: {one.Why}", null, true, 0);
        }
    }

    private static CiCase Of(SpecFile file, Tested tested)
    {
        string remark = string.Join("; ", TestReport.Remarks(tested));
        string? message = tested.Outcome == Outcome.Passed ? null : $"{tested.Name}: {tested.Question}: {remark}";
        string? details = tested is { Outcome: Outcome.Failed, Shown: { } shown } ? $"{RunTable.Of(shown.Run)}\nthe same run: {RunScript.Of(shown.Run)}" : null;
        string rule = tested.Name == RandomTest.Checks ? RandomTest.Checks : "property";
        return new CiCase(file.Path, tested.Name, rule, tested.Span, message, details, tested.Outcome == Outcome.Open, tested.Seconds);
    }
}
