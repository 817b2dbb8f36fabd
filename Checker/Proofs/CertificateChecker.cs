using System.Buffers.Text;
using System.Collections.Immutable;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace Irekae.Checker.Proofs;

/// <summary>What was checked, in ticks of the model.</summary>
/// <param name="Kind">
/// <c>max</c>, <c>min</c>: no clock passes Numerator/Denominator (nor reaches it, if strict). <c>never</c>: the flag of that number is on no run.
/// <c>time_passes</c>: no run makes infinitely many moves in no time.
/// </param>
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
///     every interval                    0 ≤ low ≤ high, whatever its parameters are: so time never goes back, and a timer can begin
///     max                               clock + d ≤ bound on every possible edge, for every clock; and where a clock runs, some edge can always be taken
///     min                               clock + d ≥ bound on every possible edge that ends one
///     never                             no node carries the flag, no possible edge does
///     time_passes                       every edge leads to a node of lower rank, or needs time, or fires a slow timer
/// </code>
/// so every state of every run is in some node, whatever the length of the run. A timer is slow if it never begins at 0 while the system runs: within
/// one instant it fires at most once, so all but finitely many moves in no time go down in rank, and there is no infinite descent.
///
/// Both texts have one form only, and nothing in a certificate is idle: rows, combinations and nodes are numbered as they are first used, lowest
/// terms, no spaces, a line feed after each comma between brackets. Any text ends in an answer: sizes, depth and work are limited.
/// </summary>
public static class CertificateChecker
{
    private const int LargestText = 256 << 20;
    private const int LongestNumber = 400;
    private const int DeepestSplit = 48;
    private const long MostWork = 2_000_000_000;

    public static ProofVerdict Check(ReadOnlyMemory<byte> model, ReadOnlyMemory<byte> certificate)
    {
        try
        {
            var automaton = ReadAutomaton(model.Span);
            return new Proof(automaton, certificate.Span).Check(Convert.ToHexStringLower(SHA256.HashData(model.Span)));
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

        public override string ToString() => Name + (Edge < 0 ? "" : $", edge {Edge}") + (Row < 0 ? "" : $", row {Row}");
    }

    /// <summary>a·x ≤ b, or &lt;: only the coefficients that are not 0, by place.</summary>
    private sealed record Row(int[] Places, BigInteger[] Coefficients, BigInteger Constant, bool Strict)
    {
        public static Row Of(ReadOnlySpan<BigInteger> sum, BigInteger constant)
        {
            var places = new List<int>();
            var coefficients = new List<BigInteger>();
            for (int j = 0; j < sum.Length; j++)
            {
                if (sum[j].IsZero) continue;
                places.Add(j);
                coefficients.Add(sum[j]);
            }

            return new Row([.. places], [.. coefficients], constant, false);
        }

        public Row Opposite => new(Places, [.. Coefficients.Select(c => -c)], -Constant, !Strict);

        public bool SpeaksOf(int dimensions) => Places.Length == 0 || Places[^1] < dimensions;
    }

    private sealed record Location(int[] Timers, int[] Rates, bool[] Clocks, int[] Flags)
    {
        public static Location Nowhere { get; } = new([], [], [], []);

        public Edge[]? Edges { get; set; }

        public int Dimensions => Rates.Length;

        /// <summary>Where a clock runs: some edge can always be taken.</summary>
        public bool GoesOn { get; set; }
    }

    /// <param name="Places">For each timer afterwards: the one it continues, or its place in z if it is fresh.</param>
    /// <param name="Own">Premises of the edge itself, after those of the node.</param>
    /// <param name="Free">Of those: ends of an interval that depend on nothing, so that they can be had whatever else is.</param>
    /// <param name="Begins">What has to hold of its intervals with parameters: rows that follow from the node's and the free ones.</param>
    private sealed record Edge(int Fires, int[] Before, int To, int[] Places, int Dimensions, int[] Ends, int[] Flags, bool AtOnce, Row[] Own, bool[] Free, Row[] Begins)
    {
        /// <summary>Fires a slow timer: that happens once in an instant.</summary>
        public bool Slow { get; set; }
    }

    private sealed record Interval(int Timer, BigInteger[] Low, BigInteger[]? High)
    {
        public bool IsConstant => Low.Length == 2 && High is null or { Length: 2 };
    }

    private sealed record WrittenEdge(int Fires, bool AtOnce, int[] Before, int To, int[] Continues, Interval[] Fresh, int[] Ends, int[] Flags);

    private sealed record Automaton(Location[] Locations, Edge[] Initial, int Flags);

    private static Automaton ReadAutomaton(ReadOnlySpan<byte> bytes)
    {
        var text = new Text("model.json", bytes);
        text.Take("{\"format\":\"irekae-model/1\""u8);
        foreach (string name in new[] { "system", "ties", "faults", "forgotten", "tick" })
        {
            text.Member(name);
            if (name == "faults") text.List((ref Text t) => t.Skip());
            else if (name == "forgotten") text.List((ref Text t) => t.Small(0, int.MaxValue));
            else text.Skip();
        }

        text.Member("timers");
        bool[] clocks = text.List((ref Text t) =>
        {
            t.Take("{\"name\":"u8);
            t.Skip();
            t.Member("kind");
            bool clock = t.Skip() == "clock";
            t.Take("}"u8);
            return clock;
        });
        text.Member("flags");
        int flags = text.List((ref Text t) => t.Skip()).Length;
        text.Member("initial");
        var first = text.List(Written);
        text.Member("locations");
        var later = new List<WrittenEdge[]?>();
        var locations = text.List((ref Text t) =>
        {
            t.Take("{\"timers\":"u8);
            int[] timers = t.Indices(clocks.Length);
            t.Member("rates");
            int[] rates = t.List((ref Text r) => r.Small(-1, 1));
            t.Require(rates.Length == timers.Length, "there are not as many rates as timers");
            bool[] own = [.. timers.Select(i => clocks[i])];
            for (int i = 0; i < rates.Length; i++) t.Require(!own[i] || rates[i] == 1, $"clock {i} does not run");
            t.Member("flags");
            int[] carried = t.Indices(flags);
            t.Member("edges");
            later.Add(t.Try("null"u8) ? null : t.List(Written));
            t.Take("}"u8);
            return new Location(timers, rates, own, carried);
        });
        text.End();
        Edge[] initial = [.. first.Select((e, i) => Build(e, Location.Nowhere, locations, flags, new Place("model.json, initial", i, -1)))];
        for (int q = 0; q < locations.Length; q++)
            locations[q].Edges = later[q] is { } edges ? [.. edges.Select((e, i) => Build(e, locations[q], locations, flags, new Place($"model.json, location {q}", i, -1)))] : null;
        var slow = SlowTimers(clocks.Length, locations, later);
        foreach (var location in locations)
        {
            foreach (var edge in location.Edges ?? []) edge.Slow = edge.Fires >= 0 && slow[location.Timers[edge.Fires]];
            location.GoesOn = !location.Clocks.Contains(true) || (location.Edges is not null && GoesOn(location));
        }

        return new Automaton(locations, initial, flags);
    }

    private static WrittenEdge Written(ref Text text)
    {
        text.Take("{\"fires\":"u8);
        int fires = text.Small(-1, int.MaxValue);
        text.Member("at_once");
        bool atOnce = text.Truth();
        text.Member("before");
        int[] before = text.Indices(int.MaxValue);
        text.Member("to");
        int to = text.Small(0, int.MaxValue);
        text.Member("continues");
        int[] continues = text.List((ref Text t) => t.Small(-1, int.MaxValue));
        text.Member("fresh");
        var fresh = text.List((ref Text t) =>
        {
            t.Take("{\"timer\":"u8);
            int timer = t.Small(0, int.MaxValue);
            t.Member("low");
            var low = t.List((ref Text n) => n.Number());
            t.Member("high");
            var high = t.Try("null"u8) ? null : t.List((ref Text n) => n.Number());
            t.Take("}"u8);
            return new Interval(timer, low, high);
        });
        text.Member("ends");
        int[] ends = text.List((ref Text t) => t.Small(-1, int.MaxValue));
        text.Member("flags");
        int[] flags = text.Indices(int.MaxValue);
        text.Member("says");
        text.Skip();
        text.Take("}"u8);
        return new WrittenEdge(fires, atOnce, before, to, continues, fresh, ends, flags);
    }

    private static Edge Build(WrittenEdge written, Location from, Location[] locations, int flags, Place where)
    {
        void Require(bool holds, string otherwise)
        {
            if (!holds) throw new Refusal(where, otherwise);
        }

        int n = from.Dimensions, fires = written.Fires;
        Require(written.To < locations.Length, "it leads to no location");
        Require(fires < n && (fires < 0 || from.Rates[fires] == -1), "what fires does not count down");
        Require(written.Continues.Length == locations[written.To].Dimensions && Array.TrueForAll(written.Continues, c => c < n), "what continues does not fit the target");
        Require(Array.TrueForAll(written.Before, b => b < n) && Array.TrueForAll(written.Flags, f => f < flags), "it speaks of what is not there");
        Require(Array.TrueForAll(written.Ends, c => c < 0 || (c < n && from.Clocks[c])), "what ends is no clock");
        int dimensions = n;
        int[] places = [.. written.Continues.Select(c => c < 0 ? dimensions++ : c)];
        var own = new List<Row>();
        for (int j = 0; j < n; j++)
        {
            if (from.Rates[j] != -1 || j == fires) continue;
            bool strict = written.Before.Contains(j);
            own.Add(fires < 0 ? new Row([j], [-1], 0, strict) : fires < j ? new Row([fires, j], [1, -1], 0, strict) : new Row([j, fires], [-1, 1], 0, strict));
        }

        if (fires >= 0 && written.AtOnce) own.Add(new Row([fires], [1], 0, false));
        bool[] free = new bool[own.Count + 2 * written.Fresh.Length];
        var begins = new List<Row>();
        var begun = new Dictionary<int, Interval>();
        foreach (var interval in written.Fresh)
            Require(interval.Timer < places.Length && places[interval.Timer] >= n && begun.TryAdd(interval.Timer, interval), "a timer does not begin here, or twice");
        Require(begun.Count == dimensions - n, "a timer begins without an interval");

        // Σ factor·(value afterwards), of what continues or begins within constant ends
        void Add(BigInteger[] sum, BigInteger[] end, BigInteger times)
        {
            for (int i = 2; i < end.Length; i += 2)
            {
                Require(end[i] >= 0 && end[i] < places.Length && (!begun.TryGetValue((int)end[i], out var known) || known.IsConstant), "an end depends on a timer that it must not depend on");
                Afterwards(sum, places, fires, from, (int)end[i], times * end[i + 1]);
            }
        }

        foreach (var interval in written.Fresh)
        {
            foreach (int sign in new[] { -1, 1 })
            {
                if ((sign < 0 ? interval.Low : interval.High) is not { } end) continue;
                Require(end.Length >= 2 && end.Length % 2 == 0 && end[1].Sign > 0, "this is no end of an interval");
                var sum = new BigInteger[dimensions];
                sum[places[interval.Timer]] = sign * end[1];
                Add(sum, end, -sign);
                free[own.Count] = interval.IsConstant;
                own.Add(Row.Of(sum, sign * end[0]));
            }

            var (low, high) = (interval.Low, interval.High);
            if (low.Length == 2)
            {
                Require(low[0].Sign >= 0, "a timer begins below 0");
            }
            else if (low[0].Sign < 0 || low.Where((_, i) => i > 2 && i % 2 == 1).Any(f => f.Sign < 0))
            {
                var sum = new BigInteger[dimensions];
                Add(sum, low, -1);
                begins.Add(Row.Of(sum, low[0]));
            }

            if (high is null || low.AsSpan().SequenceEqual(high)) continue;
            var order = new BigInteger[dimensions];
            Add(order, low, high[1]);
            Add(order, high, -low[1]);
            var room = low[1] * high[0] - high[1] * low[0];
            if (low.Length == 2 && high.Length == 2) Require(room.Sign >= 0, "an interval ends before it begins");
            else begins.Add(Row.Of(order, room));
        }

        return new Edge(fires, written.Before, written.To, places, dimensions, written.Ends, written.Flags, written.AtOnce, [.. own], free, [.. begins]);
    }

    /// <summary>Adds factor times a value afterwards.</summary>
    private static void Afterwards(BigInteger[] sum, int[] places, int fires, Location from, int timer, BigInteger factor)
    {
        int place = places[timer];
        sum[place] += factor;
        if (fires >= 0 && place < from.Dimensions && from.Rates[place] != 0) sum[fires] += factor * from.Rates[place];
    }

    /// <summary>
    /// Timers whose every value comes from one beginning above 0, or from the beginning of the run, and is used up when it fires: no edge begins one at 0
    /// or at parameters, continues one that is not slow as it, continues one twice, or continues the one that fires.
    /// </summary>
    private static bool[] SlowTimers(int count, Location[] locations, List<WrittenEdge[]?> edges)
    {
        bool[] slow = new bool[count];
        Array.Fill(slow, true);
        bool changed = true;
        while (changed)
        {
            changed = false;
            for (int q = 0; q < locations.Length; q++)
            {
                foreach (var edge in edges[q] ?? [])
                {
                    int[] after = locations[edge.To].Timers;
                    foreach (var fresh in edge.Fresh) Lose(after[fresh.Timer], fresh.Low.Length > 2 || fresh.Low[0].Sign <= 0);
                    for (int k = 0; k < after.Length; k++)
                    {
                        int source = edge.Continues[k];
                        if (source < 0) continue;
                        Lose(after[k], source == edge.Fires || !slow[locations[q].Timers[source]] || Array.IndexOf(edge.Continues, source) < k || Array.LastIndexOf(edge.Continues, source) > k);
                    }
                }
            }
        }

        return slow;

        void Lose(int timer, bool loses)
        {
            changed |= loses && slow[timer];
            slow[timer] &= !loses;
        }
    }

    /// <summary>
    /// Where all timers that count down have an edge, or nothing but the scheduler is due, the earliest timer's edge can be taken: of those that
    /// are earliest together, one that no other of them comes before, and there is one because "before" has no circle. Its intervals are not empty.
    /// </summary>
    private static bool GoesOn(Location at)
    {
        var down = Enumerable.Range(0, at.Dimensions).Where(j => at.Rates[j] == -1).ToHashSet();
        bool turn = at.Edges!.Any(e => e.Fires < 0 && Array.TrueForAll(e.Before, down.Contains));
        var first = new Dictionary<int, int[]>();
        foreach (var edge in at.Edges!)
            if (edge.Fires >= 0 && (turn || !edge.AtOnce)) first.TryAdd(edge.Fires, edge.Before);
        if (!down.All(first.ContainsKey) || (down.Count == 0 && !turn)) return false;
        while (down.Count > 0)
            if (down.RemoveWhere(j => !first[j].Any(down.Contains)) == 0) return false;
        return true;
    }

    /// <summary>μ times a conclusion is so many times which premises; or, with μ = 0, a contradiction is.</summary>
    private sealed record Combination(BigInteger Factor, int[] Premises, BigInteger[] Times);

    /// <summary>As written. Combinations are numbers of the table; −1: there is none.</summary>
    private sealed class Step
    {
        public int No { get; init; } = -1;

        public int To { get; init; } = -1;

        public int[] By { get; init; } = [];

        public int Later { get; init; } = -1;

        public Row? If { get; init; }

        public Step? Then { get; init; }

        public Step? Else { get; init; }

        public int[] Begins { get; set; } = [];

        public int[] Bounds { get; set; } = [];
    }

    private sealed record Node(Location At, int Number, int Rank, Row[] Rows, Step[] Steps);

    /// <summary>Numbers a table's entries as they are first used, which they have to be already.</summary>
    private struct FirstUse(string table, int count)
    {
        private int next;

        public void Of(int number, Place where)
        {
            if (number > next) throw new Refusal(where, $"{table} {number} is used before {table} {next}");
            if (number == next) next++;
        }

        public readonly void Ends()
        {
            if (next < count) throw new Refusal("cert.json", $"{table} {next} is not used");
        }
    }

    private sealed class Proof
    {
        private readonly Automaton automaton;
        private readonly string model;
        private readonly CheckedClaim[] claims;
        private readonly bool timePasses;
        private readonly Combination[] combinations;
        private readonly Step[] initial;
        private readonly Node[] nodes;
        private FirstUse nodesUsed, combinationsUsed;
        private BigInteger[] sum = new BigInteger[16];
        private readonly bool[] reached;
        private bool[] idle = [];
        private int steps, highest;
        private long conclusions, work;

        public Proof(Automaton automaton, ReadOnlySpan<byte> certificate)
        {
            this.automaton = automaton;
            var text = new Text("cert.json", certificate);
            text.Take("{\"format\":\"irekae-certificate/2\""u8);
            text.Member("model");
            model = text.Skip();
            text.Member("claims");
            claims = text.List(Claim);
            text.Require(claims.Length > 0, "nothing is claimed");
            reached = [.. claims.Select(c => c.Kind is not ("max" or "min"))];
            timePasses = Array.Exists(claims, c => c.Kind == "time_passes");
            text.Member("rows");
            var rows = text.Table(ReadRow);
            text.Member("combinations");
            combinations = text.Table(ReadCombination);
            text.Member("initial");
            initial = text.List(WholeStep);
            text.Member("nodes");
            var rowsUsed = new FirstUse("row", rows.Length);
            nodes = text.Table((ref Text t) =>
            {
                t.Take("{\"at\":"u8);
                int number = t.Small(0, automaton.Locations.Length - 1);
                int rank = 0;
                if (timePasses)
                {
                    t.Member("rank");
                    rank = t.Small(0, int.MaxValue);
                }

                t.Member("rows");
                int[] own = t.Indices(rows.Length);
                foreach (int row in own) rowsUsed.Of(row, "cert.json");
                var at = automaton.Locations[number];
                t.Require(Array.TrueForAll(own, r => rows[r].SpeaksOf(at.Dimensions)), "a row speaks of a timer that is not there");
                t.Require(own.Distinct().Count() == own.Length, "a row is there twice");
                t.EndsKey();
                t.Member("steps");
                var steps = t.List(WholeStep);
                t.Take("}"u8);
                return new Node(at, number, rank, [.. own.Select(r => rows[r])], steps);
            });
            text.End();
            rowsUsed.Ends();
            nodesUsed = new FirstUse("node", nodes.Length);
            combinationsUsed = new FirstUse("combination", combinations.Length);
        }

        public ProofVerdict Check(string hash)
        {
            if (model != hash) throw new Refusal("cert.json", "the certificate is about another model.json");
            CheckSteps(initial, automaton.Initial, Location.Nowhere, [], int.MaxValue, "initial");
            for (int i = 0; i < nodes.Length; i++)
            {
                var (at, number, rank, rows, own) = nodes[i];
                string name = $"node {i}";
                if (at.Edges is not { } edges) throw new Refusal(name, $"the model says that nothing gets to location {number}");
                foreach (var claim in claims)
                {
                    if (claim.Kind == "never" && at.Flags.Contains(claim.Flag)) throw new Refusal(name, $"location {number} carries flag {claim.Flag}");
                    if (claim.Kind == "max" && !at.GoesOn) throw new Refusal(name, $"in location {number} a clock may run for ever");
                }

                highest = -1;
                idle = new bool[rows.Length];
                Array.Fill(idle, true);
                CheckSteps(own, edges, at, rows, rank, name);
                if (Array.IndexOf(idle, true) is var row and >= 0) throw new Refusal(new Place(name, -1, row), "the row is of no use");
                if (timePasses && rank != highest + 1) throw new Refusal(name, $"its rank is {rank} and not {highest + 1}");
            }

            nodesUsed.Ends();
            combinationsUsed.Ends();
            if (Array.IndexOf(reached, false) is var loose and >= 0) throw new Refusal("cert.json", $"nothing comes up to the bound of claim {loose}: a better one could be claimed");
            return new ProofVerdict.Accepted([.. claims], nodes.Length, steps, conclusions);
        }

        private CheckedClaim Claim(ref Text text)
        {
            foreach (string kind in new[] { "max", "min" })
            {
                if (!text.Try(kind == "max" ? "{\"max\":"u8 : "{\"min\":"u8)) continue;
                var bound = text.List((ref Text t) => t.Number());
                text.Require(bound is [_, { Sign: > 0 }] && BigInteger.GreatestCommonDivisor(bound[0], bound[1]).IsOne, "a bound is a whole number over one above 0, in lowest terms");
                text.Member("strict");
                bool strict = text.Truth();
                text.Take("}"u8);
                return new CheckedClaim(kind, bound[0], bound[1], strict, -1);
            }

            if (text.Try("{\"time_passes\":true}"u8)) return new CheckedClaim("time_passes", 0, 1, false, -1);
            text.Take("{\"never\":"u8);
            int flag = text.Small(0, automaton.Flags - 1);
            text.Take("}"u8);
            return new CheckedClaim("never", 0, 1, false, flag);
        }

        private static Row ReadRow(ref Text text)
        {
            var numbers = text.List((ref Text t) => t.Number());
            text.Require(numbers.Length >= 4 && numbers.Length % 2 == 0 && (numbers[1].IsZero || numbers[1].IsOne), "a row is its constant, 1 if strict, then pairs of a timer and its coefficient");
            int[] places = new int[numbers.Length / 2 - 1];
            var coefficients = new BigInteger[places.Length];
            var divisor = numbers[0];
            int last = -1;
            for (int i = 0; i < places.Length; i++)
            {
                coefficients[i] = numbers[2 * i + 3];
                divisor = BigInteger.GreatestCommonDivisor(divisor, coefficients[i]);
                text.Require(numbers[2 * i + 2] > last && numbers[2 * i + 2] < int.MaxValue && !coefficients[i].IsZero, "timers stand in their order, with what is not 0");
                places[i] = last = (int)numbers[2 * i + 2];
            }

            text.Require(divisor.IsOne, "a row is not in lowest terms");
            return new Row(places, coefficients, numbers[0], numbers[1].IsOne);
        }

        private static Combination ReadCombination(ref Text text)
        {
            var numbers = text.List((ref Text t) => t.Number());
            text.Require(numbers.Length % 2 == 1 && numbers[0].Sign >= 0, "a combination is a factor, then pairs of a premise and how often");
            int[] premises = new int[numbers.Length / 2];
            var times = new BigInteger[premises.Length];
            var divisor = numbers[0];
            int last = -1;
            for (int i = 0; i < premises.Length; i++)
            {
                times[i] = numbers[2 * i + 2];
                divisor = BigInteger.GreatestCommonDivisor(divisor, times[i]);
                text.Require(times[i].Sign > 0, $"premise {numbers[2 * i + 1]} is taken {times[i]} times");
                text.Require(numbers[2 * i + 1] > last && numbers[2 * i + 1] < int.MaxValue, "premises stand in their order");
                premises[i] = last = (int)numbers[2 * i + 1];
            }

            text.Require(divisor.IsOne, "a combination is not in lowest terms");
            return new Combination(numbers[0], premises, times);
        }

        private Step WholeStep(ref Text text)
        {
            text.Take("{"u8);
            var step = ReadStep(ref text, 0);
            if (text.TryMember("begins")) step.Begins = text.NonEmpty(combinations.Length);
            if (text.TryMember("bounds")) step.Bounds = text.NonEmpty(combinations.Length);
            text.Take("}"u8);
            return step;
        }

        private Step ReadStep(ref Text text, int depth)
        {
            text.Require(depth < DeepestSplit, "too many cases within cases");
            if (text.Try("\"no\":"u8)) return new Step { No = text.Small(0, combinations.Length - 1) };
            if (text.Try("\"if\":"u8))
            {
                var row = ReadRow(ref text);
                text.Member("then");
                text.Take("{"u8);
                var then = ReadStep(ref text, depth + 1);
                text.Take("}"u8);
                text.Member("else");
                text.Take("{"u8);
                var otherwise = ReadStep(ref text, depth + 1);
                text.Take("}"u8);
                return new Step { If = row, Then = then, Else = otherwise };
            }

            text.Take("\"to\":"u8);
            int to = text.Small(0, int.MaxValue);
            text.Member("by");
            int[] by = text.Indices(combinations.Length);
            int later = text.TryMember("later") ? text.Small(0, combinations.Length - 1) : -1;
            return new Step { To = to, By = by, Later = later };
        }

        private void CheckSteps(Step[] own, Edge[] edges, Location from, Row[] node, int rank, string name)
        {
            if (own.Length != edges.Length) throw new Refusal(name, $"there are {edges.Length} edges in the model and {own.Length} steps in the certificate");
            for (int e = 0; e < edges.Length; e++)
            {
                steps++;
                var where = new Place(name, e, -1);
                var premises = new List<Row>(node.Length + edges[e].Own.Length + 4);
                premises.AddRange(node);
                premises.AddRange(edges[e].Own);
                bool impossible = CheckReason(own[e], edges[e], from, premises, rank, where);
                CheckBegins(own[e].Begins, edges[e], premises, node.Length, where);
                if (!impossible) CheckClaims(own[e].Bounds, edges[e], from, premises, where);
                else if (own[e].Bounds.Length > 0) throw new Refusal(where, "there are bounds of what is impossible");
            }
        }

        /// <summary>Whether the edge cannot be taken at all; refused if it is not shown where it leads.</summary>
        private bool CheckReason(Step step, Edge edge, Location from, List<Row> premises, int rank, Place where)
        {
            if (step.No >= 0)
            {
                var (combination, constant, strict) = AddUp(step.No, premises, edge.Dimensions, where);
                if (!combination.Factor.IsZero) throw new Refusal(where, "a contradiction has factor 0");
                Compare(edge.Dimensions, constant, needsStrict: true, strict, where);
                return true;
            }

            if (step.If is { } row)
            {
                if (!row.SpeaksOf(edge.Dimensions)) throw new Refusal(where, "the row speaks of a timer that is not there");
                bool then = CheckReason(step.Then!, edge, from, [.. premises, row], rank, where);
                return CheckReason(step.Else!, edge, from, [.. premises, row.Opposite], rank, where) && then;
            }

            if (step.To >= nodes.Length) throw new Refusal(where, $"there is no node {step.To}");
            nodesUsed.Of(step.To, where);
            var target = nodes[step.To];
            if (target.Number != edge.To) throw new Refusal(where, $"the edge leads to location {edge.To}, the node is at {target.Number}");
            if (step.By.Length != target.Rows.Length) throw new Refusal(where, $"the node it leads to has {target.Rows.Length} rows, {step.By.Length} are shown");
            for (int r = 0; r < step.By.Length; r++) CheckConclusion(step.By[r], target.Rows[r], edge, from, premises, where with { Row = r });
            CheckRank(step, target, edge, premises, rank, where);
            return false;
        }

        private void CheckConclusion(int number, Row row, Edge edge, Location from, List<Row> premises, Place where)
        {
            var (combination, constant, strict) = Imply(number, premises, edge.Dimensions, where);
            Spend(2 * row.Places.Length, where);
            for (int i = 0; i < row.Places.Length; i++) Afterwards(sum, edge.Places, edge.Fires, from, row.Places[i], -combination.Factor * row.Coefficients[i]);
            Compare(edge.Dimensions, constant - combination.Factor * row.Constant, row.Strict, strict, where);
        }

        /// <summary>Down in rank; or a slow timer fires; or −x_f &lt; 0: time passes.</summary>
        private void CheckRank(Step step, Node target, Edge edge, List<Row> premises, int rank, Place where)
        {
            bool needed = timePasses && !edge.Slow && target.Rank >= rank;
            if (needed != step.Later >= 0) throw new Refusal(where, needed ? "neither the rank goes down nor does time pass" : "that time passes need not be shown");
            if (timePasses && !edge.Slow && !needed) highest = Math.Max(highest, target.Rank);
            if (!needed) return;
            if (edge.Fires < 0) throw new Refusal(where, "no time passes where nothing fires");
            var (combination, constant, strict) = Imply(step.Later, premises, edge.Dimensions, where);
            sum[edge.Fires] += combination.Factor;
            Compare(edge.Dimensions, constant, needsStrict: true, strict, where);
        }

        /// <summary>The intervals of timers that begin are not empty and not below 0, where that depends on parameters.</summary>
        private void CheckBegins(int[] shown, Edge edge, List<Row> premises, int node, Place where)
        {
            if (shown.Length != edge.Begins.Length) throw new Refusal(where, $"{edge.Begins.Length} ends of intervals depend on parameters, {shown.Length} are shown");
            for (int i = 0; i < shown.Length; i++)
            {
                var (combination, constant, strict) = Imply(shown[i], premises, edge.Dimensions, where);
                if (Array.Exists(combination.Premises, p => p >= node && !edge.Free[p - node])) throw new Refusal(where, "an interval is not shown to be one from what is known before it");
                var row = edge.Begins[i];
                for (int k = 0; k < row.Places.Length; k++) sum[row.Places[k]] -= combination.Factor * row.Coefficients[k];
                Compare(edge.Dimensions, constant - combination.Factor * row.Constant, false, strict, where);
            }
        }

        private void CheckClaims(int[] bounds, Edge edge, Location from, List<Row> premises, Place where)
        {
            int used = 0;
            for (int c = 0; c < claims.Length; c++)
            {
                var claim = claims[c];
                if (claim.Kind == "never" && edge.Flags.Contains(claim.Flag)) throw new Refusal(where, $"the edge carries flag {claim.Flag} and is not shown to be impossible");
                int sign = claim.Kind switch { "max" => 1, "min" => -1, _ => 0 };
                if (sign == 0) continue;
                if (edge.Ends.Contains(-1) && (sign * claim.Numerator is var end && (claim.Strict ? end.Sign <= 0 : end.Sign < 0))) throw new Refusal(where, "something takes no time at all");
                reached[c] |= edge.Ends.Contains(-1) && claim.Numerator.IsZero;
                var clocks = sign > 0 ? Enumerable.Range(0, from.Dimensions).Where(t => from.Clocks[t]) : edge.Ends.Where(t => t >= 0);
                foreach (int clock in clocks)
                {
                    if (used == bounds.Length) throw new Refusal(where, $"clock {clock} is not shown to keep the bound");
                    var (combination, constant, strict) = Imply(bounds[used++], premises, edge.Dimensions, where);
                    var times = sign * combination.Factor * claim.Denominator;
                    sum[clock] -= times;
                    if (edge.Fires >= 0) sum[edge.Fires] -= times;
                    var room = constant - sign * combination.Factor * claim.Numerator;
                    Compare(edge.Dimensions, room, claim.Strict, strict, where);
                    reached[c] |= room.IsZero;
                }
            }

            if (used < bounds.Length) throw new Refusal(where, "there are more bounds than clocks");
        }

        private (Combination Combination, BigInteger Constant, bool Strict) Imply(int number, List<Row> premises, int dimensions, Place where)
        {
            var found = AddUp(number, premises, dimensions, where);
            return found.Combination.Factor.Sign > 0 ? found : throw new Refusal(where, "the factor of a conclusion is not above 0");
        }

        /// <summary>Into <c>sum</c>: Σ λ·premise, all λ above 0. The constant likewise; strict if a strict premise is taken.</summary>
        private (Combination Combination, BigInteger Constant, bool Strict) AddUp(int number, List<Row> premises, int dimensions, Place where)
        {
            conclusions++;
            combinationsUsed.Of(number, where);
            var combination = combinations[number];
            if (sum.Length < dimensions) sum = new BigInteger[dimensions];
            Array.Clear(sum, 0, dimensions);
            Spend(2 * dimensions, where);
            BigInteger constant = 0;
            bool strict = false;
            for (int i = 0; i < combination.Premises.Length; i++)
            {
                if (combination.Premises[i] >= premises.Count) throw new Refusal(where, $"there is no premise {combination.Premises[i]}");
                var (premise, times) = (premises[combination.Premises[i]], combination.Times[i]);
                if (combination.Premises[i] < idle.Length) idle[combination.Premises[i]] = false;
                Spend(premise.Places.Length + 1, where);
                for (int k = 0; k < premise.Places.Length; k++) sum[premise.Places[k]] += times * premise.Coefficients[k];
                constant += times * premise.Constant;
                strict |= premise.Strict;
            }

            return (combination, constant, strict);
        }

        /// <summary>What is left of premises less conclusion: nothing of any value, and no more than 0; less than 0 if the conclusion is strict and no premise taken was.</summary>
        private void Compare(int dimensions, BigInteger constant, bool needsStrict, bool strict, Place where)
        {
            for (int j = 0; j < dimensions; j++)
                if (!sum[j].IsZero) throw new Refusal(where, $"the premises do not add up: {Short(sum[j])} of value {j} is left over");
            if (constant.Sign > 0) throw new Refusal(where, $"the premises do not suffice: {Short(constant)} is missing");
            if (constant.IsZero && needsStrict && !strict) throw new Refusal(where, "the premises do not suffice: equality is not excluded");
        }

        private static string Short(BigInteger number) => number.GetBitLength() > 200 ? "a long number" : number.ToString();

        private void Spend(int amount, Place where)
        {
            if ((work += amount) > MostWork) throw new Refusal(where, "checking this takes more work than any proof should");
        }
    }

    private delegate T Reader<T>(ref Text text);

    /// <summary>A text in its one form: members in their order, nothing between the signs but a line feed after each comma between brackets.</summary>
    private ref struct Text
    {
        private static readonly System.Buffers.SearchValues<byte> Hexadecimal = System.Buffers.SearchValues.Create("0123456789abcdefABCDEF"u8);
        private static readonly BigInteger LargestBare = BigInteger.Pow(2, 53);

        private readonly string name;
        private readonly ReadOnlySpan<byte> text;
        private int at, keyEnds;

        public Text(string name, ReadOnlySpan<byte> text)
        {
            this.name = name;
            this.text = text;
            if (text.Length > LargestText) throw Wrong($"the text is longer than {LargestText >> 20} MiB");
        }

        public readonly string Here => $"{name}, line {text[..at].Count((byte)'\n') + 1}";

        public readonly void Require(bool holds, string otherwise)
        {
            if (!holds) throw Wrong(otherwise);
        }

        public bool Try(ReadOnlySpan<byte> sign)
        {
            if (!text[at..].StartsWith(sign)) return false;
            at += sign.Length;
            return true;
        }

        public void Take(ReadOnlySpan<byte> sign)
        {
            if (!Try(sign)) throw Wrong($"{Encoding.ASCII.GetString(sign).ReplaceLineEndings("a line feed")} is expected");
        }

        public void Member(string member)
        {
            if (!TryMember(member)) throw Wrong($"the member \"{member}\" is expected");
        }

        public bool TryMember(string member)
        {
            int before = at;
            if (Try(",\""u8) && text[at..].Length > member.Length && Encoding.ASCII.GetString(text.Slice(at, member.Length)) == member)
            {
                at += member.Length;
                if (Try("\":"u8)) return true;
            }

            at = before;
            return false;
        }

        public void End()
        {
            Take("}\n"u8);
            Require(at == text.Length, "there is more after its end");
        }

        public T[] List<T>(Reader<T> read) => List(read, null);

        /// <summary>A list without the same entry twice.</summary>
        public T[] Table<T>(Reader<T> read) => List(read, new HashSet<string>(StringComparer.Ordinal));

        /// <summary>What tells a table's entry from others ends here.</summary>
        public void EndsKey() => keyEnds = at;

        public int[] Indices(int count) => List((ref Text t) => t.Small(0, count - 1));

        public int[] NonEmpty(int count)
        {
            int[] list = Indices(count);
            Require(list.Length > 0, "an empty list is left out");
            return list;
        }

        /// <summary>Text between quotes as it stands.</summary>
        public string Skip()
        {
            Take("\""u8);
            int from = at;
            for (; at < text.Length && text[at] != '"'; at++)
            {
                Require(text[at] is >= 0x20 and < 0x7f, "a text has signs that it cannot have");
                if (text[at] != '\\') continue;
                at++;
                int hex = Try("u"u8) ? 4 : 0;
                Require(at + hex < text.Length && (hex > 0 ? !text.Slice(at, hex).ContainsAnyExcept(Hexadecimal) : "\"\\/bfnrt"u8.Contains(text[at])), "a text has signs that it cannot have");
                at += Math.Max(0, hex - 1);
            }

            Require(at < text.Length, "a text does not end");
            return Encoding.ASCII.GetString(text[from..at++]);
        }

        public bool Truth()
        {
            if (Try("true"u8)) return true;
            Take("false"u8);
            return false;
        }

        /// <summary>Digits; between quotes where they are of more than 53 bits.</summary>
        public BigInteger Number()
        {
            bool quoted = Try("\""u8);
            int from = at;
            if (at < text.Length && text[at] == '-') at++;
            int digits = at;
            while (at < text.Length && text[at] is >= (byte)'0' and <= (byte)'9') at++;
            int length = at - digits;
            Require(length > 0 && length < LongestNumber && (text[digits] != '0' || (length == 1 && digits == from)), "a whole number is expected");
            if (!quoted && length < 16 && Utf8Parser.TryParse(text[from..at], out long small, out _)) return small;
            var value = BigInteger.Parse(Encoding.ASCII.GetString(text[from..at]), System.Globalization.CultureInfo.InvariantCulture);
            Require(quoted == BigInteger.Abs(value) > LargestBare, "whole numbers of more than 53 bits, and no others, stand between quotes");
            if (quoted) Take("\""u8);
            return value;
        }

        public int Small(int low, int high)
        {
            int from = at;
            while (at < text.Length && text[at] is (>= (byte)'0' and <= (byte)'9') or (byte)'-') at++;
            bool canonical = at - from == 1 || (at > from && text[from] != '0' && !text[from..at].StartsWith("-0"u8));
            if (canonical && Utf8Parser.TryParse(text[from..at], out int value, out int used) && used == at - from && value >= low && value <= high) return value;
            at = from;
            throw Wrong($"a whole number from {low} to {high} is expected");
        }

        private T[] List<T>(Reader<T> read, HashSet<string>? distinct)
        {
            Take("["u8);
            if (Try("]"u8)) return [];
            var items = new List<T>();
            do
            {
                int from = at;
                if (distinct is not null) keyEnds = -1;
                items.Add(read(ref this));
                if (distinct is not null && !distinct.Add(Encoding.ASCII.GetString(text[from..(keyEnds < 0 ? at : keyEnds)]))) throw Wrong("the same is there twice");
            }
            while (Comma());
            Take("]"u8);
            return [.. items];
        }

        /// <summary>Between entries of a list, which are all of a kind.</summary>
        private bool Comma()
        {
            bool closed = at > 0 && text[at - 1] is (byte)']' or (byte)'}';
            return Try(closed ? ",\n"u8 : ","u8);
        }

        private readonly Refusal Wrong(string why) => new(Here, why);
    }
}
