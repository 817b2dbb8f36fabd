using Irekae.Model.Binding;
using Irekae.Model.Numbers;
using Irekae.Model.Semantics;
using Irekae.Properties;
using Irekae.Properties.Generators;
using Irekae.Tests.Checker.BruteForce;

namespace Irekae.Tests.Laws;

/// <summary>The verifier against every run over whole instants.</summary>
public sealed class BruteForceLaws(ITestOutputHelper output)
{
    private static readonly Reach Reach = new(States: 30_000, Open: 8, Clock: 60);

    private int asked, faithful, open, equal;

    [Fact]
    public void Tiny_systems() => Compare(Profile.Tiny, 80, 2500);

    /// <summary>Nothing is drawn: preemption, slices and changes of process are then compared exactly.</summary>
    [Fact]
    public void Systems_of_points() => Compare(Profile.Tiny with { Points = true, Processes = 3, Statements = 3, AfterAnyTime = 0, Sporadic = 0, Faults = 0, Slices = 60, Switch = 25 }, 80, 2500);

    /// <summary>Everything closed and nothing frozen: exact by total unimodularity (<see cref="WholeRuns.Faithful"/>).</summary>
    [Fact]
    public void Systems_that_nothing_freezes() => Compare(Profile.Tiny with { Slices = 0, Switch = 0, AfterAnyTime = 0, Sporadic = 0, Faults = 0, SeveralCores = 100, Processes = 2 }, 80, 2500);

    private void Compare(Profile profile, int usual, int campaign)
    {
        foreach (var (drawn, results) in Verified.Systems(profile, usual, campaign))
            foreach (var result in results)
                try
                {
                    Compare(drawn, result);
                }
                catch (OverflowException)
                {
                    // An instant with too many orders; the verifier met it under other faults only.
                }

        output.WriteLine($"{asked} questions, {faithful} where whole runs decide, {open} that one side left open; {equal} values equal");
        Assert.True(faithful >= asked / 10 && equal > 20);
    }

    private void Compare(Drawn drawn, PropertyResult result)
    {
        var property = Answers.Asked(drawn.System, result);
        if (result.Kind == "check" && result.Name is not ("check.deadlock" or "check.time_stops")) return;
        var quantity = Answers.Timed(property);
        var observation = new Observation(quantity is null ? [] : [quantity], property?.Question is Question.After a ? [(a.Measure, a.Condition)] : [], Answers.Faults(property), null, []);
        var system = TransitionSystem.Compile(drawn.System, observation);
        var whole = WholeRuns.Of(system, Reach);
        Assert.True(whole.Stuck is null, drawn.Says($"{result.Name}: time is stuck"));
        asked++;
        if (whole.Faithful) faithful++;
        if (result.Value is { } value) CompareValues(drawn, result, value, whole, system.Tick);
        else CompareStates(drawn, result, property, system, whole);
    }

    private void CompareValues(Drawn drawn, PropertyResult result, Extreme value, WholeRuns whole, Rational tick)
    {
        bool smallest = result.Kind == "min";
        string? settled = Answers.Settled(result);
        var found = (smallest ? whole.Smallest : whole.Largest) * tick;
        string Story() => drawn.Says($"{result.Name}: {result.Question}: the verifier says {settled ?? "nothing certain"}, proved {value.Proved} ns; whole runs show {(found is null ? "nothing" : $"{found} ns")}{(whole.Endless ? ", without end" : "")}");
        if (!smallest && whole.Endless && settled is not null) Assert.True(value.Endless, Story());
        if (!value.Endless && (value.Proved is not null || settled == "never") && found is { } f)
            Assert.True(value.Proved is { } p && (smallest ? f >= p : f <= p), Story());
        if (settled is null || !whole.Faithful)
        {
            open++;
            if (settled is not null && found is not null && found == value.Proved) equal++;
            return;
        }

        if (smallest || !whole.Endless)
        {
            Assert.False(value.Endless, Story());
            Assert.True(found == value.Proved, Story());
            equal++;
        }
    }

    private void CompareStates(Drawn drawn, PropertyResult result, Property? property, TransitionSystem system, WholeRuns whole)
    {
        (bool? seen, bool sought) = property?.Question switch
        {
            Question.Always q => (whole.Configurations.Any(c => system.Evaluate(q.Condition, c) == 0), false),
            Question.Reachable q => (whole.Configurations.Any(c => system.Evaluate(q.Condition, c) != 0), true),
            Question.After => (whole.Failed.Count > 0, false),
            null => (result.Name == "check.deadlock" ? whole.Deadlock : whole.TimeStops, false),
            _ => ((bool?)null, false),
        };
        if (seen is not { } happens) return;
        if (result.Verdict is not (Verdict.Proved or Verdict.Refuted))
        {
            open++;
            return;
        }

        bool said = result.Verdict is Verdict.Proved == sought;
        if (happens || whole.Faithful) Assert.True(happens == said, drawn.Says($"{result.Name}: {result.Question}: {result.Verdict}, and whole runs {(happens ? "show it" : "do not show it")}"));
    }
}
