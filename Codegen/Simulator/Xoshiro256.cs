using System.Numerics;
using System.Runtime.CompilerServices;

namespace Irekae.Codegen.Simulator;

/// <summary>
/// The generator xoshiro256** (Blackman, Vigna: Scrambled linear pseudorandom number generators, ACM TOMS 47(4), 2021), filled by SplitMix64
/// (Steele, Lea, Flood, OOPSLA 2014) from a seed and the number of a stream. Whole numbers only: the same numbers on every machine.
/// </summary>
public struct Xoshiro256
{
    private ulong a, b, c, d;

    /// <param name="stream">Streams of one seed have nothing in common.</param>
    public Xoshiro256(ulong seed, ulong stream)
    {
        ulong state = unchecked(Mix(seed + Golden) ^ Mix(Mix(stream + Golden) + 0x6A09E667F3BCC909UL));
        a = Mix(state = unchecked(state + Golden));
        b = Mix(state = unchecked(state + Golden));
        c = Mix(state = unchecked(state + Golden));
        d = Mix(unchecked(state + Golden));
        if ((a | b | c | d) == 0) a = 1;
    }

    private const ulong Golden = 0x9E3779B97F4A7C15UL;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Next()
    {
        unchecked
        {
            ulong result = BitOperations.RotateLeft(b * 5, 7) * 9;
            ulong shifted = b << 17;
            c ^= a;
            d ^= b;
            b ^= c;
            a ^= d;
            c ^= shifted;
            d = BitOperations.RotateLeft(d, 45);
            return result;
        }
    }

    /// <summary>Uniform on 0 … bound−1, without bias (Lemire: Fast random integer generation in an interval, ACM TOMACS 29(1), 2019).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Below(ulong bound)
    {
        ulong high = Math.BigMul(Next(), bound, out ulong low);
        if (low >= bound) return high;
        ulong threshold = unchecked(0UL - bound) % bound;
        while (low < threshold) high = Math.BigMul(Next(), bound, out low);
        return high;
    }

    /// <summary>Uniform on low … high, both included, of numbers not below zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long Between(long low, long high)
    {
        if (low == high) return low;
        return low + (long)Below((ulong)(high - low) + 1);
    }

    private static ulong Mix(ulong z)
    {
        unchecked
        {
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            return z ^ (z >> 31);
        }
    }
}
