using Irekae.Model.Numbers;
using Irekae.Properties;

namespace Irekae.Checker.Bounded;

/// <summary>
/// What two answers may say of one property, one for all runs and one for runs of at most k moves. A run of at most k moves is a run:
/// <code>
///     the bounded extreme never passes the proved one                               (for any k)
///     what a run of n moves shows, n ≤ k, the bounded answer shows or betters       (so they are equal once k reaches the explorer's run)
/// </code>
/// The second needs that all depths up to k were judged. An unknown contradicts nothing.
/// </summary>
internal static class Agreement
{
    /// <summary>In words; null: none.</summary>
    public static string? Contradiction(PropertyResult explored, PropertyResult bounded)
    {
        if (explored.Value is { } all && bounded.Value is { } some) return OfValues(explored, all, bounded, some);
        bool reachable = explored.Kind == "reachable";
        bool exploredFound = reachable ? explored.Verdict is Verdict.Proved : explored.Verdict is Verdict.Refuted;
        bool boundedFound = reachable ? bounded.Verdict is Verdict.Proved : bounded.Verdict is Verdict.Refuted;
        bool exploredNever = reachable ? explored.Verdict is Verdict.Refuted : explored.Verdict is Verdict.Proved;
        if (exploredNever && boundedFound && bounded.Witness is not null) return "a run of the one is none of the other";
        if (exploredFound && !boundedFound && Within(explored, bounded)) return $"there is a run of {explored.Witness!.Steps.Length} moves";
        return null;
    }

    private static string? OfValues(PropertyResult explored, Extreme all, PropertyResult bounded, Extreme some)
    {
        bool smallest = explored.Kind == "min";
        if (all is { Endless: false, Proved: { } proved })
        {
            if (some.Endless) return "only one has no end";
            if (some.Found is { } value && (Passes(value, proved, smallest) || (value == proved && some.Attained && !all.Attained && all.Exact)))
                return "a value beyond the proved one";
        }

        if (all.Endless || some.Endless || !Within(explored, bounded) || Shown(explored) is not { } shown) return null;
        if (some.Found is not { } found || Passes(shown, found, smallest)) return "a value was missed";
        return null;
    }

    /// <summary>What the way of the explorer's run attains or approaches.</summary>
    private static Rational? Shown(PropertyResult explored) => explored.Value is { Exact: true, Found: { } found } ? found : null;

    private static bool Within(PropertyResult explored, PropertyResult bounded) =>
        explored.Witness is { } run && Judged(bounded) is { } depth && run.Steps.Length <= depth;

    /// <summary>All runs of so many moves were judged; null: not known.</summary>
    private static int? Judged(PropertyResult bounded) => bounded.Verdict switch
    {
        Verdict.ProvedUpTo partly when int.TryParse(partly.Limit.Split(' ')[0], out int depth) => depth,
        Verdict.Proved when bounded.ForAllTime => int.MaxValue,
        _ => null,
    };

    private static bool Passes(Rational value, Rational other, bool smallest) => smallest ? value < other : value > other;
}
