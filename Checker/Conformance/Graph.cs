using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Irekae.Checker.Explore;
using Irekae.Checker.Explore.Polyhedra;
using Irekae.Model.Semantics;

namespace Irekae.Checker.Conformance;

/// <summary>A configuration that runs pass, with what can be seen of it.</summary>
/// <param name="configuration">Null: what there is before the first move.</param>
internal sealed class Spot(Configuration? configuration, int[] occupants)
{
    public Configuration Configuration => configuration ?? throw new InvalidOperationException("before the first move there is no configuration");

    /// <summary>Nothing has begun.</summary>
    public bool IsBefore => configuration is null;

    /// <summary>Of each core: who has it, as far as can be seen; −1: nobody.</summary>
    public int[] Occupants { get; } = occupants;

    public Zone.Layout Layout { get; } = new(configuration is null ? [] : [.. configuration.Rates.Select(rate => rate == TimerRate.Frozen)]);

    /// <summary>Of each timer: it stands still here.</summary>
    public bool[] Frozen => Layout.Frozen;

    /// <summary>Asked for when somebody goes on from here.</summary>
    public Step[]? Steps { get; set; }

    /// <summary>The last dimension of a set of values is the time since a time stamp.</summary>
    public int Clock => configuration?.Timers.Length ?? 0;
}

/// <summary>A move with what can be seen of it, and what it does to timers and to the clock that the trace is read against.</summary>
internal sealed class Step
{
    private readonly Lazy<StepShape> shape;

    public Step(Spot? from, Move move, Spot to, StepShape plain, Event[] seen, long scale, Relaxation? relaxed)
    {
        (From, Move, To, Seen) = (from, move, to, seen);
        Firing = plain.Firing;
        Source = [.. plain.Source];
        Strict = new bool[plain.OldDimensions];
        foreach (int timer in move.StrictlyBefore) Strict[Array.BinarySearch(from!.Configuration.Timers, timer)] = true;
        shape = new Lazy<StepShape>(() => Timed(plain, move, scale, relaxed));
        var kept = Source.Where(source => source >= 0).ToList();
        IsPlain = relaxed is not { IsUnknown: true } && kept.Distinct().Count() == kept.Count && !kept.Contains(Firing) && move.Started.All(s => s.Interval.Low.IsConstant && s.Interval.High is not { IsConstant: false });
        Fresh = new Interval[Source.Length];
        if (!IsPlain) return;
        foreach (var started in move.Started)
        {
            var (low, high) = (checked(started.Interval.Low.Constant * scale), checked(started.Interval.High?.Constant * scale));
            Fresh[Array.BinarySearch(to.Configuration.Timers, started.Timer)] = relaxed?.Of(started.Interval, low, high) ?? Interval.Between(low, high);
        }
    }

    /// <summary>Null: the beginning of a run.</summary>
    public Spot? From { get; }

    public Move Move { get; }

    public Spot To { get; }

    /// <summary>Those of its events that can be seen.</summary>
    public Event[] Seen { get; }

    public int Firing { get; }

    public int[] Source { get; }

    /// <summary>Of each timer before: it stands still.</summary>
    public bool[] Frozen => From?.Frozen ?? [];

    /// <summary>Of each timer before: it has to be left with more than nothing.</summary>
    public bool[] Strict { get; }

    /// <summary>Of every timer at most one continues it, and what begins depends on nothing.</summary>
    public bool IsPlain { get; }

    /// <summary>Of each timer after that begins.</summary>
    public Interval[] Fresh { get; }

    /// <summary>In units, with the clock as the last dimension.</summary>
    public StepShape Shape => shape.Value;

    /// <summary>
    /// The move in finer units, and with a clock: rows without constants stay, those of what begins have theirs multiplied. Relaxed by an unknown, it has one more dimension, which is
    /// the last but one.
    /// </summary>
    private static StepShape Timed(StepShape plain, Move move, long scale, Relaxation? relaxed)
    {
        int more = relaxed is { IsUnknown: true } ? 2 : 1;
        int before = plain.OldDimensions, after = plain.NewDimensions;
        ImmutableArray<int> rates = [.. plain.Rates, .. more == 2 ? [0] : Array.Empty<int>(), 1];
        ImmutableArray<int> source = [.. plain.Source, .. Enumerable.Range(before, more)];
        var fresh = new List<Row>();
        foreach (var row in plain.Fresh)
        {
            var wide = Row.Of([.. row.Coefficients, .. new long[more]], checked(row.Constant * scale), row.Strict);
            if (relaxed is null) fresh.Add(wide);
            else if (relaxed.Loosened(wide, move) is { } loose) fresh.Add(loose);
        }

        if (relaxed is not null)
        {
            // However far an interval is stretched, nothing lasts less than no time.
            foreach (var started in move.Started) fresh.Add(Row.AtLeast(after + more, Array.BinarySearch(move.Next.Timers, started.Timer), 0));
        }

        return new StepShape(plain.Firing, rates, [.. plain.Guards.Select(g => Row.Of([.. g.Coefficients, .. new long[more]], g.Constant, g.Strict))], source, [.. fresh]);
    }
}

/// <summary>The configurations of a system and the moves between them, each worked out once.</summary>
/// <param name="moves">What has been asked of the system before; it does not depend on sets.</param>
internal sealed class Graph(TransitionSystem system, Sight sight, long scale, Relaxation? relaxed, Dictionary<Configuration, IReadOnlyList<Move>> moves, CancellationToken cancel)
{
    private readonly Shapes shapes = new(system, ClockSense.Exact);
    private readonly Dictionary<Configuration, Spot> spots = [];

    public TransitionSystem System => system;

    public Sight Sight => sight;

    public int Count => spots.Count;

    public IEnumerable<Step> Beginnings() => system.Initial(cancel).Select(move => StepOf(null, move));

    public Step[] StepsOf(Spot spot)
    {
        if (spot.Steps is not null) return spot.Steps;
        if (!moves.TryGetValue(spot.Configuration, out var known)) moves.Add(spot.Configuration, known = system.Moves(spot.Configuration, cancel));
        return spot.Steps = [.. known.Select(move => StepOf(spot, move))];
    }

    public Spot SpotOf(Configuration configuration)
    {
        ref var spot = ref CollectionsMarshal.GetValueRefOrAddDefault(spots, configuration, out bool known);
        return known ? spot! : spot = new Spot(configuration, Occupants(configuration));
    }

    public Step StepOf(Spot? from, Move move) =>
        new(from, move, SpotOf(move.Next), shapes.Of(from?.Configuration, move), [.. move.Events.Where(sight.Sees)], scale, relaxed);

    private int[] Occupants(Configuration configuration) => Occupants(system, configuration, sight.Shown);

    /// <summary>Of each core: which of these actors has it; −1: none of them.</summary>
    public static int[] Occupants(TransitionSystem system, Configuration configuration, IEnumerable<int> actors)
    {
        int[] occupants = new int[system.System.Machine.Cores];
        Array.Fill(occupants, -1);
        foreach (int actor in actors)
            if (system.SituationOf(configuration, actor).Core is >= 0 and var core) occupants[core] = actor;
        return occupants;
    }
}
