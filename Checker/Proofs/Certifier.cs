using System.Collections.Immutable;
using System.Numerics;
using System.Text;
using Irekae.Checker.Explore;
using Irekae.Checker.Explore.Polyhedra;
using Irekae.Model.Numbers;
using Irekae.Model.Semantics;

namespace Irekae.Checker.Proofs;

/// <summary>An obligation that does not hold. Never a property of a specification: the explorer, or the certifier, is wrong.</summary>
public sealed class UncertifiableException(string message) : Exception("what the exploration found cannot be proved: " + message);

/// <summary>
/// From the finished graph to a certificate. The sets that an exploration keeps are an inductive invariant; for each of them and each of its
/// edges, linear programs over the values before the edge give the multipliers that say so. Which kept set to aim at is the explorer's own
/// successor's to say; that it is the right one is not taken on trust.
/// </summary>
internal sealed class Certifier
{
    private readonly Explorer explorer;
    private readonly Automaton automaton;
    private readonly ImmutableArray<Claim> claims;
    private readonly Dictionary<Polyhedron, ImmutableArray<Row>> rowsOf = [];
    private readonly Table rows = new();
    private readonly Table combinations = new();
    private readonly Dictionary<Node, int> numbers = [];
    private readonly List<(Node Node, Place Place, int Location)> nodes = [];
    private readonly Dictionary<(StepShape, Polyhedron, Polyhedron?), ImmutableArray<int>> known = [];

    private Certifier(Explorer explorer, Automaton automaton, ImmutableArray<Claim> claims)
    {
        this.explorer = explorer;
        this.automaton = automaton;
        this.claims = claims;
        var places = explorer.Places.ToDictionary(p => p.Configuration);
        for (int i = 0; i < automaton.Locations.Length; i++)
        {
            if (automaton.Locations[i].Edges is null) continue;
            var place = places[automaton.Locations[i].Configuration];
            foreach (var node in place.Nodes)
            {
                numbers.Add(node, nodes.Count);
                nodes.Add((node, place, i));
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

    /// <exception cref="UncertifiableException">An error of this program.</exception>
    public static Certificate Certify(Explorer explorer, Automaton automaton, string modelHash, ImmutableArray<Claim> claims) =>
        new Certifier(explorer, automaton, claims).Certify(modelHash);

    private Certificate Certify(string modelHash)
    {
        var initial = ImmutableArray.CreateBuilder<Step>();
        foreach (var transition in automaton.Initial) initial.Add(StepOf(null, Polyhedron.Universe(0), explorer.Begins(transition.Move), transition));
        var certified = ImmutableArray.CreateBuilder<CertifiedNode>();
        foreach (var (node, place, location) in nodes)
        {
            var edges = explorer.EdgesOf(place);
            var transitions = automaton.Locations[location].Edges!.Value;
            var steps = transitions.Select((t, i) => StepOf(place, node.Set, edges[i], t));
            certified.Add(new CertifiedNode(location, [.. RowsOf(node.Set).Select(r => rows.Number(Certificate.RowText(r)))], [.. steps]));
        }

        return new Certificate(modelHash, claims, rows.Texts, combinations.Texts, initial.ToImmutable(), certified.ToImmutable());
    }

    private Step StepOf(Place? place, Polyhedron set, Edge edge, Transition transition)
    {
        var obligation = new Lazy<(Obligation Rows, List<Row> Premises)>(() =>
        {
            var own = new Obligation(place?.Configuration, transition.Move);
            return (own, own.Premises(RowsOf(set)));
        });
        if (explorer.Successor(edge, set) is not { } next)
        {
            if (!known.TryGetValue((edge.Shape, set, null), out var refuted))
                known.Add((edge.Shape, set, null), refuted = [Refute(obligation.Value.Premises, obligation.Value.Rows.Dimensions, edge)]);
            return new Step(new Reason.Impossible(refuted[0]), []);
        }

        var target = edge.To.Nodes.Find(n => n.Set.Includes(next)) ?? throw new UncertifiableException($"no kept set holds what {Describe(edge)} leads to");
        if (!known.TryGetValue((edge.Shape, set, target.Set), out var reasons))
        {
            var (own, premises) = obligation.Value;
            reasons = [.. RowsOf(target.Set).Select(row => Imply(premises, own.Afterwards(row.Coefficients), row.Constant, row.Strict, edge))];
            known.Add((edge.Shape, set, target.Set), reasons);
        }

        return new Step(new Reason.Lands(numbers[target], reasons), [.. claims.SelectMany(c => Readings(c, place, obligation, edge))]);
    }

    private IEnumerable<int> Readings(Claim claim, Place? place, Lazy<(Obligation Rows, List<Row> Premises)> obligation, Edge edge)
    {
        var (bound, strict, sign) = claim switch
        {
            Claim.Max max => (max.Bound, max.Strict, 1),
            Claim.Min min => (min.Bound, min.Strict, -1),
            _ => (Rational.Zero, false, 0),
        };
        IEnumerable<int> clocks = sign switch
        {
            1 => (place?.Configuration.Timers ?? []).Where(t => automaton.System.Timers[t].Kind == TimerKind.Clock),
            -1 => edge.Move.Ended.Where(e => e.Clock >= 0).Select(e => e.Clock),
            _ => [],
        };
        foreach (int clock in clocks)
        {
            var reading = obligation.Value.Rows.Reading(clock, sign * Integers.ToLong(bound.Denominator));
            yield return Imply(obligation.Value.Premises, reading, sign * Integers.ToLong(bound.Numerator), strict, edge);
        }
    }

    private int Refute(List<Row> premises, int dimensions, Edge edge)
    {
        var found = LinearProgram.Refute(dimensions, premises) ?? throw new UncertifiableException($"{Describe(edge)} is possible after all");
        return Combination(0, found.Multipliers);
    }

    private int Imply(List<Row> premises, long[] conclusion, long constant, bool strict, Edge edge)
    {
        if (!conclusion.AsSpan().ContainsAnyExcept(0L) && (strict ? constant > 0 : constant >= 0)) return Combination(1, []);
        if (LinearProgram.Maximise(premises, conclusion) is LinearOutcome.Optimal best
            && (best.Value < constant || (best.Value == constant && !(strict && best.Attained))))
            return Combination(best.Scale, best.Multipliers);
        throw new UncertifiableException($"{Describe(edge)} does not imply {Row.Of(conclusion, constant, strict)}");
    }

    private int Combination(BigInteger scale, ImmutableArray<BigInteger> multipliers)
    {
        var divisor = multipliers.Aggregate(scale, BigInteger.GreatestCommonDivisor);
        var numbers = new List<BigInteger> { scale / divisor };
        for (int i = 0; i < multipliers.Length; i++)
        {
            if (multipliers[i].IsZero) continue;
            numbers.Add(i);
            numbers.Add(multipliers[i] / divisor);
        }

        return combinations.Number(new StringBuilder().Integers(numbers).ToString());
    }

    private ImmutableArray<Row> RowsOf(Polyhedron set)
    {
        if (!rowsOf.TryGetValue(set, out var found)) rowsOf.Add(set, found = set.Rows);
        return found;
    }

    private string Describe(Edge edge) => $"the edge '{string.Join("; ", edge.Move.Events.Select(explorer.System.Describe))}'";

    /// <summary>Texts, each once, numbered as they come.</summary>
    private sealed class Table
    {
        private readonly Dictionary<string, int> numbers = [];
        private readonly ImmutableArray<string>.Builder texts = ImmutableArray.CreateBuilder<string>();

        public ImmutableArray<string> Texts => texts.ToImmutable();

        public int Number(string text)
        {
            if (numbers.TryGetValue(text, out int number)) return number;
            numbers.Add(text, texts.Count);
            texts.Add(text);
            return texts.Count - 1;
        }
    }
}
