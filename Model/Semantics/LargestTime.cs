using System.Numerics;
using System.Runtime.CompilerServices;
using Irekae.Model.Binding;

namespace Irekae.Model.Semantics;

/// <summary>The largest time that a specification mentions: the scale on which something that may take any time is drawn.</summary>
public static class LargestTime
{
    private static readonly ConditionalWeakTable<TransitionSystem, StrongBox<long>> Known = [];

    /// <summary>In ticks, at least 1.</summary>
    public static long Ticks(TransitionSystem system) => Known.GetValue(system, Compute).Value;

    private static StrongBox<long> Compute(TransitionSystem system)
    {
        var largest = BigInteger.One;
        foreach (var time in Times(system.System))
        {
            var ticks = time.Constant.Numerator * system.Tick.Denominator / (time.Constant.Denominator * system.Tick.Numerator);
            largest = BigInteger.Max(largest, ticks);
        }
        return new StrongBox<long>(checked((long)largest));
    }

    private static IEnumerable<AffineTime> Times(BoundSystem system) =>
        Intervals(system).SelectMany(interval => interval.High is { } high ? new[] { interval.Low, high } : [interval.Low]);

    private static IEnumerable<Interval> Intervals(BoundSystem system)
    {
        foreach (var parameter in system.Parameters) yield return parameter.Range;
        if (system.Machine.Quantum is { } quantum) yield return quantum;
        if (system.Machine.Switch is { } change) yield return change;
        foreach (var actor in system.Actors)
        {
            if (actor.Quantum is { } own) yield return own;
            if (actor.Activation is { } activation)
            {
                yield return activation.Separation;
                yield return activation.Offset;
                if (activation.Jitter is { } jitter) yield return jitter;
            }
            foreach (var interval in Intervals(actor.Body)) yield return interval;
        }
    }

    private static IEnumerable<Interval> Intervals(BoundStatement statement) => statement switch
    {
        BoundStatement.Run run => [run.Duration],
        BoundStatement.Wait wait => [wait.Duration],
        BoundStatement.Block block => block.Statements.SelectMany(Intervals),
        BoundStatement.Choose choose => choose.Alternatives.SelectMany(Intervals),
        BoundStatement.If branch => Intervals(branch.Then).Concat(branch.Else is null ? [] : Intervals(branch.Else)),
        BoundStatement.Call call => call.Refused is null ? [] : Intervals(call.Refused),
        BoundStatement.Receive receive => receive.Handlers.SelectMany(handler => Intervals(handler.Body)),
        BoundStatement.Repeat repeat => Intervals(repeat.Body),
        BoundStatement.Loop loop => Intervals(loop.Body),
        BoundStatement.MeasureBlock measure => Intervals(measure.Body),
        BoundStatement.Lock section => Intervals(section.Body),
        BoundStatement.NonPreemptive section => Intervals(section.Body),
        _ => [],
    };
}
