using System.Collections.Immutable;
using System.Numerics;
using System.Text;
using Irekae.Model.Semantics;

namespace Irekae.Checker.Proofs;

/// <summary>
/// model.json (docs/proofs.md): the automaton in integers, timers of a location by their place in it. One location a line, one edge a line.
/// What names things is for readers; a proof depends on numbers only.
/// </summary>
internal static class ModelText
{
    public const string Format = "irekae-model/1";

    public static string Of(Automaton automaton)
    {
        var system = automaton.System;
        var text = new StringBuilder();
        text.Append("{\"format\":").Words(Format).Append(",\n\"system\":").Words(system.System.Name);
        text.Append(",\n\"ties\":").Words(system.Ties.ToString()).Append(",\n\"faults\":");
        List(text, system.Observation.Faults, (t, f) => t.Words(f.Name));
        text.Append(",\n\"forgotten\":").Integers(system.Observation.ForgottenCounters.Order());
        text.Append(",\n\"tick\":").Words($"{system.Tick} ns").Append(",\n\"timers\":");
        List(text, system.Timers, (t, i) => t.Append("{\"name\":").Words(i.Name).Append(",\"kind\":").Words(Kind(i.Kind)).Append('}'));
        text.Append(",\n\"flags\":");
        List(text, automaton.Flags, (t, m) => t.Words(m.Name));
        text.Append(",\n\"initial\":[");
        Edges(text, system, null, automaton.Initial);
        text.Append("],\n\"locations\":[");
        for (int i = 0; i < automaton.Locations.Length; i++)
        {
            text.Append(i == 0 ? "\n" : ",\n");
            Location(text, system, automaton.Locations[i]);
        }

        return text.Append("\n]}\n").ToString();
    }

    public static string Kind(TimerKind kind) => kind.ToString().ToLowerInvariant();

    private static void Location(StringBuilder text, TransitionSystem system, Location location)
    {
        var configuration = location.Configuration;
        text.Append("{\"timers\":").Integers(configuration.Timers).Append(",\"rates\":").Integers(configuration.Rates.Select(r => (int)r));
        text.Append(",\"flags\":").Integers(location.Flags).Append(",\"edges\":");
        if (location.Edges is not { } edges)
        {
            text.Append("null}");
            return;
        }

        text.Append('[');
        Edges(text, system, configuration, edges);
        text.Append("]}");
    }

    private static void Edges(StringBuilder text, TransitionSystem system, Configuration? before, ImmutableArray<Transition> edges)
    {
        for (int i = 0; i < edges.Length; i++)
        {
            text.Append(i == 0 ? "\n " : ",\n ");
            Edge(text, system, before?.Timers ?? [], edges[i]);
        }
    }

    private static void Edge(StringBuilder text, TransitionSystem system, int[] timers, Transition edge)
    {
        var move = edge.Move;
        int Place(int timer) => timer < 0 ? -1 : Array.BinarySearch(timers, timer);
        text.Append("{\"fires\":").Append(Place(move.Timer)).Append(",\"at_once\":").Append(move.Immediate ? "true" : "false");
        text.Append(",\"before\":").Integers(move.StrictlyBefore.Select(Place).Where(p => p >= 0));
        text.Append(",\"to\":").Append(edge.To).Append(",\"continues\":").Integers(move.Sources.Select(Place)).Append(",\"fresh\":");
        List(text, move.Started, (t, s) =>
        {
            var next = move.Next.Timers;
            t.Append("{\"timer\":").Append(Array.BinarySearch(next, s.Timer)).Append(",\"low\":").Integers(Bound(next, s.Interval.Low)).Append(",\"high\":");
            if (s.Interval.High is { } high) t.Integers(Bound(next, high)).Append('}');
            else t.Append("null}");
        });
        text.Append(",\"ends\":").Integers(move.Ended.Select(e => Place(e.Clock)));
        text.Append(",\"flags\":").Integers(edge.Flags).Append(",\"says\":").Words(string.Join("; ", move.Events.Select(system.Describe))).Append('}');
    }

    /// <summary>[C, D, p, F, p, F, …] for (C + Σ F·p) / D, without a common divisor.</summary>
    private static IEnumerable<BigInteger> Bound(int[] next, TickBound bound)
    {
        var divisor = bound.Terms.Aggregate(BigInteger.GreatestCommonDivisor(bound.Constant, bound.Denominator), (d, t) => BigInteger.GreatestCommonDivisor(d, t.Factor));
        yield return bound.Constant / divisor;
        yield return bound.Denominator / divisor;
        foreach (var (parameter, factor) in bound.Terms)
        {
            yield return Array.BinarySearch(next, parameter);
            yield return factor / divisor;
        }
    }

    private static void List<T>(StringBuilder text, IEnumerable<T> items, Action<StringBuilder, T> write)
    {
        text.Append('[');
        bool first = true;
        foreach (var item in items)
        {
            if (!first) text.Append(',');
            first = false;
            write(text, item);
        }

        text.Append(']');
    }
}
