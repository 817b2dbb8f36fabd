using System.Collections.Immutable;
using Irekae.Codegen.Running;
using Irekae.Codegen.Simulator;
using Irekae.Model.Binding;
using Irekae.Model.Numbers;

namespace Irekae.Codegen.Validation;

/// <summary>What a statistic is when the whole experiment is repeated: sorted, one value of each repetition, in nanoseconds.</summary>
public sealed record Repeated(IReadOnlyList<Rational> Values)
{
    /// <summary>The value that so many thousandths of the repetitions do not pass (nearest rank).</summary>
    public Rational Quantile(int thousandths) => Values[Math.Clamp((Values.Count * thousandths + 999) / 1000 - 1, 0, Values.Count - 1)];

    /// <summary>What is drawn is no exact value: as text, to a nanosecond.</summary>
    public static string Rounded(Rational nanoseconds) => TimeText.Of((nanoseconds + new Rational(1, 2)).Floor());
}

/// <summary>
/// Repeats an experiment: each repetition is so many trials as the experiment has, and of each repetition every statistic is taken over all values of
/// all its trials, as the measured one was. Trials draw from streams of their own, so that repetitions are independent and the same on every machine.
/// A measurement of totals has one value of each trial: the sum of all that occurred in it.
/// </summary>
/// <param name="Protocol">What was repeated.</param>
/// <param name="Occurrences">Each single value of the quantity, in fine ticks, nothing taken off.</param>
/// <param name="Times">How often: fewer than asked for if it was interrupted.</param>
/// <param name="Statistics">A statistic of which no repetition has a value is not there.</param>
public sealed record Repetition(Protocol Protocol, Histogram Occurrences, long Times, IReadOnlyDictionary<Statistic, Repeated> Statistics)
{
    /// <summary>Of each measurement, out of the same trials.</summary>
    /// <param name="protocol">Observes their quantities.</param>
    /// <param name="measured">What each takes off an occurrence is a known time.</param>
    public static ImmutableArray<Repetition> Of(Protocol protocol, ImmutableArray<Measurement> measured, int repetitions, CancellationToken cancel)
    {
        var taken = measured.Select(one => new Taken(protocol.Simulator, one)).ToList();
        long trials = protocol.Plan.Trials;
        var outcome = protocol.Simulator.Run(protocol.Plan with { Trials = trials * repetitions }, trial =>
        {
            foreach (var one in taken) one.Add(trial, trial.Number % trials == 0, trial.Number % trials == trials - 1);
        }, null, cancel);
        return [.. taken.Select(one => new Repetition(protocol, outcome.Values[one.Place], outcome.Trials / trials, one.Statistics()))];
    }

    /// <summary>The statistics of one measurement, repetition by repetition.</summary>
    private sealed class Taken(Running.Simulator simulator, Measurement measured)
    {
        private readonly List<Rational> largest = [], smallest = [], means = [];
        private long count;
        private Rational sum = 0, least = 0, most = 0;

        public int Place { get; } = simulator.Quantities.IndexOf(measured.Quantity);

        public void Add(Trial trial, bool begins, bool ends)
        {
            if (begins) count = 0;
            if (trial.Summaries[Place] is { Count: > 0 } summary) Add(summary);
            if (!ends || count == 0) return;
            largest.Add(most);
            smallest.Add(least);
            means.Add(sum / count);
        }

        public IReadOnlyDictionary<Statistic, Repeated> Statistics()
        {
            var found = new Dictionary<Statistic, List<Rational>> { [Statistic.Max] = largest, [Statistic.Min] = smallest, [Statistic.Mean] = means };
            return found.Where(one => one.Value.Count > 0).ToDictionary(one => one.Key, one => new Repeated([.. one.Value.Order()]));
        }

        private void Add(Summary one)
        {
            var off = measured.Beyond.Constant;
            var all = (simulator.Nanoseconds(1) * (global::System.Numerics.BigInteger)one.Sum) - (off * one.Count);
            var (low, high) = measured.Total ? (all, all) : (simulator.Nanoseconds(one.Least) - off, simulator.Nanoseconds(one.Most) - off);
            (least, most) = count == 0 ? (low, high) : (Rational.Min(least, low), Rational.Max(most, high));
            (sum, count) = (count == 0 ? all : sum + all, count + (measured.Total ? 1 : one.Count));
        }
    }
}
