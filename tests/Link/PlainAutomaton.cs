using System.Collections.Immutable;

namespace Irekae.Tests.Link;

/// <summary>An edge in words that both sides have: everything but the number of the location it goes to.</summary>
/// <param name="Label">Which timer fires, before which others, what continues, what begins anywhere in which interval (nanoseconds), what ends, flags.</param>
/// <param name="Endless">Infinitely many steps in no time: what else the timer could lead to is then not all followed.</param>
internal sealed record PlainEdge(string Label, int To, string Says, string? Fires, bool Endless);

/// <summary>An automaton whose locations are unfolded when somebody looks at them.</summary>
internal abstract class PlainAutomaton
{
    public abstract IReadOnlyList<PlainEdge> Initial { get; }

    /// <summary>The timers of the location with their rates, and its flags.</summary>
    public abstract string Look(int location);

    /// <summary>Null: not unfolded.</summary>
    public abstract IReadOnlyList<PlainEdge>? Edges(int location);

    public virtual string Describe(int location) => Look(location);

    protected static string Label(string? fires, bool atOnce, IEnumerable<string> before, IEnumerable<(string Timer, string From)> timers, IEnumerable<string?> ends, IEnumerable<string> flags) =>
        $"{fires ?? "nothing"} fires{(atOnce ? " at once" : "")}\n    before {Sorted(before)}\n    then {Sorted(timers.Select(t => $"{t.Timer} := {t.From}"))}\n    ends {Sorted(ends.Select(e => e ?? "one begun here"))}\n    flags {Sorted(flags)}";

    protected static string Look(IEnumerable<(string Timer, int Rate)> timers, IEnumerable<string> flags) =>
        $"{Sorted(timers.Select(t => $"{t.Timer} {t.Rate:+0;-0;0}"))} flags {Sorted(flags)}";

    private static string Sorted(IEnumerable<string> words) => $"{{{string.Join(", ", words.Order(StringComparer.Ordinal))}}}";
}
