using System.Text.Json;
using System.Xml.Linq;
using Google.Protobuf;
using Irekae.Checker.Timelines;

namespace Irekae.Tests.Checker.Timelines;

/// <summary>A bar as some file has it, in fine ticks, or in whole nanoseconds where that is what the format has.</summary>
internal readonly record struct Bar(string Row, string State, long From, long To);

/// <summary>Readers of what is written: each knows its format and nothing of the writer.</summary>
internal static class TimelineReading
{
    public static List<Bar> Svg(string text) =>
    [
        .. XDocument.Parse(text).Descendants().Where(element => element.Attribute("data-state") is not null)
            .Select(element => new Bar(element.Attribute("data-row")!.Value, element.Attribute("data-state")!.Value, (long)element.Attribute("data-from")!, (long)element.Attribute("data-to")!)),
    ];

    /// <summary>Slices by track name, as a viewer pairs them: an end belongs to the latest begin of its track.</summary>
    public static List<Bar> Perfetto(byte[] bytes)
    {
        var (names, open, bars) = (new Dictionary<ulong, string>(), new Dictionary<ulong, Stack<(string State, long From)>>(), new List<Bar>());
        foreach (var packet in Fields(bytes).Where(field => field.Number == 1))
        {
            var parts = Fields(packet.Bytes!);
            if (parts.Find(part => part.Number == 60).Bytes is { } descriptor)
            {
                var fields = Fields(descriptor);
                names.Add(fields.Single(field => field.Number == 1).Value, Text(fields.Single(field => field.Number == 2)));
                Assert.All(fields.Where(field => field.Number == 5), parent => Assert.Contains(parent.Value, names));
                continue;
            }

            var trackEvent = Fields(parts.Single(part => part.Number == 11).Bytes!);
            long instant = (long)parts.Single(part => part.Number == 8).Value;
            ulong track = trackEvent.Single(field => field.Number == 11).Value;
            Assert.Contains(track, names);
            if (!open.TryGetValue(track, out var stack)) open[track] = stack = new();
            switch (trackEvent.Single(field => field.Number == 9).Value)
            {
                case 1:
                    stack.Push((Text(trackEvent.Single(field => field.Number == 22)), instant));
                    break;
                case 2:
                    var (state, from) = stack.Pop();
                    bars.Add(new Bar(names[track], state, from, instant));
                    break;
            }
        }

        Assert.All(open.Values, Assert.Empty);
        return bars;
    }

    /// <summary>The values of each counter, in the order of the file.</summary>
    public static ILookup<string, (long Instant, int Value)> PerfettoCounters(byte[] bytes)
    {
        var packets = Fields(bytes).Select(packet => Fields(packet.Bytes!)).ToList();
        var names = packets.Select(parts => parts.Find(part => part.Number == 60).Bytes).OfType<byte[]>().Select(Fields).Where(fields => fields.Exists(field => field.Number == 8))
            .ToDictionary(fields => fields.Single(field => field.Number == 1).Value, fields => Text(fields.Single(field => field.Number == 2)));
        return packets.Where(parts => parts.Exists(part => part.Number == 11)).Select(parts => (Instant: (long)parts.Single(part => part.Number == 8).Value, Event: Fields(parts.Single(part => part.Number == 11).Bytes!)))
            .Where(one => one.Event.Single(field => field.Number == 9).Value == 4)
            .ToLookup(one => names[one.Event.Single(field => field.Number == 11).Value], one => (one.Instant, (int)one.Event.Single(field => field.Number == 30).Value));
    }

    /// <summary>The places in the specification of what happens at an instant.</summary>
    public static HashSet<string> PerfettoPlaces(byte[] bytes) =>
    [
        .. Fields(bytes).SelectMany(packet => Fields(packet.Bytes!)).Where(part => part.Number == 11).Select(part => Fields(part.Bytes!)).Where(fields => fields.Exists(field => (field.Number, field.Value) == (9, 3UL)))
            .SelectMany(fields => fields.Where(field => field.Number == 4).Select(field => Fields(field.Bytes!))).Where(annotation => Text(annotation.Single(field => field.Number == 10)) == "place")
            .Select(annotation => Text(annotation.Single(field => field.Number == 6))),
    ];

    /// <summary>Flow ids that begin, and those that end.</summary>
    public static (List<ulong> Begin, List<ulong> End) Flows(byte[] bytes)
    {
        var events = Fields(bytes).SelectMany(packet => Fields(packet.Bytes!)).Where(part => part.Number == 11).SelectMany(part => Fields(part.Bytes!)).ToList();
        return ([.. events.Where(field => field.Number == 47).Select(field => field.Value)], [.. events.Where(field => field.Number == 48).Select(field => field.Value)]);
    }

    public static List<Bar> Chrome(string text)
    {
        using var document = JsonDocument.Parse(text);
        var events = document.RootElement.GetProperty("traceEvents").EnumerateArray().ToList();
        var names = events.Where(e => e.GetProperty("name").GetString() == "thread_name").ToDictionary(Thread, e => e.GetProperty("args").GetProperty("name").GetString()!);
        return
        [
            .. events.Where(e => e.GetProperty("ph").GetString() == "X").Select(e =>
            {
                decimal from = e.GetProperty("ts").GetDecimal() * 1000, lasts = e.GetProperty("dur").GetDecimal() * 1000;
                return new Bar(names[Thread(e)], e.GetProperty("cat").GetString()!, (long)from, (long)(from + lasts));
            }),
        ];

        static (int, int) Thread(JsonElement e) => (e.GetProperty("pid").GetInt32(), e.GetProperty("tid").GetInt32());
    }

    /// <summary>Stretches during which each signal of words has one value, by its scope; the unit is that of the file.</summary>
    public static (string Unit, List<Bar> Bars) Vcd(string text, string signal)
    {
        var (scopes, rows, values, bars) = (new Stack<string>(), new Dictionary<string, string>(), new Dictionary<string, (string Value, long Since)>(), new List<Bar>());
        string unit = "";
        long now = 0;
        foreach (string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] words = line.Split(' ');
            switch (words[0])
            {
                case "$timescale":
                    unit = string.Join(' ', words[1..^1]);
                    break;
                case "$scope":
                    scopes.Push(words[2]);
                    break;
                case "$upscope":
                    scopes.Pop();
                    break;
                case "$var":
                    if (words[4] == signal) rows.Add(words[3], scopes.Peek());
                    break;
                case ['#', .. var instant]:
                    Assert.True(long.Parse(instant) >= now);
                    now = long.Parse(instant);
                    break;
                case ['s', .. var value] when rows.ContainsKey(words[1]):
                    Close(words[1]);
                    values[words[1]] = (value, now);
                    break;
            }
        }

        Assert.Empty(scopes);
        foreach (string id in values.Keys) Close(id);
        return (unit, bars);

        void Close(string id)
        {
            if (values.TryGetValue(id, out var last) && now > last.Since) bars.Add(new Bar(rows[id], last.Value, last.Since, now));
        }
    }

    /// <summary>What each actor's state was from one state of the trace to the next, at another instant.</summary>
    public static List<Bar> Itf(string text)
    {
        using var document = JsonDocument.Parse(text);
        var states = document.RootElement.GetProperty("states").EnumerateArray()
            .Select(state => (Instant: long.Parse(state.GetProperty("time").GetProperty("#bigint").GetString()!), Map: state.GetProperty("state").GetProperty("#map").EnumerateArray().Select(pair => (pair[0].GetString()!, pair[1].GetString()!)).ToList())).ToList();
        var bars = new List<Bar>();
        for (int i = 0; i + 1 < states.Count; i++)
        {
            if (states[i + 1].Instant == states[i].Instant) continue;
            bars.AddRange(states[i].Map.Select(pair => new Bar(pair.Item1, pair.Item2, states[i].Instant, states[i + 1].Instant)));
        }

        return bars;
    }

    /// <summary>In order, and what touches and is the same put together; without what is not there.</summary>
    public static List<Bar> Joined(IEnumerable<Bar> bars)
    {
        var joined = new List<Bar>();
        foreach (var bar in bars.Where(bar => bar.To > bar.From && bar.State is not ("-" or "absent")).OrderBy(bar => bar.Row, StringComparer.Ordinal).ThenBy(bar => bar.From))
        {
            if (joined.Count > 0 && joined[^1] is var last && last.Row == bar.Row && last.State == bar.State && last.To == bar.From) joined[^1] = last with { To = bar.To };
            else joined.Add(bar);
        }

        return joined;
    }

    private static string Text((int Number, ulong Value, byte[]? Bytes) field) => System.Text.Encoding.UTF8.GetString(field.Bytes!);

    private static List<(int Number, ulong Value, byte[]? Bytes)> Fields(byte[] message)
    {
        var fields = new List<(int, ulong, byte[]?)>();
        var input = new CodedInputStream(message);
        while (input.ReadTag() is > 0 and var tag)
        {
            fields.Add(WireFormat.GetTagWireType(tag) switch
            {
                WireFormat.WireType.Varint => (WireFormat.GetTagFieldNumber(tag), input.ReadUInt64(), null),
                WireFormat.WireType.Fixed64 => (WireFormat.GetTagFieldNumber(tag), input.ReadFixed64(), null),
                WireFormat.WireType.LengthDelimited => (WireFormat.GetTagFieldNumber(tag), 0UL, input.ReadBytes().ToByteArray()),
                var other => throw new InvalidDataException(other.ToString()),
            });
        }

        return fields;
    }
}
