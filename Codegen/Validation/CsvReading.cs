using System.Collections.Immutable;
using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace Irekae.Codegen.Validation;

/// <summary>Something is wrong with files of data.</summary>
public sealed class MistakenDataException(ImmutableArray<Mistake> mistakes) : Exception(string.Join('\n', mistakes))
{
    public ImmutableArray<Mistake> Mistakes => mistakes;
}

/// <summary>
/// One reading of comma-separated values, row by row: memory holds what the heir keeps, however long the file is. Lines that begin with # are comments.
/// </summary>
internal abstract class CsvReading(string path, TextReader text)
{
    public const int MostMistakes = 20;

    private const int LongestField = 10_000;

    internal const string BadQuotation = "a quotation mark inside a value: put the whole value into quotation marks and double those inside";

    internal static readonly string TooLong = $"a value longer than {LongestField} characters, or a quotation mark that does not end";

    private readonly List<Mistake> mistakes = [];

    /// <summary>The last line that was read as a row.</summary>
    private int last;

    protected int MistakesNow => mistakes.Count;

    public ImmutableArray<Mistake> Mistakes => [.. mistakes.Take(MostMistakes)];

    /// <summary>Rows below the head.</summary>
    public long Rows { get; private set; }

    /// <summary>How the head could look.</summary>
    protected abstract string ExampleOfHead { get; }

    /// <summary>How such files are read.</summary>
    internal static CsvConfiguration Configuration(Action<IParser?> badQuotation) => new(CultureInfo.InvariantCulture)
    {
        Delimiter = ",",
        AllowComments = true,
        Comment = '#',
        IgnoreBlankLines = true,
        TrimOptions = TrimOptions.Trim,
        MaxFieldSize = LongestField,
        BadDataFound = bad => badQuotation(bad.Context?.Parser),
    };

    /// <returns>False: the rows cannot be read.</returns>
    protected abstract bool ReadHead(CsvParser parser);

    protected abstract void ReadRow(CsvParser parser);

    protected void ReadAll()
    {
        var configuration = Configuration(bad => Add(bad?.RawRow ?? 1, 1, BadQuotation));
        using var parser = new CsvParser(text, configuration, leaveOpen: true);
        try
        {
            if (!parser.Read())
            {
                Add(1, 1, $"the file is empty: a line with the names of the columns is needed, {ExampleOfHead}");
                return;
            }

            if (!ReadHead(parser)) return;
            last = parser.RawRow;
            while (mistakes.Count < MostMistakes && parser.Read())
            {
                Rows++;
                ReadRow(parser);
                last = parser.RawRow;
            }

            if (Rows == 0 && mistakes.Count == 0) Add(parser.RawRow, 1, "there are no rows below the head");
        }
        catch (MaxFieldSizeException)
        {
            Add(last + 1, 1, TooLong);
        }
        catch (System.Text.DecoderFallbackException)
        {
            Add(last + 1, 1, "bytes that are not UTF-8 text, here or soon after");
        }
    }

    /// <summary>Names of columns that are there twice are mistakes.</summary>
    protected List<string> Head(CsvParser parser)
    {
        var head = Enumerable.Range(0, parser.Count).Select(place => parser[place]).ToList();
        foreach (string twice in head.Where((column, place) => head.IndexOf(column) < place).Distinct()) Add(parser, head.LastIndexOf(twice), $"the column '{twice}' is there twice");
        return head;
    }

    /// <summary>As many values as the head has columns; otherwise that is a mistake.</summary>
    protected bool IsWhole(CsvParser parser, int width)
    {
        if (parser.Count == width) return true;
        Add(parser, Math.Min(parser.Count, width) - 1, $"{parser.Count} value{(parser.Count == 1 ? "" : "s")} where the head has {width} column{(width == 1 ? "" : "s")}");
        return false;
    }

    internal static int LineOf(CsvParser parser) => parser.RawRow - parser.RawRecord.TrimEnd('\r', '\n').Count(sign => sign == '\n');

    protected void Add(CsvParser parser, int field, string message)
    {
        string record = parser.RawRecord;
        int at = Start(record, field);
        int lines = record[..at].Count(sign => sign == '\n');
        Add(LineOf(parser) + lines, at - (record[..at].LastIndexOf('\n') + 1) + 1, message);
    }

    private void Add(int line, int column, string message) => mistakes.Add(new Mistake(path, line, column, message));

    /// <summary>Where a value begins in its record: after so many commas outside quotation marks, and the blanks that follow.</summary>
    private static int Start(string record, int field)
    {
        bool quoted = false;
        int at = 0;
        for (; at < record.Length && field > 0; at++)
        {
            if (record[at] == '"') quoted = !quoted;
            else if (record[at] == ',' && !quoted) field--;
        }

        while (at < record.Length && record[at] == ' ') at++;
        return at;
    }
}
