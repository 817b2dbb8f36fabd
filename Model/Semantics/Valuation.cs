namespace Irekae.Model.Semantics;

/// <summary>What a move does to one number per timer. Values are in the order of <see cref="Configuration.Timers"/>.</summary>
internal static class Valuation
{
    /// <summary>The value of a timer, by id; it must be alive in the configuration.</summary>
    public static long Of(Configuration configuration, ReadOnlySpan<long> values, int timer) =>
        values[Place(configuration, timer)];

    public static int Place(Configuration configuration, int timer)
    {
        int place = Array.BinarySearch(configuration.Timers, timer);
        return place >= 0 ? place : throw new ArgumentException($"timer {timer} is not alive in this configuration", nameof(timer));
    }

    /// <summary>Time passes: what counts down loses it, what counts up gains it, what is frozen stays.</summary>
    public static long[] After(Configuration configuration, ReadOnlySpan<long> values, long delay)
    {
        var later = values.ToArray();
        for (int i = 0; i < later.Length; i++) later[i] = checked(later[i] + ((int)configuration.Rates[i] * delay));
        return later;
    }

    /// <summary>The values in <c>move.Next</c>, given those of the configuration before once the delay has passed.</summary>
    public static long[] Next(Configuration? before, ReadOnlySpan<long> passed, Move move, ReadOnlySpan<long> durations)
    {
        var timers = move.Next.Timers;
        var next = new long[timers.Length];
        for (int i = 0; i < timers.Length; i++)
        {
            if (move.Sources[i] >= 0) next[i] = Of(before!, passed, move.Sources[i]);
        }
        for (int k = 0; k < move.Started.Length; k++) next[Place(move.Next, move.Started[k].Timer)] = durations[k];
        return next;
    }
}
