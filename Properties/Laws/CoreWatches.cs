using Irekae.Model.Binding;
using Irekae.Model.Semantics;

namespace Irekae.Properties.Laws;

/// <summary>A law about who runs, where all priorities are known.</summary>
internal abstract class CoreWatch(Account account) : Watch(account)
{
    /// <summary>It may be in a section where nobody preempts it.</summary>
    protected bool MayBeUnpreemptible(int actor) => Account.InSection(actor) != false;

    protected bool HasSections(int actor) => Account.Spec.Actors[actor].NonPreemptive || Account.HasSections(actor);

    protected Interval? QuantumOf(int actor)
    {
        var text = Account.Spec.Actors[actor];
        // Of processes that share no level slices are not followed: nobody could tell.
        bool shared = !text.Unsliced && Account.Spec.Actors.Any(o => o.Index != actor && o.Kind != ActorKind.Device && o.Priority == text.Priority);
        return shared ? text.Quantum ?? Account.Spec.Machine.Quantum : null;
    }
}

internal sealed class NeverIdle(Account account) : CoreWatch(account)
{
    public override void Quiet(Stage stage)
    {
        if (!Account.LevelsKnown) return;
        foreach (int ready in Account.Queue)
        {
            Judged++;
            for (int core = 0; core < Account.On.Length; core++)
                if (Account.On[core] < 0 && Account.MayRunOn(ready, core)) Wrong($"core {core} is idle while {Name(ready)} is ready");
        }
    }
}

internal sealed class UrgentFirst(Account account) : CoreWatch(account)
{
    public override void Quiet(Stage stage)
    {
        if (!Account.LevelsKnown) return;
        foreach (int ready in Account.Queue)
            for (int core = 0; core < Account.On.Length; core++)
            {
                int runs = Account.On[core];
                if (runs < 0 || !Account.MayRunOn(ready, core) || Account.Switching[core] || MayBeUnpreemptible(runs)) continue;
                Judged++;
                if (Account.Level[runs] > Account.Level[ready]) Wrong($"{Name(runs)} runs while {Name(ready)}, which is more urgent, is ready");
            }
    }
}

/// <summary>Of those who may run on a core the first in the queue gets it.</summary>
internal sealed class QueueOrder(Account account) : CoreWatch(account)
{
    public override void See(Event e)
    {
        if (e.Kind != EventKind.Dispatched || !Account.LevelsKnown) return;
        if (Account.Queue.Count > 1) Judged++;
        foreach (int other in Account.Queue)
        {
            if (other == e.A) break;
            if (Account.MayRunOn(other, e.B)) Wrong($"{Name(e.A)} gets core {e.B} while {Name(other)} is before it in the queue");
        }
    }
}

internal sealed class Preemption(Account account) : CoreWatch(account)
{
    private Event? preempted;

    public override void See(Event e)
    {
        if (!Account.LevelsKnown) return;
        if (e.Kind == EventKind.Preempted)
        {
            Judged++;
            preempted = e;
            if (Account.Spec.Actors[e.A].NonPreemptive) Wrong($"{Name(e.A)} is preempted and is not preemptible");
            if (Account.Switching[e.B]) Wrong($"{Name(e.A)} is preempted while core {e.B} changes process");
            return;
        }

        if (preempted is not var (_, victim, core, _)) return;
        preempted = null;
        if (e.Kind != EventKind.Dispatched || e.B != core)
        {
            Wrong($"{Name(victim)} is preempted for nobody");
            return;
        }

        if (Account.Level[e.A] >= Account.Level[victim]) Wrong($"{Name(e.A)} preempts {Name(victim)} and is not more urgent");
        for (int other = 0; other < Account.On.Length; other++)
        {
            if (other == core || !Account.MayRunOn(e.A, other)) continue;
            int runs = Account.On[other];
            if (runs < 0) Wrong($"{Name(e.A)} preempts {Name(victim)} while core {other} is idle");
            else if (Account.Level[runs] > Account.Level[victim] && !Account.Switching[other] && !MayBeUnpreemptible(runs) && !Ends(runs))
                Wrong($"{Name(e.A)} preempts {Name(victim)} and not {Name(runs)}, which is less urgent");
        }
    }

    /// <summary>Its work has ended in this move.</summary>
    private bool Ends(int actor) => Account.Fired >= 0 && Account.System.Timers[Account.Fired] is { Kind: TimerKind.Work } timer && timer.Subject == actor;

    public override void After(Stage stage)
    {
        preempted = null;
        var move = stage.Step.Move;
        // Work that has begun in this move may have done so after it was preempted.
        foreach (var e in move.Events)
            if (e.Kind == EventKind.Preempted && Account.InSection(e.A) == true && Account.WorkOf(e.A) is var work && move.Sources.Contains(work) && move.Started.All(s => s.Timer != work))
                Wrong($"{Name(e.A)} is preempted inside a section that nobody may preempt");
    }
}

/// <summary>A change of process costs time, going on with the same does not, and a process goes back to the core that still has it.</summary>
internal sealed class ChangesOfProcess(Account account) : CoreWatch(account)
{
    public override void See(Event e)
    {
        if (e.Kind != EventKind.Dispatched || !Account.LevelsKnown || Account.LastOn[e.B] == e.A) return;
        for (int core = 0; core < Account.On.Length; core++)
            if (Account.On[core] < 0 && Account.LastOn[core] == e.A && Account.MayRunOn(e.A, core)) Wrong($"{Name(e.A)} gets core {e.B} while core {core}, which ran it last, is idle");
    }

    public override void After(Stage stage)
    {
        if (!Account.LevelsKnown) return;
        Judged++;
        var alive = stage.Step.Move.Next.Timers.Select(t => Account.System.Timers[t]).Where(t => t.Kind == TimerKind.Switch).Select(t => t.Subject).ToHashSet();
        for (int core = 0; core < Account.Switching.Length; core++)
            if (Account.Switching[core] != alive.Contains(core)) Wrong($"core {core} {(alive.Contains(core) ? "changes process and has none to change to" : "does not pay for a change of process")}");
    }
}

/// <summary>Processor time between the beginning of a slice and its end: at most the quantum, and all of it.</summary>
internal sealed class WholeSlices(Account account) : CoreWatch(account)
{
    public override void Quiet(Stage stage)
    {
        if (!Account.LevelsKnown) return;
        foreach (int runs in Account.On)
        {
            if (runs < 0 || !Account.Progresses(runs) || MayBeUnpreemptible(runs) || QuantumOf(runs) is not { High: { } most }) continue;
            Judged++;
            if (!Account.Durations.AtMost(Account.Used[runs] + stage.Delay, most)) Wrong($"{Name(runs)} runs for longer than its slice");
        }
    }

    public override void See(Event e)
    {
        if (e.Kind != EventKind.SliceEnds || !Account.LevelsKnown || (Account.Spec.Actors[e.A].Quantum ?? Account.Spec.Machine.Quantum) is not { } quantum) return;
        Judged++;
        if (!Account.Durations.AtLeast(Account.Used[e.A], quantum.Low)) Wrong($"the slice of {Name(e.A)} ends before it is used up");
    }
}

/// <summary>While a process waits in its level, each other of that level runs for at most one slice.</summary>
internal sealed class RoundRobin(Account account) : CoreWatch(account)
{
    private readonly Dictionary<(int Waits, int Runs), long> ran = [];

    public static bool Applies(BoundSystem system) =>
        system.Machine.Quantum is not null && system.Mutexes.All(m => m.Protocol == MutexProtocol.None) && system.Actors.All(a => a.Core < 0);

    public override void Quiet(Stage stage)
    {
        if (!Account.LevelsKnown) return;
        foreach (int waits in Account.Queue)
            foreach (int runs in Account.On)
            {
                if (runs < 0 || !Account.Progresses(runs) || Account.Level[runs] != Account.Level[waits] || HasSections(runs) || QuantumOf(runs) is not { High: { } most }) continue;
                Judged++;
                long time = ran[(waits, runs)] = ran.GetValueOrDefault((waits, runs)) + stage.Delay;
                if (!Account.Durations.AtMost(time, most)) Wrong($"{Name(waits)} waits while {Name(runs)} of the same level runs for more than a slice");
            }
    }

    public override void See(Event e)
    {
        if (e.Kind is not (EventKind.Ready or EventKind.Preempted or EventKind.SliceEnds or EventKind.Dispatched)) return;
        foreach (var pair in ran.Keys.Where(p => p.Waits == e.A).ToList()) ran.Remove(pair);
    }
}

internal sealed class CoresAgree(Account account) : CoreWatch(account)
{
    public override void After(Stage stage)
    {
        if (!Account.LevelsKnown) return;
        foreach (var actor in Account.Spec.Actors)
        {
            if (actor.Kind == ActorKind.Device) continue;
            Judged++;
            bool runs = Account.System.Evaluate(new BoundExpression.Running(actor), stage.Step.Move.Next) == 1;
            if (runs != Account.CoreOf[actor.Index] >= 0) Wrong($"{actor.Name} {(runs ? "holds a core" : "holds no core")} and events say otherwise");
        }
    }
}
