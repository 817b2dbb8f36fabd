using Irekae.Model.Numbers;

namespace Irekae.Checker.Timelines;

/// <summary>What is on a timeline, in words.</summary>
internal static class Wording
{
    /// <summary>In one word, as files for other programs name it.</summary>
    public static string Word(this State state) => state switch
    {
        State.Idle => "idle",
        State.Running => "running",
        State.Ready => "ready",
        State.Switching => "switching",
        State.InCall => "in_call",
        State.InDevice => "in_device",
        State.InLock => "in_lock",
        State.InAwait => "in_await",
        State.InReceive => "in_receive",
        State.Timed => "timed",
        State.Working => "working",
    };

    /// <summary>As a legend says it.</summary>
    public static string Title(this State state) => state switch
    {
        State.Idle => "idle",
        State.Running => "running",
        State.Ready => "ready",
        State.Switching => "core is switching",
        State.InCall => "waits for an answer",
        State.InDevice => "waits for a device",
        State.InLock => "waits for a mutex",
        State.InAwait => "waits for a condition",
        State.InReceive => "waits for a message",
        State.Timed => "waits for time to pass",
        State.Working => "device works",
    };

    /// <summary>What a segment shows, with whom or what it waits for.</summary>
    public static string Says(this Timeline timeline, Lane lane, Segment segment)
    {
        if (lane.Core >= 0) return segment.State == State.Switching ? $"switches to {timeline.Name(segment.Other)}" : timeline.Name(segment.Other);
        string whom = segment.Other >= 0 ? timeline.Name(segment.Other) : "nobody";
        return segment.State switch
        {
            State.InCall or State.InDevice => $"waits for {whom}: {segment.What}",
            State.InLock => $"waits for mutex {segment.What}" + (segment.Other >= 0 ? $" of {whom}" : ""),
            State.InAwait => $"waits: {OneLine(segment.What!)}",
            _ => segment.State.Title(),
        };
    }

    public static string Says(this Timeline timeline, Cut cut) => $"the same {cut.Count} times, {timeline.Time(cut.Length)} each, until {timeline.Time(cut.To)}";

    public static string Word(this ArrowKind kind) => kind switch
    {
        ArrowKind.Call => "call",
        ArrowKind.Send => "send",
        ArrowKind.Notify => "notify",
        ArrowKind.Reply => "reply",
    };

    public static string Word(this MomentKind kind) => kind switch
    {
        MomentKind.Mark => "mark",
        MomentKind.SliceEnd => "slice_end",
        MomentKind.Preempted => "preempted",
        MomentKind.Arrival => "arrival",
        MomentKind.Life => "life",
        MomentKind.Lost => "lost",
        MomentKind.Fault => "fault",
        MomentKind.Error => "error",
    };

    /// <summary>An instant or a duration, exactly.</summary>
    public static string Time(this Timeline timeline, long fineTicks) => TimeText.Of(timeline.Run.Nanoseconds(fineTicks));

    public static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    public static string? Place(Model.Text.SourceSpan? written) => written is { } place ? $"{place}: {Statement(place)}" : null;

    /// <summary>The first line of the statement, cut.</summary>
    public static string Statement(Model.Text.SourceSpan place)
    {
        string line = OneLine(place.Text.Split('\n')[0]);
        return line.Length > 60 ? line[..57] + "…" : line;
    }
}
