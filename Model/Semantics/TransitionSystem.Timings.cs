using Irekae.Model.Text;

namespace Irekae.Model.Semantics;

/// <summary>An interval of time in the text of a specification, as its timers begin with it.</summary>
/// <param name="Interval">The very object that a <see cref="Started"/> has.</param>
/// <param name="Subject">Index of the actor; of a switch cost −1.</param>
/// <param name="Span">The statement; null: an attribute of the actor or a rule of the machine.</param>
public sealed record Timing(TickInterval Interval, TimerKind Kind, int Subject, SourceSpan? Span);

/// <summary>Where the intervals of fresh timers come from.</summary>
public sealed partial class TransitionSystem
{
    /// <summary>Every interval of the text from which a timer may begin, but those of parameters and of what may take any time.</summary>
    public IEnumerable<Timing> Timings()
    {
        foreach (var actor in System.Actors)
        {
            foreach (var i in code[actor.Index])
                if (i is { Op: Program.Op.Run or Program.Op.Wait, Interval: { } interval }) yield return new Timing(interval, i.Op == Program.Op.Run ? TimerKind.Work : TimerKind.Wait, actor.Index, i.Statement?.Span);
            if (quanta[actor.Index] is { } quantum) yield return new Timing(quantum, TimerKind.Slice, actor.Index, null);
            if (activations[actor.Index] is not { } activation) continue;
            yield return new Timing(activation.Offset, TimerKind.Arrival, actor.Index, null);
            yield return new Timing(activation.Separation, TimerKind.Arrival, actor.Index, null);
            if (activation.Jitter is { } jitter) yield return new Timing(jitter, TimerKind.Jitter, actor.Index, null);
        }

        if (switchCost is not null) yield return new Timing(switchCost, TimerKind.Switch, -1, null);
    }

    /// <summary>A timing that is the offset of the first arrival, not the separation of later ones.</summary>
    public bool IsOffset(Timing timing) => timing is { Kind: TimerKind.Arrival, Subject: var actor } && ReferenceEquals(activations[actor]!.Offset, timing.Interval);
}
