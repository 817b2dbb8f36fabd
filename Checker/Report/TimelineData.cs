using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Irekae.Checker.Timelines;

namespace Irekae.Checker.Report;

/// <summary>
/// A timeline as the page's script reads it: rows of flat lists of numbers, with words in a table. Instants are fine ticks; a tick is
/// <c>num / den</c> nanoseconds, as text, so that the script prints times exactly.
/// </summary>
internal static class TimelineData
{
    /// <param name="cuts">What is left out where what repeats is folded.</param>
    public static void Write(Utf8JsonWriter json, Timeline timeline, ImmutableArray<Cut> cuts)
    {
        var words = new List<string>();
        var places = new Dictionary<string, int>();
        int Word(string? text)
        {
            if (text is null) return -1;
            if (places.TryGetValue(text, out int place)) return place;
            places[text] = words.Count;
            words.Add(text);
            return words.Count - 1;
        }

        var tick = timeline.Run.Nanoseconds(1);
        json.WriteStartObject();
        json.WriteString("num", tick.Numerator.ToString(CultureInfo.InvariantCulture));
        json.WriteString("den", tick.Denominator.ToString(CultureInfo.InvariantCulture));
        Numbers("range", [timeline.From, timeline.To]);
        if (timeline.Focus is { } focus) Numbers("focus", [focus.From, focus.To]);
        json.WriteStartArray("states");
        foreach (var state in Enum.GetValues<State>())
        {
            var (offset, height) = SvgWriting.Bar(state);
            json.WriteStartArray();
            json.WriteStringValue(state.Word());
            json.WriteNumberValue(offset);
            json.WriteNumberValue(height);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteStartArray("lanes");
        foreach (var lane in timeline.Lanes)
        {
            json.WriteStartObject();
            json.WriteString("name", lane.Name);
            json.WriteBoolean("core", lane.Core >= 0);
            // From, to, state, words, priority, place.
            Numbers("bars", lane.Segments.SelectMany(s => (long[])[s.From, s.To, (int)s.State, Word(timeline.Says(lane, s)), s.Priority, Word(Wording.Place(s.Place))]));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        int cores = timeline.System.Machine.Cores;
        // Sent, taken, lanes, words, kind, place.
        Numbers("arrows", timeline.Arrows.Where(a => a.From != a.To).SelectMany(a => (long[])[a.Sent, a.Taken, cores + a.From, cores + a.To, Word($"{a.Kind.Word()} {a.What}"), (int)a.Kind, Word(Wording.Place(a.Place))]));
        // From, to, lane, row below it, words, whether it ended, place.
        Numbers("brackets", timeline.System.Actors.SelectMany(actor => timeline.RowsOf(actor.Index).SelectMany((row, depth) =>
            row.SelectMany(b => (long[])[b.From, b.To, cores + b.Actor, depth, Word(b.Name), b.Ended ? 1 : 0, Word(Wording.Place(b.Place))]))));
        // Instant, lane, words, whether it is bad, place.
        Numbers("moments", timeline.Moments.SelectMany(m => (long[])[m.Instant, m.Actor < 0 ? -1 : cores + m.Actor, Word(m.Text), m.Kind is MomentKind.Fault or MomentKind.Error ? 1 : 0, Word(Wording.Place(m.Place))]));
        // From, to, how often it is there, words.
        Numbers("cuts", cuts.SelectMany(cut => (long[])[cut.From, cut.To, cut.Count, Word(timeline.Says(cut))]));
        json.WriteStartArray("words");
        foreach (string word in words) json.WriteStringValue(word);
        json.WriteEndArray();
        json.WriteEndObject();

        void Numbers(string name, IEnumerable<long> numbers)
        {
            json.WriteStartArray(name);
            foreach (long number in numbers) json.WriteNumberValue(number);
            json.WriteEndArray();
        }
    }
}
