using System.Collections.Immutable;
using System.Numerics;
using System.Text.Json;
using Irekae.Checker.Explore.Polyhedra;
using Irekae.Model.Numbers;

namespace Irekae.Checker.Proofs;

/// <summary>
/// The largest or smallest value that a clock tends to along a path of model.json: a linear program over what begins on its moves, with "first" read as
/// "not later". Every value on the way is a sum of those.
/// </summary>
internal static class PathLimit
{
    /// <summary>The run with limits for all that begins, in common fine ticks; null: some number does not fit 64 bits.</summary>
    public static ModelRun? Of(JsonElement model, ModelRun run, bool largest)
    {
        try
        {
            return Checked(model, run, largest);
        }
        catch (ArithmeticException e) when (e is OverflowException or CoefficientOverflowException)
        {
            return null;
        }
    }

    private static ModelRun? Checked(JsonElement model, ModelRun run, bool largest)
    {
        var rows = new List<Row>();
        int size = run.Moves.Sum(m => m.Begun.Length), begun = 0;
        var locations = model.GetProperty("locations");
        var edges = model.GetProperty("initial");
        int[] rates = [];
        long[][] values = [];
        long[] shown = new long[size];
        foreach (var move in run.Moves)
        {
            var edge = edges[move.Edge];
            int fires = edge.GetProperty("fires").GetInt32();
            long[] delay = fires < 0 ? new long[size] : values[fires];
            for (int j = 0; j < rates.Length; j++)
                if (rates[j] < 0 && j != fires) rows.Add(Row.Of(Sum(delay, -1, values[j]), 0));
            if (edge.GetProperty("at_once").GetBoolean()) rows.Add(Row.Of(delay, 0));
            if (run.Clock >= 0 && run.Clock < values.Length) shown = Sum(values[run.Clock], 1, delay);
            int[] continues = [.. edge.GetProperty("continues").EnumerateArray().Select(c => c.GetInt32())];
            long[][] after = [.. continues.Select(c => c < 0 ? Unit(size, begun++) : Sum(values[c], rates[c], delay))];
            foreach (var fresh in edge.GetProperty("fresh").EnumerateArray())
            {
                foreach (int sign in new[] { -1, 1 })
                {
                    var end = fresh.GetProperty(sign < 0 ? "low" : "high");
                    if (end.ValueKind == JsonValueKind.Null) continue;
                    long[] numbers = [.. end.EnumerateArray().Select(n => Integers.ToLong(ProofText.Integer(n)))];
                    long[] sum = Sum(new long[size], checked(sign * numbers[1]), after[fresh.GetProperty("timer").GetInt32()]);
                    for (int i = 2; i < numbers.Length; i += 2) sum = Sum(sum, checked(-sign * numbers[i + 1]), after[numbers[i]]);
                    rows.Add(Row.Of(sum, checked(sign * numbers[0])));
                }
            }

            var target = locations[edge.GetProperty("to").GetInt32()];
            rates = [.. target.GetProperty("rates").EnumerateArray().Select(r => r.GetInt32())];
            (values, edges) = (after, target.GetProperty("edges"));
        }

        if (LinearProgram.Maximise(rows, Sum(new long[size], largest ? 1 : -1, shown)) is not LinearOutcome.Optimal best) return null;
        var fine = best.Point.Aggregate(new BigInteger(run.Fine), (d, v) => d / BigInteger.GreatestCommonDivisor(d, v.Denominator) * v.Denominator);
        long scale = Integers.ToLong(fine) / run.Fine;
        long[] point = [.. best.Point.Select(v => Integers.ToLong((v * fine).Numerator))];
        var moves = run.Moves.Select(m => m with { Begun = [.. m.Begun.Select(b => checked(b * scale))] }).ToImmutableArray();
        int from = 0;
        var limits = moves.Select(m => point[from..(from += m.Begun.Length)].ToImmutableArray()).ToImmutableArray();
        return run with { Fine = Integers.ToLong(fine), Moves = moves, Limit = limits };
    }

    private static long[] Unit(int size, int at)
    {
        long[] unit = new long[size];
        unit[at] = 1;
        return unit;
    }

    private static long[] Sum(long[] first, long times, long[] second) => [.. first.Zip(second, (a, b) => checked(a + times * b))];
}
