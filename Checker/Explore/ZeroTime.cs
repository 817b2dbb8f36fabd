using System.Collections.Immutable;
using Irekae.Checker.Explore.Polyhedra;
using Irekae.Model.Semantics;

namespace Irekae.Checker.Explore;

/// <summary>
/// Infinitely many moves in no time. In such a run all but finitely many moves fire a timer that began at 0 within it (each start is used up by
/// one firing, and finitely many timers were there before). So: the moves of no timer, and of timers that may begin at 0, as a graph
/// of places; inside its strongly connected components, paths all of whose moves take no time, with their exact sets
/// <code>
///     Z → Z' = successor of Z ∩ {x_f = 0}
/// </code>
/// A path from Z back to the same place with Z' ⊇ Z can be taken again and again: every point of Z' was reached from one of Z.
/// </summary>
internal sealed class ZeroTime
{
    private const int StepLimit = 20_000;

    private readonly Explorer explorer;
    private readonly HashSet<int> instant;
    private readonly Dictionary<Place, List<(Edge Edge, StepShape Shape)>> edges = [];
    private readonly Dictionary<Place, int> component = [];
    private readonly HashSet<(Place, Polyhedron)> visited = [];
    private int steps;

    private ZeroTime(Explorer explorer)
    {
        this.explorer = explorer;
        instant = [.. explorer.Places.SelectMany(p => p.Edges ?? []).SelectMany(e => e.Move.Started)
            .Where(s => !s.Interval.Low.IsConstant || s.Interval.Low.Constant <= 0).Select(s => s.Timer)];
    }

    /// <summary>A path and how many of its last moves repeat in no time; or none. <c>Exhausted</c>: the search was cut off, and none means nothing.</summary>
    public static (ImmutableArray<Edge> Path, int Round, bool Exhausted) Find(Explorer explorer)
    {
        var search = new ZeroTime(explorer);
        search.BuildGraph();
        foreach (var place in explorer.Places.Where(search.component.ContainsKey).OrderBy(p => p.Id))
        {
            foreach (var node in place.Nodes)
            {
                if (search.Follow(place, node.Set, []) is { } found) return ([.. node.Path(), .. found.Path], found.Round, false);
            }
        }

        return ([], 0, search.steps >= StepLimit);
    }

    private void BuildGraph()
    {
        foreach (var place in explorer.Places)
        {
            var own = new List<(Edge, StepShape)>();
            foreach (var edge in place.Edges ?? [])
            {
                if (edge.Move.Timer >= 0 && !instant.Contains(edge.Move.Timer)) continue;
                var shape = AtOnce(edge.Shape);
                if (place.Nodes.Any(n => n.Set.Guarded(shape) is not null)) own.Add((edge, shape));
            }

            if (own.Count > 0) edges.Add(place, own);
        }

        Condense();
    }

    public static StepShape AtOnce(StepShape shape) => shape.Firing < 0 ? shape
        : new StepShape(shape.Firing, shape.Rates, shape.Guards.Add(Row.AtMost(shape.OldDimensions, shape.Firing, 0)), shape.Source, shape.Fresh);

    private (ImmutableArray<Edge> Path, int Round)? Follow(Place place, Polyhedron set, List<(Place Place, Polyhedron Set, Edge Edge)> path)
    {
        foreach (var (edge, shape) in edges[place])
        {
            if (component.GetValueOrDefault(edge.To, -1) != component[place] || steps >= StepLimit) continue;
            if (set.Successor(shape) is not { } next) continue;
            steps++;
            path.Add((place, set, edge));
            for (int i = path.Count - 1; i >= 0; i--)
                if (path[i].Place == edge.To && next.Includes(path[i].Set)) return ([.. path.Select(p => p.Edge)], path.Count - i);
            if (visited.Add((edge.To, next)) && Follow(edge.To, next, path) is { } found) return found;
            path.RemoveAt(path.Count - 1);
        }

        return null;
    }

    /// <summary>Strongly connected components with at least one edge inside (Tarjan 1972, with an explicit stack).</summary>
    private void Condense()
    {
        var index = new Dictionary<Place, int>();
        var low = new Dictionary<Place, int>();
        var open = new Stack<Place>();
        var isOpen = new HashSet<Place>();
        var calls = new Stack<(Place Place, int Next)>();
        foreach (var root in edges.Keys)
        {
            if (index.ContainsKey(root)) continue;
            calls.Push((root, 0));
            while (calls.TryPop(out var call))
            {
                var (place, next) = call;
                if (next == 0)
                {
                    index[place] = low[place] = index.Count;
                    open.Push(place);
                    isOpen.Add(place);
                }
                else
                {
                    var child = edges[place][next - 1].Edge.To;
                    if (isOpen.Contains(child)) low[place] = Math.Min(low[place], low[child]);
                }

                var own = edges[place];
                bool descended = false;
                for (; next < own.Count && !descended; next++)
                {
                    var child = own[next].Edge.To;
                    if (!edges.ContainsKey(child)) continue;
                    if (!index.TryGetValue(child, out int seen))
                    {
                        calls.Push((place, next + 1));
                        calls.Push((child, 0));
                        descended = true;
                    }
                    else if (isOpen.Contains(child))
                    {
                        low[place] = Math.Min(low[place], seen);
                    }
                }

                if (descended || low[place] != index[place]) continue;
                Close(place, open, isOpen);
            }
        }
    }

    private void Close(Place root, Stack<Place> open, HashSet<Place> isOpen)
    {
        var members = new List<Place>();
        Place member;
        do
        {
            member = open.Pop();
            isOpen.Remove(member);
            members.Add(member);
        }
        while (member != root);
        if (members.Count == 1 && !edges[root].Exists(e => e.Edge.To == root)) return;
        foreach (var place in members) component[place] = root.Id;
    }
}
