using System.Collections.Immutable;
using Irekae.Model.Binding;
using Irekae.Model.Semantics;

namespace Irekae.Codegen.Running;

/// <summary>All that can be observed of a system.</summary>
public static class Everything
{
    /// <summary>What an experiment measures that does not say: measures, gaps between marks, responses.</summary>
    public static IEnumerable<Quantity> Measured(BoundSystem system) =>
    [
        .. system.Measures.Select(m => new Quantity.OfMeasure(m)),
        .. system.Marks.Select(m => new Quantity.Gap(m)),
        .. system.Actors.Where(a => a.Activation is not null).Select(a => new Quantity.Response(a)),
    ];

    /// <summary>Each quantity that the system can have, and every fault on.</summary>
    public static Observation Of(BoundSystem system) => Observation.Nothing with
    {
        Quantities = [.. Measured(system), .. Answers(system)],
        Faults = system.Faults,
    };

    private static IEnumerable<Quantity.Answer> Answers(BoundSystem system) =>
        system.Actors.SelectMany(a => a.Body.WithDescendants()).OfType<BoundStatement.Call>()
            .DistinctBy(call => (call.Endpoint.Index, call.Message.Index)).Select(call => new Quantity.Answer(call.Endpoint, call.Message));
}
