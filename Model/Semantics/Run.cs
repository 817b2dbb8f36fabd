using System.Collections.Immutable;
using Irekae.Model.Numbers;

namespace Irekae.Model.Semantics;

/// <summary>One move of a run.</summary>
/// <param name="Instant">When, in the run's fine ticks from its beginning.</param>
/// <param name="Durations">First values of <c>Move.Started</c>, in its order, in fine ticks.</param>
public sealed record RunStep(long Instant, Move Move, ImmutableArray<long> Durations);

/// <summary>One concrete run: moves with instants. Re-runnable to the tick.</summary>
/// <param name="Refinement">Fine ticks per tick of the system: instants of a witness may be fractions of a tick.</param>
public sealed record Run(TransitionSystem System, long Refinement, ImmutableArray<RunStep> Steps)
{
    /// <summary>Nanoseconds of an instant or a duration of this run.</summary>
    public Rational Nanoseconds(long fineTicks) => new(System.Tick.Numerator * fineTicks, System.Tick.Denominator * Refinement);
}
