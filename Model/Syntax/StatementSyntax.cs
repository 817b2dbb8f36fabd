using System.Collections.Immutable;
using Irekae.Model.Binding;
using Irekae.Model.Text;

namespace Irekae.Model.Syntax;

public abstract record StatementSyntax(SourceSpan Span) : SyntaxNode(Span)
{
    public sealed record Block(ImmutableArray<StatementSyntax> Statements, SourceSpan Span) : StatementSyntax(Span);

    public sealed record Run(IntervalSyntax Duration, SourceSpan Span) : StatementSyntax(Span);

    public sealed record Wait(IntervalSyntax Duration, SourceSpan Span) : StatementSyntax(Span);

    public sealed record AfterAnyTime(SourceSpan Span) : StatementSyntax(Span);

    public sealed record Await(ExpressionSyntax Condition, SourceSpan Span) : StatementSyntax(Span);

    /// <param name="Result">Where the answer goes, or null.</param>
    /// <param name="Refused">The <c>else</c> block, or null.</param>
    public sealed record Call(ReferenceSyntax? Result, MessageSyntax Message, Block? Refused, SourceSpan Span) : StatementSyntax(Span);

    public sealed record Send(MessageSyntax Message, SourceSpan Span) : StatementSyntax(Span);

    public sealed record Notify(MessageSyntax Message, SourceSpan Span) : StatementSyntax(Span);

    public sealed record Reply(ExpressionSyntax? Value, SourceSpan Span) : StatementSyntax(Span);

    public sealed record Receive(ImmutableArray<HandlerSyntax> Handlers, SourceSpan Span) : StatementSyntax(Span);

    public sealed record Spawn(ReferenceSyntax Target, SourceSpan Span) : StatementSyntax(Span);

    public sealed record Start(ReferenceSyntax Target, SourceSpan Span) : StatementSyntax(Span);

    public sealed record Kill(ReferenceSyntax Target, SourceSpan Span) : StatementSyntax(Span);

    /// <param name="Target">Null: <c>nobody</c>.</param>
    /// <param name="Inbox">Null: not written.</param>
    public sealed record Bind(NameSyntax Endpoint, ReferenceSyntax? Target, InboxRule? Inbox, SourceSpan Span) : StatementSyntax(Span);

    /// <summary>One or more alternatives.</summary>
    public sealed record Choose(ImmutableArray<Block> Alternatives, SourceSpan Span) : StatementSyntax(Span);

    /// <param name="Else">Null, a <see cref="Block"/> or an <see cref="If"/>.</param>
    public sealed record If(ExpressionSyntax Condition, Block Then, StatementSyntax? Else, SourceSpan Span) : StatementSyntax(Span);

    public sealed record Repeat(ExpressionSyntax Count, Block Body, SourceSpan Span) : StatementSyntax(Span);

    public sealed record Loop(Block Body, SourceSpan Span) : StatementSyntax(Span);

    public sealed record Assign(ReferenceSyntax Target, ExpressionSyntax Value, SourceSpan Span) : StatementSyntax(Span);

    public sealed record Measure(NameSyntax Name, Block Body, SourceSpan Span) : StatementSyntax(Span);

    public sealed record Mark(NameSyntax Name, SourceSpan Span) : StatementSyntax(Span);

    public sealed record Lock(NameSyntax Mutex, Block Body, SourceSpan Span) : StatementSyntax(Span);

    public sealed record NonPreemptive(Block Body, SourceSpan Span) : StatementSyntax(Span);

    public sealed record Priority(ExpressionSyntax Value, SourceSpan Span) : StatementSyntax(Span);

    /// <param name="Text">Empty when not written.</param>
    public sealed record Assert(ExpressionSyntax Condition, string Text, SourceSpan Span) : StatementSyntax(Span);

    public sealed record Exit(SourceSpan Span) : StatementSyntax(Span);
}

/// <summary><c>ds.store(kept)</c>: the last name of <c>Target</c> is the message, those before it say where it goes.</summary>
public sealed record MessageSyntax(ReferenceSyntax Target, ImmutableArray<ExpressionSyntax> Arguments, SourceSpan Span) : SyntaxNode(Span);
