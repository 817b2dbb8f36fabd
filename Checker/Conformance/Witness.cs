using System.Collections.Immutable;
using System.Numerics;
using Irekae.Checker.Explore;
using Irekae.Checker.Explore.Polyhedra;
using Irekae.Model.Numbers;
using Irekae.Model.Semantics;

namespace Irekae.Checker.Conformance;

/// <summary>A run that shows what the trace shows, from some place of it on to the end, taken by the interpreter.</summary>
/// <param name="Run">Its instants count from where it begins.</param>
/// <param name="Before">The configuration in which it begins; null: the run's own beginning.</param>
/// <param name="Start">Nanoseconds on the trace's clock at which it begins.</param>
/// <param name="From">The first thing shown that it explains, and the last.</param>
internal sealed record Witness(Run Run, Configuration? Before, Rational Start, long From, long To);

/// <summary>
/// From the path of states to one run, as <see cref="Realiser"/> does it: backwards, from a point of the last set to points that lead there.
/// <code>
///     a move      x_s + rate_s · x_f = y_k  for each k that continues s, the clock among them, within its window
///     no move     x = y
/// </code>
/// </summary>
internal sealed class Witnessing(Graph graph, TimeScale scale)
{
    /// <param name="path">From the beginning, or from a state that is kept, to the end.</param>
    /// <param name="stampOf">Nanoseconds of the time stamp from which a state's clock counts.</param>
    /// <returns>Null: its numbers do not fit 64 bits.</returns>
    /// <exception cref="UnreplayableException">An error of the program.</exception>
    public Witness? Of(List<State> path, Func<State, long> stampOf)
    {
        try
        {
            var points = Backwards(path);
            return Replayed(path, points, stampOf);
        }
        catch (ArithmeticException)
        {
            return null;
        }
    }

    private static ImmutableArray<Rational>[] Backwards(List<State> path)
    {
        var points = new ImmutableArray<Rational>[path.Count];
        var round = new RoundPoints();
        points[^1] = round.Find(path[^1].Values.ToPolyhedron());
        for (int i = path.Count - 1; i > 0; i--)
        {
            var set = path[i - 1].Values.ToPolyhedron();
            if (path[i].Step is { } step) set = set.With(step.Shape.Guards) ?? throw Lost(i);
            points[i - 1] = round.Find(set, Leading(path[i], points[i], set.Dimensions)) ?? throw Lost(i);
        }

        return points;
    }

    private static List<RationalRow> Leading(State to, ImmutableArray<Rational> after, int before)
    {
        var rows = new List<RationalRow>();
        var window = to.Window;
        int firing = to.Step?.Firing ?? -1;
        if (window.AtOnce && firing >= 0) rows.AddRange(RationalRow.Fixed(before, firing, 0));
        for (int k = 0; k < after.Length; k++)
        {
            int source = to.Step is { } step ? step.Shape.Source[k] : k;
            if (source < 0) continue;
            long[] sum = new long[before];
            sum[source] = 1;
            if (firing >= 0) sum[firing] += to.Step!.Shape.Rates[source];
            var value = k == after.Length - 1 ? after[k] + window.Shift : after[k];
            if (Array.TrueForAll(sum, a => a == 0)) continue; // the timer that fires and begins anew at nothing
            rows.Add(new RationalRow([.. sum], value));
            rows.Add(new RationalRow([.. sum.Select(a => -a)], -value));
        }

        return rows;
    }

    private Witness Replayed(List<State> path, ImmutableArray<Rational>[] points, Func<State, long> stampOf)
    {
        var refinement = BigInteger.One;
        foreach (var value in points.SelectMany(point => point.SkipLast(1)).Select(value => value / scale.PerTick))
            refinement = refinement / BigInteger.GreatestCommonDivisor(refinement, value.Denominator) * value.Denominator;
        long Fine(Rational value) => checked((long)(value * refinement / scale.PerTick).Numerator);

        var first = path[0];
        var interpreter = first.Spot.IsBefore
            ? new Interpreter(graph.System, checked((long)refinement))
            : new Interpreter(graph.System, checked((long)refinement), first.Spot.Configuration, [.. points[0].SkipLast(1).Select(Fine)]);
        for (int i = 1; i < path.Count; i++)
        {
            if (path[i].Step is not { } step) continue;
            var place = path[i].Spot;
            ImmutableArray<long> durations = [.. step.Move.Started.Select(started => Fine(points[i][Array.BinarySearch(place.Configuration.Timers, started.Timer)]))];
            var named = interpreter.Named(new ScriptStep(step.Move.Timer, step.Move.Choices, durations));
            var possible = named.FirstOrDefault(move => interpreter.WhyNot(move) is null && interpreter.WhyNot(move, durations) is null)
                ?? throw new UnreplayableException($"step {interpreter.Count}: {string.Join("; ", named.Select(move => interpreter.WhyNot(move) ?? interpreter.WhyNot(move, durations)))}");
            interpreter.Take(possible, durations);
        }

        var start = stampOf(first) + (points[0][^1] * scale.Unit);
        return new Witness(interpreter.Run, first.Spot.IsBefore ? null : first.Spot.Configuration, start, first.Next, path[^1].Next - 1);
    }

    private static UnreplayableException Lost(int step) => new($"no point leads to step {step}");
}
