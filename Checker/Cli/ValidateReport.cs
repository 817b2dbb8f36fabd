using System.Text.Json;
using Irekae.Codegen.Validation;
using Irekae.Model.Numbers;
using Irekae.Properties;

namespace Irekae.Checker.Cli;

/// <summary>The answer of <c>validate</c>: a table, or JSON (docs/validation.md).</summary>
internal static class ValidateReport
{
    public static void Write(Terminal terminal, SpecFile spec, string? variant, List<Validated> all, int repetitions, string[] drawn)
    {
        terminal.Out.WriteLine($"{spec.Path}{(variant is null ? "" : $", variant {variant}")}: {all.Count} measured values");
        terminal.Out.WriteLine();
        string[] head = ["measured", "value", "is", "exact interval", "inside", "simulated 2.5 % .. 97.5 %", "inside", "off the median by", "exact above it by"];
        var rows = all.Select(one => new[]
        {
            one.Cell.FullName, TimeText.Of(one.Cell.Printed), one.Role, Exact(one), Yes(one.InsideExact),
            one.Simulated is var (low, _, high) ? $"{Repeated.Rounded(low)} .. {Repeated.Rounded(high)}" : "not simulated", Yes(one.InsideSimulated),
            one.Deviation is { } deviation ? Repeated.Rounded(deviation) : "", one.Above is { } above ? TimeText.Of(above) : "",
        }).Prepend(head).ToList();
        var widths = Enumerable.Range(0, head.Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        foreach (var row in rows) terminal.Out.WriteLine(terminal.Signs("  " + string.Join("  ", row.Select((text, column) => text.PadRight(widths[column])))).TrimEnd());
        terminal.Out.WriteLine();
        foreach (var measured in all.Select(one => one.Of).Distinct())
        {
            if (measured.Unknown is { } why) terminal.Out.WriteLine($"  - {measured.Measurement.Name}: exact interval not known, {why}");
            if (measured.NotSimulated is { } reason) terminal.Out.WriteLine($"  - {measured.Measurement.Name}: not simulated, {reason}");
        }

        long fewest = all.Select(one => one.Of.Repetition?.Times ?? repetitions).Min();
        terminal.Out.WriteLine($"Exact: for all runs. Simulated: {repetitions} repetitions of the experiment{(fewest < repetitions ? $", interrupted after {fewest}" : "")}; rounded to 0.001 us.");
        foreach (string path in drawn) terminal.Out.WriteLine($"drawn: {path}");
    }

    private static string Exact(Validated one) =>
        one is { Least.Proved: { } low, Most: { } most } ? $"{TimeText.Of(low)} .. {(most.Endless ? "forever" : most.Proved is { } high ? TimeText.Of(high) : "?")}" : "not known";

    private static string Yes(bool? inside) => inside switch { true => "yes", false => "NO", null => "?" };

    public static void WriteJson(TextWriter output, SpecFile spec, string? variant, List<Validated> all, string[] drawn) => output.WriteLine(Json.Text(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("irekae", Cli.Version);
        writer.WriteString("specification", spec.Path);
        writer.WriteString("variant", variant);
        writer.WriteStartArray("cells");
        foreach (var one in all) WriteCell(writer, one);
        writer.WriteEndArray();
        writer.WriteStartArray("drawn");
        foreach (string path in drawn) writer.WriteStringValue(path);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }));

    private static void WriteCell(Utf8JsonWriter writer, Validated one)
    {
        writer.WriteStartObject();
        writer.WriteString("cell", one.Cell.FullName);
        writer.WriteString("role", one.Role);
        writer.WriteString("printed_ns", one.Cell.Printed.ToString());
        writer.WriteString("low_ns", one.Cell.Low.ToString());
        writer.WriteString("high_ns", one.Cell.High.ToString());
        WriteExtreme(writer, "exact_min", one.Least);
        WriteExtreme(writer, "exact_max", one.Most);
        WriteBool(writer, "inside_exact", one.InsideExact);
        WriteTime(writer, "outside_exact_by_ns", one.Outside);
        writer.WriteString("not_exact_because", one.Of.Unknown);
        WriteTime(writer, "exact_max_above_ns", one.Above);
        if (one.Of.Repetition is { Times: var times }) writer.WriteNumber("repetitions", times);
        else writer.WriteNull("repetitions");
        WriteTime(writer, "simulated_low_ns", one.Simulated?.Low);
        WriteTime(writer, "simulated_median_ns", one.Simulated?.Median);
        WriteTime(writer, "simulated_high_ns", one.Simulated?.High);
        WriteBool(writer, "inside_simulated", one.InsideSimulated);
        writer.WriteString("not_simulated_because", one.Of.NotSimulated);
        WriteTime(writer, "deviation_ns", one.Deviation);
        writer.WriteEndObject();
    }

    private static void WriteExtreme(Utf8JsonWriter writer, string name, Extreme? value)
    {
        WriteTime(writer, name + "_ns", value?.Proved);
        if (value is not null) writer.WriteBoolean(name + "_attained", value.Attained);
    }

    /// <summary>Null where it is not known.</summary>
    private static void WriteTime(Utf8JsonWriter writer, string name, Rational? time) => writer.WriteString(name, time?.ToString());

    private static void WriteBool(Utf8JsonWriter writer, string name, bool? value)
    {
        if (value is { } known) writer.WriteBoolean(name, known);
        else writer.WriteNull(name);
    }
}
