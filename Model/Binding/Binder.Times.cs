using Irekae.Model.Numbers;
using Irekae.Model.Syntax;
using Irekae.Model.Text;

namespace Irekae.Model.Binding;

/// <summary>Units: an expression of a time is a number without unit, an affine time, or wrong.</summary>
internal sealed partial class Binder
{
    private const int MaximumBits = 256;
    private const int MaximumDefinitions = 64;

    private int definitionDepth;

    private static readonly AffineTime ZeroTime = AffineTime.Of(Rational.Zero);

    private static readonly Interval ZeroInterval = new(ZeroTime, ZeroTime);

    /// <summary>In the place of an interval that is wrong: some time, so that nothing is said about work that takes none.</summary>
    private static readonly Interval WrongInterval = new(AffineTime.Of(Rational.One), AffineTime.Of(Rational.One));

    private abstract record Measured
    {
        public sealed record Number(Rational Value) : Measured;

        public sealed record Time(AffineTime Value) : Measured;
    }

    private Interval BindInterval(IntervalSyntax syntax, bool endless = false) => TryBindInterval(syntax, endless) ?? WrongInterval;

    /// <summary>An interval that does not contain 0 or less.</summary>
    private Interval BindPositiveInterval(IntervalSyntax syntax, string what, bool endless = false)
    {
        var interval = TryBindInterval(syntax, endless);
        if (interval is not null && AffineArithmetic.Least(interval.Low).Sign == 0) diagnostics.ReportZeroTime(syntax.Span, what);
        return interval ?? WrongInterval;
    }

    private Interval? TryBindInterval(IntervalSyntax syntax, bool endless)
    {
        if (syntax.High is null && !syntax.Forever && syntax.Low is ExpressionSyntax.Name { Reference.Names: [var name] } && symbols.GetValueOrDefault(name.Text) is DurationSymbol)
        {
            var whole = DurationOf((DurationSymbol)Lookup(name)!, name.Span);
            if (whole is { High: null } && !endless)
            {
                diagnostics.ReportEndlessTime(syntax.Span);
                return null;
            }
            return whole;
        }
        if (syntax.Forever && !endless) diagnostics.ReportEndlessTime(syntax.Span);
        var low = BindTime(syntax.Low);
        var high = syntax.High is null ? low : BindTime(syntax.High);
        if (low is null || high is null) return null;
        var least = AffineArithmetic.Least(low);
        if (least.Sign < 0)
        {
            diagnostics.ReportNegativeTime(syntax.Low.Span, TimeText.Of(least));
            return null;
        }
        if (AffineArithmetic.Least(AffineArithmetic.Difference(high, low)).Sign < 0)
        {
            diagnostics.ReportEmptyInterval(syntax.Span, AffineArithmetic.Print(low), AffineArithmetic.Print(high));
            return null;
        }
        return new Interval(low, syntax.Forever ? null : high);
    }

    /// <summary>A single time that is not negative for any values of the parameters.</summary>
    private AffineTime? BindPoint(ExpressionSyntax syntax)
    {
        var time = BindTime(syntax);
        if (time is null) return null;
        var least = AffineArithmetic.Least(time);
        if (least.Sign >= 0) return time;
        diagnostics.ReportNegativeTime(syntax.Span, TimeText.Of(least));
        return null;
    }

    /// <summary>A single time that no parameter changes.</summary>
    private Rational? BindKnownTime(ExpressionSyntax syntax, string what)
    {
        var time = BindPoint(syntax);
        if (time is null) return null;
        if (time.IsConstant) return time.Constant;
        diagnostics.ReportParameterNotAllowed(syntax.Span, what);
        return null;
    }

    private AffineTime? BindTime(ExpressionSyntax syntax)
    {
        switch (Evaluate(syntax))
        {
            case Measured.Time time:
                return time.Value;
            case Measured.Number number when number.Value.Sign == 0:
                return ZeroTime;
            case Measured.Number:
                ReportUnitMissing(syntax);
                return null;
            default:
                return null;
        }
    }

    private void ReportUnitMissing(ExpressionSyntax syntax) =>
        diagnostics.ReportUnitMissing(syntax.Span, syntax.Span.Text.Trim() is { Length: > 0 and <= 30 } text && !text.Contains('\n', StringComparison.Ordinal) ? text : "120");

    private Measured? Evaluate(ExpressionSyntax syntax)
    {
        switch (syntax)
        {
            case ExpressionSyntax.Missing:
                return null;
            case ExpressionSyntax.Integer integer:
                return new Measured.Number(integer.Value);
            case ExpressionSyntax.Time time:
                return new Measured.Time(AffineTime.Of(time.Nanoseconds));
            case ExpressionSyntax.Name name:
                return EvaluateName(name);
            case ExpressionSyntax.Prefix { Operator: PrefixOperator.Negate } negation:
                return Evaluate(negation.Operand) is { } operand ? Scaled(operand, -1) : null;
            case ExpressionSyntax.Infix { Operator: InfixOperator.Add or InfixOperator.Subtract or InfixOperator.Multiply or InfixOperator.Divide } infix:
                return EvaluateInfix(infix);
            case ExpressionSyntax.Boolean or ExpressionSyntax.Prefix or ExpressionSyntax.Infix:
                diagnostics.ReportTimeExpected(syntax.Span, "a condition");
                return null;
            default:
                diagnostics.ReportTimeExpected(syntax.Span, "a question to the running system");
                return null;
        }
    }

    private Measured? EvaluateName(ExpressionSyntax.Name syntax)
    {
        if (syntax.Reference.IsMissing || syntax.Reference.Names.IsEmpty) return null;
        const string words = "a duration or parameter";
        if (syntax.Reference.Names is not [var name])
        {
            diagnostics.ReportTimeExpected(syntax.Span, "a variable or token value");
            return null;
        }
        switch (Lookup(name))
        {
            case DurationSymbol duration:
                if (DurationOf(duration, name.Span) is not { } interval) return null;
                if (interval.High is not null && AffineArithmetic.Same(interval.High, interval.Low))
                    return new Measured.Time(interval.Low);
                diagnostics.ReportIntervalInArithmetic(name.Span, name.Text);
                return null;
            case ParameterSymbol parameter:
                return ParameterOf(parameter, name.Span) is { } value ? new Measured.Time(value) : null;
            case ConstantSymbol constant:
                return ConstantOf(constant, name.Span) is { } number ? new Measured.Number(number) : null;
            case { } other:
                diagnostics.ReportWrongKind(name.Span, name.Text, other.Words, words);
                return null;
            case null:
                ReportUnknown(name, words, symbols.Values.Where(symbol => symbol is DurationSymbol or ParameterSymbol).Select(symbol => symbol.Name),
                    $"declare it: `duration {name.Text} = …;`");
                return null;
        }
    }

    private Measured? EvaluateInfix(ExpressionSyntax.Infix syntax)
    {
        var left = Evaluate(syntax.Left);
        var right = Evaluate(syntax.Right);
        if (left is null || right is null) return null;
        var result = (syntax.Operator, left, right) switch
        {
            (InfixOperator.Multiply, Measured.Number factor, _) => Scaled(right, factor.Value),
            (InfixOperator.Multiply, _, Measured.Number factor) => Scaled(left, factor.Value),
            (InfixOperator.Divide, _, Measured.Number { Value.Sign: not 0 } divisor) =>
                Scaled(left, Rational.One / divisor.Value),
            (InfixOperator.Multiply, _, _) => Wrong("a time multiplied by a time is no time"),
            (InfixOperator.Divide, _, Measured.Number) => Wrong("a division by 0"),
            (InfixOperator.Divide, _, _) => Wrong("a division by a time gives no time"),
            _ => Added(),
        };
        if (result is null || Bits(result) <= MaximumBits) return result;
        diagnostics.ReportOverflow(syntax.Span);
        return null;

        Measured? Wrong(string what)
        {
            diagnostics.ReportTimeArithmetic(syntax.Span, what);
            return null;
        }

        Measured? Added()
        {
            if (syntax.Operator == InfixOperator.Subtract) right = Scaled(right, -1);
            if (left is Measured.Number a && right is Measured.Number b) return new Measured.Number(a.Value + b.Value);
            var x = Time(left, syntax.Left);
            var y = Time(right, syntax.Right);
            return x is null || y is null ? null : new Measured.Time(AffineArithmetic.Sum(x, y));
        }

        AffineTime? Time(Measured value, ExpressionSyntax part)
        {
            if (value is Measured.Time time) return time.Value;
            if (value is Measured.Number { Value.Sign: 0 }) return ZeroTime;
            ReportUnitMissing(part);
            return null;
        }
    }

    private static Measured Scaled(Measured value, Rational factor) => value switch
    {
        Measured.Number number => new Measured.Number(number.Value * factor),
        Measured.Time time => new Measured.Time(AffineArithmetic.Scale(time.Value, factor)),
        _ => value,
    };

    /// <summary>The size of the largest number inside; sums and products of bounded numbers can grow without end.</summary>
    private static long Bits(Measured value)
    {
        return value switch
        {
            Measured.Number number => Of(number.Value),
            Measured.Time time => time.Value.Terms.Select(term => Of(term.Factor)).Append(Of(time.Value.Constant)).Max(),
            _ => 0,
        };

        static long Of(Rational rational) => Math.Max(rational.Numerator.GetBitLength(), rational.Denominator.GetBitLength());
    }

    private Interval? DurationOf(DurationSymbol symbol, SourceSpan use)
    {
        if (symbol.Progress == Progress.Untouched && Enter(use))
        {
            symbol.Progress = Progress.Busy;
            symbol.Value = TryBindInterval(symbol.Syntax, endless: true);
            symbol.Progress = Progress.Done;
            definitionDepth--;
        }
        else if (symbol.Progress == Progress.Busy) diagnostics.ReportCyclicDefinition(use, symbol.Name);
        return symbol.Value;
    }

    private AffineTime? ParameterOf(ParameterSymbol symbol, SourceSpan use)
    {
        if (symbol.Progress == Progress.Untouched && Enter(use))
        {
            symbol.Progress = Progress.Busy;
            symbol.Value = BindParameter(symbol);
            symbol.Progress = Progress.Done;
            definitionDepth--;
        }
        else if (symbol.Progress == Progress.Busy) diagnostics.ReportCyclicDefinition(use, symbol.Name);
        return symbol.Value;
    }

    /// <summary>Bounds the recursion over definitions that use one another.</summary>
    private bool Enter(SourceSpan use)
    {
        if (definitionDepth < MaximumDefinitions)
        {
            definitionDepth++;
            return true;
        }
        diagnostics.ReportTooMany(use, "definitions that each need the next", MaximumDefinitions);
        return false;
    }
}
