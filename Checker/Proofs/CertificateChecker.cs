using System.Collections.Immutable;
using System.Numerics;
using System.Security.Cryptography;
using System.Text.Json;

namespace Irekae.Checker.Proofs;

/// <summary>What was checked, in ticks of the model.</summary>
/// <param name="Kind"><c>max</c>, <c>min</c>: no clock passes Numerator/Denominator (nor reaches it, if strict). <c>never</c>: the flag of that number is on no run.</param>
public sealed record CheckedClaim(string Kind, BigInteger Numerator, BigInteger Denominator, bool Strict, int Flag);

public abstract record ProofVerdict
{
    public sealed record Accepted(ImmutableArray<CheckedClaim> Claims, int Nodes, int Steps, long Conclusions) : ProofVerdict;

    /// <param name="Where">The obligation: <c>node 3, edge 1, row 2</c>; or the place of the text that cannot be read.</param>
    public sealed record Rejected(string Where, string Why) : ProofVerdict;
}

/// <summary>
/// Checks cert.json against model.json (docs/proofs.md) by adding up whole numbers. This file needs nothing else of the program: it is meant to be
/// read on its own. With x the timers of a location, f the one that fires, d = x_f (0 if none does), y the fresh timers and z = (x, y):
/// <code>
///     premises of a node's edge     its rows of x;  x_f − x_j ≤ 0 for every other j of rate −1, &lt; if j is "before" (x_f reads 0 if nothing fires);
///                                   x_f ≤ 0 if at once;  D·y − Σ F·p ≥ C and ≤ C for the ends of fresh timers
///     the values afterwards         x_s + rate_s·d for one that continues s,  y for a fresh one
/// </code>
/// All premises come from the model; the certificate says only where to go and how often to take which. Checked are
/// <code>
///     every initial edge                lands in a node, or is impossible
///     every node, every edge there      likewise; a node where the model writes no edges down is refused
///     max                               clock + d ≤ bound on every possible edge, for every clock; and where a clock runs, some edge can always be taken
///     min                               clock + d ≥ bound on every possible edge that ends one
///     never                             no node carries the flag, no possible edge does
/// </code>
/// so every state of every run is in some node, whatever the length of the run. Any text ends in an answer: sizes, depth and work are limited.
/// </summary>
public static class CertificateChecker
{
    private const int LargestText = 256 << 20;
    private const int LongestNumber = 400;
    private const int DeepestText = 64;
    private const long MostWork = 2_000_000_000;

    public static ProofVerdict Check(ReadOnlyMemory<byte> model, ReadOnlyMemory<byte> certificate)
    {
        try
        {
            using var automaton = Json.Parse("model.json", model);
            using var claims = Json.Parse("cert.json", certificate);
            var proof = new Proof(Automaton.Read(new Json(automaton.RootElement, "model.json")), new Json(claims.RootElement, "cert.json"));
            return proof.Check(Convert.ToHexStringLower(SHA256.HashData(model.Span)));
        }
        catch (Refusal refusal)
        {
            return new ProofVerdict.Rejected(refusal.Where, refusal.Message);
        }
    }

    private sealed class Refusal(Place where, string why) : Exception(why)
    {
        public string Where => where.ToString();
    }

    /// <summary>Names an obligation; put into words only when it fails.</summary>
    private readonly record struct Place(string Name, int Edge, int Row)
    {
        public static implicit operator Place(string name) => new(name, -1, -1);

        public static implicit operator Place((Place Edge, int Row) at) => at.Edge with { Row = at.Row };

        public override string ToString() => Name + (Edge < 0 ? "" : $", edge {Edge}") + (Row < 0 ? "" : $", row {Row}");
    }

    /// <summary>a·x ≤ b, or &lt;: only the coefficients that are not 0.</summary>
    private sealed record Row(int[] Places, BigInteger[] Coefficients, BigInteger Constant, bool Strict);

    private sealed record Location(int[] Rates, bool[] Clocks, HashSet<int> Flags, Edge[]? Edges)
    {
        public int Dimensions => Rates.Length;
    }

    /// <param name="Places">For each timer afterwards: the one it continues, or its place in z if it is fresh.</param>
    /// <param name="Own">Premises of the edge itself, after those of the node.</param>
    private sealed record Edge(int Fires, bool AtOnce, HashSet<int> Before, int To, int[] Places, Row[] Own, int Dimensions, int[] Ends, HashSet<int> Flags);

    private sealed record Automaton(Location[] Locations, Edge[] Initial, int Flags)
    {
        public static Automaton Read(Json text)
        {
            text.Expect("format", "irekae-model/1");
            var clocks = text["timers"].List(t => t["kind"].Word() == "clock");
            int flags = text["flags"].List(m => m.Word()).Length;
            var listed = text["locations"].List(l => l);
            var bare = listed.Select(l => Bare(l, clocks, flags)).ToArray();
            var edges = listed.Select((l, i) => l["edges"] is { IsNull: false } own ? own.List(e => ReadEdge(e, bare[i], bare, flags)) : null).ToArray();
            var nowhere = new Location([], [], [], null);
            return new Automaton([.. bare.Select((l, i) => l with { Edges = edges[i] })], text["initial"].List(e => ReadEdge(e, nowhere, bare, flags)), flags);
        }

        private static Location Bare(Json text, bool[] clocks, int flags)
        {
            var timers = text["timers"].List(t => t.Index(clocks.Length));
            var rates = text["rates"].List(r => r.Small(-1, 1));
            text.Require(rates.Length == timers.Length, "there are not as many rates as timers");
            var clock = timers.Select(t => clocks[t]).ToArray();
            for (int i = 0; i < rates.Length; i++) text.Require(!clock[i] || rates[i] == 1, $"clock {i} does not run");
            return new Location(rates, clock, [.. text["flags"].List(m => m.Index(flags))], null);
        }

        private static Edge ReadEdge(Json text, Location from, Location[] locations, int flags)
        {
            int n = from.Dimensions, to = text["to"].Index(locations.Length), fires = text["fires"].Small(-1, n - 1);
            text.Require(fires < 0 || from.Rates[fires] == -1, "what fires does not count down");
            var continues = text["continues"].List(c => c.Small(-1, n - 1));
            text.Require(continues.Length == locations[to].Dimensions, "what continues does not fit the target");
            var before = text["before"].List(b => b.Index(n)).ToHashSet();
            bool atOnce = text["at_once"].Truth();
            int dimensions = n;
            var places = continues.Select(c => c < 0 ? dimensions++ : c).ToArray();

            var own = new List<Row>();
            for (int j = 0; j < n; j++)
            {
                if (from.Rates[j] != -1 || j == fires) continue;
                bool strict = before.Contains(j);
                own.Add(fires < 0 ? new Row([j], [-1], 0, strict) : new Row([fires, j], [1, -1], 0, strict));
            }

            if (fires >= 0 && atOnce) own.Add(new Row([fires], [1], 0, false));
            var begun = new HashSet<int>();
            var edge = new Edge(fires, atOnce, before, to, places, [], dimensions, text["ends"].List(e => e.Small(-1, n - 1)), [.. text["flags"].List(m => m.Index(flags))]);
            foreach (var fresh in text["fresh"].List(f => f))
            {
                int timer = fresh["timer"].Index(places.Length);
                fresh.Require(places[timer] >= n && begun.Add(timer), "this timer does not begin here, or twice");
                own.Add(End(fresh["low"], edge, from, timer, -1));
                if (fresh["high"] is { IsNull: false } high) own.Add(End(high, edge, from, timer, 1));
            }

            text.Require(begun.Count == dimensions - n, "a timer begins without an interval");
            foreach (int clock in edge.Ends.Where(c => c >= 0)) text.Require(from.Clocks[clock], "what ends is no clock");
            return edge with { Own = [.. own] };
        }

        /// <summary>sign·(D·y − Σ F·p) ≤ sign·C from [C, D, p, F, …].</summary>
        private static Row End(Json text, Edge edge, Location from, int timer, int sign)
        {
            var numbers = text.List(i => i);
            text.Require(numbers.Length >= 2 && numbers.Length % 2 == 0, "this is no end of an interval");
            var denominator = numbers[1].Number();
            text.Require(denominator.Sign > 0, "a denominator is above 0");
            var sum = new BigInteger[edge.Dimensions];
            sum[edge.Places[timer]] = sign * denominator;
            for (int i = 2; i < numbers.Length; i += 2) Afterwards(sum, edge, from, numbers[i].Index(edge.Places.Length), -sign * numbers[i + 1].Number());
            var places = Enumerable.Range(0, sum.Length).Where(j => !sum[j].IsZero).ToArray();
            return new Row(places, [.. places.Select(j => sum[j])], sign * numbers[0].Number(), false);
        }
    }

    /// <summary>Adds factor times a value afterwards.</summary>
    private static void Afterwards(BigInteger[] sum, Edge edge, Location from, int timer, BigInteger factor)
    {
        int place = edge.Places[timer];
        sum[place] += factor;
        if (edge.Fires >= 0 && place < from.Dimensions && from.Rates[place] != 0) sum[edge.Fires] += factor * from.Rates[place];
    }

    private sealed class Proof(Automaton automaton, Json text)
    {
        private static readonly Location Nowhere = new([], [], [], null);

        private CheckedClaim[] claims = [];
        private Row[] rows = [];
        private BigInteger[][] combinations = [];
        private (Location At, int Number, int[] Rows)[] nodes = [];
        private BigInteger[] sum = [];
        private int steps;
        private long conclusions;
        private long work;

        public ProofVerdict Check(string hash)
        {
            text.Expect("format", "irekae-certificate/1");
            text["model"].Require(text["model"].Word() == hash, "the certificate is about another model.json");
            claims = text["claims"].List(Claim);
            text.Require(claims.Length > 0, "nothing is claimed");
            rows = text["rows"].List(ReadRow);
            combinations = text["combinations"].List(c => c.List(n => n.Number()));
            var listed = text["nodes"].List(n => n);
            nodes = [.. listed.Select(ReadNode)];

            CheckSteps(text["initial"], automaton.Initial, Nowhere, [], "initial");
            for (int i = 0; i < nodes.Length; i++)
            {
                var at = nodes[i].At;
                listed[i].Require(at.Edges is not null, $"the model says that nothing gets to location {nodes[i].Number}");
                foreach (var claim in claims)
                {
                    listed[i].Require(claim.Kind != "never" || !at.Flags.Contains(claim.Flag), $"location {nodes[i].Number} carries flag {claim.Flag}");
                    if (claim.Kind == "max" && at.Clocks.Contains(true)) listed[i].Require(GoesOn(at), $"in location {nodes[i].Number} a clock may run for ever");
                }

                CheckSteps(listed[i]["steps"], at.Edges!, at, nodes[i].Rows, $"node {i}");
            }

            return new ProofVerdict.Accepted([.. claims], nodes.Length, steps, conclusions);
        }

        private CheckedClaim Claim(Json claim)
        {
            foreach (string kind in new[] { "max", "min" })
            {
                if (!claim.Has(kind)) continue;
                var bound = claim[kind].List(n => n.Number());
                claim.Require(bound is [_, { Sign: > 0 }], "a bound is a whole number over one above 0");
                return new CheckedClaim(kind, bound[0], bound[1], claim["strict"].Truth(), -1);
            }

            return new CheckedClaim("never", 0, 1, false, claim["never"].Index(automaton.Flags));
        }

        private static Row ReadRow(Json row)
        {
            var numbers = row.List(n => n);
            row.Require(numbers.Length >= 2 && numbers.Length % 2 == 0, "a row is its constant, 1 if strict, then pairs of a timer and its coefficient");
            int count = numbers.Length / 2 - 1;
            var places = new int[count];
            var coefficients = new BigInteger[count];
            for (int i = 0; i < count; i++)
            {
                places[i] = numbers[2 * i + 2].Small(0, int.MaxValue);
                coefficients[i] = numbers[2 * i + 3].Number();
            }

            return new Row(places, coefficients, numbers[0].Number(), numbers[1].Small(0, 1) == 1);
        }

        private (Location, int, int[]) ReadNode(Json node)
        {
            int number = node["at"].Index(automaton.Locations.Length);
            var at = automaton.Locations[number];
            return (at, number, node["rows"].List(r =>
            {
                int row = r.Index(rows.Length);
                r.Require(Array.TrueForAll(rows[row].Places, p => p < at.Dimensions), "the row speaks of a timer that is not there");
                return row;
            }));
        }

        /// <summary>
        /// Where all timers that count down have an edge, or nothing but the scheduler is due, the earliest timer's edge can be taken: of those that
        /// are earliest together, one that no other of them comes before, and there is one because "before" has no circle.
        /// </summary>
        private static bool GoesOn(Location at)
        {
            var down = Enumerable.Range(0, at.Dimensions).Where(j => at.Rates[j] == -1).ToHashSet();
            bool turn = at.Edges!.Any(e => e.Fires < 0 && e.Before.IsSubsetOf(down));
            var first = new Dictionary<int, HashSet<int>>();
            foreach (var edge in at.Edges!)
                if (edge.Fires >= 0 && (turn || !edge.AtOnce)) first.TryAdd(edge.Fires, edge.Before);
            if (!turn && (down.Count == 0 || !down.All(first.ContainsKey))) return false;
            if (turn && !down.All(first.ContainsKey)) return false;
            while (down.Count > 0)
                if (down.RemoveWhere(j => !first[j].Overlaps(down)) == 0) return false;
            return true;
        }

        private void CheckSteps(Json listed, Edge[] edges, Location from, int[] node, string where)
        {
            var own = listed.List(s => s);
            if (own.Length != edges.Length) throw new Refusal(where, $"there are {edges.Length} edges in the model and {own.Length} steps in the certificate");
            for (int e = 0; e < edges.Length; e++)
            {
                steps++;
                var here = new Place(where, e, -1);
                var premises = node.Select(r => rows[r]).Concat(edges[e].Own).ToList();
                bool impossible = CheckReason(own[e], edges[e], from, premises, here);
                if (!impossible) CheckClaims(own[e], edges[e], from, premises, here);
            }
        }

        /// <summary>Whether the edge cannot be taken at all; refused if it is not shown where it leads.</summary>
        private bool CheckReason(Json step, Edge edge, Location from, List<Row> premises, Place where)
        {
            if (step.Has("no"))
            {
                var (factor, constant, strict) = AddUp(step["no"], premises, edge.Dimensions, where);
                if (!factor.IsZero) throw new Refusal(where, "a contradiction has factor 0");
                Compare(edge.Dimensions, constant, needsStrict: true, strict, where);
                return true;
            }

            if (step.Has("if"))
            {
                var row = ReadRow(step["if"]);
                step.Require(Array.TrueForAll(row.Places, p => p < edge.Dimensions), "the row speaks of a timer that is not there");
                var opposite = new Row(row.Places, [.. row.Coefficients.Select(c => -c)], -row.Constant, !row.Strict);
                bool then = CheckReason(step["then"], edge, from, [.. premises, row], where);
                return CheckReason(step["else"], edge, from, [.. premises, opposite], where) && then;
            }

            var target = nodes[step["to"].Index(nodes.Length)];
            if (target.Number != edge.To) throw new Refusal(where, $"the edge leads to location {edge.To}, the node is at {target.Number}");
            var by = step["by"].List(c => c);
            if (by.Length != target.Rows.Length) throw new Refusal(where, $"the node it leads to has {target.Rows.Length} rows, {by.Length} are shown");
            for (int r = 0; r < by.Length; r++)
            {
                var row = rows[target.Rows[r]];
                var (factor, constant, strict) = Imply(by[r], premises, edge.Dimensions, (where, r));
                Spend(2 * row.Places.Length, where);
                for (int i = 0; i < row.Places.Length; i++) Afterwards(sum, edge, from, row.Places[i], -factor * row.Coefficients[i]);
                Compare(edge.Dimensions, constant - factor * row.Constant, row.Strict, strict, (where, r));
            }

            return false;
        }

        private void CheckClaims(Json step, Edge edge, Location from, List<Row> premises, Place where)
        {
            var bounds = step.Has("bounds") ? step["bounds"].List(c => c) : [];
            int used = 0;
            foreach (var claim in claims)
            {
                if (claim.Kind == "never" && edge.Flags.Contains(claim.Flag)) throw new Refusal(where, $"the edge carries flag {claim.Flag} and is not shown to be impossible");
                int sign = claim.Kind switch { "max" => 1, "min" => -1, _ => 0 };
                if (sign == 0) continue;
                if (edge.Ends.Contains(-1) && (sign * claim.Numerator is var end && (claim.Strict ? end.Sign <= 0 : end.Sign < 0))) throw new Refusal(where, "something takes no time at all");
                var clocks = sign > 0 ? Enumerable.Range(0, from.Dimensions).Where(c => from.Clocks[c]) : edge.Ends.Where(c => c >= 0);
                foreach (int clock in clocks)
                {
                    if (used == bounds.Length) throw new Refusal(where, $"clock {clock} is not shown to keep the bound");
                    var (factor, constant, strict) = Imply(bounds[used++], premises, edge.Dimensions, where);
                    var times = sign * factor * claim.Denominator;
                    sum[clock] -= times;
                    if (edge.Fires >= 0) sum[edge.Fires] -= times;
                    Compare(edge.Dimensions, constant - sign * factor * claim.Numerator, claim.Strict, strict, where);
                }
            }

            if (used < bounds.Length) throw new Refusal(where, "there are more bounds than clocks");
        }

        private (BigInteger Factor, BigInteger Constant, bool Strict) Imply(Json number, List<Row> premises, int dimensions, Place where)
        {
            var found = AddUp(number, premises, dimensions, where);
            return found.Factor.Sign > 0 ? found : throw new Refusal(where, "the factor of a conclusion is not above 0");
        }

        /// <summary>Into <c>sum</c>: Σ λ·premise with all λ ≥ 0. The constant likewise; strict if a strict premise is taken.</summary>
        private (BigInteger Factor, BigInteger Constant, bool Strict) AddUp(Json number, List<Row> premises, int dimensions, Place where)
        {
            conclusions++;
            var combination = combinations[number.Index(combinations.Length)];
            if (combination.Length % 2 == 0) throw new Refusal(where, "a combination is a factor, then pairs of a premise and how often");
            if (sum.Length < dimensions) sum = new BigInteger[dimensions];
            Array.Clear(sum, 0, dimensions);
            Spend(2 * dimensions, where);
            BigInteger constant = 0;
            bool strict = false;
            for (int i = 1; i < combination.Length; i += 2)
            {
                var times = combination[i + 1];
                if (combination[i].Sign < 0 || combination[i] >= premises.Count) throw new Refusal(where, $"there is no premise {combination[i]}");
                if (times.Sign < 0) throw new Refusal(where, $"premise {combination[i]} is taken {times} times");
                var premise = premises[(int)combination[i]];
                Spend(premise.Places.Length + 1, where);
                for (int k = 0; k < premise.Places.Length; k++) sum[premise.Places[k]] += times * premise.Coefficients[k];
                constant += times * premise.Constant;
                strict |= premise.Strict && times.Sign > 0;
            }

            return (combination[0], constant, strict);
        }

        /// <summary>What is left of premises less conclusion: nothing of any value, and no more than 0; less than 0 if the conclusion is strict and no premise taken was.</summary>
        private void Compare(int dimensions, BigInteger constant, bool needsStrict, bool strict, Place where)
        {
            for (int j = 0; j < dimensions; j++)
                if (!sum[j].IsZero) throw new Refusal(where, $"the premises do not add up: {sum[j]} of value {j} is left over");
            if (constant.Sign > 0) throw new Refusal(where, $"the premises do not suffice: {constant} is missing");
            if (constant.IsZero && needsStrict && !strict) throw new Refusal(where, "the premises do not suffice: equality is not excluded");
        }

        private void Spend(int amount, Place where)
        {
            if ((work += amount) > MostWork) throw new Refusal(where, "checking this takes more work than any proof should");
        }
    }

    /// <summary>A value of a JSON text and where it is.</summary>
    private readonly struct Json(JsonElement element, string path)
    {
        public static JsonDocument Parse(string name, ReadOnlyMemory<byte> text)
        {
            if (text.Length > LargestText) throw new Refusal(name, $"the text is longer than {LargestText >> 20} MiB");
            try
            {
                return JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = DeepestText, AllowDuplicateProperties = false });
            }
            catch (JsonException e)
            {
                throw new Refusal(name, $"this is not JSON: line {e.LineNumber + 1}");
            }
        }

        public bool IsNull => element.ValueKind == JsonValueKind.Null;

        public Json this[string name] => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var found)
            ? new Json(found, path)
            : throw new Refusal(path, $"'{name}' is missing");

        public bool Has(string name) => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out _);

        public void Require(bool holds, string otherwise)
        {
            if (!holds) throw new Refusal(path, otherwise);
        }

        public void Expect(string name, string value)
        {
            if (this[name].Word() != value) throw new Refusal(path, $"'{name}' is not {value}");
        }

        public T[] List<T>(Func<Json, T> read)
        {
            if (element.ValueKind != JsonValueKind.Array) throw new Refusal(path, "a list is expected");
            var items = new T[element.GetArrayLength()];
            int i = 0;
            foreach (var item in element.EnumerateArray()) items[i++] = read(new Json(item, path));
            return items;
        }

        public string Word()
        {
            if (element.ValueKind != JsonValueKind.String) throw new Refusal(path, "a text is expected");
            try
            {
                return element.GetString()!;
            }
            catch (InvalidOperationException)
            {
                throw new Refusal(path, "a text is not Unicode");
            }
        }

        public bool Truth() => element.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => throw new Refusal(path, "true or false is expected"),
        };

        /// <summary>A JSON number of digits only, or such digits as a text.</summary>
        public BigInteger Number()
        {
            if (element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out long small)) return small;
            if (element.ValueKind != JsonValueKind.String || Word() is not { Length: > 0 and <= LongestNumber } word
                || word.AsSpan(word[0] == '-' ? 1 : 0).ContainsAnyExceptInRange('0', '9') || word == "-") throw new Refusal(path, "a whole number is expected");
            return BigInteger.Parse(word, System.Globalization.CultureInfo.InvariantCulture);
        }

        public int Small(int low, int high)
        {
            if (element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out int value) && value >= low && value <= high) return value;
            throw new Refusal(path, $"a whole number from {low} to {high} is expected");
        }

        public int Index(int count) => Small(0, count - 1);
    }
}
