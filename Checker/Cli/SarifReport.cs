using System.Text;
using System.Text.Json;
using Irekae.Model.Text;

namespace Irekae.Checker.Cli;

/// <summary>SARIF 2.1.0: what fails, and where in the specification it is asked. Passing properties are results of kind <c>pass</c>.</summary>
internal static class SarifReport
{
    private const string Schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

    public static void Write(string path, IReadOnlyCollection<CiCase> cases) => File.WriteAllText(path, Json.Text(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("$schema", Schema);
        writer.WriteString("version", "2.1.0");
        writer.WriteStartArray("runs");
        writer.WriteStartObject();
        WriteTool(writer, cases);
        writer.WriteString("columnKind", "utf16CodeUnits");
        writer.WriteStartArray("results");
        foreach (var one in cases) Write(writer, one);
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
    }) + "\n", new UTF8Encoding(false));

    private static void WriteTool(Utf8JsonWriter writer, IReadOnlyCollection<CiCase> cases)
    {
        writer.WriteStartObject("tool");
        writer.WriteStartObject("driver");
        writer.WriteString("name", "irekae");
        writer.WriteString("version", Cli.Version);
        writer.WriteStartArray("rules");
        foreach (string rule in cases.Select(one => one.Rule).Distinct())
        {
            writer.WriteStartObject();
            writer.WriteString("id", rule);
            writer.WriteStartObject("shortDescription");
            writer.WriteString("text", rule switch
            {
                "property" => "A property of a specification, tried on random runs.",
                "checks" => "The checks that are asked of every specification, tried on random runs.",
                _ => $"A mistake in a specification: see irekae explain {rule}.",
            });
            writer.WriteEndObject();
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, CiCase one)
    {
        writer.WriteStartObject();
        writer.WriteString("ruleId", one.Rule);
        writer.WriteString("kind", one.Message is null ? "pass" : one.Open ? "open" : "fail");
        // A level other than none belongs to what fails (SARIF 2.1.0, 3.27.10).
        writer.WriteString("level", one.Failed ? "error" : "none");
        writer.WriteStartObject("message");
        writer.WriteString("text", (one.Message ?? $"{one.Name}: no run contradicts it; that is no proof") + (one.Details is { } details ? "\n" + details : ""));
        writer.WriteEndObject();
        writer.WriteStartArray("locations");
        writer.WriteStartObject();
        writer.WriteStartObject("physicalLocation");
        writer.WriteStartObject("artifactLocation");
        writer.WriteString("uri", Uri(one.Span?.Source.Path ?? one.File));
        writer.WriteEndObject();
        if (one.Span is { Source.Content.Length: > 0, Length: > 0 } span) WriteRegion(writer, span);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteRegion(Utf8JsonWriter writer, SourceSpan span)
    {
        var (line, column) = span.Source.Position(span.Start);
        var (endLine, endColumn) = span.Source.Position(span.End);
        writer.WriteStartObject("region");
        writer.WriteNumber("startLine", line);
        writer.WriteNumber("startColumn", column);
        writer.WriteNumber("endLine", endLine);
        writer.WriteNumber("endColumn", endColumn);
        writer.WriteEndObject();
    }

    /// <summary>A relative path stays relative: readers resolve it in their checkout.</summary>
    private static string Uri(string path) =>
        Path.IsPathRooted(path) ? new Uri(path).AbsoluteUri : string.Join('/', path.Split(Path.DirectorySeparatorChar).Select(System.Uri.EscapeDataString));
}
