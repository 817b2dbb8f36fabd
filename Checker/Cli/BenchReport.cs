using System.Globalization;
using System.Text.Json;
using Irekae.Checker.Bench;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Irekae.Checker.Cli;

/// <summary>Measured workloads, for people and for programs.</summary>
internal static class BenchReport
{
    /// <param name="rate">With states per second: only worth something when each size was repeated.</param>
    /// <param name="conform">Of a long trace that is followed; null: not measured.</param>
    /// <param name="proofs">Of the certificate checker; null: not measured.</param>
    /// <param name="speed">Of the generated simulator; null: not measured.</param>
    /// <param name="experiment">What it costs until it runs, and a short experiment; null: not measured.</param>
    /// <param name="test">Of random runs that are judged; null: not measured.</param>
    public static void Write(Terminal terminal, List<BenchRow> rows, bool rate, ConformSpeed? conform, ProofSpeed? proofs, SimulationSpeed? speed, ExperimentSpeed? experiment, TestSpeed? test)
    {
        if (rows.Count > 0) terminal.Draw(new RemarkedTable(Table(terminal, rows, rate), [.. rows.Select((_, i) => Growth(terminal, rows, i))]));
        string Seconds(double seconds) => seconds.ToString("F3", CultureInfo.InvariantCulture) + " s";
        if (conform is not null)
        {
            string Megabytes(long bytes) => (bytes / 1e6).ToString("F0", CultureInfo.InvariantCulture);
            terminal.Out.WriteLine($"  conform: {conform.Events.ToString("#,0", CultureInfo.InvariantCulture)} switches of specs/conform/tasks.irk in ftrace's text: {Seconds(conform.Seconds)} to the nanosecond, {Seconds(conform.RoundedSeconds)} rounded to microseconds, {Seconds(conform.LateSeconds)} until one that is late at its end is refuted and a change found that would explain it; at most {Megabytes(conform.Memory)} MB, {Megabytes(conform.MemoryEarly)} MB after a tenth");
        }

        if (proofs is not null) terminal.Out.WriteLine($"  proofs: {proofs.Certificates} certificates of both seed systems, {(proofs.Bytes / 1e6).ToString("F1", CultureInfo.InvariantCulture)} MB with their models, checked in {Seconds(proofs.Seconds)} of one core");
        if (speed is null) return;
        string Rate(double perSecond) => (perSecond / 1e6).ToString("F1", CultureInfo.InvariantCulture) + " million moves per second of one core";
        terminal.Out.WriteLine($"  simulation: {Rate(speed.PerSecond)}, generated from specs/minix3/minix3.irk");
        terminal.Out.WriteLine(speed.ByHand is { } hand
            ? $"      by hand in C++ -O2: {Rate(hand)}, the same numbers; ratio {(speed.PerSecond / hand).ToString("F2", CultureInfo.InvariantCulture)}"
            : "      g++ is not here: nothing to compare with");
        if (test is not null) terminal.Out.WriteLine($"  test: {Math.Round(test.PerSecond).ToString("#,0", CultureInfo.InvariantCulture)} runs per second of one core, {TestSpeed.Moves} moves each, judged by every property of specs/minix3/minix3.irk as it stands");
        if (experiment is null) return;
        terminal.Out.WriteLine($"  emit and compile specs/{ExperimentSpeed.Largest}: {Seconds(experiment.FirstCompile)} the first time in a process, {Seconds(experiment.Compile)} again");
        terminal.Out.WriteLine($"  5 x 1000 sends on both seed systems, once compiled: {Seconds(experiment.FirstRun)}, {Seconds(experiment.Run)} again");
    }

    public static Table Table(Terminal terminal, List<BenchRow> rows, bool rate)
    {
        (string, bool, bool)[] columns =
        [
            ("workload", false, false), ("size", true, false), ("configurations", true, false), ("states", true, false), ("moves", true, false),
            ("programs", true, false), ("seconds", true, false),
        ];
        var table = RemarkedTable.Of(rate ? [.. columns, ("states/s", true, false)] : columns);
        foreach (var row in rows)
        {
            var (workload, size, result) = row;
            var s = result.Statistics;
            long[] counts = [size, s.Configurations, s.States, s.Moves, s.LinearPrograms];
            string[] cells = [workload.Name, .. counts.Select(count => count.ToString(CultureInfo.InvariantCulture)), s.Seconds.ToString("F3", CultureInfo.InvariantCulture)];
            if (rate) cells = [.. cells, Math.Round(row.StatesPerSecond).ToString("#,0", CultureInfo.InvariantCulture)];
            table.AddRow([.. cells.Select(cell => terminal.Text(cell))]);
        }
        return table;
    }

    public static void WriteJson(TextWriter output, List<BenchRow> rows, ConformSpeed? conform, ProofSpeed? proofs, SimulationSpeed? speed, ExperimentSpeed? experiment, TestSpeed? test) => output.WriteLine(Json.Text(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("tool", "irekae");
        writer.WriteString("version", Cli.Version);
        writer.WriteStartArray("workloads");
        foreach (var row in rows) Write(writer, row);
        writer.WriteEndArray();
        if (conform is not null)
        {
            writer.WriteStartObject("conform");
            writer.WriteNumber("events", conform.Events);
            writer.WriteNumber("seconds", Math.Round(conform.Seconds, 3));
            writer.WriteNumber("rounded_seconds", Math.Round(conform.RoundedSeconds, 3));
            writer.WriteNumber("late_seconds", Math.Round(conform.LateSeconds, 3));
            writer.WriteNumber("bytes", conform.Memory);
            writer.WriteNumber("bytes_early", conform.MemoryEarly);
            writer.WriteEndObject();
        }

        if (proofs is not null)
        {
            writer.WriteStartObject("proofs");
            writer.WriteNumber("certificates", proofs.Certificates);
            writer.WriteNumber("bytes", proofs.Bytes);
            writer.WriteNumber("check_seconds", Math.Round(proofs.Seconds, 4));
            writer.WriteEndObject();
        }

        if (speed is not null)
        {
            writer.WriteStartObject("simulation");
            writer.WriteNumber("moves", speed.Moves);
            writer.WriteNumber("moves_per_second", Math.Round(speed.PerSecond));
            if (speed.ByHand is { } hand) writer.WriteNumber("by_hand_moves_per_second", Math.Round(hand));
            if (test is not null) writer.WriteNumber("test_runs_per_second", Math.Round(test.PerSecond));
            if (experiment is not null)
            {
                writer.WriteNumber("first_compile_seconds", Math.Round(experiment.FirstCompile, 3));
                writer.WriteNumber("compile_seconds", Math.Round(experiment.Compile, 3));
                writer.WriteNumber("first_experiment_seconds", Math.Round(experiment.FirstRun, 3));
                writer.WriteNumber("experiment_seconds", Math.Round(experiment.Run, 3));
            }

            writer.WriteEndObject();
        }
        writer.WriteEndObject();
    }));

    private static void Write(Utf8JsonWriter writer, BenchRow row)
    {
        writer.WriteStartObject();
        writer.WriteString("workload", row.Workload.Name);
        writer.WriteNumber("size", row.Size);
        JsonProperty.WriteStatistics(writer, row.Result.Statistics);
        writer.WriteNumber("states_per_second", Math.Round(row.StatesPerSecond));
        writer.WriteEndObject();
    }

    /// <summary>Below the last size of a workload: what grew, by how much, and by how much the states did.</summary>
    private static IRenderable[] Growth(Terminal terminal, List<BenchRow> rows, int last)
    {
        var workload = rows[last].Workload;
        if (last + 1 < rows.Count && rows[last + 1].Workload == workload) return [];
        var sizes = rows.Where(row => row.Workload == workload).ToList();
        if (sizes.Count == 1) return [];
        var steps = sizes.Zip(sizes.Skip(1), (small, large) => $"x{Factor(small.Result.Statistics.States, large.Result.Statistics.States)} for x{Factor(small.Size, large.Size)}");
        string expected = workload.Expected.Length > 0 ? $"expected {workload.Expected}; " : "";
        return [new Indented(terminal.Text($"{workload.Unit}: {expected}states {string.Join(", ", steps)}"), "      ")];
    }

    private static string Factor(double small, double large) => (large / Math.Max(small, 1)).ToString("0.#", CultureInfo.InvariantCulture);
}
