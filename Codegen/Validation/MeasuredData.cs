using System.Collections.Immutable;
using System.Globalization;
using CsvHelper;

namespace Irekae.Codegen.Validation;

/// <summary>
/// Measured data: comma-separated values with the columns <c>os</c>, <c>measure</c>, <c>condition</c>, <c>statistic</c> (max, mean or min),
/// <c>value_ns</c>, <c>value_us</c>, <c>value_ms</c> or <c>value_s</c>, and <c>samples</c>, in any order; lines that begin with # are comments.
/// Read row by row: memory holds the rows that are wanted, however long the file is.
/// </summary>
/// <param name="Cells">In the order of the file.</param>
/// <param name="Mistakes">At most <see cref="MostMistakes"/>; with any, the cells mean nothing.</param>
/// <param name="Rows">How many rows were read, wanted or not.</param>
public sealed record MeasuredData(string Path, ImmutableArray<Cell> Cells, ImmutableArray<Mistake> Mistakes, long Rows)
{
    public const int MostMistakes = CsvReading.MostMistakes;

    /// <param name="wanted">By <see cref="Cell.Name"/>; null: all.</param>
    public static MeasuredData Read(string path, Func<string, bool>? wanted = null)
    {
        try
        {
            using var text = new StreamReader(path, new System.Text.UTF8Encoding(false, throwOnInvalidBytes: true));
            return Read(path, text, wanted);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new MeasuredData(path, [], [new Mistake(path, 1, 1, $"cannot be read: {e.Message}")], 0);
        }
    }

    /// <inheritdoc cref="Read(string, Func{string, bool}?)"/>
    public static MeasuredData Read(string path, TextReader text, Func<string, bool>? wanted = null) => new DataReader(path, text, wanted).Read();
}

/// <summary>One reading of one file.</summary>
internal sealed class DataReader(string path, TextReader text, Func<string, bool>? wanted) : CsvReading(path, text)
{
    private static readonly (string Column, long Nanoseconds)[] ValueColumns =
        [("value_ns", 1), ("value_us", 1_000), ("value_ms", 1_000_000), ("value_s", 1_000_000_000)];

    private static readonly string[] NameColumns = ["os", "measure", "condition"];

    private readonly string path = path;
    private readonly List<Cell> cells = [];
    private readonly Dictionary<string, int> seen = [];

    /// <summary>Where each column stands; set by the head.</summary>
    private int[] name = [];
    private int statistic, value, samples, width;

    private long unit;

    protected override string ExampleOfHead => "os,measure,condition,statistic,value_ms,samples";

    public MeasuredData Read()
    {
        ReadAll();
        return new MeasuredData(path, [.. cells], Mistakes, Rows);
    }

    protected override bool ReadHead(CsvParser parser)
    {
        int before = MistakesNow;
        var head = Head(parser);
        width = head.Count;
        name = [.. NameColumns.Select(Find)];
        statistic = Find("statistic");
        samples = Find("samples");
        var values = ValueColumns.Where(known => head.Contains(known.Column)).ToList();
        if (values.Count > 1) Add(parser, head.IndexOf(values[1].Column), "the value is there in two units: keep one of the columns");
        else if (values.Count == 1) (value, unit) = (head.IndexOf(values[0].Column), values[0].Nanoseconds);
        else if (head.FindIndex(column => column == "value" || column.StartsWith("value_", StringComparison.Ordinal)) is >= 0 and var odd)
            Add(parser, odd, $"'{head[odd]}': the unit of the values has to be ns, us, ms or s, as in value_ms");
        else Add(parser, 0, $"there is no column 'value_ms' (or value_ns, value_us, value_s); there are: {string.Join(", ", head)}");
        return MistakesNow == before;

        int Find(string column)
        {
            int place = head.IndexOf(column);
            if (place < 0) Add(parser, 0, $"there is no column '{column}'; there are: {string.Join(", ", head)}");
            return place;
        }
    }

    protected override void ReadRow(CsvParser parser)
    {
        if (!IsWhole(parser, width)) return;
        int before = MistakesNow;
        foreach (int part in name)
            if (!IsName(parser[part])) Add(parser, part, parser[part].Length == 0 ? "a name is missing" : $"'{parser[part]}' is not a name of letters, digits and _");
        Statistic? kind = parser[statistic] switch { "max" => Statistic.Max, "mean" => Statistic.Mean, "min" => Statistic.Min, _ => null };
        if (kind is null) Add(parser, statistic, $"'{parser[statistic]}' is not max, mean or min");
        var printed = PrintedTime.Read(parser[value], unit, out string why);
        if (printed is null) Add(parser, value, why);
        if (!long.TryParse(parser[samples], NumberStyles.None, CultureInfo.InvariantCulture, out long count) || count < 1)
            Add(parser, samples, $"'{parser[samples]}' is not a number of samples, from 1 on");
        if (MistakesNow > before) return;

        string full = string.Join('.', name.Select(part => parser[part]));
        if (wanted?.Invoke(full) == false) return;
        int line = LineOf(parser);
        var cell = new Cell(full, kind!.Value, printed!.Value.Value, printed.Value.HalfWidth, count, line);
        if (seen.TryGetValue(cell.FullName, out int first)) Add(parser, 0, $"'{cell.FullName}' is there already, in line {first}");
        else if (cells.Find(other => other.Name == full && other.Samples != count) is { } other) Add(parser, samples, $"'{full}' has {other.Samples} samples in line {other.Line}");
        else
        {
            seen.Add(cell.FullName, line);
            cells.Add(cell);
        }
    }

    private static bool IsName(string text) => text.Length > 0 && (char.IsAsciiLetter(text[0]) || text[0] == '_') && text.All(sign => char.IsAsciiLetterOrDigit(sign) || sign == '_');
}
