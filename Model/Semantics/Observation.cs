using System.Collections.Immutable;
using Irekae.Model.Binding;

namespace Irekae.Model.Semantics;

/// <summary>
/// What a reader of the transition system wants to see: which quantities get a clock, which conditions are judged when a measure ends,
/// which faults may happen, and which anonymous <c>repeat</c> counters are forgotten. What is not observed costs no timer.
/// </summary>
/// <param name="Quantities">Each gets clocks; its index here is the one in <see cref="Ended"/>.</param>
/// <param name="Conditions">(measure, condition): judged at each end of the measure.</param>
/// <param name="Faults">The faults that are on.</param>
/// <param name="Ties">The order of simultaneous events; null: as the machine says.</param>
/// <param name="ForgottenCounters">
/// Indices of <see cref="TransitionSystem.Repeats"/> whose counter is not kept: after each round the loop may go on or end.
/// More runs than the spec has: sound for what holds of all runs; a run found has to be replayed without it.
/// </param>
public sealed record Observation(
    ImmutableArray<Quantity> Quantities,
    ImmutableArray<(Measure Measure, BoundExpression Condition)> Conditions,
    ImmutableArray<Fault> Faults,
    Ties? Ties,
    ImmutableHashSet<int> ForgottenCounters)
{
    /// <summary>
    /// The events whose occurrence counts, as conformance to a trace asks: orders of one instant in which somebody does other such events, or the same in
    /// another order, are not taken for one. Null: none.
    /// </summary>
    public Func<Event, bool>? Seen { get; init; }

    public static Observation Nothing { get; } = new([], [], [], null, []);
}

/// <summary>A <c>repeat</c> of some actor.</summary>
/// <param name="InsideMeasure">Its rounds may be part of an observed quantity (by the actor's own text or through a call), so forgetting its counter would make that quantity unbounded.</param>
/// <param name="AtOnce">A round can pass in no time, so with its counter forgotten one instant could have any number of rounds.</param>
public sealed record RepeatInfo(int Index, int Actor, int Count, bool InsideMeasure, bool AtOnce, Text.SourceSpan Span);
