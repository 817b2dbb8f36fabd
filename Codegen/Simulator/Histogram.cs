using System.Numerics;
using System.Runtime.CompilerServices;

namespace Irekae.Codegen.Simulator;

/// <summary>Number, sum, smallest and largest of values, exactly. Two of them add up to that of all values.</summary>
public struct Summary
{
    public Summary()
    {
    }

    public long Count { get; private set; }

    public Int128 Sum { get; private set; }

    /// <summary>Of no values: the largest number.</summary>
    public long Least { get; private set; } = long.MaxValue;

    /// <summary>Of no values: −1.</summary>
    public long Most { get; private set; } = -1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(long value)
    {
        Count++;
        Sum += value;
        if (value < Least) Least = value;
        if (value > Most) Most = value;
    }

    public void Add(in Summary other)
    {
        Count += other.Count;
        Sum += other.Sum;
        Least = Math.Min(Least, other.Least);
        Most = Math.Max(Most, other.Most);
    }
}

/// <summary>
/// Values as they come, in a space that does not grow with their number: their summary exactly, and how many fell into each of fixed bins. A bin
/// holds one value below 2048; above, each doubling has 1024 bins, so a bin is at most a thousandth of its values wide. Two of them add up to
/// that of all values, in any order: the result does not depend on who counted what.
/// </summary>
public sealed class Histogram
{
    private const int Fineness = 10;
    private const int Exact = 2 << Fineness;

    private long[] bins = new long[Exact];
    private Summary summary = new();

    /// <summary>Of what has been added and included.</summary>
    public Summary Summary => summary;

    /// <summary>A value for the bins alone; its summary has to be included.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Count(long value)
    {
        int bin = Bin(value);
        if (bin >= bins.Length) Grow(bin);
        bins[bin]++;
    }

    /// <summary>The summary of values that have been counted.</summary>
    public void Include(in Summary counted) => summary.Add(counted);

    public void Add(Histogram other)
    {
        summary.Add(other.summary);
        if (other.bins.Length > bins.Length) Grow(other.bins.Length - 1);
        for (int k = 0; k < other.bins.Length; k++) bins[k] += other.bins[k];
    }

    /// <summary>The smallest value such that at least this share of all lies at or below it, to within its bin (its upper end; never beyond the largest).</summary>
    public long Quantile(int numerator, int denominator)
    {
        if (summary.Count == 0) throw new InvalidOperationException("there are no values");
        var wanted = Int128.Max(1, (((Int128)summary.Count * numerator) + denominator - 1) / denominator);
        Int128 seen = 0;
        for (int k = 0; k < bins.Length; k++)
        {
            seen += bins[k];
            if (seen >= wanted) return Math.Clamp(Top(k), summary.Least, summary.Most);
        }
        return summary.Most;
    }

    /// <summary>The bins that hold something: their least and largest possible values and how many.</summary>
    public IEnumerable<(long Low, long High, long Count)> Bins()
    {
        for (int k = 0; k < bins.Length; k++)
            if (bins[k] > 0) yield return (k == 0 ? 0 : Top(k - 1) + 1, Top(k), bins[k]);
    }

    private void Grow(int bin) => Array.Resize(ref bins, Math.Max(bin + 1, bins.Length + (1 << Fineness)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Bin(long value)
    {
        if (value < Exact) return (int)value;
        int octave = BitOperations.Log2((ulong)value) - Fineness;
        return (octave << Fineness) + (int)(value >> octave);
    }

    /// <summary>The largest value of a bin.</summary>
    private static long Top(int bin)
    {
        if (bin < Exact) return bin;
        int octave = (bin >> Fineness) - 1;
        long lead = bin - (octave << Fineness);
        return unchecked((long)((((ulong)lead + 1) << octave) - 1));
    }
}
