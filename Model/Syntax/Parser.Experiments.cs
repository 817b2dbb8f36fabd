namespace Irekae.Model.Syntax;

public sealed partial class Parser
{
    private ItemSyntax.Experiment ParseExperiment()
    {
        int first = position;
        Next();
        var name = ParseName("for the experiment");
        string description = ParseOptionalText();
        var rules = ParseBraces("the experiment", ParseExperimentRule, () => AtItem);
        return new ItemSyntax.Experiment(name, description, rules, SpanFrom(first));
    }

    private ExperimentRuleSyntax? ParseExperimentRule()
    {
        int first = position;
        ExperimentRuleSyntax? rule = ReadExperimentRule(first);
        if (rule is null)
        {
            ReportExpectedOneOf("in an experiment", Words.ExperimentRules);
            SkipToBoundary();
            return null;
        }

        EndWithSemicolon("after the rule");
        return rule with { Span = SpanFrom(first) };
    }

    private ExperimentRuleSyntax? ReadExperimentRule(int first)
    {
        if (TakeWord("trials")) return new ExperimentRuleSyntax.Trials(ParseSum("as the number of trials"), SpanFrom(first));
        if (TakeWord("until")) return new ExperimentRuleSyntax.Until(ParseSum("after until"), SpanFrom(first));
        if (TakeWord("any"))
        {
            if (!TakeWord("time")) ReportExpectedOneOf("after any", ["time"]);
            return new ExperimentRuleSyntax.AnyTime(ParseInterval("after any time"), SpanFrom(first));
        }
        if (TakeWord("without")) return new ExperimentRuleSyntax.Without(ParseList(() => ParseReference("of who is left out")), SpanFrom(first));
        if (TakeWord("observe")) return new ExperimentRuleSyntax.Observe(ParseList(() => ParseQuantity("after observe")), SpanFrom(first));
        if (TakeWord("under")) return new ExperimentRuleSyntax.Under(ParseList(() => ParseName("of a fault")), SpanFrom(first));
        if (TakeWord("in")) return new ExperimentRuleSyntax.In(ParseName("of a variant"), SpanFrom(first));
        if (!TakeWord("draw")) return null;
        bool anyTime = AtWord("any") && Ahead(1).Kind == TokenKind.Name && TextOf(Ahead(1)).SequenceEqual("time");
        if (anyTime) position += 2;
        var duration = anyTime ? null : ParseName("of a duration");
        return new ExperimentRuleSyntax.Draw(duration, ParseDistribution(), SpanFrom(first));
    }

    private string ParseText(string expected, string where)
    {
        if (At(TokenKind.Text) && Current.Value is string { Length: > 0 }) return (string)Next().Value!;
        ReportExpected(expected, where, "write draw work empirical \"measured.csv\" \"work_us\";");
        return "";
    }

    private DistributionSyntax ParseDistribution()
    {
        int first = position;
        if (TakeWord("triangular")) return new DistributionSyntax.Triangular(ParseSum("after triangular"), SpanFrom(first));
        if (TakeWord("normal"))
        {
            var mean = ParseSum("after normal");
            if (!TakeWord("deviation")) ReportExpected("'deviation'", "after the mean", "write draw work normal 3 us deviation 1 us;");
            return new DistributionSyntax.Normal(mean, ParseSum("after deviation"), SpanFrom(first));
        }
        if (TakeWord("empirical"))
        {
            string file = ParseText("a file in quotation marks", "after empirical"), column = ParseText("a column in quotation marks", "after the file");
            return new DistributionSyntax.Empirical(file, column, SpanFrom(first));
        }
        if (!TakeWord("at")) ReportExpectedOneOf("after the name of a duration", Words.Distributions);
        return new DistributionSyntax.Point(ParseSum("after at"), SpanFrom(first));
    }
}
