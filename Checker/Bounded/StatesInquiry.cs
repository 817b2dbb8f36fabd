using System.Collections.Immutable;
using System.Diagnostics;
using Irekae.Checker.Verification;
using Irekae.Model.Binding;
using Irekae.Properties;

namespace Irekae.Checker.Bounded;

/// <summary>Properties and checks about what is reached: each is a kind of last move.</summary>
/// <param name="properties">None about a quantity.</param>
/// <param name="conditions">The place of each <c>after</c> among the conditions that the unrolled system judges.</param>
internal sealed class StatesInquiry(
    Unrolling unrolling, Questions questions, ImmutableArray<Property> properties, IReadOnlyDictionary<Question.After, int> conditions, ImmutableArray<Check> checks)
    : Inquiry(unrolling, questions)
{
    /// <param name="Forbidden">A run that shows it refutes; otherwise it is what was looked for.</param>
    /// <param name="What">The rest of: Is there a run that …</param>
    private sealed record Sought(Func<Passage, bool> Shows, bool Forbidden, string What);

    private readonly Reached?[] found = new Reached?[properties.Length + checks.Length];
    private ImmutableArray<Sought> targets;

    protected override bool Settled => found.All(f => f is not null);

    protected override void Judge(Stretch stretch)
    {
        if (targets.IsDefault) targets = [.. properties.Select(Target), .. checks.Select(Target)];
        var reaching = new Reaching(Unrolling, Questions);
        var passages = Unrolling.Between(stretch).SelectMany(layer => layer.Passages).ToList();
        for (int i = 0; i < found.Length; i++) found[i] ??= reaching.Reach(passages.FindAll(p => targets[i].Shows(p)), targets[i].What);
    }

    public override ImmutableArray<PropertyResult> Results(TimeSpan unrolled)
    {
        var statistics = Count(unrolled);
        return
        [
            .. properties.Select((p, i) => Job.Result(p, null, Conclude(p.Question is not Question.Reachable, found[i], statistics))),
            .. checks.Select((c, i) => Job.Result(c.Name, "check", c.Question, null, Conclude(true, found[properties.Length + i], statistics))),
        ];
    }

    private Sought Target(Property property) => property.Question switch
    {
        Question.Always q => new Sought(p => Unrolling.System.Evaluate(q.Condition, p.Move.Next) == 0, true, $"ends where the condition of '{property.Name}' does not hold"),
        Question.Reachable q => new Sought(p => Unrolling.System.Evaluate(q.Condition, p.Move.Next) != 0, false, $"ends where the condition of '{property.Name}' holds"),
        Question.After q => new Sought(p => p.Move.FailedConditions.Contains(conditions[q]), true, $"ends a measure where the condition of '{property.Name}' does not hold"),
        _ => throw new UnreachableException(property.Question.GetType().Name),
    };

    private Sought Target(Check check) => check == Check.Deadlock
        ? new Sought(Deadlocked, true, "ends where nothing can act any more and somebody waits")
        : new Sought(p => p.Move.Violations.Any(v => check.Kinds.Contains(v.Kind)), true, $"violates {check.Name}");

    private bool Deadlocked(Passage passage) =>
        !passage.Move.Stops && Unrolling.Moves(passage.To).Count == 0 && !Unrolling.System.Waiting(passage.To.Configuration).IsEmpty;

    private Finding Conclude(bool forbidden, Reached? reached, Statistics statistics)
    {
        Verdict verdict = (forbidden, reached) switch
        {
            (_, { Run: null }) => new Verdict.Unknown("a run was found whose times do not fit 64 bits"),
            (true, not null) => new Verdict.Refuted(),
            (false, not null) => new Verdict.Proved(),
            (true, null) => Nothing,
            (false, null) => Everything ? new Verdict.Refuted() : Judged == 0 ? Nothing : new Verdict.Unknown($"not reached within {Judged} moves"),
        };
        return new Finding(verdict, null, reached?.Run, statistics) { Complete = Everything || reached is not null, Method = BoundedVerifier.Method, Notes = reached is null ? Notes : [] };
    }
}
