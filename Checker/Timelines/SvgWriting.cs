using System.Globalization;
using System.Text;
using System.Xml;
using Irekae.Model.Binding;
using Irekae.Model.Numbers;
using Irekae.Model.Text;

namespace Irekae.Checker.Timelines;

/// <summary>
/// A timeline as a drawing that stands by itself. Hovering says what, when and where in the specification. Every bar carries its row, its state and its
/// instants in fine ticks (<c>data-…</c>); positions are rounded down to a hundredth of a pixel. Colours that everybody can tell apart (Okabe and Ito, 2008),
/// and heights that differ besides, for print without colour.
/// </summary>
public static class SvgWriting
{
    private const string Namespace = "http://www.w3.org/2000/svg";
    private const int Width = 960, Left = 130, Right = 14, Top = 54, Row = 22, BracketRow = 16, CharWidth = 6;

    public static string Of(Timeline timeline)
    {
        using var text = new Utf8Text();
        using (var xml = XmlWriter.Create(text, new XmlWriterSettings { Indent = true, IndentChars = " ", NewLineChars = "\n" })) new Drawing(timeline, xml).Draw();
        return text.ToString() + "\n";
    }

    /// <summary>Where the colour of a state comes from: the class of its bars.</summary>
    internal static string Style { get; } = string.Join('\n',
    [
        "text{font:12px Arial,'Liberation Sans','DejaVu Sans',sans-serif;fill:#111}.small{font-size:10.5px}.head{font-size:14px;font-weight:bold}.on{fill:#fff}",
        ".running{fill:#0072B2}.ready{fill:#E69F00}.switching{fill:#888}.in_call{fill:#CC79A7}.in_device{fill:#009E73}.in_lock{fill:#D55E00}",
        ".in_await{fill:#B8A800}.in_receive{fill:#C8C8C8}.timed{fill:#999}.working{fill:#009E73}.idle{fill:#E4E4E4}",
        ".grid{stroke:#DDD}.bracket{fill:none;stroke:#111}.arrow{stroke:#444;stroke-width:.8;fill:none}.reply{stroke-dasharray:3 2}.moment{fill:#111}.fault,.error{fill:#D40000}.focus{fill:#FFFBE3}.cut{stroke:#111;stroke-dasharray:1 3}",
    ]);

    /// <summary>In a row of 22 pixels: bars of who is on a core are full; whoever waits has a thin one.</summary>
    internal static (int Offset, int Height) Bar(State state) => state switch
    {
        State.Running or State.Switching or State.Working => (3, 16),
        State.Ready => (6, 10),
        State.Idle or State.InReceive or State.Timed => (10, 2),
        _ => (9, 4),
    };

    private sealed class Utf8Text : StringWriter
    {
        public override Encoding Encoding => new UTF8Encoding(false);
    }

    private sealed class Drawing(Timeline timeline, XmlWriter xml)
    {
        private readonly Dictionary<int, int> rowOf = [];
        private readonly List<(Lane Lane, int Y, List<List<Bracket>> Brackets)> rows = [];
        private int height;

        public void Draw()
        {
            int y = Top;
            foreach (var lane in timeline.Lanes.Where(lane => lane.Core >= 0 || lane.Segments.Length > 0 || timeline.Arrows.Any(arrow => arrow.From == lane.Actor || arrow.To == lane.Actor)))
            {
                var brackets = timeline.RowsOf(lane.Actor);
                rows.Add((lane, y, brackets));
                if (lane.Actor >= 0) rowOf[lane.Actor] = y + (Row / 2);
                y += Row + (brackets.Count * BracketRow);
            }

            height = y;
            var states = rows.SelectMany(row => row.Lane.Segments.Select(segment => segment.State)).Distinct().Order().ToList();
            int legendRows = (states.Count + 4) / 5;
            Start("svg", ("viewBox", $"0 0 {Width} {height + 24 + (legendRows * 18)}"), ("width", Width), ("height", height + 24 + (legendRows * 18)), ("role", "img"));
            Element("title", $"Timeline of {timeline.System.Name}" + (timeline.Focus is { } evidence ? $", {evidence.Text}" : ""));
            Element("desc", $"{timeline.Time(timeline.From)} to {timeline.Time(timeline.To)}; data-from and data-to are in units of {timeline.Run.Nanoseconds(1)} ns");
            Element("style", Style);
            Start("defs");
            Start("marker", ("id", "tip"), ("viewBox", "0 0 6 6"), ("refX", 6), ("refY", 3), ("markerWidth", 6), ("markerHeight", 6), ("orient", "auto-start-reverse"));
            Empty("path", ("d", "M0 0L6 3L0 6z"), ("fill", "#444"));
            End();
            End();
            Empty("rect", ("width", "100%"), ("height", "100%"), ("fill", "#fff"));
            Label(8, 18, "head", timeline.System.Name + (timeline.Focus is { } focus ? $": {focus.Text}" : ""));
            if (timeline.Focus is { } seen && seen.To >= timeline.From && seen.From <= timeline.To)
                Empty("rect", ("class", "focus"), ("x", X(Math.Max(seen.From, timeline.From))), ("y", Top - 4), ("width", Wide(Math.Max(seen.From, timeline.From), Math.Min(seen.To, timeline.To))), ("height", height - Top + 4));
            Axis();
            foreach (var (lane, top, brackets) in rows) DrawRow(lane, top, brackets);
            foreach (var arrow in timeline.Arrows.Where(arrow => arrow.From != arrow.To)) DrawArrow(arrow);
            foreach (var moment in timeline.Moments) DrawMoment(moment);
            foreach (var cut in timeline.Cuts) DrawCut(cut);
            Legend(states);
            End();
        }

        private void DrawRow(Lane lane, int top, List<List<Bracket>> brackets)
        {
            Label(8, top + 15, null, Cut(lane.Name, (Left - 16) / CharWidth));
            foreach (var segment in lane.Segments)
            {
                var (offset, tall) = Bar(segment.State);
                Start("rect", ("class", segment.State.Word()), ("x", X(segment.From)), ("y", top + offset), ("width", Wide(segment.From, segment.To)), ("height", tall),
                    ("data-row", lane.Name), ("data-state", segment.State.Word()), ("data-from", segment.From), ("data-to", segment.To));
                Element("title", Hover(lane, segment));
                End();
                string name = lane.Core >= 0 ? timeline.Name(segment.Other) : segment.State is State.Running or State.Ready ? $"{segment.Priority}" : "";
                if (name.Length > 0 && tall >= 10 && Fits(name.Length, segment.From, segment.To)) Label(X(segment.From, 3), top + 15, segment.State == State.Running ? "small on" : "small", name);
            }

            for (int k = 0; k < brackets.Count; k++)
                foreach (var bracket in brackets[k]) DrawBracket(bracket, top + Row + (k * BracketRow));
        }

        private void DrawBracket(Bracket bracket, int top)
        {
            Start("g");
            Element("title", $"{bracket.Name}: {timeline.Time(bracket.Lasts)}, from {timeline.Time(bracket.From)} to {timeline.Time(bracket.To)}{(bracket.Ended ? "" : ", not ended")}{Place(bracket.Place)}");
            Empty("path", ("class", "bracket"), ("d", $"M{X(bracket.From)} {top + 7}v-5H{X(bracket.To)}{(bracket.Ended ? "v5" : "")}"), ("data-bracket", bracket.Name), ("data-from", bracket.From), ("data-to", bracket.To), ("stroke-dasharray", bracket.Ended ? "none" : "4 3"));
            string name = $"{bracket.Name} {timeline.Time(bracket.Lasts)}";
            if (Fits(name.Length, bracket.From, bracket.To)) Label(X(bracket.From, 6), top + 13, "small", name);
            End();
        }

        private void DrawArrow(Arrow arrow)
        {
            if (!rowOf.TryGetValue(arrow.From, out int from) || !rowOf.TryGetValue(arrow.To, out int to)) return;
            Start("g");
            Element("title", $"{timeline.Name(arrow.From)} → {timeline.Name(arrow.To)}: {arrow.Kind.Word()} {arrow.What}, {timeline.Time(arrow.Sent)}{(arrow.Taken > arrow.Sent ? $" to {timeline.Time(arrow.Taken)}" : "")}{Place(arrow.Place)}");
            Empty("line", ("class", $"arrow {arrow.Kind.Word()}"), ("x1", X(arrow.Sent)), ("y1", from), ("x2", X(arrow.Taken)), ("y2", to), ("marker-end", "url(#tip)"), ("data-sent", arrow.Sent), ("data-taken", arrow.Taken));
            End();
        }

        private void DrawMoment(Moment moment)
        {
            int y = moment.Actor >= 0 && rowOf.TryGetValue(moment.Actor, out int row) ? row - (Row / 2) : Top - 8;
            Start("path", ("class", $"moment {moment.Kind.Word()}"), ("d", $"M{X(moment.Instant)} {y + 5}l-2.5 -4h5z"), ("data-instant", moment.Instant));
            Element("title", $"{timeline.Time(moment.Instant)}: {moment.Text}{Place(moment.Place)}");
            End();
        }

        private void DrawCut(Cut cut)
        {
            Start("g");
            Element("title", timeline.Says(cut));
            Empty("line", ("class", "cut"), ("x1", X(cut.From)), ("y1", Top - 6), ("x2", X(cut.From)), ("y2", height), ("data-cut", cut.From), ("data-length", cut.Length), ("data-count", cut.Count));
            bool left = !Fits(5, cut.From, timeline.To);
            Label(X(cut.From, left ? -2 : 2), Top - 2, "small", $"×{cut.Count}", left ? "end" : null);
            End();
        }

        private void Axis()
        {
            var unit = TimeUnit.For(timeline.Run.Nanoseconds(timeline.To));
            foreach (var (instant, share) in Ticks.Of(timeline, 9))
            {
                string x = Pixels((share * Scale) + (Left * 100));
                Empty("line", ("class", "grid"), ("x1", x), ("y1", Top - 6), ("x2", x), ("y2", height));
                Label(x, Top - 14, "small", TimeText.Of(instant, unit), "middle");
            }
        }

        private void Legend(List<State> states)
        {
            for (int k = 0; k < states.Count; k++)
            {
                var (x, y) = (8 + (k % 5 * 188), height + 14 + (k / 5 * 18));
                var (offset, tall) = Bar(states[k]);
                Empty("rect", ("class", states[k].Word()), ("x", x), ("y", y + offset - 3), ("width", 22), ("height", tall));
                Label(x + 28, y + 12, "small", states[k].Title());
            }
        }

        private string Hover(Lane lane, Segment segment)
        {
            return $"{lane.Name}: {timeline.Says(lane, segment)}\n{timeline.Time(segment.From)} to {timeline.Time(segment.To)}, {timeline.Time(segment.Length)}{(segment.Priority >= 0 ? $", priority {segment.Priority}" : "")}{Place(segment.Place)}";
        }

        private static string Place(SourceSpan? written) => Wording.Place(written) is { } place ? "\n" + place : "";

        /// <summary>Hundredths of a pixel for the whole of the time shown.</summary>
        private static int Scale => (Width - Left - Right) * 100;

        private string X(long instant, int more = 0) => Pixels((int)((Int128)timeline.Position(instant) * Scale / Math.Max(1, timeline.Length)) + ((Left + more) * 100));

        private string Wide(long from, long to) => Pixels((int)Int128.Max(20, (Int128)(timeline.Position(to) - timeline.Position(from)) * Scale / Math.Max(1, timeline.Length)));

        /// <summary>Whether so many letters have room between two instants.</summary>
        private bool Fits(int letters, long from, long to) => (Int128)(timeline.Position(to) - timeline.Position(from)) * Scale >= (Int128)((letters * CharWidth) + 6) * 100 * timeline.Length;

        private static string Pixels(Rational hundredths) => Pixels((int)hundredths.Floor());

        private static string Pixels(int hundredths) => (hundredths / 100m).ToString(CultureInfo.InvariantCulture);

        private static string Cut(string name, int most) => name.Length <= most ? name : name[..(most - 1)] + "…";

        private void Label(object x, int y, string? style, string text, string? anchor = null)
        {
            Start("text", ("x", x), ("y", y));
            if (style is not null) xml.WriteAttributeString("class", style);
            if (anchor is not null) xml.WriteAttributeString("text-anchor", anchor);
            xml.WriteString(text);
            End();
        }

        private void Start(string name, params ReadOnlySpan<(string Name, object Value)> attributes)
        {
            xml.WriteStartElement(name, Namespace);
            foreach (var (attribute, value) in attributes) xml.WriteAttributeString(attribute, Convert.ToString(value, CultureInfo.InvariantCulture));
        }

        private void End() => xml.WriteEndElement();

        private void Empty(string name, params ReadOnlySpan<(string Name, object Value)> attributes)
        {
            Start(name, attributes);
            End();
        }

        private void Element(string name, string text) => xml.WriteElementString(name, Namespace, text);
    }
}
