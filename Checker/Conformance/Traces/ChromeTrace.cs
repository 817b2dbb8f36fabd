using System.Globalization;
using System.Text.RegularExpressions;

namespace Irekae.Checker.Conformance.Traces;

/// <summary>
/// The Trace Event Format (the document of that name, of the trace viewer of Chrome): an array of events, or an object with one in <c>traceEvents</c>.
/// A thread called <c>core N</c> or <c>CPU N</c> is a processor, and what lies on it is who has it. On any other thread a slice (X, or B and E) is two
/// events, <c>begin NAME</c> and <c>end NAME</c>, and an instant (i, I, R) is one, called by its name, or by the argument <c>event</c> where it has that. All else is left out.
/// <para>
/// Events need not be in the order of time, and a thread may be named after its events. So the file is read twice: first for the names, and for how far it is from being in order; then for what
/// it tells. Of a file in which nothing comes later than <see cref="Window"/> after what is later in time, no more than that is kept; of any other, all.
/// </para>
/// </summary>
internal static partial class ChromeTrace
{
    /// <summary>Beginnings, ends and instants.</summary>
    public const int Window = 1 << 16;

    public static IEnumerable<TraceRecord> Read(string path, Func<Stream> open)
    {
        var survey = new Survey();
        foreach (var item in Items(path, open, survey.Names)) survey.Take(item);
        var telling = new Telling(path, survey);
        var waiting = new PriorityQueue<ChromeItem, (long, long, bool)>();
        var together = new List<ChromeItem>();
        foreach (var item in Items(path, open, []))
        {
            waiting.Enqueue(item, item.Order);
            if (waiting.Count <= Window || !survey.IsInOrder) continue;
            foreach (var record in Next()) yield return record;
        }

        while (waiting.Count > 0)
            foreach (var record in Next()) yield return record;
        foreach (var record in telling.Of(together)) yield return record;

        IEnumerable<TraceRecord> Next()
        {
            var first = waiting.Dequeue();
            if (together.Count > 0 && together[0].Time < first.Time)
            {
                foreach (var record in telling.Of(together)) yield return record;
                together.Clear();
            }

            together.Add(first);
        }
    }

    private static IEnumerable<ChromeItem> Items(string path, Func<Stream> open, Dictionary<(string, string), string> titles)
    {
        using var stream = open();
        var reading = new ChromeItems(path, titles);
        foreach (var each in JsonItems.Read(stream, "traceEvents", (at, what) => new TraceException(path, at, what)))
        {
            using (each.Item)
                foreach (var item in reading.Of(each.Number, each.Item.RootElement)) yield return item;
        }
    }

    /// <summary>What is known after the first reading.</summary>
    private sealed class Survey
    {
        private readonly Dictionary<(string, string), ChromeSlice> last = [];
        private readonly PriorityQueue<long, long> waiting = new();
        private long told = long.MinValue;

        /// <summary>What threads are called.</summary>
        public Dictionary<(string, string), string> Names { get; } = [];

        public bool IsInOrder { get; private set; } = true;

        public void Take(ChromeItem item)
        {
            if (item is { Slice: { } slice, Ends: false } && !(last.TryGetValue(item.Thread, out var known) && known.From > slice.From)) last[item.Thread] = slice;
            if (!IsInOrder) return;
            if (item.Time <= told) IsInOrder = false;
            waiting.Enqueue(item.Time, item.Time);
            if (waiting.Count > Window) told = waiting.Dequeue();
        }

        /// <summary>With the last slice of a processor the recording ends: nobody has been seen to leave it.</summary>
        public bool IsLast((string, string) thread, ChromeSlice slice) => last[thread].Number == slice.Number;
    }

    private sealed class Telling(string path, Survey survey)
    {
        private readonly Names names = new();
        private readonly Dictionary<(string, string), ChromeSlice?> holders = [];
        private readonly Dictionary<(string, string), int> cores = survey.Names.ToDictionary(
            named => named.Key,
            named => Core().Match(named.Value) is { Success: true } core ? int.Parse(core.Groups[1].Value, CultureInfo.InvariantCulture) : -1);

        /// <summary>What all items of one time tell.</summary>
        public IEnumerable<TraceRecord> Of(List<ChromeItem> items)
        {
            foreach (var onCore in items.Where(item => item.Slice is not null && CoreOf(item.Thread) >= 0).GroupBy(item => item.Thread))
                foreach (var record in Switches(onCore.Key, onCore)) yield return record;
            foreach (var item in items)
            {
                if (item.Slice is null) yield return Record(item, item.Name, survey.Names.ContainsKey(item.Thread));
                else if (CoreOf(item.Thread) < 0) yield return Record(item, $"{(item.Ends ? "end" : "begin")} {item.Name}", survey.Names.GetValueOrDefault(item.Thread, "").Length > 0);
            }
        }

        private TraceRecord Record(ChromeItem item, string name, bool byThread) =>
            new(item.Number, item.Time / 1000, -1, names.Of(name), null, byThread ? names.Thread(survey.Names[item.Thread], -1) : null);

        private IEnumerable<TraceRecord> Switches((string, string) thread, IEnumerable<ChromeItem> items)
        {
            int core = CoreOf(thread);
            var holder = holders.GetValueOrDefault(thread);
            var nobody = names.Thread("", -1);
            long now = 0;
            TraceThread Who() => holder is null ? nobody : names.Thread(holder.Name, -1);
            foreach (var item in items)
            {
                now = item.Time;
                if (item.Ends) continue;
                if (holder is not null && holder.To > now) throw new TraceException(path, item.Number, $"'{item.Name}' and '{holder.Name}' (event {holder.Number}) have the same processor at the same time");
                var before = Who();
                holder = item.Slice;
                yield return new TraceRecord(item.Number, now / 1000, core, TraceRecord.Switch, before, Who());
            }

            if (holder?.To == now)
            {
                if (!survey.IsLast(thread, holder)) yield return new TraceRecord(holder.Number, now / 1000, core, TraceRecord.Switch, Who(), nobody);
                holder = null;
            }

            holders[thread] = holder;
        }

        /// <summary>−1: the thread is no processor.</summary>
        private int CoreOf((string, string) thread) => cores.GetValueOrDefault(thread, -1);
    }

    [GeneratedRegex("^(?:core|cpu) ?([0-9]{1,4})$", RegexOptions.IgnoreCase)]
    private static partial Regex Core();
}
