using System.Text;

namespace Irekae.Checker.Cli;

/// <summary>Columns of plain text. Columns that may give way are narrowed until a row fits, and their cells continue on the next line.</summary>
/// <param name="Title">Heading.</param>
/// <param name="Right">Aligned to the right: numbers.</param>
/// <param name="Least">The width it can be narrowed to; 0: it keeps its own.</param>
internal sealed record Column(string Title, bool Right = false, int Least = 0);

internal sealed class TextTable(IReadOnlyList<Column> columns, int width)
{
    private const int Space = 2;

    private readonly List<string[]> rows = [];

    /// <summary>No column has to be narrowed.</summary>
    public bool Fits => Natural([.. rows, Titles]).Sum() + (Space * (columns.Count - 1)) <= width;

    private string[] Titles => [.. columns.Select(column => column.Title)];

    public void Add(params string[] cells) => rows.Add(cells);

    /// <summary>The same table with one column less.</summary>
    public TextTable Without(int column)
    {
        var table = new TextTable([.. columns.Where((_, i) => i != column)], width);
        foreach (string[] cells in rows) table.Add([.. cells.Where((_, i) => i != column)]);
        return table;
    }

    /// <summary>The heading first, then for each row its lines.</summary>
    public List<List<string>> Lines()
    {
        List<string[]> all = [Titles, .. rows];
        int[] widths = Widths(all);
        return all.ConvertAll(cells => Row(cells, widths));
    }

    private int[] Widths(List<string[]> all)
    {
        int[] widths = Natural(all);
        int excess = widths.Sum() + (Space * (columns.Count - 1)) - width;
        while (excess > 0)
        {
            int widest = Enumerable.Range(0, columns.Count).Where(i => columns[i].Least > 0 && widths[i] > columns[i].Least).OrderByDescending(i => widths[i]).FirstOrDefault(-1);
            if (widest < 0) break;
            widths[widest]--;
            excess--;
        }
        return widths;
    }

    private int[] Natural(List<string[]> all) => [.. Enumerable.Range(0, columns.Count).Select(i => all.Max(cells => cells[i].Length))];

    private List<string> Row(string[] cells, int[] widths)
    {
        var wrapped = cells.Select((cell, i) => Wrap(cell, widths[i]).ToList()).ToList();
        var lines = new List<string>();
        for (int line = 0; line < wrapped.Max(cell => cell.Count); line++)
        {
            var text = new StringBuilder();
            for (int i = 0; i < cells.Length; i++)
            {
                string part = line < wrapped[i].Count ? wrapped[i][line] : "";
                if (i > 0) text.Append(' ', Space);
                text.Append(columns[i].Right ? part.PadLeft(widths[i]) : part.PadRight(widths[i]));
            }
            lines.Add(text.ToString().TrimEnd());
        }
        return lines;
    }

    /// <summary>Breaks at blanks, else after a dot or underscore of a long name, else anywhere.</summary>
    public static IEnumerable<string> Wrap(string text, int width)
    {
        while (text.Length > width)
        {
            int cut = text.LastIndexOf(' ', width);
            if (cut <= 0) cut = text.LastIndexOfAny(['.', '_'], width - 1) + 1;
            if (cut <= 0) cut = width;
            yield return text[..cut];
            text = text[cut..].TrimStart();
        }
        yield return text;
    }
}
