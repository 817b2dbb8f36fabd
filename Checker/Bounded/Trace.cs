using System.Collections.Immutable;
using System.Numerics;
using Irekae.Model.Numbers;
using Irekae.Model.Semantics;

namespace Irekae.Checker.Bounded;

/// <summary>One way through the layers, from the beginning: a conjunction, without Booleans.</summary>
internal sealed class Trace(Encoding encoding, ImmutableArray<Passage> passages)
{
    public int Depth => passages.Length;

    /// <summary>The way that the values found last take to this passage, which they take.</summary>
    public static Trace Found(Encoding encoding, Cone cone, Solver solver, Passage end)
    {
        var way = new List<Passage> { end };
        while (way[^1].From is { } from) way.Add(from.Incoming.First(p => cone.Holds(p) && solver.Holds(Encoding.Taken(p))));
        way.Reverse();
        return new Trace(encoding, [.. way]);
    }

    public IEnumerable<string> Formulas(Form form) => passages.SelectMany(p => encoding.Alone(p, form));

    /// <summary>
    /// The run of the values found last, replayed. Values are rational: with their common denominator as the refinement all durations are whole.
    /// Null: they do not fit 64 bits.
    /// </summary>
    /// <exception cref="DisagreementException">The interpreter says that this run is not possible.</exception>
    public Run? Replayed(TransitionSystem system, Solver solver)
    {
        var moves = Own(system);
        var durations = passages.Zip(moves, (p, own) => own.Move.Started.Select(s => Duration(system, solver, p, own.After?.Timer(s.Timer) ?? s.Timer)).ToList()).ToList();
        var refinement = durations.SelectMany(d => d).Aggregate(BigInteger.One, (common, d) => common / BigInteger.GreatestCommonDivisor(common, d.Denominator) * d.Denominator);
        try
        {
            var steps = moves.Zip(durations, (own, all) =>
                new ScriptStep(own.Move.Timer, own.Move.Choices, [.. all.Select(d => checked((long)(d * refinement).Numerator))]));
            return Runs.Replay(system, new RunScript(checked((long)refinement), [.. steps])) switch
            {
                Replay.Done done => done.Run,
                Replay.Impossible no => throw new DisagreementException($"a run that the solver found cannot be replayed: step {no.Step}: {no.Reason}"),
                _ => throw new global::System.Diagnostics.UnreachableException(),
            };
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    /// <summary>In the run that is replayed, the timer that had this name before the last move.</summary>
    public int Own(TransitionSystem system, int timer) => Own(system)[^1].Before?.Inverse().Timer(timer) ?? timer;

    /// <summary>
    /// The moves of a run in which nobody was renamed, and what takes its configurations to those of the way. They are looked for among the moves that the
    /// transition system gives.
    /// </summary>
    /// <exception cref="DisagreementException">There is none: processes were exchanged that are different.</exception>
    private List<(Move Move, Renaming? Before, Renaming? After)> Own(TransitionSystem system)
    {
        var own = new List<(Move Move, Renaming? Before, Renaming? After)>();
        Renaming? names = null;
        foreach (var passage in passages)
        {
            var move = names is null ? passage.Plain : system.Moves(own[^1].Move.Next).FirstOrDefault(m => Interchange.Alike(names.Of(m), passage.Plain))
                ?? throw new DisagreementException($"processes were exchanged that are different: a move to depth {passage.Depth} is not there without it");
            var after = Renaming.Both(names, passage.Renaming);
            own.Add((move, names, after));
            names = after;
        }

        return own;
    }

    private Rational Duration(TransitionSystem system, Solver solver, Passage passage, int timer)
    {
        var kind = system.Timers[timer].Kind;
        if (kind == TimerKind.Clock) return Rational.Zero;
        var value = solver.Value(encoding.Name(passage.Depth, timer));
        bool counts = passage.Move.Next.Rates[Array.BinarySearch(passage.Move.Next.Timers, timer)] == TimerRate.Down;
        return counts ? value - solver.Value(Encoding.Time(passage.Depth)) : value;
    }
}
