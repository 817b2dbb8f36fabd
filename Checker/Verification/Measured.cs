using Irekae.Model.Numbers;
using Irekae.Model.Semantics;

namespace Irekae.Checker.Verification;

/// <summary>What a replayed run shows.</summary>
internal static class Measured
{
    /// <summary>
    /// A clock at the run's last move, its delay included, in ticks; null if it does not run there. Clock −1: an occurrence that began and ended in
    /// the last move. A largest value may be that of an occurrence that goes on; a smallest one is that of an occurrence that has ended, and
    /// where counters were forgotten the same labels may name a move that does not end it.
    /// </summary>
    public static Rational? Last(Run run, int clock, bool largest)
    {
        var last = run.Walk().Last();
        if ((clock < 0 || !largest) && !last.Step.Move.Ended.Any(e => e.Clock == clock)) return null;
        if (clock < 0) return Rational.Zero;
        int place = last.Before is null ? -1 : Array.BinarySearch(last.Before.Timers, clock);
        return place < 0 ? null : new Rational(last.Passed[place], run.Refinement);
    }
}
