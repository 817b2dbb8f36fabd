using Irekae.Model.Binding;
using Irekae.Model.Semantics.Program;

namespace Irekae.Model.Semantics;

/// <summary>How a run begins, what each timer does when it fires, and the lives of actors and jobs.</summary>
public sealed partial class TransitionSystem
{
    private static readonly TickInterval zero = new(new TickBound(0, [], 1), new TickBound(0, [], 1));
    private static readonly TickInterval anyTime = new(new TickBound(0, [], 1), null);

    private void Begin(Draft d)
    {
        foreach (var parameter in System.Parameters) d.Start(timers.Parameter(parameter.Index), parameterRanges[parameter.Index]);
        foreach (var variable in System.Variables) d.Cells[layout.Variables + variable.Index] = variable.Initial;
        foreach (var endpoint in System.Endpoints) d.Cells[layout.Bindings + endpoint.Index] = endpoint.Initial + 1;
        foreach (var fault in Observation.Faults)
        {
            d.Cells[layout.Faults + fault.Index] = fault.AtMost;
            if (fault.Kind == FaultKind.Crash && fault.AtMost > 0) d.Start(timers.Of(TimerKind.Fault, fault.Index), anyTime);
        }

        foreach (var actor in System.Actors)
        {
            SetPriorities(d, actor);
            if (!actor.Absent) Activate(d, actor.Index);
        }
    }

    private void SetPriorities(Draft d, Actor actor)
    {
        d.Cells[layout.Of(actor.Index, Layout.Priority)] = actor.Priority;
        d.Cells[layout.Of(actor.Index, Layout.Effective)] = actor.Priority;
    }

    /// <summary>The actor begins its body; one with an activation waits for its first arrival.</summary>
    private void Activate(Draft d, int actor)
    {
        d.Cells[layout.Of(actor, Layout.Life)] = (int)Life.Active;
        if (activations[actor] is { } activation)
        {
            d.Start(timers.Of(TimerKind.Arrival, actor), activation.Offset);
            return;
        }

        BecomeReady(d, actor, toHead: false);
    }

    private void Fire(Draft d, int timer)
    {
        var info = Timers[timer];
        int actor = info.Subject;
        d.Say(EventKind.Fires, timer);
        d.Drop(timer);
        switch (info.Kind)
        {
            case TimerKind.Work:
                d.Cells[layout.Of(actor, Layout.Pc)]++;
                d.Ending = actor;
                break;
            case TimerKind.Wait:
                d.Cells[layout.Of(actor, Layout.Pc)]++;
                BecomeReady(d, actor, toHead: false);
                break;
            case TimerKind.Slice:
                EndSlice(d, actor);
                break;
            case TimerKind.Arrival:
                Arrive(d, actor);
                break;
            case TimerKind.Jitter:
                Release(d, actor);
                break;
            case TimerKind.Switch:
                d.Cells[layout.Switching + info.Subject] = 0;
                break;
            case TimerKind.Fault:
                Crash(d, System.Faults[info.Subject]);
                break;
            default:
                throw new System.Diagnostics.UnreachableException(info.Kind.ToString());
        }
    }

    private void Arrive(Draft d, int actor)
    {
        var activation = activations[actor]!;
        d.Start(timers.Of(TimerKind.Arrival, actor), activation.Separation);
        d.Say(EventKind.Arrives, actor);
        int arrived = layout.Of(actor, Layout.Arrived);
        int backlog = System.Actors[actor].Activation!.Backlog;
        if (d.Cells[arrived] == backlog)
        {
            Violate(d, ViolationKind.Overflow, $"a job of {System.Actors[actor].Name} arrives while {backlog} are unfinished: over its backlog", System.Actors[actor].Span);
            return;
        }

        BeginClocks(d, q => q is Quantity.Response r && r.Actor.Index == actor, d.Cells[arrived]);
        d.Cells[arrived]++;
        if (activation.Jitter is { } jitter) d.Start(timers.Of(TimerKind.Jitter, actor), jitter);
        else Release(d, actor);
    }

    private void Release(Draft d, int actor)
    {
        d.Say(EventKind.Released, actor);
        if (d.Cells[layout.Of(actor, Layout.Jobs)]++ == 0) BecomeReady(d, actor, toHead: false);
    }

    /// <summary>The job at hand ends; its clock with it, and the clocks of later jobs move up.</summary>
    private void EndJob(Draft d, int actor)
    {
        LeaveBlocks(d, actor);
        d.Say(EventKind.JobEnds, actor);
        for (int q = 0; q < Observation.Quantities.Length; q++)
        {
            if (Observation.Quantities[q] is not Quantity.Response r || r.Actor.Index != actor) continue;
            EndClock(d, q, 0);
            for (int job = 1; timers.Clock(q, job) is var clock && clock >= 0 && d.IsAlive(clock); job++)
                d.Rename(clock, timers.Clock(q, job - 1));
        }

        d.Cells[layout.Of(actor, Layout.Arrived)]--;
        d.Cells[layout.Of(actor, Layout.Pc)] = 0;
        if (d.Ending == actor) d.Ending = -1;
        LeaveCore(d, actor);
        DropSlice(d, actor);
        if (--d.Cells[layout.Of(actor, Layout.Jobs)] > 0) BecomeReady(d, actor, toHead: false);
        else d.Cells[layout.Of(actor, Layout.Status)] = (int)Status.Idle;
    }

    /// <summary>
    /// An <c>exit</c> leaves every block around it: sections end, mutexes are freed, measures are not taken, a caller that was not answered waits for ever,
    /// counters and parameters of handlers begin anew.
    /// </summary>
    private void LeaveBlocks(Draft d, int actor)
    {
        d.Cells[layout.Of(actor, Layout.Sections)] = 0;
        Array.Clear(d.Cells, layout.Locals[actor], layout.Inbox[actor] - layout.Locals[actor]);
        foreach (var mutex in System.Mutexes)
            if (d.Cells[layout.Owners + mutex.Index] == actor + 1) Unlock(d, actor, mutex.Index);
        for (int q = 0; q < Observation.Quantities.Length; q++)
            if (Observation.Quantities[q] is Quantity.OfMeasure && timers.Clock(q, actor) is var clock && clock >= 0 && d.IsAlive(clock)) d.Drop(clock);
        foreach (int parameter in parameters[actor]) d.Cells[layout.Variables + parameter] = System.Variables[parameter].Initial;
    }

    /// <summary>The actor is gone, with its timers; who waits for an answer from it is refused. A mutex it holds stays locked.</summary>
    private void End(Draft d, int actor)
    {
        if (d.Ending == actor) d.Ending = -1;
        LeaveCore(d, actor);
        LeaveReadyQueue(d, actor);
        LeaveLockQueue(d, actor);
        foreach (var info in Timers)
            if (OwnedBy(info, actor) && d.IsAlive(info.Id)) d.Drop(info.Id);
        ForgetCaller(d, actor);
        var refused = new List<int>();
        int inbox = layout.Inbox[actor], count = d.Cells[layout.Of(actor, Layout.InboxCount)];
        for (int m = 0; m < count; m++)
            if (d.Cells[inbox + m * layout.MessageWidth + Layout.MessageCaller] is var c && c > 0) refused.Add(c - 1);
        foreach (int cell in callerCells[actor])
            if (d.Cells[layout.Locals[actor] + cell] is var c && c > 0) refused.Add(c - 1);
        ClearActor(d, actor);
        d.Cells[layout.Of(actor, Layout.Life)] = (int)Life.Gone;
        foreach (int caller in refused) RefuseCaller(d, caller);
        Reprioritise(d);
    }

    private bool OwnedBy(TimerInfo info, int actor) => info.Kind switch
    {
        TimerKind.Work or TimerKind.Wait or TimerKind.Slice or TimerKind.Arrival or TimerKind.Jitter => info.Subject == actor,
        TimerKind.Clock => Observation.Quantities[info.Subject] switch
        {
            Quantity.Response r => r.Actor.Index == actor,
            Quantity.Gap => false,
            _ => timers.Clock(info.Subject, actor) == info.Id,
        },
        _ => false,
    };

    /// <summary>Brings every cell of the actor to its first value.</summary>
    private void ClearActor(Draft d, int actor)
    {
        Array.Clear(d.Cells, layout.Of(actor, 0), Layout.Fixed);
        int locals = layout.Locals[actor];
        int inbox = layout.Inbox[actor];
        Array.Clear(d.Cells, locals, inbox - locals);
        Array.Clear(d.Cells, inbox, layout.MessageWidth * System.Actors[actor].InboxDepth);
        foreach (var variable in System.Variables)
            if (variable.Owner == actor) d.Cells[layout.Variables + variable.Index] = variable.Initial;
        SetPriorities(d, System.Actors[actor]);
    }

    private void Crash(Draft d, Fault fault)
    {
        if (d.Cells[layout.Of(fault.Actor, Layout.Life)] is not ((int)Life.Active or (int)Life.Spawned))
        {
            d.Cells[layout.Faults + fault.Index] = 0;
            return;
        }

        d.Say(EventKind.Crashed, fault.Actor);
        End(d, fault.Actor);
        if (fault.NotifyEndpoint >= 0) Notify(d, fault.NotifyEndpoint, fault.NotifyMessage);
        if (--d.Cells[layout.Faults + fault.Index] > 0) d.Start(timers.Of(TimerKind.Fault, fault.Index), anyTime);
    }

    private void BeginClocks(Draft d, Func<Quantity, bool> of, int key)
    {
        for (int q = 0; q < Observation.Quantities.Length; q++)
            if (of(Observation.Quantities[q]) && timers.Clock(q, key) is var clock && clock >= 0)
                d.Start(clock, zero);
    }

    /// <summary>An occurrence ends, if it is observed and has begun.</summary>
    private void EndClock(Draft d, int quantity, int key)
    {
        int clock = timers.Clock(quantity, key);
        if (clock < 0 || !d.IsAlive(clock)) return;
        d.Ended.Add(new Ended(quantity, d.SourceOf(clock)));
        d.Drop(clock);
    }
}
