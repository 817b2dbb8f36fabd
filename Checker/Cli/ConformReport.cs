using System.Globalization;
using System.Text.Json;
using Irekae.Checker.Conformance;
using Irekae.Model.Numbers;
using Irekae.Model.Semantics;

namespace Irekae.Checker.Cli;

/// <summary>The answer of <c>conform</c>.</summary>
internal static class ConformReport
{
    private const int MostPossible = 8;

    public static void Write(Terminal terminal, Conformed answer)
    {
        string subject = answer.Variant is null ? answer.Spec.Path : $"{answer.Spec.Path}, variant {answer.Variant}";
        switch (answer.Result)
        {
            case ConformanceResult.Conforms conforms:
                Line($"{subject}: {terminal.Green("conforms")} to {answer.Trace}");
                if (conforms.Witness is not { } witness) Line("  no run of it can be shown: its numbers are too large");
                else if (witness.Before is null) Line($"  a run of {Count(witness.Run.Steps.Length, "move")} shows all of it, from {Time(witness.Start)} on its clock");
                else Line($"  the last {Count(witness.Run.Steps.Length, "move")} of a run show lines {answer.LineOf(witness.From)} to {answer.LineOf(witness.To)}");
                break;
            case ConformanceResult.Refuted refuted:
                Line($"{subject}: {terminal.Red("refuted")} by {answer.Trace}, line {refuted.At.Line}");
                Line($"  at {Time(refuted.At.Time)} {refuted.At.Text(answer.System)}: no run shows that after what is before it");
                Write(terminal, refuted);
                break;
            case ConformanceResult.Unknown unknown:
                Line($"{subject}: {terminal.Yellow("unknown")} whether it conforms to {answer.Trace}");
                Line($"  {unknown.Why}");
                break;
        }

        var count = answer.Count;
        Line($"  {answer.Format.ToString().ToLowerInvariant()}: {Count(count.Records, "event")}, {(count.Shown == count.Records ? "all" : count.Shown)} of the specification; {Count(count.States, "state")}, at most {count.MostAtOnce} at once; {count.Elapsed.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture)} s");
        if (!answer.Unmapped.IsEmpty) Line($"  not in the mapping, left out: {string.Join(", ", answer.Unmapped)}");

        void Line(string text) => terminal.Out.WriteLine(terminal.Signs(text));
    }

    private static void Write(Terminal terminal, ConformanceResult.Refuted refuted)
    {
        Line(refuted.Possible.IsEmpty ? "  nothing that can be seen was possible there" : "  possible there:");
        foreach (var one in refuted.Possible.Take(MostPossible)) Line($"    {one.What}, {When(one)}{(one.Expected ? ": at another time" : "")}");
        if (refuted.Possible.Length > MostPossible) Line($"    and {refuted.Possible.Length - MostPossible} more");
        string looked = refuted.Looked is { } line ? $", changed from line {line} on" : "";
        if (!refuted.Changes.IsEmpty) Line($"  it would be explained by{looked}:");
        foreach (var change in refuted.Changes)
            Line($"    {change.What}{(change is { Interval: { } interval, Changed: { } changed } ? $" {Range(interval)} → {Range(changed)}" : "")}, {(change.Attained ? "" : "more than ")}{Time(change.By)} {(change.What == "every duration" ? "longer or shorter" : change.Longer ? "longer" : "shorter")}");
        if (refuted.Changes.IsEmpty && refuted.Unfinished is null) Line($"  no change of durations{looked} would explain it");
        if (refuted.Unfinished is { } why) Line($"  {why}");

        void Line(string text) => terminal.Out.WriteLine(terminal.Signs(text));
    }

    private static string When(Possible one) => one switch
    {
        { From: { } from, To: { } to } => from == to ? $"at {Time(from)}" : $"from {Time(from)} to {Time(to)}",
        { From: { } from } => $"from {Time(from)} on",
        { To: { } to } => $"until {Time(to)}",
        _ => "at any time",
    };

    private static string Range((Rational Low, Rational? High) interval) => interval.High is { } high ? interval.Low == high ? Time(high) : $"{Time(interval.Low)} .. {Time(high)}" : $"{Time(interval.Low)} .. forever";

    private static string Time(Rational nanoseconds) => TimeText.Of(nanoseconds);

    private static string Count(long number, string what) => number == 1 ? $"1 {what}" : $"{number} {what}s";

    public static void WriteJson(TextWriter output, Conformed answer) => output.WriteLine(Json.Text(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("tool", "irekae");
        writer.WriteString("version", Cli.Version);
        writer.WriteString("file", answer.Spec.Path);
        writer.WriteString("system", answer.System.Name);
        writer.WriteString("variant", answer.Variant);
        writer.WriteString("trace", answer.Trace);
        writer.WriteString("format", answer.Format.ToString().ToLowerInvariant());
        writer.WriteString("mapping", answer.Mapping);
        writer.WriteString("verdict", answer.Result switch { ConformanceResult.Conforms => "conforms", ConformanceResult.Refuted => "refuted", _ => "unknown" });
        writer.WriteString("reason", (answer.Result as ConformanceResult.Unknown)?.Why);
        writer.WriteString("unit", "ns");
        writer.WritePropertyName("refutation");
        if (answer.Result is ConformanceResult.Refuted refuted) Write(writer, answer, refuted);
        else writer.WriteNullValue();
        writer.WritePropertyName("witness");
        if (answer.Result is ConformanceResult.Conforms { Witness: { } witness }) Write(writer, answer, witness);
        else writer.WriteNullValue();
        writer.WriteStartArray("unmapped");
        foreach (string name in answer.Unmapped) writer.WriteStringValue(name);
        writer.WriteEndArray();
        writer.WriteStartObject("stats");
        writer.WriteNumber("events", answer.Count.Records);
        writer.WriteNumber("shown", answer.Count.Shown);
        writer.WriteNumber("states", answer.Count.States);
        writer.WriteNumber("most_at_once", answer.Count.MostAtOnce);
        writer.WriteNumber("configurations", answer.Count.Configurations);
        writer.WriteNumber("seconds", Math.Round(answer.Count.Elapsed.TotalSeconds, 3));
        writer.WriteEndObject();
        writer.WriteEndObject();
    }));

    private static void Write(Utf8JsonWriter writer, Conformed answer, ConformanceResult.Refuted refuted)
    {
        writer.WriteStartObject();
        writer.WriteNumber("line", refuted.At.Line);
        writer.WriteString("time", Exact(refuted.At.Time));
        writer.WriteString("what", refuted.At.Text(answer.System));
        writer.WriteStartArray("possible");
        foreach (var one in refuted.Possible)
        {
            writer.WriteStartObject();
            writer.WriteString("what", one.What);
            writer.WriteString("from", one.From is { } from ? Exact(from) : null);
            writer.WriteString("to", one.To is { } to ? Exact(to) : null);
            writer.WriteBoolean("expected", one.Expected);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("changes");
        foreach (var change in refuted.Changes)
        {
            writer.WriteStartObject();
            writer.WriteString("what", change.What);
            writer.WriteString("low", change.Interval is { } was ? Exact(was.Low) : null);
            writer.WriteString("high", change.Interval?.High is { } high ? Exact(high) : null);
            writer.WriteString("new_low", change.Changed is { } now ? Exact(now.Low) : null);
            writer.WriteString("new_high", change.Changed?.High is { } newHigh ? Exact(newHigh) : null);
            writer.WriteString("by", Exact(change.By));
            writer.WriteBoolean("longer", change.Longer);
            writer.WriteBoolean("attained", change.Attained);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        if (refuted.Looked is { } line) writer.WriteNumber("changed_from_line", line);
        else writer.WriteNull("changed_from_line");
        writer.WriteString("unfinished", refuted.Unfinished);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, Conformed answer, Witness witness)
    {
        writer.WriteStartObject();
        writer.WriteBoolean("whole", witness.Before is null);
        writer.WriteNumber("from_line", answer.LineOf(witness.From));
        writer.WriteNumber("to_line", answer.LineOf(witness.To));
        writer.WriteStartArray("moves");
        for (int i = 0; i < witness.Run.Steps.Length; i++)
        {
            writer.WriteStartObject();
            writer.WriteString("t", Exact(witness.Start + witness.Run.Nanoseconds(witness.Run.Steps[i].Instant)));
            writer.WriteString("who", RunTable.Who(witness.Run, i));
            writer.WriteString("move", RunTable.Summary(witness.Run, i));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static string Exact(Rational time) => $"{time.Numerator}/{time.Denominator}";
}
