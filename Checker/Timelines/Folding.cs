using System.Collections.Immutable;

namespace Irekae.Checker.Timelines;

/// <summary>What is left out of a picture, in fine ticks: the same as the stretch before it, over and over.</summary>
/// <param name="Length">Of the stretch that is shown, which ends where the cut begins.</param>
/// <param name="Count">How often it is there, the one that is shown among them.</param>
public sealed record Cut(long From, long Length, int Count)
{
    public long To => From + (Length * (Count - 1));
}

/// <summary>
/// Finds what repeats. The stretches in which no row changes and nothing happens but at their beginning are the letters of a word; a factor of it that is there three
/// times or more, one after the other, is shown once. Equal letters last as long, and all that a reader sees in them is equal: rows, ends of messages, of measures and of jobs
/// with their values, moments. So unfolding gives the same timeline, and no value of a measure is hidden but equals of one that is shown. Where the focus begins and ends is always shown.
/// </summary>
internal static class Folding
{
    private const int LongestPeriod = 200, LeastCount = 3;

    public static ImmutableArray<Cut> Of(Timeline timeline)
    {
        var (instants, letters) = Word(timeline);
        var found = ImmutableArray.CreateBuilder<Cut>();
        for (int at = 0; at < letters.Length;)
        {
            var (period, count) = Longest(letters, at);
            if (count >= LeastCount) found.Add(new Cut(instants[at + period], instants[at + period] - instants[at], count));
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

    /// <summary>A number for each stretch.</summary>
    private static (long[] Instants, int[] Letters) Word(Timeline timeline)
    {
        var happens = Happenings(timeline).ToLookup(one => one.Instant, one => one.What);
        long[] instants = [.. timeline.Lanes.SelectMany(lane => lane.Segments).SelectMany(segment => (long[])[segment.From, segment.To]).Concat(happens.Select(one => one.Key)).Append(timeline.From).Append(timeline.To).Distinct().Order()];
        var rows = new int[instants.Length - 1][];
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
            string key = $"{instants[k + 1] - instants[k]}:{string.Join(',', row)}:{string.Join(';', happens[instants[k]])}";
            if (!letters.TryGetValue(key, out int letter)) letters[key] = letter = letters.Count;
            return letter;
        })]);
    }

    private static IEnumerable<(long Instant, string What)> Happenings(Timeline timeline)
    {
        foreach (var arrow in timeline.Arrows)
        {
            string what = $"{arrow.From}>{arrow.To} {arrow.Kind} {arrow.What} {arrow.Place}";
            yield return (arrow.Sent, what);
            yield return (arrow.Taken, $"{what} after {arrow.Taken - arrow.Sent}");
        }

        foreach (var bracket in timeline.Brackets)
        {
            string what = $"{bracket.Actor} {bracket.Name} {bracket.Place}";
            yield return (bracket.From, what);
            yield return (bracket.To, $"{what} {bracket.Ended} after {bracket.Lasts}");
        }

        foreach (var moment in timeline.Moments) yield return (moment.Instant, $"{moment.Actor} {moment.Kind} {moment.Text} {moment.Place}");
        if (timeline.Focus is not { } focus) yield break;
        if (focus.From >= timeline.From && focus.From <= timeline.To) yield return (focus.From, "focus");
        if (focus.To >= timeline.From && focus.To <= timeline.To) yield return (focus.To, "focus");
    }
}
