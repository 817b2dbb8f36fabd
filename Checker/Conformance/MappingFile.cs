using System.Collections.Immutable;
using System.Text.Json;
using Irekae.Checker.Conformance.Traces;
using Irekae.Model.Binding;
using Irekae.Model.Diagnostics;

namespace Irekae.Checker.Conformance;

/// <summary>Reads a mapping (docs/conform.md). All of its mistakes are told in one go, each with its place.</summary>
internal sealed class MappingFile
{
    private static readonly string[] Keys = ["resolution", "origin", "begins", "cores", "threads", "events", "partly"];

    private readonly string path;
    private readonly BoundSystem system;
    private readonly List<string> mistakes = [];

    private MappingFile(string path, BoundSystem system)
    {
        this.path = path;
        this.system = system;
    }

    public static (Mapping? Mapping, IReadOnlyList<string> Mistakes) Read(string path, BoundSystem system)
    {
        var file = new MappingFile(path, system);
        try
        {
            var root = PlacedJson.Parse(File.ReadAllText(path));
            var mapping = file.Of(root);
            return (file.mistakes.Count == 0 ? mapping : null, file.mistakes);
        }
        catch (JsonException e)
        {
            return (null, [$"{path}:{(e.LineNumber ?? 0) + 1}:{(e.BytePositionInLine ?? 0) + 1}: this is not JSON: {e.Message.Split(" LineNumber:")[0]}"]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return (null, [$"{path}: {(e is FileNotFoundException or DirectoryNotFoundException ? "there is no such file" : e.Message)}"]);
        }
    }

    private Mapping Of(PlacedJson root)
    {
        var mapping = Mapping.Empty;
        if (root.Kind != JsonTokenType.StartObject)
        {
            Wrong(root, "a mapping is an object: { \"threads\": { … }, \"events\": { … } }");
            return mapping;
        }

        var seen = new HashSet<string>();
        PlacedJson? partly = null;
        foreach (var (name, place, value) in root.Properties)
        {
            if (!seen.Add(name)) Wrong(place, $"'{name}' is there twice");
            switch (name)
            {
                case "resolution":
                    mapping = mapping with { Resolution = Resolution(value) };
                    break;
                case "origin":
                    mapping = mapping with { Origin = Time(value, "\"12.5 ms\"") };
                    break;
                case "begins":
                    if (value.Kind != JsonTokenType.String || value.Text is not ("start" or "anywhere")) Wrong(value, "a trace begins at the \"start\" of a run, or \"anywhere\" in one");
                    mapping = mapping with { Begins = value.Text == "anywhere" ? Beginning.Anywhere : Beginning.Start };
                    break;
                case "cores":
                    mapping = mapping with { Cores = [.. Object(value).Select(Core).OfType<KeyValuePair<int, int>>()] };
                    break;
                case "threads":
                    mapping = mapping with { Threads = [.. Object(value).Select(Thread)] };
                    break;
                case "events":
                    mapping = mapping with { Events = [.. Object(value).Select(one => KeyValuePair.Create(one.Name, Event(one.Value)))] };
                    break;
                case "partly":
                    partly = value;
                    break;
                default:
                    Wrong(place, $"a mapping has no '{name}'{(Suggestion.Closest(name, Keys) is { } meant ? $"; did you mean '{meant}'?" : $"; it may have: {string.Join(", ", Keys)}")}");
                    break;
            }
        }

        if (partly is not null) mapping = mapping with { Partly = Partly(partly, mapping) };
        if (mapping.Begins == Beginning.Anywhere && mapping.Origin is not null) Wrong(root, "a trace that begins anywhere has no origin: leave one of the two out");
        if (mapping.HasNoNames && (seen.Contains("threads") || seen.Contains("events"))) Wrong(root, "it names neither threads nor events, so that nothing of the trace means anything");
        return mapping;
    }

    private (long, long)? Resolution(PlacedJson value)
    {
        if (value.Kind != JsonTokenType.StartObject) return Time(value, "\"1 us\"") is { } both ? (both, both) : null;
        long before = 0, after = 0;
        foreach (var (name, place, part) in value.Properties)
        {
            if (name == "before") before = Time(part, "\"1 us\"") ?? 0;
            else if (name == "after") after = Time(part, "\"1 us\"") ?? 0;
            else Wrong(place, "a resolution has 'before' and 'after', or is one time for both");
        }

        return (before, after);
    }

    private KeyValuePair<int, int>? Core((string Name, PlacedJson Place, PlacedJson Value) one)
    {
        if (!int.TryParse(one.Name, out int cpu)) Wrong(one.Place, $"'{one.Name}' is no number of a processor");
        int core = -1;
        if (one.Value.Kind != JsonTokenType.Null && (one.Value.Kind != JsonTokenType.Number || !int.TryParse(one.Value.Text, out core) || core < 0 || core >= system.Machine.Cores))
            Wrong(one.Value, $"'{one.Value.Text}' is no core: the machine has 0{(system.Machine.Cores > 1 ? $" to {system.Machine.Cores - 1}" : "")}; null is a processor that is not looked at");
        return KeyValuePair.Create(cpu, core);
    }

    private (string, int) Thread((string Name, PlacedJson Place, PlacedJson Value) one)
    {
        if (one.Value.Kind == JsonTokenType.Null) return (one.Name, -1);
        var actors = system.Actors.Where(a => a.Kind != ActorKind.Device).ToList();
        var actor = actors.Find(a => a.Name == one.Value.Text);
        if (one.Value.Kind != JsonTokenType.String || actor is null)
            Wrong(one.Value, Patterns.NoSuch("process or server", one.Value.Text, actors.Select(a => a.Name)) + " (null is a thread that the specification does not have)");
        return (one.Name, actor?.Index ?? -1);
    }

    private Pattern? Event(PlacedJson value)
    {
        if (value.Kind == JsonTokenType.Null) return null;
        var (pattern, wrong) = value.Kind == JsonTokenType.String ? Patterns.Parse(value.Text, system) : (null, "an event is written as text, such as \"mark ap.send\"; null is one that is not looked at");
        if (wrong is not null) Wrong(value, wrong);
        return pattern;
    }

    private ImmutableHashSet<Pattern> Partly(PlacedJson value, Mapping mapping)
    {
        if (value.Kind != JsonTokenType.StartArray)
        {
            Wrong(value, "an array of events is expected, such as [\"mark ap.send\"]");
            return [];
        }

        foreach (var item in value.Items)
            if (Event(item) is { } pattern && !mapping.Events.Values.Contains(pattern)) Wrong(item, $"no event of the trace is '{item.Text}', so that none can be seen partly");
        return [.. value.Items.Select(item => Patterns.Parse(item.Text, system).Pattern).OfType<Pattern>()];
    }

    private ImmutableArray<(string Name, PlacedJson NamePlace, PlacedJson Value)> Object(PlacedJson value)
    {
        if (value.Kind != JsonTokenType.StartObject)
        {
            Wrong(value, "an object is expected: names of the trace, and what they mean");
            return [];
        }

        foreach (var twice in value.Properties.GroupBy(one => one.Name).Where(same => same.Count() > 1)) Wrong(twice.Last().NamePlace, $"'{twice.Key}' is there twice");
        return [.. value.Properties.DistinctBy(one => one.Name)];
    }

    private long? Time(PlacedJson value, string example)
    {
        string text = value.Text.Trim();
        int unit = text.TrimEnd('n', 'u', 'm', 's').Length;
        int decimals = text[unit..] switch { "s" => 9, "ms" => 6, "us" => 3, "ns" => 0, _ => -1 };
        if (text == "0" && value.Kind == JsonTokenType.String) return 0;
        if (value.Kind == JsonTokenType.String && decimals >= 0 && Stamps.TryRead(text[..unit].Trim(), decimals, out long nanoseconds)) return nanoseconds;
        Wrong(value, $"'{text}' is no time: write a number with ns, us, ms or s, such as {example}");
        return null;
    }

    private void Wrong(PlacedJson place, string message) => mistakes.Add($"{path}:{place.Line}:{place.Column}: {message}");
}
