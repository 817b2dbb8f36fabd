using System.Collections.Immutable;

namespace Irekae.Model.Syntax;

public sealed partial class Parser
{
    private ItemSyntax.Property ParseProperty()
    {
        int first = position;
        Next();
        var name = ParseName("for the property");
        Expect(TokenKind.Colon, "':'", "after the name of the property");
        var question = ParseQuestion();
        var under = ImmutableArray.CreateBuilder<NameSyntax>();
        NameSyntax? variant = null;
        while (true)
        {
            if (TakeWord("under")) under.AddRange(ParseList(() => ParseName("of a fault")));
            else if (variant is null && TakeWord("in")) variant = ParseName("of a variant");
            else break;
        }

        EndWithSemicolon("after the property");
        return new ItemSyntax.Property(name, question, under.ToImmutable(), variant, SpanFrom(first));
    }

    /// <summary><c>measured ant.interval.with_replacement as total gap(ap.send) beyond 1 ms in NAME;</c></summary>
    private ItemSyntax.Measured ParseMeasured()
    {
        int first = position;
        Next();
        var cell = ParseReference("of what was measured, such as system.measure.condition");
        if (!TakeWord("as")) ReportExpected("'as'", "after what was measured", "write measured system.measure.condition as QUANTITY;");
        bool total = AtWord("total") && Ahead(1).Kind == TokenKind.Name && TextOf(Ahead(1)) is not ("beyond" or "in" or "during");
        if (total) Next();
        var quantity = ParseQuantity("after as");
        var beyond = TakeWord("beyond") ? ParseSum("after beyond") : null;
        var variant = TakeWord("in") ? ParseName("of a variant") : null;
        var experiment = TakeWord("during") ? ParseName("of an experiment") : null;
        EndWithSemicolon("after the quantity");
        return new ItemSyntax.Measured(cell, total, quantity, beyond, variant, experiment, SpanFrom(first));
    }

    private QuestionSyntax ParseQuestion()
    {
        int first = position;
        if (TakeWord("max"))
        {
            var quantity = ParseQuantity("after max");
            var bound = ParseBound(TokenKind.LessOrEqual, "<=", "max");
            return new QuestionSyntax.Max(quantity, bound, SpanFrom(first));
        }

        if (TakeWord("min"))
        {
            var quantity = ParseQuantity("after min");
            var bound = ParseBound(TokenKind.GreaterOrEqual, ">=", "min");
            return new QuestionSyntax.Min(quantity, bound, SpanFrom(first));
        }

        if (TakeWord("always"))
        {
            var condition = ParseExpression("after always");
            return new QuestionSyntax.Always(condition, SpanFrom(first));
        }

        if (TakeWord("never"))
        {
            var condition = ParseExpression("after never");
            return new QuestionSyntax.Never(condition, SpanFrom(first));
        }

        if (TakeWord("reachable"))
        {
            var condition = ParseExpression("after reachable");
            return new QuestionSyntax.Reachable(condition, SpanFrom(first));
        }

        if (TakeWord("after"))
        {
            var measure = ParseName("of a measure");
            Expect(TokenKind.Colon, "':'", "after the name of the measure");
            var condition = ParseExpression("after ':'");
            return new QuestionSyntax.After(measure, condition, SpanFrom(first));
        }

        if (TakeWord("every")) return ParseAnswered(first);
        if (At(TokenKind.Name) && !AtNewConstruct && Ahead(1) is var next
            && (next.Kind == TokenKind.Semicolon || TextOf(next) is "under" or "in" || next.FirstOnLine))
        {
            var property = ParseName("of a property");
            return new QuestionSyntax.Same(property, property.Span);
        }

        if (AtNewConstruct || !At(TokenKind.Name)) ReportExpected("a question", "after ':'", "write max NAME <= 1 ms, always CONDITION, …");
        else ReportExpectedOneOf("as a question", Words.Questions);
        if (!Current.FirstOnLine)
        {
            while (Current.Kind is not (TokenKind.End or TokenKind.Semicolon or TokenKind.CloseBrace) && !(Current.FirstOnLine && AtItem)) Next();
            Silence();
        }

        return new QuestionSyntax.Missing(SpanFrom(first));
    }

    private QuestionSyntax.Answered ParseAnswered(int first)
    {
        var request = ParseReference("of a message");
        foreach (string word in new[] { "is", "answered", "within" })
        {
            if (TakeWord(word)) continue;
            ReportExpected($"'{word}'", "after the message", "write every ds.lookup is answered within 1 ms");
            break;
        }

        var within = ParseSum("after within");
        return new QuestionSyntax.Answered(request, within, SpanFrom(first));
    }

    private QuantitySyntax ParseQuantity(string where)
    {
        int first = position;
        bool isGap = AtWord("gap");
        if ((!isGap && !AtWord("response")) || Ahead(1).Kind != TokenKind.OpenParenthesis)
        {
            var measure = ParseName(where, "write the name of a measure, gap(MARK) or response(PROCESS)");
            return new QuantitySyntax.OfMeasure(measure, measure.Span);
        }

        Next();
        TakeCallParenthesis();
        var reference = ParseReference(isGap ? "of a mark" : "of a process");
        Expect(TokenKind.CloseParenthesis, "')'", "after the name");
        return isGap ? new QuantitySyntax.Gap(reference, SpanFrom(first)) : new QuantitySyntax.Response(reference, SpanFrom(first));
    }

    private ExpressionSyntax? ParseBound(TokenKind comparison, string sign, string question)
    {
        if (!At(comparison))
        {
            if (Current.Kind is not (TokenKind.Less or TokenKind.LessOrEqual or TokenKind.Greater or TokenKind.GreaterOrEqual or TokenKind.Equal
                or TokenKind.Assign)) return null;
            ReportExpectedOneOf($"after {question} and its quantity", [sign]);
        }

        Next();
        return ParseSum($"after {sign}");
    }
}
