using System.Collections.Immutable;
using Irekae.Checker.Cli;
using Irekae.Checker.Verification;
using Irekae.Model;
using Irekae.Model.Numbers;
using Irekae.Model.Semantics;
using Irekae.Properties;

namespace Irekae.Tests.Checker.Cli;

/// <summary>One answer of every kind, made up, so that reports are tested without verifying anything.</summary>
internal static class Answers
{
    private const string Text = """
        system sample "every kind of answer";
        machine { cores 1; scheduler priority; }
        process a at 1 { run 1 us .. 3 us; measure m { run 2 us; } }
        property longest: max m <= 340 us;
        """;

    private static readonly Spec Spec = Spec.FromText("sample.irk", Text);

    private static readonly Run Run = Runs.Of(TransitionSystem.Compile(Spec.System!, Observation.Nothing), 2, new SeededChooser(5));

    private static readonly Extreme Exact = new(new Rational(336_000, 1), new Rational(336_000, 1), true, false);

    public static FileResult File { get; } = new(new SpecFile("sample.irk", Spec), new VerificationResult("sample", All(), [new Warning("no run reaches this statement", null)]), false);

    private static ImmutableArray<PropertyResult> All() =>
    [
        Of("longest", "max", "max m <= 340 us", new Verdict.Proved(), Exact, bound: 340_000) with { Certified = new Certification(default, default, 12, 34, 0.12, 0.01) },
        Of("shortest", "min", "min m", new Verdict.Proved(), Exact with { Attained = false, Approached = true }) with { Uncertified = "a theorem" },
        Of("a_rather_long_name", "max", "max gap(application.send_from_the_far_end) <= 1.350 ms", new Verdict.Refuted(), Exact, bound: 300_000, witness: true),
        Of("third", "max", "max n", new Verdict.Unknown("the time limit of 30 s was reached"), new Extreme(new Rational(1_000_001, 3), new Rational(300_000, 1), false, false)),
        Of("upper", "max", "max n", new Verdict.Unknown("no run was found"), new Extreme(new Rational(340_000, 1), null, false, false)),
        Of("endless", "max", "max o", new Verdict.Proved(), new Extreme(null, null, false, true)) with { Uncertified = "there is no bound" },
        Of("invariant", "always", "always alive(a)", new Verdict.ProvedUpTo("10000 moves"), null, notes: ["depends on the order of simultaneous events: 3 us under completion_first, 4 us under any"]),
        Of("check.deadlock", "check", "no deadlock", new Verdict.Proved(), null),
    ];

    private static PropertyResult Of(string name, string kind, string question, Verdict verdict, Extreme? value, long? bound = null, bool witness = false, string[]? notes = null) => new(
        name, kind, question, verdict, verdict is Verdict.Proved, value, bound is { } limit ? new Rational(limit, 1) : null,
        "exploration", witness ? Run : null, new Statistics(1234, 5678, 0.12) { Configurations = 56, LinearPrograms = 78 }, [.. notes ?? []]);
}
