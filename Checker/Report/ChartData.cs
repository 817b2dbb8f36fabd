using System.Collections.Immutable;
using System.Text.Json;
using Irekae.Model.Numbers;

namespace Irekae.Checker.Report;

/// <summary>A vertical line of a chart: an exact extreme, or what was measured.</summary>
internal sealed record ChartMark(string Name, Rational Nanoseconds, bool Exact);

/// <summary>Values of one quantity: simulated ones as bars, exact extremes and measured values as lines.</summary>
/// <param name="Edges">In nanoseconds, one more than there are counts; empty: nothing was simulated.</param>
internal sealed record ValuesChart(string Title, string Subtitle, ImmutableArray<Rational> Edges, ImmutableArray<long> Counts, ImmutableArray<ChartMark> Marks);

/// <summary>Intervals before, during and after a disturbance, one line for each trial: what Figure 2 of the seed paper draws.</summary>
internal sealed record IntervalsChart(string Title, string Subtitle, string Disturbance, ImmutableArray<(string Name, ImmutableArray<(int Number, Rational Length, bool Touched)> Points)> Trials, ImmutableArray<ChartMark> Marks);

/// <summary>Charts as the page's script reads them. A picture is no proof: here exact times become positions, in one unit of each chart.</summary>
internal static class ChartData
{
    public static void Write(Utf8JsonWriter json, ValuesChart chart)
    {
        var unit = TimeUnit.For(chart.Edges.Concat(chart.Marks.Select(mark => mark.Nanoseconds)));
        Begin(json, "values", chart.Title, chart.Subtitle, unit);
        json.WriteStartArray("edges");
        foreach (var edge in chart.Edges) json.WriteNumberValue(In(edge, unit));
        json.WriteEndArray();
        json.WriteStartArray("counts");
        foreach (long count in chart.Counts) json.WriteNumberValue(count);
        json.WriteEndArray();
        End(json, chart.Marks, unit);
    }

    public static void Write(Utf8JsonWriter json, IntervalsChart chart)
    {
        var unit = TimeUnit.For(chart.Trials.SelectMany(trial => trial.Points).Select(point => point.Length));
        Begin(json, "intervals", chart.Title, chart.Subtitle, unit);
        json.WriteString("disturbance", chart.Disturbance);
        json.WriteStartArray("trials");
        foreach (var (name, points) in chart.Trials)
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteStartArray("points");
            foreach (var (number, length, touched) in points)
            {
                json.WriteStartArray();
                json.WriteNumberValue(number);
                json.WriteNumberValue(In(length, unit));
                json.WriteNumberValue(touched ? 1 : 0);
                json.WriteEndArray();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        End(json, chart.Marks, unit);
    }

    private static void Begin(Utf8JsonWriter json, string kind, string title, string subtitle, TimeUnit unit)
    {
        json.WriteStartObject();
        json.WriteString("kind", kind);
        json.WriteString("title", title);
        json.WriteString("subtitle", subtitle);
        json.WriteString("unit", unit.Name);
    }

    private static void End(Utf8JsonWriter json, ImmutableArray<ChartMark> marks, TimeUnit unit)
    {
        json.WriteStartArray("marks");
        foreach (var mark in marks)
        {
            json.WriteStartObject();
            json.WriteString("name", mark.Name);
            json.WriteNumber("at", In(mark.Nanoseconds, unit));
            json.WriteBoolean("exact", mark.Exact);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static double In(Rational nanoseconds, TimeUnit unit) => (double)nanoseconds.Numerator / ((double)nanoseconds.Denominator * unit.Nanoseconds);
}
