using System.Collections.Immutable;
using System.Reflection;
using Irekae.Checker.Explore;
using Irekae.Codegen.Emit;
using Irekae.Codegen.Running;
using Irekae.Model.Semantics;

namespace Irekae.Checker.Verification;

/// <summary>Runs that generated simulators have followed to the end.</summary>
/// <param name="Beyond">Runs that they could not: their times, as fine as the run needs them, do not fit 64 bits.</param>
internal sealed record Followed(int Runs, int Beyond);

/// <summary>
/// Runs that verification shows, followed by simulators generated from their systems: the third reader of the specification says the same, move by move
/// and tick by tick, or something is wrong with this program.
/// </summary>
internal static class Resimulation
{
    /// <summary>Follows them all, unless one has times that do not fit the simulator's whole numbers.</summary>
    /// <param name="store">Where simulators compiled before are kept; null: nowhere.</param>
    /// <exception cref="UnreplayableException">A simulator does something else: an error of this program.</exception>
    /// <exception cref="EmittedCodeException">A simulator cannot be compiled: an error of this program.</exception>
    public static Followed Follow(IEnumerable<Run> runs, CompiledStore? store = null)
    {
        // One simulator for each system under each set of faults and order of ties, observing what any of its runs observes.
        var groups = runs.GroupBy(run => (run.System.System, run.System.Ties, string.Join(' ', run.System.Observation.Faults.Select(f => f.Index)))).ToList();
        if (groups.Count == 0) return new Followed(0, 0);
        WarmUp.Begin();
        var emitted = groups.Select((group, k) => Emitter.Emit(Common([.. group]), $"Simulator{k}")).ToList();
        var compiled = CompiledSimulators.Compile(emitted, store);
        var (count, beyond) = (0, 0);
        for (int k = 0; k < groups.Count; k++)
        {
            var replayer = new Replayer(emitted[k], compiled);
            foreach (var run in groups[k])
            {
                try
                {
                    if (replayer.Difference(run) is { } difference) throw new UnreplayableException($"the generated simulator: {difference}");
                    count++;
                }
                catch (Exception exception) when (exception is OverflowException or TargetInvocationException { InnerException: OverflowException })
                {
                    beyond++;
                }
            }
        }
        return new Followed(count, beyond);
    }

    private static TransitionSystem Common(ImmutableArray<Run> runs)
    {
        var system = runs[0].System;
        var quantities = runs.SelectMany(run => run.System.Observation.Quantities).DistinctBy(Emitter.NameOf);
        return TransitionSystem.Compile(system.System, system.Observation with { Quantities = [.. quantities], Conditions = [], ForgottenCounters = [] });
    }
}
