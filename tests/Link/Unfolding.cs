using System.Collections.Immutable;
using Irekae.Model.Binding;
using Irekae.Model.Semantics;

namespace Irekae.Tests.Link;

/// <summary>A condition of locations that questions are about.</summary>
/// <param name="Value">Flagged where the condition has this value.</param>
internal sealed record PlaceFlag(string Name, BoundExpression Condition, bool Value);

/// <summary>The automaton of the plain translator.</summary>
internal sealed class Unfolding : PlainAutomaton
{
    private readonly Translator translator;
    private readonly ImmutableArray<PlaceFlag> flags;
    private readonly Dictionary<string, int> numbers = [];
    private readonly List<World> worlds = [];
    private readonly List<IReadOnlyList<PlainEdge>?> edges = [];

    public Unfolding(Translator translator, ImmutableArray<PlaceFlag> flags)
    {
        this.translator = translator;
        this.flags = flags;
        Initial = [.. translator.Initial().Select(Of)];
    }

    public override IReadOnlyList<PlainEdge> Initial { get; }

    public override string Look(int location)
    {
        var world = worlds[location];
        var found = flags.Where(f => translator.Holds(f.Condition, world) == f.Value).Select(f => f.Name);
        if (Edges(location).Count == 0 && !world.Stopped && translator.SomebodyWaits(world)) found = found.Append("check.deadlock");
        return Look(world.Timers.Keys.Select(t => (t, translator.Rate(world, t))), found);
    }

    public override IReadOnlyList<PlainEdge> Edges(int location) => edges[location] ??= [.. translator.Edges(worlds[location]).Select(Of)];

    public override string Describe(int location) => $"{Look(location)}\n{translator.Text(worlds[location])}";

    private PlainEdge Of(Edge edge)
    {
        var timers = edge.Next.Timers.Select(t => (t.Key, t.Value switch { Origin.Since s => s.Timer, Origin.Fresh f => Times.Text(f.Interval), _ => "" }));
        string label = Label(edge.Fires, edge.AtOnce, edge.Before, timers, edge.Next.Ended, edge.Next.Found);
        var world = edge.Next.Rested();
        string text = translator.Text(world);
        if (!numbers.TryGetValue(text, out int number))
        {
            numbers[text] = number = worlds.Count;
            worlds.Add(world);
            edges.Add(null);
        }

        return new PlainEdge(label, number, string.Join("; ", edge.Next.Story), edge.Fires, edge.Next.Found.Contains("check.time_stops"));
    }
}
