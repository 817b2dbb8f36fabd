using System.Collections.Immutable;
using Irekae.Model.Binding;
using Irekae.Model.Text;

namespace Irekae.Model.Syntax;

/// <summary>What stands between the name of a process, server or device and its body. Repetitions are kept as written.</summary>
public abstract record AttributeSyntax(SourceSpan Span) : SyntaxNode(Span)
{
    public sealed record Priority(ExpressionSyntax Value, SourceSpan Span) : AttributeSyntax(Span);

    public sealed record Core(ExpressionSyntax Number, SourceSpan Span) : AttributeSyntax(Span);

    public sealed record NonPreemptive(SourceSpan Span) : AttributeSyntax(Span);

    /// <param name="Length">Null: <c>none</c>.</param>
    public sealed record Quantum(IntervalSyntax? Length, SourceSpan Span) : AttributeSyntax(Span);

    public sealed record Periodic(IntervalSyntax Separation, SourceSpan Span) : AttributeSyntax(Span);

    public sealed record Sporadic(IntervalSyntax Separation, SourceSpan Span) : AttributeSyntax(Span);

    public sealed record Offset(IntervalSyntax Value, SourceSpan Span) : AttributeSyntax(Span);

    public sealed record Jitter(IntervalSyntax Value, SourceSpan Span) : AttributeSyntax(Span);

    public sealed record Deadline(ExpressionSyntax Value, SourceSpan Span) : AttributeSyntax(Span);

    public sealed record Backlog(ExpressionSyntax Count, SourceSpan Span) : AttributeSyntax(Span);

    public sealed record Inbox(ExpressionSyntax Depth, WhenFull WhenFull, SourceSpan Span) : AttributeSyntax(Span);

    public sealed record Instances(ImmutableArray<InstanceSyntax> Names, SourceSpan Span) : AttributeSyntax(Span);
}

public sealed record InstanceSyntax(NameSyntax Name, bool Absent, SourceSpan Span) : SyntaxNode(Span);

/// <param name="Initial">Null: not written.</param>
public sealed record VariableSyntax(NameSyntax Name, TypeSyntax Type, ExpressionSyntax? Initial, SourceSpan Span) : SyntaxNode(Span);

public abstract record TypeSyntax(SourceSpan Span) : SyntaxNode(Span)
{
    public sealed record Bool(SourceSpan Span) : TypeSyntax(Span);

    public sealed record Named(NameSyntax Name, SourceSpan Span) : TypeSyntax(Span);

    public sealed record Range(ExpressionSyntax Low, ExpressionSyntax High, SourceSpan Span) : TypeSyntax(Span);

    /// <summary>Already reported.</summary>
    public sealed record Missing(SourceSpan Span) : TypeSyntax(Span);
}

/// <param name="Instance">Null: every instance.</param>
public sealed record InitSyntax(NameSyntax? Instance, StatementSyntax.Block Body, SourceSpan Span) : SyntaxNode(Span);

public sealed record HandlerSyntax(
    NameSyntax Message,
    ImmutableArray<HandlerParameterSyntax> Parameters,
    bool Urgent,
    StatementSyntax.Block Body,
    SourceSpan Span) : SyntaxNode(Span);

public sealed record HandlerParameterSyntax(NameSyntax Name, TypeSyntax Type, SourceSpan Span) : SyntaxNode(Span);
