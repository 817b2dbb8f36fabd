using System.Buffers;
using System.Buffers.Binary;
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
    private const int MostShared = 32;
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
    private record struct Place(string Name, int Number = -1, int Edge = -1, int Row = -1)
    {
        public static implicit operator Place(string name) => new(name);

        public override string ToString() => Name + (Number < 0 ? "" : $" {Number}") + (Edge < 0 ? "" : $", edge {Edge}") + (Row < 0 ? "" : $", row {Row}");
    }

    /// <summary>A whole number of any length: a long, and where none holds it a BigInteger. Numbers of certificates are almost all short.</summary>
    private readonly struct Whole : IEquatable<Whole>
    {
        private readonly long small;
        private readonly object? large; // a BigInteger that is no long

        private Whole(long value) => small = value;

        public Whole(BigInteger value)
        {
            if (value >= long.MinValue && value <= long.MaxValue) small = (long)value;
            else large = value;
        }

        public BigInteger Value => large is null ? small : (BigInteger)large;

        public int Sign => large is not null ? Value.Sign : small > 0 ? 1 : small < 0 ? -1 : 0;

        public bool IsZero => large is null && small == 0;

        public bool IsOne => large is null && small == 1;

        public static implicit operator Whole(long value) => new(value);

        public static Whole operator +(Whole a, Whole b)
        {
            long sum = unchecked(a.small + b.small);
            return a.large is null && b.large is null && ((a.small ^ sum) & (b.small ^ sum)) >= 0 ? sum : new Whole(a.Value + b.Value);
        }

        public static Whole operator *(Whole a, Whole b)
        {
            if (a.large is null && b.large is null)
            {
                if ((int)a.small == a.small && (int)b.small == b.small) return a.small * b.small;
                long high = Math.BigMul(a.small, b.small, out long low);
                if (high == low >> 63) return low;
            }

            return new Whole(a.Value * b.Value);
        }

        public static Whole operator -(Whole a) => a.large is null && a.small != long.MinValue ? -a.small : new Whole(-a.Value);

        public static Whole operator -(Whole a, Whole b) => a + -b;

        public static bool operator ==(Whole a, Whole b) => a.Equals(b);

        public static bool operator !=(Whole a, Whole b) => !a.Equals(b);

        public bool Equals(Whole other) => small == other.small && (large is null ? other.large is null : large.Equals(other.large));

        public override bool Equals(object? other) => other is Whole whole && Equals(whole);

        public override int GetHashCode() => Value.GetHashCode();

        public override string ToString() => large is null || Value.GetBitLength() <= 200 ? Value.ToString(System.Globalization.CultureInfo.InvariantCulture) : "a long number";

        /// <summary>An index below the limit, or -1.</summary>
        public int Index(int limit) => large is null && small >= 0 && small < limit ? (int)small : -1;

        public static Whole CommonDivisor(Whole a, Whole b)
        {
            if (a.large is not null || b.large is not null || a.small == long.MinValue || b.small == long.MinValue) return new Whole(BigInteger.GreatestCommonDivisor(a.Value, b.Value));
            var (x, y) = (Math.Abs(a.small), Math.Abs(b.small));
            while (y != 0) (x, y) = (y, x % y);
            return x;
        }
    }

    /// <summary>a·x ≤ b, or &lt;: only the coefficients that are not 0, by place.</summary>
    private sealed record Row(int[] Places, Whole[] Coefficients, Whole Constant, bool Strict)
    {
        public static Row Of(Whole[] sum, Whole constant)
        {
            int count = 0;
            foreach (var one in sum) count += one.IsZero ? 0 : 1;
            var row = new Row(new int[count], new Whole[count], constant, false);
            for (int j = sum.Length - 1; j >= 0; j--)
                if (!sum[j].IsZero) (row.Places[--count], row.Coefficients[count]) = (j, sum[j]);
            return row;
        }

        public Row Opposite
        {
            get
            {
                var row = new Row(Places, new Whole[Coefficients.Length], -Constant, !Strict);
                for (int k = 0; k < Coefficients.Length; k++) row.Coefficients[k] = -Coefficients[k];
                return row;
            }
        }

        public bool SpeaksOf(int dimensions) => Places.Length == 0 || Places[^1] < dimensions;
    }

    private sealed record Location(int[] Timers, int[] Rates, bool[] Clocks, int[] Flags)
    {
        public static Location Nowhere { get; } = new([], [], [], []);

        public Edge[]? Edges { get; set; }

        public int Dimensions => Rates.Length;

        private bool? goesOn;

        /// <summary>Where a clock runs: some edge can always be taken. Asked where edges are written down.</summary>
        public bool GoesOn => goesOn ??= !Runs() || CertificateChecker.GoesOn(this);

        private bool Runs()
        {
            foreach (bool clock in Clocks)
                if (clock) return true;
            return false;
        }
    }

    /// <param name="Places">For each timer afterwards: the one it continues, or its place in z if it is fresh.</param>
    /// <param name="Own">Premises of the edge itself, after those of the node.</param>
    /// <param name="Free">Of those: ends of an interval that depend on nothing, so that they can be had whatever else is.</param>
    /// <param name="Begins">What has to hold of its intervals with parameters: rows that follow from the node's and the free ones.</param>
    private sealed record Edge(int Fires, int[] Before, int To, int[] Places, int Dimensions, int[] Ends, int[] Flags, bool AtOnce, Row[] Own, bool[] Free, Row[] Begins, int[] Continues, Interval[] Fresh)
    {
        /// <summary>Fires a slow timer: that happens once in an instant.</summary>
        public bool Slow { get; set; }
    }

    private sealed record Interval(int Timer, Whole[] Low, Whole[]? High)
    {
        private readonly Row?[] constants = new Row?[2 * MostShared];

        public bool IsConstant => Low.Length == 2 && High is null or { Length: 2 };

        /// <summary>y ≥ the lower end (sign −1), or ≤ the upper (1), for the y of that place, where the end depends on nothing.</summary>
        public Row Constant(int place, int sign)
        {
            var end = sign < 0 ? Low : High!;
            Row Make() => new([place], [sign * end[1]], sign * end[0], false);
            return place >= MostShared ? Make() : constants[2 * place + (sign < 0 ? 0 : 1)] ??= Make();
        }
    }

    /// <summary>A model has many intervals and few that differ: each text is read once.</summary>
    private sealed class Intervals
    {
        private readonly Entries texts = new();
        private readonly List<Interval> known = [];

        public Interval Next(ref Text text)
        {
            int number = text.Again(texts);
            if (number >= 0) return known[number];
            text.Take("{\"timer\":"u8);
            int timer = text.Small(0, int.MaxValue);
            text.Member("low"u8);
            var low = text.Numbers();
            text.Member("high"u8);
            var high = text.Try("null"u8) ? null : text.Numbers();
            text.Take("}"u8);
            known.Add(new Interval(timer, low, high));
            return known[^1];
        }
    }

    private sealed record WrittenEdge(int Fires, bool AtOnce, int[] Before, int To, int[] Continues, Interval[] Fresh, int[] Ends, int[] Flags);

    private sealed record Automaton(Location[] Locations, Edge[] Initial, int Flags, int Timers);

    private static Automaton ReadAutomaton(ReadOnlySpan<byte> bytes)
    {
        var text = new Text("model.json", bytes);
        text.Take("{\"format\":\"irekae-model/1\""u8);
        text.Member("system"u8);
        text.Words();
        text.Member("ties"u8);
        text.Words();
        text.Member("faults"u8);
        text.List((ref Text t) => t.Words().Length);
        text.Member("forgotten"u8);
        text.Smalls(0, int.MaxValue);
        text.Member("tick"u8);
        text.Words();
        text.Member("timers"u8);
        bool[] clocks = text.List((ref Text t) =>
        {
            t.Take("{\"name\":"u8);
            t.Words();
            t.Member("kind"u8);
            bool clock = t.Words().SequenceEqual("clock"u8);
            t.Take("}"u8);
            return clock;
        });
        text.Member("flags"u8);
        int flags = text.List((ref Text t) => t.Words().Length).Length;
        text.Member("initial"u8);
        var intervals = new Intervals();
        var first = text.List((ref Text t) => Written(ref t, intervals));
        text.Member("locations"u8);
        var later = new List<WrittenEdge[]?>();
        var locations = text.List((ref Text t) =>
        {
            t.Take("{\"timers\":"u8);
            int[] timers = t.Indices(clocks.Length);
            t.Member("rates"u8);
            int[] rates = t.Smalls(-1, 1);
            t.Require(rates.Length == timers.Length, "there are not as many rates as timers");
            bool[] own = new bool[timers.Length];
            for (int i = 0; i < rates.Length; i++)
            {
                own[i] = clocks[timers[i]];
                t.Require(!own[i] || rates[i] == 1, "a clock does not run");
            }

            t.Member("flags"u8);
            int[] carried = t.Indices(flags);
            t.Member("edges"u8);
            later.Add(t.Try("null"u8) ? null : t.List((ref Text u) => Written(ref u, intervals)));
            t.Take("}"u8);
            return new Location(timers, rates, own, carried);
        });
        text.End();
        var shared = new Row?[2 * MostShared * MostShared];
        var initial = new Edge[first.Length];
        for (int i = 0; i < initial.Length; i++) initial[i] = Build(first[i], Location.Nowhere, locations, flags, shared, new Place("model.json, initial", Edge: i));
        for (int q = 0; q < locations.Length; q++)
        {
            if (later[q] is not { } edges) continue;
            var built = new Edge[edges.Length];
            for (int i = 0; i < built.Length; i++) built[i] = Build(edges[i], locations[q], locations, flags, shared, new Place("model.json, location", q, i));
            locations[q].Edges = built;
        }

        return new Automaton(locations, initial, flags, clocks.Length);
    }

    private static WrittenEdge Written(ref Text text, Intervals intervals)
    {
        text.Take("{\"fires\":"u8);
        int fires = text.Small(-1, int.MaxValue);
        text.Member("at_once"u8);
        bool atOnce = text.Truth();
        text.Member("before"u8);
        int[] before = text.Indices(int.MaxValue);
        text.Member("to"u8);
        int to = text.Small(0, int.MaxValue);
        text.Member("continues"u8);
        int[] continues = text.Smalls(-1, int.MaxValue);
        text.Member("fresh"u8);
        var fresh = text.List(intervals.Next);
        text.Member("ends"u8);
        int[] ends = text.Smalls(-1, int.MaxValue);
        text.Member("flags"u8);
        int[] flags = text.Indices(int.MaxValue);
        text.Member("says"u8);
        text.Words();
        text.Take("}"u8);
        return new WrittenEdge(fires, atOnce, before, to, continues, fresh, ends, flags);
    }

    private static Edge Build(WrittenEdge written, Location from, Location[] locations, int flags, Row?[] shared, Place where)
    {
        void Require(bool holds, string otherwise)
        {
            if (!holds) throw new Refusal(where, otherwise);
        }

        int n = from.Dimensions, fires = written.Fires;
        Require(written.To < locations.Length, "it leads to no location");
        Require(fires < n && (fires < 0 || from.Rates[fires] == -1), "what fires does not count down");
        Require(written.Continues.Length == locations[written.To].Dimensions && Below(written.Continues, n), "what continues does not fit the target");
        Require(Below(written.Before, n) && Below(written.Flags, flags), "it speaks of what is not there");
        foreach (int ended in written.Ends) Require(ended < 0 || (ended < n && from.Clocks[ended]), "what ends is no clock");
        int dimensions = n;
        int[] places = new int[written.Continues.Length];
        for (int k = 0; k < places.Length; k++) places[k] = written.Continues[k] is >= 0 and var old ? old : dimensions++;
        int most = 1 + 2 * written.Fresh.Length;
        foreach (int rate in from.Rates) most += rate == -1 ? 1 : 0;
        var own = new List<Row>(most);
        for (int j = 0; j < n; j++)
            if (from.Rates[j] == -1 && j != fires) own.Add(FirstOf(fires, j, Has(written.Before, j), shared));

        if (fires >= 0 && written.AtOnce) own.Add(new Row([fires], [1], 0, false));
        bool[] free = new bool[own.Count + 2 * written.Fresh.Length];
        var begins = new List<Row>(0);
        var begun = written.Fresh.Length == 0 ? [] : new Interval?[places.Length];
        foreach (var interval in written.Fresh)
        {
            Require(interval.Timer < places.Length && places[interval.Timer] >= n && begun[interval.Timer] is null, "a timer does not begin here, or twice");
            begun[interval.Timer] = interval;
        }

        Require(written.Fresh.Length == dimensions - n, "a timer begins without an interval");

        // Σ factor·(value afterwards), of what continues or begins within constant ends
        void Add(Whole[] sum, Whole[] end, Whole times)
        {
            for (int i = 2; i < end.Length; i += 2)
            {
                int timer = end[i].Index(places.Length);
                Require(timer >= 0 && (begun.Length == 0 || begun[timer] is null or { IsConstant: true }), "an end depends on a timer that it must not depend on");
                Afterwards(sum, places, fires, from, timer, times * end[i + 1]);
            }
        }

        // y ≥ an end (−1), or ≤ it (1)
        Row EndOf(int timer, Whole[] end, int sign)
        {
            var sum = new Whole[dimensions];
            sum[places[timer]] = sign * end[1];
            Add(sum, end, -sign);
            return Row.Of(sum, sign * end[0]);
        }

        foreach (var interval in written.Fresh)
        {
            for (int sign = -1; sign <= 1; sign += 2)
            {
                if ((sign < 0 ? interval.Low : interval.High) is not { } end) continue;
                Require(end.Length >= 2 && end.Length % 2 == 0 && end[1].Sign > 0, "this is no end of an interval");
                free[own.Count] = interval.IsConstant;
                own.Add(end.Length == 2 ? interval.Constant(places[interval.Timer], sign) : EndOf(interval.Timer, end, sign));
            }

            var (low, high) = (interval.Low, interval.High);
            if (low.Length == 2)
            {
                Require(low[0].Sign >= 0, "a timer begins below 0");
            }
            else if (SomeBelow0(low))
            {
                var sum = new Whole[dimensions];
                Add(sum, low, -1);
                begins.Add(Row.Of(sum, low[0]));
            }

            if (high is null || Same(low, high)) continue;
            var room = low[1] * high[0] - high[1] * low[0];
            if (low.Length == 2 && high.Length == 2)
            {
                Require(room.Sign >= 0, "an interval ends before it begins");
                continue;
            }

            var order = new Whole[dimensions];
            Add(order, low, high[1]);
            Add(order, high, -low[1]);
            begins.Add(Row.Of(order, room));
        }

        return new Edge(fires, written.Before, written.To, places, dimensions, written.Ends, written.Flags, written.AtOnce, [.. own], free, [.. begins], written.Continues, written.Fresh);
    }

    /// <summary>x_f − x_j ≤ 0, or &lt; 0, with x_f = 0 if nothing fires; one for all edges where the places are among the first.</summary>
    private static Row FirstOf(int f, int j, bool strict, Row?[] shared)
    {
        Row Make() => f < 0 ? new Row([j], [-1], 0, strict) : f < j ? new Row([f, j], [1, -1], 0, strict) : new Row([j, f], [-1, 1], 0, strict);
        if (f + 1 >= MostShared || j >= MostShared) return Make();
        return shared[2 * (MostShared * (f + 1) + j) + (strict ? 1 : 0)] ??= Make();
    }

    /// <summary>Adds factor times a value afterwards.</summary>
    private static void Afterwards(Whole[] sum, int[] places, int fires, Location from, int timer, Whole factor)
    {
        int place = places[timer];
        sum[place] += factor;
        if (fires >= 0 && place < from.Dimensions && from.Rates[place] != 0) sum[fires] += factor * from.Rates[place];
    }

    /// <summary>
    /// Timers whose every value comes from one beginning above 0, or from the beginning of the run, and is used up when it fires: no edge begins one at 0
    /// or at parameters, continues one that is not slow as it, continues one twice, or continues the one that fires.
    /// </summary>
    private static void MarkSlow(Automaton automaton)
    {
        bool[] slow = new bool[automaton.Timers];
        for (int i = 0; i < slow.Length; i++) slow[i] = true;
        bool changed = true;
        while (changed)
        {
            changed = false;
            foreach (var location in automaton.Locations)
            {
                foreach (var edge in location.Edges ?? [])
                {
                    int[] after = automaton.Locations[edge.To].Timers;
                    foreach (var fresh in edge.Fresh) Lose(after[fresh.Timer], fresh.Low.Length > 2 || fresh.Low[0].Sign <= 0);
                    for (int k = 0; k < after.Length; k++)
                    {
                        int source = edge.Continues[k];
                        if (source < 0) continue;
                        Lose(after[k], source == edge.Fires || !slow[location.Timers[source]] || Find(edge.Continues, source) < k || Find(edge.Continues, source, k + 1) >= 0);
                    }
                }
            }
        }

        foreach (var location in automaton.Locations)
            foreach (var edge in location.Edges ?? []) edge.Slow = edge.Fires >= 0 && slow[location.Timers[edge.Fires]];

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
        bool[] down = new bool[at.Dimensions];
        int left = 0;
        for (int j = 0; j < down.Length; j++)
            if (down[j] = at.Rates[j] == -1) left++;
        bool turn = false;
        foreach (var edge in at.Edges!) turn |= edge.Fires < 0 && Count(edge.Before) == edge.Before.Length;
        int[]?[] first = new int[]?[down.Length];
        foreach (var edge in at.Edges!)
            if (edge.Fires >= 0 && (turn || !edge.AtOnce)) first[edge.Fires] ??= edge.Before;
        if (left == 0 && !turn) return false;
        while (left > 0)
        {
            bool some = false;
            for (int j = 0; j < down.Length; j++)
            {
                if (!down[j]) continue;
                if (first[j] is not { } before) return false;
                if (Count(before) > 0) continue;
                down[j] = false;
                left--;
                some = true;
            }

            if (!some) return false;
        }

        return true;

        int Count(int[] before)
        {
            int count = 0;
            foreach (int j in before) count += down[j] ? 1 : 0;
            return count;
        }
    }

    // Loops by hand: code of generic methods over types of this file would be compiled anew in every process.

    private static bool Has(int[] list, int number) => Find(list, number) >= 0;

    private static int Find(int[] list, int number, int from = 0)
    {
        for (int i = from; i < list.Length; i++)
            if (list[i] == number) return i;
        return -1;
    }

    private static bool Below(int[] list, int limit)
    {
        foreach (int number in list)
            if (number >= limit) return false;
        return true;
    }

    /// <summary>Of [C, D, p, F, …]: C, or some F.</summary>
    private static bool SomeBelow0(Whole[] end)
    {
        for (int i = 3; i < end.Length; i += 2)
            if (end[i].Sign < 0) return true;
        return end[0].Sign < 0;
    }

    private static bool Same(Whole[] one, Whole[] other)
    {
        for (int i = 0; i < one.Length && i < other.Length; i++)
            if (one[i] != other[i]) return false;
        return one.Length == other.Length;
    }

    /// <summary>μ times a conclusion is so many times which premises; or, with μ = 0, a contradiction is.</summary>
    private sealed record Combination(Whole Factor, int[] Premises, Whole[] Times);

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

    /// <summary>Of a claim: sign · (clock + d) ≤ sign · bound. Numerator and denominator come with the sign.</summary>
    private sealed class Bound(int claim, int sign, CheckedClaim claimed)
    {
        public int Claim { get; } = claim;

        public int Sign { get; } = sign;

        public Whole Numerator { get; } = new(sign * claimed.Numerator);

        public Whole Denominator { get; } = new(sign * claimed.Denominator);
    }

    private sealed class Proof
    {
        private readonly Automaton automaton;
        private readonly string model;
        private readonly CheckedClaim[] claims;
        private readonly bool timePasses, fromAbove;
        private readonly Combination[] combinations;
        private readonly Step[] initial;
        private readonly Node[] nodes;
        private FirstUse nodesUsed, combinationsUsed;
        private readonly Bound[] bounded;
        private readonly bool[] never;
        private readonly bool[] reached;
        private int steps, highest;
        private long conclusions, work;

        // The obligation that is being checked, and what its premises add up to.
        private Place where;
        private Location from = Location.Nowhere;
        private Row[] known = [];
        private bool[] used = [];
        private Edge edge = null!;
        private readonly List<Row> cases = [];
        private Whole[] sum = new Whole[16];
        private Whole constant;
        private bool strict;

        public Proof(Automaton automaton, ReadOnlySpan<byte> certificate)
        {
            this.automaton = automaton;
            var text = new Text("cert.json", certificate);
            text.Take("{\"format\":\"irekae-certificate/2\""u8);
            text.Member("model"u8);
            model = Encoding.ASCII.GetString(text.Words());
            text.Member("claims"u8);
            claims = text.List(Claim);
            text.Require(claims.Length > 0, "nothing is claimed");
            reached = new bool[claims.Length];
            never = new bool[automaton.Flags];
            var bounds = new List<Bound>();
            for (int c = 0; c < claims.Length; c++)
            {
                var claim = claims[c];
                reached[c] = claim.Kind is not ("max" or "min");
                if (!reached[c]) bounds.Add(new Bound(c, claim.Kind == "max" ? 1 : -1, claim));
                timePasses |= claim.Kind == "time_passes";
                if (claim.Kind == "never") never[claim.Flag] = true;
                fromAbove |= claim.Kind == "max";
            }

            bounded = [.. bounds];

            if (timePasses) MarkSlow(automaton);
            text.Member("rows"u8);
            var rows = text.Table(ReadRow);
            text.Member("combinations"u8);
            combinations = text.Table(ReadCombination);
            text.Member("initial"u8);
            initial = text.List(WholeStep);
            text.Member("nodes"u8);
            var rowsUsed = new FirstUse("row", rows.Length);
            nodes = text.Table((ref Text t) =>
            {
                t.Take("{\"at\":"u8);
                int number = t.Small(0, automaton.Locations.Length - 1);
                int rank = 0;
                if (timePasses)
                {
                    t.Member("rank"u8);
                    rank = t.Small(0, int.MaxValue);
                }

                t.Member("rows"u8);
                int[] own = t.Indices(rows.Length);
                foreach (int row in own) rowsUsed.Of(row, "cert.json");
                var at = automaton.Locations[number];
                var known = new Row[own.Length];
                for (int i = 0; i < own.Length; i++)
                {
                    known[i] = rows[own[i]];
                    t.Require(known[i].SpeaksOf(at.Dimensions), "a row speaks of a timer that is not there");
                    t.Require(Find(own, own[i]) == i, "a row is there twice");
                }

                t.EndsKey();
                t.Member("steps"u8);
                var steps = t.List(WholeStep);
                t.Take("}"u8);
                return new Node(at, number, rank, known, steps);
            });
            text.End();
            rowsUsed.Ends();
            nodesUsed = new FirstUse("node", nodes.Length);
            combinationsUsed = new FirstUse("combination", combinations.Length);
        }

        public ProofVerdict Check(string hash)
        {
            if (model != hash) throw new Refusal("cert.json", "the certificate is about another model.json");
            where = "initial";
            CheckSteps(initial, automaton.Initial, Location.Nowhere, [], int.MaxValue);
            for (int i = 0; i < nodes.Length; i++)
            {
                var (at, number, rank, rows, own) = nodes[i];
                where = new Place("node", i);
                if (at.Edges is not { } edges) throw Wrong($"the model says that nothing gets to location {number}");
                foreach (int flag in at.Flags)
                    if (never[flag]) throw Wrong($"location {number} carries flag {flag}");
                if (fromAbove && !at.GoesOn) throw Wrong($"in location {number} a clock may run for ever");
                highest = -1;
                if (used.Length < rows.Length) used = new bool[rows.Length];
                for (int row = 0; row < rows.Length; row++) used[row] = false;
                CheckSteps(own, edges, at, rows, rank);
                for (int row = 0; row < rows.Length; row++)
                    if (!used[row]) throw new Refusal(where with { Row = row }, "the row is of no use");
                if (timePasses && rank != highest + 1) throw Wrong($"its rank is {rank} and not {highest + 1}");
            }

            nodesUsed.Ends();
            combinationsUsed.Ends();
            for (int loose = 0; loose < reached.Length; loose++)
                if (!reached[loose]) throw new Refusal("cert.json", $"nothing comes up to the bound of claim {loose}: a better one could be claimed");
            return new ProofVerdict.Accepted([.. claims], nodes.Length, steps, conclusions);
        }

        private CheckedClaim Claim(ref Text text)
        {
            foreach (string kind in new[] { "max", "min" })
            {
                if (!text.Try(kind == "max" ? "{\"max\":"u8 : "{\"min\":"u8)) continue;
                var bound = text.Numbers();
                text.Require(bound is [_, { Sign: > 0 }] && Whole.CommonDivisor(bound[0], bound[1]).IsOne, "a bound is a whole number over one above 0, in lowest terms");
                text.Member("strict"u8);
                bool strict = text.Truth();
                text.Take("}"u8);
                return new CheckedClaim(kind, bound[0].Value, bound[1].Value, strict, -1);
            }

            if (text.Try("{\"time_passes\":true}"u8)) return new CheckedClaim("time_passes", 0, 1, false, -1);
            text.Take("{\"never\":"u8);
            int flag = text.Small(0, automaton.Flags - 1);
            text.Take("}"u8);
            return new CheckedClaim("never", 0, 1, false, flag);
        }

        private static Row ReadRow(ref Text text)
        {
            var numbers = text.Numbers();
            text.Require(numbers.Length >= 4 && numbers.Length % 2 == 0 && (numbers[1].IsZero || numbers[1].IsOne), "a row is its constant, 1 if strict, then pairs of a timer and its coefficient");
            int[] places = new int[numbers.Length / 2 - 1];
            var coefficients = new Whole[places.Length];
            var divisor = numbers[0];
            int last = -1;
            for (int i = 0; i < places.Length; i++)
            {
                coefficients[i] = numbers[2 * i + 3];
                if (!divisor.IsOne) divisor = Whole.CommonDivisor(divisor, coefficients[i]);
                places[i] = numbers[2 * i + 2].Index(int.MaxValue);
                text.Require(places[i] > last && !coefficients[i].IsZero, "timers stand in their order, with what is not 0");
                last = places[i];
            }

            text.Require(divisor.IsOne, "a row is not in lowest terms");
            return new Row(places, coefficients, numbers[0], numbers[1].IsOne);
        }

        private static Combination ReadCombination(ref Text text)
        {
            var numbers = text.Numbers();
            text.Require(numbers.Length % 2 == 1 && numbers[0].Sign >= 0, "a combination is a factor, then pairs of a premise and how often");
            int[] premises = new int[numbers.Length / 2];
            var times = new Whole[premises.Length];
            var divisor = numbers[0];
            int last = -1;
            for (int i = 0; i < premises.Length; i++)
            {
                times[i] = numbers[2 * i + 2];
                if (!divisor.IsOne) divisor = Whole.CommonDivisor(divisor, times[i]);
                if (times[i].Sign <= 0) text.Require(false, $"premise {numbers[2 * i + 1]} is taken {times[i]} times");
                premises[i] = numbers[2 * i + 1].Index(int.MaxValue);
                text.Require(premises[i] > last, "premises stand in their order");
                last = premises[i];
            }

            text.Require(divisor.IsOne, "a combination is not in lowest terms");
            return new Combination(numbers[0], premises, times);
        }

        private Step WholeStep(ref Text text)
        {
            text.Take("{"u8);
            var step = ReadStep(ref text, 0);
            if (text.TryMember("begins"u8)) step.Begins = text.NonEmpty(combinations.Length);
            if (text.TryMember("bounds"u8)) step.Bounds = text.NonEmpty(combinations.Length);
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
                text.Member("then"u8);
                text.Take("{"u8);
                var then = ReadStep(ref text, depth + 1);
                text.Take("}"u8);
                text.Member("else"u8);
                text.Take("{"u8);
                var otherwise = ReadStep(ref text, depth + 1);
                text.Take("}"u8);
                return new Step { If = row, Then = then, Else = otherwise };
            }

            text.Take("\"to\":"u8);
            int to = text.Small(0, int.MaxValue);
            text.Member("by"u8);
            int[] by = text.Indices(combinations.Length);
            int later = text.TryMember("later"u8) ? text.Small(0, combinations.Length - 1) : -1;
            return new Step { To = to, By = by, Later = later };
        }

        private void CheckSteps(Step[] own, Edge[] edges, Location at, Row[] rows, int rank)
        {
            if (own.Length != edges.Length) throw Wrong($"there are {edges.Length} edges in the model and {own.Length} steps in the certificate");
            (from, known) = (at, rows);
            for (int e = 0; e < edges.Length; e++)
            {
                steps++;
                (edge, where.Edge) = (edges[e], e);
                bool impossible = CheckReason(own[e], rank);
                CheckBegins(own[e].Begins);
                if (!impossible) CheckClaims(own[e].Bounds);
                else if (own[e].Bounds.Length > 0) throw Wrong("there are bounds of what is impossible");
            }

            where.Edge = -1;
        }

        /// <summary>Whether the edge cannot be taken at all; refused if it is not shown where it leads.</summary>
        private bool CheckReason(Step step, int rank)
        {
            if (step.No >= 0)
            {
                if (!AddUp(step.No).IsZero) throw Wrong("a contradiction has factor 0");
                Compare(needsStrict: true);
                return true;
            }

            if (step.If is { } row)
            {
                if (!row.SpeaksOf(edge.Dimensions)) throw Wrong("the row speaks of a timer that is not there");
                cases.Add(row);
                bool then = CheckReason(step.Then!, rank);
                cases[^1] = row.Opposite;
                bool otherwise = CheckReason(step.Else!, rank);
                cases.RemoveAt(cases.Count - 1);
                return then && otherwise;
            }

            if (step.To >= nodes.Length) throw Wrong($"there is no node {step.To}");
            nodesUsed.Of(step.To, where);
            var target = nodes[step.To];
            if (target.Number != edge.To) throw Wrong($"the edge leads to location {edge.To}, the node is at {target.Number}");
            if (step.By.Length != target.Rows.Length) throw Wrong($"the node it leads to has {target.Rows.Length} rows, {step.By.Length} are shown");
            for (int r = 0; r < step.By.Length; r++)
            {
                where.Row = r;
                CheckConclusion(step.By[r], target.Rows[r]);
            }

            where.Row = -1;
            CheckRank(step, target, rank);
            return false;
        }

        private void CheckConclusion(int number, Row row)
        {
            var factor = Imply(number);
            Spend(2 * row.Places.Length);
            for (int i = 0; i < row.Places.Length; i++) Afterwards(sum, edge.Places, edge.Fires, from, row.Places[i], -(factor * row.Coefficients[i]));
            constant -= factor * row.Constant;
            Compare(row.Strict);
        }

        /// <summary>Down in rank; or a slow timer fires; or −x_f &lt; 0: time passes.</summary>
        private void CheckRank(Step step, Node target, int rank)
        {
            bool needed = timePasses && !edge.Slow && target.Rank >= rank;
            if (needed != step.Later >= 0) throw Wrong(needed ? "neither the rank goes down nor does time pass" : "that time passes need not be shown");
            if (timePasses && !edge.Slow && !needed) highest = Math.Max(highest, target.Rank);
            if (!needed) return;
            if (edge.Fires < 0) throw Wrong("no time passes where nothing fires");
            var factor = Imply(step.Later);
            sum[edge.Fires] += factor;
            Compare(needsStrict: true);
        }

        /// <summary>The intervals of timers that begin are not empty and not below 0, where that depends on parameters.</summary>
        private void CheckBegins(int[] shown)
        {
            if (shown.Length != edge.Begins.Length) throw Wrong($"{edge.Begins.Length} ends of intervals depend on parameters, {shown.Length} are shown");
            for (int i = 0; i < shown.Length; i++)
            {
                var factor = Imply(shown[i]);
                foreach (int p in combinations[shown[i]].Premises)
                    if (p >= known.Length && !edge.Free[p - known.Length]) throw Wrong("an interval is not shown to be one from what is known before it");
                var row = edge.Begins[i];
                for (int k = 0; k < row.Places.Length; k++) sum[row.Places[k]] -= factor * row.Coefficients[k];
                constant -= factor * row.Constant;
                Compare(needsStrict: false);
            }
        }

        private void CheckClaims(int[] bounds)
        {
            int shown = 0;
            foreach (var bound in bounded)
            {
                var claim = claims[bound.Claim];
                int sign = bound.Sign;
                if (Has(edge.Ends, -1))
                {
                    if (sign * claim.Numerator.Sign < (claim.Strict ? 1 : 0)) throw Wrong("something takes no time at all");
                    reached[bound.Claim] |= claim.Numerator.IsZero;
                }

                int candidates = sign > 0 ? from.Dimensions : edge.Ends.Length;
                for (int i = 0; i < candidates; i++)
                {
                    int clock = sign > 0 ? i : edge.Ends[i];
                    if (clock < 0 || !from.Clocks[clock]) continue;
                    if (shown == bounds.Length) throw Wrong($"clock {clock} is not shown to keep the bound");
                    var factor = Imply(bounds[shown++]);
                    var times = factor * bound.Denominator;
                    sum[clock] -= times;
                    if (edge.Fires >= 0) sum[edge.Fires] -= times;
                    constant -= factor * bound.Numerator;
                    Compare(claim.Strict);
                    reached[bound.Claim] |= constant.IsZero;
                }
            }

            if (shown < bounds.Length) throw Wrong("there are more bounds than clocks");
            foreach (int flag in edge.Flags)
                if (never[flag]) throw Wrong($"the edge carries flag {flag} and is not shown to be impossible");
        }

        /// <summary>The factor μ of the conclusion, with what the premises add up to in <c>sum</c>.</summary>
        private Whole Imply(int number)
        {
            var factor = AddUp(number);
            return factor.Sign > 0 ? factor : throw Wrong("the factor of a conclusion is not above 0");
        }

        /// <summary>Into <c>sum</c>: Σ λ·premise, all λ above 0. Into <c>constant</c> likewise; <c>strict</c> if a strict premise is taken.</summary>
        private Whole AddUp(int number)
        {
            conclusions++;
            combinationsUsed.Of(number, where);
            var combination = combinations[number];
            int dimensions = edge.Dimensions;
            if (sum.Length < dimensions) sum = new Whole[dimensions];
            for (int j = 0; j < dimensions; j++) sum[j] = default;
            Spend(2 * dimensions);
            constant = default;
            strict = false;
            for (int i = 0; i < combination.Premises.Length; i++)
            {
                var premise = Premise(combination.Premises[i]);
                var times = combination.Times[i];
                Spend(premise.Places.Length + 1);
                for (int k = 0; k < premise.Places.Length; k++) sum[premise.Places[k]] += times * premise.Coefficients[k];
                constant += times * premise.Constant;
                strict |= premise.Strict;
            }

            return combination.Factor;
        }

        /// <summary>Of the node, then of the edge, then of the cases it is in.</summary>
        private Row Premise(int number)
        {
            if (number < known.Length)
            {
                used[number] = true;
                return known[number];
            }

            int own = number - known.Length, split = own - edge.Own.Length;
            return split < 0 ? edge.Own[own] : split < cases.Count ? cases[split] : throw Wrong($"there is no premise {number}");
        }

        /// <summary>What is left of premises less conclusion: nothing of any value, and no more than 0; less than 0 if the conclusion is strict and no premise taken was.</summary>
        private void Compare(bool needsStrict)
        {
            for (int j = 0; j < edge.Dimensions; j++)
                if (!sum[j].IsZero) throw Wrong($"the premises do not add up: {sum[j]} of value {j} is left over");
            if (constant.Sign > 0) throw Wrong($"the premises do not suffice: {constant} is missing");
            if (constant.IsZero && needsStrict && !strict) throw Wrong("the premises do not suffice: equality is not excluded");
        }

        private void Spend(int amount)
        {
            if ((work += amount) > MostWork) throw Wrong("checking this takes more work than any proof should");
        }

        private Refusal Wrong(string why) => new(where, why);
    }

    private delegate T Reader<T>(ref Text text);

    /// <summary>Pieces of one text, numbered as they come, each once.</summary>
    private sealed class Entries
    {
        private int[] from = new int[64], lengths = new int[64], hashes = new int[64], next = new int[64], slots = new int[64];
        private int count;

        /// <summary>The number of the piece if it was there before; else -1, and now it is.</summary>
        public int Find(ReadOnlySpan<byte> text, int at, int length)
        {
            var piece = text.Slice(at, length);
            var sum = default(HashCode); // begins anew in every process: nobody can write many pieces of one hash
            sum.AddBytes(piece);
            int hash = sum.ToHashCode();
            for (int i = slots[hash & (slots.Length - 1)] - 1; i >= 0; i = next[i])
                if (hashes[i] == hash && lengths[i] == length && text.Slice(from[i], length).SequenceEqual(piece)) return i;
            if (count == from.Length) Grow();
            (from[count], lengths[count], hashes[count]) = (at, length, hash);
            Link(count++);
            return -1;
        }

        private void Link(int number)
        {
            int slot = hashes[number] & (slots.Length - 1);
            next[number] = slots[slot] - 1;
            slots[slot] = number + 1;
        }

        private void Grow()
        {
            Array.Resize(ref from, 2 * count);
            Array.Resize(ref lengths, 2 * count);
            Array.Resize(ref hashes, 2 * count);
            next = new int[2 * count];
            slots = new int[2 * count];
            for (int i = 0; i < count; i++) Link(i);
        }
    }

    /// <summary>A text in its one form: members in their order, nothing between the signs but a line feed after each comma between brackets.</summary>
    private ref struct Text
    {
        private static readonly SearchValues<byte> Hexadecimal = SearchValues.Create("0123456789abcdefABCDEF"u8);
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

        /// <summary>What comes next up to a brace and was read before, in the numbering of those that were not; -1, and it has the next number.</summary>
        public int Again(Entries known)
        {
            int length = text[at..].IndexOf((byte)'}') + 1;
            int number = known.Find(text, at, length);
            if (number >= 0) at += length;
            return number;
        }

        public bool Try(ReadOnlySpan<byte> sign)
        {
            var rest = text[at..];
            if (rest.Length < sign.Length || rest[0] != sign[0] || !rest[..sign.Length].SequenceEqual(sign)) return false;
            at += sign.Length;
            return true;
        }

        public void Take(ReadOnlySpan<byte> sign)
        {
            if (!Try(sign)) throw Wrong($"{Encoding.ASCII.GetString(sign).ReplaceLineEndings("a line feed")} is expected");
        }

        public void Member(ReadOnlySpan<byte> member)
        {
            if (!TryMember(member)) throw Wrong($"the member \"{Encoding.ASCII.GetString(member)}\" is expected");
        }

        public bool TryMember(ReadOnlySpan<byte> member)
        {
            int end = at + 2 + member.Length;
            if (end + 2 > text.Length || text[at] != ',' || text[at + 1] != '"' || !text[(at + 2)..end].SequenceEqual(member) || text[end] != '"' || text[end + 1] != ':') return false;
            at = end + 2;
            return true;
        }

        public void End()
        {
            Take("}\n"u8);
            Require(at == text.Length, "there is more after its end");
        }

        public T[] List<T>(Reader<T> read) => List(read, null);

        /// <summary>A list without the same entry twice.</summary>
        public T[] Table<T>(Reader<T> read) => List(read, new Entries());

        /// <summary>What tells a table's entry from others ends here.</summary>
        public void EndsKey() => keyEnds = at;

        public int[] Indices(int count) => Smalls(0, count - 1);

        /// <summary>A list of whole numbers from low to high.</summary>
        public int[] Smalls(int low, int high)
        {
            Take("["u8);
            if (Try("]"u8)) return [];
            int[] numbers = new int[Flat()];
            for (int i = 0; i < numbers.Length; i++)
            {
                if (i > 0) Next();
                numbers[i] = Small(low, high);
            }

            Take("]"u8);
            return numbers;
        }

        public Whole[] Numbers()
        {
            Take("["u8);
            if (Try("]"u8)) return [];
            var numbers = new Whole[Flat()];
            for (int i = 0; i < numbers.Length; i++)
            {
                if (i > 0) Next();
                numbers[i] = Number();
            }

            Take("]"u8);
            return numbers;
        }

        private void Next()
        {
            if (at < text.Length && text[at] == ',') at++;
            else Take(","u8);
        }

        /// <summary>How many entries the rest of a list has, if it is one without lists in it.</summary>
        private readonly int Flat()
        {
            int count = 1;
            foreach (byte sign in text[at..])
            {
                if (sign == ']') break;
                if (sign == ',') count++;
            }

            return count;
        }

        public int[] NonEmpty(int count)
        {
            int[] list = Indices(count);
            Require(list.Length > 0, "an empty list is left out");
            return list;
        }

        /// <summary>Text between quotes as it stands.</summary>
        public ReadOnlySpan<byte> Words()
        {
            Take("\""u8);
            int from = at;
            while (true)
            {
                int plain = text[at..].IndexOfAny((byte)'"', (byte)'\\');
                Require(plain >= 0, "a text does not end");
                Require(Printable(text.Slice(at, plain)), "a text has signs that it cannot have");
                at += plain;
                if (text[at] == '"') return text[from..at++];
                at++;
                int hex = Try("u"u8) ? 4 : 0;
                Require(at + hex < text.Length && (hex > 0 ? !text.Slice(at, hex).ContainsAnyExcept(Hexadecimal) : "\"\\/bfnrt"u8.Contains(text[at])), "a text has signs that it cannot have");
                at += Math.Max(1, hex);
            }
        }

        /// <summary>Whether all bytes are from 0x20 to 0x7e, eight at a time: of the lowest that is not, the top bit is set below, and of none if all are.</summary>
        private static bool Printable(ReadOnlySpan<byte> bytes)
        {
            ulong wrong = 0;
            for (; bytes.Length >= 8; bytes = bytes[8..])
            {
                ulong eight = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
                wrong |= eight | (eight - 0x2020202020202020) | (eight + 0x0101010101010101);
            }

            foreach (byte one in bytes) wrong |= one is < 0x20 or > 0x7e ? 0x80u : 0;
            return (wrong & 0x8080808080808080) == 0;
        }

        public bool Truth()
        {
            if (Try("true"u8)) return true;
            Take("false"u8);
            return false;
        }

        /// <summary>Digits; between quotes where they are of more than 53 bits.</summary>
        public Whole Number()
        {
            bool quoted = Try("\""u8);
            int from = at;
            long small = Digits(LongestNumber, out int length);
            if (!quoted && length < 16) return small;
            var value = BigInteger.Parse(Encoding.ASCII.GetString(text[from..at]), System.Globalization.CultureInfo.InvariantCulture);
            Require(quoted == BigInteger.Abs(value) > LargestBare, "whole numbers of more than 53 bits, and no others, stand between quotes");
            if (quoted) Take("\""u8);
            return new Whole(value);
        }

        public int Small(int low, int high)
        {
            int from = at;
            long value = Digits(16, out _);
            if (value >= low && value <= high) return (int)value;
            at = from;
            throw Wrong($"a whole number from {low} to {high} is expected");
        }

        /// <summary>Fewer than so many digits, without zeros in front; their value if they are fewer than 16.</summary>
        private long Digits(int most, out int length)
        {
            var rest = text[at..];
            int i = 0;
            bool negative = rest.Length > 0 && rest[0] == '-';
            if (negative) i++;
            int digits = i;
            long value = 0;
            for (; i < rest.Length && (uint)(rest[i] - '0') is <= 9 and var digit; i++) value = unchecked(value * 10 + digit);
            length = i - digits;
            Require(length > 0 && length < most && (rest[digits] != '0' || (length == 1 && !negative)), "a whole number is expected");
            at += i;
            return negative ? -value : value;
        }

        private T[] List<T>(Reader<T> read, Entries? distinct)
        {
            Take("["u8);
            if (Try("]"u8)) return [];
            var items = new List<T>();
            do
            {
                int from = at;
                if (distinct is not null) keyEnds = -1;
                items.Add(read(ref this));
                if (distinct is not null && distinct.Find(text, from, (keyEnds < 0 ? at : keyEnds) - from) >= 0) throw Wrong("the same is there twice");
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
