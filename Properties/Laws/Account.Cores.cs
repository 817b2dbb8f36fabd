using Irekae.Model.Binding;
using Irekae.Model.Semantics;

namespace Irekae.Properties.Laws;

/// <summary>
/// The scheduler as the text of semantics, section 3, has it: ready processes in the order in which they get a core, slices, changes of process.
/// Orders and levels are followed only where all priorities can be known from events (<see cref="LevelsKnown"/>).
/// </summary>
internal sealed partial class Account
{
    private readonly List<int> queue = [];

    /// <summary>Ready and without a core: the most urgent level first, the head of a level first.</summary>
    public IReadOnlyList<int> Queue => queue;

    /// <summary>The process on each core, or −1.</summary>
    public int[] On { get; private set; } = [];

    /// <summary>The core of each process, or −1.</summary>
    public int[] CoreOf { get; private set; } = [];

    /// <summary>The process that each core had last, or −1.</summary>
    public int[] LastOn { get; private set; } = [];

    /// <summary>A change of process is under way on the core.</summary>
    public bool[] Switching { get; private set; } = [];

    /// <summary>Processor time since the slice began, in fine ticks.</summary>
    public long[] Used { get; private set; } = [];

    private void StartCores()
    {
        On = [.. Enumerable.Repeat(-1, Spec.Machine.Cores)];
        LastOn = [.. On];
        CoreOf = [.. Enumerable.Repeat(-1, Spec.Actors.Length)];
        Switching = new bool[Spec.Machine.Cores];
        Used = new long[Spec.Actors.Length];
    }

    public bool MayRunOn(int actor, int core) => Spec.Actors[actor].Core is var pinned && (pinned < 0 || pinned == core);

    /// <summary>It holds a core and its work goes on.</summary>
    public bool Progresses(int actor) => CoreOf[actor] is >= 0 and var core && !Switching[core];

    private void PassTime(Stage stage)
    {
        foreach (int actor in On)
            if (actor >= 0 && Progresses(actor)) Used[actor] += stage.Delay;
    }

    private void ReadCore(Event e)
    {
        switch (e.Kind)
        {
            case EventKind.Ready:
                if (!Alive[e.A] || !Started[e.A]) Doubt(Topic.Cores, $"{Name(e.A)} becomes ready and has not begun");
                if (Doing[e.A] == Status.Runnable) Doubt(Topic.Cores, $"{Name(e.A)} becomes ready and was");
                Doing[e.A] = Status.Runnable;
                Enqueue(e.A, atHead: false);
                break;
            case EventKind.Dispatched:
                Dispatch(e.A, e.B);
                break;
            case EventKind.Preempted:
                if (CoreOf[e.A] != e.B) Doubt(Topic.Cores, $"{Name(e.A)} is preempted on core {e.B} and was not there");
                LeaveCore(e.A);
                Enqueue(e.A, atHead: !Spec.Machine.PreemptedToTail);
                break;
            case EventKind.SliceEnds:
                Used[e.A] = 0;
                if (CoreOf[e.A] is var core && core < 0) Doubt(Topic.Cores, $"the slice of {Name(e.A)} ends and it holds no core");
                else if (queue.Exists(other => Level[other] <= Level[e.A] && MayRunOn(other, core))) Yield(e.A);
                break;
            case EventKind.Blocks:
                if (Doing[e.A] != Status.Runnable || CoreOf[e.A] < 0) Doubt(Topic.Cores, $"{Name(e.A)} waits and held no core");
                Doing[e.A] = (Status)e.B;
                LeaveCore(e.A);
                if (!Spec.Machine.SliceKept) Used[e.A] = 0;
                break;
            case EventKind.JobEnds:
                Doing[e.A] = Status.Idle;
                LeaveCore(e.A);
                Used[e.A] = 0;
                break;
            case EventKind.Fires when System.Timers[e.A] is { Kind: TimerKind.Switch } timer:
                Switching[timer.Subject] = false;
                break;
        }
    }

    private void Dispatch(int actor, int core)
    {
        if (!queue.Remove(actor)) Doubt(Topic.Cores, $"{Name(actor)} gets a core and is not ready");
        if (On[core] >= 0) Doubt(Topic.Cores, $"{Name(actor)} and {Name(On[core])} hold core {core}");
        if (!MayRunOn(actor, core)) Doubt(Topic.Cores, $"{Name(actor)} is on core {core}");
        if (Spec.Machine.Switch is not null && LastOn[core] >= 0 && LastOn[core] != actor) Switching[core] = true;
        (On[core], CoreOf[actor], LastOn[core]) = (actor, core, actor);
    }

    private void Yield(int actor)
    {
        LeaveCore(actor);
        Enqueue(actor, atHead: false);
    }

    private void LeaveCore(int actor)
    {
        if (CoreOf[actor] is not (>= 0 and var core)) return;
        (On[core], CoreOf[actor], Switching[core]) = (-1, -1, false);
    }

    private void LeaveCores(int actor)
    {
        LeaveCore(actor);
        queue.Remove(actor);
        Used[actor] = 0;
    }

    private void Enqueue(int actor, bool atHead)
    {
        int place = 0;
        while (place < queue.Count && (atHead ? Level[queue[place]] < Level[actor] : Level[queue[place]] <= Level[actor])) place++;
        queue.Insert(place, actor);
    }
}
