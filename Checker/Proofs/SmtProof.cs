using System.Text;
using System.Text.Json;

namespace Irekae.Checker.Proofs;

/// <summary>
/// proof.smt2: the invariant and the automaton as formulas, and three questions with the answer <c>unsat</c>: a beginning outside of it, a step out of
/// it, a state inside that breaks the claim. No multipliers: a solver has to find its own. Written from the two texts that were checked.
/// </summary>
internal sealed class SmtProof
{
    private readonly StringBuilder text = new();
    private readonly JsonElement model;
    private readonly JsonElement certificate;
    private readonly JsonElement[] locations;
    private readonly bool[] clocks;
    private readonly JsonElement[] rows;
    private readonly JsonElement[] nodes;
    private readonly ILookup<int, int> nodesAt;

    private SmtProof(JsonElement model, JsonElement certificate)
    {
        this.model = model;
        this.certificate = certificate;
        locations = [.. model.GetProperty("locations").EnumerateArray()];
        clocks = [.. model.GetProperty("timers").EnumerateArray().Select(t => t.GetProperty("kind").GetString() == "clock")];
        rows = [.. certificate.GetProperty("rows").EnumerateArray()];
        nodes = [.. certificate.GetProperty("nodes").EnumerateArray()];
        nodesAt = certificate.GetProperty("nodes").EnumerateArray().Select((n, i) => (At: n.GetProperty("at").GetInt32(), i)).ToLookup(n => n.At, n => n.i);
    }

    /// <param name="model">model.json, accepted by the checker.</param>
    /// <param name="certificate">cert.json, likewise.</param>
    public static string Of(ReadOnlyMemory<byte> model, ReadOnlyMemory<byte> certificate)
    {
        using var first = JsonDocument.Parse(model);
        using var second = JsonDocument.Parse(certificate, new JsonDocumentOptions { MaxDepth = 256 });
        return new SmtProof(first.RootElement, second.RootElement).Write();
    }

    private string Write()
    {
        text.Append("; Three questions, the second of each location; each has to be answered unsat. Together: every state of every run is inside\n");
        text.Append("; the invariant, and nothing inside breaks the claim. x0, x1, ... are the timers of a location before an edge, then those that begin on it.\n");
        text.Append("; (inside7 x0 x1) is the invariant at location 7 of model.json; a location that is not named is never reached.\n");
        text.Append("(set-logic QF_LRA)\n(set-info :status unsat)\n");
        int most = Enumerable.Range(0, locations.Length).SelectMany(q => EdgesOf(q).Select(e => Dimensions(q) + FreshOf(e).Count())).Concat(locations.Select((_, q) => Dimensions(q)))
            .Concat(model.GetProperty("initial").EnumerateArray().Select(e => FreshOf(e).Count())).DefaultIfEmpty(0).Max();
        for (int i = 0; i < most; i++) text.Append($"(declare-const x{i} Real)\n");
        foreach (var group in nodesAt.OrderBy(g => g.Key))
        {
            string parameters = string.Join(' ', Values(group.Key).Select(x => $"({x} Real)"));
            string sets = Any(group.Select(n => Node(n, "x")), "\n  ");
            text.Append($"(define-fun inside{group.Key} ({parameters}) Bool {sets})\n");
        }

        Ask("1. a run begins outside", model.GetProperty("initial").EnumerateArray().Select(e => All([Taken(-1, e), Not(After(-1, e))])));
        foreach (var group in nodesAt.OrderBy(g => g.Key)) Ask($"2. a step leads outside, from location {group.Key}", EdgesOf(group.Key).Select(e => All([Inside(group.Key), Taken(group.Key, e), Not(After(group.Key, e))])));
        foreach (var claim in certificate.GetProperty("claims").EnumerateArray()) Ask("3. the claim is broken", Breaks(claim));
        return text.ToString();
    }

    private IEnumerable<string> Breaks(JsonElement claim)
    {
        if (claim.TryGetProperty("never", out var never))
        {
            int flag = never.GetInt32();
            bool Flagged(JsonElement element) => element.GetProperty("flags").EnumerateArray().Any(f => f.GetInt32() == flag);
            return nodesAt.Where(g => Flagged(locations[g.Key])).Select(g => Inside(g.Key))
                .Concat(Steps((q, e) => Flagged(e) ? [All([Inside(q), Taken(q, e)])] : []));
        }

        if (claim.TryGetProperty("time_passes", out _)) return Stays();
        bool largest = claim.TryGetProperty("max", out var bound);
        if (!largest) bound = claim.GetProperty("min");
        string limit = Quotient(bound[0], bound[1]);
        string breaks = (largest ? ">" : "<") + (claim.GetProperty("strict").GetBoolean() ? "=" : "");
        return Steps((q, e) =>
        {
            var ends = e.GetProperty("ends").EnumerateArray().Select(c => c.GetInt32());
            var read = largest ? Enumerable.Range(0, Dimensions(q)).Where(i => clocks[locations[q].GetProperty("timers")[i].GetInt32()]).Concat(ends.Where(c => c < 0)) : ends;
            return read.Select(c => All([Inside(q), Taken(q, e), $"({breaks} {(c < 0 ? "0" : Sum([(1, c), .. Delay(e, 1)]))} {limit})"]));
        });
    }

    /// <summary>From a node, in no time and not by a timer that fires once in an instant, to where no node of lower rank is.</summary>
    private IEnumerable<string> Stays()
    {
        var ranks = nodes.Select(n => n.GetProperty("rank").GetInt32()).ToArray();
        bool[] slow = Slow();
        for (int i = 0; i < nodes.Length; i++)
        {
            int at = nodes[i].GetProperty("at").GetInt32();
            foreach (var edge in EdgesOf(at))
            {
                int fires = edge.GetProperty("fires").GetInt32(), to = edge.GetProperty("to").GetInt32();
                if (fires >= 0 && slow[Timer(at, fires)]) continue;
                string now = fires < 0 ? "true" : $"(<= x{fires} 0)";
                string lower = Any(nodesAt[to].Where(m => ranks[m] < ranks[i]).Select(m => Node(m, "y")), " ");
                string values = string.Join(' ', Afterwards(at, edge).Select((v, k) => $"(y{k} {v})"));
                yield return All([Node(i, "x"), Taken(at, edge), now, Not(values.Length == 0 ? lower : $"(let ({values}) {lower})")]);
            }
        }
    }

    /// <summary>Timers all of whose values come from one beginning above 0, or from the beginning, and are used up when they fire.</summary>
    private bool[] Slow()
    {
        bool[] slow = [.. clocks.Select(_ => true)];
        for (bool changed = true; changed;)
        {
            changed = false;
            for (int q = 0; q < locations.Length; q++)
            {
                foreach (var edge in EdgesOf(q))
                {
                    int to = edge.GetProperty("to").GetInt32(), fires = edge.GetProperty("fires").GetInt32();
                    int[] sources = [.. edge.GetProperty("continues").EnumerateArray().Select(c => c.GetInt32())];
                    var begun = FreshOf(edge).Where(f => f.GetProperty("low") is var low && (low.GetArrayLength() > 2 || Number(low[0]) is ['(' or '0', ..])).Select(f => f.GetProperty("timer").GetInt32());
                    var kept = Enumerable.Range(0, sources.Length).Where(k => sources[k] >= 0 && (sources[k] == fires || !slow[Timer(q, sources[k])] || sources.Count(s => s == sources[k]) > 1));
                    foreach (int timer in begun.Concat(kept).Select(k => Timer(to, k)).ToList())
                    {
                        changed |= slow[timer];
                        slow[timer] = false;
                    }
                }
            }
        }

        return slow;
    }

    private int Timer(int location, int place) => locations[location].GetProperty("timers")[place].GetInt32();

    private string Node(int node, string value) => All(nodes[node].GetProperty("rows").EnumerateArray().Select(r => Row(rows[r.GetInt32()], value)));

    private IEnumerable<string> Steps(Func<int, JsonElement, IEnumerable<string>> of) =>
        nodesAt.OrderBy(g => g.Key).SelectMany(g => EdgesOf(g.Key).SelectMany(e => of(g.Key, e)));

    private void Ask(string question, IEnumerable<string> ways) =>
        text.Append($"; {question}\n(push 1)\n(assert {Any(ways, "\n  ")})\n(check-sat)\n(pop 1)\n");

    private IEnumerable<JsonElement> EdgesOf(int location) =>
        locations[location].GetProperty("edges") is { ValueKind: JsonValueKind.Array } edges ? edges.EnumerateArray() : [];

    private int Dimensions(int location) => location < 0 ? 0 : locations[location].GetProperty("timers").GetArrayLength();

    private static IEnumerable<JsonElement> FreshOf(JsonElement edge) => edge.GetProperty("fresh").EnumerateArray();

    private int Rate(int location, int timer) => locations[location].GetProperty("rates")[timer].GetInt32();

    /// <summary>The place among x0, x1, … of each timer after the edge.</summary>
    private int[] Places(int location, JsonElement edge)
    {
        int next = Dimensions(location);
        return [.. edge.GetProperty("continues").EnumerateArray().Select(c => c.GetInt32() is var from && from < 0 ? next++ : from)];
    }

    private IEnumerable<string> Values(int location) => Enumerable.Range(0, Dimensions(location)).Select(i => $"x{i}");

    private string Inside(int location) => nodesAt.Contains(location) ? Call($"inside{location}", Values(location)) : "false";

    private string After(int location, JsonElement edge) =>
        edge.GetProperty("to").GetInt32() is var to && nodesAt.Contains(to) ? Call($"inside{to}", Afterwards(location, edge)) : "false";

    private static string Call(string function, IEnumerable<string> arguments) =>
        string.Join(' ', arguments) is { Length: > 0 } list ? $"({function} {list})" : function;

    private IEnumerable<string> Afterwards(int location, JsonElement edge)
    {
        int n = Dimensions(location);
        return Places(location, edge).Select(p => p >= n ? $"x{p}" : Sum([(1, p), .. Delay(edge, Rate(location, p))]));
    }

    private static IEnumerable<(int Factor, int Place)> Delay(JsonElement edge, int rate) =>
        edge.GetProperty("fires").GetInt32() is var fires && fires >= 0 && rate != 0 ? [(rate, fires)] : [];

    private string Taken(int location, JsonElement edge)
    {
        var rows = new List<string>();
        int fires = edge.GetProperty("fires").GetInt32();
        var before = edge.GetProperty("before").EnumerateArray().Select(b => b.GetInt32()).ToHashSet();
        for (int j = 0; j < Dimensions(location); j++)
            if (j != fires && Rate(location, j) == -1) rows.Add($"({(before.Contains(j) ? "<" : "<=")} {(fires < 0 ? "0" : $"x{fires}")} x{j})");
        if (fires >= 0 && edge.GetProperty("at_once").GetBoolean()) rows.Add($"(<= x{fires} 0)");
        var places = Places(location, edge);
        foreach (var fresh in FreshOf(edge))
        {
            string own = $"x{places[fresh.GetProperty("timer").GetInt32()]}";
            rows.Add(End("<=", fresh.GetProperty("low"), own, places));
            if (fresh.GetProperty("high") is { ValueKind: JsonValueKind.Array } high) rows.Add(End(">=", high, own, places));
        }

        return All(rows);
    }

    /// <summary>An end of an interval against the value; parameters stand still, so they are what they were.</summary>
    private static string End(string order, JsonElement bound, string own, int[] places)
    {
        var terms = new List<string> { Number(bound[0]) };
        for (int i = 2; i < bound.GetArrayLength(); i += 2) terms.Add($"(* {Number(bound[i + 1])} x{places[bound[i].GetInt32()]})");
        string end = terms.Count == 1 ? terms[0] : $"(+ {string.Join(' ', terms)})";
        return $"({order} {end} {(Number(bound[1]) is var d && d == "1" ? own : $"(* {d} {own})")})";
    }

    private static string Row(JsonElement row, string value)
    {
        var terms = new List<string>();
        for (int i = 2; i < row.GetArrayLength(); i += 2)
            terms.Add(Number(row[i + 1]) switch { "1" => $"{value}{row[i].GetInt32()}", var factor => $"(* {factor} {value}{row[i].GetInt32()})" });
        string sum = terms.Count switch { 0 => "0", 1 => terms[0], _ => $"(+ {string.Join(' ', terms)})" };
        return $"({(row[1].GetInt32() == 1 ? "<" : "<=")} {sum} {Number(row[0])})";
    }

    private static string Sum(IEnumerable<(int Factor, int Place)> terms)
    {
        var factors = terms.GroupBy(t => t.Place).Select(g => (Factor: g.Sum(t => t.Factor), Place: g.Key)).Where(t => t.Factor != 0)
            .Select(t => t.Factor == 1 ? $"x{t.Place}" : t.Factor == -1 ? $"(- x{t.Place})" : $"(* {t.Factor} x{t.Place})").ToList();
        return factors.Count switch { 0 => "0", 1 => factors[0], _ => $"(+ {string.Join(' ', factors)})" };
    }

    private static string Number(JsonElement number)
    {
        string digits = number.ValueKind == JsonValueKind.String ? number.GetString()! : number.GetRawText();
        return digits[0] == '-' ? $"(- {digits[1..]})" : digits;
    }

    private static string Quotient(JsonElement numerator, JsonElement denominator) =>
        Number(denominator) == "1" ? Number(numerator) : $"(/ {Number(numerator)} {Number(denominator)})";

    private static string Not(string formula) => $"(not {formula})";

    private static string All(IEnumerable<string> formulas) => Join("and", formulas, "true", " ");

    private static string Any(IEnumerable<string> formulas, string apart) => Join("or", formulas, "false", apart);

    private static string Join(string word, IEnumerable<string> formulas, string nothing, string apart)
    {
        var list = formulas.ToList();
        return list.Count switch { 0 => nothing, 1 => list[0], _ => $"({word}{apart}{string.Join(apart, list)})" };
    }
}
