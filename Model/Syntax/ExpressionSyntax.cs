using Irekae.Model.Numbers;
using Irekae.Model.Text;

namespace Irekae.Model.Syntax;

/// <summary>
/// Times, integers and truth values share one grammar; which of them an expression is, and whether its units agree, is for the binder to say.
/// A tree has at most <see cref="Limits.Operators"/> operators and is at most <see cref="Limits.Depth"/> parentheses deep, so recursion over it is safe.
/// Parentheses leave no node; the span of what they enclose includes them.
/// </summary>
public abstract record ExpressionSyntax(SourceSpan Span) : SyntaxNode(Span)
{
    public sealed record Integer(int Value, SourceSpan Span) : ExpressionSyntax(Span);

    /// <summary><c>1.350 ms</c>, exact.</summary>
    public sealed record Time(Rational Nanoseconds, SourceSpan Span) : ExpressionSyntax(Span);

    public sealed record Boolean(bool Value, SourceSpan Span) : ExpressionSyntax(Span);

    /// <summary>A duration, parameter, const, variable, token value or actor.</summary>
    public sealed record Name(ReferenceSyntax Reference, SourceSpan Span) : ExpressionSyntax(Span);

    public sealed record Prefix(PrefixOperator Operator, ExpressionSyntax Operand, SourceSpan Span) : ExpressionSyntax(Span);

    public sealed record Infix(InfixOperator Operator, ExpressionSyntax Left, ExpressionSyntax Right, SourceSpan Span) : ExpressionSyntax(Span);

    /// <summary><c>alive(driver.old)</c>, <c>bound(nic_driver).kept</c>.</summary>
    /// <param name="Member">Only with <see cref="QueryKind.Bound"/>; else null.</param>
    public sealed record Query(QueryKind Kind, ReferenceSyntax Argument, NameSyntax? Member, SourceSpan Span) : ExpressionSyntax(Span);

    /// <summary>Already reported.</summary>
    public sealed record Missing(SourceSpan Span) : ExpressionSyntax(Span);
}

public enum PrefixOperator { Not, Negate }

public enum InfixOperator { Or, And, Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual, Add, Subtract, Multiply, Divide }

/// <summary>What may be asked of the running system: the words <c>alive</c>, <c>count</c>, … before a parenthesis.</summary>
public enum QueryKind { Alive, Count, Waiting, Running, Blocked, Bound, Holder }
