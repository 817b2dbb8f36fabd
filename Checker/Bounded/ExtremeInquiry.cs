using System.Collections.Immutable;
using Irekae.Checker.Verification;
using Irekae.Model.Binding;
using Irekae.Model.Numbers;
using Irekae.Properties;

namespace Irekae.Checker.Bounded;

/// <summary>A property about the largest or smallest value of a quantity.</summary>
/// <param name="quantity">Its place in what the unrolled system observes.</param>
/// <param name="bound">Nanoseconds.</param>
internal sealed class ExtremeInquiry(Unrolling unrolling, Questions questions, Property property, int quantity, bool largest, Rational? bound)
    : Inquiry(unrolling, questions)
{
    private readonly ExtremeSearch search = new(unrolling, quantity, largest, bound / unrolling.System.Tick, questions);
    private (Rational? Best, bool Attained) judged;

    /// <summary>Nanoseconds.</summary>
    public Rational? Best => search.Best * Unrolling.System.Tick;

    protected override bool Settled => search.Endless;

    protected override void Judge(Stretch stretch)
    {
        search.Look(stretch);
        judged = (search.Best, search.Attained);
    }

    public override ImmutableArray<PropertyResult> Results(TimeSpan unrolled)
    {
        var finding = new Finding(Verdict, Value, search.Witness, Count(unrolled))
        {
            Complete = Everything || Passed || search.Endless,
            Method = BoundedVerifier.Method,
            Notes = [.. Notes, .. Remarks()],
        };
        return [Job.Result(property, bound, finding)];
    }

    private bool Passed => search.Endless ? bound is not null : Best is { } b && bound is { } l && (largest ? b > l : b < l);

    private Verdict Verdict => Passed ? new Verdict.Refuted() : search.Endless ? new Verdict.Proved() : Nothing;

    /// <summary>Of runs of as many moves as were judged; where a longer one is better, or none were judged, only what was found.</summary>
    private Extreme Value => search.Endless ? new Extreme(null, null, false, true)
        : judged == (search.Best, search.Attained) && Judged > 0 ? new Extreme(Best, Best, search.Attained, false) { Approached = Best is not null && !search.Attained }
        : new Extreme(null, search.Attained ? Best : null, false, false);

    private IEnumerable<string> Remarks()
    {
        if (search.Endless) yield return "it can last for ever";
        else if (search.Best is null && Judged > 0) yield return $"vacuous: it is not read within {Judged} moves";
        else if (search.Best is not null && search.Witness is null) yield return "the run that shows the value has times that do not fit 64 bits";
    }
}
