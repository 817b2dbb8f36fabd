using System.Numerics;
using System.Runtime.CompilerServices;
using Irekae.Model.Binding;

namespace Irekae.Model.Semantics;

/// <summary>The scale of the times of a specification, for whoever draws some.</summary>
/// <param name="Largest">The largest time mentioned, in ticks, at least 1: the scale on which something that may take any time is drawn.</param>
/// <param name="ParameterStep">
/// At this refinement, with every parameter a multiple of this many fine ticks, every bound that refers to a parameter is whole.
/// </param>
public sealed record SpecTimes(long Largest, long ParameterStep)
{
    private static readonly ConditionalWeakTable<TransitionSystem, SpecTimes> Known = [];

    public static SpecTimes Of(TransitionSystem system) => Known.GetValue(system, Compute);

    private static SpecTimes Compute(TransitionSystem system)
    {
        var (largest, step) = (BigInteger.One, BigInteger.One);
        foreach (var time in system.System.Times())
        {
            var ticks = time.Constant.Numerator * system.Tick.Denominator / (time.Constant.Denominator * system.Tick.Numerator);
            largest = BigInteger.Max(largest, ticks);
            foreach (var (_, factor) in time.Terms) step = step / BigInteger.GreatestCommonDivisor(step, factor.Denominator) * factor.Denominator;
        }
        return new SpecTimes(checked((long)largest), checked((long)step));
    }
}
