using System.Collections.Immutable;
using Irekae.Checker.Explore;
using Irekae.Model.Binding;
using Irekae.Model.Semantics;

namespace Irekae.Checker.Verification;

/// <summary>
/// Watches for everything that needs no clock: conditions of configurations, conditions at the end of a measure, violations, deadlock.
/// The first sighting of each is kept; the exploration is breadth first, so its path is a shortest one.
/// </summary>
/// <param name="conditions">Of configurations; each with the value that is looked for.</param>
/// <param name="measures">Whose ends are looked for (a condition at no end at all is vacuous).</param>
/// <param name="everything">The always-on checks need the whole exploration; otherwise it may end once all is decided.</param>
internal sealed class StateWatch(
    TransitionSystem system, ImmutableArray<(BoundExpression Condition, bool Sought)> conditions, ImmutableArray<Measure> measures, bool everything) : IWatch
{
    private readonly HashSet<Place> judged = [];

    /// <summary>Per condition: the first node whose configuration has the value sought.</summary>
    public Node?[] Found { get; } = new Node?[conditions.Length];

    /// <summary>Per condition of the observation: the first move at which it fails.</summary>
    public (Node? From, Edge Edge)?[] Failed { get; } = new (Node?, Edge)?[system.Observation.Conditions.Length];

    /// <summary>Per measure: it ends somewhere.</summary>
    public bool[] Ends { get; } = new bool[measures.Length];

    public Dictionary<ViolationKind, (Node? From, Edge Edge, Violation Violation)> Violations { get; } = [];

    public Node? Deadlock { get; private set; }

    public (Node? From, Edge Edge)? Stop { get; private set; }

    public bool Satisfied => !everything && Found.All(f => f is not null) && Failed.All(f => f is not null);

    public void Moved(Node? from, Edge edge)
    {
        var move = edge.Move;
        if (move.Stops) Stop ??= (from, edge);
        foreach (var violation in move.Violations) Violations.TryAdd(violation.Kind, (from, edge, violation));
        foreach (int condition in move.FailedConditions) Failed[condition] ??= (from, edge);
        for (int i = 0; i < measures.Length; i++)
            Ends[i] = Ends[i] || move.Events.Any(e => e.Kind == EventKind.MeasureEnds && e.B == measures[i].Index);
    }

    public void Entered(Node node)
    {
        if (!judged.Add(node.Place)) return;
        for (int i = 0; i < conditions.Length; i++)
            if (Found[i] is null && system.Evaluate(conditions[i].Condition, node.Place.Configuration) != 0 == conditions[i].Sought) Found[i] = node;
    }

    public void Rested(Node node)
    {
        if (Deadlock is null && !node.Edge.Move.Stops && !system.Waiting(node.Place.Configuration).IsEmpty) Deadlock = node;
    }
}
