using Irekae.Model.Binding;
using Irekae.Model.Semantics;

namespace Irekae.Tests.Model.Semantics;

/// <summary>Simultaneous steps on several cores: every order that matters, and no order twice.</summary>
public class OrderRules
{
    private static IReadOnlyList<Move> Beginnings(string text) => TransitionSystem.Compile(Trace.Bind("system s; " + text), Observation.Nothing).Initial();

    [Fact]
    public void A_race_has_all_its_outcomes() =>
        Assert.Equal(2, Beginnings("machine { cores 2; } shared s { var x: 0 .. 2; } process a at 0 { s.x = 1; run s1; } process b at 0 { s.x = 2; run s1; } duration s1 = 1 ms; property p: reachable s.x == 1;").Count);

    [Fact]
    public void Orders_that_meet_are_followed_once()
    {
        // Twelve servers on four cores come to their receive in 12!/(3!)^4 = 369600 orders that all end the same.
        var servers = Enumerable.Range(0, 12).Select(k => $"server s{k} at 0 on core {k % 4} {{ on go {{ run 1 ms; }} }} ");
        var senders = Enumerable.Range(0, 12).Select(k => $"send s{k}.go; ");
        Assert.Single(Beginnings($"machine {{ cores 4; }} {string.Concat(servers)} device d {{ init {{ wait 1 ms; {string.Concat(senders)} }} }}"));
    }

    [Fact]
    public void Steps_that_never_end_are_told_even_when_they_branch() =>
        Assert.Contains(
            Beginnings("machine { cores 2; } shared s { var x: bool; } process a at 0 { loop { await !s.x; s.x = true; } } process b at 0 { loop { await s.x; s.x = false; } }"),
            move => move.Violations.Any(v => v.Kind == ViolationKind.TimeStops));
}
