using CsvHelper;

namespace Irekae.Codegen.Validation;

/// <summary>Comma-separated values of any length, row by row, the head as the first.</summary>
public static class CsvRows
{
    /// <param name="wrong">Makes what is thrown where a row cannot be read: line, and what is wrong.</param>
    public static IEnumerable<(int Line, string[] Values)> Read(TextReader text, Func<int, string, Exception> wrong)
    {
        (int Line, string What)? bad = null;
        var configuration = CsvReading.Configuration(parser => bad ??= (parser?.RawRow ?? 1, CsvReading.BadQuotation));
        using var parser = new CsvParser(text, configuration, leaveOpen: true);
        int last = 0;
        while (true)
        {
            bool more;
            try
            {
                more = parser.Read();
            }
            catch (MaxFieldSizeException)
            {
                throw wrong(last + 1, CsvReading.TooLong);
            }

            if (bad is var (line, what)) throw wrong(line, what);
            if (!more) yield break;
            last = parser.RawRow;
            yield return (CsvReading.LineOf(parser), parser.Record!);
        }
    }
}
