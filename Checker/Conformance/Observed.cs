using Irekae.Checker.Conformance.Traces;
using Irekae.Model.Binding;
using Irekae.Model.Numbers;

namespace Irekae.Checker.Conformance;

/// <summary>One thing that a trace shows of a run.</summary>
/// <param name="Line">In the trace.</param>
/// <param name="Time">Nanoseconds on the trace's clock.</param>
/// <param name="Core">From now on somebody else has this core; −1: this is an event.</param>
/// <param name="Occupant">Who has it; −1: nobody who can be seen.</param>
/// <param name="Before">Who had it; −1: nobody who can be seen, <see cref="Unsaid"/>: the trace does not say.</param>
/// <param name="Pattern">Of an event: what it is.</param>
internal sealed record Observed(long Line, long Time, int Core, int Occupant, int Before, Pattern Pattern)
{
    public const int Unsaid = -2;

    /// <summary>What happens one after the other: of one core, of one actor, and what nobody is known to do.</summary>
    public int Stream => Core >= 0 ? -2 - Core : Pattern.Actor;

    public string Text(BoundSystem system) => Core < 0 ? Patterns.Text(Pattern, system)
        : (Occupant < 0 ? "nobody" : system.Actors[Occupant].Name) + " runs" + (system.Machine.Cores > 1 ? $" on core {Core}" : "");
}

/// <summary>A trace as things shown of a run: what the mapping does not name is left out, and what contradicts itself is said.</summary>
internal sealed class Observing(string path, BoundSystem system, Mapping mapping)
{
    private const int MostUnknown = 1000;

    private readonly Dictionary<int, (TraceThread? Thread, int Actor, long Line)> occupants = [];
    private readonly Dictionary<TraceThread, int> actors = [];
    private readonly HashSet<string> unknown = [];
    private long last = long.MinValue, lastLine;

    /// <summary>Records read so far.</summary>
    public long Records { get; private set; }

    /// <summary>Those that show something.</summary>
    public long Shown { get; private set; }

    /// <summary>Names of events that the mapping does not have, the first of them.</summary>
    public IReadOnlyCollection<string> Unknown => unknown;

    /// <exception cref="TraceException">The trace is not in order, or contradicts itself.</exception>
    public IEnumerable<Observed> Of(IEnumerable<TraceRecord> records)
    {
        foreach (var record in records)
        {
            Records++;
            if (record.Time < last) throw Wrong(record, $"its time lies before that of line {lastLine}: the events of a trace have to be in the order of time");
            (last, lastLine) = (record.Time, record.Line);
            if ((record.IsSwitch ? Switch(record) : Event(record)) is not { } observed) continue;
            Shown++;
            yield return observed;
        }
    }

    private Observed? Switch(TraceRecord record)
    {
        if (mapping.Threads.IsEmpty || CoreOf(record) is not { } core) return null;
        var (from, to) = (record.From, record.To!);
        bool known = occupants.TryGetValue(core, out var before);
        if (known && from is not null && before.Thread is not null && !Same(from, before.Thread))
            throw Wrong(record, $"{Name(from)} leaves the processor, but since line {before.Line} {Name(before.Thread)} has it: the trace has a gap");
        int had = known ? before.Actor : from is null ? Observed.Unsaid : ActorOf(record, from);
        int actor = ActorOf(record, to);
        occupants[core] = (to, actor, record.Line);
        return had == actor ? null : new Observed(record.Line, record.Time, core, actor, had, default);
    }

    private Observed? Event(TraceRecord record)
    {
        if (!mapping.Events.TryGetValue(record.Event, out var meant) && unknown.Count < MostUnknown) unknown.Add(record.Event);
        if (meant is not { } pattern) return null;
        if (record.To is { } thread && !mapping.Threads.IsEmpty)
        {
            int actor = mapping.ActorOf(thread) ?? -1;
            if (pattern is { Actor: < 0, B: < 0, C: < 0 } && actor < 0) return null; // a thread that is not looked at
            if (pattern.Actor < 0 && actor >= 0 && DoneByItself(pattern)) pattern = pattern with { Actor = actor };
        }
        else if (pattern is { Actor: < 0, B: < 0, C: < 0 })
        {
            throw Wrong(record, $"'{record.Event}' is mapped to '{Patterns.Text(pattern, system)}', of the thread that it happens to, and the trace names none: map it to that of one process");
        }

        return new Observed(record.Line, record.Time, -1, -1, -1, pattern);
    }

    /// <summary>Whether the thread of an event is who does it in the specification.</summary>
    private static bool DoneByItself(Pattern pattern) => pattern.Kind is not (Model.Semantics.EventKind.Refused or Model.Semantics.EventKind.Killed or Model.Semantics.EventKind.Crashed)
        || pattern is { B: < 0, C: < 0 };

    private int? CoreOf(TraceRecord record)
    {
        int core = record.Cpu;
        if (core < 0) core = system.Machine.Cores == 1 ? 0 : throw Wrong(record, "a switch has to say on which core it happens");
        if (mapping.Cores.TryGetValue(core, out int mapped)) return mapped < 0 ? null : mapped;
        if (core < system.Machine.Cores) return core;
        throw Wrong(record, $"the machine has no core {core}: say in the mapping which core the processor is, \"cores\": {{ \"{core}\": 0 }}, or that it is not looked at, \"cores\": {{ \"{core}\": null }}");
    }

    private int ActorOf(TraceRecord record, TraceThread thread)
    {
        if (actors.TryGetValue(thread, out int actor)) return actor;
        if (mapping.ActorOf(thread) is not { } found)
            throw Wrong(record, $"the thread {Name(thread)} is not in the mapping: say which process it is, \"threads\": {{ \"{thread.Name}\": \"PROCESS\" }}, or that it is none of them, \"threads\": {{ \"{thread.Name}\": null }}");
        return actors[thread] = found;
    }

    private static bool Same(TraceThread a, TraceThread b) => a.Id >= 0 && b.Id >= 0 ? a.Id == b.Id : a.Name == b.Name;

    private static string Name(TraceThread thread) => thread.Name.Length == 0 ? "nobody" : thread.ToString();

    private TraceException Wrong(TraceRecord record, string message) => new(path, record.Line, message);
}

/// <summary>How time is counted: in units that divide a nanosecond and a tick of the specification, so that both are whole.</summary>
internal sealed class TimeScale
{
    /// <param name="finer">How many units there are where there could be one.</param>
    public TimeScale(Rational tick, long finer = 1)
    {
        // gcd(1, n/d) = gcd(d, n)/d = 1/d in lowest terms
        Unit = new Rational(1, tick.Denominator * finer);
        PerNanosecond = checked((long)tick.Denominator * finer);
        PerTick = checked((long)tick.Numerator * finer);
    }

    /// <summary>Nanoseconds.</summary>
    public Rational Unit { get; }

    public long PerNanosecond { get; }

    public long PerTick { get; }

    public long Of(long nanoseconds) => checked(nanoseconds * PerNanosecond);
}
