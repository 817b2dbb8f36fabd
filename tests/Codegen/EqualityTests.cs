using System.Collections.Immutable;
using Irekae.Codegen.Emit;
using Irekae.Codegen.Running;
using Irekae.Model;
using Irekae.Model.Binding;
using Irekae.Model.Semantics;
using Irekae.Properties.Generators;
using Irekae.Tests.Laws;

namespace Irekae.Tests.Codegen;

/// <summary>Interpreter and generated simulator, given the same choices, have the same run.</summary>
public sealed class EqualityTests(ITestOutputHelper output)
{
    private const int RunsOfEach = 6;
    private const int Moves = 60;
    private const int AtOnce = 20;

    public static TheoryData<string> Profiles => [.. Known.Keys];

    private static readonly Dictionary<string, Profile> Known = new()
    {
        ["whole"] = Profile.Whole,
        ["mutexes"] = Profile.Whole with { Mutexes = 100, Data = 40 },
        ["replacement"] = Profile.Whole with { Replacement = 100 },
        ["faithful"] = Profile.Faithful,
    };

    [Theory]
    [MemberData(nameof(Profiles))]
    public void Random_systems(string profile)
    {
        long moves = 0;
        foreach (var group in Campaign.Systems(Known[profile], 20, 2000).Chunk(AtOnce))
        {
            var emitted = group.Select((drawn, k) => (drawn, simulator: Emitter.Emit(System(drawn.System), $"S{k}"))).ToList();
            if (moves == 0) CompiledSimulators.CheckNulls(emitted.Select(e => e.simulator));
            var compiled = CompiledSimulators.Compile(emitted.Select(e => e.simulator));
            foreach (var (drawn, simulator) in emitted)
            {
                var replayer = new Replayer(simulator, compiled);
                foreach (var run in Campaign.Runs(simulator.System, RunsOfEach, Moves))
                {
                    string? difference = replayer.Difference(run);
                    Assert.True(difference is null, drawn.Says($"{difference}\n{RunTable.Of(run)}"));
                    moves += run.Steps.Length;
                }
            }
        }
        output.WriteLine($"{moves} moves");
        Assert.True(moves > 2000);
    }

    [Fact]
    public void Shipped_specifications()
    {
        var specs = Directory.EnumerateFiles(Repository.Folder("specs"), "*.irk", SearchOption.AllDirectories)
            .Where(path => !path.Contains("/rejected/", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(Spec.Load).Where(spec => spec.System is not null).ToList();
        // A variant differs from its system in numbers; those of the two seeds are enough, but for a campaign.
        var systems = specs.SelectMany(spec => Variants(spec).Select(v => spec.ForVariant(v)!).Prepend(spec.System!)).ToList();
        long moves = 0;
        foreach (var group in systems.Chunk(AtOnce))
        {
            var emitted = group.Select((system, k) => Emitter.Emit(System(system), $"S{k}")).ToList();
            if (moves == 0) CompiledSimulators.CheckNulls(emitted);
            var compiled = CompiledSimulators.Compile(emitted);
            foreach (var simulator in emitted)
            {
                var replayer = new Replayer(simulator, compiled);
                long refinement = SpecTimes.Of(simulator.System).ParameterStep;
                for (ulong seed = 1; seed <= 2; seed++)
                {
                    var run = Runs.Of(simulator.System, refinement, new SeededChooser(seed, seed % 2 == 0 ? 0 : 70), 150);
                    string? difference = replayer.Difference(run);
                    Assert.True(difference is null, $"{simulator.System.System.Name}, seed {seed}: {difference}");
                    moves += run.Steps.Length;
                }
            }
        }
        output.WriteLine($"{systems.Count} systems, {moves} moves");
        Assert.True(systems.Count > 40 && moves > 3000);
    }

    private static IEnumerable<string> Variants(Spec spec) =>
        Campaign.Size(0, 1) == 1 || spec.System!.Name is "minix3" or "ant" ? spec.System!.Variants : [];

    /// <summary>With everything observed and every fault on.</summary>
    private static TransitionSystem System(BoundSystem system) => TransitionSystem.Compile(system, Everything.Of(system));
}
