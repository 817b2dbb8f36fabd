using System.Collections.Immutable;
using Irekae.Checker.Bounded;
using Irekae.Checker.Bounded.Calibration;
using Irekae.Checker.Verification;
using Irekae.Codegen.Emit;
using Irekae.Codegen.Running;
using Irekae.Codegen.Simulator;
using Irekae.Codegen.Validation;
using Irekae.Model.Binding;
using Irekae.Model.Numbers;
using Irekae.Properties;
using Trace = Irekae.Codegen.Validation.Trace;

namespace Irekae.Checker.Cli;

/// <summary>One measured cell beside the model.</summary>
/// <param name="Input">The model was made from it, or calibrated with it: it is not predicted.</param>
internal sealed record Validated(Observation Observation, bool Input, Measured Of)
{
    public string Role => Input ? "input" : "predicted";

    public Cell Cell => Observation.Cell;

    /// <summary>Exact, for all runs; null: not known, and <see cref="Measured.Unknown"/> says why.</summary>
    public Extreme? Least => Of.Least is { } least ? Part(least) : null;

    public Extreme? Most => Of.Most is { } most ? Part(most) : null;

    /// <summary>Null: not known.</summary>
    public bool? InsideExact => Least?.Proved is { } low && Most is { Endless: false, Proved: { } high } ? low <= Cell.High && Cell.Low <= high : null;

    /// <summary>95 % of the repetitions, and the median; null: <see cref="Measured.NotSimulated"/> says why.</summary>
    public (Rational Low, Rational Median, Rational High)? Simulated =>
        Of.Repetition?.Statistics.GetValueOrDefault(Cell.Statistic) is { } all ? (Part(all.Quantile(25)), Part(all.Quantile(500)), Part(all.Quantile(975))) : null;

    public bool? InsideSimulated => Simulated is var (low, _, high) ? low <= Cell.High && Cell.Low <= high : null;

    /// <summary>How far the exact worst case lies above a measured maximum.</summary>
    public Rational? Above => Cell.Statistic == Statistic.Max && Most is { Endless: false, Proved: { } high } ? high - Cell.Printed : null;

    /// <summary>From the median of the simulated statistic to the measured value.</summary>
    public Rational? Deviation => Simulated is var (_, median, _) ? Cell.Printed - median : null;

    /// <summary>How far the measured value, as rounded, lies outside the exact interval: above it positive, below it negative; 0 inside.</summary>
    public Rational? Outside => InsideExact switch
    {
        null => null,
        true => Rational.Zero,
        false => Cell.Low > Most!.Proved!.Value ? Cell.Low - Most.Proved.Value : Cell.High - Least!.Proved!.Value,
    };

    private Rational Part(Rational value) => value / Observation.Parts;

    private Extreme Part(Extreme value) => value with { Proved = value.Proved is { } proved ? Part(proved) : null, Found = value.Found is { } found ? Part(found) : null };
}

/// <summary>What is known of one measurement: its exact extremes, and what repetitions of its experiment show.</summary>
/// <param name="Unknown">Why the extremes are not known; else null.</param>
/// <param name="NotSimulated">Why it is not repeated; else null.</param>
internal sealed record Measured(Measurement Measurement, Extreme? Least, Extreme? Most, string? Unknown, Repetition? Repetition, string? NotSimulated)
{
    /// <summary>The repetitions' values that can be drawn beside it; null for totals and what has something taken off, which are no single values.</summary>
    public Histogram? Values => !Measurement.Total && Measurement.Beyond is { IsConstant: true, Constant.Sign: 0 } ? Repetition?.Occurrences : null;
}

/// <summary>Finds it.</summary>
/// <param name="Chosen">Variant that is validated where a measurement names none; null: the system as it is.</param>
internal sealed record Validation(SpecFile Spec, string? Chosen, VerifyOptions Options, int Repetitions, ulong Seed, CancellationToken Cancel)
{
    private const int Depth = 200;

    private readonly Dictionary<(string? Variant, string Experiment), RepeatedExperiment> experiments = [];

    /// <summary>What verify has answered: it is not explored again.</summary>
    public ImmutableArray<PropertyResult> Answered { get; init; } = [];

    /// <exception cref="DisagreementException">An error of this program.</exception>
    public Measured Of(Measurement measured, IProgress<VerifyProgress>? progress)
    {
        var (least, most, unknown) = Exact(measured, progress);
        var (repetition, reason) = Repeat(measured);
        return new Measured(measured, least, most, unknown, repetition, reason);
    }

    /// <summary>The longest there can be, whatever the measurement takes off or adds up; null: not known, or there is no longest.</summary>
    public Rational? Longest(Measured measured) => Single(measured.Measurement)
        ? measured.Most?.Proved + measured.Measurement.Beyond.Constant
        : Extremes(measured.Measurement, null, true).Found[0].Proved;

    /// <summary>Its values are those of single occurrences, less a known time.</summary>
    private static bool Single(Measurement measured) => !measured.Total && measured.Beyond.IsConstant;

    /// <summary>What a drawing of the measurement says of where its values come from.</summary>
    public string Says(Measured measured) => measured.Repetition is { } repetition
        ? $"{repetition.Times} repetitions of experiment {repetition.Protocol.Experiment!.Name}, seed {Seed}"
        : measured.NotSimulated!;

    /// <summary>What Figure 2 of the seed paper draws; null where the measurement is not of gaps between marks, or its experiment has nothing around which to look.</summary>
    public (Quantity.Gap Gap, string Says, string Disturbance, ImmutableArray<Trace> Traces)? AroundDisturbance(Measurement measured)
    {
        if (measured.Quantity is not Quantity.Gap gap || ExperimentOf(measured) is not { Protocol: var protocol }) return null;
        return Trace.Around(protocol, gap, Cancel) is (var disturbance, { IsEmpty: false } traces)
            ? (gap, $"{traces.Length} trials of experiment {protocol.Experiment!.Name}, seed {Seed}", disturbance.Name, traces)
            : null;
    }

    private (Extreme? Least, Extreme? Most, string? Unknown) Exact(Measurement measured, IProgress<VerifyProgress>? progress)
    {
        if (!Single(measured))
        {
            var options = new BoundedOptions { Depth = Depth, TimeLimit = Options.TimeLimit };
            var range = ReadingRange.Of(MeasuredSystem.Of(Spec.Spec, Chosen, measured), measured, options, Cancel);
            return (range.Least, range.Most, range.Why is null ? null : $"{(measured.Total ? "a sum over a whole run" : "less a time that a parameter decides")}: {range.Why}");
        }

        var (extremes, why) = Extremes(measured, progress, false, true);
        var (least, most) = (extremes[0], extremes[1]);
        string because = why is null ? "" : $": {why}";
        string? unknown = least.Proved is null ? "no least value was proved" + because : most.Endless ? "it can last for ever" : most.Proved is null ? "no largest value was proved" + because : null;
        return (Less(least, measured), Less(most, measured), unknown);
    }

    /// <summary>The least or most of its quantity, each as it is asked for, and why one is not known.</summary>
    private (Extreme[] Found, string? Why) Extremes(Measurement measured, IProgress<VerifyProgress>? progress, params bool[] largest)
    {
        var found = largest.ToDictionary(one => one, one => Known(measured, one));
        ImmutableArray<Property> questions =
        [
            .. largest.Where(one => found[one] is null).Select((one, k) => new Property(k, $"{one}", one ? new Question.Max(measured.Quantity, null) : new Question.Min(measured.Quantity, null), [], null, measured.Span)),
        ];
        string? why = null;
        if (!questions.IsEmpty)
        {
            var asked = MeasuredSystem.Of(Spec.Spec, Chosen, measured) with { Properties = questions };
            var answers = Verifier.Verify(_ => asked, Options with { Properties = [.. questions.Select(question => question.Name)] }, progress, Cancel).Results;
            foreach (var answer in answers) found[bool.Parse(answer.Name)] = answer.Value ?? new Extreme(null, null, false, false);
            why = answers.Select(answer => answer.Verdict).OfType<Verdict.Unknown>().FirstOrDefault()?.Reason;
        }

        return ([.. largest.Select(one => found[one]!)], why);
    }

    /// <summary>As a property without faults has it that asks the same of the same system; null: none does, or its answer is not the exact value.</summary>
    private Extreme? Known(Measurement measured, bool largest) => Spec.SystemOf(null).Properties
        .Where(property => property.Under.IsEmpty && Job.Asked(property.Question) is var (quantity, most, _) && quantity == measured.Quantity && most == largest && MeasuredSystem.IsWhole(Spec.Spec, Chosen, measured, property.Variant))
        .Select(property => Answered.FirstOrDefault(answer => answer.Name == property.Name)?.Value).FirstOrDefault(value => value is { Exact: true });

    private static Extreme Less(Extreme value, Measurement measured) =>
        value with { Proved = value.Proved - measured.Beyond.Constant, Found = value.Found - measured.Beyond.Constant };

    private (Repetition? Repetition, string? Reason) Repeat(Measurement measured)
    {
        if (!measured.Beyond.IsConstant) return (null, "what is taken off depends on a parameter, which each trial draws");
        if (ExperimentOf(measured) is not { } repeated) return (null, "no experiment repeats it: during EXPERIMENT");
        var repetition = repeated.Of(measured, Repetitions, Cancel);
        return repetition.Statistics.Count > 0 ? (repetition, null) : (null, Cancel.IsCancellationRequested ? "interrupted" : "the experiment never shows it");
    }

    /// <summary>The experiment that repeats a measurement; null: none is named. Those of one experiment and variant share it.</summary>
    private RepeatedExperiment? ExperimentOf(Measurement measured)
    {
        if (Repeating(measured) is not var (experiment, variant)) return null;
        if (experiments.TryGetValue((variant, experiment.Name), out var known)) return known;
        ImmutableArray<Measurement> all = [.. Spec.SystemOf(Chosen).Measurements.Where(one => Repeating(one) is var (other, own) && (other.Name, own) == (experiment.Name, variant))];
        return experiments[(variant, experiment.Name)] = new RepeatedExperiment(Spec.SystemOf(variant), experiment, all, Seed);
    }

    private (Experiment Experiment, string? Variant)? Repeating(Measurement measured) =>
        MeasuredSystem.ExperimentOf(Spec.Spec, Chosen, measured) is { } experiment ? (experiment, measured.Variant ?? experiment.Variant ?? Chosen) : null;
}

/// <summary>An experiment with all that is measured during it: compiled once, and repeated once.</summary>
internal sealed class RepeatedExperiment(BoundSystem system, Experiment experiment, ImmutableArray<Measurement> measured, ulong seed)
{
    private ImmutableDictionary<string, Repetition>? repetitions;

    public Protocol Protocol { get; } = Protocol.Of(
        system,
        experiment with { Observed = [.. Protocol.ObservedBy(system, experiment).Concat(measured.Select(one => one.Quantity)).Distinct()] },
        seed, CompiledStore.OfUser());

    public Repetition Of(Measurement one, int times, CancellationToken cancel)
    {
        if (repetitions is null)
        {
            ImmutableArray<Measurement> constant = [.. measured.Where(other => other.Beyond.IsConstant)];
            repetitions = Repetition.Of(Protocol, constant, times, cancel).Zip(constant).ToImmutableDictionary(pair => pair.Second.Name, pair => pair.First);
        }

        return repetitions[one.Name];
    }
}
