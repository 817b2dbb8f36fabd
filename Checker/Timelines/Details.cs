using Irekae.Model.Text;

namespace Irekae.Checker.Timelines;

/// <summary>What a viewer shows besides a name: exact times, priority, place.</summary>
internal static class Details
{
    public static IEnumerable<(string Name, string Value)> Of(Timeline timeline, Segment segment)
    {
        foreach (var time in Times(timeline, segment.From, segment.To, segment.To - segment.From)) yield return time;
        if (segment.Priority >= 0) yield return ("priority", $"{segment.Priority}");
        foreach (var place in Place(segment.Place)) yield return place;
    }

    public static IEnumerable<(string Name, string Value)> Of(Timeline timeline, Bracket bracket) => Times(timeline, bracket.From, bracket.To, bracket.Lasts).Concat(Place(bracket.Place));

    public static IEnumerable<(string Name, string Value)> Place(SourceSpan? written) => written is { } place ? [("place", place.ToString()), ("statement", Wording.Statement(place))] : [];

    private static IEnumerable<(string Name, string Value)> Times(Timeline timeline, long from, long to, long lasts) =>
        [("from", timeline.Time(from)), ("to", timeline.Time(to)), ("lasts", timeline.Time(lasts))];
}
