using Irekae.Model.Numbers;

namespace Irekae.Checker.Timelines;

/// <summary>Instants that are easy to read on an axis: multiples of 1, 2 or 5 times a power of ten nanoseconds.</summary>
internal static class Ticks
{
    /// <param name="most">At most so many and one.</param>
    public static IEnumerable<Rational> Of(Rational from, Rational to, int most)
    {
        if (to <= from) yield break;
        var step = Step((to - from) / most);
        for (var instant = step * (from / step).Ceiling(); instant <= to; instant += step) yield return instant;
    }

    private static Rational Step(Rational least)
    {
        Rational power = 1;
        while (power > least) power /= 10;
        while (power * 10 <= least) power *= 10;
        foreach (int factor in (int[])[1, 2, 5])
            if (power * factor >= least) return power * factor;
        return power * 10;
    }
}
