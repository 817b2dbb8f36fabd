using System.Collections.Immutable;
using Irekae.Model.Binding;

namespace Irekae.Model.Semantics.Program;

/// <summary>A configuration while the consequences of a move are being worked out. Mutable; copied where there is a choice.</summary>
internal sealed class Draft
{
    private readonly int[] source;
    private readonly TickInterval?[] fresh;

    public Draft(int size, int timers, Func<Event, bool>? seen = null)
    {
        Seen = seen;
        Cells = new int[size];
        source = new int[timers];
        fresh = new TickInterval?[timers];
        Array.Fill(source, -1);
    }

    public Draft(Configuration configuration, Func<Event, bool>? seen)
    {
        Seen = seen;
        Cells = (int[])configuration.Cells.Clone();
        // The alive flags are the first cells, one for each timer.
        int timers = configuration.TimerCount;
        source = new int[timers];
        fresh = new TickInterval?[timers];
        Array.Fill(source, -1);
        foreach (int timer in configuration.Timers) source[timer] = timer;
    }

    private Draft(Draft other)
    {
        Seen = other.Seen;
        Cells = (int[])other.Cells.Clone();
        source = (int[])other.source.Clone();
        fresh = (TickInterval?[])other.fresh.Clone();
        Doing = other.Doing;
        Events.AddRange(other.Events);
        Choices.AddRange(other.Choices);
        Ended.AddRange(other.Ended);
        Violations.AddRange(other.Violations);
        FailedConditions.AddRange(other.FailedConditions);
        Stops = other.Stops;
        Ending = other.Ending;
        Steps = other.Steps;
        Origin = other.Origin;
        Stays = other.Stays;
        TimesStayed = other.TimesStayed;
    }

    public int[] Cells { get; }

    /// <summary>Which events are part of the outcome; null: none.</summary>
    public Func<Event, bool>? Seen { get; }

    public List<Event> Events { get; } = [];

    /// <summary>The statement that is being done; null: none.</summary>
    public BoundStatement? Doing { get; set; }

    public List<int> Choices { get; } = [];

    public List<Ended> Ended { get; } = [];

    public List<Violation> Violations { get; } = [];

    public List<int> FailedConditions { get; } = [];

    public bool Stops { get; set; }

    public int Steps { get; set; }

    /// <summary>The actor whose work has ended in this move and that has not gone on to something else since; −1: none.</summary>
    public int Ending { get; set; } = -1;

    /// <summary>Of an actor whose work has ended it is settled that it is not preempted before the next step.</summary>
    public bool Stays { get; set; }

    /// <summary>How often that was settled.</summary>
    public int TimesStayed { get; set; }

    /// <summary>The last alternative that was followed to here, numbered from 0 by <see cref="Orders"/>; −1: none.</summary>
    public int Origin { get; set; } = -1;

    public Draft Copy() => new(this);

    public Outcome Outcome() => new(this, source, fresh);

    public bool IsAlive(int timer) => Cells[timer] != 0;

    /// <summary>The timer before the move that this one continues; −1 when it began in this move.</summary>
    public int SourceOf(int timer) => source[timer];

    public void Start(int timer, TickInterval interval)
    {
        Cells[timer] = 1;
        source[timer] = -1;
        fresh[timer] = interval;
    }

    public void Drop(int timer)
    {
        Cells[timer] = 0;
        source[timer] = -1;
        fresh[timer] = null;
    }

    /// <summary>The value of one timer is from now on that of another, which ends.</summary>
    public void Rename(int from, int to)
    {
        Cells[to] = Cells[from];
        source[to] = source[from];
        fresh[to] = fresh[from];
        Drop(from);
    }

    public ImmutableArray<Started> Started(int[] timers)
    {
        var started = ImmutableArray.CreateBuilder<Started>();
        foreach (int timer in timers)
            if (fresh[timer] is { } interval) started.Add(new Started(timer, interval));
        return started.ToImmutable();
    }

    public void Say(EventKind kind, int a, int b = -1, int c = -1) => Events.Add(new Event(kind, a, b, c) { By = Doing });
}
