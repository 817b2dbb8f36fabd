using FsCheck.Xunit;
using Irekae.Codegen.Simulator;
using Irekae.Codegen.Validation;

namespace Irekae.Tests.Codegen.Validation;

public class EqualBinsTests
{
    /// <summary>Each count is that of the values between its edges, counted one by one, also where values span many doublings.</summary>
    [Property(MaxTest = 300)]
    public void Counts_are_those_between_the_edges(ulong seed, byte howMany, byte most, byte octaves)
    {
        var random = new Xoshiro256(seed, 0);
        var values = Enumerable.Range(0, howMany + 1).Select(_ => random.Between(0, 1L << (octaves % 50)) + (seed % 2 == 0 ? 300_000 : 0)).ToList();
        var histogram = new Histogram();
        var summary = new Summary();
        foreach (long value in values)
        {
            histogram.Count(value);
            summary.Add(value);
        }

        histogram.Include(summary);
        var bins = EqualBins.Of(histogram, most + 1);
        var edges = bins.Edges.ToList();
        Assert.InRange(bins.Counts.Length, 1, most + 2);
        Assert.Equal(bins.Counts.Length + 1, edges.Count);
        for (int k = 0; k < bins.Counts.Length; k++) Assert.Equal(values.Count(value => edges[k] <= value && value < edges[k + 1]), bins.Counts[k]);
        Assert.Equal(values.Count, bins.Counts.Sum());
        Assert.True(bins.Counts[0] > 0 && bins.Counts[^1] > 0);
    }
}
