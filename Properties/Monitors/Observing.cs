using System.Collections.Immutable;
using Irekae.Model.Binding;
using Irekae.Model.Semantics;

namespace Irekae.Properties.Monitors;

/// <summary>What has to be observed so that properties can be judged.</summary>
public static class Observing
{
    /// <summary>Everything that some properties speak of. Their faults are on; they should agree in them.</summary>
    public static Observation Of(IReadOnlyCollection<Property> properties, Ties? ties = null) => new(
        [.. properties.SelectMany(Quantities).Distinct()],
        [.. properties.Select(property => property.Question).OfType<Question.After>().Select(after => (after.Measure, after.Condition))],
        [.. properties.SelectMany(property => property.Under).DistinctBy(fault => fault.Index)],
        ties,
        []);

    /// <summary>What is measured of a system where nobody says what: measures, gaps between marks, responses.</summary>
    public static IEnumerable<Quantity> Measured(BoundSystem system) =>
    [
        .. system.Measures.Select(measure => new Quantity.OfMeasure(measure)),
        .. system.Marks.Select(mark => new Quantity.Gap(mark)),
        .. system.Actors.Where(actor => actor.Activation is not null).Select(actor => new Quantity.Response(actor)),
    ];

    internal static int Index(Observation observation, Quantity quantity) =>
        observation.Quantities.IndexOf(quantity) is >= 0 and var index ? index : throw new ArgumentException($"{quantity} is not observed");

    internal static int Index(Observation observation, Question.After question)
    {
        for (int i = 0; i < observation.Conditions.Length; i++)
        {
            if (ReferenceEquals(observation.Conditions[i].Condition, question.Condition) && observation.Conditions[i].Measure == question.Measure) return i;
        }
        throw new ArgumentException($"the condition after {question.Measure.Name} is not observed");
    }

    private static IEnumerable<Quantity> Quantities(Property property) => property.Question switch
    {
        Question.Max max => [max.Quantity],
        Question.Min min => [min.Quantity],
        Question.Answered answered => [answered.Request],
        Question.After after => [new Quantity.OfMeasure(after.Measure)],
        _ => [],
    };
}
