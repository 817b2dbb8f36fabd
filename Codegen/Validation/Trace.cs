using System.Collections.Immutable;
using Irekae.Codegen.Running;
using Irekae.Model.Binding;
using Irekae.Model.Numbers;

namespace Irekae.Codegen.Validation;

/// <summary>The time from one pass of a mark to the next, in nanoseconds.</summary>
/// <param name="Number">0: the interval in which the disturbance began.</param>
/// <param name="Touched">Some of the disturbance falls into it.</param>
public readonly record struct TracedInterval(int Number, Rational Length, bool Touched);

/// <summary>The intervals of one trial around something that happens once in it: what Figure 2 of the seed paper draws of a replacement and the sends around it.</summary>
/// <param name="Trial">From 1.</param>
/// <param name="Usual">Mean length of those that are not touched, of the whole trial; null: all are touched.</param>
/// <param name="Intervals">In their order.</param>
public sealed record Trace(long Trial, Rational? Usual, ImmutableArray<TracedInterval> Intervals)
{
    private const int MostTrials = 20;

    public Rational Longest => Intervals.Max(one => one.Length);

    /// <summary>How many are longer than usual because of the disturbance.</summary>
    public IEnumerable<TracedInterval> Grown => Intervals.Where(one => one.Touched && one.Length > Usual);

    /// <summary>By how much they are longer, on average; null: none is.</summary>
    public Rational? Growth => Usual is { } usual && Grown.Any() ? Grown.Aggregate(Rational.Zero, (sum, one) => sum + one.Length - usual) / Grown.Count() : null;

    /// <summary>
    /// The first trials of an experiment, around what disturbs them: the first measure that it observes and that is there exactly once in each trial that has it.
    /// Null: there is none, and so no place around which to look.
    /// </summary>
    public static (Measure Disturbance, ImmutableArray<Trace> Traces)? Around(Protocol protocol, Quantity.Gap gap, CancellationToken cancel)
    {
        var trials = new List<Trial>();
        protocol.Simulator.Run(protocol.Plan with { Rows = true, Trials = Math.Min(protocol.Plan.Trials, MostTrials) }, trials.Add, null, cancel);
        var quantities = protocol.Simulator.Quantities;
        for (int q = 0; q < quantities.Length; q++)
        {
            if (quantities[q] is not Quantity.OfMeasure(var measure) || trials.TrueForAll(trial => trial.Summaries[q].Count != 1) || trials.Exists(trial => trial.Summaries[q].Count > 1)) continue;
            int marks = quantities.IndexOf(gap);
            return (measure, [.. trials.Where(trial => trial.Summaries[q].Count == 1).Select(trial => Of(trial, marks, q, protocol.Simulator)).OfType<Trace>()]);
        }

        return null;
    }

    /// <summary>Null: the disturbance began before the first mark or after the last.</summary>
    private static Trace? Of(Trial trial, int marks, int disturbance, Running.Simulator simulator)
    {
        var (_, begin, length) = trial.Rows.First(row => row.Quantity == disturbance);
        var gaps = trial.Rows.Where(row => row.Quantity == marks).ToList();
        int first = gaps.FindIndex(gap => gap.Begin <= begin && begin < gap.Begin + gap.Value);
        if (first < 0) return null;
        var all = gaps.Select((gap, k) => new TracedInterval(k - first, simulator.Nanoseconds(gap.Value), gap.Begin < begin + length && begin < gap.Begin + gap.Value)).ToImmutableArray();
        var others = all.Where(one => !one.Touched).ToList();
        return new Trace(trial.Number + 1, others.Count == 0 ? null : others.Aggregate(Rational.Zero, (sum, one) => sum + one.Length) / others.Count, all);
    }
}
