using System.Globalization;
using System.Numerics;
using Irekae.Model.Numbers;
using Irekae.Model.Semantics;

namespace Irekae.Checker.Bounded;

/// <summary>How the rows of a move are written.</summary>
internal enum Form
{
    Exact,

    /// <summary>Strict rows as closed.</summary>
    Closed,

    /// <summary>Closed, and all constants zero: the directions in which a set goes on for ever.</summary>
    Directions,
}

/// <summary>Layers as formulas. Times are ticks from the beginning of the run; see <see cref="Explanation"/>.</summary>
internal sealed class Encoding(TransitionSystem system)
{
    public const string Explanation =
        """
        Runs of an Irekae specification, unrolled move by move into linear real arithmetic (QF_LRA).
          t<d>        when the move number d happens, in ticks from the beginning (move 1 is the beginning, at 0)
          v<d>_<x>    timer x after move d: if it counts down, when it would fire; if it is frozen, what it has left;
                      of a clock, when it began. So what goes on keeps its number.
          p<x>        a parameter, fixed for the whole run
          l<d>_<i>    after move d the configuration is number i of those that may be reached in d moves
          e<d>_<j>    move d is number j of those that lead there
        l implies one of the moves that lead to it; e implies the configuration before, that its timer is the next to fire, and
        what becomes of each timer alive. Only what can lead to the goal is written: configurations and moves are left out, and the
        others bounded, by bounds computed beforehand, forwards from the beginning and backwards from the goal. "Bounds" questions ask
        whether any move leaves them (unsat: none does). Equal configurations at equal depth are one, and so are those that become equal
        when processes of equal program that nothing tells apart are exchanged: what goes on then has another number after the move.
        """;

    public static string Time(int depth) => $"t{depth}";

    public static string At(Station station) => $"l{station.Depth}_{station.Index}";

    public static string Taken(Passage passage) => $"e{passage.Depth}_{passage.Index}";

    /// <summary>What a layer says, given the one before; of what is in the cone.</summary>
    public IEnumerable<string> Layer(Layer layer, Cone cone)
    {
        var taken = layer.Passages.Where(cone.Holds).ToList();
        if (taken.Count == 0) yield break;
        yield return layer.Depth == 1 ? "(= t1 0)" : $"(<= {Time(layer.Depth - 1)} {Time(layer.Depth)})";
        foreach (var passage in taken)
        {
            var parts = Of(passage.Depth, passage.From?.Configuration, passage.Move, Form.Exact);
            yield return $"(=> {Taken(passage)} {And(passage.From is { } from ? parts.Prepend(At(from)) : parts)})";
        }

        foreach (var station in layer.Stations)
        {
            if (cone.Bounds(station) is not { } zone) continue;
            yield return $"(=> {At(station)} {Or(station.Incoming.Where(cone.Holds).Select(Taken))})";
            yield return $"(=> {At(station)} {And(Bounds(station.Depth, station.Configuration, zone))})";
        }
    }

    /// <summary>One move of a way, by itself.</summary>
    public IEnumerable<string> Alone(Passage passage, Form form)
    {
        if (passage.From is null) yield return "(= t1 0)";
        else yield return $"(<= {Time(passage.Depth - 1)} {Time(passage.Depth)})";
        foreach (string part in Of(passage.Depth, passage.From?.Configuration, passage.Move, form)) yield return part;
    }

    /// <summary>
    /// There is a point within the forward bounds of <c>from</c> and outside of <c>but</c> (null: any) from which the move is taken, so that
    /// <c>then</c> holds (see <see cref="Within"/>, <see cref="Reads"/>). Written as from depth 0 to 1.
    /// </summary>
    public string Step(Station? from, Zone? but, Move move, string then)
    {
        var parts = new List<string> { from is null ? "(= t1 0)" : "(<= t0 t1)" };
        if (from is not null) parts.AddRange(Bounds(0, from.Configuration, from.Zone));
        if (but is not null) parts.Add($"(not {And(Bounds(0, from!.Configuration, but))})");
        parts.AddRange(Of(1, from?.Configuration, move, Form.Exact));
        if (then != "true") parts.Add(then);
        return And(parts);
    }

    /// <summary>Of a station, as if at depth 1.</summary>
    public string Within(Station station, Zone zone) => And(Bounds(1, station.Configuration, zone));

    /// <summary>There is a point within the forward bounds where a clock reads more than its ceiling; smallest: less than minus that.</summary>
    public string Passes(Goal reading, Rational ceiling, bool largest)
    {
        string beyond = largest ? $"(> {Reads(1, reading.Clock!.Value)} {Number(ceiling)})" : $"(< {Reads(1, reading.Clock!.Value)} {Number(-ceiling)})";
        return Step(reading.Passage.From, null, reading.Passage.Move, beyond);
    }

    /// <summary>What a goal asks of the clock when its move, at this depth, is taken.</summary>
    public string Shows(Goal goal, int depth)
    {
        if (goal.Clock is not { } clock) return "true";
        var parts = new List<string>();
        if (goal.Least is { } least) parts.Add($"(>= {Reads(depth, clock)} {Number(least)})");
        if (goal.Most is { } most) parts.Add($"(<= {Reads(depth, clock)} {Number(most)})");
        return And(parts);
    }

    /// <summary>What a clock reads when the move to this depth is taken; 0 for one (−1) that began in the same move.</summary>
    public string Reads(int depth, int clock) => clock < 0 ? "0" : $"(- {Time(depth)} {Name(depth - 1, clock)})";

    /// <summary>The move can be taken, and takes the timers to their values after it.</summary>
    private IEnumerable<string> Of(int depth, Configuration? before, Move move, Form form)
    {
        if (before is not null)
        {
            string now = Time(depth), last = Time(depth - 1);
            string next = move.Timer < 0 ? last : Name(depth - 1, move.Timer);
            yield return $"(= {now} {next})";
            if (move.Immediate && move.Timer >= 0) yield return $"(= {next} {last})";
            for (int i = 0; i < before.Timers.Length; i++)
            {
                int timer = before.Timers[i];
                if (before.Rates[i] != TimerRate.Down || timer == move.Timer) continue;
                bool strict = form == Form.Exact && move.StrictlyBefore.Contains(timer);
                yield return $"({(strict ? "<" : "<=")} {next} {Name(depth - 1, timer)})";
            }

            for (int k = 0; k < move.Sources.Length; k++)
                if (move.Sources[k] >= 0 && Kind(move.Sources[k]) != TimerKind.Parameter) yield return Kept(depth, before, move, k);
        }

        foreach (var started in move.Started)
            foreach (string bound in Begins(depth, move, started, form)) yield return bound;
    }

    private string Kept(int depth, Configuration before, Move move, int place)
    {
        string old = Name(depth - 1, move.Sources[place]), own = Name(depth, move.Next.Timers[place]);
        var earlier = before.Rates[Array.BinarySearch(before.Timers, move.Sources[place])];
        return (earlier, move.Next.Rates[place]) switch
        {
            (TimerRate.Down, TimerRate.Frozen) => $"(= {own} (- {old} {Time(depth)}))",
            (TimerRate.Frozen, TimerRate.Down) => $"(= {own} (+ {old} {Time(depth)}))",
            _ => $"(= {own} {old})",
        };
    }

    private IEnumerable<string> Begins(int depth, Move move, Started started, Form form)
    {
        string own = Name(depth, started.Timer);
        if (Kind(started.Timer) == TimerKind.Clock)
        {
            yield return $"(= {own} {Time(depth)})";
            yield break;
        }

        bool counts = move.Next.Rates[Array.BinarySearch(move.Next.Timers, started.Timer)] == TimerRate.Down;
        string length = counts ? $"(- {own} {Time(depth)})" : own;
        yield return Compared(">=", length, started.Interval.Low, form);
        if (started.Interval.High is { } high) yield return Compared("<=", length, high, form);
    }

    private string Compared(string relation, string length, TickBound bound, Form form)
    {
        string scaled = bound.Denominator == 1 ? length : $"(* {bound.Denominator} {length})";
        var terms = bound.Terms.Select(term => term.Factor == 1 ? $"p{term.Timer}" : $"(* {Number(term.Factor)} p{term.Timer})").ToList();
        long constant = form == Form.Directions ? 0 : bound.Constant;
        if (constant != 0 || terms.Count == 0) terms.Insert(0, Number(constant));
        return $"({relation} {scaled} {(terms.Count == 1 ? terms[0] : $"(+ {string.Join(' ', terms)})")})";
    }

    /// <summary>A zone of a configuration in the solver's variables. Down: v = x + t; clock: v = t − x; frozen and parameter: x itself.</summary>
    private IEnumerable<string> Bounds(int depth, Configuration configuration, Zone zone) =>
        zone.Rows().Select(row => Difference(depth, configuration, row.I, row.J, row.Bound));

    private string Difference(int depth, Configuration configuration, int i, int j, long bound)
    {
        var plus = new List<string>();
        var minus = new List<string>();
        Add(depth, configuration, i, plus, minus);
        Add(depth, configuration, j, minus, plus);
        string t = Time(depth);
        if (plus.Contains(t) && minus.Contains(t))
        {
            plus.Remove(t);
            minus.Remove(t);
        }

        string left = plus.Count == 0 ? "0" : plus.Count == 1 ? plus[0] : $"(+ {string.Join(' ', plus)})";
        return $"(<= {(minus.Count == 0 ? left : $"(- {left} {string.Join(' ', minus)})")} {Number(bound)})";
    }

    /// <summary>What moves (clocks as minus their value) is v − t.</summary>
    private void Add(int depth, Configuration configuration, int dimension, List<string> plus, List<string> minus)
    {
        if (dimension == 0) return;
        plus.Add(Name(depth, configuration.Timers[dimension - 1]));
        if (configuration.Rates[dimension - 1] != TimerRate.Frozen) minus.Add(Time(depth));
    }

    public string Name(int depth, int timer) => Kind(timer) == TimerKind.Parameter ? $"p{timer}" : $"v{depth}_{timer}";

    public static string And(IEnumerable<string> formulas) => Joined("and", "true", formulas);

    public static string Or(IEnumerable<string> formulas) => Joined("or", "false", formulas);

    public static string Number(BigInteger value) =>
        value.Sign < 0 ? $"(- {BigInteger.Negate(value).ToString(CultureInfo.InvariantCulture)})" : value.ToString(CultureInfo.InvariantCulture);

    public static string Number(Rational value) => value.IsInteger ? Number(value.Numerator) : $"(/ {Number(value.Numerator)} {value.Denominator})";

    private static string Joined(string connective, string empty, IEnumerable<string> formulas)
    {
        var all = formulas.ToList();
        return all.Count switch { 0 => empty, 1 => all[0], _ => $"({connective} {string.Join(' ', all)})" };
    }

    private TimerKind Kind(int timer) => system.Timers[timer].Kind;
}
