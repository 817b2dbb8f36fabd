namespace Irekae.Model.Numbers;

/// <summary>
/// The generator SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, OOPSLA 2014): the same numbers for the
/// same seed on every machine and in every version, so that a seed names a run.
/// </summary>
public sealed class SplitMix64(ulong seed)
{
    private ulong state = seed;

    public ulong Next()
    {
        state = unchecked(state + 0x9E3779B97F4A7C15UL);
        ulong z = state;
        z = unchecked((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL);
        z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EBUL);
        return z ^ (z >> 31);
    }

    /// <summary>Uniform on 0 … bound-1, without bias: draws from the incomplete last round of the 64-bit range are thrown away.</summary>
    public ulong Below(ulong bound)
    {
        ArgumentOutOfRangeException.ThrowIfZero(bound);
        ulong excess = unchecked(0UL - bound) % bound; // 2^64 mod bound
        ulong drawn;
        do drawn = Next();
        while (drawn < excess);
        return drawn % bound;
    }

    /// <summary>Uniform on low … high, both included.</summary>
    public long Between(long low, long high)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(low, high);
        ulong span = unchecked((ulong)high - (ulong)low);
        ulong drawn = span == ulong.MaxValue ? Next() : Below(span + 1);
        return unchecked((long)((ulong)low + drawn));
    }
}
