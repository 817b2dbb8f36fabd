using System.Collections;
using System.Collections.Immutable;
using Irekae.Model.Semantics;

namespace Irekae.Properties.Running;

/// <summary>How long the occurrences of one quantity took in one run. The list holds those that ended, in the order of their ends.</summary>
public sealed class Lengths : IReadOnlyList<Time>
{
    private readonly ImmutableArray<Time> ended;
    private readonly Time longest;

    internal Lengths(Run run, IEnumerable<Occurrence> occurrences)
    {
        var all = occurrences.ToList();
        ended = [.. all.Where(one => one.Completed).Select(one => new Time(run.Nanoseconds(one.Value)))];
        longest = all.Count == 0 ? Time.Zero : new Time(run.Nanoseconds(all.Max(one => one.Value)));
        Unfinished = all.Count - ended.Length;
    }

    public int Count => ended.Length;

    /// <summary>Occurrences that had not ended when the run did, or whose owner was killed.</summary>
    public int Unfinished { get; }

    public Time this[int index] => ended[index];

    /// <summary>The longest, one that has not ended counting as far as it got; zero when there is none.</summary>
    public Time Max() => longest;

    /// <summary>The shortest of those that ended; endless when none did.</summary>
    public Time Min() => ended.IsEmpty ? Time.Endless : ended.Min();

    public IEnumerator<Time> GetEnumerator() => ((IEnumerable<Time>)ended).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
