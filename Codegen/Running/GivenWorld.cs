using Irekae.Codegen.Simulator;
using Irekae.Model.Semantics;

namespace Irekae.Codegen.Running;

/// <summary>Follows what another reader of the specification has chosen, one move at a time.</summary>
public struct GivenWorld : IWorld
{
    private readonly Dictionary<int, long> durations = [];
    private readonly Queue<int> choices = new();

    public GivenWorld()
    {
    }

    /// <summary>What went against the given choices in this move; null: nothing.</summary>
    public string? Fault { get; private set; }

    /// <summary>Quantities that ended in this move, with their values.</summary>
    public List<Sample> Samples { get; } = [];

    public readonly int ChoicesLeft => choices.Count;

    /// <param name="started">The first values of the timers that are fresh at the end of the move.</param>
    public void Next(IEnumerable<int> chosen, IEnumerable<(int Timer, long Value)> started)
    {
        Fault = null;
        Samples.Clear();
        choices.Clear();
        durations.Clear();
        foreach (int choice in chosen) choices.Enqueue(choice);
        foreach (var (timer, value) in started) durations[timer] = value;
    }

    public long Between(int timer, long low, long high)
    {
        // A timer that is dropped again within the move has no given value, and none matters.
        if (!durations.TryGetValue(timer, out long value)) return low;
        if (value < low || value > high) Fault ??= $"timer {timer} begins with {value}, and here it may have {low} to {high}";
        return value;
    }

    public long From(int timer, long low) => Between(timer, low, long.MaxValue);

    public long Parameter(int timer, long low, long high, long step) => Between(timer, low, high);

    public long Point(int timer, long low, long high, long value) => Between(timer, low, high);

    public long Triangular(int timer, long low, long high, long mode) => Between(timer, low, high);

    public long Normal(int timer, long low, long high, long mean, long deviation) => Between(timer, low, high);

    public long Empirical(int timer, long low, long high, ReadOnlySpan<long> values, ReadOnlySpan<long> upTo, Int128 multiply, Int128 divide) => Between(timer, low, high);

    public int Choose(int count)
    {
        if (choices.TryDequeue(out int choice) && choice < count) return choice;
        Fault ??= "there is a choice here that was not made";
        return 0;
    }

    public int First(ReadOnlySpan<int> actors)
    {
        if (choices.TryDequeue(out int choice) && actors.Contains(choice)) return choice;
        Fault ??= "there is an order of simultaneous steps here that was not given";
        return actors[0];
    }

    public readonly bool GoesOnEarly(int before) =>
        choices.TryPeek(out int choice) && choice == TransitionSystem.GoesOnEarly + before && choices.TryDequeue(out _);

    public readonly int Tie(int count) => 0;

    public readonly void Ended(int quantity, long begin, long end) => Samples.Add(new Sample(quantity, begin, end - begin));
}
