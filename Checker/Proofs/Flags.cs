using System.Collections.Immutable;
using Irekae.Model.Binding;
using Irekae.Model.Semantics;

namespace Irekae.Checker.Proofs;

/// <summary>The flags that questions and checks are about.</summary>
internal static class Flags
{
    /// <summary>An occurrence of the observed quantity ends.</summary>
    public static Flag SomethingEnds { get; } = new("an occurrence ends", Flag.Nowhere, move => !move.Ended.IsEmpty);

    /// <summary>The condition has this value.</summary>
    public static Flag Condition(string name, TransitionSystem system, BoundExpression condition, bool value) =>
        new(name, configuration => system.Evaluate(condition, configuration) != 0 == value, Flag.Nowhere);

    /// <summary>A condition at the end of a measure is false; its index in the observation.</summary>
    public static Flag Fails(string name, int condition) => new(name, Flag.Nowhere, move => move.FailedConditions.Contains(condition));

    public static Flag Violation(string name, ImmutableArray<ViolationKind> kinds) => new(name, Flag.Nowhere, move => move.Violations.Any(v => kinds.Contains(v.Kind)));

    /// <summary>Nothing can act any more, and somebody waits.</summary>
    public static Flag Deadlock(string name, TransitionSystem system) => new(
        name,
        configuration => !configuration.Rates.Contains(TimerRate.Down) && !system.Waiting(configuration).IsEmpty && system.Moves(configuration).Count == 0,
        Flag.Nowhere);
}
