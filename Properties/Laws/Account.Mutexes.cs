using Irekae.Model.Binding;
using Irekae.Model.Semantics;

namespace Irekae.Properties.Laws;

/// <summary>Who holds and who wants each mutex, and what follows for urgency: ceilings, and inheritance through chains of waiters (Sha, Rajkumar, Lehoczky 1990).</summary>
internal sealed partial class Account
{
    private const int NotKnown = -2;

    private readonly List<int> lockQueue = [];
    private Queue<int>[] wanted = [];
    private bool levelsChange;
    private int heir = -1;

    /// <summary>The process of each mutex, or −1. One that is killed keeps it.</summary>
    public int[] Holder { get; private set; } = [];

    /// <summary>The mutex that each process waits for, or −1; −2: the run does not tell.</summary>
    public int[] Wants { get; private set; } = [];

    /// <summary>Who waits for a mutex, in the order in which they came.</summary>
    public IReadOnlyList<int> LockQueue => lockQueue;

    /// <summary>Effective priority of each process, 0 most urgent.</summary>
    public int[] Level { get; private set; } = [];

    /// <summary>No process sets its priority by a statement, and for whom everybody waits is known.</summary>
    public bool LevelsKnown { get; private set; }

    /// <summary>An event says that a process waits for a mutex, not for which: the one that it is given later, or the only one it can be.</summary>
    private void StartMutexes(Run run)
    {
        Holder = [.. Spec.Mutexes.Select(_ => -1)];
        Wants = [.. Spec.Actors.Select(_ => -1)];
        Level = [.. Spec.Actors.Select(a => a.Priority)];
        LevelsKnown = !Spec.Actors.Any(a => a.Body.WithDescendants().Any(s => s is BoundStatement.SetPriority));
        var waits = Spec.Actors.Select(_ => new List<int>()).ToArray();
        var open = new bool[Spec.Actors.Length];
        foreach (var e in run.Steps.SelectMany(s => s.Move.Events))
            switch (e.Kind)
            {
                case EventKind.Blocks when e.B == (int)Status.InLock:
                    waits[e.A].Add(NotKnown);
                    open[e.A] = true;
                    break;
                case EventKind.Locked when open[e.A]:
                    waits[e.A][^1] = e.B;
                    open[e.A] = false;
                    break;
                case EventKind.Killed or EventKind.Crashed:
                    open[e.A] = false;
                    break;
            }

        wanted = [.. waits.Select(w => new Queue<int>(w))];
    }

    private void ReadMutex(Event e)
    {
        switch (e.Kind)
        {
            case EventKind.Blocks when e.B == (int)Status.InLock:
                Wants[e.A] = wanted[e.A].Dequeue() is >= 0 and var known ? known : OnlyOneItCanBe(e.A);
                if (Wants[e.A] == NotKnown) LevelsKnown = false;
                lockQueue.Add(e.A);
                Reprioritise();
                break;
            case EventKind.Locked:
                if (Holder[e.B] >= 0) Doubt(Topic.Mutexes, $"{Name(e.A)} takes {Spec.Mutexes[e.B].Name}, which {Name(Holder[e.B])} holds");
                Holder[e.B] = e.A;
                if (lockQueue.Remove(e.A))
                {
                    Wants[e.A] = -1;
                    heir = e.A;
                    levelsChange = true;
                }
                else
                {
                    Reprioritise();
                }

                break;
            case EventKind.Unlocked:
                if (Holder[e.B] != e.A) Doubt(Topic.Mutexes, $"{Name(e.A)} gives back {Spec.Mutexes[e.B].Name} and does not hold it");
                Holder[e.B] = -1;
                levelsChange = true;
                break;
            case EventKind.Spawned:
                Reprioritise();
                break;
        }
    }

    private int OnlyOneItCanBe(int actor)
    {
        var held = Spec.Actors[actor].Body.WithDescendants().OfType<BoundStatement.Lock>().Select(l => l.Mutex.Index).Distinct().Where(m => Holder[m] >= 0).ToList();
        return held.Count == 1 ? held[0] : NotKnown;
    }

    private void LeaveMutexes(int actor)
    {
        lockQueue.Remove(actor);
        Wants[actor] = -1;
        levelsChange = true;
    }

    /// <summary>A mutex that goes from one to the next does so in one step, and so do an end and its refusals; levels change after it.</summary>
    private void FlushLevels(Event? next)
    {
        if (!levelsChange) return;
        bool samestep = next is { } e && previous is { } p && (e.Kind, p.Kind) switch
        {
            (EventKind.Locked, EventKind.Unlocked) => e.B == p.B && e.A != p.A && lockQueue.Contains(e.A),
            (EventKind.Ready, EventKind.Locked) => e.A == heir,
            (EventKind.Refused, EventKind.Killed or EventKind.Crashed or EventKind.Ends or EventKind.Refused or EventKind.Ready) => OwesRefusals,
            (EventKind.Ready, EventKind.Refused) => e.A == p.A,
            _ => false,
        };
        if (samestep) return;
        levelsChange = false;
        heir = -1;
        Reprioritise();
    }

    /// <summary>Who rises while ready goes to the tail of the new level, who falls to the head.</summary>
    private void Reprioritise()
    {
        int[] levels = [.. Spec.Actors.Select(a => a.Priority)];
        for (bool changed = true; changed;)
        {
            changed = false;
            foreach (var mutex in Spec.Mutexes)
            {
                if (Holder[mutex.Index] is not (>= 0 and var holder)) continue;
                int lent = mutex.Protocol switch
                {
                    MutexProtocol.Ceiling => mutex.Ceiling,
                    MutexProtocol.Inheritance => lockQueue.Where(a => Wants[a] == mutex.Index).Select(a => levels[a]).DefaultIfEmpty(int.MaxValue).Min(),
                    MutexProtocol.None => int.MaxValue,
                };
                if (lent >= levels[holder]) continue;
                levels[holder] = lent;
                changed = true;
            }
        }

        for (int actor = 0; actor < levels.Length; actor++)
        {
            int before = Level[actor];
            if (before == levels[actor]) continue;
            Level[actor] = levels[actor];
            if (queue.Remove(actor)) Enqueue(actor, atHead: levels[actor] > before);
        }
    }
}
