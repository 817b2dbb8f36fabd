using System.Numerics;
using System.Text.Json;
using Irekae.Model.Numbers;

namespace Irekae.Tests.Link;

/// <summary>The automaton that a <c>model.json</c> says (docs/proofs.md).</summary>
internal sealed class ModelFile : PlainAutomaton
{
    private readonly string[] timers;
    private readonly string[] flags;
    private readonly Rational tick;
    private readonly JsonElement[] locations;
    private readonly IReadOnlyList<PlainEdge>?[] edges;

    public ModelFile(byte[] text)
    {
        var root = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 64 }).RootElement;
        timers = [.. root.GetProperty("timers").EnumerateArray().Select(t => $"{t.GetProperty("kind").GetString()} {t.GetProperty("name").GetString()}")];
        flags = [.. root.GetProperty("flags").EnumerateArray().Select(f => f.GetString()!)];
        tick = Rational.Parse(root.GetProperty("tick").GetString()!.Split(' ')[0]);
        locations = [.. root.GetProperty("locations").EnumerateArray()];
        edges = new IReadOnlyList<PlainEdge>?[locations.Length];
        Initial = [.. root.GetProperty("initial").EnumerateArray().Select(e => Edge([], e))];
    }

    public override IReadOnlyList<PlainEdge> Initial { get; }

    public int Locations => locations.Length;

    public override string Look(int location) => Look(Timers(location).Zip(Numbers(locations[location], "rates")), Flags(locations[location]));

    public override IReadOnlyList<PlainEdge>? Edges(int location)
    {
        var own = locations[location].GetProperty("edges");
        if (own.ValueKind == JsonValueKind.Null) return null;
        string[] before = Timers(location);
        return edges[location] ??= [.. own.EnumerateArray().Select(e => Edge(before, e))];
    }

    private string[] Timers(int location) => [.. Numbers(locations[location], "timers").Select(t => timers[t])];

    private IEnumerable<string> Flags(JsonElement of) => Numbers(of, "flags").Select(f => flags[f]);

    private PlainEdge Edge(string[] before, JsonElement edge)
    {
        int to = edge.GetProperty("to").GetInt32(), fires = edge.GetProperty("fires").GetInt32();
        string[] after = Timers(to);
        var from = Numbers(edge, "continues").Select(c => c < 0 ? null : before[c]).ToArray();
        foreach (var fresh in edge.GetProperty("fresh").EnumerateArray())
        {
            int timer = fresh.GetProperty("timer").GetInt32();
            Assert.Null(from[timer]);
            from[timer] = $"[{Bound(fresh.GetProperty("low"), after)}, {(fresh.GetProperty("high") is { ValueKind: not JsonValueKind.Null } high ? Bound(high, after) : "oo")}]";
        }

        Assert.All(from, Assert.NotNull);
        string label = Label(
            fires < 0 ? null : before[fires], edge.GetProperty("at_once").GetBoolean(), Numbers(edge, "before").Select(b => before[b]),
            after.Zip(from.Select(f => f!)), Numbers(edge, "ends").Select(e => e < 0 ? null : before[e]), Flags(edge));
        return new PlainEdge(label, to, edge.GetProperty("says").GetString()!, fires < 0 ? null : before[fires], Flags(edge).Contains("check.time_stops"));
    }

    /// <summary>(C + Σ F·p) / D ticks: the parameters are in ticks as well.</summary>
    private string Bound(JsonElement bound, string[] after)
    {
        var numbers = bound.EnumerateArray().Select(n => n.ValueKind == JsonValueKind.String ? BigInteger.Parse(n.GetString()!, null) : n.GetInt64()).ToArray();
        var terms = Enumerable.Range(1, (numbers.Length / 2) - 1).Select(k => (after[(int)numbers[2 * k]]["parameter ".Length..], new Rational(numbers[(2 * k) + 1], numbers[1])));
        return Times.Text(new Rational(numbers[0], numbers[1]) * tick, terms);
    }

    private static IEnumerable<int> Numbers(JsonElement of, string name) => of.GetProperty(name).EnumerateArray().Select(n => n.GetInt32());
}
