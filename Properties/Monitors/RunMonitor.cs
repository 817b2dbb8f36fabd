using System.Collections.Immutable;
using System.Diagnostics;
using Irekae.Model.Binding;
using Irekae.Model.Numbers;
using Irekae.Model.Semantics;

namespace Irekae.Properties.Monitors;

/// <summary>Watches one run step by step and judges one property by it.</summary>
public abstract class RunMonitor
{
    /// <summary>The step that decided, and how.</summary>
    public (int Step, Finding Finding)? Decision { get; private set; }

    protected int Occurrences { get; set; }

    /// <summary>The next step of the run, in order.</summary>
    public abstract void See(Stage stage);

    public Judgement Judgement() =>
        new(Decision?.Finding ?? Finding.Consistent, Decision?.Step, Value(), Occurrences);

    /// <summary>Judges a whole run. Its system must observe what the property speaks of (<see cref="Observing"/>).</summary>
    public static Judgement Judge(Property property, Run run) => Judge([property], run)[0];

    /// <summary>Judges a whole run by several properties in one walk.</summary>
    public static ImmutableArray<Judgement> Judge(ImmutableArray<Property> properties, Run run)
    {
        var monitors = properties.Select(property => Of(property, run.System, run.Refinement)).ToArray();
        foreach (var stage in run.Walk())
            foreach (var monitor in monitors) monitor.See(stage);
        return [.. monitors.Select(monitor => monitor.Judgement())];
    }

    public static RunMonitor Of(Property property, TransitionSystem system, long refinement) => property.Question switch
    {
        Question.Max max => new QuantityMonitor(system, refinement, max.Quantity, max.Bound, largest: true),
        Question.Min min => new QuantityMonitor(system, refinement, min.Quantity, min.Bound, largest: false),
        Question.Answered answered => new QuantityMonitor(system, refinement, answered.Request, answered.Bound, largest: true),
        Question.Always always => new ConditionMonitor(system, always.Condition, contradictsWhen: false),
        Question.Reachable reachable => new ConditionMonitor(system, reachable.Condition, contradictsWhen: null),
        Question.After after => new AfterMonitor(system, after),
        _ => throw new UnreachableException(property.Question.GetType().Name),
    };

    protected void Decide(int step, Finding finding) => Decision ??= (step, finding);

    protected virtual Rational? Value() => null;
}
