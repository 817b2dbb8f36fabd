namespace Irekae.Model.Semantics;

/// <summary>
/// Bounds of fresh timers in fine ticks (ticks · refinement), exactly. With R fine ticks per tick and parameters p in fine ticks a
/// <see cref="TickBound"/> is (Constant · R + Σ Factor · p) / Denominator fine ticks, which need not be whole.
/// </summary>
internal static class FineTime
{
    /// <summary>Numerator over the bound's denominator (which is positive), in fine ticks.</summary>
    public static Int128 Scaled(TickBound bound, long refinement, Func<int, long> parameter)
    {
        checked
        {
            var sum = (Int128)bound.Constant * refinement;
            foreach (var (timer, factor) in bound.Terms) sum += (Int128)factor * parameter(timer);
            return sum;
        }
    }

    public static long Ceiling(TickBound bound, long refinement, Func<int, long> parameter) =>
        checked(-Floor(-Scaled(bound, refinement, parameter), bound.Denominator));

    public static long Floor(TickBound bound, long refinement, Func<int, long> parameter) =>
        Floor(Scaled(bound, refinement, parameter), bound.Denominator);

    /// <summary>The bound is at most the value: no rounding is involved.</summary>
    public static bool AtMost(TickBound bound, long value, long refinement, Func<int, long> parameter) =>
        Scaled(bound, refinement, parameter) <= (Int128)value * bound.Denominator;

    public static bool AtLeast(TickBound bound, long value, long refinement, Func<int, long> parameter) =>
        Scaled(bound, refinement, parameter) >= (Int128)value * bound.Denominator;

    private static long Floor(Int128 numerator, long denominator)
    {
        var quotient = numerator / denominator;
        if (numerator < 0 && quotient * denominator != numerator) quotient--;
        return checked((long)quotient);
    }
}
