namespace Irekae.Model.Semantics;

/// <summary>A fresh timer has no first value that is a whole number of fine ticks.</summary>
/// <param name="Needed">A multiple of the refinement that has one.</param>
public sealed class RefinementException(string timer, long refinement, long needed)
    : Exception($"{timer}: no whole number of fine ticks lies in its interval at {refinement} per tick; use a refinement of {needed}")
{
    public long Needed { get; } = needed;
}
