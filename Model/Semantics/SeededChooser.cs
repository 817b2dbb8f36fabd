using Irekae.Model.Numbers;

namespace Irekae.Model.Semantics;

/// <summary>
/// Draws everything from a seed: moves uniformly, durations uniformly or, in a share of the draws, at an end of their interval, where
/// extreme values of quantities tend to be. An interval without end is cut at <see cref="Reach"/> times the largest time of the spec.
/// </summary>
public sealed class SeededChooser(ulong seed, int endsPercent = 0) : Chooser
{
    public const int Reach = 3;

    private readonly SplitMix64 random = new(seed);

    public override int Move(Interpreter interpreter, IReadOnlyList<Move> candidates) => (int)random.Below((ulong)candidates.Count);

    public override long Duration(Interpreter interpreter, Move move, int started, long low, long? high)
    {
        long end = high ?? checked(low + (Reach * interpreter.Refinement * LargestTime.Ticks(interpreter.System)));
        if (low == end) return low;
        if (endsPercent > 0 && random.Below(100) < (ulong)endsPercent) return random.Below(2) == 0 ? low : end;
        return random.Between(low, end);
    }
}
