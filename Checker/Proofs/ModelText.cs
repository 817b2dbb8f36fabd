using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text.Json;
using Irekae.Model.Semantics;

namespace Irekae.Checker.Proofs;

/// <summary>
/// model.json (docs/proofs.md): the automaton in integers, timers of a location by their place in it. One edge a line.
/// What names things is for readers; a proof depends on numbers only.
/// </summary>
internal static class ModelText
{
    public const string Format = "irekae-model/1";

    public static byte[] Of(Automaton automaton)
    {
        var system = automaton.System;
        var text = new ProofText();
        text.Raw("{\"format\":").Words(Format).Member("system").Words(system.System.Name).Member("ties").Words(system.Ties.ToString());
        text.Member("faults").List(system.Observation.Faults, (t, f) => t.Words(f.Name));
        text.Member("forgotten").Integers([.. system.Observation.ForgottenCounters.Order()]);
        text.Member("tick").Words($"{system.Tick} ns");
        text.Member("timers").List(system.Timers, (t, i) => t.Raw("{\"name\":").Words(i.Name).Member("kind").Words(Kind(i.Kind)).Raw("}"));
        text.Member("flags").List(automaton.Flags, (t, f) => t.Words(f.Name));
        var known = new Dictionary<Event, byte[]>();
        byte[] Says(Event what)
        {
            ref byte[]? words = ref CollectionsMarshal.GetValueRefOrAddDefault(known, what, out _);
            return words ??= JsonEncodedText.Encode(system.Describe(what)).EncodedUtf8Bytes.ToArray();
        }

        text.Member("initial").List(automaton.Initial, (t, e) => Edge(t, [], e, Says));
        text.Member("locations").List(automaton.Locations, (t, l) => Location(t, l, Says));
        return text.Raw("}\n"u8).ToArray();
    }

    public static string Kind(TimerKind kind) => kind.ToString().ToLowerInvariant();

    private static void Location(ProofText text, Location location, Func<Event, byte[]> says)
    {
        var configuration = location.Configuration;
        text.Raw("{\"timers\":"u8).Integers(configuration.Timers).Raw(",\"rates\":["u8);
        for (int i = 0; i < configuration.Rates.Length; i++) (i > 0 ? text.Raw(","u8) : text).Integer((int)configuration.Rates[i]);
        text.Raw("],\"flags\":"u8).Integers(location.Flags.AsSpan()).Raw(",\"edges\":"u8);
        if (location.Edges is { } edges) text.List(edges, (t, e) => Edge(t, configuration.Timers, e, says));
        else text.Raw("null"u8);
        text.Raw("}"u8);
    }

    private static void Edge(ProofText text, int[] timers, Transition edge, Func<Event, byte[]> says)
    {
        var move = edge.Move;
        int Place(int timer) => timer < 0 ? -1 : Array.BinarySearch(timers, timer);
        int[] Places(IEnumerable<int> own) => [.. own.Select(Place)];
        text.Raw("{\"fires\":"u8).Integer(Place(move.Timer)).Raw(move.Immediate ? ",\"at_once\":true"u8 : ",\"at_once\":false"u8);
        text.Raw(",\"before\":"u8).Integers([.. Places(move.StrictlyBefore).Where(p => p >= 0)]);
        text.Raw(",\"to\":"u8).Integer(edge.To).Raw(",\"continues\":"u8).Integers(Places(move.Sources)).Raw(",\"fresh\":"u8);
        text.List(move.Started, (t, s) =>
        {
            int[] next = move.Next.Timers;
            t.Raw("{\"timer\":"u8).Integer(Array.BinarySearch(next, s.Timer)).Raw(",\"low\":"u8);
            Bound(t, next, s.Interval.Low);
            t.Raw(",\"high\":"u8);
            if (s.Interval.High is { } high) Bound(t, next, high);
            else t.Raw("null"u8);
            t.Raw("}"u8);
        });
        text.Raw(",\"ends\":"u8).Integers(Places(move.Ended.Select(e => e.Clock))).Raw(",\"flags\":"u8).Integers(edge.Flags.AsSpan());
        text.Raw(",\"says\":\""u8);
        for (int i = 0; i < move.Events.Length; i++) (i > 0 ? text.Raw("; "u8) : text).Raw(says(move.Events[i]));
        text.Raw("\"}"u8);
    }

    private static void Bound(ProofText text, int[] next, TickBound bound)
    {
        int i = 0;
        foreach (var number in Numbers(bound))
        {
            text.Raw(i == 0 ? "["u8 : ","u8);
            if (i > 1 && i % 2 == 0) text.Integer(Array.BinarySearch(next, (int)number));
            else text.Integer(number);
            i++;
        }

        text.Raw("]"u8);
    }

    /// <summary>C, D, p, F, p, F, … for (C + Σ F·p) / D, without a common divisor.</summary>
    public static IEnumerable<BigInteger> Numbers(TickBound bound)
    {
        var divisor = bound.Terms.Aggregate(BigInteger.GreatestCommonDivisor(bound.Constant, bound.Denominator), (d, t) => BigInteger.GreatestCommonDivisor(d, t.Factor));
        yield return bound.Constant / divisor;
        yield return bound.Denominator / divisor;
        foreach (var (parameter, factor) in bound.Terms)
        {
            yield return parameter;
            yield return factor / divisor;
        }
    }
}
