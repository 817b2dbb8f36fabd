using System.Collections.Immutable;
using System.Numerics;
using System.Text;
using CsvHelper;
using Irekae.Model.Binding;
using Irekae.Model.Numbers;

namespace Irekae.Codegen.Validation;

/// <summary>
/// A column of measured durations as a distribution: each value with how often it is there, exactly as printed. However many rows the file has, memory holds
/// what differs, at most <see cref="MostDifferent"/> values.
/// </summary>
/// <param name="Values">Ascending, in nanoseconds, and how many rows have each.</param>
public sealed record EmpiricalValues(ImmutableArray<(Rational Value, long Count)> Values)
{
    public const int MostDifferent = 65_536;

    /// <summary>The least number of units to a nanosecond in which all values are whole.</summary>
    public BigInteger Unit { get; } = Values.Aggregate(BigInteger.One, (all, one) => all * one.Value.Denominator / BigInteger.GreatestCommonDivisor(all, one.Value.Denominator));

    /// <returns>Null: something is wrong, and was added to the mistakes.</returns>
    internal static EmpiricalValues? Read(DrawRule.Empirical rule, ImmutableArray<Mistake>.Builder mistakes)
    {
        var source = rule.Span.Source;
        try
        {
            if (Path.IsPathRooted(rule.File) || rule.File.Split('/', '\\').Contains("..")) return At(rule, "data lie in the folder of the specification, or below it", mistakes);
            string file = Path.Combine(Path.GetDirectoryName(source.Path) ?? "", rule.File);
            if (Directory.Exists(file)) return At(rule, $"'{file}' is a folder", mistakes);
            using var text = new StreamReader(file, new UTF8Encoding(false, throwOnInvalidBytes: true));
            var reader = new ColumnReader(file, text, rule);
            var read = reader.Read();
            mistakes.AddRange(reader.Mistakes);
            if (!reader.Mistakes.IsEmpty) return null;
            bool fits = (read.Values[^1].Value * read.Unit).Numerator <= long.MaxValue;
            return fits ? read : At(rule, $"the values of '{rule.Column}' need more than 63 bits together: the largest with the last digit of the finest", mistakes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return At(rule, $"'{rule.File}' cannot be read: {e.Message}", mistakes);
        }
    }

    private static EmpiricalValues? At(DrawRule.Empirical rule, string message, ImmutableArray<Mistake>.Builder mistakes)
    {
        var (line, column) = rule.Span.Source.Position(rule.Span.Start);
        mistakes.Add(new Mistake(rule.Span.Source.Path, line, column, message));
        return null;
    }
}

/// <summary>One column of one file.</summary>
internal sealed class ColumnReader(string path, TextReader text, DrawRule.Empirical rule) : CsvReading(path, text)
{
    private static readonly (string End, long Nanoseconds)[] Units = [("_ns", 1), ("_us", 1_000), ("_ms", 1_000_000), ("_s", 1_000_000_000)];

    /// <summary>By text: most rows repeat one that was there before.</summary>
    private readonly Dictionary<string, (Rational Value, long Count)> seen = [];

    private int place, width;
    private long unit;

    protected override string ExampleOfHead => rule.Column;

    public EmpiricalValues Read()
    {
        ReadAll();
        return new EmpiricalValues([.. seen.Values.GroupBy(one => one.Value).OrderBy(group => group.Key).Select(group => (group.Key, group.Sum(one => one.Count)))]);
    }

    protected override bool ReadHead(CsvParser parser)
    {
        int before = MistakesNow;
        var head = Head(parser);
        width = head.Count;
        place = head.IndexOf(rule.Column);
        if (place < 0) Add(parser, 0, $"there is no column '{rule.Column}'; there are: {string.Join(", ", head)}");
        unit = Units.FirstOrDefault(one => rule.Column.EndsWith(one.End, StringComparison.Ordinal)).Nanoseconds;
        if (place >= 0 && unit == 0) Add(parser, place, $"'{rule.Column}': the name of the column has to end with the unit of its values, ns, us, ms or s, as in {rule.Column}_us");
        return MistakesNow == before;
    }

    protected override void ReadRow(CsvParser parser)
    {
        if (!IsWhole(parser, width)) return;
        string written = parser[place];
        if (seen.TryGetValue(written, out var known))
        {
            seen[written] = known with { Count = known.Count + 1 };
            return;
        }

        if (PrintedTime.Read(written, unit, out string why) is not { } printed)
        {
            Add(parser, place, why);
            return;
        }

        if (printed.Value < rule.Least || (rule.Most is { } most && printed.Value > most))
            Add(parser, place, $"{rule.What} lies between {TimeText.Of(rule.Least)} and {(rule.Most is { } end ? TimeText.Of(end) : "no end")}, and {TimeText.Of(printed.Value)} does not");
        else if (seen.Count == EmpiricalValues.MostDifferent)
            Add(parser, place, $"more than {EmpiricalValues.MostDifferent} different values: round them to what was measured");
        else seen.Add(written, (printed.Value, 1));
    }
}
