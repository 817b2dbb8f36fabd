using System.Collections.Immutable;
using Irekae.Codegen.Simulator;
using Irekae.Model.Semantics;

namespace Irekae.Codegen.Running;

/// <summary>What is read at the end of a run.</summary>
internal abstract record Judge
{
    public sealed record Largest(int Quantity, long? Limit) : Judge;

    public sealed record Smallest(int Quantity, long? Limit) : Judge;

    public sealed record After(int Quantity, int Condition) : Judge;

    public sealed record AtRest(int Condition) : Judge;
}

/// <summary>The runs of a <see cref="Sieve"/>, each named by a seed. Not for several threads at once.</summary>
public sealed class SieveRuns
{
    /// <summary>Every second run takes most of its durations at the ends of their intervals.</summary>
    private const ulong Ends = JudgingWorld.Draws * 7 / 10;

    private readonly Sieve sieve;
    private readonly ImmutableArray<Judge> judges;
    private readonly EndedValues[] ended;
    private readonly Sieved[] found;
    private readonly Simulation<JudgingWorld> simulation;
    private readonly bool several;
    private readonly long reach;

    internal SieveRuns(Sieve sieve)
    {
        this.sieve = sieve;
        judges = sieve.Judges();
        ended = new EndedValues[sieve.System.Observation.Quantities.Length];
        found = new Sieved[judges.Length + 1];
        reach = checked(SeededChooser.Reach * sieve.Fine * SpecTimes.Of(sieve.System).Largest);
        several = sieve.System.System.Machine.Cores > 1;
        simulation = sieve.Create(default);
    }

    /// <summary>Moves of the last run.</summary>
    public long Moves => simulation.Moves;

    /// <summary>By place in <see cref="TransitionSystem.Statements"/>: some run has executed it.</summary>
    public ReadOnlySpan<bool> Executed => simulation.Executed;

    /// <summary>By timer: it has fired in some run.</summary>
    public ReadOnlySpan<bool> Fired => simulation.Fired;

    /// <summary>What the run of a seed says of each property and, last, of the checks. Valid until the next run.</summary>
    /// <exception cref="UnsievedException">It cannot be judged here.</exception>
    public ReadOnlySpan<Sieved> See(ulong seed, long moves)
    {
        Begin(seed, null);
        simulation.Run(long.MaxValue, moves);
        if (simulation.World.TooCoarse) throw new UnsievedException("an interval that depends on a parameter has no whole number of fine ticks");
        // Of several cores the interpreter sees that steps go round for ever; here they go round until there are too many.
        if (several && simulation.LastViolation is >= 0 and var last && simulation.Sites[last].Kind == nameof(ViolationKind.TimeStops))
            throw new UnsievedException("steps of several cores go round without time");
        for (int k = 0; k < judges.Length; k++) found[k] = Say(judges[k]);
        found[^1] = new Sieved(true, simulation.Violations > 0 || simulation.WaitsInVain, Simulation.None);
        return found;
    }

    /// <summary>The run of a seed, made by the interpreter.</summary>
    /// <exception cref="SieveException">The interpreter has no such run.</exception>
    public Run Remake(ulong seed, long moves)
    {
        var choices = new List<int>();
        var interpreter = new Interpreter(sieve.System, sieve.Fine);
        Begin(seed, choices);
        while (true)
        {
            Take(interpreter, seed, choices);
            choices.Clear();
            long before = simulation.Moves;
            if (before >= moves) break;
            simulation.Run(long.MaxValue, before + 1);
            if (simulation.Moves == before) break;
        }
        return interpreter.Run;
    }

    private void Begin(ulong seed, List<int>? choices)
    {
        Array.Clear(ended);
        simulation.World = new JudgingWorld(new Xoshiro256(seed, 0), seed % 2 == 0 ? 0 : Ends, reach, ended, choices);
        simulation.Begin();
    }

    private void Take(Interpreter interpreter, ulong seed, List<int> choices)
    {
        string Where(string what) => $"run {seed} of {sieve.System.System.Name}, move {interpreter.Count}: {what}";
        var step = new ScriptStep(simulation.LastTimer, [.. choices], []);
        var named = interpreter.Named(step);
        var reasons = new List<string>();
        foreach (var move in named)
        {
            ImmutableArray<long> durations = [.. move.Started.Select(started => simulation.Left(started.Timer))];
            if ((interpreter.WhyNot(move) ?? interpreter.WhyNot(move, durations)) is { } reason)
            {
                reasons.Add(reason);
                continue;
            }
            if (interpreter.Take(move, durations).Instant == simulation.Now) return;
            throw new SieveException(Where($"at {simulation.Now} fine ticks, not at {interpreter.Instant}"));
        }
        string timer = step.Timer < 0 ? "no timer" : sieve.System.Timers[step.Timer].Name;
        throw new SieveException(Where($"{timer} with the choices ({string.Join(", ", choices)}) {(named.Count == 0 ? "is no move" : string.Join("; ", reasons))}"));
    }

    private Sieved Say(Judge judge)
    {
        switch (judge)
        {
            case Judge.Largest q:
                ref var largest = ref ended[q.Quantity];
                long most = Math.Max(simulation.Longest[q.Quantity], largest.Count > 0 ? largest.Most : Simulation.None);
                return new Sieved(largest.Count > 0, q.Limit is { } top && most > top, most);
            case Judge.Smallest q:
                ref var smallest = ref ended[q.Quantity];
                return smallest.Count == 0 ? default(Sieved) with { Value = Simulation.None } : new Sieved(true, q.Limit is { } bottom && smallest.Least < bottom, smallest.Least);
            case Judge.After q:
                bool fails = simulation.Decided[q.Condition];
                return new Sieved(fails || ended[q.Quantity].Count > 0, fails, Simulation.None);
            case Judge.AtRest q:
                return new Sieved(true, simulation.Decided[q.Condition], Simulation.None);
            default:
                throw new global::System.Diagnostics.UnreachableException(judge.GetType().Name);
        }
    }
}
