using Google.Protobuf;
using Irekae.Model.Text;

namespace Irekae.Checker.Timelines;

/// <summary>
/// A timeline as Perfetto's TrackEvent packets. A track for each core and actor, below an actor one for each row of measures and one that counts its priority;
/// messages are flows between instants.
/// Time stamps are whole nanoseconds, rounded down; the exact instants stand in the annotations. Numbers of fields are those of Perfetto's published
/// <c>trace_packet</c>, <c>track_descriptor</c>, <c>counter_descriptor</c>, <c>track_event</c> and <c>debug_annotation</c> messages.
/// </summary>
public static class PerfettoWriting
{
    // Trace, TracePacket
    internal const int Packet = 1, Timestamp = 8, Sequence = 10, TrackEvent = 11, TrackDescriptor = 60;

    // TrackDescriptor
    internal const int Uuid = 1, TrackName = 2, ParentUuid = 5, Counter = 8;

    // TrackEvent
    internal const int Annotations = 4, Type = 9, TrackUuid = 11, Categories = 22, Name = 23, CounterValue = 30, FlowIds = 47, TerminatingFlowIds = 48;

    internal const int SliceBegin = 1, SliceEnd = 2, Instant = 3, Value = 4;

    // DebugAnnotation
    internal const int AnnotationName = 10, AnnotationText = 6;

    private const int OneSequence = 1;

    public static byte[] Of(Timeline timeline)
    {
        var packets = new Packets(timeline);
        ulong machine = packets.Track("machine", 0), actors = packets.Track("actors", 0);
        var tracks = new Dictionary<int, ulong>();
        foreach (var lane in timeline.Lanes)
        {
            ulong track = packets.Track(lane.Name, lane.Core >= 0 ? machine : actors);
            foreach (var segment in lane.Segments) packets.Slice(track, segment.From, segment.To, timeline.Says(lane, segment), segment.State.Word(), Details.Of(timeline, segment));
            if (lane.Actor < 0) continue;
            tracks[lane.Actor] = track;
            WritePriority(packets, lane, track);
            foreach (var row in timeline.RowsOf(lane.Actor))
            {
                ulong measures = packets.Track($"{lane.Name}: measured", track);
                foreach (var bracket in row) packets.Slice(measures, bracket.From, bracket.To, bracket.Name, bracket.Ended ? "measure" : "unended", Details.Of(timeline, bracket));
            }
        }

        ulong flow = 0;
        foreach (var arrow in timeline.Arrows)
        {
            flow++;
            packets.Moment(tracks[arrow.From], arrow.Sent, $"{arrow.Kind.Word()} {arrow.What}", arrow.Kind.Word(), arrow.Place, FlowIds, flow);
            packets.Moment(tracks[arrow.To], arrow.Taken, $"{arrow.What} of {timeline.Name(arrow.From)}", "taken", arrow.Place, TerminatingFlowIds, flow);
        }

        foreach (var moment in timeline.Moments) packets.Moment(moment.Actor >= 0 ? tracks[moment.Actor] : actors, moment.Instant, moment.Text, moment.Kind.Word(), moment.Place);
        return packets.Bytes();
    }

    /// <summary>A value holds until the next: one for each change, as long as there is somebody to have it.</summary>
    private static void WritePriority(Packets packets, Lane lane, ulong track)
    {
        if (lane.Segments.All(segment => segment.Priority < 0)) return;
        ulong priority = packets.Track($"{lane.Name}: priority", track, counts: true);
        int last = -1;
        foreach (var segment in lane.Segments.Where(segment => segment.Priority != last))
        {
            last = segment.Priority;
            packets.Value(priority, segment.From, last);
        }
    }

    private sealed class Packets(Timeline timeline)
    {
        private readonly List<byte[]> descriptors = [];
        private readonly List<(long Instant, int Rank, byte[] Packet)> events = [];

        public ulong Track(string name, ulong parent, bool counts = false)
        {
            ulong uuid = (ulong)descriptors.Count + 1;
            byte[] descriptor = Message(output =>
            {
                Number(output, Uuid, uuid);
                Text(output, TrackName, name);
                if (parent != 0) Number(output, ParentUuid, parent);
                if (counts) Nested(output, Counter, []);
            });
            descriptors.Add(Message(output => Nested(output, TrackDescriptor, descriptor)));
            return uuid;
        }

        /// <summary>At one instant what ends comes before what happens, and that before what begins.</summary>
        public void Slice(ulong track, long from, long to, string name, string category, IEnumerable<(string Name, string Value)> annotations)
        {
            Add(from, 2, track, SliceBegin, output =>
            {
                Annotate(output, annotations);
                Text(output, Categories, category);
                Text(output, Name, name);
            });
            Add(to, 0, track, SliceEnd, _ => { });
        }

        public void Moment(ulong track, long instant, string name, string category, SourceSpan? place, int flowField = 0, ulong flow = 0) => Add(instant, 1, track, Instant, output =>
        {
            Annotate(output, Details.Place(place));
            Text(output, Categories, category);
            Text(output, Name, name);
            if (flowField == 0) return;
            output.WriteTag(flowField, WireFormat.WireType.Fixed64);
            output.WriteFixed64(flow);
        });

        public void Value(ulong track, long instant, int value) => Add(instant, 1, track, PerfettoWriting.Value, output => Number(output, CounterValue, (ulong)value));

        public byte[] Bytes() => Message(output =>
        {
            foreach (byte[] packet in descriptors.Concat(events.OrderBy(e => e.Instant).ThenBy(e => e.Rank).Select(e => e.Packet))) Nested(output, Packet, packet);
        });

        private void Add(long instant, int rank, ulong track, int type, Action<CodedOutputStream> rest)
        {
            byte[] trackEvent = Message(output =>
            {
                Number(output, Type, (ulong)type);
                Number(output, TrackUuid, track);
                rest(output);
            });
            events.Add((instant, rank, Message(output =>
            {
                Number(output, Timestamp, (ulong)timeline.Run.Nanoseconds(instant).Floor());
                Number(output, Sequence, OneSequence);
                Nested(output, TrackEvent, trackEvent);
            })));
        }

        private static void Annotate(CodedOutputStream output, IEnumerable<(string Name, string Value)> annotations)
        {
            foreach (var (key, value) in annotations)
            {
                Nested(output, Annotations, Message(annotation =>
                {
                    Text(annotation, AnnotationText, value);
                    Text(annotation, AnnotationName, key);
                }));
            }
        }

        private static byte[] Message(Action<CodedOutputStream> write)
        {
            using var buffer = new MemoryStream();
            using (var output = new CodedOutputStream(buffer)) write(output);
            return buffer.ToArray();
        }

        private static void Number(CodedOutputStream output, int field, ulong value)
        {
            output.WriteTag(field, WireFormat.WireType.Varint);
            output.WriteUInt64(value);
        }

        private static void Text(CodedOutputStream output, int field, string value)
        {
            output.WriteTag(field, WireFormat.WireType.LengthDelimited);
            output.WriteString(value);
        }

        private static void Nested(CodedOutputStream output, int field, byte[] message)
        {
            output.WriteTag(field, WireFormat.WireType.LengthDelimited);
            output.WriteBytes(ByteString.CopyFrom(message));
        }
    }
}
