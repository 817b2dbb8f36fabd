using Spectre.Console;
using Spectre.Console.Rendering;

namespace Irekae.Checker.Cli;

/// <summary>Something drawn behind a lead: the first line behind one, the others behind another of the same length. No line ends in blanks.</summary>
internal sealed class Indented(IRenderable inner, string lead, string? others = null) : Renderable
{
    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        string next = lead;
        foreach (var line in Segment.SplitLines(inner.Render(options, maxWidth - lead.Length)))
        {
            foreach (var segment in Lines.Trimmed(line, next)) yield return segment;
            next = others ?? lead;
        }
    }
}

/// <summary>
/// A table whose rows have remarks below them, as wide as the whole. Cells of the first column are one line and not empty, so a line
/// that begins with a blank continues the row above it. Where there is no room for that the lines are longer than wanted.
/// </summary>
/// <param name="remarks">Of each row, in order.</param>
internal sealed class RemarkedTable(Table table, IReadOnlyList<IReadOnlyList<IRenderable>> remarks) : Renderable
{
    private const string Lead = "  ";
    private const int Widest = 10_000;

    /// <summary>A table without lines; <paramref name="columns"/> with <c>Wraps</c> may be narrowed, and what does not fit goes on below.</summary>
    public static Table Of(params IEnumerable<(string Title, bool Right, bool Wraps)> columns)
    {
        var table = new Table { Border = TableBorder.None };
        foreach (var (title, right, wraps) in columns)
        {
            table.AddColumn(new TableColumn(new Text(title, new Style(decoration: Decoration.Dim)))
            {
                Alignment = right ? Justify.Right : Justify.Left,
                NoWrap = !wraps,
                Padding = new Padding(0, 0, 2, 0),
            });
        }
        return table;
    }

    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        int row = -1; // the heading
        foreach (var line in Segment.SplitLines(((IRenderable)table).Render(options, Math.Max(maxWidth - Lead.Length, LeastWidth(options)))))
        {
            bool begins = line.Count > 0 && !line[0].Text.StartsWith(' ');
            if (begins && row++ > 0)
                foreach (var segment in Remarks(row - 2, options, maxWidth)) yield return segment;
            foreach (var segment in Lines.Trimmed(line, Lead)) yield return segment;
        }
        if (row > 0)
            foreach (var segment in Remarks(row - 1, options, maxWidth)) yield return segment;
    }

    /// <summary>Below it, columns would be wrapped that must not be.</summary>
    private int LeastWidth(RenderOptions options) => table.Columns.Select((column, k) =>
    {
        var cells = table.Rows.Select(row => row[k]).Prepend(column.Header).Select(cell => cell.Measure(options, Widest));
        return cells.Max(cell => column.NoWrap ? cell.Max : cell.Min) + (column.Padding?.GetWidth() ?? 0);
    }).Sum();

    private IEnumerable<Segment> Remarks(int row, RenderOptions options, int maxWidth) => remarks[row].SelectMany(remark => remark.Render(options, maxWidth));
}

internal static class Lines
{
    public static IEnumerable<Segment> Trimmed(SegmentLine line, string lead)
    {
        int last = line.FindLastIndex(segment => !string.IsNullOrWhiteSpace(segment.Text));
        if (last >= 0) yield return new Segment(lead);
        for (int i = 0; i < last; i++) yield return line[i];
        if (last >= 0) yield return new Segment(line[last].Text.TrimEnd(), line[last].Style);
        yield return Segment.LineBreak;
    }
}
