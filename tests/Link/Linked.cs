using System.Collections.Immutable;
using Irekae.Checker.Proofs;
using Irekae.Checker.Verification;
using Irekae.Model.Binding;
using Irekae.Model.Semantics;

namespace Irekae.Tests.Link;

/// <summary>A system and what is observed of it, by both translators.</summary>
internal static class Linked
{
    /// <summary>All that the properties observe.</summary>
    public static Observation Observation(BoundSystem system, IEnumerable<Property> properties, Ties? ties = null, ImmutableHashSet<int>? forgotten = null) => new(
        [.. properties.Select(p => Job.Asked(p.Question)?.Quantity).OfType<Quantity>().Distinct()],
        [.. properties.Select(p => p.Question).OfType<Question.After>().Select(q => (q.Measure, q.Condition))],
        [.. properties.SelectMany(p => p.Under).DistinctBy(f => f.Index).OrderBy(f => f.Index)],
        ties,
        forgotten ?? []);

    /// <summary>The explorations of a verification: as written and in any order of ties, with and without the counters of long loops.</summary>
    public static IEnumerable<Observation> Explored(Job job)
    {
        var observation = Observation(job.System, job.Properties) with { Faults = job.Faults };
        ImmutableHashSet<int> long_ = [.. TransitionSystem.Compile(job.System, observation).Repeats.Where(r => r.Count > 16 && !r.InsideMeasure && !r.AtOnce).Select(r => r.Index)];
        yield return observation with { ForgottenCounters = long_ };
        if (!long_.IsEmpty) yield return observation;
        if (job.System.Machine.Ties == Ties.CompletionFirst) yield return observation with { Ties = Ties.Any, ForgottenCounters = long_ };
    }

    /// <summary>Repeats of which a random half is not counted, in every other system.</summary>
    public static ImmutableHashSet<int> SomeRepeats(BoundSystem system, Random random)
    {
        int count = system.Actors.SelectMany(a => a.Body.WithDescendants()).Count(s => s is BoundStatement.Repeat { Count: > 0 });
        return random.Next(2) == 0 ? [] : [.. Enumerable.Range(0, count).Where(_ => random.Next(2) == 0)];
    }

    public static LockStep.Result Compare(BoundSystem system, Observation observation, int limit) =>
        Compare(system, observation, limit, Read(system, observation, limit), Mistake.None);

    public static LockStep.Result Compare(BoundSystem system, Observation observation, int limit, ModelFile model, Mistake mistake) =>
        LockStep.Compare(new Unfolding(new Translator(system, observation, mistake), Flags(system)), model, limit);

    public static ModelFile Read(BoundSystem system, Observation observation, int limit) => new(Model(system, observation, limit));

    /// <summary>What a proof about the system would have as its model.json, with the flags of all questions and checks.</summary>
    private static byte[] Model(BoundSystem system, Observation observation, int limit)
    {
        var compiled = TransitionSystem.Compile(system, observation);
        ImmutableArray<Flag> flags =
        [
            .. Check.All.Select(c => Irekae.Checker.Proofs.Flags.Of(c, compiled) ?? new Flag(c.Name, Flag.Nowhere, move => move.Violations.Any(v => c.Kinds.Contains(v.Kind)))),
            .. Conditions(system).Select(q => Irekae.Checker.Proofs.Flags.Of(q.Question, 0, compiled)! with { Name = q.Name }),
            .. Enumerable.Range(0, observation.Conditions.Length).Select(k => new Flag($"after {k}", Flag.Nowhere, move => move.FailedConditions.Contains(k))),
        ];
        return ModelText.Of(Automaton.Unfold(compiled, flags, (i, _) => i < limit, compiled.Moves));
    }

    private static ImmutableArray<PlaceFlag> Flags(BoundSystem system) =>
        [.. Conditions(system).Select(q => q.Question is Question.Always a ? new PlaceFlag(q.Name, a.Condition, false) : new PlaceFlag(q.Name, ((Question.Reachable)q.Question).Condition, true))];

    private static IEnumerable<Property> Conditions(BoundSystem system) => system.Properties.Where(p => p.Question is Question.Always or Question.Reachable);
}
