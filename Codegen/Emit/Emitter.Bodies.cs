using Irekae.Model.Binding;
using Irekae.Model.Semantics;
using Irekae.Model.Semantics.Program;

namespace Irekae.Codegen.Emit;

/// <summary>The body of an actor: one method that does its next step, with a case for each instruction.</summary>
internal sealed partial class Emitter
{
    private void Body(Actor actor)
    {
        var body = code[actor.Index];
        string kind = actor.Kind switch { ActorKind.Process => "process", ActorKind.Server => "server", ActorKind.Device => "device" };
        c.Summary($"{kind} {actor.Name}{(actor.Kind == ActorKind.Device ? "" : $" at {actor.Priority}")}");
        c.Open($"protected void {steps[actor.Index]}()");
        c.Open($"switch ({At(actor)})");
        for (int place = 0; place < body.Length; place++)
        {
            var i = body[place];
            if (!traits.IsReached(actor.Index, place)) continue;
            c.Under($"case {place}:");
            c.Comment(Words(i));
            // A block of its own: its variables are seen by no other case.
            c.Open("");
            if (traits.GoesOn && actor.Kind != ActorKind.Device && !i.EndsWork && traits.MayEndWorkAt(actor.Index, place)) GoOn(actor);
            NoteExecuted(i);
            Step(actor, i, place);
            c.Close();
            c.Back();
        }
        c.Close();
        c.Close();
        c.Line();
    }

    /// <summary>The beginning of the statement as it is written, or what its end does.</summary>
    private static string Words(Instruction i)
    {
        if (i.Statement is null) return i.Op.ToString();
        string text = i.Statement.Span.Text;
        int brace = text.IndexOf('{', StringComparison.Ordinal);
        return i.Op is Op.Call ? text : brace < 0 ? text : text[..brace];
    }

    private void Step(Actor actor, Instruction i, int place)
    {
        switch (i.Op)
        {
            case Op.Run when TransitionSystem.TakesNoTime(i.Interval!):
            case Op.Wait or Op.AnyTime when TransitionSystem.TakesNoTime(i.Interval!):
                Next(actor, i, place + 1);
                break;
            case Op.Run:
                Run(actor, i);
                Done();
                break;
            case Op.Wait or Op.AnyTime:
                Wait(actor, i);
                Done();
                break;
            case Op.Await:
                Await(actor, i, place);
                Done();
                break;
            case Op.Call:
                Call(actor, i);
                Done();
                break;
            case Op.Send:
                Send(actor, i);
                AfterOthers(actor, place + 1);
                break;
            case Op.Receive:
                Receive(actor, i);
                break;
            case Op.HandlerEnd:
                HandlerEnd(actor, i);
                After(actor, i, i.Target);
                break;
            case Op.Reply:
                Reply(actor, i);
                AfterOthers(actor, place + 1);
                break;
            case Op.Spawn:
                Spawn(actor, i);
                Done();
                break;
            case Op.Start:
                StartUp(actor, i);
                Done();
                break;
            case Op.Kill:
                Kill(actor, i);
                Done();
                break;
            case Op.Bind:
                Bind(actor, i);
                Done();
                break;
            case Op.Jump:
                Next(actor, i, i.Target);
                break;
            case Op.BranchUnless:
                c.Open($"if ({Condition(i.Expression!)})");
                Next(actor, i, place + 1);
                c.Close();
                Next(actor, i, i.Target);
                break;
            case Op.Choose:
                c.Line($"int chosen = world.Choose({i.Targets.Length});");
                for (int k = 0; k < i.Targets.Length; k++)
                {
                    bool last = k == i.Targets.Length - 1;
                    if (!last) c.Open($"if (chosen == {k})");
                    Next(actor, i, i.Targets[k]);
                    if (!last) c.Close();
                }
                break;
            case Op.RepeatBegin:
                c.Line($"{Cell(actor, i.Cell)} = {i.Operand};");
                Next(actor, i, place + 1);
                break;
            case Op.RepeatNext:
                c.Open($"if (--{Cell(actor, i.Cell)} > 0)");
                Next(actor, i, i.Target);
                c.Close();
                Next(actor, i, place + 1);
                break;
            case Op.Assign:
                Assign(actor, i.Index, Int(i.Expression!));
                Next(actor, i, place + 1);
                break;
            case Op.MeasureBegin:
                BeginMeasure(actor, i);
                Next(actor, i, place + 1);
                break;
            case Op.MeasureEnd:
                EndMeasure(actor, i);
                Next(actor, i, place + 1);
                break;
            case Op.Mark:
                PassMark(i);
                Next(actor, i, place + 1);
                break;
            case Op.Lock:
                Lock(actor, i);
                Done();
                break;
            case Op.Unlock:
                c.Line($"{At(actor)}++;");
                c.Line($"Unlock({i.Index});");
                Done();
                break;
            case Op.EnterNonPreemptive:
                c.Line($"sections[{actors[actor.Index]}]++;");
                Next(actor, i, place + 1);
                break;
            case Op.LeaveNonPreemptive:
                c.Line($"{At(actor)}++;");
                LeaveSection(actor);
                Done();
                break;
            case Op.SetPriority:
                c.Line($"priority[{actors[actor.Index]}] = {i.Operand};");
                c.Line($"{At(actor)}++;");
                c.Line("Reprioritise();");
                Done();
                break;
            case Op.Assert:
                c.Line($"if (!{Condition(i.Expression!)}) {Violate(ViolationKind.Assertion, $"{actor.Name}: {((BoundStatement.Assert)i.Statement!).Text}")}");
                Next(actor, i, place + 1);
                break;
            case Op.Exit:
                Exit(actor);
                Done();
                break;
            default:
                throw new System.Diagnostics.UnreachableException(i.Op.ToString());
        }
    }

    private void Done() => c.Line("return;");

    private void Next(Actor actor, Instruction i, int target)
    {
        c.Line($"{At(actor)} = {target};");
        After(actor, i, target);
    }
}
