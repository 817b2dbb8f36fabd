using Irekae.Model.Binding;
using Irekae.Model.Semantics.Program;

namespace Irekae.Model.Semantics;

/// <summary>What each statement does when an actor that can act comes to it. One case, one rule.</summary>
public sealed partial class TransitionSystem
{
    /// <summary>One step without time; false when the draft was replaced by alternatives that were pushed.</summary>
    private bool Step(Draft d, int actor, Stack<Draft> open)
    {
        int pc = layout.Of(actor, Layout.Pc);
        var i = code[actor][d.Cells[pc]];
        if (i.Statement is not null) reached.Add(i.Statement);
        d.Doing = i.Statement;
        switch (i.Op)
        {
            case Op.Run:
                if (IsNothing(i.Interval!)) d.Cells[pc]++;
                else d.Start(timers.Of(TimerKind.Work, actor), i.Interval!);
                return true;
            case Op.Wait or Op.AnyTime:
                if (IsNothing(i.Interval!))
                {
                    d.Cells[pc]++;
                    return true;
                }

                Block(d, actor, Status.Timed);
                d.Start(timers.Of(TimerKind.Wait, actor), i.Interval!);
                return true;
            case Op.Await:
                if (Evaluate(i.Expression!, d.Cells) != 0) d.Cells[pc]++;
                else Block(d, actor, Status.InAwait);
                return true;
            case Op.Call:
                return UnlessFaulty(d, actor, i, open, CallNow);
            case Op.Send:
                return UnlessFaulty(d, actor, i, open, SendNow);
            case Op.Receive:
                Receive(d, actor, i);
                return true;
            case Op.HandlerEnd:
                d.Cells[layout.Locals[actor] + i.Cell] = 0;
                foreach (int variable in i.Targets) d.Cells[layout.Variables + variable] = System.Variables[variable].Initial;
                d.Cells[pc] = i.Target;
                return true;
            case Op.Reply:
                Reply(d, actor, i);
                d.Cells[pc]++;
                return true;
            case Op.Spawn:
                Spawn(d, actor, i);
                d.Cells[pc]++;
                return true;
            case Op.Start:
                StartUp(d, actor, i);
                d.Cells[pc]++;
                return true;
            case Op.Kill:
                d.Cells[pc]++;
                d.Say(EventKind.Killed, i.Operand, actor);
                if (d.Cells[layout.Of(i.Operand, Layout.Life)] is (int)Life.Active or (int)Life.Spawned) End(d, i.Operand);
                return true;
            case Op.Bind:
                Rebind(d, actor, i);
                d.Cells[pc]++;
                return true;
            case Op.Jump:
                d.Cells[pc] = i.Target;
                return true;
            case Op.BranchUnless:
                d.Cells[pc] = Evaluate(i.Expression!, d.Cells) != 0 ? d.Cells[pc] + 1 : i.Target;
                return true;
            case Op.Choose:
                Branch(d, open, i.Targets.Length, (copy, k) =>
                {
                    copy.Choices.Add(k);
                    copy.Say(EventKind.Chooses, actor, k);
                    copy.Cells[pc] = i.Targets[k];
                });
                return false;
            case Op.RepeatBegin:
                if (!Observation.ForgottenCounters.Contains(i.Index)) d.Cells[layout.Locals[actor] + i.Cell] = i.Operand;
                d.Cells[pc]++;
                return true;
            case Op.RepeatNext:
                return Again(d, actor, i, open);
            case Op.Assign:
                Assign(d, actor, i.Index, Evaluate(i.Expression!, d.Cells), i.Statement!);
                d.Cells[pc]++;
                return true;
            case Op.MeasureBegin:
                d.Say(EventKind.MeasureBegins, actor, i.Index);
                BeginClocks(d, q => q is Quantity.OfMeasure m && m.Measure.Index == i.Index, actor);
                d.Cells[pc]++;
                return true;
            case Op.MeasureEnd:
                EndMeasure(d, actor, i.Index);
                d.Cells[pc]++;
                return true;
            case Op.Mark:
                PassMark(d, actor, i.Index);
                d.Cells[pc]++;
                return true;
            case Op.Lock:
                Lock(d, actor, i);
                return true;
            case Op.Unlock:
                d.Cells[pc]++;
                Unlock(d, actor, i.Index);
                return true;
            case Op.EnterNonPreemptive:
                d.Cells[layout.Of(actor, Layout.Sections)]++;
                d.Cells[pc]++;
                return true;
            case Op.LeaveNonPreemptive:
                d.Cells[pc]++;
                LeaveSection(d, actor);
                return true;
            case Op.SetPriority:
                d.Cells[layout.Of(actor, Layout.Priority)] = i.Operand;
                d.Cells[pc]++;
                Reprioritise(d);
                return true;
            case Op.Assert:
                if (Evaluate(i.Expression!, d.Cells) == 0)
                    Violate(d, ViolationKind.Assertion, $"{System.Actors[actor].Name}: {((BoundStatement.Assert)i.Statement!).Text}", i.Statement!.Span);
                d.Cells[pc]++;
                return true;
            case Op.Exit:
                if (activations[actor] is not null)
                {
                    EndJob(d, actor);
                    return true;
                }

                LeaveBlocks(d, actor);
                d.Say(EventKind.Ends, actor);
                CloseGaps(d, actor);
                End(d, actor);
                return true;
            default:
                throw new System.Diagnostics.UnreachableException(i.Op.ToString());
        }
    }

    private static bool IsNothing(TickInterval interval) => interval is { Low: { IsConstant: true, Constant: 0 }, High: { IsConstant: true, Constant: 0 } };

    /// <summary>Replaces the draft by <paramref name="count"/> alternatives, so that the first is followed first.</summary>
    private static void Branch(Draft d, Stack<Draft> open, int count, Action<Draft, int> alternative)
    {
        for (int k = count - 1; k >= 0; k--)
        {
            var copy = k == 0 ? d : d.Copy();
            alternative(copy, k);
            open.Push(copy);
        }
    }

    /// <summary>The end of a round. Where the counter is forgotten it may go on or end, and that is not among the choices.</summary>
    private bool Again(Draft d, int actor, Instruction i, Stack<Draft> open)
    {
        int pc = layout.Of(actor, Layout.Pc);
        if (Observation.ForgottenCounters.Contains(i.Index))
        {
            Branch(d, open, 2, (copy, k) => copy.Cells[pc] = k == 0 ? i.Target : copy.Cells[pc] + 1);
            return false;
        }

        d.Cells[pc] = --d.Cells[layout.Locals[actor] + i.Cell] > 0 ? i.Target : d.Cells[pc] + 1;
        return true;
    }

    private void Assign(Draft d, int actor, int variable, int value, BoundStatement statement)
    {
        var target = System.Variables[variable];
        var (low, high) = target.Type switch
        {
            DataType.Bool => (0, 1),
            DataType.Range r => (r.Low, r.High),
            DataType.Token t => (0, t.Values.Length - 1),
            _ => throw new System.Diagnostics.UnreachableException(target.Type.GetType().Name),
        };
        if (value < low || value > high)
        {
            Violate(d, ViolationKind.Range, $"{target.Name} = {value} in {System.Actors[actor].Name}: outside {low} .. {high}", statement.Span);
            d.Stops = true;
            return;
        }

        d.Cells[layout.Variables + variable] = value;
        d.Say(EventKind.Assigns, actor, variable, value);
    }

    private void EndMeasure(Draft d, int actor, int measure)
    {
        d.Say(EventKind.MeasureEnds, actor, measure);
        for (int q = 0; q < Observation.Quantities.Length; q++)
            if (Observation.Quantities[q] is Quantity.OfMeasure m && m.Measure.Index == measure) EndClock(d, q, actor);
        for (int k = 0; k < Observation.Conditions.Length; k++)
            if (Observation.Conditions[k] is var (after, condition) && after.Index == measure && Evaluate(condition, d.Cells) == 0)
                d.FailedConditions.Add(k);
    }

    private void PassMark(Draft d, int actor, int mark)
    {
        d.Say(EventKind.Marks, actor, mark);
        for (int q = 0; q < Observation.Quantities.Length; q++)
        {
            if (Observation.Quantities[q] is not Quantity.Gap gap || gap.Mark.Index != mark) continue;
            EndClock(d, q, 0);
            d.Start(timers.Clock(q, 0), zero);
        }
    }

    /// <summary>An actor that comes to its end by itself leaves no gap open: the next pass that nobody alive can make was never due. One that is killed or crashes does.</summary>
    private void CloseGaps(Draft d, int actor)
    {
        for (int q = 0; q < Observation.Quantities.Length; q++)
        {
            if (Observation.Quantities[q] is not Quantity.Gap gap || !d.IsAlive(timers.Clock(q, 0))) continue;
            bool passes = Passes(actor, gap.Mark);
            bool others = System.Actors.Any(a => a.Index != actor && d.Cells[layout.Of(a.Index, Layout.Life)] is (int)Life.Active or (int)Life.Spawned && Passes(a.Index, gap.Mark));
            if (passes && !others) d.Drop(timers.Clock(q, 0));
        }

        bool Passes(int passer, Mark mark) => code[passer].Any(i => i.Op == Op.Mark && i.Index == mark.Index);
    }

    private void Spawn(Draft d, int actor, Instruction i)
    {
        int life = layout.Of(i.Operand, Layout.Life);
        if (d.Cells[life] is (int)Life.Active or (int)Life.Spawned)
        {
            Violate(d, ViolationKind.Lifecycle, $"{System.Actors[actor].Name} spawns {System.Actors[i.Operand].Name}, which is alive", i.Statement!.Span);
            return;
        }

        d.Say(EventKind.Spawned, i.Operand, actor);
        ClearActor(d, i.Operand);
        d.Cells[life] = (int)Life.Spawned;
        // Of a mutex that stayed locked when the one before it was killed, it is the holder.
        Reprioritise(d);
    }

    private void StartUp(Draft d, int actor, Instruction i)
    {
        if (d.Cells[layout.Of(i.Operand, Layout.Life)] != (int)Life.Spawned)
        {
            Violate(d, ViolationKind.Lifecycle, $"{System.Actors[actor].Name} starts {System.Actors[i.Operand].Name}, which is not waiting to be started", i.Statement!.Span);
            return;
        }

        d.Say(EventKind.StartedUp, i.Operand, actor);
        Activate(d, i.Operand);
    }

    private void LeaveSection(Draft d, int actor)
    {
        if (--d.Cells[layout.Of(actor, Layout.Sections)] == 0 && d.Ending != actor) GiveUpExpiredSlice(d, actor);
    }

    private void GiveUpExpiredSlice(Draft d, int actor)
    {
        int expired = layout.Of(actor, Layout.Expired);
        if (d.Cells[expired] == 0) return;
        d.Cells[expired] = 0;
        EndSlice(d, actor);
    }
}
