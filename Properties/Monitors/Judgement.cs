using System.Collections.Immutable;
using Irekae.Model.Numbers;
using Irekae.Model.Semantics;

namespace Irekae.Properties.Monitors;

/// <summary>What one run says of one property. A run can refute, reach or give a value; it cannot prove.</summary>
/// <param name="Step">The first step at which the run decides: contradicts the property, or reaches what is asked for; null: it does not.</param>
/// <param name="Value">For <c>max</c>, <c>min</c> and <c>answered</c>: the most extreme value in the run, in nanoseconds; null: no occurrence.</param>
/// <param name="Occurrences">How often the run had a say: occurrences of the quantity, ends of the measure, configurations.</param>
public sealed record Judgement(Finding Finding, int? Step, Rational? Value, int Occurrences)
{
    /// <summary>Nothing in the run touches the property.</summary>
    public bool Vacuous => Occurrences == 0;
}

public enum Finding
{
    /// <summary>The run is consistent with the property (for <c>reachable</c>: it does not get there).</summary>
    Consistent,

    /// <summary>The run contradicts the property.</summary>
    Contradicts,

    /// <summary>The run gets to what <c>reachable</c> asks for.</summary>
    Reaches,
}

/// <summary>What the always-on checks see in one run.</summary>
/// <param name="Violations">With the step of each.</param>
/// <param name="Waiting">The run has ended and these actors wait for what cannot come: a deadlock. Empty: none.</param>
public sealed record Health(ImmutableArray<(int Step, Violation Violation)> Violations, ImmutableArray<int> Waiting)
{
    public bool Deadlock => !Waiting.IsEmpty;

    public static Health Of(Run run)
    {
        var violations = run.Steps.SelectMany((step, index) => step.Move.Violations.Select(violation => (index, violation))).ToImmutableArray();
        bool over = !run.Steps.IsEmpty && !run.Steps[^1].Move.Stops && run.System.Moves(run.Steps[^1].Move.Next).Count == 0;
        return new Health(violations, over ? run.System.Waiting(run.Steps[^1].Move.Next) : []);
    }
}
