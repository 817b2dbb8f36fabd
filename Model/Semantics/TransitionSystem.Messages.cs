using Irekae.Model.Binding;
using Irekae.Model.Semantics.Program;

namespace Irekae.Model.Semantics;

/// <summary>
/// Messages: kept in the inbox of whoever the endpoint was bound to when they were sent; taken notifications first, then those of urgent
/// handlers, then the rest, each class first in, first out. None is lost unless the spec or a fault says so.
/// </summary>
public sealed partial class TransitionSystem
{
    /// <summary>What happens to a message: nothing out of the ordinary, or one of the faults that are on. False when that is a choice and its alternatives were pushed.</summary>
    private bool UnlessFaulty(Draft d, int actor, Instruction i, Stack<Draft> open, Action<Draft, int, Instruction> ordinary)
    {
        var faults = FaultsOn(d, i);
        if (faults.Count == 0)
        {
            ordinary(d, actor, i);
            return true;
        }

        Branch(d, open, 1 + faults.Count, (copy, k) =>
        {
            copy.Choices.Add(k);
            if (k == 0)
            {
                ordinary(copy, actor, i);
                return;
            }

            copy.Cells[layout.Faults + faults[k - 1].Index]--;
            if (faults[k - 1].Kind == FaultKind.Refuse) Refuse(copy, actor, i, $"which {faults[k - 1].Name} refuses");
            else Lose(copy, actor, i);
        });
        return false;
    }

    private List<Fault> FaultsOn(Draft d, Instruction i) =>
        [.. Observation.Faults.Where(f => f.Endpoint == i.Index && (f.Message < 0 || f.Message == i.Operand) && d.Cells[layout.Faults + f.Index] > 0
            && (f.Kind == FaultKind.Lose || f.Kind == FaultKind.Refuse && i.Op == Op.Call))];

    /// <summary>A call that is lost is never answered.</summary>
    private void Lose(Draft d, int actor, Instruction i)
    {
        d.Say(EventKind.Lost, i.Index, i.Operand, actor);
        if (i.Op == Op.Call) WaitForAnswer(d, actor, i);
        else d.Cells[layout.Of(actor, Layout.Pc)]++;
    }

    private void CallNow(Draft d, int actor, Instruction i)
    {
        d.Say(EventKind.Calls, actor, i.Index, i.Operand);
        int target = Reachable(d, i.Index);
        if (target < 0)
        {
            Refuse(d, actor, i, "but nobody alive is bound there");
            return;
        }

        var arguments = Arguments(d, i);
        switch (Deliver(d, target, i.Index, i.Operand, actor + 1, notify: false, arguments, i.Statement!.Span))
        {
            case Delivery.Refused:
                Refuse(d, actor, i, $"whose inbox is full ({System.Actors[target].InboxDepth})");
                break;
            default:
                WaitForAnswer(d, actor, i);
                break;
        }
    }

    private void WaitForAnswer(Draft d, int actor, Instruction i)
    {
        BeginClocks(d, q => q is Quantity.Answer a && a.Endpoint.Index == i.Index && a.Message.Index == i.Operand, actor);
        Block(d, actor, Status.InCall);
    }

    /// <summary>The caller, which is acting, goes to its <c>else</c>; without one that is an error, and it waits for ever.</summary>
    private void Refuse(Draft d, int actor, Instruction i, string why)
    {
        d.Say(EventKind.Refused, actor, i.Index, i.Operand);
        if (i.Target >= 0)
        {
            d.Cells[layout.Of(actor, Layout.Pc)] = i.Target;
            return;
        }

        ReportRefusal(d, actor, i, why);
        WaitForAnswer(d, actor, i);
    }

    private void ReportRefusal(Draft d, int caller, Instruction i, string why) =>
        Violate(d, ViolationKind.Unbound, $"{System.Actors[caller].Name} calls {System.Endpoints[i.Index].Name}.{System.Messages[i.Operand].Name}, {why}", i.Statement!.Span);

    /// <summary>A caller that waits learns that no answer will come.</summary>
    private void RefuseCaller(Draft d, int caller)
    {
        if (d.Cells[layout.Of(caller, Layout.Status)] != (int)Status.InCall) return;
        var i = code[caller][d.Cells[layout.Of(caller, Layout.Pc)]];
        d.Say(EventKind.Refused, caller, i.Index, i.Operand);
        if (i.Target < 0)
        {
            ReportRefusal(d, caller, i, "and is refused while it waits, without an else");
            return;
        }

        foreach (int q in AnswerClocks(i))
            if (timers.Clock(q, caller) is var clock && clock >= 0 && d.IsAlive(clock)) d.Drop(clock);
        d.Cells[layout.Of(caller, Layout.Pc)] = i.Target;
        BecomeReady(d, caller, toHead: false);
    }

    private IEnumerable<int> AnswerClocks(Instruction call)
    {
        for (int q = 0; q < Observation.Quantities.Length; q++)
            if (Observation.Quantities[q] is Quantity.Answer a && a.Endpoint.Index == call.Index && a.Message.Index == call.Operand)
                yield return q;
    }

    private void SendNow(Draft d, int actor, Instruction i)
    {
        d.Cells[layout.Of(actor, Layout.Pc)]++;
        if (i.Flag)
        {
            d.Say(EventKind.Notifies, actor, i.Index, i.Operand);
            Notify(d, i.Index, i.Operand);
            return;
        }

        d.Say(EventKind.Sends, actor, i.Index, i.Operand);
        int target = Reachable(d, i.Index);
        if (target < 0) d.Say(EventKind.Dropped, i.Index, i.Operand);
        else Deliver(d, target, i.Index, i.Operand, 0, notify: false, Arguments(d, i), i.Statement!.Span);
    }

    /// <summary>A notification is one bit: while an equal one waits, another changes nothing.</summary>
    private void Notify(Draft d, int endpoint, int message)
    {
        int target = Reachable(d, endpoint);
        if (target < 0)
        {
            d.Say(EventKind.Dropped, endpoint, message);
            return;
        }

        int count = d.Cells[layout.Of(target, Layout.InboxCount)];
        for (int m = 0; m < count; m++)
        {
            int at = layout.Inbox[target] + m * layout.MessageWidth;
            if (d.Cells[at + Layout.MessageNotify] != 0 && d.Cells[at + Layout.MessageKind] == message && d.Cells[at + Layout.MessageEndpoint] == endpoint) return;
        }

        Deliver(d, target, endpoint, message, 0, notify: true, [], null);
    }

    /// <summary>Who gets what is sent there now: the actor bound, if it is alive; else −1.</summary>
    private int Reachable(Draft d, int endpoint)
    {
        int target = d.Cells[layout.Bindings + endpoint] - 1;
        return target >= 0 && d.Cells[layout.Of(target, Layout.Life)] is (int)Life.Active or (int)Life.Spawned ? target : -1;
    }

    private int[] Arguments(Draft d, Instruction i)
    {
        var values = new int[i.Arguments.Length];
        for (int k = 0; k < values.Length; k++) values[k] = Evaluate(i.Arguments[k], d.Cells);
        return values;
    }

    private enum Delivery { Waits, Refused, Dropped }

    private Delivery Deliver(Draft d, int target, int endpoint, int message, int caller, bool notify, int[] arguments, Text.SourceSpan? span)
    {
        int count = layout.Of(target, Layout.InboxCount);
        if (d.Cells[count] == System.Actors[target].InboxDepth)
        {
            if (System.Actors[target].WhenFull == WhenFull.Refuse) return Delivery.Refused;
            if (System.Actors[target].WhenFull == WhenFull.Error)
                Violate(d, ViolationKind.Overflow, $"{System.Endpoints[endpoint].Name}.{System.Messages[message].Name} finds the inbox of {System.Actors[target].Name} full ({System.Actors[target].InboxDepth})", span);
            d.Say(EventKind.Dropped, endpoint, message);
            return Delivery.Dropped;
        }

        int at = layout.Inbox[target] + d.Cells[count]++ * layout.MessageWidth;
        d.Cells[at + Layout.MessageEndpoint] = endpoint;
        d.Cells[at + Layout.MessageKind] = message;
        d.Cells[at + Layout.MessageCaller] = caller;
        d.Cells[at + Layout.MessageNotify] = notify ? 1 : 0;
        arguments.CopyTo(d.Cells, at + Layout.MessageArguments);
        WakeReceiver(d, target);
        return Delivery.Waits;
    }

    private void WakeReceiver(Draft d, int target)
    {
        if (d.Cells[layout.Of(target, Layout.Status)] == (int)Status.InReceive && BestMessage(d, target, out _) >= 0)
            BecomeReady(d, target, toHead: false);
    }

    /// <summary>The place in the inbox of the message that is taken next, or −1.</summary>
    private int BestMessage(Draft d, int actor, out HandlerEntry? handler)
    {
        var receive = code[actor][d.Cells[layout.Of(actor, Layout.Pc)]];
        int best = -1, bestRank = int.MaxValue;
        handler = null;
        int count = d.Cells[layout.Of(actor, Layout.InboxCount)];
        for (int m = 0; m < count; m++)
        {
            int at = layout.Inbox[actor] + m * layout.MessageWidth;
            foreach (var entry in receive.Handlers)
            {
                if (entry.Message != d.Cells[at + Layout.MessageKind]) continue;
                int rank = d.Cells[at + Layout.MessageNotify] != 0 ? 0 : entry.Urgent ? 1 : 2;
                if (rank >= bestRank) break;
                (best, bestRank, handler) = (m, rank, entry);
                break;
            }
        }

        return best;
    }

    private void Receive(Draft d, int actor, Instruction i)
    {
        int place = BestMessage(d, actor, out var handler);
        if (place < 0)
        {
            Block(d, actor, Status.InReceive);
            return;
        }

        int at = layout.Inbox[actor] + place * layout.MessageWidth;
        d.Say(EventKind.Takes, actor, d.Cells[at + Layout.MessageEndpoint], handler!.Message);
        d.Cells[layout.Locals[actor] + i.Cell] = d.Cells[at + Layout.MessageCaller];
        for (int k = 0; k < handler.Parameters.Length; k++)
            d.Cells[layout.Variables + handler.Parameters[k]] = d.Cells[at + Layout.MessageArguments + k];
        RemoveMessage(d, actor, place);
        d.Cells[layout.Of(actor, Layout.Pc)] = handler.Entry;
    }

    private void RemoveMessage(Draft d, int actor, int place)
    {
        int count = layout.Of(actor, Layout.InboxCount), inbox = layout.Inbox[actor], width = layout.MessageWidth;
        int from = inbox + (place + 1) * width, end = inbox + d.Cells[count] * width;
        Array.Copy(d.Cells, from, d.Cells, from - width, end - from);
        Array.Clear(d.Cells, end - width, width);
        d.Cells[count]--;
    }

    private void Reply(Draft d, int actor, Instruction i)
    {
        int cell = layout.Locals[actor] + i.Cell;
        int caller = d.Cells[cell] - 1;
        d.Cells[cell] = 0;
        if (caller < 0) return;
        d.Say(EventKind.Replies, actor, caller);
        int pc = layout.Of(caller, Layout.Pc);
        var call = code[caller][d.Cells[pc]];
        foreach (int q in AnswerClocks(call)) EndClock(d, q, caller);
        if (call.Result >= 0)
        {
            Assign(d, caller, call.Result, i.Expression is null ? 0 : Evaluate(i.Expression, d.Cells), call.Statement!);
            if (d.Stops) return;
        }

        d.Cells[pc]++;
        BecomeReady(d, caller, toHead: false);
    }

    /// <summary>A caller that is gone is owed no answer: its waiting message is withdrawn, and whoever handles it answers nobody.</summary>
    private void ForgetCaller(Draft d, int caller)
    {
        for (int a = 0; a < layout.Actors; a++)
        {
            for (int m = d.Cells[layout.Of(a, Layout.InboxCount)] - 1; m >= 0; m--)
                if (d.Cells[layout.Inbox[a] + m * layout.MessageWidth + Layout.MessageCaller] == caller + 1) RemoveMessage(d, a, m);
            foreach (int cell in callerCells[a])
                if (d.Cells[layout.Locals[a] + cell] == caller + 1) d.Cells[layout.Locals[a] + cell] = 0;
        }
    }

    private void Rebind(Draft d, int actor, Instruction i)
    {
        int cell = layout.Bindings + i.Index;
        int old = d.Cells[cell] - 1;
        d.Cells[cell] = i.Operand + 1;
        d.Say(EventKind.Bound, i.Index, i.Operand, actor);
        if (old < 0 || old == i.Operand) return;
        for (int m = 0; m < d.Cells[layout.Of(old, Layout.InboxCount)];)
        {
            int at = layout.Inbox[old] + m * layout.MessageWidth;
            if (d.Cells[at + Layout.MessageEndpoint] != i.Index)
            {
                m++;
                continue;
            }

            var message = d.Cells.AsSpan(at, layout.MessageWidth).ToArray();
            RemoveMessage(d, old, m);
            int caller = message[Layout.MessageCaller];
            int target = i.Rule == InboxRule.Move ? Reachable(d, i.Index) : -1;
            var delivery = target < 0
                ? i.Rule == InboxRule.Drop ? Delivery.Dropped : Delivery.Refused
                : Deliver(d, target, i.Index, message[Layout.MessageKind], caller, message[Layout.MessageNotify] != 0, message[Layout.MessageArguments..], i.Statement!.Span);
            if (target < 0 && i.Rule == InboxRule.Drop) d.Say(EventKind.Dropped, i.Index, message[Layout.MessageKind]);
            if (delivery == Delivery.Refused && caller > 0) RefuseCaller(d, caller - 1);
        }
    }
}
