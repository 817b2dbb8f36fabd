using System.Collections.Immutable;

namespace Irekae.Properties.Running;

/// <summary>
/// Everything that was open in a run and how it was settled, in a form that stays meaningful when parts of it change: durations are kept for
/// each timer by itself, as what they exceed the lower end of their interval by, so that another value for one leaves all others in place.
/// What is not written down is the lower end, and the first of the possible moves. Any decisions name a run.
/// </summary>
/// <param name="Refinement">Fine ticks per tick.</param>
/// <param name="Moves">The run is cut after so many moves.</param>
/// <param name="Choices">Indices among the possible moves, in order, wherever there was more than one; one that is too large means the last.</param>
/// <param name="Offsets">By timer: fine ticks above the lower end for each of its starts, in order; one that is too large means the upper end.</param>
public sealed record Decisions(long Refinement, int Moves, ImmutableArray<int> Choices, ImmutableSortedDictionary<int, ImmutableArray<long>> Offsets)
{
    public Decisions With(int timer, ImmutableArray<long> offsets) => this with { Offsets = Offsets.SetItem(timer, offsets) };
}
