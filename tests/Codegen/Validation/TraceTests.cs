using Irekae.Codegen.Running;
using Irekae.Codegen.Validation;
using Irekae.Model;
using Irekae.Model.Binding;
using Irekae.Model.Numbers;

namespace Irekae.Tests.Codegen.Validation;

public class TraceTests
{
    /// <summary>Twenty rounds of 100 us; what outranks them takes 30 us at some instant.</summary>
    private const string Disturbed = """
        system t;
        machine { scheduler priority; }
        process app at 2 { repeat 21 { mark round; run 100 us; } }
        process other at 1 { after any time; measure update { run 30 us; } }
        experiment e { trials 4; any time 200 us .. 1500 us; observe update, gap(app.round); }
        experiment alone { trials 4; without other; observe gap(app.round); }
        """;

    private static Protocol Of(string text, string experiment, ulong seed = 1)
    {
        var system = Spec.Bind(text).System!;
        return Protocol.Of(system, system.Experiments.Single(one => one.Name == experiment), seed);
    }

    private static Quantity.Gap Gap(Protocol protocol) => protocol.Simulator.Quantities.OfType<Quantity.Gap>().Single();

    [Fact]
    public void What_grew_grew_by_what_was_taken()
    {
        var protocol = Of(Disturbed, "e");
        var (disturbance, traces) = Trace.Around(protocol, Gap(protocol), CancellationToken.None)!.Value;
        Assert.Equal("update", disturbance.Name);
        Assert.Equal([1, 2, 3, 4], traces.Select(trace => trace.Trial));
        foreach (var trace in traces)
        {
            Assert.Equal(20, trace.Intervals.Length);
            Assert.Equal(100_000, trace.Usual);
            Assert.Equal(30_000, trace.Growth!.Value * trace.Grown.Count());
            Assert.Equal(0, trace.Grown.First().Number);
            Assert.All(trace.Intervals, one => Assert.True(one.Touched || one.Length == 100_000));
        }
    }

    [Fact]
    public void Without_a_disturbance_there_is_no_place_to_look_at()
    {
        var protocol = Of(Disturbed, "alone");
        Assert.Null(Trace.Around(protocol, Gap(protocol), CancellationToken.None));
    }

    /// <summary>A total is the sum over a trial, less what is taken off each occurrence; it is the same in each trial here.</summary>
    [Fact]
    public void Totals_are_those_of_a_trial()
    {
        var system = Spec.Bind(Disturbed + "measured o.growth.c as total gap(app.round) beyond 100 us during e; measured o.more.c as gap(app.round) beyond 100 us during e;").System!;
        Rational Statistic(string name, Statistic statistic) =>
            Repetition.Of(Of(Disturbed, "e"), [system.Measurements.Single(m => m.Name == name)], 3, CancellationToken.None)[0].Statistics[statistic].Quantile(500);
        Assert.Equal([30_000, 30_000, 30_000], Enum.GetValues<Statistic>().Select(one => Statistic("o.growth.c", one)));
        Assert.Equal(0, Statistic("o.more.c", Irekae.Codegen.Validation.Statistic.Min));
        Assert.Equal(1_500, Statistic("o.more.c", Irekae.Codegen.Validation.Statistic.Mean));

        // Out of the same trials each is what it is alone.
        var together = Repetition.Of(Of(Disturbed, "e"), system.Measurements, 3, CancellationToken.None);
        foreach (var (measured, repetition) in system.Measurements.Zip(together))
            Assert.All(Enum.GetValues<Statistic>(), one => Assert.Equal(Statistic(measured.Name, one), repetition.Statistics[one].Quantile(500)));
    }
}
