using Irekae.Model.Semantics;

namespace Irekae.Checker.Proofs;

/// <summary>
/// Timers whose every value comes from one beginning above 0, or from the beginning of the run, and is used up when it fires. Within one instant such a
/// timer fires at most once, so infinitely many moves in no time are, but for finitely many, moves of others.
/// </summary>
internal static class SlowTimers
{
    /// <summary>By timer: no edge begins it at 0 or at parameters, continues another that is not slow as it, one twice, or the one that fires.</summary>
    public static bool[] Of(Automaton automaton)
    {
        bool[] slow = new bool[automaton.System.Timers.Length];
        Array.Fill(slow, true);
        bool changed = true;
        while (changed)
        {
            changed = false;
            foreach (var location in automaton.Locations)
                foreach (var edge in location.Edges ?? [])
                    foreach (int timer in Lost(edge.Move, slow)) (slow[timer], changed) = (false, true);
        }

        return slow;
    }

    private static IEnumerable<int> Lost(Move move, bool[] slow)
    {
        foreach (var (timer, interval) in move.Started)
            if (slow[timer] && (!interval.Low.Terms.IsEmpty || interval.Low.Constant <= 0)) yield return timer;
        var sources = move.Sources;
        for (int k = 0; k < sources.Length; k++)
        {
            int timer = move.Next.Timers[k], source = sources[k];
            if (source < 0 || !slow[timer]) continue;
            if (source == move.Timer || !slow[source] || sources.IndexOf(source) < k || sources.LastIndexOf(source) > k) yield return timer;
        }
    }
}
