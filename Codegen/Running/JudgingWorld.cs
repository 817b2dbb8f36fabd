using System.Runtime.CompilerServices;
using Irekae.Codegen.Simulator;
using Irekae.Model.Semantics;

namespace Irekae.Codegen.Running;

/// <summary>What the occurrences of a quantity that ended in one run have in common, in fine ticks.</summary>
internal struct EndedValues
{
    public long Count, Least, Most;
}

/// <summary>Draws the runs that are judged: as <see cref="SeededChooser"/> does, from another stream of numbers.</summary>
/// <param name="ends">So many durations of <see cref="Draws"/> are an end of their interval, where extreme values tend to be.</param>
/// <param name="reach">What has no upper end is drawn from so many fine ticks above its lower one.</param>
/// <param name="ended">By quantity; to be cleared before a run.</param>
/// <param name="choices">Takes what is chosen, as a <see cref="Move"/> names it; null: not wanted.</param>
internal struct JudgingWorld(Xoshiro256 random, ulong ends, long reach, EndedValues[] ended, List<int>? choices) : IWorld
{
    public const int Draws = 128;

    private Xoshiro256 random = random;

    /// <summary>An interval has no whole number of fine ticks: the run means nothing.</summary>
    public bool TooCoarse { get; private set; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long Between(int timer, long low, long high)
    {
        if (low >= high) return Only(low, high);
        if (ends > 0 && random.Next() is var bits && bits % Draws < ends) return bits >> 63 == 0 ? low : high;
        return random.Between(low, high);
    }

    public long From(int timer, long low) => Between(timer, low, checked(low + reach));

    public long Parameter(int timer, long low, long high, long step)
    {
        long first = (low + step - 1) / step, last = high / step;
        return first > last ? Between(timer, low, high) : Between(timer, first, last) * step;
    }

    public long Point(int timer, long low, long high, long value) => Between(timer, low, high);

    public long Triangular(int timer, long low, long high, long mode) => Between(timer, low, high);

    public long Normal(int timer, long low, long high, long mean, long deviation) => Between(timer, low, high);

    public long Empirical(int timer, long low, long high, ReadOnlySpan<long> values, ReadOnlySpan<long> upTo, Int128 multiply, Int128 divide) => Between(timer, low, high);

    public int Choose(int count) => Chosen((int)random.Below((ulong)count));

    public int First(ReadOnlySpan<int> actors) => Chosen(actors[(int)random.Below((ulong)actors.Length)]);

    public bool GoesOnEarly(int before)
    {
        if (random.Below(2) == 0) return false;
        Chosen(TransitionSystem.GoesOnEarly + before);
        return true;
    }

    public int Tie(int count) => (int)random.Below((ulong)count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Ended(int quantity, long begin, long end)
    {
        long value = end - begin;
        ref var its = ref ended[quantity];
        if (its.Count++ == 0) (its.Least, its.Most) = (value, value);
        else if (value < its.Least) its.Least = value;
        else if (value > its.Most) its.Most = value;
    }

    private long Only(long low, long high)
    {
        if (low > high) TooCoarse = true;
        return low;
    }

    private readonly int Chosen(int choice)
    {
        choices?.Add(choice);
        return choice;
    }
}
