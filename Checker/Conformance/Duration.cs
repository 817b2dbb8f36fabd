using System.Collections.Immutable;
using System.Diagnostics;
using Irekae.Model.Semantics;

namespace Irekae.Checker.Conformance;

/// <summary>A duration of a specification by the name that its reader knows, with all intervals that are one: those of one name, or of one statement.</summary>
internal sealed record Duration(string Name, ImmutableArray<TickInterval> Intervals)
{
    public static List<Duration> Of(TransitionSystem system) =>
        [.. system.Timings().Where(timing => timing.Interval.High is not { IsConstant: true } || !IsNothing(timing.Interval))
            .GroupBy(timing => Named(system, timing))
            .Select(group => new Duration(group.Key, [.. group.Select(timing => timing.Interval).Distinct(ReferenceEqualityComparer.Instance).Cast<TickInterval>()]))];

    /// <summary>The ways in which it could be another.</summary>
    public IEnumerable<Way> Changes()
    {
        if (Intervals.Any(interval => interval.High is not null)) yield return Way.Longer;
        if (Intervals.Any(interval => interval.Low is not { IsConstant: true, Constant: 0 })) yield return Way.Shorter;
    }

    private static bool IsNothing(TickInterval interval) => interval is { Low: { IsConstant: true, Constant: 0 }, High: { IsConstant: true, Constant: 0 } };

    private static string Named(TransitionSystem system, Timing timing)
    {
        string who = timing.Subject >= 0 ? system.System.Actors[timing.Subject].Name : "";
        if (timing.Span is { } span)
        {
            string text = span.Text.Trim().TrimEnd(';').Trim();
            string what = text[(text.IndexOf(' ') + 1)..].Trim();
            return what.All(c => char.IsLetterOrDigit(c) || c == '_') && !char.IsDigit(what[0]) ? what : $"{text} of {who}, line {span.Source.Position(span.Start).Line}";
        }

        return timing.Kind switch
        {
            TimerKind.Slice => $"quantum of {who}",
            TimerKind.Jitter => $"jitter of {who}",
            TimerKind.Arrival when system.IsOffset(timing) => $"offset of {who}",
            TimerKind.Arrival => $"separation of {who}",
            TimerKind.Switch => "switch",
            _ => throw new UnreachableException(),
        };
    }
}
