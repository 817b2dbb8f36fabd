using Irekae.Model.Binding;
using Irekae.Model.Semantics;

namespace Irekae.Properties.Monitors;

/// <summary>A condition in every configuration: <c>always</c> is contradicted where it is false, <c>reachable</c> is reached where it is true.</summary>
/// <param name="contradictsWhen">The value that contradicts; null: being true reaches.</param>
internal sealed class ConditionMonitor(TransitionSystem system, BoundExpression condition, bool? contradictsWhen) : RunMonitor
{
    public override void See(Stage stage)
    {
        Occurrences++;
        bool holds = system.Evaluate(condition, stage.Step.Move.Next) != 0;
        if (contradictsWhen == holds) Decide(stage.Index, Finding.Contradicts);
        if (contradictsWhen is null && holds) Decide(stage.Index, Finding.Reaches);
    }
}

/// <summary>A condition at each end of a measure. The transition system judges it in the middle of the move, where the measure ends.</summary>
internal sealed class AfterMonitor : RunMonitor
{
    private readonly int condition;
    private readonly int measure;

    public AfterMonitor(TransitionSystem system, Question.After question)
    {
        condition = Observing.Index(system.Observation, question);
        measure = system.Observation.Quantities.IndexOf(new Quantity.OfMeasure(question.Measure));
    }

    public override void See(Stage stage)
    {
        bool fails = stage.Step.Move.FailedConditions.Contains(condition);
        Occurrences += Math.Max(fails ? 1 : 0, stage.Step.Move.Ended.Count(ended => ended.Quantity == measure));
        if (fails) Decide(stage.Index, Finding.Contradicts);
    }
}
