using Irekae.Model.Binding;

namespace Irekae.Model.Semantics.Program;

/// <summary>
/// Where each part of a configuration stands in its cells. Every cell has one value for one meaning (unused ones are 0),
/// so that equal configurations have equal cells.
/// </summary>
internal sealed class Layout
{
    // Per actor.
    public const int Life = 0, Pc = 1, Status = 2, Priority = 3, Effective = 4, Sections = 5, Expired = 6, Jobs = 7, Arrived = 8, InboxCount = 9, Fixed = 10;

    // Of a waiting message: endpoint, kind of message, sender + 1 when it waits for the answer, notify, arguments.
    public const int MessageEndpoint = 0, MessageKind = 1, MessageCaller = 2, MessageNotify = 3, MessageArguments = 4;

    private readonly int[] actorBase;

    public Layout(BoundSystem system, int maxArguments, int[] localCells, int timers)
    {
        Actors = system.Actors.Length;
        MessageWidth = MessageArguments + maxArguments;
        int next = 0;
        int Take(int count)
        {
            int at = next;
            next += count;
            return at;
        }

        Alive = Take(timers);
        Variables = Take(system.Variables.Length);
        Bindings = Take(system.Endpoints.Length);
        Owners = Take(system.Mutexes.Length);
        LockQueue = Take(Actors);
        ReadyQueue = Take(Actors);
        Running = Take(system.Machine.Cores);
        Last = Take(system.Machine.Cores);
        Switching = Take(system.Machine.Cores);
        SchedulerTurn = Take(1);
        Faults = Take(system.Faults.Length);
        actorBase = new int[Actors];
        Inbox = new int[Actors];
        Locals = new int[Actors];
        for (int a = 0; a < Actors; a++)
        {
            actorBase[a] = Take(Fixed);
            Locals[a] = Take(localCells[a]);
            Inbox[a] = Take(MessageWidth * system.Actors[a].InboxDepth);
        }

        Size = next;
    }

    public int Actors { get; }

    public int MessageWidth { get; }

    public int Alive { get; }

    public int Variables { get; }

    /// <summary>Actor + 1 that each endpoint is bound to.</summary>
    public int Bindings { get; }

    /// <summary>Actor + 1 that holds each mutex.</summary>
    public int Owners { get; }

    /// <summary>Actors + 1 that wait for some mutex, in the order they came.</summary>
    public int LockQueue { get; }

    /// <summary>Actors + 1 that are ready, most urgent level first, head of the level first.</summary>
    public int ReadyQueue { get; }

    /// <summary>Actor + 1 on each core.</summary>
    public int Running { get; }

    /// <summary>Actor + 1 that each core ran last; kept only when a change of process costs time.</summary>
    public int Last { get; }

    public int Switching { get; }

    /// <summary>Under <c>ties batch</c>: the scheduler will give out cores at the end of this instant.</summary>
    public int SchedulerTurn { get; }

    /// <summary>How often each fault can still happen.</summary>
    public int Faults { get; }

    public int[] Inbox { get; }

    /// <summary>Callers of handlers and counters of repeats, as the compiler numbered them.</summary>
    public int[] Locals { get; }

    public int Size { get; }

    public int Of(int actor, int part) => actorBase[actor] + part;

    /// <summary>The cells of an actor that hold another one, plus 1, that waits for its answer.</summary>
    /// <param name="locals">Those among its local cells.</param>
    public List<int> Callers(int actor, ReadOnlySpan<int> locals, int[] cells)
    {
        var callers = new List<int>();
        foreach (int cell in locals) callers.Add(Locals[actor] + cell);
        for (int m = 0; m < cells[Of(actor, InboxCount)]; m++) callers.Add(Inbox[actor] + (m * MessageWidth) + MessageCaller);
        return callers;
    }
}

internal enum Life { Absent = 0, Spawned = 1, Active = 2, Gone = 3 }
