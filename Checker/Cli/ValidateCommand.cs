using System.CommandLine;
using Irekae.Checker.Bounded.Calibration;
using Irekae.Checker.Verification;

namespace Irekae.Checker.Cli;

/// <summary><c>irekae validate FILE --data CSV</c>: measured values against the exact intervals and the simulated experiment.</summary>
internal static class ValidateCommand
{
    private const int UsualRepetitions = 200;

    public static Command Create(Terminal terminal, CancellationToken cancel)
    {
        var file = SpecFile.One();
        var data = new Option<string[]>("--data") { Description = "Measured data (.csv). May be repeated.", HelpName = "CSV", Required = true };
        var variant = new Option<string?>("--variant") { Description = "Validate this variant.", HelpName = "NAME" };
        var calibration = Calibration();
        var repetitions = new Option<int>("--repetitions") { Description = "How often each experiment is repeated.", HelpName = "N", DefaultValueFactory = _ => UsualRepetitions };
        var seed = new Option<ulong>("--seed") { Description = "Names the results of the simulator.", HelpName = "N", DefaultValueFactory = _ => 1 };
        var plots = new Option<string?>("--plots") { Description = "Draw each measurement, and intervals around what disturbs them, as SVG into this folder.", HelpName = "DIR" };
        var limit = Amounts.Time("--time-limit", "Stop each exploration after this time, such as 30s.");
        var json = new Option<bool>("--json") { Description = "One JSON object on standard output instead of text." };
        repetitions.Validators.Add(result => { if (result.Tokens is [{ Value: var text }] && int.TryParse(text, out int n) && n is < 1 or > 1_000_000) result.AddError($"'{text}' is not a number from 1 to 1000000"); });
        var command = new Command("validate", "Compare measured data with the exact intervals and the simulated experiment.") { file, data, variant, calibration, repetitions, seed, plots, limit, json };
        command.SetAction(result =>
        {
            var spec = SpecFile.Load(result.GetRequiredValue(file));
            spec.WriteDiagnostics(terminal);
            if (spec.HasErrors) return ExitCode.BadInput;
            string? chosen = result.GetValue(variant);
            if (spec.FindSystem(chosen) is not { } system) return Refuse(terminal, $"there is no variant '{chosen}'");
            if (MeasuredFiles.ReadOrNull(result.GetRequiredValue(data), system, terminal) is not { } observations) return ExitCode.BadInput;
            if (observations.IsEmpty) return Refuse(terminal, "the data have nothing of what the specification says was measured");
            if (Inputs.Of(spec.Spec, result.GetValue(calibration) ?? [], out string? wrong) is not { } inputs) return Refuse(terminal, wrong!);
            string? folder = result.GetValue(plots);
            if (folder is not null && !Drawings.CanBeIn(folder, terminal)) return ExitCode.BadInput;

            var options = new VerifyOptions { CompareTies = false, TimeLimit = result.GetValue(limit) is { } time ? Amounts.TimeSpan(time) : null };
            var validation = new Validation(spec, chosen, options, result.GetValue(repetitions), result.GetValue(seed), cancel);
            var all = observations.GroupBy(one => one.Measured).SelectMany(group =>
            {
                var measured = LiveExplorations.Show(terminal, group.Key.Name, progress => validation.Of(group.Key, progress));
                return group.Select(one => new Validated(one, inputs.Has(one.Cell), measured));
            }).ToList();
            if ((folder is null ? [] : Drawings.WriteOrNull(folder, ValidatePlots.Of(validation, all), terminal)) is not { } drawn) return ExitCode.BadInput;
            if (result.GetValue(json)) ValidateReport.WriteJson(terminal.Out, spec, chosen, all, drawn);
            else ValidateReport.Write(terminal, spec, chosen, all, validation.Repetitions, drawn);
            return all.Exists(one => one.InsideExact == false) ? ExitCode.Refuted : all.Exists(one => one.InsideExact is null) ? ExitCode.Unknown : ExitCode.Proved;
        });
        return command;
    }

    internal static Option<string[]> Calibration() => new("--calibration") { Description = "The record of a calibration: what it used is an input. May be repeated.", HelpName = "RECORD" };

    private static int Refuse(Terminal terminal, string why)
    {
        terminal.Error.WriteLine(why);
        return ExitCode.BadInput;
    }
}
