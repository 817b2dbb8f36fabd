using System.Runtime.CompilerServices;

namespace Irekae.Codegen.Simulator;

/// <summary>A measured duration: which quantity, when it began and how long it was, in fine ticks.</summary>
public readonly record struct Sample(int Quantity, long Begin, long Value);

/// <summary>Draws everything from one stream of random numbers, and keeps what is observed.</summary>
public struct DrawnWorld : IWorld
{
    private readonly Histogram[] histograms;
    private readonly Summary[] summaries;
    private readonly List<Sample>? samples;
    private readonly (long Low, long High) window;
    private readonly bool inOrder;
    private Xoshiro256 random;

    /// <param name="histograms">Counts the values of each quantity.</param>
    /// <param name="summaries">Sums up the values of each quantity.</param>
    /// <param name="samples">Takes each single one, in the order in which they end; null: not wanted.</param>
    /// <param name="window">What has no upper end is drawn from so far above its lower one.</param>
    /// <param name="inOrder">Steps of one instant are not drawn: devices come first, in the order of the specification, then the cores.</param>
    public DrawnWorld(Xoshiro256 random, Histogram[] histograms, Summary[] summaries, List<Sample>? samples, (long Low, long High) window, bool inOrder = false)
    {
        this.inOrder = inOrder;
        this.random = random;
        this.histograms = histograms;
        this.summaries = summaries;
        this.samples = samples;
        this.window = window;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long Between(int timer, long low, long high) => random.Between(low, high);

    public long From(int timer, long low) => checked(low + random.Between(window.Low, window.High));

    public long Parameter(int timer, long low, long high, long step)
    {
        long first = (low + step - 1) / step, last = high / step;
        return first > last ? random.Between(low, high) : random.Between(first, last) * step;
    }

    public readonly long Point(int timer, long low, long high, long value) => Math.Clamp(value, low, high);

    public long Triangular(int timer, long low, long high, long mode) => Distributions.Triangular(ref random, low, Math.Clamp(mode, low, high), high);

    public long Normal(int timer, long low, long high, long mean, long deviation) => Distributions.Normal(ref random, low, high, Math.Clamp(mean, low, high), deviation);

    public long Empirical(int timer, long low, long high, ReadOnlySpan<long> values, ReadOnlySpan<long> upTo, Int128 multiply, Int128 divide) =>
        Math.Clamp((long)Int128.Min(Distributions.Empirical(ref random, values, upTo) * multiply / divide, long.MaxValue), low, high);

    public int Choose(int count) => (int)random.Below((ulong)count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int First(ReadOnlySpan<int> actors) => actors[inOrder ? 0 : (int)random.Below((ulong)actors.Length)];

    public bool GoesOnEarly(int before) => random.Below(2) == 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Tie(int count) => (int)random.Below((ulong)count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Ended(int quantity, long begin, long end)
    {
        histograms[quantity].Count(end - begin);
        summaries[quantity].Add(end - begin);
        samples?.Add(new Sample(quantity, begin, end - begin));
    }
}
