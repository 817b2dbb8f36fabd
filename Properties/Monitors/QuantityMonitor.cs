using Irekae.Model.Binding;
using Irekae.Model.Numbers;
using Irekae.Model.Semantics;

namespace Irekae.Properties.Monitors;

/// <summary>
/// The most extreme value of a quantity. A largest value counts as soon as a clock shows it, whether or not the occurrence ever ends;
/// a smallest value is that of an occurrence that has ended.
/// </summary>
internal sealed class QuantityMonitor : RunMonitor
{
    private readonly TransitionSystem system;
    private readonly long refinement;
    private readonly int quantity;
    private readonly Rational? bound;
    private readonly bool largest;
    private long? best;

    public QuantityMonitor(TransitionSystem system, long refinement, Quantity quantity, Rational? bound, bool largest)
    {
        (this.system, this.refinement, this.bound, this.largest) = (system, refinement, bound, largest);
        this.quantity = Observing.Index(system.Observation, quantity);
    }

    public override void See(Stage stage)
    {
        foreach (var ended in stage.Step.Move.Ended)
        {
            if (ended.Quantity != quantity) continue;
            Occurrences++;
            Take(stage.Index, Quantities.Value(stage, ended));
        }
        if (!largest || stage.Before is null) return;
        for (int i = 0; i < stage.Before.Timers.Length; i++)
        {
            var timer = system.Timers[stage.Before.Timers[i]];
            if (timer.Kind == TimerKind.Clock && timer.Subject == quantity) Take(stage.Index, stage.Passed[i]);
        }
    }

    protected override Rational? Value() => best is { } value ? Nanoseconds(value) : null;

    private void Take(int step, long value)
    {
        if (best is { } known && (largest ? value <= known : value >= known)) return;
        best = value;
        if (bound is not { } limit) return;
        var time = Nanoseconds(value);
        if (largest ? time > limit : time < limit) Decide(step, Finding.Contradicts);
    }

    private Rational Nanoseconds(long fineTicks) => new(system.Tick.Numerator * fineTicks, system.Tick.Denominator * refinement);
}
