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
        var durations = passages.Select(p => p.Move.Started.Select(s => Duration(system, solver, p, s.Timer)).ToList()).ToList();
        var refinement = durations.SelectMany(d => d).Aggregate(BigInteger.One, (common, d) => common / BigInteger.GreatestCommonDivisor(common, d.Denominator) * d.Denominator);
        try
        {
            var steps = passages.Zip(durations, (p, all) =>
                new ScriptStep(p.Move.Timer, p.Move.Choices, [.. all.Select(d => checked((long)(d * refinement).Numerator))]));
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

    private Rational Duration(TransitionSystem system, Solver solver, Passage passage, int timer)
    {
        var kind = system.Timers[timer].Kind;
        if (kind == TimerKind.Clock) return Rational.Zero;
        var value = solver.Value(encoding.Name(passage.Depth, timer));
        bool counts = passage.Move.Next.Rates[Array.BinarySearch(passage.Move.Next.Timers, timer)] == TimerRate.Down;
        return counts ? value - solver.Value(Encoding.Time(passage.Depth)) : value;
    }
}
