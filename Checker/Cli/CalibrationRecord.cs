using System.Security.Cryptography;
using System.Text.Json;
using Irekae.Checker.Bounded.Calibration;
using Irekae.Codegen.Validation;

namespace Irekae.Checker.Cli;

/// <summary>
/// The record of a calibration, JSON (docs/calibration.md): what was used, what was found. <c>validate</c> reads it, and marks whatever was used as an
/// input, so that it never counts as predicted. Times are exact, in nanoseconds, as whole numbers or fractions.
/// </summary>
internal static class CalibrationRecord
{
    public static string Text(SpecFile spec, string? variant, string[] data, CalibrationTask task, CalibrationResult answer) => Json.Text(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("irekae", Cli.Version);
        writer.WriteString("specification", spec.Path);
        writer.WriteString("system", spec.SystemOf(null).Name);
        if (variant is null) writer.WriteNull("variant");
        else writer.WriteString("variant", variant);
        writer.WriteStartArray("data");
        foreach (string path in data)
        {
            writer.WriteStartObject();
            writer.WriteString("path", path);
            using var stream = File.OpenRead(path);
            writer.WriteString("sha256", Convert.ToHexStringLower(SHA256.HashData(stream)));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("used");
        for (int set = 0; set < task.Together.Length; set++)
            foreach (var one in task.Together[set]) WriteCell(writer, one.Cell, task.Together[set].Length > 1 ? set : null);
        writer.WriteEndArray();
        writer.WriteString("verdict", answer.Fit switch { Fit.Found => "fits", Fit.None => "no value fits", _ => "unknown" });
        if (answer.Fit.Unfinished is { } early) writer.WriteString("unfinished", early);
        switch (answer.Fit)
        {
            case Fit.Found found:
                writer.WriteStartArray("parameters");
                foreach (var parameter in found.Parameters)
                {
                    writer.WriteStartObject();
                    writer.WriteString("name", parameter.Parameter);
                    WriteValues(writer, parameter.Values);
                    writer.WriteEndObject();
                }

                writer.WriteEndArray();
                writer.WriteStartArray("shown");
                foreach (var shown in found.Shown)
                {
                    writer.WriteStartObject();
                    writer.WriteString("observation", shown.Observation);
                    writer.WriteString("quantity", shown.Quantity);
                    WriteValues(writer, shown.Values);
                    writer.WriteEndObject();
                }

                writer.WriteEndArray();
                break;
            case Fit.None none:
                writer.WriteStartArray("conflict");
                foreach (var one in none.Conflict) writer.WriteStringValue(one.Cell.FullName);
                writer.WriteEndArray();
                writer.WriteBoolean("smallest", none.Smallest);
                break;
            case Fit.Unknown unknown:
                writer.WriteString("why", unknown.Why);
                writer.WriteStartArray("explored");
                foreach (var one in unknown.Explored)
                {
                    writer.WriteStartObject();
                    writer.WriteStartArray("observations");
                    foreach (var observation in one.Observations) writer.WriteStringValue(observation.Cell.FullName);
                    writer.WriteEndArray();
                    writer.WriteNumber("ways", one.Ways);
                    writer.WriteBoolean("whole", one.Whole);
                    writer.WriteEndObject();
                }

                writer.WriteEndArray();
                break;
        }

        writer.WriteNumber("moves", answer.Depth);
        writer.WriteBoolean("all_runs", answer.AllRuns);
        writer.WriteEndObject();
    }) + "\n";

    private static void WriteCell(Utf8JsonWriter writer, Cell cell, int? run)
    {
        writer.WriteStartObject();
        writer.WriteString("cell", cell.FullName);
        writer.WriteString("low_ns", cell.Low.ToString());
        writer.WriteString("high_ns", cell.High.ToString());
        if (run is { } together) writer.WriteNumber("run", together);
        writer.WriteEndObject();
    }

    private static void WriteValues(Utf8JsonWriter writer, Values values)
    {
        writer.WriteStartArray("values");
        foreach (var piece in values.Pieces)
        {
            writer.WriteStartObject();
            writer.WriteString("low_ns", piece.Low.ToString());
            writer.WriteBoolean("low_reached", piece.LowReached);
            if (piece.High is { } high) writer.WriteString("high_ns", high.ToString());
            else writer.WriteNull("high_ns");
            writer.WriteBoolean("high_reached", piece.HighReached);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteBoolean("complete", values.Complete);
    }
}
