using System.Collections.Immutable;
using System.IO.Enumeration;
using Irekae.Checker.Conformance.Traces;
using Irekae.Model.Binding;
using Irekae.Model.Semantics;

namespace Irekae.Checker.Conformance;

/// <summary>Where a trace begins.</summary>
internal enum Beginning
{
    /// <summary>With the run: nothing has happened before it that it would have shown.</summary>
    Start,

    /// <summary>In the midst of some run: wherever a run may be.</summary>
    Anywhere,
}

/// <summary>What the names of a trace mean in a specification, and what of a run it shows.</summary>
/// <param name="Before">Nanoseconds that an event may have happened before its time stamp,</param>
/// <param name="After">or after it. Null: as exactly as the trace prints it.</param>
/// <param name="Origin">Nanoseconds: the time stamp at which the run begins; null: open.</param>
/// <param name="Cores">Of a processor's number: the core, −1: not looked at. Others are called as the specification calls them.</param>
/// <param name="Threads">Names or numbers, * and ? for any characters, and the actor, −1: none of the specification's. The first that fits counts.</param>
/// <param name="Events">Names, and what they are; null: not looked at.</param>
/// <param name="Partly">Those of which a run may have more than the trace shows.</param>
internal sealed record Mapping(
    (long Before, long After)? Resolution,
    long? Origin,
    Beginning Begins,
    ImmutableDictionary<int, int> Cores,
    ImmutableArray<(string Name, int Actor)> Threads,
    ImmutableDictionary<string, Pattern?> Events,
    ImmutableHashSet<Pattern> Partly)
{
    private static readonly string[] Nobody = ["", "<idle>", "swapper", "idle"];

    /// <summary>Of a trace that begins with a run, as exactly as it is printed; its names are not said.</summary>
    public static Mapping Empty { get; } = new(null, null, Beginning.Start, ImmutableDictionary<int, int>.Empty, [], ImmutableDictionary<string, Pattern?>.Empty, []);

    /// <summary>They are <see cref="OwnNames"/> then.</summary>
    public bool HasNoNames => Threads.IsEmpty && Events.IsEmpty;

    /// <summary>
    /// Without a mapping, or with one that names neither threads nor events, a trace has the specification's own names: threads are called as actors, events as <see cref="Patterns"/> reads them. What occurs in
    /// it at all, it shows completely.
    /// </summary>
    public static Mapping OwnNames(BoundSystem system, IEnumerable<TraceRecord> records) => Empty.WithOwnNames(system, records);

    /// <summary>The same with those names.</summary>
    public Mapping WithOwnNames(BoundSystem system, IEnumerable<TraceRecord> records)
    {
        var events = ImmutableDictionary.CreateBuilder<string, Pattern?>();
        bool switches = false;
        foreach (var record in records)
        {
            if (record.IsSwitch) switches = true;
            else if (!events.ContainsKey(record.Event)) events.Add(record.Event, Patterns.Parse(record.Event, system).Pattern);
        }

        return this with { Threads = switches ? OwnThreads(system) : [], Events = events.ToImmutable() };
    }

    /// <summary>Every process and server by its own name.</summary>
    public static ImmutableArray<(string Name, int Actor)> OwnThreads(BoundSystem system) => [.. system.Actors.Where(a => a.Kind != ActorKind.Device).Select(a => (a.Name, a.Index))];

    /// <summary>The actor; −1: none of the specification's; null: nobody has said.</summary>
    public int? ActorOf(TraceThread thread)
    {
        foreach (var (name, actor) in Threads)
        {
            if (FileSystemName.MatchesSimpleExpression(name, thread.Name, ignoreCase: false)) return actor;
            if (thread.Id < 0) continue;
            string id = thread.Id.ToString(System.Globalization.CultureInfo.InvariantCulture);
            if (name == id || name == $"{thread.Name}:{id}" || name == $"{thread.Name}-{id}") return actor;
        }

        return thread.Id == 0 || Nobody.Contains(thread.Name) || thread.Name.StartsWith("swapper/", StringComparison.Ordinal) ? -1 : null;
    }
}

/// <summary>What of a run can be seen: from a mapping.</summary>
internal sealed class Sight
{
    private readonly ImmutableArray<(Pattern Pattern, bool Partly)> patterns;

    public Sight(BoundSystem system, Mapping mapping)
    {
        patterns = [.. mapping.Events.Values.OfType<Pattern>().SelectMany(p => ByThread(p, mapping)).Distinct().Select(p => (p, mapping.Partly.Contains(p) || mapping.Partly.Contains(p with { Actor = -1 })))];
        Shown = [.. mapping.Threads.Where(t => t.Actor >= 0).Select(t => t.Actor)];
        Occupancy = !Shown.IsEmpty;
        Looked = [.. Enumerable.Range(0, system.Machine.Cores).Where(core => !mapping.Cores.Values.Contains(-1) || !IsIgnored(core, mapping))];
    }

    /// <summary>Processes whose threads are named: that they have a core can be seen, and so that they have none.</summary>
    public ImmutableHashSet<int> Shown { get; }

    /// <summary>Who has the cores is seen at all.</summary>
    public bool Occupancy { get; }

    /// <summary>Cores that are seen.</summary>
    public ImmutableArray<int> Looked { get; }

    public bool Sees(Event e) => patterns.Any(p => p.Pattern.Matches(e));

    /// <summary>Whether a run may have it unseen.</summary>
    public bool MayMiss(Event e) => patterns.All(p => p.Partly || !p.Pattern.Matches(e));

    /// <summary>A word without a name is of the thread that the trace says, so that it is seen of those that are named.</summary>
    private static IEnumerable<Pattern> ByThread(Pattern pattern, Mapping mapping) => pattern is { Actor: < 0, B: < 0, C: < 0 }
        ? mapping.Threads.Where(t => t.Actor >= 0).Select(t => pattern with { Actor = t.Actor })
        : [pattern];

    private static bool IsIgnored(int core, Mapping mapping) => mapping.Cores.TryGetValue(core, out int to) && to < 0 && !mapping.Cores.Values.Contains(core);
}
