using System.Collections.Immutable;
using Irekae.Model.Binding;
using Irekae.Model.Semantics;
using Irekae.Model.Text;

namespace Irekae.Checker.Timelines;

/// <summary>What somebody is at for a while.</summary>
public enum State
{
    /// <summary>No job, or spawned and not started.</summary>
    Idle,

    /// <summary>On a core, at work.</summary>
    Running,

    /// <summary>Able to run, without a core.</summary>
    Ready,

    /// <summary>Has a core that is still changing to it.</summary>
    Switching,

    /// <summary>Waits for the answer of a process or server.</summary>
    InCall,

    /// <summary>Waits for the answer of a device.</summary>
    InDevice,

    /// <summary>Waits for a mutex.</summary>
    InLock,

    /// <summary>Waits for a condition.</summary>
    InAwait,

    /// <summary>Waits for a message.</summary>
    InReceive,

    /// <summary>Waits for time to pass.</summary>
    Timed,

    /// <summary>Of a device: works.</summary>
    Working,
}

/// <summary>For a while nothing changes. Instants are fine ticks of the run.</summary>
/// <param name="Other">On the row of a core: the process that has it. On that of an actor: whom it waits for, or −1.</param>
/// <param name="What">What it waits for, such as <c>ds.store</c>; null: see the state.</param>
/// <param name="Priority">In force; 0 is most urgent. −1: a device.</param>
/// <param name="Place">The statement it is at; null: none.</param>
public sealed record Segment(long From, long To, State State, int Other, string? What, int Priority, SourceSpan? Place)
{
    public long Length => To - From;

    internal bool GoesOnAs(Segment next) => To == next.From && this == next with { From = From, To = To };
}

/// <summary>One line of the picture: a core, or an actor.</summary>
/// <param name="Actor">Its index; −1: this is a core.</param>
/// <param name="Core">Its number; −1: this is an actor.</param>
/// <param name="Segments">In order, without overlap. A core without a process, and an actor that does not exist, have none there.</param>
public sealed record Lane(int Actor, int Core, string Name, ImmutableArray<Segment> Segments);

/// <summary>From whoever sends to whoever takes.</summary>
/// <param name="From">The actor that sends, or whose crash makes it known.</param>
/// <param name="What">The message, such as <c>ds.store</c>; of a reply, the message it answers.</param>
/// <param name="Place">The statement that sends it, or the fault that makes itself known; null: neither.</param>
public sealed record Arrow(long Sent, long Taken, int From, int To, string What, ArrowKind Kind, SourceSpan? Place);

public enum ArrowKind { Call, Send, Notify, Reply }

/// <summary>A measure, or a job from its arrival to its end.</summary>
/// <param name="Ended">False: the run, or whoever measures, ended before it.</param>
/// <param name="Place">Where it is written.</param>
public sealed record Bracket(long From, long To, int Actor, string Name, bool Ended, SourceSpan Place)
{
    /// <summary>All of it, also where only a part is shown.</summary>
    public long Lasts { get; private init; } = To - From;
}

/// <summary>Something that happens at an instant.</summary>
/// <param name="Actor">Whose row it is shown on; −1: nobody's.</param>
/// <param name="Place">The statement that brings it about, or the fault; null: neither.</param>
public sealed record Moment(long Instant, int Actor, MomentKind Kind, string Text, SourceSpan? Place);

public enum MomentKind { Mark, SliceEnd, Preempted, Arrival, Life, Lost, Fault, Error }

/// <summary>What is to be looked at: where the extreme value is taken, or the instant that decides.</summary>
public sealed record Focus(long From, long To, string Text);

/// <summary>
/// A run as people look at it. Everything is in whole fine ticks of the run (<see cref="Run.Nanoseconds"/> says how long they are), so nothing is rounded
/// here; who draws may round.
/// </summary>
/// <param name="From">What is shown begins here,</param>
/// <param name="To">and ends here.</param>
/// <param name="Focus">Null: the run is evidence of nothing in particular.</param>
public sealed record Timeline(
    Run Run,
    long From,
    long To,
    ImmutableArray<Lane> Lanes,
    ImmutableArray<Arrow> Arrows,
    ImmutableArray<Bracket> Brackets,
    ImmutableArray<Moment> Moments,
    Focus? Focus)
{
    public BoundSystem System => Run.System.System;

    /// <param name="focus">What it is evidence of; null: of nothing in particular.</param>
    public static Timeline Of(Run run, Focus? focus = null) => new TimelineReader(run).Read(focus);

    /// <summary>What there is of it from one instant to another. What lasts beyond is cut.</summary>
    /// <param name="from">Not after its end.</param>
    /// <param name="to">Not before <paramref name="from"/>.</param>
    public Timeline Within(long from, long to)
    {
        (from, to) = (Math.Max(from, From), Math.Min(to, To));
        return this with
        {
            From = from,
            To = to,
            Lanes = [.. Lanes.Select(lane => lane with { Segments = [.. lane.Segments.Where(s => s.From < to && s.To > from).Select(s => s with { From = Math.Max(s.From, from), To = Math.Min(s.To, to) })] })],
            Arrows = [.. Arrows.Where(a => a.Sent >= from && a.Taken <= to)],
            Brackets = [.. Brackets.Where(b => b.From <= to && b.To >= from).Select(b => b with { From = Math.Max(b.From, from), To = Math.Min(b.To, to) })],
            Moments = [.. Moments.Where(m => m.Instant >= from && m.Instant <= to)],
        };
    }

    /// <summary>A while before and after what is to be looked at; all of it where nothing is.</summary>
    public Timeline AroundFocus()
    {
        if (Focus is not { } focus) return this;
        long margin = focus.To > focus.From ? Math.Max(1, (focus.To - focus.From) / 4) : Math.Max(1, (To - From) / 8);
        return Within(focus.From - margin, focus.To > long.MaxValue - margin ? long.MaxValue : focus.To + margin);
    }

    /// <summary>What is left out of the picture, in order; empty: nothing.</summary>
    public ImmutableArray<Cut> Cuts { get; private init; } = [];

    /// <summary>Of what repeats only the first. Instants stay what they are; <see cref="Position"/> says where they are in the picture.</summary>
    public Timeline Folded()
    {
        var folded = this with { Cuts = Folding.Of(this) };
        return folded with
        {
            Lanes = [.. Lanes.Select(lane => lane with { Segments = [.. lane.Segments.Where(s => folded.Position(s.To) > folded.Position(s.From))] })],
            Arrows = [.. Arrows.Where(a => !Hidden(a.Sent, a.Taken))],
            Brackets = [.. Brackets.Where(b => !Hidden(b.From, b.To))],
            Moments = [.. Moments.Where(m => !Hidden(m.Instant, m.Instant))],
        };

        bool Hidden(long from, long to) => folded.Cuts.Any(cut => cut.From <= from && to < cut.To);
    }

    /// <summary>How far an instant is from the beginning of the picture, in fine ticks; what is left out takes no place.</summary>
    public long Position(long instant)
    {
        long position = instant - From;
        foreach (var cut in Cuts)
        {
            if (instant <= cut.From) break;
            position -= Math.Min(instant, cut.To) - cut.From;
        }

        return position;
    }

    /// <summary>Of the picture.</summary>
    public long Length => Position(To);

    /// <summary>What the picture shows, from cut to cut.</summary>
    internal IEnumerable<(long From, long To)> Stretches() => Cuts.Select(cut => cut.To).Prepend(From).Zip(Cuts.Select(cut => cut.From).Append(To));

    public string Name(int actor) => System.Actors[actor].Name;

    /// <summary>The brackets of an actor that take any time, in as many rows as overlap.</summary>
    internal List<List<Bracket>> RowsOf(int actor)
    {
        var rows = new List<List<Bracket>>();
        foreach (var bracket in Brackets.Where(bracket => bracket.Actor == actor && bracket.To > bracket.From).OrderBy(bracket => bracket.From).ThenByDescending(bracket => bracket.To))
        {
            var free = rows.Find(row => row[^1].To <= bracket.From);
            if (free is null) rows.Add(free = []);
            free.Add(bracket);
        }

        return rows;
    }
}
