using System.Collections.Immutable;
using Irekae.Codegen.Simulator;

namespace Irekae.Codegen.Validation;

/// <summary>
/// How many values lie in each of equal intervals, in fine ticks: bin k holds those from Low + k·Width on, and below Low + (k+1)·Width. The counts are exact:
/// Width is a multiple of the widest bin of the histogram that holds something, and narrower ones end at multiples of their own widths, which divide it.
/// </summary>
public sealed record EqualBins(long Low, long Width, ImmutableArray<long> Counts)
{
    /// <summary>One more than there are bins.</summary>
    public IEnumerable<long> Edges => Enumerable.Range(0, Counts.Length + 1).Select(k => Low + (k * Width));

    /// <param name="values">At least one.</param>
    /// <param name="most">So many bins at most, or one more where they do not begin with the first value.</param>
    public static EqualBins Of(Histogram values, int most)
    {
        var bins = values.Bins().ToList();
        long finest = bins[^1].High - bins[^1].Low + 1, span = bins[^1].High + 1 - bins[0].Low;
        long width = finest * Math.Max(1, (long)(((Int128)span + ((Int128)finest * most) - 1) / ((Int128)finest * most)));
        long low = bins[0].Low / width * width;
        long[] counts = new long[(bins[^1].High - low) / width + 1];
        foreach (var bin in bins) counts[(bin.Low - low) / width] += bin.Count;
        return new EqualBins(low, width, [.. counts]);
    }
}
