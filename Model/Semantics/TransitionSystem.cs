using System.Collections.Immutable;
using Irekae.Model.Binding;
using Irekae.Model.Numbers;
using Irekae.Model.Semantics.Program;

namespace Irekae.Model.Semantics;

/// <summary>The one meaning of a specification: configurations, timers and moves (semantics, section 4). It knows nothing of how timer values are represented. Not thread-safe: one per thread.</summary>
public sealed partial class TransitionSystem
{
    internal readonly Instruction[][] code;
    private readonly int[][] callerCells;
    private readonly int[][] parameters;
    internal readonly Layout layout;
    internal readonly TimerTable timers;
    private readonly HashSet<BoundStatement> reached = new(ReferenceEqualityComparer.Instance);
    private readonly TickInterval? switchCost;
    private readonly TickInterval?[] quanta;
    private readonly Ties ties;
    private readonly int[] devices;
    private readonly bool[][] silent;

    /// <summary>Nothing is silent, no two orders are taken for one; this many orders at most. Null, but for the test of the rest.</summary>
    private readonly int? plainly;

    private TransitionSystem(BoundSystem system, Observation observation, int? plainly = null)
    {
        this.plainly = plainly;
        System = system;
        Observation = observation;
        ties = observation.Ties ?? system.Machine.Ties;
        timers = new TimerTable(system, observation);
        Timers = timers.Infos;
        devices = [.. system.Actors.Where(a => a.Kind == ActorKind.Device).Select(a => a.Index)];
        var ticks = new Ticks(system);
        Tick = ticks.Tick;
        TickInterval Scale(Interval interval) => ticks.Scale(interval, p => timers.Parameter(p.Index));

        var repeats = new List<RepeatInfo>();
        int actors = system.Actors.Length;
        code = new Instruction[actors][];
        callerCells = new int[actors][];
        var localCells = new int[actors];
        foreach (var actor in system.Actors)
            (code[actor.Index], localCells[actor.Index], callerCells[actor.Index]) = Assembler.Assemble(actor, Scale, repeats);
        Repeats = [.. repeats];
        silent = SilentSteps.Of(system, observation, code);
        parameters = [.. code.Select(body => body.SelectMany(i => i.Handlers).SelectMany(h => h.Parameters).Distinct().ToArray())];

        int arguments = code.SelectMany(c => c).Max(i => (int?)i.Arguments.Length) ?? 0;
        layout = new Layout(system, arguments, localCells, Timers.Length);
        switchCost = system.Machine.Switch is { } cost ? Scale(cost) : null;
        quanta = SlicesThatMatter(system, Scale);
        activations = [.. system.Actors.Select(a => a.Activation is { } t ? new ActivationTicks(Scale(t.Separation), Scale(t.Offset), t.Jitter is { } j ? Scale(j) : null) : null)];
        parameterRanges = [.. system.Parameters.Select(p => Scale(p.Range))];
    }

    private readonly ImmutableArray<ActivationTicks?> activations;
    private readonly ImmutableArray<TickInterval> parameterRanges;

    private sealed record ActivationTicks(TickInterval Separation, TickInterval Offset, TickInterval? Jitter);

    /// <exception cref="OverflowException">A time does not fit 61 bits of ticks.</exception>
    public static TransitionSystem Compile(BoundSystem system, Observation observation) => new(system, observation);

    /// <summary>The same system with every order of every step of an instant, one move for each: the reference for <see cref="Moves(Configuration)"/>.</summary>
    internal static TransitionSystem CompilePlainly(BoundSystem system, Observation observation, int limit) => new(system, observation, limit);

    public BoundSystem System { get; }

    public Observation Observation { get; }

    /// <summary>Nanoseconds per tick: the greatest common divisor of all times of the spec.</summary>
    public Rational Tick { get; }

    /// <summary>All timers that can exist, by id.</summary>
    public ImmutableArray<TimerInfo> Timers { get; }

    public ImmutableArray<RepeatInfo> Repeats { get; }

    /// <summary>The order of simultaneous events in force.</summary>
    public Ties Ties => ties;

    /// <summary>The beginnings of a run: moves from nothing (timer −1, every timer of <c>Next</c> fresh).</summary>
    /// <exception cref="CrowdedInstantException">One instant has too many orders.</exception>
    public IReadOnlyList<Move> Initial() => Initial(CancellationToken.None);

    /// <exception cref="CrowdedInstantException">One instant has too many orders.</exception>
    /// <exception cref="OperationCanceledException">Cancelled while the orders of one instant were followed.</exception>
    public IReadOnlyList<Move> Initial(CancellationToken cancel) => Begin(Every(cancel));

    /// <summary>All moves of a configuration, in a fixed order. Empty: nothing can ever act. Of orders of one instant that lead to the same, one stands for all.</summary>
    /// <exception cref="CrowdedInstantException">One instant has too many orders.</exception>
    public IReadOnlyList<Move> Moves(Configuration configuration) => Moves(configuration, CancellationToken.None);

    /// <exception cref="CrowdedInstantException">One instant has too many orders.</exception>
    /// <exception cref="OperationCanceledException">Cancelled while the orders of one instant were followed.</exception>
    public IReadOnlyList<Move> Moves(Configuration configuration, CancellationToken cancel)
    {
        var orders = Every(cancel);
        var moves = new List<Move>(TakeTurn(configuration, orders));
        foreach (int timer in configuration.Timers) moves.AddRange(Fire(configuration, timer, orders));
        return moves;
    }

    /// <summary>
    /// The moves of a timer (−1: none) with just these choices; usually one, none when the choices cannot be made. Choices name a move whatever is observed:
    /// which of several orders <see cref="Moves"/> lets stand for all that lead to the same depends on what is observed, and this follows the order it is given.
    /// </summary>
    /// <param name="configuration">Null: the beginnings of a run.</param>
    public IReadOnlyList<Move> Moves(Configuration? configuration, int timer, ImmutableArray<int> choices)
    {
        var given = new Orders.Given(choices);
        return configuration is null ? (timer < 0 ? Begin(given) : [])
            : timer < 0 ? TakeTurn(configuration, given)
            : Array.BinarySearch(configuration.Timers, timer) >= 0 ? Fire(configuration, timer, given)
            : [];
    }

    private Orders Every(CancellationToken cancel) => plainly is { } limit ? new Orders.All(limit) : new Orders.Every(cancel);

    private List<Move> Begin(Orders orders)
    {
        var draft = new Draft(layout.Size, Timers.Length, Observation.Seen);
        Begin(draft);
        return Finish(-1, false, [], draft, schedulerTurn: true, orders);
    }

    /// <summary>Under <c>ties batch</c>: the scheduler acts once nothing else is due.</summary>
    private List<Move> TakeTurn(Configuration configuration, Orders orders)
    {
        if (configuration.Cells[layout.SchedulerTurn] != 1) return [];
        var due = ImmutableArray.CreateBuilder<int>();
        for (int i = 0; i < configuration.Timers.Length; i++)
            if (configuration.Rates[i] == TimerRate.Down) due.Add(configuration.Timers[i]);
        return Finish(-1, false, due.ToImmutable(), new Draft(configuration, Observation.Seen), schedulerTurn: true, orders);
    }

    private List<Move> Fire(Configuration configuration, int timer, Orders orders)
    {
        int turn = configuration.Cells[layout.SchedulerTurn];
        if (turn == Stopped || configuration.Rates[Array.BinarySearch(configuration.Timers, timer)] != TimerRate.Down) return [];
        var draft = new Draft(configuration, Observation.Seen);
        Fire(draft, timer);
        return Finish(timer, turn == 1, EndsBefore(configuration, timer), draft, schedulerTurn: false, orders);
    }

    /// <summary>The timers that, due at the same instant, come before this one under the policy in force.</summary>
    private ImmutableArray<int> EndsBefore(Configuration configuration, int timer)
    {
        if (ties == Ties.Any) return [];
        int rank = Rank(Timers[timer].Kind);
        if (rank == 0) return [];
        var earlier = ImmutableArray.CreateBuilder<int>();
        for (int i = 0; i < configuration.Timers.Length; i++)
            if (configuration.Rates[i] == TimerRate.Down && Rank(Timers[configuration.Timers[i]].Kind) < rank)
                earlier.Add(configuration.Timers[i]);
        return earlier.ToImmutable();
    }

    private int Rank(TimerKind kind) => kind switch
    {
        TimerKind.Work => 0,
        TimerKind.Slice when ties == Ties.Batch => 2,
        _ => 1,
    };

    /// <summary>
    /// A slice can be told from no slice only if its owner may share a level: processes that keep their own level for ever need none.
    /// A process's levels are its priority and those it sets; one that takes a mutex that changes priorities may be at any level.
    /// </summary>
    private static TickInterval?[] SlicesThatMatter(BoundSystem system, Func<Interval, TickInterval> scale)
    {
        var levels = system.Actors.Select(a => a.Kind == ActorKind.Device ? null : Levels(a)).ToArray();
        var quanta = new TickInterval?[system.Actors.Length];
        foreach (var actor in system.Actors)
        {
            if (levels[actor.Index] is not { } own || actor.Unsliced || (actor.Quantum ?? system.Machine.Quantum) is not { } quantum) continue;
            bool shared = system.Actors.Any(o => o.Index != actor.Index && levels[o.Index] is { } other && (own.Count == 0 || other.Count == 0 || own.Overlaps(other)));
            if (shared) quanta[actor.Index] = scale(quantum);
        }

        return quanta;

        static HashSet<int> Levels(Actor actor)
        {
            var levels = new HashSet<int> { actor.Priority };
            foreach (var statement in actor.Body.WithDescendants())
                switch (statement)
                {
                    case BoundStatement.SetPriority s:
                        levels.Add(s.Priority);
                        break;
                    case BoundStatement.Lock { Mutex.Protocol: not MutexProtocol.None }:
                        return [];
                }

            return levels;
        }
    }

    /// <summary>Statements that a move may execute, in source order, one for each place in the text.</summary>
    public ImmutableArray<BoundStatement> Statements() =>
    [
        .. code.SelectMany(c => c).Where(i => i.Statement is not null).Select(i => i.Statement!)
            .DistinctBy(s => s.Span).OrderBy(s => s.Span.Source.Path, StringComparer.Ordinal).ThenBy(s => s.Span.Start),
    ];

    /// <summary>Statements that no move so far has executed, in source order. What one instance of a server executes is reached for all of them.</summary>
    public ImmutableArray<BoundStatement> Unreached()
    {
        var places = reached.Select(s => s.Span).ToHashSet();
        return [.. Statements().Where(s => !places.Contains(s.Span))];
    }

    public int Evaluate(BoundExpression expression, Configuration configuration) => Evaluate(expression, configuration.Cells);
}
