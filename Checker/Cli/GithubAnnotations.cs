using System.Globalization;

namespace Irekae.Checker.Cli;

/// <summary>Workflow commands that GitHub Actions shows beside the lines of a specification.</summary>
internal static class GithubAnnotations
{
    public static void Write(TextWriter output, IEnumerable<CiCase> cases)
    {
        foreach (var one in cases.Where(one => one.Message is not null))
        {
            string place = one.Span is { Source.Content.Length: > 0 } span
                ? $"file={Property(span.Source.Path)},line={span.Line.ToString(CultureInfo.InvariantCulture)},col={span.Source.Position(span.Start).Column.ToString(CultureInfo.InvariantCulture)}"
                : $"file={Property(one.File)}";
            output.WriteLine($"::{(one.Open ? "warning" : "error")} {place},title={Property($"irekae: {one.Name}")}::{Data(one.Details is null ? one.Message! : $"{one.Message}\n{one.Details}")}");
        }
    }

    private static string Data(string text) =>
        text.Replace("%", "%25", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);

    private static string Property(string text) => Data(text).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);
}
