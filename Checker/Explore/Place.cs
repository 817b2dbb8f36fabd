using Irekae.Checker.Explore.Polyhedra;
using Irekae.Model.Semantics;

namespace Irekae.Checker.Explore;

/// <summary>A configuration that was reached, with the sets of timer values seen there. Its moves are asked for once.</summary>
internal sealed class Place(int id, Configuration configuration)
{
    public int Id { get; } = id;

    public Configuration Configuration { get; } = configuration;

    /// <summary>Null until somebody goes on from here.</summary>
    public Edge[]? Edges { get; set; }

    /// <summary>The sets that no other set seen here includes: passed and waiting.</summary>
    public Kept Nodes { get; } = new();

    /// <summary>How often a set was put in place of several, larger than their union.</summary>
    public int Merges { get; set; }

    /// <summary>The dimension of a timer, or −1 if it is not alive here.</summary>
    public int Dimension(int timer) => Math.Max(-1, Array.BinarySearch(Configuration.Timers, timer));
}

/// <summary>A move with what it does to timers. <c>From</c> is null for the beginning of a run.</summary>
internal sealed record Edge(Place? From, Move Move, Place To, StepShape Shape);

/// <summary>A symbolic state: a configuration with a convex set of timer values, and how it was reached first.</summary>
internal sealed class Node(Place place, Polyhedron set, Node? parent, Edge edge, bool merged = false)
{
    public Place Place { get; } = place;

    public Polyhedron Set { get; } = set;

    public Node? Parent { get; } = parent;

    public Edge Edge { get; } = edge;

    public int Depth { get; } = parent is null ? 0 : parent.Depth + 1;

    /// <summary>The set is what the path leads to, exactly (for this exploration's system and clock sense).</summary>
    public bool Exact { get; } = !merged && (parent?.Exact ?? true);

    /// <summary>A later set includes this one: it needs no successors of its own.</summary>
    public bool Covered { get; set; }

    /// <summary>The edges from the beginning to here.</summary>
    public List<Edge> Path()
    {
        var path = new List<Edge>(Depth + 1);
        for (var node = this; node is not null; node = node.Parent) path.Add(node.Edge);
        path.Reverse();
        return path;
    }
}
