using System.Collections.Immutable;
using System.CommandLine;
using Irekae.Checker.Bounded.Calibration;
using Irekae.Checker.Verification;
using Irekae.Codegen.Running;
using Irekae.Codegen.Validation;
using Irekae.Model.Binding;
using Irekae.Model.Numbers;
using Irekae.Properties;

namespace Irekae.Checker.Cli;

/// <summary>One measured cell beside the model.</summary>
/// <param name="Input">The model was made from it, or calibrated with it: it is not predicted.</param>
/// <param name="Least">Exact, for all runs; null: not known.</param>
/// <param name="Simulated">Null: no experiment repeats the measurement, or it never shows the quantity.</param>
internal sealed record Validated(Observation Observation, bool Input, Extreme? Least, Extreme? Most, Repeated? Simulated)
{
    private Cell Cell => Observation.Cell;

    /// <summary>Null: not known.</summary>
    public bool? InsideExact => Least?.Proved is { } low && Most is { Endless: false, Proved: { } high } ? low <= Cell.High && Cell.Low <= high : null;

    public bool? InsideSimulated => Simulated is { } all ? all.Quantile(25) <= Cell.High && Cell.Low <= all.Quantile(975) : null;

    /// <summary>How far the exact worst case lies above a measured maximum.</summary>
    public Rational? Above => Cell.Statistic == Statistic.Max && Most is { Endless: false, Proved: { } high } ? high - Cell.Printed : null;

    /// <summary>From the median of the simulated statistic to the measured value.</summary>
    public Rational? Deviation => Simulated is { } all ? Cell.Printed - all.Quantile(500) : null;
}

/// <summary><c>irekae validate FILE --data CSV</c>: measured values against the exact intervals and the simulated experiment.</summary>
internal static class ValidateCommand
{
    private const int UsualRepetitions = 200;

    public static Command Create(Terminal terminal, CancellationToken cancel)
    {
        var file = SpecFile.One();
        var data = new Option<string[]>("--data") { Description = "Measured data (.csv). May be repeated.", HelpName = "CSV", Required = true };
        var variant = new Option<string?>("--variant") { Description = "Validate this variant.", HelpName = "NAME" };
        var calibration = new Option<string[]>("--calibration") { Description = "The record of a calibration: what it used is an input. May be repeated.", HelpName = "RECORD" };
        var repetitions = new Option<int>("--repetitions") { Description = "How often each experiment is repeated.", HelpName = "N", DefaultValueFactory = _ => UsualRepetitions };
        var seed = new Option<ulong>("--seed") { Description = "Names the results of the simulator.", HelpName = "N", DefaultValueFactory = _ => 1 };
        var limit = Amounts.Time("--time-limit", "Stop each exploration after this time, such as 30s.");
        var json = new Option<bool>("--json") { Description = "One JSON object on standard output instead of text." };
        repetitions.Validators.Add(result => { if (result.Tokens is [{ Value: var text }] && int.TryParse(text, out int n) && n is < 1 or > 1_000_000) result.AddError($"'{text}' is not a number from 1 to 1000000"); });
        var command = new Command("validate", "Compare measured data with the exact intervals and the simulated experiment.") { file, data, variant, calibration, repetitions, seed, limit, json };
        command.SetAction(result =>
        {
            var spec = SpecFile.Load(result.GetRequiredValue(file));
            spec.WriteDiagnostics(terminal);
            if (spec.HasErrors) return ExitCode.BadInput;
            string? chosen = result.GetValue(variant);
            if (spec.FindSystem(chosen) is not { } system) return Refuse(terminal, $"there is no variant '{chosen}'");
            if (MeasuredFiles.ReadOrNull(result.GetRequiredValue(data), system, terminal) is not { } observations) return ExitCode.BadInput;
            if (observations.IsEmpty) return Refuse(terminal, "the data have nothing of what the specification says was measured");
            if (Inputs.Of(spec, result.GetValue(calibration) ?? [], terminal) is not { } inputs) return ExitCode.BadInput;
            var options = new VerifyOptions { CompareTies = false, TimeLimit = result.GetValue(limit) is { } time ? Amounts.TimeSpan(time) : null };
            var all = observations.GroupBy(o => (CalibrationTask.Place(o.Measured), o.Measured.Quantity))
                .SelectMany(group => Validate([.. group], spec, chosen, inputs, options, result.GetValue(repetitions), result.GetValue(seed), cancel)).ToList();
            if (result.GetValue(json)) ValidateReport.WriteJson(terminal.Out, spec, chosen, all);
            else ValidateReport.Write(terminal, spec, chosen, all, result.GetValue(repetitions));
            return all.Exists(one => one.InsideExact == false) ? ExitCode.Refuted : all.Exists(one => one.InsideExact is null) ? ExitCode.Unknown : ExitCode.Proved;
        });
        return command;
    }

    private static IEnumerable<Validated> Validate(
        ImmutableArray<Observation> group, SpecFile spec, string? chosen, Inputs inputs, VerifyOptions options, int repetitions, ulong seed, CancellationToken cancel)
    {
        var measured = group[0].Measured;
        Extreme? least = null, most = null;
        Repeated? Nothing(Statistic _) => null;
        Func<Statistic, Repeated?> simulated = Nothing;
        if (!measured.Total && measured.Beyond is { IsConstant: true, Constant.Sign: 0 })
        {
            var system = MeasuredFiles.SystemOf(spec, chosen, measured);
            Property Asking(int index, string name, Question question) => new(index, name, question, [], null, measured.Span);
            var asked = system with { Properties = [Asking(0, "least", new Question.Min(measured.Quantity, null)), Asking(1, "most", new Question.Max(measured.Quantity, null))] };
            var answers = Verifier.Verify(_ => asked, options with { Properties = ["least", "most"] }, null, cancel).Results;
            (least, most) = (answers.Single(r => r.Name == "least").Value, answers.Single(r => r.Name == "most").Value);
            if (MeasuredFiles.ExperimentOf(spec, chosen, measured) is { } experiment)
            {
                var protocol = Protocol.Of(spec.SystemOf(measured.Variant ?? experiment.Variant ?? chosen), experiment with { Observed = [measured.Quantity] }, seed);
                var repeated = Repetition.Of(protocol, repetitions, cancel);
                simulated = statistic => repeated[(protocol.Simulator.Quantities[0], statistic)] is { Values.Count: > 0 } some ? some : null;
            }
        }

        return group.Select(one => new Validated(one, inputs.Has(one.Cell), least, most, simulated(one.Cell.Statistic)));
    }

    private static int Refuse(Terminal terminal, string why)
    {
        terminal.Error.WriteLine(why);
        return ExitCode.BadInput;
    }
}
