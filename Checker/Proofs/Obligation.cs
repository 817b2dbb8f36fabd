using System.Collections.Immutable;
using Irekae.Checker.Explore.Polyhedra;
using Irekae.Model.Semantics;

namespace Irekae.Checker.Proofs;

/// <summary>
/// One edge as rows over z = (x, y): the values x before it and the fresh values y. With d = x_f (0 if nothing fires) nothing has to be projected:
/// <code>
///     premises    P(x);  x_f ≤ x_j for j counting down, &lt; for those that come first;  x_f ≤ 0 if at once;  D·y − Σ F·p between its ends
///     afterwards  x'_k = x_s + rate_s·d where k continues s, y_k where k is fresh, so a·x' ≤ b is a row over z as well
/// </code>
/// Premises are in this order: the set's rows as they stand, guards by timer, at once, fresh timers as the move lists them, lower end first.
/// The checker works them out once more from model.json.
/// </summary>
internal sealed class Obligation
{
    private readonly Move move;
    private readonly int[] timers;
    private readonly TimerRate[] rates;
    private readonly int firing;
    private readonly int[] places;

    public Obligation(Configuration? before, Move move)
    {
        this.move = move;
        timers = before?.Timers ?? [];
        rates = before?.Rates ?? [];
        firing = move.Timer < 0 ? -1 : Array.BinarySearch(timers, move.Timer);
        places = new int[move.Sources.Length];
        int fresh = timers.Length;
        for (int k = 0; k < places.Length; k++)
            places[k] = move.Sources[k] < 0 ? fresh++ : Array.BinarySearch(timers, move.Sources[k]);
        Dimensions = fresh;
        Edge = [.. Guards(), .. Fresh()];
    }

    /// <summary>Of z.</summary>
    public int Dimensions { get; }

    /// <summary>The premises that do not depend on where the edge is taken from.</summary>
    public ImmutableArray<Row> Edge { get; }

    public List<Row> Premises(IEnumerable<Row> set) =>
        [.. set.Select(row => Row.Of([.. row.Coefficients, .. new long[Dimensions - timers.Length]], row.Constant, row.Strict)), .. Edge];

    /// <summary>Coefficients over z of a sum over the values afterwards.</summary>
    public long[] Afterwards(ReadOnlySpan<long> coefficients)
    {
        var sum = new long[Dimensions];
        for (int k = 0; k < coefficients.Length; k++)
        {
            if (coefficients[k] == 0) continue;
            sum[places[k]] = checked(sum[places[k]] + coefficients[k]);
            if (firing >= 0 && move.Sources[k] >= 0) sum[firing] = checked(sum[firing] + coefficients[k] * (int)rates[places[k]]);
        }

        return sum;
    }

    /// <summary>factor · (clock + delay)</summary>
    public long[] Reading(int clock, long factor)
    {
        var sum = new long[Dimensions];
        sum[Array.BinarySearch(timers, clock)] = factor;
        if (firing >= 0) sum[firing] = checked(sum[firing] + factor);
        return sum;
    }

    private IEnumerable<Row> Guards()
    {
        for (int j = 0; j < timers.Length; j++)
        {
            if (rates[j] != TimerRate.Down || j == firing) continue;
            bool strict = move.StrictlyBefore.Contains(timers[j]);
            yield return firing >= 0 ? Row.Difference(Dimensions, firing, j, 0, strict) : Row.AtLeast(Dimensions, j, 0, strict);
        }

        if (firing >= 0 && move.Immediate) yield return Row.AtMost(Dimensions, firing, 0);
    }

    private IEnumerable<Row> Fresh()
    {
        foreach (var (timer, interval) in move.Started)
        {
            int at = Array.BinarySearch(move.Next.Timers, timer);
            yield return Bound(at, interval.Low, -1);
            if (interval.High is { } high) yield return Bound(at, high, 1);
        }
    }

    /// <summary>sign·(D·y − Σ F·p) ≤ sign·C</summary>
    private Row Bound(int at, TickBound bound, int sign)
    {
        var sum = new long[move.Sources.Length];
        sum[at] = sign * bound.Denominator;
        foreach (var (parameter, factor) in bound.Terms) sum[Array.BinarySearch(move.Next.Timers, parameter)] -= sign * factor;
        return Row.Of(Afterwards(sum), sign * bound.Constant);
    }
}
