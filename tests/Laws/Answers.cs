using System.Collections.Immutable;
using Irekae.Checker.Verification;
using Irekae.Model.Binding;
using Irekae.Model.Numbers;
using Irekae.Model.Semantics;
using Irekae.Properties;

namespace Irekae.Tests.Laws;

/// <summary>What the verifier says of a system, by name of property or check.</summary>
public static class Answers
{
    /// <summary>The limit in states decides nearly always, so that answers are the same on every machine; the one in time is for what is hopeless.</summary>
    public static VerifyOptions Usual { get; } = new() { StateLimit = 1000, TimeLimit = TimeSpan.FromSeconds(4), Threads = 1, CompareTies = false };

    public static IReadOnlyList<PropertyResult> Of(BoundSystem system, VerifyOptions? options = null) =>
        Verifier.Verify(_ => system, options ?? Usual, null, CancellationToken.None).Results;

    /// <summary>The answer in a form that two explorations of the same question must agree on; null: not settled.</summary>
    public static string? Settled(PropertyResult result) => (result.Value, result.Verdict) switch
    {
        ({ Endless: true }, _) => "without end",
        ({ Proved: null, Found: null }, Verdict.Proved) => "never",
        ({ Proved: { } proved, Exact: true } value, _) => $"{proved} ns{(value.Attained ? "" : " approached")}",
        (null, Verdict.Proved) => "proved",
        (null, Verdict.Refuted) => "refuted",
        _ => null,
    };

    /// <summary>Whether the same question asked in another way has got another answer.</summary>
    public static string? Disagreement(IReadOnlyList<PropertyResult> some, IReadOnlyList<PropertyResult> others, Func<Rational, Rational>? scaled = null)
    {
        if (some.Count != others.Count) return $"{some.Count} results and {others.Count}";
        for (int i = 0; i < some.Count; i++)
        {
            var one = scaled is null ? some[i] : some[i] with { Value = Scaled(some[i].Value, scaled) };
            if (Settled(one) is { } a && Settled(others[i]) is { } b && a != b) return $"{one.Name} ({one.Question}): {a} and {b}";
            if (one.Value is { Proved: { } bound } && others[i].Value is { Found: { } found } && Passes(one.Kind, found, bound)) return $"{one.Name} ({one.Question}): {bound} was proved, a run shows {found}";
            if (others[i].Value is { Proved: { } bound2 } && one.Value is { Found: { } found2 } && Passes(one.Kind, found2, bound2)) return $"{one.Name} ({one.Question}): {bound2} was proved, a run shows {found2}";
        }

        return null;
    }

    private static bool Passes(string kind, Rational found, Rational bound) => kind == "min" ? found < bound : found > bound;

    private static Extreme? Scaled(Extreme? value, Func<Rational, Rational> scaled) => value is null ? null : value with
    {
        Proved = value.Proved is { } proved ? scaled(proved) : null,
        Found = value.Found is { } found ? scaled(found) : null,
    };

    /// <summary>The property of a result; null for a check.</summary>
    public static Property? Asked(BoundSystem system, PropertyResult result) => system.Properties.FirstOrDefault(p => p.Name == result.Name);

    public static Quantity? Timed(Property? property) => property?.Question switch
    {
        Question.Max q => q.Quantity,
        Question.Min q => q.Quantity,
        Question.Answered q => q.Request,
        _ => null,
    };

    public static ImmutableArray<Fault> Faults(Property? property) => property?.Under ?? [];

    /// <summary>The run that a result shows, from its text, in a system that observes no more than its own question.</summary>
    public static Run Replayed(BoundSystem system, PropertyResult result, Func<string, string> says)
    {
        var property = Asked(system, result);
        var quantity = Timed(property);
        var observation = Observation.Nothing with { Quantities = quantity is null ? [] : [quantity], Faults = Faults(property) };
        var replay = Runs.Replay(TransitionSystem.Compile(system, observation), RunScript.Parse(RunScript.Of(result.Witness!).ToString()));
        return replay is Replay.Done done ? done.Run : throw new Xunit.Sdk.XunitException(says($"{result.Name}: {replay}"));
    }
}
