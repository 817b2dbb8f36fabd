using System.Collections.Immutable;
using Irekae.Checker.Timelines;

namespace Irekae.Checker.Report;

/// <summary>A stretch of a run that is the same several times, one after the other.</summary>
/// <param name="From">Where the first begins, in fine ticks.</param>
/// <param name="Length">Of one.</param>
internal sealed record Repeat(long From, long Length, int Count);

/// <summary>Finds what repeats, so that it can be shown once: the rows at every instant at which one of them changes are the letters of a word.</summary>
internal static class Repeats
{
    private const int LongestPeriod = 200, LeastCount = 3;

    public static ImmutableArray<Repeat> Of(Timeline timeline)
    {
        var (instants, letters) = Word(timeline);
        var found = ImmutableArray.CreateBuilder<Repeat>();
        for (int at = 0; at < letters.Length;)
        {
            var (period, count) = Longest(letters, at);
            if (count >= LeastCount) found.Add(new Repeat(instants[at], instants[at + period] - instants[at], count));
            at += count >= LeastCount ? period * count : 1;
        }

        return found.ToImmutable();
    }

    /// <summary>The period that covers most from here on; of equal ones the shortest.</summary>
    private static (int Period, int Count) Longest(int[] letters, int at)
    {
        var best = (Period: 1, Count: 1);
        for (int period = 1; period <= LongestPeriod && at + (LeastCount * period) <= letters.Length; period++)
        {
            int same = 0;
            while (at + period + same < letters.Length && letters[at + same] == letters[at + period + same]) same++;
            int count = 1 + (same / period);
            if (count >= LeastCount && period * count > best.Period * best.Count) best = (period, count);
        }

        return best;
    }

    /// <summary>A number for each stretch in which no row changes: equal where all rows show the same for as long.</summary>
    private static (long[] Instants, int[] Letters) Word(Timeline timeline)
    {
        long[] instants = [.. timeline.Lanes.SelectMany(lane => lane.Segments).SelectMany(segment => (long[])[segment.From, segment.To]).Append(timeline.From).Append(timeline.To).Distinct().Order()];
        var rows = new int[Math.Max(0, instants.Length - 1)][];
        for (int k = 0; k < rows.Length; k++)
        {
            rows[k] = new int[timeline.Lanes.Length];
            Array.Fill(rows[k], -1);
        }

        var shown = new Dictionary<Segment, int>();
        for (int lane = 0; lane < timeline.Lanes.Length; lane++)
        {
            int k = 0;
            foreach (var segment in timeline.Lanes[lane].Segments)
            {
                var same = segment with { From = 0, To = 0 };
                if (!shown.TryGetValue(same, out int number)) shown[same] = number = shown.Count;
                while (instants[k] < segment.From) k++;
                for (; k < rows.Length && instants[k] < segment.To; k++) rows[k][lane] = number;
            }
        }

        var letters = new Dictionary<string, int>();
        return (instants, [.. rows.Select((row, k) =>
        {
            string key = $"{instants[k + 1] - instants[k]}:{string.Join(',', row)}";
            if (!letters.TryGetValue(key, out int letter)) letters[key] = letter = letters.Count;
            return letter;
        })]);
    }
}
