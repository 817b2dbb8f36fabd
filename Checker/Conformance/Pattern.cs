using System.Collections.Immutable;
using Irekae.Model.Binding;
using Irekae.Model.Diagnostics;
using Irekae.Model.Semantics;

namespace Irekae.Checker.Conformance;

/// <summary>Events of a specification that a trace may show, as <c>mark ap.send</c> or <c>take ds.store</c> names them.</summary>
/// <param name="Actor">Whoever does it; −1: anybody.</param>
/// <param name="B">As in <see cref="Event"/>; −1: any.</param>
internal readonly record struct Pattern(EventKind Kind, int Actor, int B, int C)
{
    public bool Matches(Event e) => Kind == e.Kind && (Actor < 0 || Actor == e.A) && (B < 0 || B == e.B) && (C < 0 || C == e.C);
}

/// <summary>How events are written.</summary>
internal static class Patterns
{
    private enum Of { Actor, Mark, Measure, Message, Mutex }

    private static readonly (string Word, EventKind Kind, Of Of, string Meaning)[] Words =
    [
        ("mark", EventKind.Marks, Of.Mark, "passes a mark"),
        ("begin", EventKind.MeasureBegins, Of.Measure, "a measure begins"),
        ("end", EventKind.MeasureEnds, Of.Measure, "a measure ends"),
        ("call", EventKind.Calls, Of.Message, "calls a message"),
        ("send", EventKind.Sends, Of.Message, "sends it"),
        ("notify", EventKind.Notifies, Of.Message, "notifies it"),
        ("take", EventKind.Takes, Of.Message, "takes it from the inbox"),
        ("refused", EventKind.Refused, Of.Message, "its call or message is refused"),
        ("lock", EventKind.Locked, Of.Mutex, "gets a mutex"),
        ("unlock", EventKind.Unlocked, Of.Mutex, "frees it"),
        ("reply", EventKind.Replies, Of.Actor, "answers"),
        ("ready", EventKind.Ready, Of.Actor, "is able to run: is woken"),
        ("arrive", EventKind.Arrives, Of.Actor, "a job arrives"),
        ("release", EventKind.Released, Of.Actor, "a job is released"),
        ("done", EventKind.JobEnds, Of.Actor, "a job ends"),
        ("exit", EventKind.Ends, Of.Actor, "ends"),
        ("spawn", EventKind.Spawned, Of.Actor, "is spawned"),
        ("start", EventKind.StartedUp, Of.Actor, "is started"),
        ("kill", EventKind.Killed, Of.Actor, "is killed"),
        ("crash", EventKind.Crashed, Of.Actor, "crashes"),
    ];

    public static IEnumerable<(string Word, string Meaning)> All => Words.Select(w => (w.Word, w.Meaning));

    /// <summary>
    /// A word alone means all of its kind. Where one name stands for several (a mark of a server with instances), whoever does it is left open.
    /// </summary>
    /// <returns>The pattern, or what is wrong with the text.</returns>
    public static (Pattern? Pattern, string? Wrong) Parse(string text, BoundSystem system)
    {
        string[] parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length is 0 or > 2) return (null, $"'{text}' is no event: write a word and a name, such as 'mark ap.send'");
        if (Array.Find(Words, w => w.Word == parts[0]) is not { Word: not null } word)
            return (null, $"'{parts[0]}' is no kind of event; there are: {string.Join(", ", Words.Select(w => w.Word))}");
        if (parts.Length == 1) return (new Pattern(word.Kind, -1, -1, -1), null);
        string name = parts[1];
        switch (word.Of)
        {
            case Of.Actor:
                return Find(system.Actors, a => a.Name, "process, server or device") is var (actor, wrong) && wrong is null ? (new Pattern(word.Kind, actor, -1, -1), null) : (null, wrong);
            case Of.Mark:
                return Find(system.Marks, m => m.Name, "mark") is var (mark, noMark) && noMark is null ? (new Pattern(word.Kind, -1, mark, -1), null) : (null, noMark);
            case Of.Measure:
                return Find(system.Measures, m => m.Name, "measure") is var (measure, noMeasure) && noMeasure is null ? (new Pattern(word.Kind, -1, measure, -1), null) : (null, noMeasure);
            case Of.Mutex:
                return Find(system.Mutexes, m => m.Name, "mutex") is var (mutex, noMutex) && noMutex is null ? (new Pattern(word.Kind, -1, mutex, -1), null) : (null, noMutex);
            default:
                int dot = name.LastIndexOf('.');
                if (dot < 0) return (null, $"'{name}' is no message: write endpoint and message, such as 'ds.store'");
                string endpointName = name[..dot], messageName = name[(dot + 1)..];
                (name, string all) = (endpointName, name);
                if (Find(system.Endpoints, e => e.Name, "endpoint") is var (endpoint, noEndpoint) && noEndpoint is not null) return (null, noEndpoint);
                name = messageName;
                return Find(system.Messages, m => m.Name, "message") is var (message, noMessage) && noMessage is null ? (new Pattern(word.Kind, -1, endpoint, message), null) : (null, noMessage);
        }

        (int Index, string? Wrong) Find<T>(ImmutableArray<T> among, Func<T, string> nameOf, string what)
        {
            for (int i = 0; i < among.Length; i++)
                if (nameOf(among[i]) == name) return (i, null);
            return (-1, NoSuch(what, name, among.Select(nameOf)));
        }
    }

    public static string NoSuch(string what, string name, IEnumerable<string> known)
    {
        var all = known.ToList();
        string meant = Suggestion.Closest(name, all) is { } close ? $"; did you mean '{close}'?" : all.Count == 0 ? "; there are none" : $"; there are: {string.Join(", ", all)}";
        return $"no {what} is called '{name}'{meant}";
    }

    /// <summary>What <see cref="Parse"/> reads, of an event that some pattern can name; null: none can.</summary>
    public static string? Text(Event e, BoundSystem system)
    {
        if (Array.Find(Words, w => w.Kind == e.Kind) is not { Word: not null } word) return null;
        string name = word.Of switch
        {
            Of.Actor => system.Actors[e.A].Name,
            Of.Mark => system.Marks[e.B].Name,
            Of.Measure => system.Measures[e.B].Name,
            Of.Mutex => system.Mutexes[e.B].Name,
            _ => $"{system.Endpoints[e.B].Name}.{system.Messages[e.C].Name}",
        };
        return $"{word.Word} {name}";
    }

    /// <summary>The same of a pattern.</summary>
    public static string Text(Pattern p, BoundSystem system)
    {
        var word = Words.First(w => w.Kind == p.Kind);
        bool open = word.Of == Of.Actor ? p.Actor < 0 : p.B < 0;
        string what = open ? word.Word : Text(new Event(p.Kind, Math.Max(p.Actor, 0), p.B, p.C), system)!;
        return p.Actor >= 0 && word.Of != Of.Actor ? $"{what} by {system.Actors[p.Actor].Name}" : open && p.Actor >= 0 ? $"{what} {system.Actors[p.Actor].Name}" : what;
    }
}
