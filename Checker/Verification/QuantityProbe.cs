using System.Collections.Immutable;
using Irekae.Checker.Explore;
using Irekae.Checker.Proofs;
using Irekae.Model.Binding;
using Irekae.Model.Numbers;
using Irekae.Model.Semantics;
using Irekae.Properties;

namespace Irekae.Checker.Verification;

/// <summary>
/// The largest or smallest value of one quantity. Upper side (of max; mirrored for min): the largest value that any set holds, once all sets
/// have been seen. Lower side: the value that the interpreter measures in a run along the path to it. They meet, or both are said.
/// </summary>
/// <param name="bound">Nanoseconds.</param>
internal sealed class QuantityProbe(
    BoundSystem system, Quantity quantity, bool largest, Rational? bound, ImmutableArray<Fault> faults, ProbeOptions options) : Probe(system, faults, options)
{
    /// <summary>Moves of a run that goes round until a bound is passed.</summary>
    private const int LongestRun = 20_000;

    private Rational? boundWithoutCounters;
    private Grounds? groundsWithoutCounters;

    protected override ImmutableArray<Quantity> Quantities => [quantity];

    protected override ImmutableArray<(Measure Measure, BoundExpression Condition)> Conditions => [];

    protected override ImmutableArray<Finding?> Explore(TransitionSystem explored, Realiser realiser, bool forgotten)
    {
        var limit = bound is { } b ? b / explored.Tick : (Rational?)null;
        var watch = new ExtremeWatch(explored, largest, limit);
        var explorer = Explorer(explored, watch, largest ? ClockSense.AtMost : ClockSense.AtLeast, () => watch.Best?.Value);
        if (forgotten) (boundWithoutCounters, groundsWithoutCounters) = (null, null);
        if (forgotten && (watch.Stop is not null || watch.Endless is not null)) return [null];
        var finding = watch.Endless is { } endless ? Endless(endless, realiser, limit) : Conclude(watch, explorer, realiser, limit, forgotten);
        if (finding is null) return [null];
        if (watch.Stop is { } stop) finding = CutShort(finding, stop);
        return [finding with { Statistics = Count(explorer), Grounds = new Grounds.Value(explorer, largest) }];
    }

    private Finding? Conclude(ExtremeWatch watch, Explorer explorer, Realiser realiser, Rational? limit, bool forgotten)
    {
        string? incomplete = explorer.Incomplete ?? (watch.GaveUp ? "the bound is passed; not everything beyond was looked at" : watch.Lost ? "nothing was proved once sets were merged" : null);
        if (watch.Best is not { } best)
        {
            return incomplete is not null
                ? new Finding(new Verdict.Unknown(incomplete), new Extreme(null, null, false, false), null, None) { Complete = false }
                : new Finding(new Verdict.Proved(), new Extreme(null, null, false, false), null, None) { Notes = ["vacuous: it never ends, or never begins"] };
        }

        var (run, trail, found) = Realise(watch, realiser, limit);
        bool meets = found == best.Value || (found is { } f && !best.Attained && Rational.Abs(best.Value - f) <= Rational.One);
        if (forgotten && realiser.GaveUp is null && !(meets && incomplete is null))
        {
            if (incomplete is null && !watch.Lost) (boundWithoutCounters, groundsWithoutCounters) = (best.Value, new Grounds.Value(explorer, largest));
            return null;
        }

        var tick = realiser.System.Tick;
        var value = new Extreme(incomplete is null ? best.Value * tick : null, found * tick, best.Attained && found == best.Value, false)
        {
            Approached = incomplete is null && !best.Attained && meets,
        };
        if (value.Approached) value = value with { Found = value.Proved };
        return new Finding(Judge(limit, incomplete, best, found), value, run, None)
        {
            Trail = trail,
            Complete = incomplete is null && !(explorer.Merged && !meets),
            Notes = Notes(explorer, meets, best, found, tick, incomplete, realiser.GaveUp),
        };
    }

    protected override Finding WithBound(Finding finding, int question)
    {
        if (boundWithoutCounters is not { } ticks || finding.Value is not { Endless: false } value) return finding;
        var proved = ticks * Compile(null).Tick;
        bool holds = bound is not { } b || !Passes(proved, b);
        return finding with
        {
            Value = value with { Proved = proved, Attained = value.Found == proved },
            Verdict = finding.Verdict is Verdict.Unknown && holds && bound is not null ? new Verdict.Proved() : finding.Verdict,
            Complete = finding.Verdict is Verdict.Unknown && holds && bound is not null,
            Grounds = groundsWithoutCounters,
            Notes = finding.Notes.Add("the proved side counts every number of rounds of long loops; with the rounds as written the exploration did not end"),
        };
    }

    private Verdict Judge(Rational? limit, string? incomplete, Sighting best, Rational? found)
    {
        if (limit is not { } l) return incomplete is null ? new Verdict.Proved() : new Verdict.Unknown(incomplete);
        if (found is { } f && Passes(f, l)) return new Verdict.Refuted();
        if (incomplete is not null) return new Verdict.Unknown(incomplete);
        return Passes(best.Value, l) ? new Verdict.Unknown("between what a run shows and what was proved") : new Verdict.Proved();
    }

    private bool Passes(Rational value, Rational limit) => largest ? value > limit : value < limit;

    private ImmutableArray<string> Notes(Explorer explorer, bool meets, Sighting best, Rational? found, Rational tick, string? incomplete, string? gaveUp)
    {
        var notes = ImmutableArray.CreateBuilder<string>();
        if (incomplete is null && !meets)
        {
            string proved = TimeText.Of(best.Value * tick);
            notes.Add(found is { } f ? $"between {TimeText.Of(f * tick)} (a run) and {proved} (proved)"
                : $"{proved} is proved; no run could be shown: {gaveUp ?? "its instants, or the sets on its way, have numbers that are too long"}");
            if (explorer.Merged) notes.Add("sets were merged, so that more may have been looked at than can happen");
        }

        if (incomplete is not null && found is null) notes.Add(incomplete);
        return notes.ToImmutable();
    }

    /// <summary>The best run that can be replayed, of the best set and of the best exact one; its measured value in ticks.</summary>
    private (Run? Run, Trail? Trail, Rational? Value) Realise(ExtremeWatch watch, Realiser realiser, Rational? limit)
    {
        foreach (var sighting in new[] { watch.Best, watch.BestExact })
        {
            if (sighting is null) continue;
            var gap = limit is { } l && Passes(sighting.Value, l) ? Rational.Min(Rational.One, Rational.Abs(sighting.Value - l)) : Rational.One;
            var trail = sighting.Trail(largest, gap);
            if (realiser.Realise(trail.Labels, trail.Goal) is { } run && Measured.Last(run, trail.Goal.Clock, largest) is { } value) return (run, trail, value);
        }

        return (null, null, null);
    }

    /// <summary>No largest value. The run shows it passing the bound, or the first round or two.</summary>
    private Finding Endless(EndlessSighting endless, Realiser realiser, Rational? limit)
    {
        var labels = endless.Trail.Labels;
        var tick = realiser.System.Tick;
        var beyond = limit ?? new Rational(SpecTimes.Of(realiser.System).Largest) * 2;
        string note;
        Run? run;
        if (endless.Growth is { } growth)
        {
            var rounds = (beyond / growth).Ceiling() + 1;
            int times = rounds * endless.Round.Count < LongestRun ? (int)rounds : 2;
            labels = [.. labels, .. Enumerable.Repeat(endless.Round, times).SelectMany(r => r)];
            run = realiser.Realise(labels, endless.Trail.Goal);
            note = $"it can last for ever: {endless.Round.Count} moves repeat, and each round it has become {TimeText.Of(growth * tick)} longer";
        }
        else if (endless.Trail.Goal.Clock >= 0)
        {
            run = realiser.Realise(labels, endless.Trail.Goal with { Beyond = beyond });
            note = "it can last for ever: the next move may be any time away";
        }
        else
        {
            run = realiser.Realise(labels, endless.Trail.Goal);
            note = "it can last for ever: nothing can act any more while it runs";
        }

        return new Finding(limit is null ? new Verdict.Proved() : new Verdict.Refuted(), new Extreme(null, null, false, true), run, None)
        {
            Trail = endless.Trail,
            Notes = [note],
        };
    }

    private static Finding CutShort(Finding finding, (Node? From, Edge Edge) stop)
    {
        string text = $"some runs end at a violation: {stop.Edge.Move.Violations.FirstOrDefault()?.Text}";
        return finding with
        {
            CutShort = true,
            Verdict = finding.Verdict is Verdict.Proved ? new Verdict.Unknown(text) : finding.Verdict,
            Notes = finding.Verdict is Verdict.Proved ? finding.Notes : finding.Notes.Add(text),
        };
    }

    private static readonly Statistics None = new(0, 0, 0);
}
