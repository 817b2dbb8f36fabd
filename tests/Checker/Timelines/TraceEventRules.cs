using System.Text.Json;

namespace Irekae.Tests.Checker.Timelines;

/// <summary>
/// The rules of Google's document "Trace Event Format" for what is written here: complete events, instants, flows and metadata in the JSON object format. They know
/// nothing of the writer.
/// </summary>
internal static class TraceEventRules
{
    private sealed record Slice(decimal From, decimal To);

    /// <summary>What is against the rules, a sentence each; empty: nothing.</summary>
    public static List<string> Broken(string text)
    {
        var broken = new List<string>();
        using var document = JsonDocument.Parse(text);
        var root = document.RootElement;
        if (root.TryGetProperty("displayTimeUnit", out var unit) && unit.GetString() is not ("ms" or "ns")) broken.Add("displayTimeUnit is ms or ns");
        var events = root.GetProperty("traceEvents").EnumerateArray().ToList();
        foreach (var e in events) Members(e, broken);
        if (broken.Count > 0) return broken;
        var slices = events.Where(e => Phase(e) == "X").GroupBy(Thread)
            .ToDictionary(group => group.Key, group => group.Select(e => new Slice(e.GetProperty("ts").GetDecimal(), e.GetProperty("ts").GetDecimal() + e.GetProperty("dur").GetDecimal())).ToList());
        foreach (var (thread, all) in slices) Nesting(thread, all, broken);
        Flows(events, slices, broken);
        Names(events, broken);
        return broken;
    }

    /// <summary>Which members each kind of event needs, and of which type.</summary>
    private static void Members(JsonElement e, List<string> broken)
    {
        bool Is(string name, JsonValueKind kind) => e.TryGetProperty(name, out var value) && value.ValueKind == kind;
        void Need(bool kept, string rule)
        {
            if (!kept) broken.Add($"{rule}: {e}");
        }

        Need(Is("ph", JsonValueKind.String) && Phase(e) is "X" or "i" or "s" or "f" or "M", "ph is the phase of an event");
        Need(Is("name", JsonValueKind.String), "an event has a name");
        Need(Is("pid", JsonValueKind.Number) && Is("tid", JsonValueKind.Number) && e.GetProperty("pid").TryGetInt64(out _) && e.GetProperty("tid").TryGetInt64(out _), "pid and tid are whole numbers");
        Need(!e.TryGetProperty("args", out var args) || args.ValueKind == JsonValueKind.Object, "args is an object");
        Need(!e.TryGetProperty("cat", out var categories) || categories.ValueKind == JsonValueKind.String, "cat is a list of words in one string");
        Need(Phase(e) == "M" || Is("ts", JsonValueKind.Number), "ts is a number of microseconds");
        switch (Phase(e))
        {
            case "X":
                Need(Is("dur", JsonValueKind.Number) && e.GetProperty("dur").GetDecimal() >= 0, "a complete event has dur, not negative");
                break;
            case "i":
                Need(Is("s", JsonValueKind.String) && e.GetProperty("s").GetString() is "g" or "p" or "t", "the scope of an instant is g, p or t");
                break;
            case "s" or "f":
                Need(e.TryGetProperty("id", out _) && Is("cat", JsonValueKind.String), "a flow has id and cat");
                Need(!e.TryGetProperty("bp", out var point) || (Phase(e) == "f" && point.GetString() == "e"), "bp is e, at the end of a flow");
                break;
            case "M":
                string name = e.GetProperty("name").GetString()!, member = name.EndsWith("sort_index", StringComparison.Ordinal) ? "sort_index" : "name";
                Need(name is "process_name" or "process_sort_index" or "thread_name" or "thread_sort_index", "metadata has a name that is known");
                Need(e.TryGetProperty("args", out var meta) && meta.TryGetProperty(member, out var value) && value.ValueKind == (member == "name" ? JsonValueKind.String : JsonValueKind.Number), $"{name} has args.{member}");
                break;
        }
    }

    /// <summary>Slices of one thread are disjoint, or one is inside the other.</summary>
    private static void Nesting((long, long) thread, List<Slice> all, List<string> broken)
    {
        var open = new Stack<Slice>();
        foreach (var slice in all.OrderBy(slice => slice.From).ThenByDescending(slice => slice.To))
        {
            while (open.TryPeek(out var last) && last.To <= slice.From) open.Pop();
            if (open.TryPeek(out var around) && around.To < slice.To) broken.Add($"slices of thread {thread} overlap: {around}, {slice}");
            open.Push(slice);
        }
    }

    /// <summary>A flow is known by its name, category and id; it begins before it ends, and each of its ends is at a slice of its thread.</summary>
    private static void Flows(List<JsonElement> events, Dictionary<(long, long), List<Slice>> slices, List<string> broken)
    {
        var ends = events.Where(e => Phase(e) is "s" or "f").ToList();
        foreach (var flow in ends.GroupBy(e => $"{e.GetProperty("cat").GetString()} {e.GetProperty("name").GetString()} {e.GetProperty("id")}"))
        {
            if (flow.Count() != 2 || Phase(flow.First()) != "s" || Phase(flow.Last()) != "f" || flow.First().GetProperty("ts").GetDecimal() > flow.Last().GetProperty("ts").GetDecimal())
                broken.Add($"a flow has a beginning and, not before it, an end: {string.Join(' ', flow)}");
        }

        foreach (var e in ends)
        {
            decimal instant = e.GetProperty("ts").GetDecimal();
            if (!slices.TryGetValue(Thread(e), out var all) || !all.Exists(slice => slice.From <= instant && instant <= slice.To)) broken.Add($"a flow is bound to a slice: {e}");
        }
    }

    /// <summary>Each process and thread that has events has a name, and one only.</summary>
    private static void Names(List<JsonElement> events, List<string> broken)
    {
        var processes = events.Where(e => e.GetProperty("name").GetString() == "process_name" && Phase(e) == "M").Select(e => Thread(e).Process).ToList();
        var threads = events.Where(e => e.GetProperty("name").GetString() == "thread_name" && Phase(e) == "M").Select(Thread).ToList();
        if (processes.Distinct().Count() != processes.Count || threads.Distinct().Count() != threads.Count) broken.Add("a process or thread is named twice");
        foreach (var thread in events.Where(e => Phase(e) != "M").Select(Thread).Distinct())
            if (!threads.Contains(thread) || !processes.Contains(thread.Process)) broken.Add($"nothing names {thread}");
    }

    private static string? Phase(JsonElement e) => e.GetProperty("ph").GetString();

    private static (long Process, long Thread) Thread(JsonElement e) => (e.GetProperty("pid").GetInt64(), e.GetProperty("tid").GetInt64());
}
