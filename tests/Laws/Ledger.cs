using Irekae.Model.Binding;
using Irekae.Model.Semantics;

namespace Irekae.Tests.Laws;

/// <summary>
/// What a reader of a run's events alone knows of its actors: who could run, who holds which mutex, what an endpoint is bound to, how many
/// messages are under way. The laws compare it with what the configurations say.
/// </summary>
public sealed class Ledger(BoundSystem system)
{
    public HashSet<int> Runnable { get; } = [];

    /// <summary>Core each process got last.</summary>
    public Dictionary<int, int> Core { get; } = [];

    public Dictionary<int, int> Holder { get; } = [];

    public Dictionary<int, int> Bound { get; } = system.Endpoints.ToDictionary(e => e.Index, e => e.Initial);

    /// <summary>Sent and not yet taken, dropped or refused, notifications that were merged included.</summary>
    public int UnderWay { get; set; }

    /// <summary>Notifications of the last move: each may have been merged with one that waited.</summary>
    public int Notified { get; private set; }

    public List<string> Contradictions { get; } = [];

    public void Read(Move move)
    {
        Notified = 0;
        foreach (var e in move.Events) Read(e);
    }

    private void Read(Event e)
    {
        switch (e.Kind)
        {
            case EventKind.Ready:
                if (!Runnable.Add(e.A)) Contradictions.Add($"{system.Actors[e.A].Name} becomes ready and was");
                break;
            case EventKind.Dispatched:
                if (!Runnable.Contains(e.A)) Contradictions.Add($"{system.Actors[e.A].Name} gets a core and is not ready");
                if (system.Actors[e.A].Core is var pinned && pinned >= 0 && pinned != e.B) Contradictions.Add($"{system.Actors[e.A].Name} is on core {e.B}");
                Core[e.A] = e.B;
                break;
            case EventKind.Blocks or EventKind.JobEnds or EventKind.Ends or EventKind.Killed or EventKind.Crashed:
                Runnable.Remove(e.A);
                break;
            case EventKind.Locked:
                if (!Holder.TryAdd(e.B, e.A)) Contradictions.Add($"{system.Mutexes[e.B].Name} is taken twice");
                break;
            case EventKind.Unlocked:
                if (!Holder.Remove(e.B, out int holder) || holder != e.A) Contradictions.Add($"{system.Mutexes[e.B].Name} is given back by who does not hold it");
                break;
            case EventKind.Bound:
                Bound[e.A] = e.B;
                break;
            case EventKind.Calls or EventKind.Sends:
                UnderWay++;
                break;
            case EventKind.Notifies:
                UnderWay++;
                Notified++;
                break;
            case EventKind.Takes or EventKind.Dropped or EventKind.Refused:
                UnderWay--;
                break;
        }
    }
}
