using Irekae.Model.Numbers;

namespace Irekae.Model.Semantics;

/// <summary>
/// Draws everything from a seed: moves uniformly, durations uniformly or, in a share of the draws, at an end of their interval, where
/// extreme values of quantities tend to be. An interval without end is cut at <see cref="Reach"/> times the largest time of the spec.
/// Parameters are drawn from the values that leave every other bound whole (<see cref="SpecTimes.ParameterStep"/>) where there are such.
/// </summary>
public sealed class SeededChooser(ulong seed, int endsPercent = 0) : Chooser
{
    public const int Reach = 3;

    private readonly SplitMix64 random = new(seed);

    public override int Move(Interpreter interpreter, IReadOnlyList<Move> candidates) => (int)random.Below((ulong)candidates.Count);

    public override long Duration(Interpreter interpreter, Move move, int started, long low, long? high)
    {
        var times = SpecTimes.Of(interpreter.System);
        long end = high ?? checked(low + (Reach * interpreter.Refinement * times.Largest));
        long step = interpreter.System.Timers[move.Started[started].Timer].Kind == TimerKind.Parameter ? times.ParameterStep : 1;
        long first = low / step + (low % step == 0 ? 0 : 1);
        if (first > end / step) (first, step) = (low, 1);
        return Draw(first, end / step) * step;
    }

    private long Draw(long low, long high)
    {
        if (low == high) return low;
        if (endsPercent > 0 && random.Below(100) < (ulong)endsPercent) return random.Below(2) == 0 ? low : high;
        return random.Between(low, high);
    }
}
