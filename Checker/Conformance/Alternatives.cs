using System.Collections.Immutable;
using Irekae.Checker.Explore.Polyhedra;
using Irekae.Model.Numbers;

namespace Irekae.Checker.Conformance;

/// <summary>What could have been shown next, and when, by the runs that show the trace up to a place.</summary>
internal static class Alternatives
{
    public static ImmutableArray<Possible> Of(IEnumerable<State> states, Graph graph, Observed at, Func<State, long> stampOf, TimeScale scale)
    {
        var found = new Dictionary<string, (Rational? From, Rational? To, bool Expected)>();
        foreach (var state in states)
        {
            foreach (var step in graph.StepsOf(state.Spot))
            {
                var texts = Texts(state, step, graph, at).ToList();
                if (texts.Count == 0 || state.Values.Times(step) is not var (earliest, latest)) continue;
                var (from, to) = (Instant(earliest), Instant(latest));
                foreach (var (text, expected) in texts)
                {
                    if (found.TryGetValue(text, out var known))
                        found[text] = (known.From is { } f && from is { } g ? Rational.Min(f, g) : null, known.To is { } t && to is { } u ? Rational.Max(t, u) : null, expected);
                    else found.Add(text, (from, to, expected));
                }

                Rational? Instant(Extremum end) => end.IsBounded ? stampOf(state) + (end.Value * scale.Unit) : null;
            }
        }

        return [.. found.OrderByDescending(one => one.Value.Expected).ThenBy(one => one.Value.From ?? 0).ThenBy(one => one.Key, StringComparer.Ordinal).Select(one => new Possible(one.Key, one.Value.From, one.Value.To, one.Value.Expected))];
    }

    private static IEnumerable<(string Text, bool Expected)> Texts(State state, Step step, Graph graph, Observed at)
    {
        var system = graph.System.System;
        foreach (var e in step.Seen) yield return (graph.System.Describe(e), at.Core < 0 && at.Pattern.Matches(e));
        foreach (int core in graph.Sight.Looked)
        {
            int occupant = step.To.Occupants[core];
            if (occupant == state.Spot.Occupants[core]) continue;
            yield return (new Observed(0, 0, core, occupant, -1, default).Text(system), at.Core == core && at.Occupant == occupant);
        }
    }
}
