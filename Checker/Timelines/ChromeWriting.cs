using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Irekae.Checker.Timelines;

/// <summary>
/// A timeline in the Trace Event Format: cores are threads of one process, actors of another. Overlapping measures of one actor have threads of their own,
/// since slices of one thread have to nest. Times are microseconds with as many digits as nanoseconds need, rounded down to picoseconds.
/// </summary>
public static class ChromeWriting
{
    private const int Machine = 1, Actors = 2, Measures = 3;

    public static string Of(Timeline timeline)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("displayTimeUnit", "ns");
            json.WriteStartArray("traceEvents");
            new Events(timeline, json).Write();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray()) + "\n";
    }

    private sealed class Events(Timeline timeline, Utf8JsonWriter json)
    {
        private int measureThread;

        public void Write()
        {
            foreach (var (process, name) in ((int, string)[])[(Machine, "machine"), (Actors, "actors"), (Measures, "measured")]) Named("process", process, 0, process, name);
            foreach (var lane in timeline.Lanes)
            {
                var (process, thread) = lane.Core >= 0 ? (Machine, lane.Core) : (Actors, lane.Actor);
                Named("thread", process, thread, thread, lane.Name);
                foreach (var segment in lane.Segments) Slice(process, thread, segment.From, segment.To, timeline.Says(lane, segment), segment.State.Word(), Details.Of(timeline, segment));
                if (lane.Actor < 0) continue;
                foreach (var row in timeline.RowsOf(lane.Actor))
                {
                    Named("thread", Measures, measureThread, measureThread, lane.Name);
                    foreach (var bracket in row) Slice(Measures, measureThread, bracket.From, bracket.To, bracket.Name, bracket.Ended ? "measure" : "unended", Details.Of(timeline, bracket));
                    measureThread++;
                }
            }

            for (int k = 0; k < timeline.Arrows.Length; k++)
            {
                var arrow = timeline.Arrows[k];
                Flow("s", k, arrow.From, arrow.Sent, arrow);
                Flow("f", k, arrow.To, arrow.Taken, arrow);
            }

            foreach (var moment in timeline.Moments)
            {
                Begin("i", moment.Text, Actors, Math.Max(0, moment.Actor));
                json.WriteString("cat", moment.Kind.Word());
                json.WriteString("s", moment.Actor >= 0 ? "t" : "g");
                Time("ts", moment.Instant);
                Arguments(Details.Place(moment.Place));
                json.WriteEndObject();
            }
        }

        private void Slice(int process, int thread, long from, long to, string name, string category, IEnumerable<(string Name, string Value)> details)
        {
            Begin("X", name, process, thread);
            json.WriteString("cat", category);
            Time("ts", from);
            Time("dur", to - from);
            Arguments(details);
            json.WriteEndObject();
        }

        /// <summary>An end of a flow is bound to the slice around it; who lives for no time has one of no length for that.</summary>
        private void Flow(string phase, int id, int actor, long instant, Arrow arrow)
        {
            if (!HasSlice(actor, instant)) Slice(Actors, actor, instant, instant, $"{arrow.Kind.Word()} {arrow.What}", arrow.Kind.Word(), Details.Place(arrow.Place));
            Begin(phase, arrow.What, Actors, actor);
            json.WriteString("cat", arrow.Kind.Word());
            json.WriteNumber("id", id);
            if (phase == "f") json.WriteString("bp", "e");
            Time("ts", instant);
            Arguments(Details.Place(arrow.Place));
            json.WriteEndObject();
        }

        private bool HasSlice(int actor, long instant)
        {
            var segments = timeline.Lanes[timeline.System.Machine.Cores + actor].Segments;
            int low = 0, high = segments.Length;
            while (low < high)
            {
                int middle = (low + high) / 2;
                if (segments[middle].To < instant) low = middle + 1;
                else high = middle;
            }

            return low < segments.Length && segments[low].From <= instant;
        }

        /// <summary>A name, and the place among the others, which viewers would order by name.</summary>
        private void Named(string what, int process, int thread, int place, string name)
        {
            Begin("M", $"{what}_name", process, thread);
            Arguments([("name", name)]);
            json.WriteEndObject();
            Begin("M", $"{what}_sort_index", process, thread);
            json.WriteStartObject("args");
            json.WriteNumber("sort_index", place);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        private void Arguments(IEnumerable<(string Name, string Value)> arguments)
        {
            json.WriteStartObject("args");
            foreach (var (key, value) in arguments) json.WriteString(key, value);
            json.WriteEndObject();
        }

        private void Begin(string phase, string name, int process, int thread)
        {
            json.WriteStartObject();
            json.WriteString("ph", phase);
            json.WriteString("name", name);
            json.WriteNumber("pid", process);
            json.WriteNumber("tid", thread);
        }

        private void Time(string name, long fineTicks)
        {
            json.WritePropertyName(name);
            decimal picoseconds = (decimal)(timeline.Run.Nanoseconds(fineTicks) * 1000).Floor();
            json.WriteRawValue((picoseconds / 1_000_000m).ToString("0.######", CultureInfo.InvariantCulture));
        }
    }
}
