using Irekae.Model.Binding;
using Irekae.Model.Numbers;
using Irekae.Model.Semantics;

namespace Irekae.Properties.Laws;

/// <summary>
/// Where theory promises that longer work never ends anything earlier: jobs of independent processes of different fixed priorities that may be preempted
/// at any time and run on any core (Ha and Liu, Validating timing constraints in multiprocessor and distributed real-time systems, ICDCS 1994). So the longest
/// times are the worst ones there. Elsewhere they need not be: <c>specs/textbook/mc-anomaly-two-cores.irk</c>.
/// </summary>
public static class Predictability
{
    private const int Moves = 300;

    public static string Name => "longer-work";

    public static string Says => "with the same arrivals, longer work ends no job of anybody earlier";

    public static string Theory => "Ha and Liu 1994: independent jobs of different fixed priorities, preemptive and free to migrate, are predictable";

    /// <summary>
    /// Periodic or sporadic processes that only work; no two of one priority; preemptible, with no cost of a change; on several cores bound to none, and never
    /// two jobs of one process at a time, which would have to follow one another.
    /// </summary>
    public static bool Applies(BoundSystem system) =>
        system.Machine.Switch is null
        && system.Actors.Select(a => a.Priority).Distinct().Count() == system.Actors.Length
        && system.Actors.All(a => a is { Kind: ActorKind.Process, Activation: not null, NonPreemptive: false } && a.Body.WithDescendants().All(IsWork))
        && (system.Machine.Cores == 1 || system.Actors.All(a => a is { Core: < 0, Activation.Backlog: 1 }));

    private static bool IsWork(BoundStatement statement) => statement
        is BoundStatement.Block or BoundStatement.Run or BoundStatement.Choose or BoundStatement.Repeat or BoundStatement.MeasureBlock or BoundStatement.PassMark;

    /// <summary>Two runs that differ in the times of work alone, none shorter in the second; null: no job ends earlier in it.</summary>
    /// <param name="compared">How many ends of jobs were compared.</param>
    public static string? Check(TransitionSystem system, ulong seed, out int compared)
    {
        var some = Ends(Runs.Of(system, 1, new Repeatable(seed, longer: false), Moves));
        var longer = Ends(Runs.Of(system, 1, new Repeatable(seed, longer: true), Moves));
        compared = 0;
        foreach (var actor in system.System.Actors)
            foreach (var (early, late) in some[actor.Index].Zip(longer[actor.Index]))
            {
                compared++;
                if (late < early) return $"a job of {actor.Name} ends at {early}, and with longer work at {late} fine ticks";
            }

        return null;
    }

    /// <summary>By process, when its jobs end, up to the first violation: of a job over the backlog nothing is known.</summary>
    private static List<long>[] Ends(Run run)
    {
        List<long>[] ends = [.. run.System.System.Actors.Select(_ => new List<long>())];
        foreach (var step in run.Steps.TakeWhile(s => s.Move.Violations.IsEmpty))
            foreach (var e in step.Move.Events)
                if (e.Kind == EventKind.JobEnds) ends[e.A].Add(step.Instant);
        return ends;
    }

    /// <summary>Draws the n-th time of each timer from the seed, whatever has happened between.</summary>
    private sealed class Repeatable(ulong seed, bool longer) : Chooser
    {
        private readonly Dictionary<int, ulong> begun = [];

        public override int Move(Interpreter interpreter, IReadOnlyList<Move> candidates)
        {
            int best = 0;
            for (int k = 1; k < candidates.Count; k++)
                if (candidates[k].Timer < candidates[best].Timer) best = k;
            return best;
        }

        public override long Duration(Interpreter interpreter, Move move, int started, long low, long? high)
        {
            var timer = interpreter.System.Timers[move.Started[started].Timer];
            ulong count = begun[timer.Id] = begun.GetValueOrDefault(timer.Id) + 1;
            var random = new SplitMix64(seed + (((ulong)timer.Id << 20) | count));
            long end = high ?? checked(low + SpecTimes.Of(interpreter.System).Largest);
            long first = random.Between(low, end), second = random.Between(low, end);
            return longer && timer.Kind == TimerKind.Work ? Math.Max(first, second) : first;
        }
    }
}
