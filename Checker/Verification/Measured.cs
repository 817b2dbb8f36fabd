using Irekae.Model.Numbers;
using Irekae.Model.Semantics;

namespace Irekae.Checker.Verification;

/// <summary>What a replayed run shows.</summary>
internal static class Measured
{
    /// <summary>A clock at the run's last move, its delay included, in ticks; null if it does not run there. Clock −1: an occurrence that began and ended in the last move.</summary>
    public static Rational? Last(Run run, int clock)
    {
        if (clock < 0) return Rational.Zero;
        var last = run.Walk().Last();
        int place = last.Before is null ? -1 : Array.BinarySearch(last.Before.Timers, clock);
        return place < 0 ? null : new Rational(last.Passed[place], run.Refinement);
    }
}
