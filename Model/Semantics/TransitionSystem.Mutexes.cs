using Irekae.Model.Semantics.Program;

namespace Irekae.Model.Semantics;

/// <summary>Mutexes and awaited conditions. A freed mutex goes to the most urgent waiter, among equals to the one that waits longest.</summary>
public sealed partial class TransitionSystem
{
    private void Lock(Draft d, int actor, Instruction i)
    {
        int owner = layout.Owners + i.Index;
        if (d.Cells[owner] == 0)
        {
            d.Cells[owner] = actor + 1;
            d.Say(EventKind.Locked, actor, i.Index);
            d.Cells[layout.Of(actor, Layout.Pc)]++;
        }
        else
        {
            int place = 0;
            while (d.Cells[layout.LockQueue + place] != 0) place++;
            d.Cells[layout.LockQueue + place] = actor + 1;
            Block(d, actor, Status.InLock);
        }

        Reprioritise(d);
    }

    private void Unlock(Draft d, int actor, int mutex)
    {
        d.Say(EventKind.Unlocked, actor, mutex);
        d.Cells[layout.Owners + mutex] = 0;
        int heir = -1;
        for (int place = 0; place < layout.Actors && d.Cells[layout.LockQueue + place] is var entry && entry > 0; place++)
            if (WaitsFor(d, entry - 1) == mutex && (heir < 0 || Urgency(d, entry - 1) < Urgency(d, heir))) heir = entry - 1;
        if (heir >= 0)
        {
            LeaveLockQueue(d, heir);
            d.Cells[layout.Owners + mutex] = heir + 1;
            d.Say(EventKind.Locked, heir, mutex);
            d.Cells[layout.Of(heir, Layout.Pc)]++;
            BecomeReady(d, heir, toHead: false);
        }

        Reprioritise(d);
    }

    private void WakeAwaiting(Draft d)
    {
        for (int a = 0; a < layout.Actors; a++)
        {
            if (d.Cells[layout.Of(a, Layout.Status)] != (int)Status.InAwait) continue;
            int pc = layout.Of(a, Layout.Pc);
            if (Evaluate(code[a][d.Cells[pc]].Expression!, d.Cells) == 0) continue;
            d.Cells[pc]++;
            BecomeReady(d, a, toHead: false);
        }
    }
}
