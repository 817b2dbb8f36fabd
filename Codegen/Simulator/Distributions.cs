namespace Irekae.Codegen.Simulator;

/// <summary>Distributions of durations over whole numbers, drawn with whole numbers alone, so that a seed names the same values on every machine.</summary>
public static class Distributions
{
    /// <summary>The larger of two uniform values leans to one end on a straight line; which side of the mode is in proportion to its length.</summary>
    public static long Triangular(ref Xoshiro256 random, long low, long mode, long high)
    {
        if (low == high) return low;
        bool left = random.Below((ulong)(high - low)) < (ulong)(mode - low);
        long side = left ? mode - low : high - mode;
        long drawn = Math.Max(random.Between(0, side), random.Between(0, side));
        return left ? low + drawn : high - drawn;
    }

    /// <summary>
    /// The normal distribution cut to the interval: a uniform value is taken with probability exp(−(x−mean)²/2·deviation²). The mean lies in the interval.
    /// </summary>
    public static long Normal(ref Xoshiro256 random, long low, long high, long mean, long deviation)
    {
        if (low == high) return low;
        if (deviation <= 0) return mean;
        // Beyond eight deviations nothing is ever drawn that anybody could tell.
        long reach = deviation > long.MaxValue / 8 ? long.MaxValue : 8 * deviation;
        low = Math.Max(low, mean - Math.Min(reach, mean - low));
        high = Math.Min(high, mean + Math.Min(reach, high - mean));
        while (true)
        {
            long drawn = random.Between(low, high);
            var distance = (UInt128)(ulong)Math.Abs(drawn - mean);
            if (FallsWithin(ref random, distance * distance, 2 * (UInt128)(ulong)deviation * (ulong)deviation)) return drawn;
        }
    }

    /// <summary>One of the values; the k-th as often as upTo grows at it.</summary>
    public static long Empirical(ref Xoshiro256 random, ReadOnlySpan<long> values, ReadOnlySpan<long> upTo)
    {
        long row = (long)random.Below((ulong)upTo[^1]);
        int low = 0, high = upTo.Length - 1;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (upTo[middle] > row) high = middle;
            else low = middle + 1;
        }
        return values[low];
    }

    /// <summary>
    /// True with probability exp(−numerator/denominator): that of a whole part by repetition, that of a rest g below 1 as the chance that a falling
    /// row of trials with chances g/1, g/2, … ends after an even number (von Neumann 1951; Forsythe, Math. Comp. 26, 1972).
    /// </summary>
    private static bool FallsWithin(ref Xoshiro256 random, UInt128 numerator, UInt128 denominator)
    {
        while (denominator > ulong.MaxValue >> 8)
        {
            numerator >>= 1;
            denominator >>= 1;
        }
        for (; numerator >= denominator; numerator -= denominator)
            if (!Row(ref random, 1, 1)) return false;
        return Row(ref random, (ulong)numerator, (ulong)denominator);
    }

    private static bool Row(ref Xoshiro256 random, ulong numerator, ulong denominator)
    {
        for (ulong k = 1; ; k++)
            if (random.Below(denominator) >= numerator || random.Below(k) != 0) return k % 2 == 1;
    }
}
