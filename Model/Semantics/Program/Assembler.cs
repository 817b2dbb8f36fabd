using System.Collections.Immutable;
using Irekae.Model.Binding;

namespace Irekae.Model.Semantics.Program;

/// <summary>Turns the body of one actor into instructions. Local cells (callers, counters) are numbered from 0.</summary>
internal sealed class Assembler
{
    private readonly List<Instruction> code = [];
    private readonly Actor actor;
    private readonly Func<Interval, TickInterval> scale;
    private readonly List<RepeatInfo> repeats;
    private readonly bool repeatable;
    private int callerCell = -1;
    private int measureDepth;

    private Assembler(Actor actor, Func<Interval, TickInterval> scale, List<RepeatInfo> repeats)
    {
        this.actor = actor;
        this.scale = scale;
        this.repeats = repeats;
        // Only the plain body of a process is not itself part of someone's call or job.
        repeatable = actor.Kind == ActorKind.Process && actor.Activation is null;
    }

    public int LocalCells { get; private set; }

    /// <summary>First cell of callers is the cell number; callers and counters share the numbering.</summary>
    public static (Instruction[] Code, int LocalCells, int[] CallerCells) Assemble(Actor actor, Func<Interval, TickInterval> scale, List<RepeatInfo> repeats)
    {
        var assembler = new Assembler(actor, scale, repeats);
        assembler.Statement(actor.Body);
        assembler.Emit(new Instruction(Op.Exit, null));
        return (assembler.code.ToArray(), assembler.LocalCells, assembler.callers.ToArray());
    }

    private readonly List<int> callers = [];

    private int Emit(Instruction instruction)
    {
        code.Add(instruction);
        return code.Count - 1;
    }

    private void Statement(BoundStatement statement)
    {
        switch (statement)
        {
            case BoundStatement.Block s:
                foreach (var inner in s.Statements) Statement(inner);
                break;
            case BoundStatement.Run s:
                Emit(new Instruction(Op.Run, s) { Interval = scale(s.Duration) });
                break;
            case BoundStatement.Wait s:
                Emit(new Instruction(Op.Wait, s) { Interval = scale(s.Duration) });
                break;
            case BoundStatement.AfterAnyTime s:
                Emit(new Instruction(Op.AnyTime, s) { Interval = new TickInterval(new TickBound(0, [], 1), null) });
                break;
            case BoundStatement.Await s:
                Emit(new Instruction(Op.Await, s) { Expression = s.Condition });
                break;
            case BoundStatement.Call s:
                Call(s);
                break;
            case BoundStatement.Send s:
                Emit(new Instruction(Op.Send, s) { Index = s.Endpoint.Index, Operand = s.Message.Index, Arguments = s.Arguments, Flag = s.Notify });
                break;
            case BoundStatement.Receive s:
                Receive(s);
                break;
            case BoundStatement.Reply s:
                Emit(new Instruction(Op.Reply, s) { Cell = callerCell, Expression = s.Value });
                break;
            case BoundStatement.Spawn s:
                Emit(new Instruction(Op.Spawn, s) { Operand = s.Target.Index });
                break;
            case BoundStatement.Start s:
                Emit(new Instruction(Op.Start, s) { Operand = s.Target.Index });
                break;
            case BoundStatement.Kill s:
                Emit(new Instruction(Op.Kill, s) { Operand = s.Target.Index });
                break;
            case BoundStatement.Bind s:
                Emit(new Instruction(Op.Bind, s) { Index = s.Endpoint.Index, Operand = s.Target?.Index ?? -1, Rule = s.Rule });
                break;
            case BoundStatement.Choose s:
                Choose(s);
                break;
            case BoundStatement.If s:
                If(s);
                break;
            case BoundStatement.Repeat s:
                Repeat(s);
                break;
            case BoundStatement.Loop s:
                int top = code.Count;
                Statement(s.Body);
                Emit(new Instruction(Op.Jump, null) { Target = top });
                break;
            case BoundStatement.Assign s:
                Emit(new Instruction(Op.Assign, s) { Index = s.Target.Index, Expression = s.Value });
                break;
            case BoundStatement.MeasureBlock s:
                Emit(new Instruction(Op.MeasureBegin, s) { Index = s.Measure.Index });
                measureDepth++;
                Statement(s.Body);
                measureDepth--;
                Emit(new Instruction(Op.MeasureEnd, null) { Index = s.Measure.Index });
                break;
            case BoundStatement.PassMark s:
                Emit(new Instruction(Op.Mark, s) { Index = s.Mark.Index });
                break;
            case BoundStatement.Lock s:
                Emit(new Instruction(Op.Lock, s) { Index = s.Mutex.Index });
                Statement(s.Body);
                Emit(new Instruction(Op.Unlock, null) { Index = s.Mutex.Index });
                break;
            case BoundStatement.NonPreemptive s:
                Emit(new Instruction(Op.EnterNonPreemptive, s));
                Statement(s.Body);
                Emit(new Instruction(Op.LeaveNonPreemptive, null));
                break;
            case BoundStatement.SetPriority s:
                Emit(new Instruction(Op.SetPriority, s) { Operand = s.Priority });
                break;
            case BoundStatement.Assert s:
                Emit(new Instruction(Op.Assert, s) { Expression = s.Condition });
                break;
            case BoundStatement.Exit s:
                Emit(new Instruction(Op.Exit, s));
                break;
            default:
                throw new System.Diagnostics.UnreachableException(statement.GetType().Name);
        }
    }

    private void Call(BoundStatement.Call s)
    {
        var call = new Instruction(Op.Call, s) { Index = s.Endpoint.Index, Operand = s.Message.Index, Arguments = s.Arguments, Result = s.Result };
        Emit(call);
        if (s.Refused is null) return;
        var over = new Instruction(Op.Jump, null);
        Emit(over);
        call.Target = code.Count;
        Statement(s.Refused);
        over.Target = code.Count;
    }

    private void Receive(BoundStatement.Receive s)
    {
        int outer = callerCell;
        callerCell = LocalCells++;
        callers.Add(callerCell);
        var receive = new Instruction(Op.Receive, s) { Cell = callerCell };
        Emit(receive);
        var entries = ImmutableArray.CreateBuilder<HandlerEntry>();
        var ends = new List<Instruction>();
        foreach (var handler in s.Handlers)
        {
            entries.Add(new HandlerEntry(handler.Message.Index, handler.Urgent, code.Count, [.. handler.Parameters.Select(p => p.Index)]));
            Statement(handler.Body);
            var end = new Instruction(Op.HandlerEnd, null) { Cell = callerCell, Targets = [.. handler.Parameters.Select(p => p.Index)] };
            Emit(end);
            ends.Add(end);
        }

        foreach (var end in ends) end.Target = code.Count;
        receive.Handlers = entries.ToImmutable();
        callerCell = outer;
    }

    private void Choose(BoundStatement.Choose s)
    {
        var choose = new Instruction(Op.Choose, s);
        Emit(choose);
        var targets = ImmutableArray.CreateBuilder<int>();
        var ends = new List<Instruction>();
        foreach (var alternative in s.Alternatives)
        {
            targets.Add(code.Count);
            Statement(alternative);
            var end = new Instruction(Op.Jump, null);
            Emit(end);
            ends.Add(end);
        }

        choose.Targets = targets.ToImmutable();
        foreach (var end in ends) end.Target = code.Count;
    }

    private void If(BoundStatement.If s)
    {
        var branch = new Instruction(Op.BranchUnless, s) { Expression = s.Condition };
        Emit(branch);
        Statement(s.Then);
        if (s.Else is null)
        {
            branch.Target = code.Count;
            return;
        }

        var over = new Instruction(Op.Jump, null);
        Emit(over);
        branch.Target = code.Count;
        Statement(s.Else);
        over.Target = code.Count;
    }

    /// <summary>As <see cref="Flow.CanEndAtOnce"/>, but a call that may be refused may take no time.</summary>
    private static bool CanPassAtOnce(BoundStatement body) =>
        Flow.CanEndAtOnce(body) || (body.WithDescendants().Any(s => s is BoundStatement.Call { Refused: not null }) && !body.WithDescendants().Any(IsCertainTime));

    private static bool IsCertainTime(BoundStatement statement) => statement is BoundStatement.Run or BoundStatement.Wait && !Flow.CanEndAtOnce(statement);

    private void Repeat(BoundStatement.Repeat s)
    {
        int index = repeats.Count;
        repeats.Add(new RepeatInfo(index, actor.Index, s.Count, !repeatable || measureDepth > 0, CanPassAtOnce(s.Body), s.Span));
        if (s.Count == 0) return;
        int cell = LocalCells++;
        Emit(new Instruction(Op.RepeatBegin, s) { Cell = cell, Operand = s.Count, Index = index });
        int body = code.Count;
        Statement(s.Body);
        Emit(new Instruction(Op.RepeatNext, null) { Cell = cell, Index = index, Target = body });
    }
}
