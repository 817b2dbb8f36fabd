using System.CommandLine;
using System.Text.Json;
using Irekae.Checker.Verification;
using Irekae.Model.Diagnostics;
using Irekae.Model.Text;

namespace Irekae.Checker.Cli;

/// <summary>The answer to a program: one object, described in docs/json.md and docs/verify.schema.json.</summary>
internal static class JsonReport
{
    public static Option<bool> Option() => new("--json") { Description = "One JSON object on standard output instead of text." };

    public static void Write(TextWriter output, IReadOnlyCollection<FileResult> results) => output.WriteLine(Json.Text(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("tool", "irekae");
        writer.WriteString("version", Cli.Version);
        writer.WriteStartArray("results");
        foreach (var one in results) Write(writer, one);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }));

    private static void Write(Utf8JsonWriter writer, FileResult one)
    {
        writer.WriteStartObject();
        writer.WriteString("file", one.File.Path);
        writer.WriteString("system", one.Result?.System);
        writer.WriteBoolean("partial", one.Partial);
        if (one.Followed is { } followed) writer.WriteNumber("simulated", followed.Runs);
        writer.WriteStartArray("properties");
        foreach (var property in one.Result?.Results ?? []) JsonProperty.Write(writer, property);
        writer.WriteEndArray();
        writer.WriteStartArray("diagnostics");
        foreach (var diagnostic in one.File.Spec.Diagnostics) Write(writer, diagnostic);
        writer.WriteEndArray();
        writer.WriteStartArray("warnings");
        foreach (var warning in one.Result?.Warnings ?? []) Write(writer, warning);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, Diagnostic diagnostic)
    {
        writer.WriteStartObject();
        writer.WriteString("code", diagnostic.Code.Id);
        writer.WriteString("severity", DiagnosticText.Name(diagnostic.Severity));
        WritePlace(writer, diagnostic.Span);
        writer.WriteString("message", diagnostic.Message);
        writer.WriteString("help", diagnostic.Help);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, Warning warning)
    {
        writer.WriteStartObject();
        if (warning.Span is { } span) WritePlace(writer, span);
        writer.WriteString("message", warning.Text);
        writer.WriteEndObject();
    }

    private static void WritePlace(Utf8JsonWriter writer, SourceSpan span)
    {
        var (line, column) = span.Source.Position(span.Start);
        writer.WriteString("file", span.Source.Path);
        writer.WriteNumber("line", line);
        writer.WriteNumber("column", column);
        writer.WriteNumber("length", span.Length);
    }
}
