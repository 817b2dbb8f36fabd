using System.Collections.Immutable;
using Irekae.Model.Syntax;
using Irekae.Model.Text;

namespace Irekae.Model.Binding;

/// <summary>Where an expression or statement stands: whose it is and which handlers enclose it, the innermost last.</summary>
internal sealed record Place(ActorSymbol? Actor, ImmutableArray<HandlerSymbol> Handlers)
{
    /// <summary>In a property or declaration.</summary>
    public static readonly Place System = new(null, []);
}

/// <summary>Expressions over finite data: types, ranges, folding.</summary>
internal sealed partial class Binder
{
    private Typed BindExpression(ExpressionSyntax syntax, Place place)
    {
        switch (syntax)
        {
            case ExpressionSyntax.Integer integer:
                return Number(integer.Value);
            case ExpressionSyntax.Boolean boolean:
                return Typed.Bool(new BoundExpression.Literal(boolean.Value ? 1 : 0));
            case ExpressionSyntax.Time time:
                diagnostics.ReportTypeMismatch(time.Span, "a value of finite data", "a time");
                return Typed.Error;
            case ExpressionSyntax.Name name:
                return BindName(name.Reference, place);
            case ExpressionSyntax.Prefix prefix:
                return BindPrefix(prefix, place);
            case ExpressionSyntax.Infix { Operator: InfixOperator.Equal or InfixOperator.NotEqual } infix when NamesActor(infix.Left) || NamesActor(infix.Right):
                return BindActorComparison(infix);
            case ExpressionSyntax.Infix infix:
                return BindInfix(infix, place);
            case ExpressionSyntax.Query query:
                return BindQuery(query);
            default:
                return Typed.Error;
        }
    }

    private Typed BindCondition(ExpressionSyntax syntax, Place place)
    {
        var condition = BindExpression(syntax, place);
        if (condition.Type is StaticType.Bool or StaticType.Error) return condition;
        diagnostics.ReportTypeMismatch(syntax.Span, "a condition", condition.Type.Words);
        return Typed.Error;
    }

    private static Typed Number(long value) => new(new BoundExpression.Literal((int)value), new StaticType.Int(value, value));

    private Typed Read(VariableSymbol symbol, NameSyntax name)
    {
        names.MarkUsed(symbol.Declared);
        names.Link(name, symbol.Declared);
        return new(new BoundExpression.Read(symbol.Variable), TypeOf(symbol.Variable));
    }

    private Typed BindPrefix(ExpressionSyntax.Prefix syntax, Place place)
    {
        var operand = BindExpression(syntax.Operand, place);
        switch (syntax.Operator, operand.Type)
        {
            case (_, StaticType.Error):
                return Typed.Error;
            case (PrefixOperator.Not, StaticType.Bool):
                return operand.Constant is { } known
                    ? Typed.Bool(new BoundExpression.Literal(1 - known))
                    : Typed.Bool(new BoundExpression.Unary(UnaryOperator.Not, operand.Expression));
            case (PrefixOperator.Negate, StaticType.Int range):
                return Ranged(-range.High, -range.Low, new BoundExpression.Unary(UnaryOperator.Negate, operand.Expression), syntax.Span);
            default:
                diagnostics.ReportOperatorMismatch(syntax.Span, syntax.Operator == PrefixOperator.Not ? "!" : "-", operand.Type.Words, null);
                return Typed.Error;
        }
    }

    private Typed BindInfix(ExpressionSyntax.Infix syntax, Place place)
    {
        var left = BindExpression(syntax.Left, place);
        var right = BindExpression(syntax.Right, place);
        if (left.Type.IsError || right.Type.IsError) return Typed.Error;
        switch (syntax.Operator)
        {
            case InfixOperator.Or or InfixOperator.And when left.Type is StaticType.Bool && right.Type is StaticType.Bool:
                return Folded(syntax.Operator == InfixOperator.Or ? BinaryOperator.Or : BinaryOperator.And, left, right);
            case InfixOperator.Equal or InfixOperator.NotEqual when left.Type.SameKind(right.Type):
                return Folded(syntax.Operator == InfixOperator.Equal ? BinaryOperator.Equal : BinaryOperator.NotEqual, left, right);
            case InfixOperator.Less or InfixOperator.LessOrEqual or InfixOperator.Greater or InfixOperator.GreaterOrEqual
                when left.Type is StaticType.Int && right.Type is StaticType.Int:
                return Folded(syntax.Operator switch
                {
                    InfixOperator.Less => BinaryOperator.Less,
                    InfixOperator.LessOrEqual => BinaryOperator.LessOrEqual,
                    InfixOperator.Greater => BinaryOperator.Greater,
                    _ => BinaryOperator.GreaterOrEqual,
                }, left, right);
            case InfixOperator.Add when left.Type is StaticType.Int a && right.Type is StaticType.Int b:
                return Ranged(a.Low + b.Low, a.High + b.High, new BoundExpression.Binary(BinaryOperator.Add, left.Expression, right.Expression), syntax.Span);
            case InfixOperator.Subtract when left.Type is StaticType.Int a && right.Type is StaticType.Int b:
                return Ranged(a.Low - b.High, a.High - b.Low, new BoundExpression.Binary(BinaryOperator.Subtract, left.Expression, right.Expression), syntax.Span);
            case InfixOperator.Multiply when left.Type is StaticType.Int a && right.Type is StaticType.Int b:
                long[] corners = [a.Low * b.Low, a.Low * b.High, a.High * b.Low, a.High * b.High];
                return Ranged(corners.Min(), corners.Max(), new BoundExpression.Binary(BinaryOperator.Multiply, left.Expression, right.Expression), syntax.Span);
            case InfixOperator.Divide when left.Type is StaticType.Int && right.Type is StaticType.Int:
                return BindDivision(syntax, left, right);
            default:
                diagnostics.ReportOperatorMismatch(syntax.Span, Symbol(syntax.Operator), left.Type.Words, right.Type.Words);
                return Typed.Error;
        }
    }

    /// <summary>Only between known numbers, and only without a remainder: the running system does not divide.</summary>
    private Typed BindDivision(ExpressionSyntax.Infix syntax, Typed left, Typed right)
    {
        if (left.Constant is not { } dividend || right.Constant is not { } divisor) diagnostics.ReportNotConstant(syntax.Span);
        else if (divisor != 0 && (long)dividend % divisor == 0) return Ranged((long)dividend / divisor, (long)dividend / divisor, new BoundExpression.Literal(0), syntax.Span);
        else diagnostics.ReportTypeMismatch(syntax.Span, "a whole number", divisor == 0 ? "a division by 0" : "a division with a remainder");
        return Typed.Error;
    }

    private static string Symbol(InfixOperator infix) => infix switch
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

    /// <summary>A number in a range; the literal when only one is possible and nothing has to be read for it.</summary>
    private Typed Ranged(long low, long high, BoundExpression expression, SourceSpan span)
    {
        if (low < int.MinValue + 1L || high > int.MaxValue)
        {
            diagnostics.ReportOverflow(span);
            return Typed.Error;
        }
        return low == high && IsKnown(expression) ? Number(low) : new(expression, new StaticType.Int(low, high));
    }

    private static bool IsKnown(BoundExpression expression) => expression switch
    {
        BoundExpression.Literal => true,
        BoundExpression.Unary { Operand: BoundExpression.Literal } => true,
        BoundExpression.Binary { Left: BoundExpression.Literal, Right: BoundExpression.Literal } => true,
        _ => false,
    };

    private static Typed Folded(BinaryOperator operation, Typed left, Typed right)
    {
        if (left.Constant is not { } a || right.Constant is not { } b) return Typed.Bool(new BoundExpression.Binary(operation, left.Expression, right.Expression));
        bool value = operation switch
        {
            BinaryOperator.Or => a != 0 || b != 0,
            BinaryOperator.And => a != 0 && b != 0,
            BinaryOperator.Equal => a == b,
            BinaryOperator.NotEqual => a != b,
            BinaryOperator.Less => a < b,
            BinaryOperator.LessOrEqual => a <= b,
            BinaryOperator.Greater => a > b,
            _ => a >= b,
        };
        return Typed.Bool(new BoundExpression.Literal(value ? 1 : 0));
    }

    /// <summary>
    /// Whether the value can be put into a cell of that type; if not, a diagnostic. A number that may or may not be in the range passes:
    /// that is checked when it is assigned.
    /// </summary>
    private bool Fits(Typed value, DataType type, SourceSpan span)
    {
        var target = StaticType.Of(type);
        if (value.Type.IsError) return false;
        if (!value.Type.SameKind(target))
        {
            diagnostics.ReportTypeMismatch(span, target.Words, value.Type.Words);
            return false;
        }
        if (value.Type is StaticType.Int given && target is StaticType.Int range && (given.High < range.Low || given.Low > range.High))
        {
            diagnostics.ReportOutOfRange(span, given.Low == given.High ? $"{given.Low}" : $"this number from {given.Low} to {given.High}", range.Low, range.High);
            return false;
        }
        return true;
    }

    private int? TryBindConstant(ExpressionSyntax syntax, Place? place = null)
    {
        var value = BindExpression(syntax, place ?? Place.System);
        if (value.Type.IsError) return null;
        if (value.Type is not StaticType.Int) diagnostics.ReportTypeMismatch(syntax.Span, "a number", value.Type.Words);
        else if (value.Constant is { } known) return known;
        else diagnostics.ReportNotConstant(syntax.Span);
        return null;
    }

    /// <summary>A known number within limits; the lower limit when it is wrong.</summary>
    private int BindCount(ExpressionSyntax syntax, string what, int low, int high, Place? place = null)
    {
        if (TryBindConstant(syntax, place) is not { } value) return low;
        if (value >= low && value <= high) return value;
        diagnostics.ReportOutOfRange(syntax.Span, $"{what}, {value},", low, high);
        return low;
    }
}
