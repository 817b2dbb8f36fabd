using System.Collections.Immutable;

namespace Irekae.Properties.Running;

/// <summary>Shorter runs in which what was simultaneous stays so: changes of several durations at once, by the same time.</summary>
internal static class RunWindows
{
    /// <summary>At most so many windows of one run are tried, the longest first.</summary>
    private const int MostWindows = 300;

    /// <summary>With more durations than this above their lower ends, pairs of them are not tried yet.</summary>
    private const int MostPaired = 24;

    /// <summary>
    /// The run without what happened from one of its instants to another: what starts in between starts not at all, what lasts beyond is
    /// shorter by as much. Of a system that forgets, such as one of independent arrivals, this is again a run; of others it may be.
    /// </summary>
    public static IEnumerable<Decisions> CutOut(DrawnRun run, RecordingChooser recorded, Decisions own)
    {
        var instants = run.Run.Steps.Select(step => step.Instant).Distinct().ToList();
        var windows = Enumerable.Range(0, instants.Count).SelectMany(to => Enumerable.Range(0, to).Select(from => (From: instants[from], To: instants[to])));
        foreach (var (from, to) in windows.OrderByDescending(window => window.To - window.From).Take(MostWindows))
            yield return own with { Offsets = recorded.Durations.ToImmutableSortedDictionary(pair => pair.Key, pair => Without(pair.Value, from, to)) };
    }

    /// <summary>One start less of a timer while its later starts stay where they are; two durations shorter by the same time.</summary>
    public static IEnumerable<Decisions> InPairs(RecordingChooser recorded, Decisions own)
    {
        foreach (var (timer, offsets) in own.Offsets)
        {
            for (int at = 0; at + 1 < offsets.Length; at++)
            {
                long both = offsets[at] + offsets[at + 1] + recorded.Durations[timer][at + 1].Low;
                if (recorded.Durations[timer][at].High is null) yield return own.With(timer, offsets.RemoveAt(at + 1).SetItem(at, both));
            }
        }
        var open = own.Offsets.SelectMany(pair => Enumerable.Range(0, pair.Value.Length).Where(at => pair.Value[at] != 0).Select(at => (Timer: pair.Key, At: at))).ToList();
        if (open.Count > MostPaired) yield break;
        for (int i = 0; i < open.Count; i++)
        {
            for (int j = 0; j < i; j++)
            {
                if (open[i].Timer == open[j].Timer) continue;
                long shared = Math.Min(own.Offsets[open[i].Timer][open[i].At], own.Offsets[open[j].Timer][open[j].At]);
                yield return Shorter(Shorter(own, open[i].Timer, open[i].At, shared), open[j].Timer, open[j].At, shared);
            }
        }
    }

    private static Decisions Shorter(Decisions all, int timer, int at, long by) =>
        all.With(timer, all.Offsets[timer].SetItem(at, all.Offsets[timer][at] - by));

    /// <summary>The starts of one timer without the window, as offsets. Timers that are frozen for a while end later than is reckoned here.</summary>
    private static ImmutableArray<long> Without(List<RecordingChooser.Drawn> starts, long from, long to)
    {
        var offsets = ImmutableArray.CreateBuilder<long>();
        int last = starts.FindLastIndex(start => start.Instant < to && start.Instant + start.Value >= to);
        foreach (var start in starts)
        {
            bool inside = start.Instant >= from && start.Instant < to;
            bool across = start.Instant < from && start.Instant + start.Value >= from;
            if (inside && !(from == 0 && offsets.Count == 0)) continue;
            long end = (across || inside) && last >= 0 ? starts[last].Instant + starts[last].Value - (to - from) : start.Instant + start.Value;
            offsets.Add(Math.Max(0, end - start.Instant - start.Low));
        }
        return offsets.ToImmutable();
    }
}
