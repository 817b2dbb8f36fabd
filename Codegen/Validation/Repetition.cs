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
/// <param name="Statistics">A statistic of which no repetition has a value is not there.</param>
public sealed record Repetition(Protocol Protocol, Histogram Occurrences, IReadOnlyDictionary<Statistic, Repeated> Statistics)
{
    /// <param name="protocol">Observes the quantity.</param>
    /// <param name="measured">What it takes off each occurrence is a known time.</param>
    public static Repetition Of(Protocol protocol, Measurement measured, int repetitions, CancellationToken cancel)
    {
        int place = protocol.Simulator.Quantities.IndexOf(measured.Quantity);
        var found = Enum.GetValues<Statistic>().ToDictionary(statistic => statistic, _ => new List<Rational>());
        long trials = protocol.Plan.Trials, count = 0;
        Rational sum = 0, least = 0, most = 0;
        var outcome = protocol.Simulator.Run(protocol.Plan with { Trials = trials * repetitions }, trial =>
        {
            if (trial.Number % trials == 0) count = 0;
            if (trial.Summaries[place] is { Count: > 0 } one) Add(one);
            if (count > 0 && trial.Number % trials == trials - 1) Take();
        }, null, cancel);
        return new Repetition(protocol, outcome.Values[place], found.Where(one => one.Value.Count > 0).ToDictionary(one => one.Key, one => new Repeated([.. one.Value.Order()])));

        void Add(Summary one)
        {
            var off = measured.Beyond.Constant;
            var all = (protocol.Simulator.Nanoseconds(1) * (global::System.Numerics.BigInteger)one.Sum) - (off * one.Count);
            var (low, high) = measured.Total ? (all, all) : (protocol.Simulator.Nanoseconds(one.Least) - off, protocol.Simulator.Nanoseconds(one.Most) - off);
            (least, most) = count == 0 ? (low, high) : (Rational.Min(least, low), Rational.Max(most, high));
            (sum, count) = (count == 0 ? all : sum + all, count + (measured.Total ? 1 : one.Count));
        }

        void Take()
        {
            found[Statistic.Max].Add(most);
            found[Statistic.Min].Add(least);
            found[Statistic.Mean].Add(sum / count);
        }
    }
}
