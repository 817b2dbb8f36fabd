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
    private readonly int[] places;
    private readonly ImmutableArray<Row> edge;
    private readonly ImmutableArray<bool> free;

    public Obligation(Configuration? before, Move move)
    {
        this.move = move;
        timers = before?.Timers ?? [];
        rates = before?.Rates ?? [];
        Firing = move.Timer < 0 ? -1 : Array.BinarySearch(timers, move.Timer);
        places = new int[move.Sources.Length];
        int fresh = timers.Length;
        for (int k = 0; k < places.Length; k++)
            places[k] = move.Sources[k] < 0 ? fresh++ : Array.BinarySearch(timers, move.Sources[k]);
        Dimensions = fresh;
        var own = ImmutableArray.CreateBuilder<Row>();
        own.AddRange(Guards());
        var standing = ImmutableArray.CreateBuilder<bool>();
        standing.AddRange(Enumerable.Repeat(false, own.Count));
        foreach (var (timer, interval) in move.Started)
        {
            int at = Array.BinarySearch(move.Next.Timers, timer);
            bool constant = interval is { Low.Terms.IsEmpty: true, High: null or { Terms.IsEmpty: true } };
            own.Add(Bound(at, interval.Low, -1));
            standing.Add(constant);
            if (interval.High is not { } high) continue;
            own.Add(Bound(at, high, 1));
            standing.Add(constant);
        }

        (edge, free) = (own.ToImmutable(), standing.ToImmutable());
    }

    /// <summary>Of z.</summary>
    public int Dimensions { get; }

    /// <summary>The timer that fires, by place; −1: none does.</summary>
    public int Firing { get; }

    public Premises Premises(ImmutableArray<Row> set) => new(Dimensions, set, edge);

    /// <summary>
    /// What has to hold of the intervals that depend on parameters, 0 ≤ low and low ≤ high, where it is not plain; it follows from the set and from intervals that
    /// depend on nothing. Null: it does not.
    /// </summary>
    public ImmutableArray<Combination>? Begins(ImmutableArray<Row> set)
    {
        if (move.Started.All(s => s.Interval is { Low.Terms.IsEmpty: true, High: null or { Terms.IsEmpty: true } })) return [];
        int[] standing = [.. Enumerable.Range(0, edge.Length).Where(i => free[i])];
        var premises = new Premises(Dimensions, set, [.. standing.Select(i => edge[i])]);
        var shown = ImmutableArray.CreateBuilder<Combination>();
        foreach (var (_, interval) in move.Started)
        {
            foreach (var (sum, room) in Ends(interval))
            {
                if (premises.Imply(Afterwards(sum), room, false) is not { } found) return null;
                shown.Add(found.Renumbered(p => p < set.Length ? p : set.Length + standing[p - set.Length]));
            }
        }

        return shown.ToImmutable();
    }

    /// <summary>Coefficients over z of a sum over the values afterwards.</summary>
    public long[] Afterwards(ReadOnlySpan<long> coefficients)
    {
        var sum = new long[Dimensions];
        for (int k = 0; k < coefficients.Length; k++)
        {
            if (coefficients[k] == 0) continue;
            sum[places[k]] = checked(sum[places[k]] + coefficients[k]);
            if (Firing >= 0 && move.Sources[k] >= 0) sum[Firing] = checked(sum[Firing] + coefficients[k] * (int)rates[places[k]]);
        }

        return sum;
    }

    /// <summary>factor · (clock + delay)</summary>
    public long[] Reading(int clock, long factor)
    {
        var sum = new long[Dimensions];
        sum[Array.BinarySearch(timers, clock)] = factor;
        if (Firing >= 0) sum[Firing] = checked(sum[Firing] + factor);
        return sum;
    }

    /// <summary>−delay</summary>
    public long[] NoDelay()
    {
        var sum = new long[Dimensions];
        sum[Firing] = -1;
        return sum;
    }

    private IEnumerable<Row> Guards()
    {
        for (int j = 0; j < timers.Length; j++)
        {
            if (rates[j] != TimerRate.Down || j == Firing) continue;
            bool strict = move.StrictlyBefore.Contains(timers[j]);
            yield return Firing >= 0 ? Row.Difference(Dimensions, Firing, j, 0, strict) : Row.AtLeast(Dimensions, j, 0, strict);
        }

        if (Firing >= 0 && move.Immediate) yield return Row.AtMost(Dimensions, Firing, 0);
    }

    /// <summary>Sums over the values afterwards and what they are at most: −low ≤ 0, low − high ≤ 0.</summary>
    private IEnumerable<(long[] Sum, long Room)> Ends(TickInterval interval)
    {
        var (low, high) = interval;
        if (!low.Terms.IsEmpty && (low.Constant < 0 || low.Terms.Any(t => t.Factor < 0)))
        {
            long[] sum = new long[places.Length];
            Add(sum, low, -1);
            yield return (sum, low.Constant);
        }

        if (high is null || (low.Terms.IsEmpty && high.Terms.IsEmpty) || Same(low, high)) yield break;
        long[] order = new long[places.Length];
        Add(order, low, high.Denominator);
        Add(order, high, -low.Denominator);
        yield return (order, checked((low.Denominator * high.Constant) - (high.Denominator * low.Constant)));
    }

    private static bool Same(TickBound low, TickBound high) => ModelText.Numbers(low).SequenceEqual(ModelText.Numbers(high));

    private void Add(long[] sum, TickBound bound, long times)
    {
        foreach (var (parameter, factor) in bound.Terms)
        {
            int at = Array.BinarySearch(move.Next.Timers, parameter);
            sum[at] = checked(sum[at] + times * factor);
        }
    }

    /// <summary>sign·(D·y − Σ F·p) ≤ sign·C</summary>
    private Row Bound(int at, TickBound bound, int sign)
    {
        long[] sum = new long[places.Length];
        sum[at] = sign * bound.Denominator;
        Add(sum, bound, -sign);
        return Row.Of(Afterwards(sum), sign * bound.Constant);
    }
}
