using System.Collections.Immutable;
using Irekae.Model.Text;

namespace Irekae.Model.Binding;

/// <summary>What an actor does. Every statement takes no time unless it says so.</summary>
public abstract record BoundStatement(SourceSpan Span)
{
    public sealed record Block(ImmutableArray<BoundStatement> Statements, SourceSpan Span) : BoundStatement(Span);

    /// <summary>Processor work; devices have none.</summary>
    public sealed record Run(Interval Duration, SourceSpan Span) : BoundStatement(Span);

    /// <summary>Elapsed time, no core needed.</summary>
    public sealed record Wait(Interval Duration, SourceSpan Span) : BoundStatement(Span);

    /// <summary>Waits for an arbitrary instant, now included.</summary>
    public sealed record AfterAnyTime(SourceSpan Span) : BoundStatement(Span);

    /// <summary>Blocks until the condition holds.</summary>
    public sealed record Await(BoundExpression Condition, SourceSpan Span) : BoundStatement(Span);

    /// <summary>Sends and blocks until the reply, whose value goes to <c>Result</c> (a variable's index, or -1).</summary>
    /// <param name="Refused">What to do when refused; null: a refusal is an error.</param>
    public sealed record Call(Endpoint Endpoint, Message Message, ImmutableArray<BoundExpression> Arguments, int Result, BoundStatement? Refused, SourceSpan Span) : BoundStatement(Span);

    /// <summary>Asynchronous. <c>Notify</c>: no arguments, taken before other messages, merged with an equal one that still waits.</summary>
    public sealed record Send(Endpoint Endpoint, Message Message, ImmutableArray<BoundExpression> Arguments, bool Notify, SourceSpan Span) : BoundStatement(Span);

    /// <summary>Takes the next message that one of the handlers accepts (urgent handlers first, else first in, first out) and runs the handler.</summary>
    public sealed record Receive(ImmutableArray<Handler> Handlers, SourceSpan Span) : BoundStatement(Span);

    /// <summary>Answers the caller of the innermost handler; with none to answer (a sent message) it does nothing.</summary>
    public sealed record Reply(BoundExpression? Value, SourceSpan Span) : BoundStatement(Span);

    /// <summary>Creates an absent (or dead) actor: it exists, can get messages, and does not run before <c>start</c>.</summary>
    public sealed record Spawn(Actor Target, SourceSpan Span) : BoundStatement(Span);

    /// <summary>Lets a spawned actor run, from the beginning of its body.</summary>
    public sealed record Start(Actor Target, SourceSpan Span) : BoundStatement(Span);

    /// <summary>Ends an actor at once; who waits for an answer from it is refused.</summary>
    public sealed record Kill(Actor Target, SourceSpan Span) : BoundStatement(Span);

    /// <summary>Moves the endpoint to <c>Target</c> (null: to nobody).</summary>
    public sealed record Bind(Endpoint Endpoint, Actor? Target, InboxRule Rule, SourceSpan Span) : BoundStatement(Span);

    public sealed record Choose(ImmutableArray<BoundStatement> Alternatives, SourceSpan Span) : BoundStatement(Span);

    public sealed record If(BoundExpression Condition, BoundStatement Then, BoundStatement? Else, SourceSpan Span) : BoundStatement(Span);

    public sealed record Repeat(int Count, BoundStatement Body, SourceSpan Span) : BoundStatement(Span);

    public sealed record Loop(BoundStatement Body, SourceSpan Span) : BoundStatement(Span);

    public sealed record Assign(Variable Target, BoundExpression Value, SourceSpan Span) : BoundStatement(Span);

    public sealed record MeasureBlock(Measure Measure, BoundStatement Body, SourceSpan Span) : BoundStatement(Span);

    public sealed record PassMark(Mark Mark, SourceSpan Span) : BoundStatement(Span);

    public sealed record Lock(Mutex Mutex, BoundStatement Body, SourceSpan Span) : BoundStatement(Span);

    public sealed record NonPreemptive(BoundStatement Body, SourceSpan Span) : BoundStatement(Span);

    /// <summary>Own priority from now on.</summary>
    public sealed record SetPriority(int Priority, SourceSpan Span) : BoundStatement(Span);

    /// <summary>The condition must hold here.</summary>
    public sealed record Assert(BoundExpression Condition, string Text, SourceSpan Span) : BoundStatement(Span);

    /// <summary>The actor ends (a job: this job ends).</summary>
    public sealed record Exit(SourceSpan Span) : BoundStatement(Span);
}

/// <summary>What becomes of the messages for an endpoint that still wait at its old process when it is bound to another.</summary>
public enum InboxRule { Move, Drop, Refuse }

/// <param name="Parameters">Variables of the actor that take the arguments.</param>
/// <param name="Urgent">Taken before ordinary messages that wait here.</param>
public sealed record Handler(Message Message, ImmutableArray<Variable> Parameters, bool Urgent, BoundStatement Body, SourceSpan Span);
