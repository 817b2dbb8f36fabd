using System.Collections.Immutable;
using System.Text;

namespace Irekae.Tests.Link;

/// <summary>
/// Two automata, breadth first and in lock step from their initial edges. Edges are matched by their labels; where a label is on several edges,
/// by what can be seen from where they lead, and where that does not tell, every one is tried. Locations that were matched are looked at next. A pair
/// that differs is taken back, and with it every pair that has no other partner for an edge; if that reaches the beginning, the automata differ. When
/// nothing is left, the pairs that remain are a bisimulation; when every location has one partner, an isomorphism. Orders of simultaneous events that lead to the same outcome are one edge: edges are compared as sets.
/// </summary>
internal sealed class LockStep
{
    /// <summary>How many steps ahead edges with one label are told apart by.</summary>
    private const int Horizon = 8;

    private readonly PlainAutomaton one;
    private readonly PlainAutomaton other;
    private readonly Dictionary<(int, int, int), bool> alike = [];
    private readonly Dictionary<(int, int), (int From, string Says)> origins = [];
    private readonly List<(int One, int Other)> pairs = [];
    private readonly Dictionary<(int, int), HashSet<int>> sources = [];
    private readonly HashSet<(int, int)> differ = [];

    private LockStep(PlainAutomaton one, PlainAutomaton other)
    {
        this.one = one;
        this.other = other;
    }

    /// <param name="Difference">Null: none.</param>
    /// <param name="Pairs">Matched locations.</param>
    /// <param name="Edges">Matched edges.</param>
    /// <param name="Exact">Every location has one partner.</param>
    public sealed record Result(string? Difference, int Pairs, int Edges, bool Exact);

    /// <param name="limit">Pairs that are looked at.</param>
    public static Result Compare(PlainAutomaton one, PlainAutomaton other, int limit) => new LockStep(one, other).Run(limit);

    private Result Run(int limit)
    {
        int edges = 0;
        string? difference = Match(-1, one.Initial, other.Initial, ref edges);
        for (int next = 0; difference is null && next < pairs.Count && next < limit; next++)
            if (Differs(next, ref edges) is { } why) difference = TakeBack(next, why);
        var kept = pairs.Where(p => !differ.Contains(p)).ToList();
        bool exact = kept.Select(p => p.One).Distinct().Count() == kept.Count && kept.Select(p => p.Other).Distinct().Count() == kept.Count;
        return new Result(difference, kept.Count, edges, exact);
    }

    private string? Differs(int pair, ref int edges)
    {
        var (a, b) = pairs[pair];
        if (other.Edges(b) is not { } theirs) return null;
        string? difference = one.Look(a) != other.Look(b)
            ? $"{Path(pair)}\nlocations differ:\n  {one.Look(a)}\n  {other.Look(b)}"
            : Match(pair, one.Edges(a)!, theirs, ref edges);
        return difference is null ? null : $"{difference}\nthere: {one.Describe(a)}";
    }

    /// <returns>Why the automata differ; null: all that led to the pair has other partners.</returns>
    private string? TakeBack(int pair, string why)
    {
        int counted = 0;
        differ.Add(pairs[pair]);
        foreach (int from in sources[pairs[pair]].Order())
        {
            if (from < 0)
            {
                if (Match(-1, one.Initial, other.Initial, ref counted) is not null) return why;
            }
            else if (!differ.Contains(pairs[from]) && Differs(from, ref counted) is not null && TakeBack(from, why) is { } told)
            {
                return told;
            }
        }

        return null;
    }

    private string? Match(int from, IReadOnlyList<PlainEdge> ours, IReadOnlyList<PlainEdge> theirs, ref int edges)
    {
        (ours, theirs) = Compared(ours, theirs);
        var labels = ours.Concat(theirs).Select(e => e.Label).Distinct().ToList();
        foreach (string label in labels)
        {
            List<PlainEdge> left = [.. ours.Where(e => e.Label == label).DistinctBy(e => e.To)], right = [.. theirs.Where(e => e.Label == label).DistinctBy(e => e.To)];
            if (left.Count == 0 || right.Count == 0) return Says(from, left.Count == 0 ? "is missing here" : "is not in the model", [.. left, .. right], ours, theirs);
            if (left.Count == 1 && right.Count == 1 && !differ.Contains((left[0].To, right[0].To)))
            {
                Pair(from, left[0], right[0]);
            }
            else
            {
                int depth = 0;
                var partners = Alike(left, right, depth);
                while (depth < Horizon && partners.Count > Math.Max(left.Count, right.Count)) partners = Alike(left, right, ++depth);
                if (left.Find(e => partners.All(p => p.Left != e)) is { } lonely)
                    return Why(lonely.To, right.Select(r => r.To)) + Says(from, $"leads elsewhere ({left.Count} and {right.Count} of one label)", [lonely, .. right], ours, theirs);
                if (right.Find(e => partners.All(p => p.Right != e)) is { } missing)
                    return Says(from, $"leads elsewhere in the model ({left.Count} and {right.Count} of one label)", [missing, .. left], ours, theirs);
                foreach (var (a, b) in partners) Pair(from, a, b);
            }

            edges += left.Count;
        }

        return null;
    }

    /// <summary>Where both say that time stops, that is all they have to agree on.</summary>
    private static (IReadOnlyList<PlainEdge> Ours, IReadOnlyList<PlainEdge> Theirs) Compared(IReadOnlyList<PlainEdge> ours, IReadOnlyList<PlainEdge> theirs)
    {
        var endless = ours.Where(e => e.Endless).Select(e => e.Fires).Intersect(theirs.Where(e => e.Endless).Select(e => e.Fires)).ToList();
        return endless.Count == 0 ? (ours, theirs) : ([.. ours.Where(e => !endless.Contains(e.Fires))], [.. theirs.Where(e => !endless.Contains(e.Fires))]);
    }

    private void Pair(int from, PlainEdge ours, PlainEdge theirs)
    {
        var pair = (ours.To, theirs.To);
        (sources.TryGetValue(pair, out var known) ? known : sources[pair] = []).Add(from);
        if (!origins.TryAdd(pair, (from, theirs.Says))) return;
        pairs.Add(pair);
    }

    private List<(PlainEdge Left, PlainEdge Right)> Alike(List<PlainEdge> left, List<PlainEdge> right, int depth) =>
        [.. left.SelectMany(l => right.Where(r => !differ.Contains((l.To, r.To)) && Alike(l.To, r.To, depth)).Select(r => (l, r)))];

    /// <summary>Nothing tells them apart in so many steps. Where the model is not unfolded there is nothing to see.</summary>
    private bool Alike(int ours, int theirs, int depth)
    {
        if (other.Edges(theirs) is not { } there) return true;
        if (alike.TryGetValue((ours, theirs, depth), out bool known)) return known;
        known = one.Look(ours) == other.Look(theirs);
        if (known && depth > 0 && one.Edges(ours) is { } edges && Compared(edges, there) is var (here, those))
            known = Covers(here, those, (a, b) => Alike(a, b, depth - 1)) && Covers(those, here, (b, a) => Alike(a, b, depth - 1));
        return alike[(ours, theirs, depth)] = known;
    }

    /// <summary>By what an edge here is told from each of the model's, the longest story first.</summary>
    private string Why(int ours, IEnumerable<int> theirs) =>
        string.Join('\n', theirs.Select(t => Told(ours, t, Horizon)).OrderByDescending(w => w.Length).Take(2)) + "\n";

    private string Told(int ours, int theirs, int depth)
    {
        if (other.Edges(theirs) is not { } there || depth == 0) return "not told";
        if (one.Look(ours) != other.Look(theirs)) return $"told by {one.Look(ours)}\n and {other.Look(theirs)}";
        var (here, those) = Compared(one.Edges(ours)!, there);
        foreach (var e in here.Where(e => !those.Any(o => o.Label == e.Label && Alike(e.To, o.To, depth - 1))))
            return those.FirstOrDefault(o => o.Label == e.Label) is { } like ? $"{e.Says}\n{Told(e.To, like.To, depth - 1)}" : $"only here: {e.Label}\nat {one.Describe(ours)}";
        foreach (var e in those.Where(e => !here.Any(o => o.Label == e.Label && Alike(o.To, e.To, depth - 1))))
            return here.FirstOrDefault(o => o.Label == e.Label) is { } like ? $"in the model: {e.Says}\n{Told(like.To, e.To, depth - 1)}" : $"only in the model: {e.Label}\nat {one.Describe(ours)}";
        return "not told";
    }

    private static bool Covers(IReadOnlyList<PlainEdge> some, IReadOnlyList<PlainEdge> others, Func<int, int, bool> alike) =>
        some.All(e => others.Any(o => o.Label == e.Label && alike(e.To, o.To)));

    private string Says(int from, string what, IEnumerable<PlainEdge> shown, IReadOnlyList<PlainEdge> ours, IReadOnlyList<PlainEdge> theirs)
    {
        var text = new StringBuilder();
        text.Append(Path(from)).Append("\nan edge ").Append(what).Append(":\n");
        foreach (var edge in shown) text.Append("  ").Append(edge.Label).Append("\n    (").Append(edge.Says).Append(")\n    to ").Append(ours.Contains(edge) ? one.Describe(edge.To) : other.Describe(edge.To)).Append('\n');
        text.Append("all here:\n");
        foreach (var edge in ours) text.Append("  ").Append(edge.Label).Append("\n    (").Append(edge.Says).Append(")\n");
        text.Append("all in the model:\n");
        foreach (var edge in theirs) text.Append("  ").Append(edge.Label).Append("\n    (").Append(edge.Says).Append(")\n");
        return text.ToString();
    }

    private string Path(int pair)
    {
        var steps = new List<string>();
        for (int at = pair; at >= 0; at = origins[pairs[at]].From) steps.Add(origins[pairs[at]].Says);
        steps.Reverse();
        return "after\n" + string.Join('\n', steps.Select(s => "  " + s));
    }
}
