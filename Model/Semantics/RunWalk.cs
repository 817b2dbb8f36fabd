namespace Irekae.Model.Semantics;

/// <summary>One move of a run together with the timer values around it.</summary>
/// <param name="Before">Null at the beginning; <see cref="Passed"/> is empty then.</param>
/// <param name="Passed">Values in <c>Before</c> once the delay has passed: what the timers read at the instant of the move.</param>
/// <param name="Values">Values in <c>Step.Move.Next</c>.</param>
public sealed record Stage(int Index, Configuration? Before, long[] Passed, long Delay, RunStep Step, long[] Values);

public static class RunWalk
{
    /// <summary>The run again, with its timer values. It is taken to be possible (<see cref="Runs.Replay"/> judges that).</summary>
    public static IEnumerable<Stage> Walk(this Run run)
    {
        Configuration? before = null;
        long[] values = [];
        long instant = 0;
        for (int i = 0; i < run.Steps.Length; i++)
        {
            var step = run.Steps[i];
            long delay = step.Instant - instant;
            var passed = before is null ? [] : Valuation.After(before, values, delay);
            var next = Valuation.Next(before, passed, step.Move, step.Durations.AsSpan());
            yield return new Stage(i, before, passed, delay, step, next);
            (before, values, instant) = (step.Move.Next, next, step.Instant);
        }
    }
}
