using System.Collections.Immutable;
using Irekae.Model.Binding;
using Irekae.Model.Numbers;

namespace Irekae.Model.Semantics;

/// <summary>The one meaning of a specification: configurations, timers and moves (semantics, section 4). It knows nothing of how timer values are represented. Not thread-safe: one per thread.</summary>
public sealed partial class TransitionSystem
{
    /// <exception cref="OverflowException">A time does not fit 62 bits of ticks.</exception>
    public static TransitionSystem Compile(BoundSystem system, Observation observation) => throw new NotImplementedException();

    public BoundSystem System { get; } = null!;

    public Observation Observation { get; } = null!;

    /// <summary>Nanoseconds per tick: the greatest common divisor of all times of the spec.</summary>
    public Rational Tick { get; }

    /// <summary>All timers that can exist, by id.</summary>
    public ImmutableArray<TimerInfo> Timers { get; }

    public ImmutableArray<RepeatInfo> Repeats { get; }

    /// <summary>The beginnings of a run: moves from nothing (timer −1, every timer of <c>Next</c> fresh).</summary>
    public IReadOnlyList<Move> Initial() => throw new NotImplementedException();

    /// <summary>All moves of a configuration, in a fixed order. Empty: nothing can ever act.</summary>
    public IReadOnlyList<Move> Moves(Configuration configuration) => throw new NotImplementedException();

    public int Evaluate(BoundExpression expression, Configuration configuration) => throw new NotImplementedException();

    /// <summary>Nothing can act here and these actors still wait: for an answer, a lock, a condition or a message that cannot come (a server that waits for requests is at rest, not waiting).</summary>
    public ImmutableArray<int> Waiting(Configuration configuration) => throw new NotImplementedException();

    /// <summary>Statements that no move so far has executed, in source order.</summary>
    public ImmutableArray<BoundStatement> Unreached() => throw new NotImplementedException();

    /// <summary>An event in words: <c>rs calls ds.store</c>.</summary>
    public string Describe(Event e) => throw new NotImplementedException();
}
