using Irekae.Model.Semantics;

namespace Irekae.Checker.Explore;

/// <summary>
/// The run that the theory calls worst (Liu and Layland 1973): the blocking section begins, and at the same instant everybody more urgent
/// and the process itself are released after their longest jitter; from then on least separations, least jitter, most work.
/// Whether it shows the bound is for the interpreter's measurement to say.
/// </summary>
internal sealed class CriticalInstant : Chooser
{
    private readonly BusyWindow window;
    private readonly long instant;
    private readonly long end;
    private readonly HashSet<int> begun = [];
    private readonly Dictionary<int, Load> loads;
    private readonly bool releasesFirst;

    /// <param name="length">How long the window is, in ticks.</param>
    public CriticalInstant(BusyWindow window, long length, bool releasesFirst)
    {
        this.window = window;
        this.releasesFirst = releasesFirst;
        loads = window.MoreUrgent.Append(window.Own).ToDictionary(l => l.Actor.Index);
        instant = Math.Max(loads.Values.Max(l => l.JitterHigh), window.Blocker is { } b ? b.Section.Before + b.Load.JitterHigh : 0);
        end = instant + length + window.Own.Separation + window.Own.Work;
    }

    public override int Move(Interpreter interpreter, IReadOnlyList<Move> candidates)
    {
        if (interpreter.Configuration is null) return 0;
        if (interpreter.Instant + interpreter.Delay(candidates[0]) > end) return -1;
        int best = 0;
        for (int i = 1; i < candidates.Count; i++)
            if (Place(candidates[i]).CompareTo(Place(candidates[best])) < 0) best = i;
        return best;

        (int, bool) Place(Move move) => (Rank(interpreter, move), move.GoesOnEarly != releasesFirst);
    }

    /// <summary>At one instant: the blocker first; then releases before ends of work, and preemption before these are complete, where the policy leaves the choice.</summary>
    private int Rank(Interpreter interpreter, Move move)
    {
        if (move.Timer < 0) return -1;
        var timer = interpreter.System.Timers[move.Timer];
        bool blocker = window.Blocker?.Load.Actor.Index == timer.Subject && interpreter.Instant + interpreter.Delay(move) <= instant;
        if (blocker) return 0;
        return timer.Kind == TimerKind.Work == releasesFirst ? 2 : 1;
    }

    public override long Duration(Interpreter interpreter, Move move, int started, long low, long? high)
    {
        var timer = interpreter.System.Timers[move.Started[started].Timer];
        switch (timer.Kind)
        {
            case TimerKind.Work:
                return high ?? low;
            case TimerKind.Jitter:
                return begun.Add(timer.Subject) ? high!.Value : low;
            case TimerKind.Arrival when move.Timer < 0:
                return Math.Min(Math.Max(low, First(timer.Subject)), high ?? long.MaxValue);
            case TimerKind.Arrival when loads.ContainsKey(timer.Subject):
                return low;
            case TimerKind.Arrival:
                return high ?? Math.Max(low, end + 1);
            default:
                return low;
        }
    }

    private long First(int actor)
    {
        if (loads.TryGetValue(actor, out var load)) return instant - load.JitterHigh;
        if (window.Blocker is { } b && b.Load.Actor.Index == actor) return instant - b.Section.Before - b.Load.JitterHigh;
        return end + 1;
    }
}
