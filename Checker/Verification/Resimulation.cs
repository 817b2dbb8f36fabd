using System.Collections.Immutable;
using Irekae.Checker.Explore;
using Irekae.Codegen.Emit;
using Irekae.Codegen.Running;
using Irekae.Model.Semantics;

namespace Irekae.Checker.Verification;

/// <summary>
/// Runs that verification shows, followed by simulators generated from their systems: the third reader of the specification says the same, move by move
/// and tick by tick, or something is wrong with this program.
/// </summary>
internal static class Resimulation
{
    /// <summary>Follows them all; how many there were.</summary>
    /// <exception cref="UnreplayableException">A simulator does something else: an error of this program.</exception>
    /// <exception cref="EmittedCodeException">A simulator cannot be compiled: an error of this program.</exception>
    public static int Follow(IEnumerable<Run> runs)
    {
        // One simulator for each system under each set of faults and order of ties, observing what any of its runs observes.
        var groups = runs.GroupBy(run => (run.System.System, run.System.Ties, string.Join(' ', run.System.Observation.Faults.Select(f => f.Index)))).ToList();
        var emitted = groups.Select((group, k) => Emitter.Emit(Common([.. group]), $"Simulator{k}")).ToList();
        if (emitted.Count == 0) return 0;
        var compiled = CompiledSimulators.Compile(emitted);
        int count = 0;
        for (int k = 0; k < groups.Count; k++)
        {
            var replayer = new Replayer(emitted[k], compiled);
            foreach (var run in groups[k])
            {
                if (replayer.Difference(run) is { } difference) throw new UnreplayableException($"the generated simulator: {difference}");
                count++;
            }
        }
        return count;
    }

    private static TransitionSystem Common(ImmutableArray<Run> runs)
    {
        var system = runs[0].System;
        var quantities = runs.SelectMany(run => run.System.Observation.Quantities).DistinctBy(Emitter.NameOf);
        return TransitionSystem.Compile(system.System, system.Observation with { Quantities = [.. quantities], Conditions = [], ForgottenCounters = [] });
    }
}
