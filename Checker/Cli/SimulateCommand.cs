using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Irekae.Codegen.Emit;
using Irekae.Codegen.Running;
using Irekae.Codegen.Simulator;
using Irekae.Model.Binding;
using Irekae.Model.Numbers;
using Spectre.Console;

namespace Irekae.Checker.Cli;

/// <summary>What one experiment has shown.</summary>
internal sealed record Simulated(Protocol Protocol, TrialOutcome Outcome, bool Interrupted);

/// <summary><c>irekae simulate FILE</c>: the experiments of a specification, run by a simulator generated from it.</summary>
internal static class SimulateCommand
{
    public static Command Create(Terminal terminal, CancellationToken cancel)
    {
        var file = SpecFile.One();
        var experiment = new Option<string[]>("--experiment", "-e") { Description = "Only this experiment. May be repeated; without it all, or the system as it is if it declares none.", HelpName = "NAME" };
        var trials = new Option<long?>("--trials") { Description = "Runs of each experiment, in the place of its own number.", HelpName = "N" };
        var seed = new Option<ulong>("--seed") { Description = "Names the results: the same seed gives the same on every machine.", HelpName = "N", DefaultValueFactory = _ => 1 };
        var (set, draw) = (Settings.Option(), Settings.Draw());
        var until = Amounts.Time("--until", "A run ends before this instant, such as 2s.");
        var within = Amounts.Time("--any-time", "What may take any time takes at most this, such as 1s.");
        var csv = new Option<string?>("--csv") { Description = "Write a row for each trial and quantity to this file.", HelpName = "FILE" };
        var rows = new Option<bool>("--rows") { Description = "With --csv: a row for each single value." };
        var plot = new Option<string?>("--plot") { Description = "Draw a histogram of each quantity into this file, as SVG.", HelpName = "FILE" };
        var json = new Option<bool>("--json") { Description = "One JSON object on standard output instead of text." };
        trials.FromOne();
        var command = new Command("simulate", "Run the experiments of a specification and show what was measured.") { file, experiment, trials, seed, set, draw, until, within, csv, rows, plot, json };
        command.SetAction(result =>
        {
            var loaded = SpecFile.Load(result.GetRequiredValue(file));
            if (!loaded.HasErrors)
            {
                if (Settings.Apply(loaded, result.GetValue(set) ?? [], terminal) is not { } changed) return ExitCode.BadInput;
                if (changed.HasErrors) changed.WriteDiagnostics(terminal);
                if (changed.HasErrors || Settings.Drawing(changed, result.GetValue(draw) ?? [], terminal) is not { } drawing) return ExitCode.BadInput;
                loaded = drawing;
            }
            loaded.WriteDiagnostics(terminal);
            if (loaded.HasErrors) return ExitCode.BadInput;
            if (result.GetValue(rows) && result.GetValue(csv) is null)
            {
                terminal.Error.WriteLine("--rows needs --csv FILE: where the rows go");
                return ExitCode.BadInput;
            }
            if (Chosen(loaded, result.GetValue(experiment) ?? [], terminal) is not { } chosen) return ExitCode.BadInput;

            using var table = result.GetValue(csv) is { } path ? Open(path, terminal) : null;
            if (table is null && result.GetValue(csv) is not null) return ExitCode.BadInput;
            if (result.GetValue(plot) is { } early && !Drawings.Write(early, "", terminal)) return ExitCode.BadInput;
            table?.WriteLine(result.GetValue(rows) ? "experiment,trial,quantity,begin_ns,value_ns" : "experiment,trial,quantity,count,min_ns,mean_ns,max_ns");
            var store = CompiledStore.OfUser();
            var all = new List<Simulated>();
            foreach (var one in chosen)
            {
                var protocol = Protocol.Of(loaded.SystemOf(one?.Variant), one, result.GetValue(seed), store);
                if (result.GetValue(until) is { } end) protocol = protocol.Until(end);
                if (result.GetValue(within) is not null && one?.DrawnAnyTime is not null)
                {
                    terminal.Error.WriteLine($"experiment {one.Name} draws any time in its own way: leave --any-time out, or its `draw any time`");
                    return ExitCode.BadInput;
                }
                if (result.GetValue(within) is { } longest) protocol = protocol.Drawing(Rational.Zero, longest);
                protocol = protocol with { Plan = protocol.Plan with { Rows = result.GetValue(rows), Trials = result.GetValue(trials) ?? protocol.Plan.Trials } };
                Action<Trial>? each = table is null ? null : result.GetValue(rows) ? trial => WriteRows(table, protocol, trial) : trial => WriteTrial(table, protocol, trial);
                var outcome = Run(protocol, each, terminal, cancel);
                all.Add(new Simulated(protocol, outcome, outcome.Trials < protocol.Plan.Trials));
                if (cancel.IsCancellationRequested) break;
            }
            if (all.TrueForAll(one => one.Outcome.Trials == 0)) cancel.ThrowIfCancellationRequested();
            if (result.GetValue(plot) is { } drawn && !Drawings.Write(drawn, SimulateReport.Draw(loaded, all), terminal)) return ExitCode.BadInput;
            if (result.GetValue(json)) SimulateReport.WriteJson(terminal.Out, loaded, all);
            else SimulateReport.Write(terminal, loaded, all);
            return ExitCode.Worst(all.Select(SimulateReport.Code));
        });
        return command;
    }

    private static Experiment?[]? Chosen(SpecFile file, string[] names, Terminal terminal)
    {
        var declared = file.SystemOf(null).Experiments;
        foreach (string name in names.Where(name => !declared.Any(one => one.Name == name)))
        {
            terminal.Error.WriteLine($"no experiment is called '{name}'; there are: {(declared.IsEmpty ? "none" : string.Join(", ", declared.Select(one => one.Name)))}");
            return null;
        }
        if (declared.IsEmpty) return [null];
        // The parts of an experiment are those of the system of its variant.
        return [.. declared.Where(one => names.Length == 0 || names.Contains(one.Name)).Select(one => file.SystemOf(one.Variant).Experiments[one.Index])];
    }

    private static TrialOutcome Run(Protocol protocol, Action<Trial>? each, Terminal terminal, CancellationToken cancel)
    {
        if (!terminal.Live) return protocol.Simulator.Run(protocol.Plan, Warning(protocol, each, terminal.Error.WriteLine), null, cancel);
        var console = terminal.LiveError();
        return console.Progress().AutoClear(true).Start(context =>
        {
            var task = context.AddTask(Markup.Escape(protocol.Experiment?.Name ?? protocol.System.Name), maxValue: protocol.Plan.Trials);
            return protocol.Simulator.Run(protocol.Plan, Warning(protocol, each, console.WriteLine), done => task.Value = done, cancel);
        });
    }

    /// <summary>Trials that do not end by themselves take long: that is said after the first, while others are to come.</summary>
    private static Action<Trial> Warning(Protocol protocol, Action<Trial>? each, Action<string> warn)
    {
        bool warned = false;
        return trial =>
        {
            if (!warned && trial.Ending == Ending.Moves && trial.Number + 1 < protocol.Plan.Trials)
            {
                warned = true;
                warn($"trial {Text(trial.Number + 1)} of {Text(protocol.Plan.Trials)} was ended after {Text(trial.Moves)} moves: interrupt, and say when trials end with until or --until");
            }
            each?.Invoke(trial);
        };
    }

    private static StreamWriter? Open(string path, Terminal terminal)
    {
        StreamWriter? opened = null;
        Outputs.Try(path, terminal, () => opened = new StreamWriter(path) { NewLine = "\n" });
        return opened;
    }

    /// <summary>Names are those of a specification: no commas or quotes in them.</summary>
    private static void WriteTrial(StreamWriter table, Protocol protocol, Trial trial)
    {
        for (int q = 0; q < trial.Summaries.Length; q++)
        {
            var s = trial.Summaries[q];
            if (s.Count == 0) continue;
            string[] cells =
            [
                Name(protocol), Text(trial.Number + 1), SimulateReport.NameOf(protocol, q), Text(s.Count),
                Nanoseconds(protocol, s.Least), Nanoseconds(protocol, (long)(s.Sum / s.Count)), Nanoseconds(protocol, s.Most),
            ];
            table.WriteLine(string.Join(',', cells));
        }
    }

    private static void WriteRows(StreamWriter table, Protocol protocol, Trial trial)
    {
        foreach (var row in trial.Rows)
            table.WriteLine(string.Join(',', Name(protocol), Text(trial.Number + 1), SimulateReport.NameOf(protocol, row.Quantity), Nanoseconds(protocol, row.Begin), Nanoseconds(protocol, row.Value)));
    }

    private static string Name(Protocol protocol) => protocol.Experiment?.Name ?? protocol.System.Name;

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Nanoseconds(Protocol protocol, long fineTicks) =>
        TimeText.Number(protocol.Simulator.Nanoseconds(fineTicks), TimeUnit.Nanosecond, 0).Replace(' ', '+');
}
