using System.Collections.Immutable;
using System.Text.Json;

namespace Irekae.Checker.Proofs;

/// <summary>
/// Timers whose every value comes from one beginning above 0, or from the beginning of the run, and is used up when it fires. Within one instant such a
/// timer fires at most once, so infinitely many moves in no time are, but for finitely many, moves of others. No edge of a location begins one at 0 or at
/// parameters, continues another that is not slow as it, one twice, or the one that fires.
/// </summary>
internal static class SlowTimers
{
    /// <summary>An edge in timers, by their number in the system.</summary>
    /// <param name="Early">Those that may begin at 0.</param>
    /// <param name="Sources">What each of <c>Next</c> continues, or −1.</param>
    private readonly record struct Plain(int Fires, ImmutableArray<int> Early, ImmutableArray<int> Sources, ImmutableArray<int> Next);

    /// <summary>By timer.</summary>
    public static bool[] Of(Automaton automaton) => Of(
        automaton.System.Timers.Length,
        [.. automaton.Locations.SelectMany(l => l.Edges ?? []).Select(e => e.Move).Select(move => new Plain(
            move.Timer, [.. move.Started.Where(s => !s.Interval.Low.Terms.IsEmpty || s.Interval.Low.Constant <= 0).Select(s => s.Timer)], move.Sources, [.. move.Next.Timers]))]);

    /// <summary>The same of model.json.</summary>
    public static bool[] Of(JsonElement model)
    {
        static ImmutableArray<int> Integers(JsonElement list) => [.. list.EnumerateArray().Select(i => i.GetInt32())];
        var locations = model.GetProperty("locations");
        var edges = ImmutableArray.CreateBuilder<Plain>();
        foreach (var location in locations.EnumerateArray().Where(l => l.GetProperty("edges").ValueKind != JsonValueKind.Null))
        {
            var timers = Integers(location.GetProperty("timers"));
            int Timer(int place) => place < 0 ? -1 : timers[place];
            foreach (var edge in location.GetProperty("edges").EnumerateArray())
            {
                var next = Integers(locations[edge.GetProperty("to").GetInt32()].GetProperty("timers"));
                var early = edge.GetProperty("fresh").EnumerateArray().Where(f => f.GetProperty("low") is var low && (low.GetArrayLength() > 2 || ProofText.Integer(low[0]).Sign <= 0));
                edges.Add(new Plain(Timer(edge.GetProperty("fires").GetInt32()), [.. early.Select(f => next[f.GetProperty("timer").GetInt32()])], [.. Integers(edge.GetProperty("continues")).Select(Timer)], next));
            }
        }

        return Of(model.GetProperty("timers").GetArrayLength(), edges.ToImmutable());
    }

    private static bool[] Of(int count, ImmutableArray<Plain> edges)
    {
        bool[] slow = new bool[count];
        Array.Fill(slow, true);
        bool changed = true;
        while (changed)
        {
            changed = false;
            foreach (var edge in edges)
                foreach (int timer in Lost(edge, slow)) (slow[timer], changed) = (false, true);
        }

        return slow;
    }

    private static IEnumerable<int> Lost(Plain edge, bool[] slow)
    {
        foreach (int timer in edge.Early)
            if (slow[timer]) yield return timer;
        var sources = edge.Sources;
        for (int k = 0; k < sources.Length; k++)
        {
            int timer = edge.Next[k], source = sources[k];
            if (source < 0 || !slow[timer]) continue;
            if (source == edge.Fires || !slow[source] || sources.IndexOf(source) < k || sources.LastIndexOf(source) > k) yield return timer;
        }
    }
}
