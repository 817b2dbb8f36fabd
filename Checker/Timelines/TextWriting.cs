using System.Globalization;
using System.Numerics;
using System.Text;
using Irekae.Model.Numbers;

namespace Irekae.Checker.Timelines;

/// <summary>
/// A timeline as plain text. A column is a stretch of time, and shows what fills most of it; what is shorter than a column may not show. Rows of cores show
/// the letter of who runs.
/// </summary>
public static class TextWriting
{
    private const int MostMessages = 16;
    private const string Letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

    /// <param name="width">Columns, at least 40.</param>
    public static string Of(Timeline timeline, int width = 80, bool unicode = true)
    {
        if (timeline.To <= timeline.From) return "nothing lasts\n";
        return new Page(timeline, width, unicode).Text();
    }

    private sealed class Page
    {
        private readonly Timeline timeline;
        private readonly bool unicode;
        private readonly int width;
        private readonly int label;
        private readonly int columns;
        private readonly TimeUnit unit;
        private readonly StringBuilder text = new();
        private readonly HashSet<State> shown = [];

        public Page(Timeline timeline, int width, bool unicode)
        {
            (this.timeline, this.width, this.unicode) = (timeline, width, unicode);
            label = Math.Clamp(timeline.Lanes.Max(lane => lane.Name.Length) + 3, 8, width / 4);
            columns = width - label - 1;
            unit = TimeUnit.For(timeline.Run.Nanoseconds(timeline.To));
        }

        public string Text()
        {
            string span = $"{timeline.Time(timeline.From)} to {timeline.Time(timeline.To)}; a column is about {Approximately(timeline.Run.Nanoseconds(timeline.Length) / columns)}";
            foreach (string line in Wrap(timeline.Focus is { } focus ? $"{focus.Text} from {timeline.Time(focus.From)} to {timeline.Time(focus.To)}; shown: {span}" : span)) Line(line);
            Line("");
            Axis();
            Cuts();
            foreach (var lane in timeline.Lanes.Where(lane => lane.Core >= 0)) Line(Label(lane.Name) + Bins(lane, segment => segment.State == State.Switching ? Sign(State.Switching) : Letter(segment.Other)));
            foreach (var lane in timeline.Lanes.Where(lane => lane.Actor >= 0 && (lane.Segments.Length > 0 || timeline.Moments.Any(moment => moment.Actor == lane.Actor))))
            {
                Line(Label($"{(timeline.System.Actors[lane.Actor].Kind == Model.Binding.ActorKind.Device ? ' ' : Letter(lane.Actor))} {lane.Name}") + Bins(lane, segment => Seen(segment.State)));
                foreach (string row in Brackets(lane.Actor)) Line(Label("") + row);
            }

            Line("");
            foreach (var line in Enum.GetValues<State>().Where(shown.Contains).Chunk(3)) Line(string.Concat(line.Select(state => $"{Sign(state)} {state.Title()}".PadRight(width / 3))));
            Happenings();
            return text.ToString();
        }

        private void Line(string line) => text.Append(line.TrimEnd()).Append('\n');

        private string Label(string name) => (name.Length > label - 1 ? name[..(label - 2)] + (unicode ? "…" : "~") : name).PadRight(label);

        private static char Letter(int actor) => Letters[actor % Letters.Length];

        private char Seen(State state)
        {
            shown.Add(state);
            return Sign(state);
        }

        private char Sign(State state) => state switch
        {
            State.Running => unicode ? '█' : '#',
            State.Ready => unicode ? '░' : '-',
            State.Switching => unicode ? '▚' : '%',
            State.InCall => unicode ? '─' : '_',
            State.InDevice => unicode ? '═' : '=',
            State.InLock => unicode ? '┄' : 'm',
            State.InAwait => unicode ? '╌' : 'c',
            State.InReceive => unicode ? '·' : '.',
            State.Timed => '~',
            State.Working => unicode ? '▓' : '@',
            State.Idle => unicode ? '∙' : ',',
        };

        /// <summary>The column an instant is in; the last one for what is shown last.</summary>
        private int Column(long instant) => Math.Min(columns - 1, (int)((Int128)timeline.Position(instant) * columns / timeline.Length));

        /// <summary>In each column what fills most of it. All in multiples of a column's share of the whole, so in whole numbers.</summary>
        private string Bins(Lane lane, Func<Segment, char> sign)
        {
            var row = new char[columns];
            Array.Fill(row, ' ');
            var most = new Int128[columns];
            foreach (var segment in lane.Segments)
            {
                var from = (Int128)timeline.Position(segment.From) * columns;
                var to = (Int128)timeline.Position(segment.To) * columns;
                Int128 whole = timeline.Length;
                for (int column = Column(segment.From); column <= Column(segment.To); column++)
                {
                    var share = Int128.Min(to, (column + 1) * whole) - Int128.Max(from, column * whole);
                    if (share <= most[column]) continue;
                    (most[column], row[column]) = (share, sign(segment));
                }
            }

            return new string(row);
        }

        private IEnumerable<string> Brackets(int actor)
        {
            foreach (var stacked in timeline.RowsOf(actor))
            {
                var row = new char[columns];
                Array.Fill(row, ' ');
                foreach (var bracket in stacked)
                {
                    var (from, to) = (Column(bracket.From), Column(bracket.To));
                    for (int column = from; column <= to; column++) row[column] = unicode ? '─' : '-';
                    (row[from], row[to]) = unicode ? ('├', bracket.Ended ? '┤' : '╌') : ('[', bracket.Ended ? ']' : '>');
                    string name = $"{bracket.Name} {timeline.Time(bracket.Lasts)}";
                    if (name.Length > to - from - 3) name = timeline.Time(bracket.Lasts);
                    if (name.Length <= to - from - 1) name.CopyTo(0, row, from + 1 + ((to - from - 1 - name.Length) / 2), name.Length);
                }

                yield return new string(row);
            }
        }

        /// <summary>Round instants, each over the column it is in.</summary>
        private void Axis()
        {
            var row = new char[width];
            Array.Fill(row, ' ');
            int free = 0;
            foreach (var (instant, share) in Ticks.Of(timeline, columns / 12))
            {
                int column = Math.Min(columns - 1, (int)(share * columns).Floor());
                string tick = (unicode ? "╷" : "|") + TimeText.Of(instant, unit);
                if (label + column < free || label + column + tick.Length > width) continue;
                tick.CopyTo(0, row, label + column, tick.Length);
                free = label + column + tick.Length + 1;
            }

            Line(new string(row));
        }

        /// <summary>Where something is left out, and how often it is there.</summary>
        private void Cuts()
        {
            if (timeline.Cuts.IsEmpty) return;
            var row = new char[width];
            Array.Fill(row, ' ');
            int free = 0;
            foreach (var cut in timeline.Cuts)
            {
                int column = label + Column(cut.From);
                string line = unicode ? "┊" : "|", count = $"{(unicode ? '×' : 'x')}{cut.Count}";
                if (column < free) continue;
                bool after = column + 1 + count.Length <= width, before = !after && column - count.Length >= free;
                string mark = after ? line + count : before ? count + line : line;
                int at = before ? column - count.Length : column;
                mark.CopyTo(0, row, at, mark.Length);
                free = at + mark.Length;
            }

            Line(new string(row));
        }

        private void Happenings()
        {
            // A crash comes before the notification that makes it known.
            var lines = timeline.Arrows.Where(arrow => arrow.Kind != ArrowKind.Reply)
                .Select(arrow => (arrow.Sent, Rank: arrow.Kind == ArrowKind.Notify ? 2 : 0, Text: $"{timeline.Name(arrow.From)} {(unicode ? '→' : '>')} {timeline.Name(arrow.To)}  {arrow.What}" + (arrow.Taken > arrow.Sent ? $", taken {timeline.Time(arrow.Taken - arrow.Sent)} later" : "")))
                .Concat(timeline.Moments.Where(moment => moment.Kind is not (MomentKind.Arrival or MomentKind.Preempted or MomentKind.SliceEnd)).Select(moment => (Sent: moment.Instant, Rank: 1, moment.Text)))
                .Concat(timeline.Cuts.Select(cut => (Sent: cut.From, Rank: 3, Text: timeline.Says(cut))))
                .OrderBy(line => line.Sent).ThenBy(line => line.Rank).ToList();
            if (lines.Count == 0) return;
            Line("");
            int first = lines.Take(MostMessages).Max(line => timeline.Time(line.Sent).Length);
            foreach (var (sent, _, what) in lines.Take(MostMessages))
            {
                string lead = timeline.Time(sent).PadLeft(first) + "  ";
                Line(lead + (what.Length <= width - lead.Length ? what : what[..(width - lead.Length - 1)] + (unicode ? "…" : "~")));
            }

            if (lines.Count > MostMessages) Line($"and {lines.Count - MostMessages} more");
        }

        private IEnumerable<string> Wrap(string words)
        {
            while (words.Length > width)
            {
                int cut = words.LastIndexOf(' ', width);
                if (cut <= 0) cut = width;
                yield return words[..cut].TrimEnd();
                words = words[cut..].TrimStart();
            }

            yield return words;
        }

        /// <summary>To three digits after the point.</summary>
        private static string Approximately(Rational nanoseconds)
        {
            var unit = TimeUnit.For(nanoseconds);
            var thousandths = nanoseconds.Numerator * 1000 / (nanoseconds.Denominator * unit.Nanoseconds);
            var whole = BigInteger.DivRem(thousandths, 1000, out var rest);
            string decimals = rest.ToString(CultureInfo.InvariantCulture).PadLeft(3, '0').TrimEnd('0');
            return $"{whole}{(decimals.Length > 0 ? "." + decimals : "")} {unit.Name}";
        }
    }
}
