using Irekae.Model.Binding;
using Irekae.Model.Numbers;
using Irekae.Model.Semantics;

namespace Irekae.Properties.Laws;

/// <summary>Times of the text against fine ticks of a run. Parameters have the values that the run gave them at its beginning.</summary>
internal sealed class Durations(Run run)
{
    private readonly Dictionary<int, Rational> parameters = [];

    public void Learn(Stage beginning)
    {
        var timers = beginning.Step.Move.Next.Timers;
        for (int i = 0; i < timers.Length; i++)
            if (run.System.Timers[timers[i]] is { Kind: TimerKind.Parameter } timer) parameters[timer.Subject] = run.Nanoseconds(beginning.Values[i]);
    }

    public bool Contains(Interval interval, long fineTicks) => AtLeast(fineTicks, interval.Low) && (interval.High is not { } high || AtMost(fineTicks, high));

    public bool AtMost(long fineTicks, AffineTime time) => run.Nanoseconds(fineTicks) <= Value(time);

    public bool AtLeast(long fineTicks, AffineTime time) => run.Nanoseconds(fineTicks) >= Value(time);

    public Rational Value(AffineTime time)
    {
        var sum = time.Constant;
        foreach (var (parameter, factor) in time.Terms) sum += factor * parameters[parameter.Index];
        return sum;
    }
}
