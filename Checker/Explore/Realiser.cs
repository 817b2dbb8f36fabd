using System.Collections.Immutable;
using System.Diagnostics;
using System.Numerics;
using Irekae.Checker.Explore.Polyhedra;
using Irekae.Model.Numbers;
using Irekae.Model.Semantics;

namespace Irekae.Checker.Explore;

/// <summary>What names a move among those of a configuration.</summary>
internal readonly record struct Label(int Timer, ImmutableArray<int> Choices)
{
    public static Label Of(Move move) => new(move.Timer, move.Choices);
}

/// <summary>What the last move of a path should show of a clock: its value then, as large (or small) as can be.</summary>
/// <param name="Clock">The timer read, with the delay of the last move; −1: the path only has to be possible.</param>
/// <param name="Largest">Or smallest.</param>
internal sealed record Goal(int Clock, bool Largest)
{
    public static Goal Reach { get; } = new(-1, true);

    /// <summary>Ticks. Where the extreme is not attained the run is nearer to it than this.</summary>
    public Rational Gap { get; init; } = Rational.One;

    /// <summary>From this move on no time passes.</summary>
    public int AtOnceFrom { get; init; } = int.MaxValue;

    /// <summary>Ticks. A run that passes this will do; it need not be an extreme one.</summary>
    public Rational? Beyond { get; init; }
}

/// <summary>
/// From a path of moves to one run, in the system as it is (nothing forgotten, nothing merged, clocks exact). Forwards: the sets S_0, S_1, …
/// of all values along this path; one that is empty shows that the path is not possible. Backwards: a point of the last set where the
/// clock is largest, and for each step a point of the set before that the step takes to the point after:
/// <code>
///     y_k = x_s + rate_s · x_f      for every timer k that continues s      (s of y known, x wanted: rows for a linear program)
/// </code>
/// A point always exists, because S_i is exactly the image of S_{i−1}. Round numbers are preferred; all instants are then scaled to integers.
/// </summary>
/// <param name="limits">Of which each path may take the time.</param>
internal sealed class Realiser(TransitionSystem system, Limits limits, CancellationToken cancel)
{
    /// <summary>Somebody who interrupts wants what is known, and what is known is worth a run.</summary>
    private static readonly TimeSpan AfterInterrupt = TimeSpan.FromSeconds(1);

    private readonly Shapes shapes = new(system, ClockSense.Exact);
    private readonly Stopwatch watch = new();

    public TransitionSystem System => system;

    /// <summary>Why nothing is known of the last path; null: it was followed to its end.</summary>
    public string? GaveUp { get; private set; }

    /// <summary>The run, replayed by the interpreter; null if the path is not possible here, its instants do not fit 64 bits, or see <see cref="GaveUp"/>.</summary>
    /// <exception cref="UnreplayableException">The path is possible by its sets, and the interpreter disagrees: an error of the program.</exception>
    public Run? Realise(IReadOnlyList<Label> path, Goal goal)
    {
        GaveUp = null;
        watch.Restart();
        try
        {
            return RealiseIn64Bits(path, goal);
        }
        catch (ArithmeticException)
        {
            return null; // a number of the run, or of a set on the way to it, is too long
        }
    }

    private Run? RealiseIn64Bits(IReadOnlyList<Label> path, Goal goal)
    {
        var edges = new List<Edge>();
        var sets = new List<Polyhedron>();
        if (!Forwards(path, goal, edges, sets)) return null;
        var points = Backwards(edges, sets, goal);
        if (points is null) return null;
        return Runs.Replay(system, Script(edges, points)) switch
        {
            Replay.Done done => done.Run,
            Replay.Impossible no => throw new UnreplayableException($"step {no.Step} of {edges.Count}: {no.Reason}"),
            _ => throw new UnreachableException(),
        };
    }

    private bool IsOver()
    {
        if (cancel.IsCancellationRequested && watch.Elapsed > AfterInterrupt) GaveUp = "interrupted before the run could be made";
        else if (limits.Time is { } time && watch.Elapsed > time) GaveUp = $"the run could not be made in {time.TotalSeconds:0.###} s";
        return GaveUp is not null;
    }

    private bool Forwards(IReadOnlyList<Label> path, Goal goal, List<Edge> edges, List<Polyhedron> sets)
    {
        Place? place = null;
        var set = Polyhedron.Universe(0);
        foreach (var label in path)
        {
            if (IsOver()) return false;
            if (system.Moves(place?.Configuration, label.Timer, label.Choices) is not [var move, ..]) return false;
            var to = new Place(-1, move.Next);
            var shape = shapes.Of(place?.Configuration, move);
            var edge = new Edge(place, move, to, edges.Count < goal.AtOnceFrom ? shape : ZeroTime.AtOnce(shape));
            if (set.Successor(edge.Shape) is not { } next) return false;
            edges.Add(edge);
            sets.Add(next);
            (place, set) = (to, next);
        }

        return true;
    }

    private ImmutableArray<Rational>[]? Backwards(List<Edge> edges, List<Polyhedron> sets, Goal goal)
    {
        var points = new ImmutableArray<Rational>[edges.Count];
        var round = new RoundPoints();
        int last = edges.Count - 1;
        int from = last;
        if (goal.Clock >= 0 && last > 0)
        {
            if (edges[last].From!.Dimension(goal.Clock) < 0) return null;
            var guarded = sets[last - 1].Guarded(edges[last].Shape)!;
            var objective = Objective(edges[last], goal);
            if (Showing(guarded.Supremum(objective), objective, goal) is not { } showing || round.Find(guarded, [showing]) is not { } best) return null;
            points[last - 1] = best;
            points[last] = After(edges[last], best, sets[last], round);
            from = last - 1;
        }
        else
        {
            points[last] = round.Find(sets[last]);
        }

        for (int i = from; i > 0; i--)
        {
            if (IsOver()) return null;
            var guarded = sets[i - 1].Guarded(edges[i].Shape)!;
            points[i - 1] = round.Find(guarded, Leading(edges[i], points[i]))
                ?? throw new UnreplayableException($"no point leads to step {i} of {edges.Count}");
        }

        return points;
    }

    /// <summary>± (clock + delay) before the last move.</summary>
    public static long[] Objective(Edge edge, Goal goal)
    {
        var objective = new long[edge.From!.Configuration.Timers.Length];
        int sign = goal.Largest ? 1 : -1;
        objective[edge.From.Dimension(goal.Clock)] = sign;
        if (edge.Shape.Firing >= 0) objective[edge.Shape.Firing] += sign;
        return objective;
    }

    /// <summary>objective = supremum, or &gt; supremum − gap where it is not attained, or &gt; what is to be passed.</summary>
    private static RationalRow? Showing(Extremum supremum, long[] objective, Goal goal)
    {
        ImmutableArray<long> opposite = [.. objective.Select(a => -a)];
        if (goal.Beyond is { } beyond) return new RationalRow(opposite, goal.Largest ? -beyond : beyond, Strict: true);
        if (!supremum.IsBounded) return null;
        return supremum.Attained ? new RationalRow(opposite, -supremum.Value) : new RationalRow(opposite, goal.Gap - supremum.Value, Strict: true);
    }

    /// <summary>The values after a move whose values before are known: what continues is given, what is fresh is chosen round.</summary>
    private static ImmutableArray<Rational> After(Edge edge, ImmutableArray<Rational> before, Polyhedron set, RoundPoints round)
    {
        var shape = edge.Shape;
        var delay = shape.Firing < 0 ? Rational.Zero : before[shape.Firing];
        var rows = new List<RationalRow>();
        for (int k = 0; k < shape.Source.Length; k++)
        {
            int s = shape.Source[k];
            if (s >= 0) rows.AddRange(RationalRow.Fixed(shape.Source.Length, k, before[s] + delay * shape.Rates[s]));
        }

        return round.Find(set, rows) ?? throw new UnreplayableException("the last move leads outside its set");
    }

    /// <summary>Rows over the values before a move that say: it leads to this point.</summary>
    private static List<RationalRow> Leading(Edge edge, ImmutableArray<Rational> after)
    {
        var shape = edge.Shape;
        var rows = new List<RationalRow>();
        for (int k = 0; k < shape.Source.Length; k++)
        {
            int s = shape.Source[k];
            if (s < 0) continue;
            var sum = new long[shape.Rates.Length];
            sum[s] = 1;
            if (shape.Firing >= 0) sum[shape.Firing] += shape.Rates[s];
            rows.Add(new RationalRow([.. sum], after[k]));
            rows.Add(new RationalRow([.. sum.Select(a => -a)], -after[k]));
        }

        return rows;
    }

    private static RunScript Script(List<Edge> edges, ImmutableArray<Rational>[] points)
    {
        var refinement = BigInteger.One;
        foreach (var point in points)
        {
            foreach (var value in point)
                refinement = refinement / BigInteger.GreatestCommonDivisor(refinement, value.Denominator) * value.Denominator;
        }

        long Fine(Rational value) => checked((long)(value * refinement).Numerator);
        var steps = ImmutableArray.CreateBuilder<ScriptStep>();
        for (int i = 0; i < edges.Count; i++)
        {
            var place = edges[i].To;
            var durations = edges[i].Move.Started.Select(started => Fine(points[i][place.Dimension(started.Timer)]));
            steps.Add(new ScriptStep(edges[i].Move.Timer, edges[i].Move.Choices, [.. durations]));
        }

        return new RunScript(checked((long)refinement), steps.ToImmutable());
    }
}

/// <summary>The explorer and the interpreter disagree. Never a property of a specification: one of the two is wrong.</summary>
public sealed class UnreplayableException(string message) : Exception("a run that the exploration found cannot be replayed: " + message);
