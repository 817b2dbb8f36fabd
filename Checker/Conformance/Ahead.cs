namespace Irekae.Checker.Conformance;

/// <summary>A stream of what a trace shows, of which a stretch around the present is kept.</summary>
internal sealed class Ahead(IEnumerator<Observed> source, long first = 0)
{
    private readonly List<Observed> kept = [];
    private long from = first;
    private bool ended;

    /// <summary>Null: the trace has ended before.</summary>
    public Observed? At(long place)
    {
        while (!ended && place >= from + kept.Count)
        {
            if (source.MoveNext()) kept.Add(source.Current);
            else ended = true;
        }

        long index = place - from;
        return index < kept.Count ? kept[(int)index] : null;
    }

    /// <summary>What lies before is not asked for again.</summary>
    public void Forget(long before)
    {
        int gone = (int)Math.Min(before - from, kept.Count);
        if (gone < 4096 && gone * 2 < kept.Count) return;
        kept.RemoveRange(0, gone);
        from += gone;
    }

    /// <summary>From one place to another, both included.</summary>
    public IEnumerable<Observed> Between(long first, long last)
    {
        for (long place = first; place <= last && At(place) is { } one; place++) yield return one;
    }
}
