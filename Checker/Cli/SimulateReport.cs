using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Irekae.Codegen.Plots;
using Irekae.Codegen.Running;
using Irekae.Codegen.Simulator;
using Irekae.Codegen.Validation;
using Irekae.Model.Numbers;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Irekae.Checker.Cli;

/// <summary>What experiments have shown, for people and for programs.</summary>
internal static class SimulateReport
{
    private const int Bars = 60;
    private const string Unicode = "·▁▂▃▄▅▆▇█";

    private static readonly (string Name, int Numerator, int Denominator)[] Quantiles =
        [("2.5 %", 25, 1000), ("50 %", 1, 2), ("97.5 %", 975, 1000)];

    private static readonly (string Name, int Numerator, int Denominator)[] InTable = Quantiles[1..];

    public static string NameOf(Protocol protocol, int quantity) => protocol.Simulator.Create(default(DrawnWorld)).Quantities[quantity];

    public static int Code(Simulated one) =>
        one.Outcome.Violated > 0 ? ExitCode.Refuted
        : one.Interrupted || one.Outcome.Ended(Ending.Moves) > 0 ? ExitCode.Unknown
        : ExitCode.Proved;

    public static void Write(Terminal terminal, SpecFile file, IReadOnlyList<Simulated> all)
    {
        var system = file.SystemOf(null);
        terminal.Out.WriteLine(terminal.Bold(system.Name) + (system.Description.Length > 0 ? $": {system.Description}" : ""));
        foreach (var one in all) Write(terminal, file, one);
    }

    private static void Write(Terminal terminal, SpecFile file, Simulated one)
    {
        var (protocol, outcome, interrupted) = one;
        var (experiment, simulator, plan) = (protocol.Experiment, protocol.Simulator, protocol.Plan);
        string title = experiment is null ? "as it is" : $"experiment {experiment.Name}{(experiment.Description.Length > 0 ? $": {experiment.Description}" : "")}";
        terminal.Out.WriteLine();
        terminal.Draw(new Indented(terminal.Text(title), "  "));
        terminal.Out.WriteLine($"  {file.Path}: seed {plan.Seed}, {Plural(outcome.Trials, "trial")}{(interrupted ? $" of {plan.Trials}: interrupted" : "")}, {Plural(outcome.Moves, "move")}");
        terminal.Draw(new Indented(terminal.Text($"simulated, not proved; times to {Shown(simulator, 1)}; any time is {Shown(simulator, plan.AnyTime.Low)} .. {Shown(simulator, plan.AnyTime.High)}", new Style(decoration: Decoration.Dim)), "  "));
        terminal.Out.WriteLine();
        var table = RemarkedTable.Of(
        [
            ("quantity", false, false), ("count", true, false), ("min", true, false), ("mean", true, false),
            .. InTable.Select(q => (q.Name, true, false)), ("max", true, false),
        ]);
        var remarks = new List<IReadOnlyList<IRenderable>>();
        for (int q = 0; q < outcome.Values.Length; q++)
        {
            var values = outcome.Values[q];
            var s = values.Summary;
            if (s.Count == 0) continue;
            var unit = TimeUnit.For(simulator.Nanoseconds(s.Most));
            string Time(long fine) => TimeText.Of(Nearest(simulator.Nanoseconds(fine)), unit);
            string[] cells =
            [
                NameOf(protocol, q), s.Count.ToString(CultureInfo.InvariantCulture), Time(s.Least), Time((long)(s.Sum / s.Count)),
                .. InTable.Select(each => Time(values.Quantile(each.Numerator, each.Denominator))), Time(s.Most),
            ];
            table.AddRow([.. cells.Select(cell => terminal.Text(cell))]);
            remarks.Add(s.Least == s.Most ? [] : [new Indented(terminal.Text($"min {Heights(EqualBins.Of(values, Bars), terminal.Unicode)} max"), "      ")]);
        }
        if (remarks.Count > 0) terminal.Draw(new RemarkedTable(table, remarks));
        else terminal.Out.WriteLine("  nothing was measured");
        foreach (string remark in Remarks(one)) terminal.Draw(new Indented(terminal.Text(remark), "  - ", "    "));
    }

    /// <summary>How the trials ended, where that is not by themselves; what was violated.</summary>
    private static IEnumerable<string> Remarks(Simulated one)
    {
        var (protocol, outcome, _) = one;
        if (outcome.Ended(Ending.Horizon) is > 0 and var cut) yield return $"{cut} of {outcome.Trials} trials ended at {Shown(protocol.Simulator, protocol.Plan.Horizon)}";
        if (outcome.Ended(Ending.Moves) is > 0 and var endless) yield return $"{endless} of {outcome.Trials} trials were ended after {protocol.Plan.Moves} moves: say when they end with until or --until";
        if (outcome.FirstViolation is not { } first) yield break;
        var (kind, text) = protocol.Simulator.Create(default(DrawnWorld)).Sites[first.Violated];
        yield return $"in {outcome.Violated} of {outcome.Trials} trials a check was violated, first in trial {first.Number + 1} at {Shown(protocol.Simulator, first.ViolatedAt)}: {text} ({kind.ToLowerInvariant()})";
    }

    private static string Plural(long count, string what) => $"{count.ToString(CultureInfo.InvariantCulture)} {what}{(count == 1 ? "" : "s")}";

    private static string Shown(Codegen.Running.Simulator simulator, long fine) => TimeText.Of(simulator.Nanoseconds(fine));

    /// <summary>To the nanosecond.</summary>
    private static Rational Nearest(Rational time) => new(((2 * time.Numerator) + time.Denominator) / (2 * time.Denominator), BigInteger.One);

    /// <summary>How many values lie in each of equal parts between the least and the largest, as heights.</summary>
    private static string Heights(EqualBins bins, bool unicode)
    {
        long most = bins.Counts.Max();
        string heights = unicode ? Unicode : "_.:-=+*#@";
        return string.Concat(bins.Counts.Select(count => heights[count == 0 ? 0 : 1 + (int)((Int128)count * (heights.Length - 2) / most)]));
    }

    public static void WriteJson(TextWriter output, SpecFile file, IReadOnlyList<Simulated> all) => output.WriteLine(Json.Text(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("tool", "irekae");
        writer.WriteString("version", Cli.Version);
        writer.WriteString("file", file.Path);
        writer.WriteString("system", file.SystemOf(null).Name);
        writer.WriteStartArray("experiments");
        foreach (var one in all) Write(writer, one);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }));

    private static void Write(Utf8JsonWriter writer, Simulated one)
    {
        var (protocol, outcome, interrupted) = one;
        void Time(string name, long fine) => writer.WriteString(name, JsonProperty.Fraction(protocol.Simulator.Nanoseconds(fine), TimeUnit.Nanosecond));
        writer.WriteStartObject();
        writer.WriteString("experiment", protocol.Experiment?.Name);
        writer.WriteString("variant", protocol.Experiment?.Variant);
        writer.WriteNumber("seed", protocol.Plan.Seed);
        writer.WriteNumber("trials", outcome.Trials);
        writer.WriteBoolean("partial", interrupted);
        writer.WriteNumber("moves", outcome.Moves);
        writer.WriteNumber("violated", outcome.Violated);
        writer.WriteString("unit", "ns");
        writer.WriteStartArray("quantities");
        for (int q = 0; q < outcome.Values.Length; q++)
        {
            var values = outcome.Values[q];
            var s = values.Summary;
            writer.WriteStartObject();
            writer.WriteString("name", NameOf(protocol, q));
            writer.WriteNumber("count", s.Count);
            if (s.Count > 0)
            {
                Time("min", s.Least);
                Time("mean", (long)(s.Sum / s.Count));
                Time("max", s.Most);
                writer.WriteStartObject("quantiles");
                foreach (var (name, numerator, denominator) in Quantiles) Time(name.Replace(" %", "", StringComparison.Ordinal), values.Quantile(numerator, denominator));
                writer.WriteEndObject();
                WriteHistogram(writer, EqualBins.Of(values, Bars), protocol.Simulator);
            }
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>Bin k holds the values from edge k on, below edge k + 1.</summary>
    private static void WriteHistogram(Utf8JsonWriter writer, EqualBins bins, Codegen.Running.Simulator simulator)
    {
        writer.WriteStartObject("histogram");
        writer.WriteStartArray("edges");
        foreach (long edge in bins.Edges) writer.WriteStringValue(JsonProperty.Fraction(simulator.Nanoseconds(edge), TimeUnit.Nanosecond));
        writer.WriteEndArray();
        writer.WriteStartArray("counts");
        foreach (long count in bins.Counts) writer.WriteNumberValue(count);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>A histogram of each quantity of each experiment, as SVG.</summary>
    public static string Draw(SpecFile file, IReadOnlyList<Simulated> all) => ValuesPlot.Of(file.Path, all.SelectMany(one =>
        one.Outcome.Values.Select((values, q) => (values, q)).Where(each => each.values.Summary.Count > 0).Select(each => new SimulatedValues(
            NameOf(one.Protocol, each.q),
            $"{one.Protocol.Experiment?.Name ?? one.Protocol.System.Name}: {Plural(one.Outcome.Trials, "trial")}, seed {one.Protocol.Plan.Seed}",
            each.values,
            one.Protocol.Simulator.Nanoseconds))));
}
