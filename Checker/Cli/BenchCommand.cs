using System.CommandLine;
using System.IO.Enumeration;
using Irekae.Checker.Bench;
using Spectre.Console;

namespace Irekae.Checker.Cli;

/// <summary><c>irekae bench</c>: what verification costs and how the cost grows. Counts repeat exactly; seconds are of this machine, now.</summary>
internal static class BenchCommand
{
    public static Command Create(Terminal terminal, CancellationToken cancel)
    {
        var specs = new Option<string>("--specs") { Description = "The folder of the shipped specifications.", HelpName = "DIR", DefaultValueFactory = _ => "specs" };
        var workload = new Option<string[]>("--workload") { Description = "Only workloads of this name; * and ? stand for any characters. May be repeated.", HelpName = "NAME" };
        var once = new Option<bool>("--once") { Description = "Each size once, for the counts; else again and again for half a second, and the least seconds." };
        var json = JsonReport.Option();
        var command = new Command("bench", "Count what verification costs and how the cost grows.") { workload, specs, once, json };
        command.SetAction(result =>
        {
            string folder = result.GetValue(specs)!;
            if (!Directory.Exists(Path.Combine(folder, "ant")))
            {
                terminal.Error.WriteLine($"there are no shipped specifications in '{folder}': start in the repository, or name the folder with --specs");
                return ExitCode.BadInput;
            }
            var all = Workload.All(folder);
            Workload[] chosen = result.GetValue(workload) is { Length: > 0 } names ? [.. all.Where(one => Array.Exists(names, name => FileSystemName.MatchesSimpleExpression(name, one.Name)))] : all;
            bool Timed(string speed) => result.GetValue(workload) is { Length: > 0 } wanted
                ? Array.Exists(wanted, name => FileSystemName.MatchesSimpleExpression(name, speed))
                : !result.GetValue(once);
            var (simulation, proofs, conforms) = (Timed(SimulationSpeed.Name), Timed(ProofSpeed.Name), Timed(ConformSpeed.Name));
            if (chosen.Length == 0 && !simulation && !proofs && !conforms)
            {
                terminal.Error.WriteLine($"no workload is called so; there are: {string.Join(", ", [.. all.Select(one => one.Name), ConformSpeed.Name, ProofSpeed.Name, SimulationSpeed.Name])}");
                return ExitCode.BadInput;
            }
            var rows = Measure(chosen, result.GetValue(once), terminal, cancel);
            var conform = conforms ? ConformSpeed.Measure(folder) : null;
            var proof = proofs ? ProofSpeed.Measure(folder) : null;
            var experiment = simulation ? ExperimentSpeed.Measure(folder) : null;
            var speed = simulation ? SimulationSpeed.Measure(folder) : null;
            var test = simulation ? TestSpeed.Measure(folder) : null;
            if (result.GetValue(json)) BenchReport.WriteJson(terminal.Out, rows, conform, proof, speed, experiment, test);
            else BenchReport.Write(terminal, rows, rate: !result.GetValue(once), conform, proof, speed, experiment, test);
            return ExitCode.Proved;
        });
        return command;
    }

    private static List<BenchRow> Measure(Workload[] workloads, bool once, Terminal terminal, CancellationToken cancel)
    {
        if (!terminal.Live) return [.. Benchmark.Run(workloads, once, (_, _) => { }, cancel)];
        return terminal.LiveError().Live(terminal.Text("")).AutoClear(true).Start(context =>
        {
            var rows = new List<BenchRow>();
            void Starting(Workload next, int size) => context.UpdateTarget(new Rows(BenchReport.Table(terminal, rows, rate: !once), terminal.Text($"measuring: {next.Name}, {size}")));
            foreach (var row in Benchmark.Run(workloads, once, Starting, cancel)) rows.Add(row);
            return rows;
        });
    }
}
