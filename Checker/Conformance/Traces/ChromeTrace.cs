using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Irekae.Checker.Conformance.Traces;

/// <summary>
/// The Trace Event Format (the document of that name, of the trace viewer of Chrome): an array of events, or an object with one in <c>traceEvents</c>.
/// A thread called <c>core N</c> or <c>CPU N</c> is a processor, and what lies on it is who has it. On any other thread a slice (X, or B and E) is two
/// events, <c>begin NAME</c> and <c>end NAME</c>, and an instant (i, I, R) is one, called by its name, or by the argument <c>event</c> where it has that. All else is left out.
/// The file is read piece by piece; but its events need not be in the order of time, so they are kept until all are known. Times are microseconds; what is finer than
/// a nanosecond is cut off.
/// </summary>
internal static partial class ChromeTrace
{
    private const string Unended = "unended", Switching = "switching", SwitchesTo = "switches to ";

    private sealed record Slice(long Number, long From, long To, string Name);

    public static IEnumerable<TraceRecord> Read(string path, Func<Stream> open)
    {
        var reading = new Reading(path);
        using (var stream = open())
        {
            foreach (var each in JsonItems.Read(stream, "traceEvents", (at, what) => new TraceException(path, at, what)))
                using (each.Item) reading.Take(each.Number, each.Item.RootElement);
        }

        return reading.Records();
    }

    private sealed class Reading(string path)
    {
        private readonly Names names = new();
        private readonly Dictionary<(string, string), string> threads = [];
        private readonly Dictionary<(string, string), List<Slice>> slices = [];
        private readonly List<((string, string) Thread, TraceRecord Record)> instants = [];
        private readonly Dictionary<(string, string), Stack<(long Number, long Time, string Name)>> open = [];

        public void Take(long number, JsonElement item)
        {
            if (item.ValueKind != JsonValueKind.Object) throw new TraceException(path, number, "an event has to be an object");
            string phase = Text(item, "ph"), name = Text(item, "name");
            var thread = (Text(item, "pid"), Text(item, "tid"));
            switch (phase)
            {
                case "M" when name == "thread_name" && item.TryGetProperty("args", out var args):
                    threads[thread] = Text(args, "name");
                    break;
                case "X":
                    long from = Time(number, item, "ts");
                    string category = Text(item, "cat");
                    long to = category == Unended ? long.MaxValue : checked(from + (item.TryGetProperty("dur", out _) ? Time(number, item, "dur") : 0));
                    Add(thread, new Slice(number, from, to, category == Switching && name.StartsWith(SwitchesTo, StringComparison.Ordinal) ? name[SwitchesTo.Length..] : name));
                    break;
                case "B":
                    if (!open.TryGetValue(thread, out var stack)) open.Add(thread, stack = []);
                    stack.Push((number, Time(number, item, "ts"), name));
                    break;
                case "E":
                    if (!open.TryGetValue(thread, out var began) || !began.TryPop(out var begin)) throw new TraceException(path, number, "an end (E) of what has not begun on its thread");
                    Add(thread, new Slice(begin.Number, begin.Time, Time(number, item, "ts"), begin.Name));
                    break;
                case "i" or "I" or "R":
                    string told = item.TryGetProperty("args", out var more) && more.ValueKind == JsonValueKind.Object && more.TryGetProperty("event", out var own) ? own.ToString() : name;
                    instants.Add((thread, new TraceRecord(number, Time(number, item, "ts"), -1, names.Of(told), null, null)));
                    break;
            }
        }

        public IEnumerable<TraceRecord> Records()
        {
            foreach (var (thread, stack) in open)
                foreach (var (number, time, name) in stack) Add(thread, new Slice(number, time, long.MaxValue, name));
            var all = new List<TraceRecord>();
            foreach (var (thread, own) in slices)
            {
                string title = threads.GetValueOrDefault(thread, "");
                if (Core().Match(title) is { Success: true } core) Occupy(all, int.Parse(core.Groups[1].Value, CultureInfo.InvariantCulture), own);
                else foreach (var slice in own) Span(all, title, slice);
            }

            foreach (var (thread, record) in instants)
                all.Add(threads.TryGetValue(thread, out string? title) ? record with { To = names.Thread(title, -1) } : record);
            return all.Select(record => record with { Time = record.Time / 1000 }).OrderBy(record => record.Time);
        }

        private void Occupy(List<TraceRecord> all, int core, List<Slice> own)
        {
            var nobody = names.Thread("", -1);
            var before = nobody;
            foreach (var (slice, next) in own.OrderBy(slice => slice.From).Zip(own.OrderBy(slice => slice.From).Skip(1).Append(null)))
            {
                if (next is not null && next.From < slice.To) throw new TraceException(path, next.Number, $"'{next.Name}' and '{slice.Name}' (event {slice.Number}) have the same processor at the same time");
                var who = names.Thread(slice.Name, -1);
                all.Add(new TraceRecord(slice.Number, slice.From, core, TraceRecord.Switch, before, who));
                before = who;
                if (next is null || next.From > slice.To)
                {
                    if (slice.To < long.MaxValue && next is not null) all.Add(new TraceRecord(slice.Number, slice.To, core, TraceRecord.Switch, who, nobody));
                    before = nobody;
                }
            }
        }

        private void Span(List<TraceRecord> all, string title, Slice slice)
        {
            var who = title.Length > 0 ? names.Thread(title, -1) : null;
            all.Add(new TraceRecord(slice.Number, slice.From, -1, names.Of($"begin {slice.Name}"), null, who));
            if (slice.To < long.MaxValue) all.Add(new TraceRecord(slice.Number, slice.To, -1, names.Of($"end {slice.Name}"), null, who));
        }

        private void Add((string, string) thread, Slice slice)
        {
            if (slice.To < slice.From) throw new TraceException(path, slice.Number, $"'{slice.Name}' ends before it begins");
            if (!slices.TryGetValue(thread, out var own)) slices.Add(thread, own = []);
            own.Add(slice);
        }

        /// <summary>Picoseconds, so that a beginning and a length add up to the end that they were made from.</summary>
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

    [GeneratedRegex("^(?:core|cpu) ?([0-9]{1,4})$", RegexOptions.IgnoreCase)]
    private static partial Regex Core();
}
