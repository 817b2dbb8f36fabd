using Irekae.Model.Binding;
using Irekae.Model.Semantics.Program;

namespace Irekae.Model.Semantics;

/// <summary>
/// The scheduler's rules (semantics, section 3), one method each. The ready queue is one list, kept ordered by effective priority,
/// so that the head of a level is its first entry. A process on a core is not in the queue.
/// </summary>
public sealed partial class TransitionSystem
{
    /// <summary>The most urgent ready processes run; ties by queue order; only a strictly more urgent one preempts.</summary>
    private void GiveOutCores(Draft d)
    {
        while (NextAssignment(d) is (var actor, var core))
        {
            int victim = d.Cells[layout.Running + core] - 1;
            if (victim >= 0) Preempt(d, victim, core);
            LeaveReadyQueue(d, actor);
            Dispatch(d, actor, core);
        }
    }

    private bool WouldGiveOutCores(Draft d) => NextAssignment(d) is not null;

    /// <summary>The first ready process that gets a core: its last one if idle, else the first idle one, else that of the least urgent process it may preempt.</summary>
    private (int Actor, int Core)? NextAssignment(Draft d)
    {
        for (int place = 0; place < layout.Actors && d.Cells[layout.ReadyQueue + place] is var entry && entry > 0; place++)
        {
            int actor = entry - 1;
            int idle = -1, least = -1;
            for (int core = 0; core < System.Machine.Cores; core++)
            {
                if (System.Actors[actor].Core is var pinned && pinned >= 0 && pinned != core) continue;
                int running = d.Cells[layout.Running + core] - 1;
                if (running < 0)
                {
                    if (idle < 0 || d.Cells[layout.Last + core] == entry) idle = core;
                }
                else if (Urgency(d, actor) < Urgency(d, running) && IsPreemptible(d, running, core)
                    && (least < 0 || Urgency(d, running) > Urgency(d, d.Cells[layout.Running + least] - 1)))
                {
                    least = core;
                }
            }

            if (idle >= 0) return (actor, idle);
            if (least >= 0) return (actor, least);
        }

        return null;
    }

    private int Urgency(Draft d, int actor) => d.Cells[layout.Of(actor, Layout.Effective)];

    private bool IsPreemptible(Draft d, int actor, int core) =>
        d.Ending != actor && !System.Actors[actor].NonPreemptive && d.Cells[layout.Of(actor, Layout.Sections)] == 0 && d.Cells[layout.Switching + core] == 0;

    /// <summary>Preempted by someone more urgent: to the head of its level (or the tail, if the machine says so), the rest of its slice kept.</summary>
    private void Preempt(Draft d, int victim, int core)
    {
        d.Say(EventKind.Preempted, victim, core);
        d.Cells[layout.Running + core] = 0;
        Enqueue(d, victim, toHead: !System.Machine.PreemptedToTail);
    }

    private void Dispatch(Draft d, int actor, int core)
    {
        d.Say(EventKind.Dispatched, actor, core);
        d.Cells[layout.Running + core] = actor + 1;
        if (quanta[actor] is { } quantum && timers.Of(TimerKind.Slice, actor) is var slice && !d.IsAlive(slice))
        {
            d.Cells[layout.Of(actor, Layout.Expired)] = 0;
            d.Start(slice, quantum);
        }

        if (switchCost is null) return;
        if (d.Cells[layout.Last + core] != actor + 1 && d.Cells[layout.Last + core] != 0)
        {
            d.Cells[layout.Switching + core] = 1;
            d.Start(timers.Of(TimerKind.Switch, core), switchCost);
        }

        d.Cells[layout.Last + core] = actor + 1;
    }

    /// <summary>Slice used up: to the tail of its level with a fresh slice; alone at its level it goes on at once. In a non-preemptible section it goes on, and yields when the section ends.</summary>
    private void EndSlice(Draft d, int actor)
    {
        int core = CoreOf(d, actor);
        if (!IsPreemptible(d, actor, core))
        {
            d.Cells[layout.Of(actor, Layout.Expired)] = 1;
            return;
        }

        d.Say(EventKind.SliceEnds, actor);
        if (SomeoneElseReady(d, actor, core))
        {
            d.Cells[layout.Running + core] = 0;
            Enqueue(d, actor, toHead: false);
        }
        else
        {
            d.Start(timers.Of(TimerKind.Slice, actor), quanta[actor]!);
        }
    }

    private bool SomeoneElseReady(Draft d, int actor, int core)
    {
        for (int place = 0; place < layout.Actors && d.Cells[layout.ReadyQueue + place] is var entry && entry > 0; place++)
            if (Urgency(d, entry - 1) <= Urgency(d, actor) && System.Actors[entry - 1].Core is var pinned && (pinned < 0 || pinned == core))
                return true;
        return false;
    }

    /// <summary>Able to go on: to the tail of its level. A device needs no core.</summary>
    private void BecomeReady(Draft d, int actor, bool toHead)
    {
        d.Cells[layout.Of(actor, Layout.Status)] = (int)Status.Runnable;
        if (System.Actors[actor].Kind == ActorKind.Device) return;
        d.Say(EventKind.Ready, actor);
        Enqueue(d, actor, toHead);
    }

    private void Block(Draft d, int actor, Status status)
    {
        d.Cells[layout.Of(actor, Layout.Status)] = (int)status;
        if (System.Actors[actor].Kind == ActorKind.Device) return;
        d.Say(EventKind.Blocks, actor, (int)status);
        LeaveCore(d, actor);
        if (!System.Machine.SliceKept) DropSlice(d, actor);
    }

    private void DropSlice(Draft d, int actor)
    {
        if (System.Actors[actor].Kind == ActorKind.Device) return;
        d.Cells[layout.Of(actor, Layout.Expired)] = 0;
        if (timers.Of(TimerKind.Slice, actor) is var slice && d.IsAlive(slice)) d.Drop(slice);
    }

    private void LeaveCore(Draft d, int actor)
    {
        if (CoreOf(d, actor) is not (>= 0 and var core)) return;
        d.Cells[layout.Running + core] = 0;
        if (d.Cells[layout.Switching + core] == 0) return;
        d.Cells[layout.Switching + core] = 0;
        d.Drop(timers.Of(TimerKind.Switch, core));
    }

    private void Enqueue(Draft d, int actor, bool toHead)
    {
        int urgency = Urgency(d, actor), place = 0;
        while (place < layout.Actors && d.Cells[layout.ReadyQueue + place] is var entry && entry > 0
            && (toHead ? Urgency(d, entry - 1) < urgency : Urgency(d, entry - 1) <= urgency)) place++;
        for (int k = layout.Actors - 1; k > place; k--) d.Cells[layout.ReadyQueue + k] = d.Cells[layout.ReadyQueue + k - 1];
        d.Cells[layout.ReadyQueue + place] = actor + 1;
    }

    private bool LeaveReadyQueue(Draft d, int actor) => RemoveFrom(d, layout.ReadyQueue, actor);

    private bool LeaveLockQueue(Draft d, int actor) => RemoveFrom(d, layout.LockQueue, actor);

    private bool RemoveFrom(Draft d, int queue, int actor)
    {
        int place = 0;
        while (place < layout.Actors && d.Cells[queue + place] != actor + 1) place++;
        if (place == layout.Actors) return false;
        for (; place < layout.Actors - 1; place++) d.Cells[queue + place] = d.Cells[queue + place + 1];
        d.Cells[queue + layout.Actors - 1] = 0;
        return true;
    }

    /// <summary>
    /// Effective priorities: one's own, the ceilings of what one holds, and by inheritance the most urgent of those who wait for it,
    /// through chains of mutexes. A process whose priority rises while ready goes to the tail of its new level, one whose falls to the head.
    /// </summary>
    private void Reprioritise(Draft d)
    {
        var wanted = new int[layout.Actors];
        for (int a = 0; a < layout.Actors; a++) wanted[a] = d.Cells[layout.Of(a, Layout.Priority)];
        for (bool changed = true; changed;)
        {
            changed = false;
            foreach (var mutex in System.Mutexes)
            {
                int owner = d.Cells[layout.Owners + mutex.Index] - 1;
                if (owner < 0) continue;
                int urgency = mutex.Protocol switch
                {
                    MutexProtocol.Ceiling => mutex.Ceiling,
                    MutexProtocol.Inheritance => MostUrgentWaiter(d, mutex.Index, wanted),
                    _ => int.MaxValue,
                };
                if (urgency >= wanted[owner]) continue;
                wanted[owner] = urgency;
                changed = true;
            }
        }

        for (int a = 0; a < layout.Actors; a++)
        {
            int cell = layout.Of(a, Layout.Effective);
            int before = d.Cells[cell];
            if (before == wanted[a]) continue;
            d.Cells[cell] = wanted[a];
            if (LeaveReadyQueue(d, a)) Enqueue(d, a, toHead: wanted[a] > before);
        }
    }

    private int MostUrgentWaiter(Draft d, int mutex, int[] urgencies)
    {
        int most = int.MaxValue;
        for (int place = 0; place < layout.Actors && d.Cells[layout.LockQueue + place] is var entry && entry > 0; place++)
            if (WaitsFor(d, entry - 1) == mutex) most = Math.Min(most, urgencies[entry - 1]);
        return most;
    }

    /// <summary>The mutex an actor in the lock queue waits for.</summary>
    private int WaitsFor(Draft d, int actor) => code[actor][d.Cells[layout.Of(actor, Layout.Pc)]].Index;
}
