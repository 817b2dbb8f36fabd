using Irekae.Model.Binding;
using Irekae.Model.Semantics;

namespace Irekae.Properties.Laws;

/// <summary>What waits is what was sent and not taken, dropped, refused or withdrawn.</summary>
internal sealed class NoneLost(Account account) : Watch(account)
{
    public override void After(Stage stage)
    {
        if (!Account.MessagesKnown) return;
        foreach (var actor in Account.Spec.Actors)
        {
            int waiting = Account.System.Evaluate(new BoundExpression.Waiting(actor), stage.Step.Move.Next);
            Judged += waiting;
            if (waiting != Account.Inbox[actor.Index].Count) Wrong($"{waiting} messages wait at {actor.Name}, and {Account.Inbox[actor.Index].Count} should");
        }
    }
}

/// <summary>An inbox that is full where that is an error, and a job over the backlog, are reported, and nothing else is.</summary>
internal sealed class OverflowsSaid(Account account) : Watch(account)
{
    public override void After(Stage stage)
    {
        if (!Account.MessagesKnown) return;
        int said = stage.Step.Move.Violations.Count(v => v.Kind == ViolationKind.Overflow);
        Judged += said;
        if (said != Account.Overflows) Wrong($"{said} overflows are reported, and {Account.Overflows} happen");
    }
}

internal sealed class Woken(Account account) : Watch(account)
{
    public override void Quiet(Stage stage)
    {
        if (!Account.MessagesKnown) return;
        foreach (var actor in Account.Spec.Actors)
        {
            if (Account.Doing[actor.Index] != Status.InReceive || Account.Receives(actor.Index) is not { } receive) continue;
            Judged++;
            if (Account.Next(actor.Index, receive) >= 0) Wrong($"{actor.Name} waits for a message and has one");
        }
    }
}

/// <summary>Every call comes to one end: an answer or a refusal; one that is lost comes to none.</summary>
internal sealed class AnsweredOnce(Account account) : Watch(account)
{
    private readonly Dictionary<int, bool> asked = [];

    public override void See(Event e)
    {
        switch (e.Kind)
        {
            case EventKind.Calls:
                asked[e.A] = true;
                break;
            case EventKind.Lost:
                asked[e.C] = false;
                break;
            case EventKind.Replies:
                Judged++;
                if (!asked.Remove(e.B, out bool heard)) Wrong($"{Name(e.B)} is answered and has asked nothing, or was answered before");
                else if (!heard) Wrong($"{Name(e.B)} is answered and its message was lost");
                break;
            case EventKind.Refused or EventKind.Killed or EventKind.Crashed or EventKind.Ends:
                asked.Remove(e.A);
                break;
        }
    }
}

internal sealed class BoundToOne(Account account) : Watch(account)
{
    public override void After(Stage stage)
    {
        foreach (var endpoint in Account.Spec.Endpoints)
        {
            int count = 0;
            foreach (var actor in Account.Spec.Actors)
            {
                if (Account.System.Evaluate(new BoundExpression.IsBoundTo(endpoint, actor), stage.Step.Move.Next) == 0) continue;
                Judged++;
                count++;
                if (Account.Bound[endpoint.Index] != actor.Index) Wrong($"{endpoint.Name} is bound to {actor.Name} and the last bind says otherwise");
            }

            if (count != (Account.Bound[endpoint.Index] < 0 ? 0 : 1)) Wrong($"{endpoint.Name} is bound to {count} processes");
        }
    }
}

internal sealed class LivesAgree(Account account) : Watch(account)
{
    public override void After(Stage stage)
    {
        foreach (var actor in Account.Spec.Actors)
        {
            Judged++;
            bool alive = Account.System.Evaluate(new BoundExpression.Alive(actor), stage.Step.Move.Next) == 1;
            if (alive != Account.Alive[actor.Index]) Wrong($"{actor.Name} is {(alive ? "alive" : "not alive")} and events say otherwise");
            if (!alive && stage.Step.Move.Next.Timers.Any(t => IsOwn(Account.System.Timers[t], actor.Index))) Wrong($"{actor.Name} is not alive and has a timer");
            bool waits = Account.Doing[actor.Index] is Status.InCall or Status.InLock or Status.InAwait;
            if (actor.Kind != ActorKind.Device && waits != (Account.System.Evaluate(new BoundExpression.Blocked(actor), stage.Step.Move.Next) == 1))
                Wrong($"{actor.Name} {(waits ? "waits" : "does not wait")} and the configuration says otherwise");
        }
    }

    private static bool IsOwn(TimerInfo timer, int actor) =>
        timer.Kind is TimerKind.Work or TimerKind.Wait or TimerKind.Slice or TimerKind.Arrival or TimerKind.Jitter && timer.Subject == actor;
}

/// <summary>Data are what was assigned last; those of an actor begin anew with it, shared ones outlive everybody.</summary>
internal sealed class DataKept : Watch
{
    private readonly List<Variable> followed;

    public DataKept(Account account)
        : base(account)
    {
        var parameters = account.Spec.Actors.SelectMany(a => a.Body.WithDescendants()).OfType<BoundStatement.Receive>().SelectMany(r => r.Handlers).SelectMany(h => h.Parameters).Select(p => p.Index).ToHashSet();
        followed = [.. account.Spec.Variables.Where(v => !parameters.Contains(v.Index))];
    }

    public override void After(Stage stage)
    {
        foreach (var variable in followed)
        {
            Judged++;
            int value = Account.System.Evaluate(new BoundExpression.Read(variable), stage.Step.Move.Next);
            if (value != Account.Values[variable.Index]) Wrong($"{variable.Name} is {value} and was last made {Account.Values[variable.Index]}");
        }
    }
}

/// <summary>What is assigned is what some statement says: an assignment of the actor, or, when it has just been answered, a reply of its server.</summary>
internal sealed class ValuesOfTheText(Account account) : Watch(account)
{
    private Event? reply;

    public override void See(Event e)
    {
        if (e.Kind == EventKind.Assigns)
        {
            bool answer = reply is { } r && e.A == r.B;
            var statements = Account.Spec.Actors[answer ? reply!.Value.A : e.A].Body.WithDescendants();
            var values = (answer ? statements.OfType<BoundStatement.Reply>().Select(s => s.Value) : statements.OfType<BoundStatement.Assign>().Where(s => s.Target.Index == e.B).Select(s => s.Value))
                .OfType<BoundExpression>().Select(Account.Value).ToList();
            if (!values.Contains(null))
            {
                Judged++;
                if (!values.Contains(e.C)) Wrong($"{Name(e.A)} makes {Account.Spec.Variables[e.B].Name} {e.C}, and the text says {string.Join(" or ", values)}");
            }
        }

        reply = e.Kind == EventKind.Replies ? e : null;
    }
}

internal sealed class Awaited(Account account) : Watch(account)
{
    public override void Quiet(Stage stage)
    {
        foreach (var actor in Account.Spec.Actors)
        {
            if (Account.Doing[actor.Index] != Status.InAwait) continue;
            Judged++;
            var conditions = actor.Body.WithDescendants().OfType<BoundStatement.Await>();
            if (conditions.All(c => Account.System.Evaluate(c.Condition, stage.Before!) != 0)) Wrong($"{actor.Name} waits for a condition that holds");
        }
    }
}
