using System.Collections.Immutable;
using System.Diagnostics;
using Irekae.Checker.Bounded;
using Irekae.Checker.Bounded.Calibration;
using Irekae.Checker.Verification;
using Irekae.Codegen.Emit;
using Irekae.Codegen.Validation;
using Irekae.Model;
using Irekae.Model.Numbers;
using Irekae.Properties;
using Observation = Irekae.Checker.Bounded.Calibration.Observation;
using Run = Irekae.Model.Semantics.Run;

namespace Irekae.Checker.Audit;

/// <summary>
/// Answers every question of a file of claims. Each specification is verified once, for all properties that are asked of it, under the order of simultaneous
/// events that it names; what explorations prove has a certificate that was checked, and the runs shown are followed by generated simulators.
/// </summary>
public sealed class Auditor
{
    private const int Depth = 200;

    private readonly ClaimsFile file;
    private readonly CancellationToken cancel;
    private readonly Dictionary<string, Spec> specs = [];
    private readonly Dictionary<string, Inputs> inputs = [];
    private readonly Dictionary<string, Cell> cells = [];
    private readonly Dictionary<(string Spec, string Property), PropertyResult> properties = [];
    private readonly Dictionary<(string, string?, string), CalibrationResult> fits = [];
    private readonly List<string> mistakes = [];

    private Auditor(ClaimsFile file, CancellationToken cancel) => (this.file, this.cancel) = (file, cancel);

    /// <param name="doing">Is told what is being asked.</param>
    /// <returns>The result; null with what is wrong with the claims, their data or their specifications.</returns>
    public static (AuditResult? Result, ImmutableArray<string> Mistakes) Audit(string path, Action<string>? doing, CancellationToken cancel)
    {
        var file = ClaimsReader.Read(path);
        if (!file.Mistakes.IsEmpty) return (null, file.Mistakes);
        var auditor = new Auditor(file, cancel);
        auditor.Bind();
        return auditor.mistakes.Count > 0 ? (null, [.. auditor.mistakes.Distinct()]) : (auditor.Carry(doing), []);
    }

    private static IEnumerable<Question> Asked(Claim claim) => claim.Questions.Concat(claim.Cases.Select(c => c.Question));

    /// <summary>Everything that a question names is there.</summary>
    private void Bind()
    {
        foreach (string path in file.Data)
        {
            var data = MeasuredData.Read(path);
            mistakes.AddRange(data.Mistakes.Select(m => m.ToString()));
            foreach (var cell in data.Cells) cells[cell.FullName] = cell;
        }
        foreach (var claim in file.Claims)
        {
            foreach (var question in Asked(claim))
            {
                if (Wrong(question) is { } wrong) mistakes.Add($"{file.Path}: {claim.Id}: {wrong}");
            }
        }
    }

    private string? Wrong(Question question)
    {
        try
        {
            switch (question)
            {
                case Question.Verify verify:
                    return Missing(verify.Spec, verify.Property);
                case Question.Calibrate calibrate:
                    var spec = Load(calibrate.Spec);
                    if (calibrate.Variant is { } variant && spec.ForVariant(variant) is null) return $"{calibrate.Spec} has no variant '{variant}'";
                    return Observations(spec, calibrate).Complaint;
                case Question.Compute compute:
                    Reckoning.Of(compute.Sum, cells);
                    Reckoning.Printed(compute.Printed);
                    return null;
                case Question.Range range:
                    Reckoning.Of(range.Low, cells);
                    Reckoning.Of(range.High, cells);
                    Reckoning.Printed(range.PrintedLow);
                    Reckoning.Printed(range.PrintedHigh);
                    return null;
                case Question.Measured measured:
                    Reckoning.Printed(measured.Printed);
                    if (!cells.ContainsKey(measured.Cell)) return $"no data have '{measured.Cell}'";
                    inputs[measured.Spec] = Inputs.Of(Load(measured.Spec), [], out string? record) ?? throw new FormatException(record);
                    return new[] { measured.Least, measured.Most }.OfType<string>().Select(name => Missing(measured.Spec, name)).OfType<string>().FirstOrDefault();
                case Question.Written written:
                    Load(written.Spec);
                    return null;
                default:
                    throw new UnreachableException(question.GetType().Name);
            }
        }
        catch (FormatException exception)
        {
            return exception.Message;
        }
    }

    private string? Missing(string spec, string property) =>
        Load(spec).System!.Properties.Any(p => p.Name == property) || Check.All.Any(c => c.Name == property) ? null : $"{spec} has no property '{property}'";

    private Spec Load(string path)
    {
        if (!specs.TryGetValue(path, out var spec)) specs.Add(path, spec = Spec.Load(path));
        return spec.HasErrors ? throw new FormatException($"{path} has mistakes: irekae check {path}") : spec;
    }

    private (ImmutableArray<ImmutableArray<Observation>> Sets, string? Complaint) Observations(Spec spec, Question.Calibrate question)
    {
        var system = (question.Variant is { } name ? spec.ForVariant(name) : spec.System)!;
        var names = system.Measurements.ToDictionary(measured => measured.Name);
        return ObservationSets.Of([question.Use], [.. cells.Values.Where(c => names.ContainsKey(c.Name)).Select(c => new Observation(c, names[c.Name]))], system);
    }

    private AuditResult Carry(Action<string>? doing)
    {
        var verified = file.Claims.SelectMany(Asked).SelectMany(Properties).Distinct().GroupBy(one => one.Spec);
        foreach (var group in verified)
        {
            doing?.Invoke(group.Key);
            var spec = specs[group.Key];
            var options = new VerifyOptions { Properties = [.. group.Select(one => one.Property)], CompareTies = false, Certify = true };
            foreach (var result in Verifier.Verify(spec, options, null, cancel).Results) properties[(group.Key, result.Name)] = result;
        }
        foreach (var question in file.Claims.SelectMany(Asked).OfType<Question.Calibrate>())
        {
            var key = (question.Spec, question.Variant, question.Use);
            if (fits.ContainsKey(key)) continue;
            doing?.Invoke($"{question.Spec}, {question.Use}");
            var spec = specs[question.Spec];
            var task = new CalibrationTask(measured => MeasuredSystem.Of(spec, question.Variant, measured), Observations(spec, question).Sets, []);
            fits[key] = Calibrator.Calibrate(task, new BoundedOptions { Depth = Depth }, cancel);
        }
        doing?.Invoke("runs in the generated simulators");
        var followed = Resimulation.Follow(properties.Values.Select(p => p.Witness).OfType<Run>(), CompiledStore.OfUser());
        var audited = file.Claims.Select(claim => Audited.Of(claim, [.. Asked(claim).Select(Answer)])).ToImmutableArray();
        return new AuditResult(file, audited, properties.Count, properties.Values.Count(p => p.Certified is not null), followed.Runs);
    }

    private static IEnumerable<(string Spec, string Property)> Properties(Question question) => question switch
    {
        Question.Verify verify => [(verify.Spec, verify.Property)],
        Question.Measured measured => new[] { measured.Least, measured.Most }.OfType<string>().Select(name => (measured.Spec, name)),
        _ => [],
    };

    private Answer Answer(Question question) => question switch
    {
        Question.Verify verify => OfProperty(verify, properties[(verify.Spec, verify.Property)]),
        Question.Calibrate calibrate => OfFit(calibrate, fits[(calibrate.Spec, calibrate.Variant, calibrate.Use)]),
        Question.Compute compute => OfSum(compute),
        Question.Range range => OfRange(range),
        Question.Measured measured => OfCell(measured),
        Question.Written written => new Answer.OfText(written, specs[written.Spec].Syntax.Files.Any(f => Plain.Has(f.Source, written.Text)) ? Outcome.Given : Outcome.Fails, written.Spec, written.Text),
        _ => throw new UnreachableException(question.GetType().Name),
    };

    private static Answer.OfProperty OfProperty(Question.Verify question, PropertyResult result) => new(
        question,
        result.Verdict switch { Verdict.Proved => Outcome.Holds, Verdict.Refuted => Outcome.Fails, _ => Outcome.NotKnown },
        $"irekae verify -p {question.Property} {question.Spec}",
        result);

    private Answer.OfFit OfFit(Question.Calibrate question, CalibrationResult result)
    {
        string command = $"irekae calibrate {question.Spec}{(question.Variant is { } variant ? " --variant " + variant : "")} {string.Join(' ', file.Data.Select(d => "--data " + d))} --use {question.Use}";
        // Of runs that were not looked at to their end nothing is known but that values fit.
        return result.Fit switch
        {
            Fit.Found => new(question, question.Fits ? Outcome.Holds : Outcome.Fails, command, [], null),
            Fit.None none when result.AllRuns => new(question, question.Fits ? Outcome.Fails : Outcome.Holds, command, [.. none.Conflict.Select(o => o.Cell.FullName)], null),
            Fit.Unknown unknown => new(question, Outcome.NotKnown, command, [], unknown.Why),
            _ => new(question, Outcome.NotKnown, command, [], $"runs of more than {result.Depth} moves were not looked at"),
        };
    }

    private Answer.OfSum OfSum(Question.Compute question)
    {
        var sum = Reckoning.Of(question.Sum, cells).Printed;
        return new(question, sum == Reckoning.Printed(question.Printed).Value ? Outcome.Holds : Outcome.Fails, question.Sum, sum, sum);
    }

    private Answer.OfSum OfRange(Question.Range question)
    {
        var (low, high) = (Reckoning.Of(question.Low, cells).Low, Reckoning.Of(question.High, cells).High);
        bool same = Same(low, Reckoning.Printed(question.PrintedLow)) && Same(high, Reckoning.Printed(question.PrintedHigh));
        return new(question, same ? Outcome.Holds : Outcome.Fails, question.Low == question.High ? question.Low : $"{question.Low} .. {question.High}", low, high);
    }

    private static bool Same(Rational value, PrintedTime printed) => Rational.Abs(value - printed.Value) <= printed.HalfWidth;

    private Answer.OfCell OfCell(Question.Measured question)
    {
        var cell = cells[question.Cell];
        var least = question.Least is { } l ? properties[(question.Spec, l)].Value?.Proved : null;
        var most = question.Most is { } m ? properties[(question.Spec, m)].Value?.Proved : null;
        bool unknown = (question.Least is not null && least is null) || (question.Most is not null && most is null);
        bool outside = least > cell.High || most < cell.Low || cell.Printed != Reckoning.Printed(question.Printed).Value;
        var outcome = inputs[question.Spec].Has(cell) ? Outcome.Given : outside ? Outcome.Fails : unknown ? Outcome.NotKnown : Outcome.Holds;
        string asked = string.Join(' ', new[] { question.Least, question.Most }.OfType<string>().Select(p => "-p " + p));
        return new(question, outcome, asked.Length == 0 ? "" : $"irekae verify {asked} {question.Spec}", cell.Printed, least, most);
    }
}
