using System.Globalization;
using System.Text.Json;

namespace Irekae.Checker.Conformance.Traces;

/// <summary>A slice, in picoseconds.</summary>
/// <param name="Number">Of the event with which it begins.</param>
internal sealed record ChromeSlice(long Number, string Name, long From)
{
    /// <summary>long.MaxValue: it has not been seen to end.</summary>
    public long To { get; set; } = long.MaxValue;
}

/// <summary>What happens at one time: an instant, or a slice begins or ends.</summary>
/// <param name="Time">Picoseconds, so that a beginning and a length add up to the end that they were made from.</param>
/// <param name="Thread">Numbers of its process and of itself.</param>
/// <param name="Slice">Null: an instant.</param>
internal readonly record struct ChromeItem(long Number, long Time, (string, string) Thread, string Name, ChromeSlice? Slice, bool Ends)
{
    /// <summary>At one time as in the file, and a slice begins before it ends.</summary>
    public (long, long, bool) Order => (Time, Number, Ends);
}

/// <summary>Events of the Trace Event Format, one by one.</summary>
/// <param name="titles">Takes what threads are called.</param>
internal sealed class ChromeItems(string path, Dictionary<(string, string), string> titles)
{
    private const string Unended = "unended", Switching = "switching", SwitchesTo = "switches to ";

    private readonly Dictionary<(string, string), Stack<ChromeSlice>> open = [];

    public IEnumerable<ChromeItem> Of(long number, JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Object) throw new TraceException(path, number, "an event has to be an object");
        string phase = Text(item, "ph"), name = Text(item, "name");
        var thread = (Text(item, "pid"), Text(item, "tid"));
        switch (phase)
        {
            case "M" when name == "thread_name" && item.TryGetProperty("args", out var args):
                titles[thread] = Text(args, "name");
                break;
            case "X":
                string category = Text(item, "cat");
                if (category == Switching && name.StartsWith(SwitchesTo, StringComparison.Ordinal)) name = name[SwitchesTo.Length..];
                var slice = new ChromeSlice(number, name, Time(number, item, "ts"));
                yield return Begins(slice);
                if (category == Unended) break;
                yield return Ends(slice, item.TryGetProperty("dur", out _) ? checked(slice.From + Time(number, item, "dur")) : slice.From);
                break;
            case "B":
                if (!open.TryGetValue(thread, out var stack)) open.Add(thread, stack = []);
                stack.Push(new ChromeSlice(number, name, Time(number, item, "ts")));
                yield return Begins(stack.Peek());
                break;
            case "E":
                if (!open.TryGetValue(thread, out var began) || !began.TryPop(out var begun)) throw new TraceException(path, number, "an end (E) of what has not begun on its thread");
                yield return Ends(begun, Time(number, item, "ts"));
                break;
            case "i" or "I" or "R":
                string told = item.TryGetProperty("args", out var more) && more.ValueKind == JsonValueKind.Object && more.TryGetProperty("event", out var own) ? own.ToString() : name;
                yield return new ChromeItem(number, Time(number, item, "ts"), thread, told, null, false);
                break;
        }

        ChromeItem Begins(ChromeSlice slice) => new(slice.Number, slice.From, thread, slice.Name, slice, false);

        ChromeItem Ends(ChromeSlice slice, long to)
        {
            if (to < slice.From) throw new TraceException(path, slice.Number, $"'{slice.Name}' ends before it begins");
            slice.To = to;
            return new ChromeItem(slice.Number, to, thread, slice.Name, slice, true);
        }
    }

    private long Time(long number, JsonElement item, string name)
    {
        if (item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number)
        {
            string raw = value.GetRawText();
            if (Stamps.TryRead(raw, 6, out long time)) return time;
            if (decimal.TryParse(raw, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal wide) && decimal.Abs(wide) < 9_000_000_000_000m) return (long)decimal.Floor(wide * 1_000_000);
        }

        throw new TraceException(path, number, $"an event needs '{name}', a time in microseconds of at most 13 digits");
    }

    private static string Text(JsonElement item, string name) => item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out var value) ? value.ToString() : "";
}
