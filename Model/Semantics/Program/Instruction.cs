using System.Collections.Immutable;
using Irekae.Model.Binding;

namespace Irekae.Model.Semantics.Program;

internal enum Op
{
    Run, Wait, AnyTime, Await, Call, Send, Receive, HandlerEnd, Reply, Spawn, Start, Kill, Bind,
    Jump, BranchUnless, Choose, RepeatBegin, RepeatNext, Assign, MeasureBegin, MeasureEnd, Mark,
    Lock, Unlock, EnterNonPreemptive, LeaveNonPreemptive, SetPriority, Assert, Exit,
}

/// <summary>One step of an actor's body. A statement with a body becomes several, with jumps between them.</summary>
internal sealed class Instruction(Op op, BoundStatement? statement)
{
    public Op Op { get; } = op;

    /// <summary>What it was made from, for coverage and messages.</summary>
    public BoundStatement? Statement { get; } = statement;

    /// <summary>Where to go: jumps, the refused branch of a call (−1: none), the body of a repeat.</summary>
    public int Target { get; set; } = -1;

    /// <summary>Mutex, measure, mark, endpoint, repeat or cell, as the operation needs.</summary>
    public int Index { get; init; } = -1;

    /// <summary>The cell of the innermost handler's caller, or of a repeat's counter.</summary>
    public int Cell { get; init; } = -1;

    /// <summary>Message kind, result variable, actor, priority or count.</summary>
    public int Operand { get; init; } = -1;

    public int Result { get; init; } = -1;

    public bool Flag { get; init; }

    public InboxRule Rule { get; init; }

    public TickInterval? Interval { get; init; }

    public BoundExpression? Expression { get; init; }

    public ImmutableArray<BoundExpression> Arguments { get; init; } = [];

    public ImmutableArray<int> Targets { get; set; } = [];

    public ImmutableArray<HandlerEntry> Handlers { get; set; } = [];

    /// <summary>
    /// Belongs to the end of the work before it rather than to what comes next: what used up its work does these before anybody preempts it;
    /// where simultaneous events come in any order, it may.
    /// </summary>
    public bool EndsWork => Op is Op.HandlerEnd or Op.Reply or Op.Jump or Op.RepeatNext or Op.MeasureEnd or Op.Mark or Op.Unlock or Op.LeaveNonPreemptive
        or Op.Assert or Op.Exit;

    /// <summary>
    /// Moves nothing but where the actor itself stands, and that the same way whenever it is done, or begins work: no order with steps of others can be told
    /// (<see cref="TransitionSystem"/>). Of everything else the order with the steps of others is a choice: even what touches nobody else may come before or
    /// after its actor is preempted or killed by such a step.
    /// </summary>
    public bool Silent => Op is Op.Jump or Op.RepeatBegin or Op.RepeatNext or Op.Run;
}

/// <summary>Where a handler begins and where its arguments go.</summary>
internal sealed record HandlerEntry(int Message, bool Urgent, int Entry, ImmutableArray<int> Parameters);
