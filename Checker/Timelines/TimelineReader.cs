using System.Collections.Immutable;
using Irekae.Model.Binding;
using Irekae.Model.Semantics;
using Irekae.Model.Text;

namespace Irekae.Checker.Timelines;

/// <summary>
/// From moves to a picture. What somebody is at is read off the configurations: between two moves nothing changes. What connects instants
/// (messages, measures, jobs) is read off the events.
/// </summary>
internal sealed class TimelineReader(Run run)
{
    private readonly TransitionSystem system = run.System;
    private readonly BoundSystem spec = run.System.System;
    private readonly List<Segment>[] cores = [.. Enumerable.Range(0, run.System.System.Machine.Cores).Select(_ => new List<Segment>())];
    private readonly List<Segment>[] actors = [.. run.System.System.Actors.Select(_ => new List<Segment>())];
    private readonly List<Bracket> brackets = [];
    private readonly List<Moment> moments = [];
    private readonly List<(int Actor, int Measure, long From, SourceSpan Place)> measuring = [];
    private readonly Queue<long>[] jobs = [.. run.System.System.Actors.Select(_ => new Queue<long>())];

    public Timeline Read(Focus? focus)
    {
        var mail = new Mail(system);
        long end = run.Steps.IsEmpty ? 0 : run.Steps[^1].Instant;
        for (int i = 0; i < run.Steps.Length; i++)
        {
            var (instant, move) = (run.Steps[i].Instant, run.Steps[i].Move);
            var fault = FaultOf(move);
            foreach (var e in move.Events)
            {
                mail.Read(e, instant, fault);
                Read(e, instant, fault);
            }

            mail.Settle(system.MessagesIn(move.Next));
            moments.AddRange(move.Violations.Select(violation => new Moment(instant, -1, MomentKind.Error, violation.Text, violation.Span)));
            long next = i + 1 < run.Steps.Length ? run.Steps[i + 1].Instant : instant;
            if (next > instant) Last(move.Next, instant, next);
        }

        foreach (var actor in spec.Actors) Leave(actor.Index, end);
        return new Timeline(
            run, 0, end,
            [
                .. cores.Select((segments, core) => new Lane(-1, core, $"core {core}", [.. segments])),
                .. spec.Actors.Select(actor => new Lane(actor.Index, -1, actor.Name, [.. actors[actor.Index]])),
            ],
            [.. mail.Arrows.OrderBy(arrow => arrow.Sent)], [.. brackets.OrderBy(bracket => bracket.From).ThenByDescending(bracket => bracket.To)], [.. moments], focus);
    }

    /// <summary>The fault that happens in the move.</summary>
    private Fault? FaultOf(Move move) => move.Timer >= 0 && system.Timers[move.Timer] is { Kind: TimerKind.Fault, Subject: var fault } ? spec.Faults[fault] : null;

    /// <summary>The configuration lasts from one instant to another.</summary>
    private void Last(Configuration configuration, long from, long to)
    {
        foreach (var actor in spec.Actors)
        {
            var at = system.SituationOf(configuration, actor.Index);
            if (StateOf(spec, actor, at) is not { } state) continue;
            int priority = actor.Kind == ActorKind.Device ? -1 : at.Priority;
            Add(actors[actor.Index], new Segment(from, to, state, at.On, at.What, priority, at.Place));
            if (at.Core >= 0) Add(cores[at.Core], new Segment(from, to, state, actor.Index, null, priority, at.Place));
        }
    }

    /// <summary>Null: it does not exist.</summary>
    public static State? StateOf(BoundSystem spec, Actor actor, Situation at)
    {
        if (!at.Exists) return null;
        bool device = actor.Kind == ActorKind.Device;
        return at.Status switch
        {
            Status.Idle => State.Idle,
            Status.Runnable when at.Core < 0 => device ? State.Working : State.Ready,
            Status.Runnable => at.Switching ? State.Switching : State.Running,
            Status.InCall => at.On >= 0 && spec.Actors[at.On].Kind == ActorKind.Device ? State.InDevice : State.InCall,
            Status.InLock => State.InLock,
            Status.InAwait => State.InAwait,
            Status.InReceive => State.InReceive,
            Status.Timed => device ? State.Working : State.Timed,
        };
    }

    private static void Add(List<Segment> segments, Segment next)
    {
        if (segments.Count > 0 && segments[^1].GoesOnAs(next)) segments[^1] = segments[^1] with { To = next.To };
        else segments.Add(next);
    }

    private void Read(Event e, long instant, Fault? fault)
    {
        switch (e.Kind)
        {
            case EventKind.MeasureBegins:
                measuring.Add((e.A, e.B, instant, e.By!.Span));
                break;
            case EventKind.MeasureEnds when measuring.FindLastIndex(open => open.Actor == e.A && open.Measure == e.B) is >= 0 and var last:
                brackets.Add(Measured(measuring[last], instant, true));
                measuring.RemoveAt(last);
                break;
            case EventKind.Arrives:
                jobs[e.A].Enqueue(instant);
                Say(e.A, MomentKind.Arrival, spec.Actors[e.A].Span);
                break;
            case EventKind.JobEnds:
                if (jobs[e.A].TryDequeue(out long arrived)) brackets.Add(Job(e.A, arrived, instant, true));
                LeaveMeasures(e.A, instant);
                break;
            case EventKind.Ends:
                Leave(e.A, instant);
                Say(e.A, MomentKind.Life, spec.Actors[e.A].Span);
                break;
            case EventKind.Killed or EventKind.Crashed:
                Leave(e.A, instant);
                Say(e.A, e.Kind == EventKind.Crashed ? MomentKind.Fault : MomentKind.Life, fault?.Span);
                break;
            case EventKind.Spawned or EventKind.StartedUp:
                Say(e.A, MomentKind.Life);
                break;
            case EventKind.Bound:
                Say(e.C, MomentKind.Life);
                break;
            case EventKind.Marks:
                Say(e.A, MomentKind.Mark);
                break;
            case EventKind.SliceEnds:
                Say(e.A, MomentKind.SliceEnd);
                break;
            case EventKind.Preempted:
                Say(e.A, MomentKind.Preempted);
                break;
            case EventKind.Lost:
                Say(e.C, MomentKind.Fault);
                break;
            case EventKind.Refused:
                Say(e.A, MomentKind.Lost, fault?.Span);
                break;
            case EventKind.Dropped:
                Say(-1, MomentKind.Lost, fault?.Span);
                break;
        }

        void Say(int actor, MomentKind kind, SourceSpan? otherwise = null) => moments.Add(new Moment(instant, actor, kind, system.Describe(e), e.By?.Span ?? otherwise));
    }

    /// <summary>What is not taken to its end: an <c>exit</c>, a kill or a crash leaves it.</summary>
    private void LeaveMeasures(int actor, long instant)
    {
        brackets.AddRange(measuring.Where(open => open.Actor == actor).Select(open => Measured(open, instant, false)));
        measuring.RemoveAll(open => open.Actor == actor);
    }

    private void Leave(int actor, long instant)
    {
        LeaveMeasures(actor, instant);
        while (jobs[actor].TryDequeue(out long unfinished)) brackets.Add(Job(actor, unfinished, instant, false));
    }

    private Bracket Job(int actor, long from, long to, bool ended) => new(from, to, actor, $"job of {spec.Actors[actor].Name}", ended, spec.Actors[actor].Span);

    private Bracket Measured((int Actor, int Measure, long From, SourceSpan Place) open, long to, bool ended) =>
        new(open.From, to, open.Actor, spec.Measures[open.Measure].Name, ended, open.Place);
}
