using System.Collections.Immutable;
using Irekae.Model.Binding;
using Irekae.Model.Semantics;
using Irekae.Properties.Monitors;

namespace Irekae.Codegen.Running;

/// <summary>All that can be observed of a system.</summary>
public static class Everything
{
    /// <summary>Each quantity that the system can have, and every fault on.</summary>
    public static Observation Of(BoundSystem system) => Observation.Nothing with
    {
        Quantities = [.. Observing.Measured(system), .. Answers(system)],
        Faults = system.Faults,
    };

    private static IEnumerable<Quantity.Answer> Answers(BoundSystem system) =>
        system.Actors.SelectMany(a => a.Body.WithDescendants()).OfType<BoundStatement.Call>()
            .DistinctBy(call => (call.Endpoint.Index, call.Message.Index)).Select(call => new Quantity.Answer(call.Endpoint, call.Message));
}
