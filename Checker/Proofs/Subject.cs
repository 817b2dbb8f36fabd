using System.Collections.Immutable;
using System.Text.Json;
using Irekae.Checker.Verification;
using Irekae.Model.Binding;
using Irekae.Model.Semantics;

namespace Irekae.Checker.Proofs;

/// <summary>A property, or always-on check, as something that a proof can be about: from the specification alone.</summary>
internal sealed record Subject(string Name, BoundSystem System, Question? Question, Check? Check, ImmutableArray<Fault> Faults, string Written)
{
    /// <summary>Null: there is no such property or check.</summary>
    public static Subject? Find(Func<string?, BoundSystem> systems, string name)
    {
        var plain = systems(null);
        if (Check.All.FirstOrDefault(c => c.Name == name) is { } check) return new Subject(name, plain, null, check, [], check.Question);
        if (plain.Properties.FirstOrDefault(p => p.Name == name) is not { } listed) return null;
        var system = listed.Variant is null ? plain : systems(listed.Variant);
        var property = system.Properties[listed.Index];
        return new Subject(name, system, property.Question, null, property.Under, Job.AsWritten(property));
    }

    public (Quantity Quantity, bool Largest, Model.Numbers.Rational? Bound)? Asked => Question is { } question ? Job.Asked(question) : null;

    public TransitionSystem Compile(ImmutableArray<Fault> faults, Ties? ties, ImmutableHashSet<int> forgotten) => TransitionSystem.Compile(System, new Observation(
        Asked is var (quantity, _, _) ? [quantity] : [],
        Question is Question.After after ? [(after.Measure, after.Condition)] : [],
        faults, ties, forgotten));

    /// <summary>
    /// The text that model.json has to be: the specification unfolded again as far as that text says it was. A model under <c>ties any</c>, or with
    /// counters forgotten, has all runs of the system and more; any other difference in what it is of is refused.
    /// </summary>
    /// <exception cref="InvalidDataException">A model of something else.</exception>
    public (TransitionSystem System, byte[] Text) Unfold(JsonElement model)
    {
        var own = System.Machine.Ties;
        if (!Enum.TryParse<Ties>(model.GetProperty("ties").GetString(), out var ties) || (ties != own && (own == Ties.Batch || ties != Ties.Any)))
            throw new InvalidDataException($"the model is of another order of simultaneous events than the specification's");
        var named = model.GetProperty("faults").EnumerateArray().Select(f => f.GetString()).ToHashSet();
        ImmutableArray<Fault> faults = [.. System.Faults.Where(f => named.Contains(f.Name))];
        if (Faults.FirstOrDefault(f => !named.Contains(f.Name)) is { } missing) throw new InvalidDataException($"the model is without the fault {missing.Name}");
        var system = Compile(faults, ties, [.. model.GetProperty("forgotten").EnumerateArray().Select(i => i.GetInt32())]);
        var lookedAt = model.GetProperty("locations").EnumerateArray().Select(l => l.GetProperty("edges").ValueKind != JsonValueKind.Null).ToArray();
        bool flagged = model.GetProperty("flags").GetArrayLength() > 0;
        var flag = Check is not null ? Flags.Of(Check, system) : Flags.Of(Question!, 0, system) ?? (flagged ? Flags.SomethingEnds : null);
        var automaton = Automaton.Unfold(system, flag is null ? [] : [flag], (i, _) => i < lookedAt.Length && lookedAt[i], system.Moves);
        return (system, ModelText.Of(automaton));
    }
}
