using System.Collections.Immutable;
using System.Diagnostics;
using Irekae.Checker.Explore;
using Irekae.Model.Binding;
using Irekae.Model.Numbers;
using Irekae.Model.Semantics;
using Irekae.Properties;

namespace Irekae.Checker.Verification;

/// <summary>
/// The largest response of a process by theory: the bound from <see cref="BusyWindow"/>, the run from <see cref="CriticalInstant"/>.
/// Only an answer where both meet, under every order of simultaneous events that is to be told; otherwise the explorer is asked.
/// </summary>
internal static class ResponseProbe
{
    private const string Method =
        "response-time analysis (Joseph & Pandya 1986; Lehoczky 1990; Audsley et al. 1993; Davis et al. 2007)";

    public static Finding? Ask(BoundSystem system, Quantity quantity, Rational? bound, ImmutableArray<Fault> faults, bool compareTies)
    {
        if (quantity is not Quantity.Response { Actor: var actor }) return null;
        var own = Ask(system, actor, bound, faults, system.Machine.Ties);
        if (own is null || !compareTies || system.Machine.Ties == Ties.Batch) return own;
        var other = Ask(system, actor, bound, faults, system.Machine.Ties == Ties.Any ? Ties.CompletionFirst : Ties.Any);
        if (other is null) return null;
        return system.Machine.Ties == Ties.Any ? TieComparison.Compared(own, own, other) : TieComparison.Compared(own, other, own);
    }

    private static Finding? Ask(BoundSystem system, Actor actor, Rational? bound, ImmutableArray<Fault> faults, Ties ties)
    {
        var watch = Stopwatch.StartNew();
        var transitions = TransitionSystem.Compile(system, Observation.Nothing with { Quantities = [new Quantity.Response(actor)], Ties = ties });
        bool releasesFirst = ties == Ties.Any;
        try
        {
            if (BusyWindow.For(system, actor, faults, transitions.Tick, ties) is not { } window || window.Bound(releasesFirst) is not var (response, _, length)) return null;
            var run = Runs.Of(transitions, 1, new CriticalInstant(window, length, releasesFirst));
            if (!run.Steps.All(s => s.Move.Violations.IsEmpty)) return null;
            var worst = Quantities.Of(run).Occurrences.Where(o => o.Completed).MaxBy(o => o.Value);
            if (worst is null || worst.Value != response) return null;
            var value = transitions.Tick * response;
            return new Finding(
                bound is { } b && value > b ? new Verdict.Refuted() : new Verdict.Proved(),
                new Extreme(value, value, true, false),
                run with { Steps = run.Steps[..(worst.Step + 1)] },
                new Statistics(0, 0, watch.Elapsed.TotalSeconds))
            { Method = Method };
        }
        catch (Exception e) when (e is ArithmeticException or RefinementException)
        {
            return null; // times too long for the analysis: the explorer says what it can
        }
    }
}
