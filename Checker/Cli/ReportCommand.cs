using System.Collections.Immutable;
using System.CommandLine;
using Irekae.Checker.Explore.Polyhedra;
using Irekae.Checker.Report;
using Irekae.Checker.Verification;
using Irekae.Codegen.Validation;
using Irekae.Model.Binding;
using Irekae.Model.Numbers;
using Irekae.Model.Semantics;
using Irekae.Properties;

namespace Irekae.Checker.Cli;

/// <summary><c>irekae report FILE… -o report.html</c>: all that is known of specifications, as one page for a browser.</summary>
internal static class ReportCommand
{
    private const int UsualRepetitions = 50, MostBins = 60;

    public static Command Create(Terminal terminal, CancellationToken cancel)
    {
        var files = SpecFile.Several();
        var output = new Option<string>("--output", "-o") { Description = "The page.", HelpName = "HTML", Required = true };
        var data = new Option<string[]>("--data") { Description = "Measured data (.csv), shown beside the bounds. May be repeated.", HelpName = "CSV" };
        var calibration = ValidateCommand.Calibration();
        var repetitions = new Option<int>("--repetitions") { Description = "How often the experiment behind each measurement is repeated.", HelpName = "N", DefaultValueFactory = _ => UsualRepetitions };
        var seed = new Option<ulong>("--seed") { Description = "Names the results of the simulator.", HelpName = "N", DefaultValueFactory = _ => 1 };
        var limit = Amounts.Time("--time-limit", "Stop each exploration after this time, such as 30s.");
        repetitions.FromOne();
        var command = new Command("report", "Write what is known of specifications into one page for a browser, without anything from elsewhere.") { files, output, data, calibration, repetitions, seed, limit };
        command.SetAction(result =>
        {
            var specs = result.GetRequiredValue(files).Select(SpecFile.Load).ToList();
            foreach (var spec in specs) spec.WriteDiagnostics(terminal);
            if (specs.Exists(spec => spec.HasErrors)) return ExitCode.BadInput;
            string path = result.GetRequiredValue(output);
            // Known before anything long begins; what is there stays until the page is whole.
            if (!Outputs.Try(path, terminal, () => File.Open(path, FileMode.OpenOrCreate, FileAccess.Write).Dispose())) return ExitCode.BadInput;
            var options = new VerifyOptions { Certify = true, TimeLimit = result.GetValue(limit) is { } time ? Amounts.TimeSpan(time) : null };
            var systems = new List<ReportedSystem>();
            foreach (var spec in specs)
            {
                if (MeasuredFiles.ReadOrNull(result.GetValue(data) ?? [], spec.SystemOf(null), terminal) is not { } observations) return ExitCode.BadInput;
                if (Inputs.Of(spec.Spec, result.GetValue(calibration) ?? [], out string? wrong) is not { } inputs)
                {
                    terminal.Error.WriteLine(wrong);
                    return ExitCode.BadInput;
                }

                var validation = new Validation(spec, null, options with { CompareTies = false, Certify = false }, result.GetValue(repetitions), result.GetValue(seed), cancel);
                try
                {
                    var answers = LiveExplorations.Show(terminal, spec.Path, progress => Verifier.Verify(spec.SystemOf, options, progress, cancel));
                    systems.Add(Reported(spec, answers, validation with { Answered = answers.Results }, observations, inputs, terminal));
                }
                catch (ArithmeticException exception) when (exception is OverflowException or CoefficientOverflowException)
                {
                    terminal.Error.WriteLine($"{spec.Path}: {exception.Message}");
                    return ExitCode.Unknown;
                }
            }

            cancel.ThrowIfCancellationRequested();
            if (!Outputs.Try(path, terminal, () => File.WriteAllText(path, ReportPage.Of(Cli.Version, systems)))) return ExitCode.BadInput;
            terminal.Out.WriteLine($"{path}: {string.Join(", ", systems.Select(system => $"{system.System.Name} ({system.Result.Results.Length} answers)"))}");
            return ExitCode.Worst(systems.SelectMany(system => system.Result.Results).Select(answer => ExitCode.Of(answer.Verdict)));
        });
        return command;
    }

    private static ReportedSystem Reported(SpecFile spec, VerificationResult answers, Validation validation, ImmutableArray<Bounded.Calibration.Observation> observations, Inputs inputs, Terminal terminal)
    {
        var all = observations.GroupBy(one => one.Measured).SelectMany(group =>
        {
            var measured = LiveExplorations.Show(terminal, group.Key.Name, progress => validation.Of(group.Key, progress));
            return group.Select(one => new Validated(one, inputs.Has(one.Cell), measured));
        }).ToList();
        var groups = all.GroupBy(one => one.Of).ToList();
        return new ReportedSystem(
            spec.Path, spec.Spec, spec.SystemOf(null), answers, TransitionSystem.Compile(spec.SystemOf(null), Observation.Nothing).Statements().Length,
            [.. all.Select(Compared)], [.. groups.Select(group => ValuesOf(validation, group.Key, [.. group]))], [.. groups.Select(group => IntervalsOf(validation, group.Key, [.. group])).OfType<IntervalsChart>()]);
    }

    private static ComparedValue Compared(Validated one) => new(
        one.Cell.FullName, TimeText.Of(one.Cell.Printed), one.Role,
        one is { Least.Proved: { } low, Most.Proved: { } high } ? $"{TimeText.Of(low)} .. {TimeText.Of(high)}" : one.Of.Unknown ?? "not known",
        one.Simulated is var (least, _, most) ? $"{Repeated.Rounded(least)} .. {Repeated.Rounded(most)}" : one.Of.NotSimulated ?? "",
        one.InsideExact);

    private static ValuesChart ValuesOf(Validation validation, Measured measured, ImmutableArray<Validated> cells)
    {
        var marks = cells.Select(one => new ChartMark($"measured {Cell.Word(one.Cell.Statistic)} {TimeText.Of(one.Cell.Printed)}", one.Cell.Printed, false)).ToList();
        if (cells[0].Least?.Proved is { } least) marks.Add(new ChartMark($"least {TimeText.Of(least)}", least, true));
        if (cells[0].Most?.Proved is { } most) marks.Add(new ChartMark($"most {TimeText.Of(most)}", most, true));
        string subtitle = validation.Says(measured);
        if (measured.Values is not { Summary.Count: > 0 } values) return new ValuesChart(measured.Measurement.Name, subtitle, [], [], [.. marks]);
        var bins = EqualBins.Of(values, MostBins);
        return new ValuesChart(measured.Measurement.Name, subtitle, [.. bins.Edges.Select(measured.Repetition!.Protocol.Simulator.Nanoseconds)], bins.Counts, [.. marks]);
    }

    private static IntervalsChart? IntervalsOf(Validation validation, Measured known, ImmutableArray<Validated> cells)
    {
        var measured = known.Measurement;
        if (validation.AroundDisturbance(measured) is not var (_, title, disturbance, traces)) return null;
        // What is a sum, or less a time that is not known, is the length of no interval.
        var marks = measured is { Total: false, Beyond.IsConstant: true }
            ? cells.Select(one => new ChartMark($"measured {Cell.Word(one.Cell.Statistic)} {TimeText.Of(one.Cell.Printed)}", one.Cell.Printed + measured.Beyond.Constant, false)).ToList()
            : [];
        if (validation.Longest(known) is { } longest) marks.Add(new ChartMark($"most {TimeText.Of(longest)}", longest, true));
        return new IntervalsChart(
            $"{measured.Name}: intervals", title, disturbance,
            [.. traces.Select(trace => ($"trial {trace.Trial}", trace.Intervals.Where(one => Math.Abs(one.Number) <= Around).Select(one => (one.Number, one.Length, one.Touched)).ToImmutableArray()))], [.. marks]);
    }

    /// <summary>Intervals shown on each side of the disturbance.</summary>
    private const int Around = 12;
}
