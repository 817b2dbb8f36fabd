using Irekae.Checker.Explore;
using Irekae.Checker.Explore.Polyhedra;
using Irekae.Model.Numbers;
using Irekae.Model.Semantics;

namespace Irekae.Checker.Verification;

/// <summary>A value of the quantity that some set holds, and where: read as clock + delay when the edge is taken.</summary>
internal sealed record Sighting(Rational Value, bool Attained, Node? From, Edge Edge, int Clock)
{
    /// <summary>The path to it; a run along it measures its value, or comes nearer to it than the gap (ticks).</summary>
    public Trail Trail(bool largest, Rational gap) => Verification.Trail.To(From, Edge, new Goal(Clock, largest) { Gap = gap },
        run => Measured.Last(run, Clock, largest) is { } value && (Attained ? value == Value : Rational.Abs(Value - value) < gap));

    public bool Beats(Sighting? other, bool largest)
    {
        if (other is null) return true;
        int order = Value.CompareTo(other.Value);
        return order == 0 ? Attained && !other.Attained : largest == order > 0;
    }
}

/// <summary>Why a quantity has no largest value.</summary>
/// <param name="Round">The moves that can be repeated for ever, each time with a larger clock; empty: nothing more happens while the clock runs.</param>
internal sealed record EndlessSighting(Trail Trail, IReadOnlyList<Label> Round, Rational? Growth, int Clock);

/// <summary>
/// Watches for the largest or smallest value of the exploration's only quantity (index 0), in ticks.
/// <code>
///     max   at every move while a clock runs: sup (clock + delay); it is what the clock is worth in the next set
///     min   where an occurrence ends: inf (clock + delay)
/// </code>
/// A clock is endless where nothing can act any more, where the time to the next move has no bound, or where a round of moves
/// can be repeated: with T the exact image of a round, c shifted by δ &gt; 0 and T(A) ⊇ A + δ, also T^k(A) ⊇ A + k·δ, because no guard reads c.
/// </summary>
internal sealed class ExtremeWatch(TransitionSystem system, bool largest, Rational? bound) : IWatch
{
    private const int PatienceOnceRefuted = 20_000;
    private const int ShortLook = 16;

    private readonly Dictionary<Place, int> entries = [];
    private readonly Dictionary<Place, int[]> clocks = [];
    private long states;
    private long refutedAt;

    public Sighting? Best { get; private set; }

    /// <summary>Among nodes whose sets are exact.</summary>
    public Sighting? BestExact { get; private set; }

    public EndlessSighting? Endless { get; private set; }

    /// <summary>A merged set has no largest value: nothing was proved of the upper side.</summary>
    public bool Lost { get; private set; }

    /// <summary>The first violation after which nothing sensible follows.</summary>
    public (Node? From, Edge Edge)? Stop { get; private set; }

    /// <summary>The bound is passed and what remains was not looked at any more.</summary>
    public bool GaveUp { get; private set; }

    public bool Satisfied => Endless is not null || GaveUp || Lost;

    public void Moved(Node? from, Edge edge)
    {
        if (edge.Move.Stops) Stop ??= (from, edge);
        foreach (var ended in edge.Move.Ended)
        {
            if (ended.Clock < 0) Saw(new Sighting(Rational.Zero, true, from, edge, -1), from?.Exact ?? true);
            else Read(from!, edge, ended.Clock);
        }

        if (!largest || from is null) return;
        foreach (int clock in ClocksOf(from.Place))
            if (!edge.Move.Sources.Contains(clock) && !edge.Move.Ended.Any(e => e.Clock == clock)) Read(from, edge, clock);
    }

    public void Entered(Node node)
    {
        states++;
        if (!largest) return;
        foreach (int clock in ClocksOf(node.Place))
        {
            int dimension = node.Place.Dimension(clock);
            var value = node.Set.Bounds(dimension).Upper;
            int source = node.Edge.Move.Sources[dimension];
            if (source < 0) continue;
            if (!value.IsBounded) NoLargest(node.Parent, node.Edge, source, node.Exact);
            else Saw(new Sighting(value.Value, value.Attained, node.Parent, node.Edge, source), node.Exact);
        }

        LookForGrowth(node);
        if (Best is { } best && bound is { } b && best.Value > b)
        {
            if (refutedAt == 0) refutedAt = states;
            if (states > 4 * refutedAt + PatienceOnceRefuted) GaveUp = true;
        }
    }

    public void Rested(Node node)
    {
        if (!largest || node.Edge.Move.Stops || ClocksOf(node.Place) is not [var clock, ..]) return;
        if (!node.Exact) Lost = true;
        else Endless ??= new EndlessSighting(Trail.To(node, _ => true), [], null, clock);
    }

    private void NoLargest(Node? from, Edge edge, int clock, bool exact)
    {
        if (!exact) Lost = true;
        else Endless ??= new EndlessSighting(Trail.To(from, edge, new Goal(clock, true), _ => true), [], null, clock);
    }

    private int[] ClocksOf(Place place)
    {
        if (!clocks.TryGetValue(place, out var found))
            clocks.Add(place, found = [.. place.Configuration.Timers.Where(t => system.Timers[t].Kind == TimerKind.Clock)]);
        return found;
    }

    private void Read(Node from, Edge edge, int clock)
    {
        var objective = Realiser.Objective(edge, new Goal(clock, largest));
        var extremum = from.Set.Guarded(edge.Shape)!.Supremum(objective);
        if (!extremum.IsBounded)
        {
            if (largest) NoLargest(from, edge, clock, from.Exact);
            return;
        }

        Saw(new Sighting(largest ? extremum.Value : -extremum.Value, extremum.Attained, from, edge, clock), from.Exact);
    }

    private void Saw(Sighting sighting, bool exact)
    {
        if (sighting.Beats(Best, largest)) Best = sighting;
        if (exact && sighting.Beats(BestExact, largest)) BestExact = sighting;
    }

    /// <summary>
    /// Looks back along the path: all of it each time a place has been entered twice as often as at the last such look. In between, only as far
    /// as the last node that was entered by the same edge: of nodes that different events led to, the sets differ in what has just begun, and show no round.
    /// </summary>
    private void LookForGrowth(Node node)
    {
        if (!node.Exact || Endless is not null) return;
        int count = entries[node.Place] = entries.GetValueOrDefault(node.Place) + 1;
        if (count < 4) return;
        foreach (int clock in ClocksOf(node.Place)) LookForGrowth(node, clock, !int.IsPow2(count));
    }

    private void LookForGrowth(Node node, int clock, bool near)
    {
        int own = node.Place.Dimension(clock);
        var top = node.Set.Bounds(own).Upper;
        if (!top.IsBounded) return;
        int tracked = clock;
        var round = new List<Label>();
        for (var earlier = node; earlier.Parent is { } parent && (!near || round.Count < ShortLook); earlier = parent)
        {
            round.Add(Label.Of(earlier.Edge.Move));
            tracked = earlier.Edge.Move.Sources[earlier.Place.Dimension(tracked)];
            if (tracked < 0) return;
            if (parent.Place != node.Place || tracked != clock || (near && !ReferenceEquals(parent.Edge, node.Edge))) continue;
            if (top.Value <= parent.Set.Bounds(own).Upper.Value || Growth(parent.Set, node.Set, own) is not { } growth)
            {
                if (near) return;
                continue;
            }

            round.Reverse();
            Endless = new EndlessSighting(Trail.To(node.Parent!, node.Edge, new Goal(SourceOf(node, clock), true), _ => true), round, growth, clock);
            return;
        }
    }

    private static int SourceOf(Node node, int clock) => node.Edge.Move.Sources[node.Place.Dimension(clock)];

    /// <summary>
    /// A δ &gt; 0 with <paramref name="earlier"/> + δ inside <paramref name="later"/>, the largest where no strict row forbids that; null: none was found.
    /// A row a·x + a_c·c ≤ b holds on the shifted set iff sup(a·x + a_c·c) + a_c·δ ≤ b on the set itself, so each row with a_c &gt; 0 bounds δ from above.
    /// </summary>
    private static Rational? Growth(Polyhedron earlier, Polyhedron later, int clock)
    {
        Rational? most = null;
        foreach (var row in later.Rows)
        {
            if (row[clock] <= 0) continue;
            var reached = earlier.Supremum(row.Coefficients);
            if (!reached.IsBounded) return null;
            var room = (row.Constant - reached.Value) / row[clock];
            if (room.Sign <= 0) return null;
            most = most is { } known ? Rational.Min(known, room) : room;
        }

        if (most is not { } largest) return null;
        foreach (var growth in new[] { largest, largest / 2 })
            if (Shifted(earlier, clock, growth) is { } shifted && later.Includes(shifted)) return growth;
        return null;
    }

    private static Polyhedron? Shifted(Polyhedron set, int dimension, Rational by) =>
        Polyhedron.FromRows(set.Dimensions, set.Rows.Select(row => Row.Of(row.Coefficients, row.Constant + by * row[dimension], row.Strict)));
}
