using System.Collections.Immutable;
using Irekae.Model.Binding;
using Irekae.Model.Semantics;

namespace Irekae.Properties.Laws;

/// <summary>
/// What waits in each inbox, whom each server has to answer, and what must follow at once from a message that finds nobody or no room, from a bind and from an
/// end: refusals and drops. They come before any other event but the waking of somebody.
/// </summary>
internal sealed partial class Account
{
    /// <param name="Caller">Who waits for the answer, or −1.</param>
    /// <param name="Arguments">Null: the text leaves several possible.</param>
    public readonly record struct Waiting(int Endpoint, int Message, int Caller, bool Notify, int[]? Arguments = null);

    private readonly HashSet<int> refusalsOwed = [];
    private readonly HashSet<int> refusalsAllowed = [];
    private readonly List<(int Endpoint, int Message)> dropsOwed = [];
    private ImmutableArray<BoundStatement.Receive>[] receives = [];
    private bool[] answersSurely = [];
    private bool[] answered = [];
    private bool[] goesOn = [];
    private int lostCaller = -1;

    public List<Waiting>[] Inbox { get; private set; } = [];

    /// <summary>Callers whose messages an actor has taken and not answered.</summary>
    public List<int>[] Serving { get; private set; } = [];

    /// <summary>How often each fault can still happen.</summary>
    public Dictionary<int, int> FaultsLeft { get; private set; } = [];

    /// <summary>Every bind of the run is one that the text tells from the others.</summary>
    public bool MessagesKnown { get; private set; } = true;

    private bool OwesRefusals => refusalsOwed.Count + refusalsAllowed.Count > 0;

    private void StartMessages()
    {
        Inbox = [.. Spec.Actors.Select(_ => new List<Waiting>())];
        Serving = [.. Spec.Actors.Select(_ => new List<int>())];
        answered = new bool[Spec.Actors.Length];
        goesOn = new bool[Spec.Actors.Length];
        receives = [.. Spec.Actors.Select(a => a.Body.WithDescendants().OfType<BoundStatement.Receive>().ToImmutableArray())];
        var called = Spec.Actors.SelectMany(a => a.Body.WithDescendants()).OfType<BoundStatement.Call>().Select(c => c.Message.Index).ToHashSet();
        answersSurely = [.. receives.Select(r => r is [var only] && only.Handlers.All(h => !called.Contains(h.Message.Index) || Replies(h.Body)))];
        FaultsLeft = System.Observation.Faults.ToDictionary(f => f.Index, f => f.AtMost);

        static bool Replies(BoundStatement body) => body is BoundStatement.Reply || body is BoundStatement.Block block && block.Statements.Any(s => s is BoundStatement.Reply);
    }

    /// <summary>The one place where an actor takes messages; null: there are several, and events do not tell at which it is.</summary>
    public BoundStatement.Receive? Receives(int actor) => receives[actor] is [var only] ? only : null;

    /// <summary>The place in the inbox of what the actor takes next at this statement: notifications, then what is urgent, then the rest, each first in, first out; −1: nothing.</summary>
    public int Next(int actor, BoundStatement.Receive receive)
    {
        int best = -1, bestRank = int.MaxValue;
        for (int place = 0; place < Inbox[actor].Count; place++)
        {
            var waiting = Inbox[actor][place];
            if (receive.Handlers.FirstOrDefault(h => h.Message.Index == waiting.Message) is not { } handler) continue;
            int rank = waiting.Notify ? 0 : handler.Urgent ? 1 : 2;
            if (rank < bestRank) (best, bestRank) = (place, rank);
        }

        return best;
    }

    private void ReadMessage(Event e)
    {
        switch (e.Kind)
        {
            case EventKind.Calls:
                Deliver(e.B, new Waiting(e.B, e.C, e.A, false, Sent(e)), whenNobody: () => refusalsOwed.Add(e.A));
                break;
            case EventKind.Sends:
                Deliver(e.B, new Waiting(e.B, e.C, -1, false, Sent(e)), whenNobody: () => dropsOwed.Add((e.B, e.C)));
                break;
            case EventKind.Notifies:
                Deliver(e.B, new Waiting(e.B, e.C, -1, true), whenNobody: () => dropsOwed.Add((e.B, e.C)));
                break;
            case EventKind.Crashed:
                if (System.Timers[Fired] is not { Kind: TimerKind.Fault } timer) break;
                var fault = Spec.Faults[timer.Subject];
                if (--FaultsLeft[fault.Index] < 0) Doubt(Topic.Lives, $"{fault.Name} happens more than {fault.AtMost} times");
                if (fault.NotifyEndpoint >= 0)
                    Deliver(fault.NotifyEndpoint, new Waiting(fault.NotifyEndpoint, fault.NotifyMessage, -1, true), () => dropsOwed.Add((fault.NotifyEndpoint, fault.NotifyMessage)));
                break;
            case EventKind.Lost:
                Spend(FaultKind.Lose, e.A, e.B, $"{Says(e.A, e.B)} of {Name(e.C)} is lost");
                if (!Device[e.C] && OnlyCalls(e)) lostCaller = e.C;
                break;
            case EventKind.Takes:
                Take(e.A, e.B, e.C);
                break;
            case EventKind.Replies:
                if (!Serving[e.A].Remove(e.B)) Doubt(Topic.Messages, $"{Name(e.A)} answers {Name(e.B)}, whose message it does not hold");
                answered[e.B] = goesOn[e.B] = true;
                break;
            case EventKind.Refused:
                if (!refusalsOwed.Remove(e.A) && !refusalsAllowed.Remove(e.A)) Spend(FaultKind.Refuse, e.B, e.C, $"{Says(e.B, e.C)} of {Name(e.A)} is refused");
                goesOn[e.A] = true;
                break;
            case EventKind.Dropped:
                if (!dropsOwed.Remove((e.A, e.B))) Doubt(Topic.Messages, $"{Says(e.A, e.B)} is dropped without reason");
                break;
            case EventKind.Bound:
                Rebind(e.A, e.B, e.C);
                break;
            case EventKind.Blocks:
                if (e.B == (int)Status.InReceive && answersSurely[e.A]) Serving[e.A].Clear();
                if (e.B == (int)Status.InCall) answered[e.A] = goesOn[e.A] = false;
                break;
            case EventKind.JobEnds:
                Serving[e.A].Clear();
                break;
        }
    }

    private string Says(int endpoint, int message) => $"{Spec.Endpoints[endpoint].Name}.{Spec.Messages[message].Name}";

    private void Deliver(int endpoint, Waiting message, Action whenNobody)
    {
        int target = Bound[endpoint];
        if (target < 0 || !Alive[target]) whenNobody();
        else Put(target, message);
    }

    private void Put(int target, Waiting message)
    {
        if (message.Notify && Inbox[target].Contains(message)) return;
        bool full = Inbox[target].Count == Spec.Actors[target].InboxDepth;
        if (full && Spec.Actors[target].WhenFull == WhenFull.Error) Overflows++;
        if (!full) Inbox[target].Add(message);
        else if (Spec.Actors[target].WhenFull != WhenFull.Refuse) dropsOwed.Add((message.Endpoint, message.Message));
        else if (message.Caller >= 0) refusalsOwed.Add(message.Caller);
    }

    private void Take(int actor, int endpoint, int message)
    {
        int place = Receives(actor) is { } receive ? Next(actor, receive) : -1;
        if (place < 0 || Inbox[actor][place] is var best && (best.Endpoint != endpoint || best.Message != message))
        {
            if (place >= 0) Doubt(Topic.Messages, $"{Name(actor)} takes {Says(endpoint, message)} while {Says(Inbox[actor][place].Endpoint, Inbox[actor][place].Message)} comes first");
            place = Inbox[actor].FindIndex(w => w.Endpoint == endpoint && w.Message == message && w.Notify);
            if (place < 0) place = Inbox[actor].FindIndex(w => w.Endpoint == endpoint && w.Message == message);
        }

        if (place < 0)
        {
            Doubt(Topic.Messages, $"{Name(actor)} takes {Says(endpoint, message)}, which does not wait there");
            return;
        }

        if (receives[actor].Length == 1) Serving[actor].Clear();
        Learn(actor, Inbox[actor][place]);
        if (Inbox[actor][place].Caller is >= 0 and var caller) Serving[actor].Add(caller);
        Inbox[actor].RemoveAt(place);
    }

    /// <summary>What the rule of the bind says of messages that wait for the endpoint at its old process.</summary>
    private void Rebind(int endpoint, int to, int by)
    {
        int old = Bound[endpoint];
        Bound[endpoint] = to;
        if (old < 0 || old == to) return;
        var moved = Inbox[old].Where(w => w.Endpoint == endpoint).ToList();
        if (moved.Count == 0) return;
        var rules = Spec.Actors[by].Body.WithDescendants().OfType<BoundStatement.Bind>()
            .Where(b => b.Endpoint.Index == endpoint && (b.Target?.Index ?? -1) == to).Select(b => b.Rule).Distinct().ToList();
        if (rules is not [var rule])
        {
            MessagesKnown = false;
            return;
        }

        Inbox[old].RemoveAll(w => w.Endpoint == endpoint);
        foreach (var message in moved)
        {
            if (rule == InboxRule.Drop) dropsOwed.Add((endpoint, message.Message));
            else if (rule == InboxRule.Move && to >= 0 && Alive[to]) Put(to, message);
            else if (message.Caller >= 0) refusalsOwed.Add(message.Caller);
        }
    }

    /// <summary>Who waits for an answer from it is refused, but for one that an <c>exit</c> leaves unanswered; its own calls are withdrawn.</summary>
    private void LeaveMessages(int actor, bool bySelf)
    {
        foreach (var inbox in Inbox) inbox.RemoveAll(w => w.Caller == actor);
        foreach (var callers in Serving) callers.Remove(actor);
        answered[actor] = goesOn[actor] = false;
        refusalsOwed.UnionWith(Inbox[actor].Where(w => w.Caller >= 0).Select(w => w.Caller));
        if (!bySelf) (answersSurely[actor] ? refusalsOwed : refusalsAllowed).UnionWith(Serving[actor]);
        Inbox[actor].Clear();
        Serving[actor].Clear();
    }

    /// <summary>Before the next event: what is due has happened. A caller goes on when it is answered or refused, then at once, and otherwise not.</summary>
    private void ExpectReaction(Event? next)
    {
        if (next is { Kind: EventKind.Ready } ready && Doing[ready.A] == Status.InCall && !goesOn[ready.A])
            Doubt(Topic.Messages, $"{Name(ready.A)} goes on, neither answered nor refused");
        if (next is { Kind: EventKind.Ready } woken) answered[woken.A] = goesOn[woken.A] = false;
        if (next is null)
        {
            for (int actor = 0; actor < answered.Length; actor++)
            {
                if (answered[actor] && !Device[actor]) Doubt(Topic.Messages, $"{Name(actor)} is answered and does not go on");
                answered[actor] = false;
            }
        }

        if (lostCaller >= 0 && !(next is { Kind: EventKind.Blocks, B: (int)Status.InCall } blocks && blocks.A == lostCaller)) Doubt(Topic.Messages, $"the call of {Name(lostCaller)} is lost and it does not wait");
        lostCaller = -1;
        if (next is { Kind: EventKind.Refused or EventKind.Dropped or EventKind.Ready }) return;
        foreach (int caller in refusalsOwed) Doubt(Topic.Messages, $"{Name(caller)} waits for an answer that cannot come and is not refused");
        foreach (var (endpoint, message) in dropsOwed) Doubt(Topic.Messages, $"{Says(endpoint, message)} found nobody or no room, or was to be dropped by a bind, and was not");
        refusalsOwed.Clear();
        refusalsAllowed.Clear();
        dropsOwed.Clear();
    }

    private void Spend(FaultKind kind, int endpoint, int message, string what)
    {
        var fault = System.Observation.Faults.FirstOrDefault(f => f.Kind == kind && f.Endpoint == endpoint && (f.Message < 0 || f.Message == message) && FaultsLeft[f.Index] > 0);
        if (fault is null) Doubt(Topic.Messages, $"{what} without reason");
        else FaultsLeft[fault.Index]--;
    }
}
