using System.Collections.Immutable;
using Irekae.Model.Diagnostics;
using Irekae.Model.Numbers;

namespace Irekae.Model.Syntax;

public sealed partial class Parser
{
    /// <summary>Infix operators of the expression that is being read.</summary>
    private int operators;

    /// <summary>How strongly an infix operator binds; all bind to the left, and comparisons not to each other.</summary>
    internal static int Precedence(InfixOperator infix) => infix switch
    {
        InfixOperator.Or => 1,
        InfixOperator.And => 2,
        InfixOperator.Equal or InfixOperator.NotEqual or InfixOperator.Less or InfixOperator.LessOrEqual or InfixOperator.Greater
            or InfixOperator.GreaterOrEqual => ComparisonPrecedence,
        InfixOperator.Add or InfixOperator.Subtract => SumPrecedence,
        InfixOperator.Multiply or InfixOperator.Divide => 5,
    };

    internal const int ComparisonPrecedence = 3;

    internal const int SumPrecedence = 4;

    private static InfixOperator? InfixOf(TokenKind kind) => kind switch
    {
        TokenKind.Or => InfixOperator.Or,
        TokenKind.And => InfixOperator.And,
        TokenKind.Equal or TokenKind.Assign => InfixOperator.Equal,
        TokenKind.NotEqual => InfixOperator.NotEqual,
        TokenKind.Less => InfixOperator.Less,
        TokenKind.LessOrEqual => InfixOperator.LessOrEqual,
        TokenKind.Greater => InfixOperator.Greater,
        TokenKind.GreaterOrEqual => InfixOperator.GreaterOrEqual,
        TokenKind.Plus => InfixOperator.Add,
        TokenKind.Minus => InfixOperator.Subtract,
        TokenKind.Star => InfixOperator.Multiply,
        TokenKind.Slash => InfixOperator.Divide,
        _ => null,
    };

    private ExpressionSyntax ParseExpression(string where)
    {
        operators = 0;
        return ParseInfix(0, where);
    }

    /// <summary>A time, an integer or a bound of a type: no comparisons and nothing weaker.</summary>
    private ExpressionSyntax ParseSum(string where)
    {
        operators = 0;
        return ParseInfix(SumPrecedence, where);
    }

    private IntervalSyntax ParseInterval(string where)
    {
        int first = position;
        var low = ParseSum(where);
        if (!Take(TokenKind.DotDot)) return new IntervalSyntax(low, null, false, SpanFrom(first));
        if (TakeWord("forever")) return new IntervalSyntax(low, null, true, SpanFrom(first));
        var high = ParseSum("after '..'");
        return new IntervalSyntax(low, high, false, SpanFrom(first));
    }

    /// <summary>An interval, or null for <c>none</c>.</summary>
    private IntervalSyntax? ParseIntervalOrNone(string where) => TakeWord("none") ? null : ParseInterval(where);

    private ExpressionSyntax ParseInfix(int weakest, string where)
    {
        int first = position;
        var left = ParsePrefix(where);
        bool isComparison = false;
        while (InfixOf(Current.Kind) is { } infix && Precedence(infix) >= weakest)
        {
            if (++operators > Limits.Operators)
            {
                if (MayReport()) diagnostics.ReportExpressionTooLong(SpanOf(Current));
                while (Current.Kind is not (TokenKind.End or TokenKind.Semicolon or TokenKind.OpenBrace or TokenKind.CloseBrace)) Next();
                Silence();
                break;
            }

            int precedence = Precedence(infix);
            if (At(TokenKind.Assign))
            {
                if (MayReport()) diagnostics.ReportAssignmentInExpression(SpanOf(Current));
            }
            else if (precedence == ComparisonPrecedence && isComparison && MayReport()) diagnostics.ReportComparisonChain(SpanOf(Current));

            isComparison = precedence == ComparisonPrecedence;
            var sign = Next();
            var right = ParseInfix(precedence + 1, $"after '{TextOf(sign)}'");
            left = new ExpressionSyntax.Infix(infix, left, right, SpanFrom(first));
        }

        return left;
    }

    private ExpressionSyntax ParsePrefix(string where)
    {
        if (!At(TokenKind.Not) && !At(TokenKind.Minus)) return ParsePrimary(where);
        int first = position;
        if (!Enter())
        {
            while (At(TokenKind.Not) || At(TokenKind.Minus)) Next();
            Silence();
            return ParsePrimary(where);
        }

        var sign = Next();
        prefixes.Add(sign.Start);
        var operand = ParsePrefix($"after '{TextOf(sign)}'");
        Leave();
        return new ExpressionSyntax.Prefix(sign.Kind == TokenKind.Not ? PrefixOperator.Not : PrefixOperator.Negate, operand, SpanFrom(first));
    }

    private ExpressionSyntax ParsePrimary(string where)
    {
        int first = position;
        switch (Current.Kind)
        {
            case TokenKind.Integer:
                return new ExpressionSyntax.Integer((int)Next().Value!, SpanFrom(first));
            case TokenKind.Time:
                return new ExpressionSyntax.Time((Rational)Next().Value!, SpanFrom(first));
            case TokenKind.BadNumber:
                Next();
                return new ExpressionSyntax.Missing(SpanFrom(first));
            case TokenKind.OpenParenthesis:
                return ParseParentheses();
            case TokenKind.Name when AtWord("true") || AtWord("false"):
                bool value = AtWord("true");
                Next();
                return new ExpressionSyntax.Boolean(value, SpanFrom(first));
            case TokenKind.Name when AtWord("nobody"):
                if (MayReport()) diagnostics.ReportReservedWord(SpanOf(Current), "in an expression");
                Next();
                return new ExpressionSyntax.Missing(SpanFrom(first));
            case TokenKind.Name when !AtAny(Words.Reserved) && !AtNewConstruct:
                return ParseNameOrQuery(where);
            default:
                ReportExpected("an expression", where);
                return new ExpressionSyntax.Missing(Gap);
        }
    }

    private ExpressionSyntax ParseParentheses()
    {
        int first = position;
        if (!Enter())
        {
            SkipBalanced();
            Silence();
            return new ExpressionSyntax.Missing(SpanFrom(first));
        }

        Next();
        var inner = ParseInfix(0, "after '('");
        Leave();
        Expect(TokenKind.CloseParenthesis, "')'", "after the expression in parentheses");
        return inner with { Span = SpanFrom(first) };
    }

    private ExpressionSyntax ParseNameOrQuery(string where)
    {
        int first = position;
        var reference = ParseReference(where);
        if (!At(TokenKind.OpenParenthesis)) return new ExpressionSyntax.Name(reference, reference.Span);
        if (QueryOf(reference.Text) is not { } kind)
        {
            if (!reference.IsMissing && reportedAt != position)
                diagnostics.ReportUnknownQuery(reference.Span, diagnostics.IsFull ? null : Suggestion.Closest(reference.Text, Words.Queries));
            SkipBalanced();
            return new ExpressionSyntax.Missing(SpanFrom(first));
        }

        TakeCallParenthesis();
        var argument = ParseReference($"in the parentheses of {reference.Text}");
        Expect(TokenKind.CloseParenthesis, "')'", $"after what {reference.Text} is asked about");
        NameSyntax? member = kind == QueryKind.Bound && Take(TokenKind.Dot) ? ParseName("after '.'") : null;
        return new ExpressionSyntax.Query(kind, argument, member, SpanFrom(first));
    }

    private static QueryKind? QueryOf(string name) => name switch
    {
        "alive" => QueryKind.Alive,
        "count" => QueryKind.Count,
        "waiting" => QueryKind.Waiting,
        "running" => QueryKind.Running,
        "blocked" => QueryKind.Blocked,
        "bound" => QueryKind.Bound,
        "holder" => QueryKind.Holder,
        _ => null,
    };

    private TypeSyntax ParseType()
    {
        int first = position;
        bool isRange = Ahead(1).Kind is TokenKind.DotDot or TokenKind.Plus or TokenKind.Minus or TokenKind.Star or TokenKind.Slash or TokenKind.Dot;
        if (At(TokenKind.Name) && !isRange && !AtAny(Words.Reserved) && !AtNewConstruct)
        {
            if (TakeWord("bool")) return new TypeSyntax.Bool(SpanFrom(first));
            var name = ParseName("of a type");
            return new TypeSyntax.Named(name, name.Span);
        }

        if (Current.Kind is not (TokenKind.Name or TokenKind.Integer or TokenKind.BadNumber or TokenKind.Minus or TokenKind.OpenParenthesis))
        {
            ReportExpected("a type", "after ':'", "write bool, the name of a token, or a range such as 0 .. 7");
            return new TypeSyntax.Missing(Gap);
        }

        var low = ParseSum("as the least value");
        Expect(TokenKind.DotDot, "'..'", "after the least value of a range", "write a range such as 0 .. 7");
        var high = ParseSum("as the greatest value");
        return new TypeSyntax.Range(low, high, SpanFrom(first));
    }

    private ImmutableArray<T> ParseList<T>(Func<T> parse)
    {
        var elements = ImmutableArray.CreateBuilder<T>();
        do elements.Add(parse());
        while (Take(TokenKind.Comma));
        return elements.ToImmutable();
    }
}
