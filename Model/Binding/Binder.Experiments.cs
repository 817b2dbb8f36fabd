using System.Collections.Immutable;
using Irekae.Model.Numbers;
using Irekae.Model.Syntax;

namespace Irekae.Model.Binding;

/// <summary>Experiments: how often the system is to be run, with whom, and what is drawn how.</summary>
internal sealed partial class Binder
{
    private const int MaximumTrials = 100_000_000;

    private ImmutableArray<Experiment> BindExperiments()
    {
        var experiments = ImmutableArray.CreateBuilder<Experiment>();
        foreach (var item in experimentItems.Values) experiments.Add(BindExperiment(item, experiments.Count));
        return experiments.ToImmutable();
    }

    private Experiment BindExperiment(ItemSyntax.Experiment item, int index)
    {
        int trials = 1;
        Rational? until = null;
        (Rational Low, Rational High)? window = null;
        string? place = BindVariantName(item.Rules.OfType<ExperimentRuleSyntax.In>().FirstOrDefault()?.Variant);
        // Elsewhere durations are others, and nothing is drawn.
        bool here = place == variant?.Name.Text;
        var (without, observed, draws, under) = (new List<int>(), new List<Quantity>(), new List<DrawnDuration>(), new List<Fault>());
        var said = new HashSet<string>();
        foreach (var rule in item.Rules)
        {
            string? once = OnlyOnce(rule);
            if (once is not null && !said.Add(once)) diagnostics.ReportExperimentRuleRepeated(rule.Span, once);
            switch (rule)
            {
                case ExperimentRuleSyntax.Trials r:
                    trials = BindCount(r.Count, "the number of trials", 1, MaximumTrials);
                    break;
                case ExperimentRuleSyntax.Until r:
                    until = BindKnownTime(r.Instant, "the end of a trial");
                    break;
                case ExperimentRuleSyntax.AnyTime r:
                    window = BindWindow(r.Window);
                    break;
                case ExperimentRuleSyntax.Without r:
                    without.AddRange(r.Actors.Select(ResolveActor).OfType<ActorSymbol>().Select(actor => actor.Index));
                    break;
                case ExperimentRuleSyntax.Observe r:
                    observed.AddRange(r.Quantities.Select(BindQuantity).OfType<Quantity>());
                    break;
                case ExperimentRuleSyntax.Draw { Duration: { } duration } r:
                    if (BindDraw(duration, r.Distribution, here) is { } draw) draws.Add(draw);
                    break;
                case ExperimentRuleSyntax.Under r:
                    under.AddRange(r.Faults.Select(BindFaultName).OfType<Fault>());
                    break;
            }
        }

        // What is drawn is how much longer something takes than its least, within the window if there is one.
        var drawn = item.Rules.OfType<ExperimentRuleSyntax.Draw>().FirstOrDefault(r => r.Duration is null);
        var longer = new Interval(AffineTime.Of(window?.Low ?? Rational.Zero), window is var (_, most) ? AffineTime.Of(most) : null);
        var anyTime = drawn is null ? null : BindDistribution(drawn.Distribution, "any time", longer, here: true);

        return new Experiment(
            index, item.Name.Text, item.Description, trials, until, window, [.. without.Distinct()], [.. observed.Distinct()], [.. draws], anyTime, [.. under.Distinct()], place, item.Span);
    }

    private static string? OnlyOnce(ExperimentRuleSyntax rule) => rule switch
    {
        ExperimentRuleSyntax.Trials => "trials",
        ExperimentRuleSyntax.Until => "until",
        ExperimentRuleSyntax.AnyTime => "any time",
        ExperimentRuleSyntax.In => "in",
        ExperimentRuleSyntax.Draw draw => $"draw {draw.Duration?.Text ?? "any time"}",
        _ => null,
    };

    private (Rational, Rational)? BindWindow(IntervalSyntax syntax)
    {
        if (TryBindInterval(syntax, endless: false) is not { High: { } high } interval) return null;
        if (interval.Low.IsConstant && high.IsConstant) return (interval.Low.Constant, high.Constant);
        diagnostics.ReportParameterNotAllowed(syntax.Span, "the time that is drawn");
        return null;
    }

    private Fault? BindFaultName(NameSyntax name)
    {
        if (name.IsMissing) return null;
        if (faults.TryGetValue(name.Text, out var fault))
        {
            names.Link(name, faultItems[name.Text].Name);
            return fault;
        }
        ReportUnknown(name, "a fault", faults.Keys, $"declare it: `fault {name.Text}: crash NAME;`");
        return null;
    }

    private DrawnDuration? BindDraw(NameSyntax name, DistributionSyntax distribution, bool here)
    {
        var symbol = Resolve<DurationSymbol>(name, "a duration");
        var whole = symbol is null ? null : DurationOf(symbol, name.Span);
        var how = BindDistribution(distribution, name.Text, whole, here);
        return whole is null || how is null ? null : new DrawnDuration(name.Text, whole, how);
    }

    /// <param name="whole">What can be drawn; null: that is not known.</param>
    private DrawRule? BindDistribution(DistributionSyntax distribution, string drawn, Interval? whole, bool here)
    {
        switch (distribution)
        {
            case DistributionSyntax.Point d:
                return Inside(d.Value) is { } value ? new DrawRule.Point(value) : null;
            case DistributionSyntax.Triangular d:
                if (whole is { High: null }) diagnostics.ReportEndlessTime(d.Span);
                return Inside(d.Mode) is { } mode && whole?.High is not null ? new DrawRule.Triangular(mode) : null;
            case DistributionSyntax.Normal d:
                return (Inside(d.Mean), BindKnownTime(d.Deviation, "the deviation")) is ({ } mean, { } deviation) ? new DrawRule.Normal(mean, deviation) : null;
            case DistributionSyntax.Empirical d:
                if (whole is null) return null;
                var least = AffineArithmetic.Least(AffineArithmetic.Scale(whole.Low, -1)) * -1;
                return new DrawRule.Empirical(d.File, d.Column, least, whole.High is null ? null : AffineArithmetic.Least(whole.High), drawn, d.Span);
            default:
                return null;
        }

        // A value that the duration can have whatever the parameters are.
        Rational? Inside(ExpressionSyntax syntax)
        {
            if (BindKnownTime(syntax, "the value that is drawn") is not { } value || whole is null) return null;
            var time = AffineTime.Of(value);
            bool above = AffineArithmetic.Least(AffineArithmetic.Difference(time, whole.Low)).Sign >= 0;
            bool below = whole.High is null || AffineArithmetic.Least(AffineArithmetic.Difference(whole.High, time)).Sign >= 0;
            if ((above && below) || !here) return value;
            diagnostics.ReportDrawnOutside(syntax.Span, drawn, AffineArithmetic.Print(whole.Low), whole.High is null ? "no end" : AffineArithmetic.Print(whole.High));
            return null;
        }
    }
}
