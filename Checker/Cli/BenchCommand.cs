using System.CommandLine;
using Irekae.Checker.Bench;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Irekae.Checker.Cli;

/// <summary><c>irekae bench</c>: what verification costs and how the cost grows. Counts repeat exactly; seconds are of this machine, now.</summary>
internal static class BenchCommand
{
    public static Command Create(Terminal terminal, CancellationToken cancel)
    {
        var specs = new Option<string>("--specs") { Description = "The folder of the shipped specifications.", HelpName = "DIR", DefaultValueFactory = _ => "specs" };
        var workload = new Option<string[]>("--workload") { Description = "Only these, by name; * and ? allowed.", HelpName = "NAME" };
        var command = new Command("bench", "Count what verification costs and how the cost grows.") { specs, workload };
        command.SetAction(result =>
        {
            string folder = result.GetValue(specs)!;
            if (!Directory.Exists(Path.Combine(folder, "ant")))
            {
                terminal.Error.WriteLine($"there are no shipped specifications in '{folder}': start in the repository, or name the folder with --specs");
                return ExitCode.BadInput;
            }

            return Show(Workload.All(folder).Where(w => Matches(result.GetValue(workload), w.Name)), terminal, cancel);
        });
        return command;
    }

    private static bool Matches(string[]? names, string name) =>
        names is null or [] || names.Any(n => System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(n, name));

    private static int Show(IEnumerable<Workload> workloads, Terminal terminal, CancellationToken cancel)
    {
        var table = RemarkedTable.Of(
            ("workload", false, true), ("size", true, false), ("configurations", true, false), ("states", true, false), ("moves", true, false),
            ("programs", true, false), ("states grow", true, false), ("seconds", true, false), ("states/s", true, false));
        BenchRow? before = null;
        foreach (var row in Benchmark.Run(workloads, cancel))
        {
            table.AddRow([.. Benchmark.Cells(row, before).Select(cell => terminal.Text(cell))]);
            before = row;
            if (terminal.Live) terminal.Error.WriteLine($"{row.Workload} {row.Size}");
        }

        terminal.Draw(new RemarkedTable(table, [.. table.Rows.Select(_ => Array.Empty<IRenderable>())]));
        return ExitCode.Proved;
    }
}
