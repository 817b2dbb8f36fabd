using Irekae.Model;
using Irekae.Model.Semantics;
using Irekae.Properties.Running;

namespace Irekae.Tests.Properties.Running;

/// <summary>How small the run is that shrinking leaves of a run of two thousand moves.</summary>
public sealed class PlantedFaultTests(ITestOutputHelper output)
{
    /// <summary>Each fault is a bound that some runs pass. AnT reads ten times from its disk in a replacement: no short run passes its bound.</summary>
    [Theory]
    [InlineData("minix3", "replacement_time", 320, 12)]
    [InlineData("minix3", "send_time", 100, 8)]
    [InlineData("ant", "replacement_time", 9000, 60)]
    public void Shrinking_ends_near_the_smallest_run(string name, string measure, int microseconds, int most)
    {
        var runs = SpecRuns.Of(Spec.Load(Repository.Folder("specs", name, name + ".irk")));
        bool Fails(DrawnRun run) => run.Measure(measure).Max() > microseconds.us();
        var found = Enumerable.Range(1, 5000).Select(seed => runs.FromSeed((ulong)seed)).First(Fails);
        int tries = 0;
        var smallest = found.Smallest(run =>
        {
            tries++;
            return Fails(run);
        });
        output.WriteLine($"{found.Moves} moves from seed {found.Seed}, {tries} runs tried, {smallest.Moves} moves left\n{smallest}");
        Assert.InRange(smallest.Moves, 1, most);
    }
}
