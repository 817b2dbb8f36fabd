using System.Runtime.InteropServices;
using Irekae.Checker.Explore.Polyhedra;
using Irekae.Model.Numbers;
using Irekae.Model.Semantics;

namespace Irekae.Checker.Explore;

/// <summary>What an exploration looks for. Called for every move that can happen and every set that is new.</summary>
internal interface IWatch
{
    /// <summary>Some point of the node's set can take the edge. Null: the edge begins a run.</summary>
    void Moved(Node? from, Edge edge);

    /// <summary>A set that none seen before includes. Its edges are not known yet.</summary>
    void Entered(Node node);

    /// <summary>A node whose place has no moves.</summary>
    void Rested(Node node);

    /// <summary>Nothing more can be learnt.</summary>
    bool Satisfied { get; }
}

/// <summary>How an exploration is carried out. None of it changes an answer, except that merging makes the upper side an upper side only.</summary>
/// <param name="MergeAbove">Sets of one place from which on they are merged.</param>
internal sealed record ExploreOptions(ClockSense Sense, Limits Limits, int MergeAbove);

/// <summary>
/// Forward reachability. A symbolic state stands for all runs along one sequence of moves at once:
/// <code>
///     take a waiting (q, P)  →  each move of q  →  P' = successor of P, exactly (StepShape)
///       P' empty                         the move cannot happen from P
///       P' inside some set seen at q'    covered: whatever follows was or will be seen from there
///       else                             a new state; waiting sets of q' inside P' are covered by it
/// </code>
/// When nothing waits, the sets are an inductive invariant, so what holds on all of them holds of runs of any length.
///
/// Order: without clocks breadth first, so that what is found has a shortest path. For a largest value, smallest clock first: sets
/// with the same past work behind them meet while they still wait, and fewer states are followed only to be covered later (half as many
/// as breadth first on interrupts over round robin, a sixth of largest clock first).
///
/// A place with too many sets gets hulls in place of single sets, and when its hulls keep growing, fewer rows of them
/// (Cousot and Halbwachs 1978): still an invariant, but it holds more than can happen; <see cref="Merged"/> says so. This is a last resort
/// against sets that never end; where they do end, merged sets lose what bounds a clock and cost more than they save.
/// </summary>
internal sealed class Explorer(TransitionSystem system, IWatch watch, ExploreOptions options, CancellationToken cancel)
{
    private const int RememberedSuccessors = 1 << 17;
    private const int ReportEvery = 256;
    private const int HullsBeforeWidening = 24;

    /// <summary>From so many states on, what a set keeps for speed is given back once the set was followed: memory counts.</summary>
    private const int Many = 50_000;

    private readonly Shapes shapes = new(system, options.Sense);
    private readonly Dictionary<Configuration, Place> places = [];
    private readonly Dictionary<(StepShape, Polyhedron), Polyhedron?> successors = [];
    private readonly PriorityQueue<Node, (Rational Clock, long Arrival)> waiting = new();
    private readonly Budget budget = new(options.Limits, cancel);

    public TransitionSystem System => system;

    /// <summary>Called every few hundred states.</summary>
    public Action<Explorer>? Report { get; init; }

    public IReadOnlyCollection<Place> Places => places.Values;

    public long States { get; private set; }

    public long Moves { get; private set; }

    public long Merges { get; private set; }

    /// <summary>Simplex runs of this exploration, those of its watch included.</summary>
    public long LinearPrograms { get; private set; }

    public long Waiting => waiting.Count;

    public TimeSpan Elapsed => budget.Elapsed;

    /// <summary>Some set is larger than what can happen.</summary>
    public bool Merged => Merges > 0;

    /// <summary>Why the exploration ended before everything was seen; null: everything was seen, or the watch was satisfied.</summary>
    public string? Incomplete { get; private set; }

    public void Run()
    {
        long before = LinearProgramCount.Current;
        try
        {
            foreach (var move in system.Initial(budget.Token))
            {
                var edge = Begins(move);
                if (Successor(edge, Polyhedron.Universe(0)) is not { } set) continue;
                watch.Moved(null, edge);
                Enter(new Node(edge.To, set, null, edge));
            }

            while (!watch.Satisfied && waiting.TryDequeue(out var node, out _))
            {
                if (node.Covered) continue;
                if (budget.Exhausted(States) is { } reason)
                {
                    Incomplete = reason;
                    break;
                }

                Expand(node);
                if (States > Many) node.Set.Rest();
                if (States % ReportEvery == 0) Report?.Invoke(this);
            }
        }
        catch (CoefficientOverflowException)
        {
            Incomplete = "stopped where a number of a set left 64 bits";
        }
        catch (CrowdedInstantException crowded)
        {
            Incomplete = $"stopped where {crowded.Message}";
        }
        catch (OperationCanceledException) when (budget.Token.IsCancellationRequested)
        {
            Incomplete = budget.Reason;
        }
        finally
        {
            budget.Stop();
            LinearPrograms = LinearProgramCount.Current - before;
        }
    }

    /// <summary>The edges of a place, with their shapes: worked out once.</summary>
    public Edge[] EdgesOf(Place place) => place.Edges ??=
        [.. system.Moves(place.Configuration, budget.Token).Select(move => new Edge(place, move, PlaceOf(move.Next), shapes.Of(place.Configuration, move)))];

    /// <summary>The edge of an initial move.</summary>
    public Edge Begins(Move move) => new(null, move, PlaceOf(move.Next), shapes.Of(null, move));

    private void Expand(Node node)
    {
        var edges = EdgesOf(node.Place);
        if (edges.Length == 0) watch.Rested(node);
        var (next, nextAt) = LatestNext(node);
        foreach (var edge in edges)
        {
            if (edge.Shape.Firing >= 0 && edge.Shape.Firing != next && node.Set.Bounds(edge.Shape.Firing).Lower is { IsBounded: true, Value: var soonest } && soonest > nextAt) continue;
            if (Successor(edge, node.Set) is not { } set) continue;
            Moves++;
            watch.Moved(node, edge);
            Enter(new Node(edge.To, set, node, edge));
            if (watch.Satisfied) return;
        }
    }

    /// <summary>The timer that counts down and has the smallest largest value: whatever is later than that in all of the set does not fire next.</summary>
    private static (int Dimension, Rational Value) LatestNext(Node node)
    {
        var rates = node.Place.Configuration.Rates;
        (int Dimension, Rational Value)? best = null;
        for (int j = 0; j < rates.Length; j++)
        {
            if (rates[j] != TimerRate.Down || node.Set.Bounds(j).Upper is not { IsBounded: true, Value: var value }) continue;
            if (best is null || value < best.Value.Value) best = (j, value);
        }

        return best ?? (-1, new Rational(long.MaxValue));
    }

    /// <summary>The largest value of a running clock; −1 where none runs.</summary>
    private Rational Urgency(Node node)
    {
        Rational largest = -1;
        if (options.Sense != ClockSense.AtMost) return largest;
        var timers = node.Place.Configuration.Timers;
        for (int i = timers.Length - 1; i >= 0 && system.Timers[timers[i]].Kind == TimerKind.Clock; i--)
            if (node.Set.Bounds(i).Upper is { IsBounded: true, Value: var value }) largest = Rational.Max(largest, value);
        return largest;
    }

    private Place PlaceOf(Configuration configuration)
    {
        ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(places, configuration, out bool known);
        return known ? place! : place = new Place(places.Count - 1, configuration);
    }

    /// <summary>What an edge leads to from a set; null: nothing can take it.</summary>
    public Polyhedron? Successor(Edge edge, Polyhedron set)
    {
        if (successors.TryGetValue((edge.Shape, set), out var remembered)) return remembered;
        if (successors.Count >= RememberedSuccessors) successors.Clear();
        var next = set.Successor(edge.Shape);
        successors.Add((edge.Shape, set), next);
        return next;
    }

    private void Enter(Node node)
    {
        var seen = node.Place.Nodes;
        if (seen.Covering(node.Set) is not null) return;
        if (seen.Count >= options.MergeAbove) node = Merge(node);
        seen.Add(node);
        States++;
        watch.Entered(node);
        waiting.Enqueue(node, (Urgency(node), States));
    }

    /// <summary>
    /// The hull with the set that came last, the place's hull once there is one; after some rounds only those of its rows that the newcomer
    /// satisfies too, of which there are fewer each time: this ends.
    /// </summary>
    private Node Merge(Node node)
    {
        Merges++;
        var last = node.Place.Nodes[^1].Set;
        var hull = node.Place.Merges++ < HullsBeforeWidening
            ? last.Join(node.Set)
            : Polyhedron.FromRows(last.Dimensions, last.Rows.Where(node.Set.Implies)) ?? Polyhedron.Universe(last.Dimensions);
        return new Node(node.Place, hull, node.Parent, node.Edge, merged: true);
    }
}
