using System.Collections.Immutable;
using Irekae.Model.Numbers;

namespace Irekae.Properties.Generators;

/// <summary>Random decisions, the same for the same seed.</summary>
public sealed class Draw(ulong seed)
{
    private readonly SplitMix64 random = new(seed);

    public bool Chance(int percent) => random.Below(100) < (ulong)percent;

    public int Between(int low, int high) => (int)random.Between(low, high);

    public T Pick<T>(IReadOnlyList<T> from) => from[(int)random.Below((ulong)from.Count)];

    /// <summary>One of several, in proportion to their weights.</summary>
    public T Weighted<T>(params ReadOnlySpan<(int Weight, T Value)> choices)
    {
        int total = 0;
        foreach (var (weight, _) in choices) total += weight;
        int drawn = Between(1, total);
        foreach (var (weight, value) in choices)
            if ((drawn -= weight) <= 0) return value;
        throw new System.Diagnostics.UnreachableException();
    }

    public ImmutableArray<T> Many<T>(int count, Func<int, T> make) => [.. Enumerable.Range(0, count).Select(make)];
}
