using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using Irekae.Model.Numbers;

namespace Irekae.Model.Syntax;

public sealed partial class SyntaxPrinter
{
    private const int PrefixPrecedence = 6;

    /// <summary>An expression as it stands in its place in a statement.</summary>
    public static string Text(ExpressionSyntax expression) => Infix(expression, 0);

    /// <summary>A time or an integer: what is weaker than a sum stands in parentheses.</summary>
    private static string Sum(ExpressionSyntax expression) => Infix(expression, Parser.SumPrecedence);

    private static string Text(IntervalSyntax interval) => interval switch
    {
        { Forever: true } => $"{Sum(interval.Low)} .. forever",
        { High: { } high } => $"{Sum(interval.Low)} .. {Sum(high)}",
        _ => Sum(interval.Low),
    };

    private static string TextOrNone(IntervalSyntax? interval) => interval is null ? "none" : Text(interval);

    /// <param name="weakest">Operators that bind less strongly need parentheses here.</param>
    private static string Infix(ExpressionSyntax expression, int weakest)
    {
        switch (expression)
        {
            case ExpressionSyntax.Integer integer:
                return Number(integer.Value);
            case ExpressionSyntax.Time time:
                return Time(time.Nanoseconds);
            case ExpressionSyntax.Boolean boolean:
                return boolean.Value ? "true" : "false";
            case ExpressionSyntax.Name name:
                return name.Reference.Text;
            case ExpressionSyntax.Query query:
                string member = query.Member is { } read ? $".{read.Text}" : "";
                return $"{query.Kind.ToString().ToLowerInvariant()}({query.Argument.Text}){member}";
            case ExpressionSyntax.Prefix prefix:
                return $"{(prefix.Operator == PrefixOperator.Not ? "!" : "-")}{Infix(prefix.Operand, PrefixPrecedence)}";
            case ExpressionSyntax.Infix infix:
                int precedence = Parser.Precedence(infix.Operator);
                int left = precedence == Parser.ComparisonPrecedence ? precedence + 1 : precedence;
                string text = $"{Infix(infix.Left, left)} {Sign(infix.Operator)} {Infix(infix.Right, precedence + 1)}";
                return precedence < weakest ? $"({text})" : text;
            case ExpressionSyntax.Missing:
                return "";
            default:
                throw new UnreachableException($"an expression without a printed form: {expression.GetType()}");
        }
    }

    private static string Sign(InfixOperator infix) => infix switch
    {
        InfixOperator.Or => "||",
        InfixOperator.And => "&&",
        InfixOperator.Equal => "==",
        InfixOperator.NotEqual => "!=",
        InfixOperator.Less => "<",
        InfixOperator.LessOrEqual => "<=",
        InfixOperator.Greater => ">",
        InfixOperator.GreaterOrEqual => ">=",
        InfixOperator.Add => "+",
        InfixOperator.Subtract => "-",
        InfixOperator.Multiply => "*",
        InfixOperator.Divide => "/",
    };

    /// <summary>
    /// In the largest unit in which the time is whole, or else the largest in which it fits a literal; one of them does for every time that was one.
    /// </summary>
    internal static string Time(Rational nanoseconds)
    {
        string[] units = ["s", "ms", "us", "ns"];
        string? fitting = null;
        foreach (string unit in units)
        {
            var (whole, fraction) = Decimal(nanoseconds, Lexer.Nanoseconds(unit)!.Value);
            if (whole.Length > Limits.Digits || fraction.Length > Limits.Digits) continue;
            if (fraction.Length == 0) return $"{whole} {unit}";
            fitting ??= $"{whole}.{fraction} {unit}";
        }

        return fitting ?? throw new UnreachableException("a time that no literal can be");
    }

    /// <summary>The digits of a nonnegative number of nanoseconds in a unit; more than the limit after the point when there is no end of them.</summary>
    private static (string Whole, string Fraction) Decimal(Rational nanoseconds, long unit)
    {
        var denominator = nanoseconds.Denominator * unit;
        var whole = BigInteger.DivRem(nanoseconds.Numerator, denominator, out var rest);
        string fraction = "";
        while (!rest.IsZero && fraction.Length <= Limits.Digits)
        {
            fraction += BigInteger.DivRem(rest * 10, denominator, out rest).ToString(CultureInfo.InvariantCulture);
        }

        return (whole.ToString(CultureInfo.InvariantCulture), fraction);
    }
}
