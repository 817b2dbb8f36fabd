using System.Numerics;

namespace Irekae.Checker.Explore.Polyhedra;

/// <summary>64-bit integers that are stored in rows: what does not fit is an error, never a wrapped number.</summary>
internal static class Integers
{
    public static long ToLong(BigInteger value) =>
        value >= long.MinValue && value <= long.MaxValue ? (long)value : throw new CoefficientOverflowException();

    public static long Negate(long value) => value != long.MinValue ? -value : throw new CoefficientOverflowException();

    /// <summary>p·a + q·b, exactly: the only way two rows are combined.</summary>
    public static long Combine(long p, long a, long q, long b)
    {
        var left = Math.BigMul(p, a, out var leftLow);
        var right = Math.BigMul(q, b, out var rightLow);
        var sum = unchecked(leftLow + rightLow);
        if (left == leftLow >> 63 && right == rightLow >> 63 && ((leftLow ^ sum) & (rightLow ^ sum)) >= 0) return sum;
        var wide = (Int128)p * a + (Int128)q * b;
        return wide >= long.MinValue && wide <= long.MaxValue ? (long)wide : throw new CoefficientOverflowException();
    }

    /// <summary>The greatest common divisor of the absolute values; 0 for two zeros.</summary>
    public static ulong Gcd(ulong a, ulong b)
    {
        if (a == 1 || b == 1) return 1;
        while (b != 0)
        {
            if (a <= uint.MaxValue && b <= uint.MaxValue) (a, b) = (b, (uint)a % (uint)b);
            else (a, b) = (b, a % b);
        }
        return a;
    }

    public static ulong Magnitude(long value) => value < 0 ? unchecked((ulong)-value) : (ulong)value;

    public static void DivideByGcd(Span<long> cells)
    {
        var divisor = 0UL;
        foreach (var cell in cells)
        {
            if (cell == 0) continue;
            divisor = divisor == 0 ? Magnitude(cell) : Gcd(divisor, Magnitude(cell));
            if (divisor == 1) return;
        }
        if (divisor is 0 or > long.MaxValue) return;
        for (var j = 0; j < cells.Length; j++) cells[j] /= (long)divisor;
    }

    public static int Hash(ReadOnlySpan<long> cells)
    {
        var hash = 0x9E3779B97F4A7C15UL;
        foreach (var cell in cells)
        {
            hash = (hash ^ (ulong)cell) * 0xD6E8FEB86659FD93UL;
            hash ^= hash >> 32;
        }
        return (int)(hash ^ hash >> 17);
    }
}
