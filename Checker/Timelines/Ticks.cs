using Irekae.Model.Numbers;

namespace Irekae.Checker.Timelines;

/// <summary>Instants that are easy to read on an axis: multiples of 1, 2 or 5 times a power of ten nanoseconds.</summary>
internal static class Ticks
{
    /// <summary>Instants in nanoseconds, and where they are in the picture, as a share of it.</summary>
    /// <param name="most">At most so many and one.</param>
    public static IEnumerable<(Rational Instant, Rational Share)> Of(Timeline timeline, int most)
    {
        if (timeline.Length <= 0) yield break;
        var whole = timeline.Run.Nanoseconds(timeline.Length);
        var step = Step(whole / most);
        var free = Rational.Zero;
        foreach (var (from, to) in timeline.Stretches())
        {
            var (begin, end) = (timeline.Run.Nanoseconds(from), timeline.Run.Nanoseconds(to));
            var before = timeline.Run.Nanoseconds(timeline.Position(from)) - begin;
            for (var instant = step * (begin / step).Ceiling(); instant <= end; instant += step)
            {
                if (before + instant < free) continue;
                free = before + instant + step;
                yield return (instant, (before + instant) / whole);
            }
        }
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
