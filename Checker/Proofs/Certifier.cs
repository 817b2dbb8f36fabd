using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Irekae.Checker.Explore;
using Irekae.Checker.Explore.Polyhedra;
using Irekae.Model.Numbers;
using Irekae.Model.Semantics;

namespace Irekae.Checker.Proofs;

/// <summary>An obligation that does not hold. Never a property of a specification: the explorer, or the certifier, is wrong.</summary>
public sealed class UncertifiableException(string message) : Exception("what the exploration found cannot be proved: " + message);

/// <summary>
/// From the finished graph to a certificate. The sets that an exploration keeps are an inductive invariant; for each of them and each of its
/// edges, sums of the rows that hold before the edge say so. Which kept set to aim at is the explorer's own successor's to say; that it is the right
/// one is not taken on trust.
///
/// Only what the claims need is written down. They need the contradictions of impossible edges and the bounds of their clocks; those need some rows of the
/// sets they are taken from; such a row has to be shown on every edge that leads there, which needs rows of the sets before. What is never asked for is
/// left out, and sets of one location that are then the same become one: a weaker invariant, and still one.
/// </summary>
internal sealed class Certifier
{
    private readonly Explorer explorer;
    private readonly Automaton automaton;
    private readonly ImmutableArray<Claim> claims;
    private readonly Action checkpoint;
    private readonly bool ranked;
    private readonly List<Cell> cells = [];
    private readonly Dictionary<Node, Cell> cellOf = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Polyhedron, ImmutableArray<Row>> rowsOf = [];
    private readonly Dictionary<Edge, Obligation> obligations = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<(StepShape, Polyhedron, Row), Combination> known = [];
    private readonly Dictionary<(StepShape, Polyhedron), Combination> refuted = [];
    private readonly Queue<Cell> asked = new();

    /// <summary>A set that was kept.</summary>
    private sealed class Cell(Node node, int location, ImmutableArray<Row> rows)
    {
        public Node Node { get; } = node;

        public int Location { get; } = location;

        public ImmutableArray<Row> Rows { get; } = rows;

        public bool[] Needed { get; } = new bool[rows.Length];

        /// <summary>Rows that are needed and not shown yet.</summary>
        public List<int> Asked { get; } = [];

        public List<Way> Arrivals { get; } = [];

        public List<Way> Ways { get; } = [];

        public int Rank { get; set; }

        public int[] Kept { get; set; } = [];

        /// <summary>Where each row is among those kept.</summary>
        public int[] Places { get; set; } = [];
    }

    /// <summary>An edge taken from a set, or at the beginning.</summary>
    private sealed class Way(Cell? from, Edge edge)
    {
        public Cell? From { get; } = from;

        public Edge Edge { get; } = edge;

        /// <summary>Null: nothing takes it.</summary>
        public Cell? Target { get; set; }

        public Combination? Contradiction { get; set; }

        /// <summary>By row of the target; null where the row is not needed.</summary>
        public Combination?[] Rows { get; set; } = [];

        public bool Slow { get; set; }

        /// <summary>Known that time passes.</summary>
        public Combination? Later { get; set; }

        public ImmutableArray<Combination> Begins { get; set; } = [];

        public ImmutableArray<Combination> Bounds { get; set; } = [];
    }

    private Certifier(Explorer explorer, Automaton automaton, ImmutableArray<Claim> claims, Action checkpoint)
    {
        (this.explorer, this.automaton, this.claims, this.checkpoint) = (explorer, automaton, claims, checkpoint);
        ranked = claims.Any(c => c is Claim.TimePasses);
        var places = explorer.Places.ToDictionary(p => p.Configuration);
        for (int i = 0; i < automaton.Locations.Length; i++)
        {
            if (automaton.Locations[i].Edges is null) continue;
            foreach (var node in places[automaton.Locations[i].Configuration].Nodes)
            {
                var cell = new Cell(node, i, RowsOf(node.Set));
                cellOf.Add(node, cell);
                cells.Add(cell);
            }
        }
    }

    /// <summary>The automaton that a complete exploration looked at: where no set was kept, nothing gets.</summary>
    public static Automaton Unfold(Explorer explorer, ImmutableArray<Flag> flags)
    {
        var places = explorer.Places.ToDictionary(p => p.Configuration);
        return Automaton.Unfold(
            explorer.System, flags,
            (_, configuration) => places.TryGetValue(configuration, out var place) && place.Nodes.Count > 0,
            configuration => explorer.EdgesOf(places[configuration]).Select(e => e.Move));
    }

    /// <param name="checkpoint">Called every now and then; what it throws ends the work.</param>
    /// <returns>Null: a claim that time passes is not to be had by ranks of the kept sets.</returns>
    /// <exception cref="UncertifiableException">An error of this program.</exception>
    public static Certificate? Certify(Explorer explorer, Automaton automaton, string modelHash, ImmutableArray<Claim> claims, Action checkpoint) =>
        new Certifier(explorer, automaton, claims, checkpoint).Certify(modelHash);

    private Certificate? Certify(string modelHash)
    {
        List<Way> initial = [.. automaton.Initial.Select(t => new Way(null, explorer.Begins(t.Move)))];
        foreach (var way in initial) Follow(way, Polyhedron.Universe(0));
        foreach (var cell in cells)
        {
            checkpoint();
            foreach (var edge in explorer.EdgesOf(cell.Node.Place))
            {
                var way = new Way(cell, edge);
                cell.Ways.Add(way);
                Follow(way, cell.Node.Set);
            }
        }

        if (ranked && !Rank()) return null;
        while (asked.TryDequeue(out var cell))
        {
            checkpoint();
            int[] rows = [.. cell.Asked];
            cell.Asked.Clear();
            foreach (var way in cell.Arrivals) Show(way, rows);
        }

        return Written(modelHash, initial);
    }

    /// <summary>Where an edge leads from a set, and what the claims ask there.</summary>
    private void Follow(Way way, Polyhedron set)
    {
        var edge = way.Edge;
        if (Obligation(way).Begins(Rows(way)) is not { } begins) throw new UncertifiableException($"{Describe(edge)} begins what may end before it begins");
        way.Begins = Ask(way, begins);
        if (explorer.Successor(edge, set) is not { } next)
        {
            ref var contradiction = ref CollectionsMarshal.GetValueRefOrAddDefault(refuted, (edge.Shape, set), out _);
            contradiction ??= Premises(way).Refute() ?? throw new UncertifiableException($"{Describe(edge)} is possible after all");
            way.Contradiction = Ask(way, contradiction);
            return;
        }

        var kept = edge.To.Nodes.FirstOrDefault(n => n.Set.Equals(next)) ?? edge.To.Nodes.Covering(next)
            ?? throw new UncertifiableException($"no kept set holds what {Describe(edge)} leads to");
        way.Target = cellOf[kept];
        way.Rows = new Combination?[way.Target.Rows.Length];
        way.Target.Arrivals.Add(way);
        way.Bounds = [.. claims.SelectMany(c => Readings(c, way)).Select(c => Ask(way, c))];
    }

    private void Show(Way way, int[] rows)
    {
        Premises? premises = null;
        foreach (int r in rows)
        {
            var row = way.Target!.Rows[r];
            ref var combination = ref CollectionsMarshal.GetValueRefOrAddDefault(known, (way.Edge.Shape, way.From?.Node.Set ?? Polyhedron.Universe(0), row), out _);
            combination ??= (premises ??= Premises(way)).Imply(Obligation(way).Afterwards(row.Coefficients), row.Constant, row.Strict)
                ?? throw new UncertifiableException($"{Describe(way.Edge)} does not imply {row}");
            way.Rows[r] = Ask(way, combination);
        }
    }

    private IEnumerable<Combination> Readings(Claim claim, Way way)
    {
        var (bound, strict, sign) = claim switch
        {
            Claim.Max max => (max.Bound, max.Strict, 1),
            Claim.Min min => (min.Bound, min.Strict, -1),
            _ => (Rational.Zero, false, 0),
        };
        IEnumerable<int> clocks = sign switch
        {
            1 => (way.Edge.From?.Configuration.Timers ?? []).Where(t => automaton.System.Timers[t].Kind == TimerKind.Clock),
            -1 => way.Edge.Move.Ended.Where(e => e.Clock >= 0).Select(e => e.Clock),
            _ => [],
        };
        foreach (int clock in clocks)
        {
            var reading = Obligation(way).Reading(clock, sign * Integers.ToLong(bound.Denominator));
            long constant = sign * Integers.ToLong(bound.Numerator);
            yield return Premises(way).Imply(reading, constant, strict)
                ?? throw new UncertifiableException($"{Describe(way.Edge)} does not imply {Row.Of(reading, constant, strict)}");
        }
    }

    /// <summary>
    /// The longest way down in no time from each set, by moves of no timer or of timers that may begin at 0 (<see cref="ZeroTime"/>). False: round such moves one comes
    /// back to a set, which is not to say that a run does.
    /// </summary>
    private bool Rank()
    {
        bool[] slow = SlowTimers.Of(automaton);
        foreach (var way in cells.SelectMany(c => c.Ways))
        {
            way.Slow = way.Edge.Move.Timer >= 0 && slow[way.Edge.Move.Timer];
            if (way.Target is null || way.Slow || Obligation(way).Firing < 0) continue;
            way.Later = Premises(way).Imply(Obligation(way).NoDelay(), 0, strict: true);
        }

        var open = new Dictionary<Cell, bool>(); // still being looked at
        var calls = new Stack<(Cell Cell, int Next)>();
        foreach (var root in cells)
        {
            if (!open.TryAdd(root, true)) continue;
            calls.Push((root, 0));
            while (calls.TryPop(out var call))
            {
                var (cell, next) = call;
                if (next > 0 && cell.Ways[next - 1] is var done) cell.Rank = Math.Max(cell.Rank, done.Target!.Rank + 1);
                for (; next < cell.Ways.Count; next++)
                {
                    var way = cell.Ways[next];
                    if (way.Target is not { } target || way.Slow || way.Later is not null) continue;
                    if (open.TryGetValue(target, out bool still) && still) return false;
                    calls.Push((cell, next + 1));
                    if (open.TryAdd(target, true)) calls.Push((target, 0));
                    break;
                }

                if (next == cell.Ways.Count) open[cell] = false;
            }
        }

        foreach (var way in cells.SelectMany(c => c.Ways).Where(w => w.Later is not null))
        {
            if (way.Target!.Rank < way.From!.Rank) way.Later = null;
            else Ask(way, way.Later!);
        }

        return true;
    }

    /// <summary>Nodes by the order in which steps lead to them; of sets that have become the same, one.</summary>
    private Certificate Written(string modelHash, List<Way> initial)
    {
        foreach (var cell in cells)
        {
            cell.Kept = [.. Enumerable.Range(0, cell.Rows.Length).Where(r => cell.Needed[r])];
            cell.Places = new int[cell.Rows.Length];
            for (int i = 0; i < cell.Kept.Length; i++) cell.Places[cell.Kept[i]] = i;
        }

        var same = new Dictionary<(int, int, ValueRows), Cell>();
        var numbers = new Dictionary<Cell, int>();
        var order = new List<Cell>();
        int NumberOf(Cell cell)
        {
            ref var first = ref CollectionsMarshal.GetValueRefOrAddDefault(same, (cell.Location, cell.Rank, new ValueRows([.. cell.Kept.Select(r => cell.Rows[r])])), out _);
            first ??= cell;
            ref int number = ref CollectionsMarshal.GetValueRefOrAddDefault(numbers, first, out bool numbered);
            if (numbered) return number;
            order.Add(first);
            return number = order.Count - 1;
        }

        var renumbered = new Dictionary<(Combination, Cell?), Combination>();
        Combination Renumbered(Combination combination, Cell? from)
        {
            if (from is null || from.Kept.Length == from.Rows.Length) return combination;
            ref var found = ref CollectionsMarshal.GetValueRefOrAddDefault(renumbered, (combination, from), out _);
            return found ??= combination.Renumbered(p => p < from.Rows.Length ? from.Places[p] : p - from.Rows.Length + from.Kept.Length);
        }

        Step StepOf(Way way)
        {
            ImmutableArray<Combination> Own(IEnumerable<Combination> list) => [.. list.Select(c => Renumbered(c, way.From))];
            Reason reason = way.Target is not { } target
                ? new Reason.Impossible(Renumbered(way.Contradiction!, way.From))
                : new Reason.Lands(NumberOf(target), Own(target.Kept.Select(r => way.Rows[r]!)), way.Later is { } later ? Renumbered(later, way.From) : null);
            return new Step(reason, Own(way.Begins), Own(way.Bounds));
        }

        ImmutableArray<Step> first = [.. initial.Select(StepOf)];
        var nodes = ImmutableArray.CreateBuilder<CertifiedNode>();
        while (nodes.Count < order.Count)
        {
            var cell = order[nodes.Count];
            nodes.Add(new CertifiedNode(cell.Location, cell.Rank, [.. cell.Kept.Select(r => cell.Rows[r])], [.. cell.Ways.Select(StepOf)]));
        }

        return new Certificate(modelHash, claims, first, nodes.ToImmutable());
    }

    private ImmutableArray<Combination> Ask(Way way, ImmutableArray<Combination> combinations)
    {
        foreach (var combination in combinations) Ask(way, combination);
        return combinations;
    }

    /// <summary>The rows that it takes are needed.</summary>
    private Combination Ask(Way way, Combination combination)
    {
        if (way.From is not { } from) return combination;
        foreach (var (premise, _) in combination.Terms)
        {
            if (premise >= from.Rows.Length || from.Needed[premise]) continue;
            from.Needed[premise] = true;
            if (from.Asked.Count == 0) asked.Enqueue(from);
            from.Asked.Add(premise);
        }

        return combination;
    }

    private Premises Premises(Way way) => Obligation(way).Premises(Rows(way));

    private static ImmutableArray<Row> Rows(Way way) => way.From?.Rows ?? [];

    private Obligation Obligation(Way way)
    {
        ref var obligation = ref CollectionsMarshal.GetValueRefOrAddDefault(obligations, way.Edge, out _);
        return obligation ??= new Obligation(way.Edge.From?.Configuration, way.Edge.Move);
    }

    private ImmutableArray<Row> RowsOf(Polyhedron set)
    {
        if (!rowsOf.TryGetValue(set, out var found)) rowsOf.Add(set, found = set.Rows);
        return found;
    }

    private string Describe(Edge edge) => $"the edge '{string.Join("; ", edge.Move.Events.Select(explorer.System.Describe))}'";

    /// <summary>Rows, equal by content.</summary>
    private readonly record struct ValueRows(ImmutableArray<Row> Rows)
    {
        public bool Equals(ValueRows other) => Rows.AsSpan().SequenceEqual(other.Rows.AsSpan());

        public override int GetHashCode()
        {
            var hash = new HashCode();
            foreach (var row in Rows) hash.Add(row);
            return hash.ToHashCode();
        }
    }
}
