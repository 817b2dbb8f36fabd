using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Irekae.Checker.Bounded;
using Irekae.Checker.Bounded.Calibration;
using Irekae.Model.Binding;
using Spectre.Console;

namespace Irekae.Checker.Cli;

/// <summary><c>irekae calibrate FILE --data CSV</c>: the parameter values with which measured data are possible.</summary>
internal static class CalibrateCommand
{
    private const int UsualDepth = 200;

    public static Command Create(Terminal terminal, CancellationToken cancel)
    {
        var file = SpecFile.One();
        var data = new Option<string[]>("--data") { Description = "Measured data (.csv). May be repeated.", HelpName = "CSV", Required = true };
        var use = new Option<string[]>("--use")
        {
            Description = "Observations that are to be explained, as system.measure.condition.statistic; * and ? stand for any characters; a + joins those of one run. May be repeated; without it: all that the specification names.",
            HelpName = "CELLS",
        };
        var variant = new Option<string?>("--variant") { Description = "Calibrate this variant.", HelpName = "NAME" };
        var show = new Option<string[]>("--show") { Description = "Tell the values of this measure in the runs that show the observations. May be repeated.", HelpName = "MEASURE" };
        var depth = new Option<int>("--depth") { Description = "Moves of the longest runs that are looked at.", HelpName = "N", DefaultValueFactory = _ => UsualDepth };
        var ways = new Option<int>("--ways") { Description = "Ways through the system that are looked at, for each observation.", HelpName = "N", DefaultValueFactory = _ => Calibrator.UsualWays };
        var limit = Amounts.Time("--time-limit", "Stop after this time, such as 30s, and tell what is known.");
        var json = new Option<bool>("--json") { Description = "The answer as JSON." };
        var output = new Option<string?>("--output", "-o") { Description = "Write the record of this calibration there: what was used never counts as predicted.", HelpName = "RECORD" };
        var dump = new Option<string?>("--dump") { Description = "Write every question to the solver into this folder, as .smt2 files.", HelpName = "DIR" };
        depth.FromOne();
        ways.FromOne();
        var command = new Command("calibrate", "Find the parameter values with which measured data are possible.") { file, data, use, variant, show, depth, ways, limit, json, output, dump };
        command.SetAction(result =>
        {
            var spec = SpecFile.Load(result.GetRequiredValue(file));
            spec.WriteDiagnostics(terminal);
            if (spec.HasErrors) return ExitCode.BadInput;
            string? chosen = result.GetValue(variant);
            if (spec.FindSystem(chosen) is not { } system)
                return Refuse(terminal, $"there is no variant '{chosen}'; there are: {Listed(spec.SystemOf(null).Variants)}");
            var measured = MeasuredFiles.ReadOrNull(result.GetRequiredValue(data), system, terminal);
            if (measured is not { } observations) return ExitCode.BadInput;
            var (sets, complaint) = ObservationSets.Of(result.GetValue(use) ?? [], observations, system);
            if (complaint is not null) return Refuse(terminal, complaint);
            var shown = ImmutableArray.CreateBuilder<(string, Quantity)>();
            foreach (string name in result.GetValue(show) ?? [])
            {
                if (system.Measures.FirstOrDefault(m => m.Name == name) is not { } measure)
                    return Refuse(terminal, $"there is no measure '{name}'; there are: {Listed(system.Measures.Select(m => m.Name))}");
                shown.Add((name, new Quantity.OfMeasure(measure)));
            }

            var options = new BoundedOptions
            {
                Depth = result.GetValue(depth),
                TimeLimit = result.GetValue(limit) is { } time ? Amounts.TimeSpan(time) : null,
                DumpFolder = result.GetValue(dump),
            };
            var task = new CalibrationTask(measured => MeasuredSystem.Of(spec.Spec, chosen, measured), sets, shown.ToImmutable());
            var answer = Answer(progress => Calibrator.Calibrate(task, options, cancel, result.GetValue(ways), progress), spec.Path, terminal);
            string record = CalibrationRecord.Text(spec, chosen, result.GetRequiredValue(data), task, answer);
            bool written = result.GetValue(output) is not { } path || Outputs.Try(path, terminal, () => File.WriteAllText(path, record));
            if (result.GetValue(json)) terminal.Out.Write(record);
            else CalibrationReport.Write(terminal, spec.Path, chosen, task, answer);
            if (!written) return ExitCode.BadInput;
            return answer.Fit switch { Fit.Found { Unfinished: null } when answer.AllRuns => ExitCode.Proved, Fit.None when answer.AllRuns => ExitCode.Refuted, _ => ExitCode.Unknown };
        });
        return command;
    }

    /// <summary>On a terminal with a line that says how far it is.</summary>
    private static CalibrationResult Answer(Func<IProgress<CalibrationProgress>?, CalibrationResult> work, string path, Terminal terminal) =>
        terminal.Live ? terminal.LiveError().Status().Start(Markup.Escape(path), context => work(new Line(path, context))) : work(null);

    private sealed class Line(string path, StatusContext context) : IProgress<CalibrationProgress>
    {
        public void Report(CalibrationProgress value) => context.Status(Markup.Escape(string.Create(
            CultureInfo.InvariantCulture, $"{path}: {value.Doing}: {value.Ways} ways, {value.Questions} questions, {value.Elapsed.TotalSeconds:F0} s")));
    }

    private static string Listed(IEnumerable<string> names) => names.ToList() is { Count: > 0 } all ? string.Join(", ", all) : "none";

    private static int Refuse(Terminal terminal, string why)
    {
        terminal.Error.WriteLine(why);
        return ExitCode.BadInput;
    }
}
