using Irekae.Model.Binding;
using Irekae.Model.Semantics;
using Irekae.Properties.Generators;
using Irekae.Properties.Laws;

namespace Irekae.Tests.Laws;

public sealed class PredictabilityTests(ITestOutputHelper output)
{
    private const ulong SeedsOfEach = 2;

    /// <summary>Independent processes that work, and nothing else.</summary>
    private static readonly Profile Independent = new()
    {
        LeastProcesses = 2,
        Processes = 3,
        Servers = 0,
        Devices = 0,
        Replacement = 0,
        Faults = 0,
        Data = 0,
        NonPreemptive = 0,
        Exit = 0,
        Parameters = 0,
        Switch = 0,
        Mutexes = 0,
        Waits = 0,
        PriorityWeight = 0,
        Jobs = 100,
    };

    [Fact]
    public void Longer_work_ends_no_job_earlier_where_theory_says_so()
    {
        int systems = 0, parallel = 0, compared = 0;
        foreach (var drawn in Campaign.Systems(Independent, 1_400, 20_000).Where(d => Predictability.Applies(d.System)))
        {
            systems++;
            if (drawn.System.Machine.Cores > 1) parallel++;
            var system = TransitionSystem.Compile(drawn.System, Observation.Nothing with { Ties = Ties.CompletionFirst });
            for (ulong seed = 0; seed < SeedsOfEach; seed++)
            {
                string? wrong = Predictability.Check(system, seed, out int ends);
                Assert.True(wrong is null, drawn.Says(wrong ?? ""));
                compared += ends;
            }
        }

        output.WriteLine($"{systems} systems, {parallel} with several cores, {compared} ends compared");
        Assert.True(systems > 250 && parallel > 3 && compared > 5000);
    }
}
