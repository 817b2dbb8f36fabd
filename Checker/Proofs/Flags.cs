using Irekae.Checker.Verification;
using Irekae.Model.Binding;
using Irekae.Model.Semantics;

namespace Irekae.Checker.Proofs;

/// <summary>The flags that questions and checks are about.</summary>
internal static class Flags
{
    /// <summary>An occurrence of the observed quantity ends.</summary>
    public static Flag SomethingEnds { get; } = new("an occurrence ends", Flag.Nowhere, move => !move.Ended.IsEmpty);

    /// <summary>What the answer says that no run comes across; null: it is about a value.</summary>
    /// <param name="condition">Of a condition at the end of a measure: its index in the observation.</param>
    public static Flag? Of(Question question, int condition, TransitionSystem system) => question switch
    {
        Question.Always a => Condition("the condition does not hold", system, a.Condition, false),
        Question.Reachable r => Condition("the condition holds", system, r.Condition, true),
        Question.After => new Flag("the condition fails at the end", Flag.Nowhere, move => move.FailedConditions.Contains(condition)),
        _ => null,
    };

    /// <summary>Null: the check is about more than single moves.</summary>
    public static Flag? Of(Check check, TransitionSystem system) =>
        check == Check.TimeStops ? null
        : check == Check.Deadlock ? new Flag(check.Name, configuration => IsDeadlock(system, configuration), Flag.Nowhere)
        : new Flag(check.Name, Flag.Nowhere, move => move.Violations.Any(v => check.Kinds.Contains(v.Kind)));

    private static Flag Condition(string name, TransitionSystem system, BoundExpression condition, bool value) =>
        new(name, configuration => system.Evaluate(condition, configuration) != 0 == value, Flag.Nowhere);

    /// <summary>Nothing can act any more, and somebody waits.</summary>
    private static bool IsDeadlock(TransitionSystem system, Configuration configuration) =>
        !configuration.Rates.Contains(TimerRate.Down) && !system.Waiting(configuration).IsEmpty && system.Moves(configuration).Count == 0;
}
