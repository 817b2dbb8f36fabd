using System.Collections.Immutable;

namespace Irekae.Model.Semantics;

/// <summary>
/// One run, move by move: holds one whole number of fine ticks for each timer. Everything is exact; a time that does not fit 64 bits
/// raises <see cref="OverflowException"/>. Before the first move there is no configuration and the possible moves are the beginnings.
/// </summary>
public sealed class Interpreter
{
    private readonly ImmutableArray<RunStep>.Builder steps = ImmutableArray.CreateBuilder<RunStep>();
    private long[] values = [];
    private IReadOnlyList<Move>? moves;

    /// <param name="refinement">Fine ticks per tick, at least 1.</param>
    public Interpreter(TransitionSystem system, long refinement = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(refinement, 1);
        System = system;
        Refinement = refinement;
    }

    /// <summary>A run that goes on from some configuration, reached before; its instants count from there.</summary>
    /// <param name="values">Fine ticks, in the order of its timers.</param>
    public Interpreter(TransitionSystem system, long refinement, Configuration configuration, ReadOnlySpan<long> values)
        : this(system, refinement)
    {
        if (values.Length != configuration.Timers.Length) throw new ArgumentException("one value for each timer", nameof(values));
        (Configuration, this.values) = (configuration, values.ToArray());
    }

    public TransitionSystem System { get; }

    public long Refinement { get; }

    /// <summary>Null before the first move.</summary>
    public Configuration? Configuration { get; private set; }

    /// <summary>Fine ticks, in the order of <see cref="Configuration.Timers"/>.</summary>
    public ReadOnlySpan<long> Values => values;

    /// <summary>Fine ticks since the beginning.</summary>
    public long Instant { get; private set; }

    /// <summary>Moves taken.</summary>
    public int Count => steps.Count;

    /// <summary>The last move says that nothing sensible follows.</summary>
    public bool Stopped { get; private set; }

    /// <summary>All moves of the configuration, possible with the present values or not.</summary>
    public IReadOnlyList<Move> Moves => moves ??= Stopped ? [] : Configuration is null ? System.Initial() : System.Moves(Configuration);

    /// <summary>The moves that a step of a script means here, possible with the present values or not.</summary>
    public IReadOnlyList<Move> Named(ScriptStep step) => Stopped ? [] : System.Moves(Configuration, step.Timer, step.Choices);

    /// <summary>The run so far.</summary>
    public Run Run => new(System, Refinement, steps.ToImmutable());

    /// <summary>The moves that can happen next, in the order of the transition system. Empty: the run has ended.</summary>
    public ImmutableArray<Move> Candidates() => [.. Moves.Where(move => WhyNot(move) is null)];

    /// <summary>Fine ticks that pass before a move.</summary>
    public long Delay(Move move) => move.Timer < 0 ? 0 : Valuation.Of(Configuration!, values, move.Timer);

    /// <summary>Why a move of the present configuration cannot be next, in words; null when it can.</summary>
    public string? WhyNot(Move move)
    {
        if (Configuration is null) return null;
        if (move.Timer >= 0 && Array.BinarySearch(Configuration.Timers, move.Timer) < 0) return $"{Name(move.Timer)} is not alive";
        long delay = Delay(move);
        if (delay < 0) return $"{Name(move.Timer)} is below zero";
        if (move.Immediate && delay != 0) return $"{Name(move.Timer)} has {delay} fine ticks left and the move needs 0";
        for (int i = 0; i < values.Length; i++)
        {
            if (Configuration.Rates[i] == TimerRate.Down && values[i] < delay)
                return $"{Name(Configuration.Timers[i])} fires earlier: it has {values[i]} fine ticks left, {Name(move.Timer)} has {delay}";
        }
        foreach (int other in move.StrictlyBefore)
        {
            long left = Valuation.Of(Configuration, values, other);
            if (left <= delay) return $"{Name(move.Timer)} has to fire strictly before {Name(other)}, and both have {left} fine ticks left";
        }
        return null;
    }

    /// <summary>
    /// Places in <c>move.Started</c> in the order in which durations have to be chosen: parameters first, because the other intervals may refer to them.
    /// </summary>
    public IEnumerable<int> ChoosingOrder(Move move) =>
        Enumerable.Range(0, move.Started.Length).OrderBy(k => System.Timers[move.Started[k].Timer].Kind == TimerKind.Parameter ? 0 : 1);

    /// <summary>The whole numbers of fine ticks a fresh timer may begin with; <c>High</c> null: no end.</summary>
    /// <param name="durations">Those of the parameters that begin in the same move must have been chosen.</param>
    /// <exception cref="RefinementException">There is none at this refinement.</exception>
    public (long Low, long? High) Range(Move move, int started, IReadOnlyList<long> durations)
    {
        var (timer, interval) = move.Started[started];
        long Parameter(int id) => ParameterValue(move, durations, id);
        long low = FineTime.Ceiling(interval.Low, Refinement, Parameter);
        if (low < 0) throw new InvalidOperationException($"{Name(timer)} would begin below zero");
        if (interval.High is null) return (low, null);
        long high = FineTime.Floor(interval.High, Refinement, Parameter);
        if (low <= high) return (low, high);
        bool empty = FineTime.Scaled(interval.Low, Refinement, Parameter) * interval.High.Denominator
            > FineTime.Scaled(interval.High, Refinement, Parameter) * interval.Low.Denominator;
        if (empty) throw new InvalidOperationException($"{Name(timer)} would begin in an empty interval");
        throw new RefinementException(Name(timer), Refinement, checked(Refinement * interval.Low.Denominator));
    }

    /// <summary>Why these first values of the fresh timers are not allowed, in words; null when they are.</summary>
    public string? WhyNot(Move move, IReadOnlyList<long> durations)
    {
        if (durations.Count != move.Started.Length) return $"{move.Started.Length} timers begin and {durations.Count} durations are given";
        long Parameter(int id) => ParameterValue(move, durations, id);
        for (int k = 0; k < durations.Count; k++)
        {
            var (timer, interval) = move.Started[k];
            if (durations[k] < 0 || !FineTime.AtMost(interval.Low, durations[k], Refinement, Parameter))
                return $"{Name(timer)} cannot begin with {durations[k]} fine ticks: that is below its interval";
            if (interval.High is { } high && !FineTime.AtLeast(high, durations[k], Refinement, Parameter))
                return $"{Name(timer)} cannot begin with {durations[k]} fine ticks: that is above its interval";
        }
        return null;
    }

    /// <summary>Takes a move of <see cref="Moves"/>, with the first values of its fresh timers in fine ticks.</summary>
    /// <exception cref="InvalidOperationException">The move or a duration is not possible; the message says why.</exception>
    public RunStep Take(Move move, ImmutableArray<long> durations)
    {
        if (Stopped) throw new InvalidOperationException("the run has stopped");
        if ((WhyNot(move) ?? WhyNot(move, durations)) is { } reason) throw new InvalidOperationException(reason);
        long delay = Delay(move);
        var passed = Configuration is null ? [] : Valuation.After(Configuration, values, delay);
        var next = Valuation.Next(Configuration, passed, move, durations.AsSpan());
        var step = new RunStep(checked(Instant + delay), move, durations);
        steps.Add(step);
        (Configuration, values, Instant, Stopped, moves) = (move.Next, next, step.Instant, move.Stops, null);
        return step;
    }

    private string Name(int timer) => timer < 0 ? "the scheduler" : $"the {Kind(System.Timers[timer].Kind)} '{System.Timers[timer].Name}'";

    private static string Kind(TimerKind kind) => kind switch
    {
        TimerKind.Work => "work",
        TimerKind.Wait => "wait",
        TimerKind.Slice => "slice",
        TimerKind.Arrival => "arrival",
        TimerKind.Jitter => "jitter",
        TimerKind.Switch => "switch",
        TimerKind.Fault => "fault",
        TimerKind.Parameter => "parameter",
        TimerKind.Clock => "clock",
    };

    private long ParameterValue(Move move, IReadOnlyList<long> durations, int timer)
    {
        for (int k = 0; k < move.Started.Length; k++)
        {
            if (move.Started[k].Timer == timer) return durations[k];
        }
        return Valuation.Of(Configuration!, values, timer); // a parameter never moves
    }
}
