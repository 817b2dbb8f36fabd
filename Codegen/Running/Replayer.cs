using Irekae.Codegen.Emit;
using Irekae.Codegen.Simulator;
using Irekae.Model.Semantics;

namespace Irekae.Codegen.Running;

/// <summary>
/// Follows runs of the interpreter (or of the explorer) with a generated simulator: given the same choices it has to do the same, move by move and
/// tick by tick. What is compared after each move: the instant, which timers are alive, the value of each and whether it counts down, which
/// observed quantities have ended with what value, and what was violated.
/// </summary>
/// <param name="simulator">Emitted from the run's system, or from one that has all its timers and observes at least as much.</param>
public sealed class Replayer(EmittedSimulator simulator, CompiledSimulators compiled)
{
    private readonly Dictionary<(TimerKind, string), int> timers = simulator.System.Timers.ToDictionary(t => (t.Kind, t.Name), t => t.Id);

    private readonly Dictionary<string, int> quantities =
        simulator.System.Observation.Quantities.Select((q, k) => (Name: Emitter.NameOf(q), k)).DistinctBy(q => q.Name).ToDictionary(q => q.Name, q => q.k);

    /// <summary>Null when the simulator does the same; else the first difference, in words.</summary>
    public string? Difference(Run run)
    {
        var simulation = compiled.Create(simulator, run.Refinement, new GivenWorld());
        var map = run.System.Timers.Select(t => timers.TryGetValue((t.Kind, t.Name), out int known) ? known : -1).ToArray();
        var observed = run.System.Observation.Quantities.Select(q => quantities[Emitter.NameOf(q)]).ToArray();
        long violations = 0;
        foreach (var stage in run.Walk())
        {
            var move = stage.Step.Move;
            // The interpreter sees that steps of several cores can go round for ever; a simulator would go round.
            if (run.System.System.Machine.Cores > 1 && move.Violations.Any(v => v.Kind == ViolationKind.TimeStops)) return null;
            simulation.World.Next(move.Choices, move.Started.Select((s, k) => (map[s.Timer], stage.Step.Durations[k])));
            if (stage.Before is null)
            {
                simulation.Begin();
            }
            else
            {
                int timer = move.Timer < 0 ? -1 : map[move.Timer];
                if (Impossible(simulation, timer, stage.Delay) is { } reason) return $"move {stage.Index}: {reason}";
                simulation.Pass(stage.Delay);
                simulation.Fire(timer);
            }

            if (After(run, stage, simulation, map, observed, violations) is { } difference) return $"move {stage.Index}: {difference}";
            violations = simulation.Violations;
        }

        return null;
    }

    private string? Impossible(Simulation<GivenWorld> simulation, int timer, long delay)
    {
        if (simulation.Stopped) return "the simulator has stopped before it";
        if (timer < 0) return simulation.SchedulerTurn && delay == 0 ? null : "the scheduler has no turn here";
        if (!simulation.CountsDown(timer)) return $"{simulation.Timers[timer]} does not count down";
        if (simulation.Left(timer) != delay) return $"{simulation.Timers[timer]} has {simulation.Left(timer)} left, not {delay}";
        for (int other = 0; other < simulation.Timers.Count; other++)
            if (simulation.CountsDown(other) && simulation.Left(other) < delay) return $"{simulation.Timers[other]} is due earlier";
        return null;
    }

    private static string? After(Run run, Stage stage, Simulation<GivenWorld> simulation, int[] map, int[] observed, long violations)
    {
        var move = stage.Step.Move;
        ref var world = ref simulation.World;
        if (world.Fault is { } fault) return fault;
        if (world.ChoicesLeft > 0) return $"{world.ChoicesLeft} choices were not needed";
        if (simulation.Now != stage.Step.Instant) return $"is at {simulation.Now}, not at {stage.Step.Instant}";
        for (int timer = 0, place = 0; timer < map.Length; timer++)
        {
            bool alive = place < move.Next.Timers.Length && move.Next.Timers[place] == timer;
            long value = alive ? stage.Values[place] : Simulation.None;
            bool down = alive && move.Next.Rates[place] == TimerRate.Down;
            if (alive) place++;
            if (map[timer] < 0) continue;
            string name = run.System.Timers[timer].Name;
            long its = simulation.Left(map[timer]);
            if (its != value) return $"{name} has {Shown(its)}, not {Shown(value)}";
            if (!move.Stops && simulation.CountsDown(map[timer]) != down) return $"{name} {(down ? "does not count down" : "counts down")}";
        }

        var ended = move.Ended.Select(e => (observed[e.Quantity], Quantities.Value(stage, e)));
        var seen = world.Samples.Where(s => observed.Contains(s.Quantity)).Select(s => (s.Quantity, s.Value));
        if (!ended.SequenceEqual(seen)) return $"ends ({string.Join(", ", seen)}), not ({string.Join(", ", ended)})";
        if (simulation.Violations - violations != move.Violations.Length) return $"violates {simulation.Violations - violations}, not {move.Violations.Length}";
        return simulation.Stopped == move.Stops ? null : simulation.Stopped ? "stops" : "does not stop";
    }

    private static string Shown(long value) => value == Simulation.None ? "no value" : value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
