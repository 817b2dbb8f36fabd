using System.Numerics;
using Irekae.Model.Numbers;

namespace Irekae.Properties.Running;

/// <summary>What shrinking makes smaller, the most important first. Well-founded, so shrinking ends.</summary>
/// <param name="Moves">Moves of the run.</param>
/// <param name="Choices">Sum of the indices chosen among possible moves.</param>
/// <param name="Digits">Significant decimal digits of all durations in nanoseconds; the lower end of an interval counts nothing and the upper end little, whatever their digits.</param>
/// <param name="Offsets">Fine ticks above the lower ends.</param>
internal readonly record struct RunSize(int Moves, long Choices, long Digits, Int128 Offsets) : IComparable<RunSize>
{
    /// <summary>Counted for a time that is no whole number of nanoseconds: more than any that is one.</summary>
    private const int NoDecimal = 20;

    public static RunSize Of(DrawnRun run)
    {
        if (run.Recorded is not { } recorded) return new RunSize(run.Moves, 0, 0, 0);
        var scale = FineTicksPerNanosecond(run);
        long digits = 0;
        Int128 offsets = 0;
        foreach (var drawn in recorded.Durations.Values.SelectMany(list => list))
        {
            if (drawn.Value == drawn.Low) continue;
            digits += drawn.Value == drawn.High ? 1 : 1 + Significant(drawn.Value, scale);
            offsets += drawn.Value - drawn.Low;
        }
        return new RunSize(run.Moves, recorded.Choices.Sum(choice => (long)choice), digits, offsets);
    }

    public static Rational FineTicksPerNanosecond(DrawnRun run) =>
        new(run.Run.System.Tick.Denominator * run.Run.Refinement, run.Run.System.Tick.Numerator);

    public int CompareTo(RunSize other) => (Moves, Choices, Digits, Offsets).CompareTo((other.Moves, other.Choices, other.Digits, other.Offsets));

    private static int Significant(long fineTicks, Rational scale)
    {
        var (number, rest) = BigInteger.DivRem(fineTicks * scale.Denominator, scale.Numerator);
        if (!rest.IsZero) return NoDecimal;
        if (number > long.MaxValue) return NoDecimal - 1;
        int digits = 0;
        for (long left = (long)number; left > 0; left /= 10)
        {
            if (digits > 0 || left % 10 != 0) digits++;
        }
        return digits;
    }
}
