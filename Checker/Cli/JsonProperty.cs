using System.Text.Json;
using Irekae.Model.Numbers;
using Irekae.Model.Semantics;
using Irekae.Properties;

namespace Irekae.Checker.Cli;

/// <summary>One property's answer as JSON. Times are fractions in text; all of one property are in one unit.</summary>
internal static class JsonProperty
{
    public static void Write(Utf8JsonWriter writer, PropertyResult property)
    {
        var unit = Unit(property);
        writer.WriteStartObject();
        writer.WriteString("name", property.Name);
        writer.WriteString("kind", property.Kind);
        writer.WriteString("question", property.Question);
        writer.WriteString("verdict", property.Verdict switch
        {
            Verdict.Proved => "proved",
            Verdict.ProvedUpTo => "proved_up_to",
            Verdict.Refuted => "refuted",
            _ => "unknown",
        });
        writer.WriteBoolean("unbounded", property.ForAllTime);
        WriteValue(writer, property, unit);
        WriteBound(writer, property.Bound, unit);
        writer.WriteString("reason", property.Verdict switch
        {
            Verdict.ProvedUpTo partly => partly.Limit,
            Verdict.Unknown unknown => unknown.Reason,
            _ => null,
        });
        writer.WriteString("method", property.Method);
        writer.WriteStartArray("notes");
        foreach (string note in property.Notes) writer.WriteStringValue(note);
        writer.WriteEndArray();
        WriteWitness(writer, property.Witness, unit);
        WriteStatistics(writer, property.Statistics);
        WriteCertificate(writer, property);
        writer.WriteEndObject();
    }

    public static void WriteCertificate(Utf8JsonWriter writer, PropertyResult property)
    {
        if (property is { Certified: null, Uncertified: null })
        {
            writer.WriteNull("certificate");
            return;
        }
        writer.WriteStartObject("certificate");
        writer.WriteBoolean("accepted", property.Certified is not null);
        writer.WriteString("reason", property.Uncertified);
        writer.WriteString("model_sha256", property.Certified is { } model ? Proofs.Certificate.Hash(model.Model.Span) : null);
        writer.WriteString("certificate_sha256", property.Certified is { } certified ? Proofs.Certificate.Hash(certified.Certificate.Span) : null);
        writer.WriteNumber("nodes", property.Certified?.Nodes ?? 0);
        writer.WriteNumber("steps", property.Certified?.Steps ?? 0);
        writer.WriteNumber("certify_seconds", Math.Round(property.Certified?.CertifySeconds ?? 0, 3));
        writer.WriteNumber("check_seconds", Math.Round(property.Certified?.CheckSeconds ?? 0, 3));
        writer.WriteEndObject();
    }

    /// <summary>Nanoseconds as a fraction of the unit, always with a denominator: <c>336/1</c>.</summary>
    public static string Fraction(Rational nanoseconds, TimeUnit unit)
    {
        var value = new Rational(nanoseconds.Numerator, nanoseconds.Denominator * unit.Nanoseconds);
        return $"{value.Numerator}/{value.Denominator}";
    }

    private static TimeUnit Unit(PropertyResult property)
    {
        var times = new[] { property.Value?.Proved, property.Value?.Found, property.Bound }.OfType<Rational>().Where(time => !time.Numerator.IsZero).ToList();
        if (times.Count == 0 && property.Witness is { Steps.IsEmpty: false } run) times.Add(run.Nanoseconds(run.Steps[^1].Instant));
        return times.Count == 0 ? TimeUnit.Nanosecond : TimeUnit.For(times[0]);
    }

    private static void WriteValue(Utf8JsonWriter writer, PropertyResult property, TimeUnit unit)
    {
        if (property.Value is not { } value)
        {
            writer.WriteNull("value");
            return;
        }
        writer.WriteStartObject("value");
        WriteTime(writer, property.Kind == "min" ? "min" : "max", value is { Exact: true, Endless: false } ? value.Proved : null, unit);
        writer.WriteString("unit", unit.Name);
        writer.WriteBoolean("attained", value.Attained);
        writer.WriteBoolean("approached", value.Approached);
        writer.WriteBoolean("endless", value.Endless);
        WriteTime(writer, "proved", value.Proved, unit);
        WriteTime(writer, "found", value.Found, unit);
        writer.WriteEndObject();
    }

    private static void WriteBound(Utf8JsonWriter writer, Rational? bound, TimeUnit unit)
    {
        if (bound is null)
        {
            writer.WriteNull("bound");
            return;
        }
        writer.WriteStartObject("bound");
        WriteTime(writer, "time", bound, unit);
        writer.WriteString("unit", unit.Name);
        writer.WriteEndObject();
    }

    private static void WriteTime(Utf8JsonWriter writer, string name, Rational? time, TimeUnit unit) =>
        writer.WriteString(name, time is { } known ? Fraction(known, unit) : null);

    private static void WriteWitness(Utf8JsonWriter writer, Run? run, TimeUnit unit)
    {
        if (run is null)
        {
            writer.WriteNull("witness");
            return;
        }
        writer.WriteStartArray("witness");
        for (int i = 0; i < run.Steps.Length; i++)
        {
            writer.WriteStartObject();
            writer.WriteString("t", Fraction(run.Nanoseconds(run.Steps[i].Instant), unit));
            writer.WriteString("unit", unit.Name);
            writer.WriteString("who", RunTable.Who(run, i));
            writer.WriteString("move", RunTable.Summary(run, i));
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    public static void WriteStatistics(Utf8JsonWriter writer, Statistics statistics)
    {
        writer.WriteStartObject("stats");
        writer.WriteNumber("states", statistics.States);
        writer.WriteNumber("moves", statistics.Moves);
        writer.WriteNumber("seconds", Math.Round(statistics.Seconds, 3));
        writer.WriteNumber("configurations", statistics.Configurations);
        writer.WriteNumber("linear_programs", statistics.LinearPrograms);
        writer.WriteEndObject();
    }
}
