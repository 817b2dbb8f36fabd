using System.Collections.Immutable;
using Irekae.Model.Binding;
using Irekae.Model.Semantics;

namespace Irekae.Tests.Link;

/// <summary>
/// From a bound specification to its automaton, written from the language page and independently of Model/Semantics: an interpreter of the tree,
/// slow and plain. Of Model/Semantics it knows what can be asked (<see cref="Observation"/>), nothing of how it answers.
/// </summary>
internal sealed partial class Translator
{
    private readonly BoundSystem system;
    private readonly Observation observation;
    private readonly Mistake mistake;
    private readonly Ties ties;
    private readonly HashSet<BoundStatement> uncounted = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<BoundStatement, int> numbers = new(ReferenceEqualityComparer.Instance);

    public Translator(BoundSystem system, Observation observation, Mistake mistake = Mistake.None)
    {
        this.system = system;
        this.observation = observation;
        this.mistake = mistake;
        ties = observation.Ties ?? system.Machine.Ties;
        int repeats = 0;
        foreach (var statement in system.Actors.SelectMany(a => a.Body.WithDescendants()))
        {
            numbers.TryAdd(statement, numbers.Count);
            if (statement is BoundStatement.Repeat && observation.ForgottenCounters.Contains(repeats++)) uncounted.Add(statement);
        }
    }

    public string Text(World world) => world.Text(statement => numbers[statement]);

    private string State(World world) => world.State(statement => numbers[statement]);

    /// <summary>The beginnings of a run.</summary>
    public IReadOnlyList<Edge> Initial()
    {
        var world = new World(
            [.. system.Variables.Select(v => v.Initial)],
            [.. system.Endpoints.Select(e => e.Initial)],
            [.. system.Actors.Select(_ => Person.Absent)],
            [.. Enumerable.Repeat(new Core(-1, -1), system.Machine.Cores)],
            [.. system.Mutexes.Select(_ => -1)],
            [.. system.Mutexes.Select(_ => ImmutableList<int>.Empty)],
            [],
            [.. observation.Faults.Select(f => f.AtMost)],
            ImmutableSortedDictionary.Create<string, Origin>(StringComparer.Ordinal));
        foreach (var parameter in system.Parameters) world = Begin(world, Name.Parameter(parameter), parameter.Range);
        world = AwaitCrashes(world);
        foreach (var actor in system.Actors)
            if (!actor.Absent) world = Start(Spawn(world, actor.Index), actor.Index);
        return [.. Settle(world).Select(w => new Edge(null, false, [], w))];
    }

    /// <summary>What can happen next.</summary>
    public IReadOnlyList<Edge> Edges(World world) => [.. Outcomes(world)];

    private IEnumerable<Edge> Outcomes(World world)
    {
        if (world.Stopped) yield break;
        foreach (string timer in world.Timers.Keys.Where(t => Rate(world, t) < 0))
        {
            var (atOnce, before) = Precedence(world, timer);
            foreach (var fired in Fire(world with { InBatch = ties == Ties.Batch && mistake != Mistake.TurnNotAwaited }, timer))
                foreach (var next in Settle(fired)) yield return new Edge(timer, atOnce, before, next);
        }

        if (!world.InBatch) yield break;
        foreach (var next in Settle(world with { InBatch = false }))
            yield return new Edge(null, false, [.. world.Timers.Keys.Where(t => Rate(world, t) < 0)], next);
    }

    /// <summary>What the timer was for happens.</summary>
    private IEnumerable<World> Fire(World world, string timer)
    {
        world = End(world, timer).Tell($"{timer} fires");
        var (kind, subject) = Name.Of(timer);
        switch (kind)
        {
            case TimerKind.Work:
                return [Go(WorkEnds(world, Actor(subject)), Actor(subject))];
            case TimerKind.Wait:
                return [Go(Wake(world, Actor(subject)), Actor(subject))];
            case TimerKind.Slice:
                return [SliceEnds(world, Actor(subject))];
            case TimerKind.Arrival:
                return [Arrives(world, Actor(subject))];
            case TimerKind.Jitter:
                return [Releases(world, Actor(subject))];
            case TimerKind.Switch:
                return [world];
            case TimerKind.Fault:
                return [Crashes(world, subject)];
            default:
                throw new System.Diagnostics.UnreachableException(timer);
        }
    }

    private int Actor(string name) => system.Actors.First(a => a.Name == name).Index;

    private static World Begin(World world, string timer, Interval interval) => world with { Timers = world.Timers.SetItem(timer, new Origin.Fresh(interval)) };

    private static World End(World world, string timer) => world with { Timers = world.Timers.Remove(timer) };

    /// <summary>−1: counts down; 0: stands still; 1: counts up.</summary>
    public int Rate(World world, string timer)
    {
        var (kind, subject) = Name.Of(timer);
        return kind switch
        {
            TimerKind.Parameter => 0,
            TimerKind.Clock => 1,
            TimerKind.Work or TimerKind.Slice => Runs(world, Actor(subject)) ? -1 : 0,
            _ => -1,
        };
    }
}

/// <summary>A move: which timer fires (null: none), and the world after it.</summary>
internal sealed record Edge(string? Fires, bool AtOnce, ImmutableArray<string> Before, World Next);

/// <summary>What timers are called: their kind, and what they are of.</summary>
internal static class Name
{
    public static string Parameter(Parameter p) => $"parameter {p.Name}";

    public static string Work(Actor a) => $"work work of {a.Name}";

    public static string Wait(Actor a) => $"wait wait of {a.Name}";

    public static string Slice(Actor a) => $"slice slice of {a.Name}";

    public static string Arrival(Actor a) => $"arrival arrival of {a.Name}";

    public static string Jitter(Actor a) => $"jitter jitter of {a.Name}";

    public static string Switch(int core) => $"switch switch of core {core}";

    public static string Fault(Fault f) => $"fault {f.Name}";

    public static (TimerKind Kind, string Subject) Of(string timer)
    {
        int space = timer.IndexOf(' ', StringComparison.Ordinal);
        string of = timer[(space + 1)..];
        return (Enum.Parse<TimerKind>(timer[..space], ignoreCase: true), of[(of.LastIndexOf(' ') + 1)..]);
    }
}
