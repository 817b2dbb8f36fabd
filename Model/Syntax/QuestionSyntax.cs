using Irekae.Model.Text;

namespace Irekae.Model.Syntax;

/// <summary>What a property asks.</summary>
public abstract record QuestionSyntax(SourceSpan Span) : SyntaxNode(Span)
{
    /// <param name="Bound">What follows <c>&lt;=</c>, or null.</param>
    public sealed record Max(QuantitySyntax Quantity, ExpressionSyntax? Bound, SourceSpan Span) : QuestionSyntax(Span);

    /// <param name="Bound">What follows <c>&gt;=</c>, or null.</param>
    public sealed record Min(QuantitySyntax Quantity, ExpressionSyntax? Bound, SourceSpan Span) : QuestionSyntax(Span);

    public sealed record Always(ExpressionSyntax Condition, SourceSpan Span) : QuestionSyntax(Span);

    public sealed record Never(ExpressionSyntax Condition, SourceSpan Span) : QuestionSyntax(Span);

    public sealed record Reachable(ExpressionSyntax Condition, SourceSpan Span) : QuestionSyntax(Span);

    public sealed record After(NameSyntax Measure, ExpressionSyntax Condition, SourceSpan Span) : QuestionSyntax(Span);

    public sealed record Answered(ReferenceSyntax Request, ExpressionSyntax Within, SourceSpan Span) : QuestionSyntax(Span);

    /// <summary>The question of another property.</summary>
    public sealed record Same(NameSyntax Property, SourceSpan Span) : QuestionSyntax(Span);

    /// <summary>Already reported.</summary>
    public sealed record Missing(SourceSpan Span) : QuestionSyntax(Span);
}

public abstract record QuantitySyntax(SourceSpan Span) : SyntaxNode(Span)
{
    public sealed record OfMeasure(NameSyntax Name, SourceSpan Span) : QuantitySyntax(Span);

    public sealed record Gap(ReferenceSyntax Mark, SourceSpan Span) : QuantitySyntax(Span);

    public sealed record Response(ReferenceSyntax Actor, SourceSpan Span) : QuantitySyntax(Span);
}
