using Irekae.Codegen.Running;
using Irekae.Model.Binding;
using Irekae.Model.Numbers;

namespace Irekae.Codegen.Validation;

/// <summary>What a statistic is when the whole experiment is repeated: sorted, one value of each repetition, in nanoseconds.</summary>
public sealed record Repeated(IReadOnlyList<Rational> Values)
{
    /// <summary>The value that so many thousandths of the repetitions do not pass (nearest rank).</summary>
    public Rational Quantile(int thousandths) => Values[Math.Clamp((Values.Count * thousandths + 999) / 1000 - 1, 0, Values.Count - 1)];
}

/// <summary>
/// Repeats an experiment: each repetition is so many trials as the experiment has, and of each repetition every statistic is taken over all values of
/// all its trials, as the measured one was. Trials draw from streams of their own, so that repetitions are independent and the same on every machine.
/// </summary>
public static class Repetition
{
    /// <returns>By quantity, then statistic; a quantity of which a repetition has no value has fewer.</returns>
    public static IReadOnlyDictionary<(Quantity, Statistic), Repeated> Of(Protocol protocol, int repetitions, CancellationToken cancel)
    {
        var quantities = protocol.Simulator.Quantities;
        var found = quantities.SelectMany(q => Enum.GetValues<Statistic>().Select(s => (q, s))).ToDictionary(key => key, _ => new List<Rational>());
        long trials = protocol.Plan.Trials;
        var (count, sum, least, most) = (new long[quantities.Length], new Int128[quantities.Length], new long[quantities.Length], new long[quantities.Length]);
        protocol.Simulator.Run(protocol.Plan with { Trials = trials * repetitions }, trial =>
        {
            if (trial.Number % trials == 0) Reset();
            for (int q = 0; q < quantities.Length; q++)
            {
                var one = trial.Summaries[q];
                count[q] += one.Count;
                sum[q] += one.Sum;
                least[q] = Math.Min(least[q], one.Least);
                most[q] = Math.Max(most[q], one.Most);
            }

            if (trial.Number % trials == trials - 1) Take();
        }, null, cancel);
        return found.ToDictionary(one => one.Key, one => new Repeated([.. one.Value.Order()]));

        void Reset()
        {
            Array.Clear(count);
            Array.Clear(sum);
            Array.Fill(least, long.MaxValue);
            Array.Fill(most, -1);
        }

        void Take()
        {
            for (int q = 0; q < quantities.Length; q++)
            {
                if (count[q] == 0) continue;
                found[(quantities[q], Statistic.Max)].Add(protocol.Simulator.Nanoseconds(most[q]));
                found[(quantities[q], Statistic.Min)].Add(protocol.Simulator.Nanoseconds(least[q]));
                found[(quantities[q], Statistic.Mean)].Add(protocol.Simulator.Nanoseconds(1) * (global::System.Numerics.BigInteger)sum[q] / count[q]);
            }
        }
    }
}
