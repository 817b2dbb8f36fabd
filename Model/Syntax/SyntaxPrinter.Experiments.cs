using System.Diagnostics;

namespace Irekae.Model.Syntax;

public sealed partial class SyntaxPrinter
{
    private string Text(ExperimentRuleSyntax rule) => rule switch
    {
        ExperimentRuleSyntax.Trials trials => $"trials {Sum(trials.Count)}",
        ExperimentRuleSyntax.Until until => $"until {Sum(until.Instant)}",
        ExperimentRuleSyntax.AnyTime any => $"any time {Text(any.Window)}",
        ExperimentRuleSyntax.Without without => $"without {string.Join(", ", without.Actors.Select(actor => actor.Text))}",
        ExperimentRuleSyntax.Observe observe => $"observe {string.Join(", ", observe.Quantities.Select(Text))}",
        ExperimentRuleSyntax.Draw draw => $"draw {draw.Duration?.Text ?? "any time"} {Text(draw.Distribution)}",
        ExperimentRuleSyntax.Under under => $"under {Names(under.Faults)}",
        ExperimentRuleSyntax.In place => $"in {place.Variant.Text}",
        _ => throw new UnreachableException(rule.GetType().Name),
    };

    private string Text(DistributionSyntax distribution) => distribution switch
    {
        DistributionSyntax.Point point => $"at {Sum(point.Value)}",
        DistributionSyntax.Triangular triangular => $"triangular {Sum(triangular.Mode)}",
        DistributionSyntax.Normal normal => $"normal {Sum(normal.Mean)} deviation {Sum(normal.Deviation)}",
        DistributionSyntax.Empirical empirical => $"empirical \"{empirical.File}\" \"{empirical.Column}\"",
        _ => throw new UnreachableException(distribution.GetType().Name),
    };
}
