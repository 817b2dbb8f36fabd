using System.Collections.Immutable;
using Irekae.Model.Binding;
using Irekae.Model.Semantics;

namespace Irekae.Properties.Laws;

/// <summary>Every law about runs. One walk over a run serves all of them.</summary>
public static class RunLaw
{
    public static ImmutableArray<Law> All { get; } =
    [
        // Scheduler.
        new("one-core-each", "who gets a core is ready, alive, allowed there and alone on it; who waits or is preempted held one", "semantics, section 3") { Watching = a => new Consistency(a, Topic.Cores) },
        new("cores-agree", "configurations and events name the same holders of cores", "semantics, section 4") { Watching = a => new CoresAgree(a) },
        new("never-idle", "no core is idle while a process that may run on it is ready", "work conservation") { Watching = a => new NeverIdle(a) },
        new("urgent-first", "no less urgent process runs while a more urgent one is ready, but for sections that are not preemptible", "fixed priorities, preemptive") { Watching = a => new UrgentFirst(a) },
        new("queue-order", "of those who may run on a core the first in the queue gets it: ready again to the tail, preempted to the head, slice used up to the tail", "semantics, section 3") { Watching = a => new QueueOrder(a) },
        new("preemption", "who preempts is strictly more urgent, its victim the least urgent and preemptible, and no core was idle", "semantics, section 3") { Watching = a => new Preemption(a) },
        new("changes-of-process", "a core pays for a change of process when it changes, and a process goes back to the core that has it", "semantics, section 3") { Watching = a => new ChangesOfProcess(a), AppliesTo = s => s.Machine.Switch is not null },
        new("whole-slices", "no process runs for longer than its slice, and none loses a slice that is not used up", "round robin") { Watching = a => new WholeSlices(a) },
        new("round-robin", "while a process waits in its level, each other of that level runs for at most one slice", "round robin: the wait is at most (n - 1) slices of the level") { Watching = a => new RoundRobin(a), AppliesTo = RoundRobin.Applies },

        // Messages and replacement.
        new("messages", "a message is taken in its turn (notifications, urgent, the rest, each first in, first out), answered by who holds it, refused or dropped for a reason and then at once", "semantics, sections 2 and 3") { Watching = a => new Consistency(a, Topic.Messages) },
        new("none-lost", "what waits in an inbox is what was sent there or moved there by a bind and not taken, dropped, refused or withdrawn", "conservation") { Watching = a => new NoneLost(a) },
        new("woken", "nobody waits for a message that is there", "no lost wake-up") { Watching = a => new Woken(a) },
        new("answered-once", "a call is answered once or refused, across a change of its server too; a lost one never", "replacement: a request accepted before the switch is answered exactly once") { Watching = a => new AnsweredOnce(a) },
        new("overflows", "an inbox that is full where that is an error, and a job over the backlog, are reported, and nothing else is", "semantics, section 6") { Watching = a => new OverflowsSaid(a) },
        new("values", "what is assigned is what the text says: of an assignment, of the arguments of a message, of an answer", "semantics, section 2") { Watching = a => new ValuesOfTheText(a) },
        new("bound-to-one", "at any instant an endpoint is bound to at most one process, the one that the last bind names", "replacement: no two drivers") { Watching = a => new BoundToOne(a) },
        new("lives", "who acts is alive; making, starting and ending come in order, and a fault no more often than it may", "semantics, section 2") { Watching = a => new Consistency(a, Topic.Lives) },
        new("lives-agree", "configurations and events name the same living and waiting ones, and the dead have no timers", "semantics, section 4") { Watching = a => new LivesAgree(a) },
        new("data-kept", "data are what was assigned last; an actor's begin anew with it, shared ones outlive everybody", "replacement: state is lost with its owner unless it is kept elsewhere") { Watching = a => new DataKept(a) },
        new("awaited", "nobody waits for a condition that holds", "no lost wake-up") { Watching = a => new Awaited(a) },

        // Mutexes.
        new("exclusion", "a mutex is taken when free and given back by its holder", "mutual exclusion") { Watching = a => new Consistency(a, Topic.Mutexes) },
        new("one-holder", "a mutex has the one holder that took it last, who ends by itself keeps none, and nobody waits for a free one", "mutual exclusion") { Watching = a => new OneHolder(a) },
        new("heirs", "a freed mutex goes to the most urgent waiter, among equals to the one that waits longest", "Sha, Rajkumar, Lehoczky 1990") { Watching = a => new Heirs(a) },
        new("lent-priority", "a process is as urgent as declared, as the ceilings of what it holds and as those whom it makes wait, and no longer than that", "Sha, Rajkumar, Lehoczky 1990: inheritance is transitive and ends with the section") { Watching = a => new Lent(a) },
        new("blocking", "a process waits for less urgent ones for at most one critical section of each (ceilings: one of all)", "Sha, Rajkumar, Lehoczky 1990, theorems 6 and 12: one core, sections that do not suspend") { Watching = a => new Blocking(a), AppliesTo = Blocking.Applies },

        // Jobs and time.
        new("jobs", "jobs are released in the order of arrival, done in the order of release, and no job twice", "semantics, section 2") { Watching = a => new Consistency(a, Topic.Jobs) },
        new("arrivals", "jobs arrive apart as declared and are released within their jitter; a process with a released job is not at rest", "periodic and sporadic arrivals") { Watching = a => new Arrivals(a), AppliesTo = s => s.Actors.Any(a => a.Activation is not null) },
        new("time", "time never goes back; a timer takes the time that was drawn for it, fires at zero and is gone", "semantics, section 4") { Watching = a => new TimeGoesOn(a) },
        new("rates", "work and slices count down exactly while their process holds a core that is not changing process", "stopwatches: semantics, section 4") { Watching = a => new Rates(a) },
        new("durations", "what begins lasts as the text says, and whoever holds a core works", "semantics, section 4") { Watching = a => new TimersOfTheText(a) },
        new("processor-time", "processor time is at most cores times elapsed time", "capacity") { Watching = a => new ProcessorTime(a) },
        new("one-instant", "of what is due at one instant, work that is used up comes first (batch: then all else, then slices, and cores are given out when nothing is left)", "semantics, section 3: ties") { Watching = a => new OrderAtOneInstant(a) },
        new("clocks", "what an observed quantity lasted, or has so far, is the time between the events that begin and end it", "semantics, section 4") { Watching = a => new ClocksAreTrue(a) },
    ];

    /// <summary>What all laws that apply to its system say of a run.</summary>
    public static LawFindings Check(Run run) => Check(run, All);

    public static LawFindings Check(Run run, IEnumerable<Law> laws)
    {
        var account = new Account(run);
        var watches = laws.Where(law => law.AppliesTo(account.Spec)).Select(law => (Law: law, Watch: law.Watching(account))).ToList();
        foreach (var stage in run.Walk())
        {
            if (stage.Delay > 0 && stage.Before is not null)
                foreach (var (_, watch) in watches) watch.Quiet(stage);
            account.Begin(stage);
            foreach (var e in stage.Step.Move.Events)
            {
                foreach (var (_, watch) in watches) watch.See(e);
                account.Read(e);
            }

            account.End(stage.Step.Move);
            // A move that stops a run leaves things half done.
            if (stage.Step.Move.Stops) break;
            foreach (var (_, watch) in watches) watch.After(stage);
        }

        return new LawFindings(
            [.. watches.Where(w => w.Watch.Breach is not null).Select(w => new Breach(w.Law, w.Watch.Breach!.Value.Step, w.Watch.Breach.Value.What))],
            watches.ToImmutableDictionary(w => w.Law, w => w.Watch.Judged));
    }
}
