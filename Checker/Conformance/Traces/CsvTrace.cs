using Irekae.Codegen.Validation;

namespace Irekae.Checker.Conformance.Traces;

/// <summary>
/// A table: a head with the columns <c>time_ns</c> (or <c>time_us</c>, <c>time_ms</c>, <c>time_s</c>) and <c>event</c>, and of these what there is:
/// <c>core</c>, <c>from</c> and <c>to</c> (of a switch, which is called <c>switch</c>; an empty one is nobody), <c>thread</c> (who does, or has done to it, another event).
/// What <see cref="TraceWriting"/> writes has this form.
/// </summary>
internal static class CsvTrace
{
    private static readonly (string Column, int Decimals)[] Times = [("time_ns", 0), ("time_us", 3), ("time_ms", 6), ("time_s", 9)];

    public static bool IsHead(string line) => line.Split(',').Select(column => column.Trim().Trim('"')).Any(column => Times.Any(time => time.Column == column));

    public static IEnumerable<TraceRecord> Read(string path, Func<TextReader> open)
    {
        using var text = open();
        var names = new Names();
        int[]? places = null;
        int decimals = 0, width = 0;
        foreach (var (line, row) in CsvRows.Read(text, (at, what) => new TraceException(path, at, what)))
        {
            if (places is null)
            {
                (places, decimals) = Head(path, line, row);
                width = row.Length;
                continue;
            }

            if (row.Length != width) throw new TraceException(path, line, $"{row.Length} values where the head has {width} columns (the file may be cut off here)");
            if (!Stamps.TryRead(row[places[0]], decimals, out long time)) throw new TraceException(path, line, $"'{row[places[0]]}' is no time: a decimal number is needed");
            int cpu = -1;
            if (places[2] >= 0 && row[places[2]].Length > 0 && (!int.TryParse(row[places[2]], System.Globalization.NumberStyles.None, null, out cpu) || cpu > ushort.MaxValue))
                throw new TraceException(path, line, $"'{row[places[2]]}' is no number of a core");
            string name = row[places[1]];
            bool switches = name is "switch" or TraceRecord.Switch;
            if (switches && places[4] < 0) throw new TraceException(path, line, "a switch needs the column 'to': who gets the core, or nothing where nobody does");
            yield return switches
                ? new TraceRecord(line, time, cpu, TraceRecord.Switch, places[3] < 0 ? null : Thread(row[places[3]], names), Thread(row[places[4]], names))
                : new TraceRecord(line, time, cpu, names.Of(name), null, places[5] < 0 || row[places[5]].Length == 0 ? null : Thread(row[places[5]], names));
        }

        if (places is null) throw new TraceException(path, 1, "the file is empty: a head such as time_ns,event,core,from,to,thread is needed");
    }

    private static (int[] Places, int Decimals) Head(string path, int line, string[] head)
    {
        int time = Array.FindIndex(head, column => Times.Any(one => one.Column == column));
        int Of(string column) => Array.IndexOf(head, column);
        if (time < 0) throw new TraceException(path, line, "the head needs a column time_ns, time_us, time_ms or time_s");
        if (Of("event") < 0) throw new TraceException(path, line, "the head needs a column 'event'");
        return ([time, Of("event"), Of("core"), Of("from"), Of("to"), Of("thread")], Times.First(one => one.Column == head[time]).Decimals);
    }

    private static TraceThread Thread(string text, Names names) => names.Thread(text, -1);
}
