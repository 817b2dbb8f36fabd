namespace Irekae.Checker.Conformance.Traces;

/// <summary>
/// What <c>babeltrace</c> and <c>babeltrace2</c> print (their plug-in sink.text.pretty): the time in brackets, maybe the time since the line before, the host,
/// the event with a colon, groups of fields in braces:
/// <code>
///     [14:05:23.123456789] (+0.000001234) host sched_switch: { cpu_id = 0 }, { prev_comm = "app", prev_tid = 12, …, next_comm = "swapper/0", next_tid = 0, … }
/// </code>
/// A time of day that passes midnight goes on with the next day. With <c>--clock-seconds</c> the time is in seconds.
/// </summary>
internal static class BabeltraceText
{
    private const long Day = 86_400_000_000_000;

    public static bool LooksLikeOne(string line) => line.StartsWith('[') && line.IndexOf(']') is > 0 and var close && TryTime(line.AsSpan(1, close - 1), out _, out _) && line.Contains('{');

    public static IEnumerable<TraceRecord> Read(string path, Func<TextReader> open)
    {
        using var text = open();
        var names = new Names();
        long number = 0, days = 0, last = long.MinValue;
        while (text.ReadLine() is { } line)
        {
            number++;
            if (string.IsNullOrWhiteSpace(line)) continue;
            if (IsLoss(line)) throw new TraceException(path, number, "the tracer discarded events here: what it did not see cannot be judged. Record again with larger buffers, or cut the trace here");
            int close = line.IndexOf(']');
            if (!line.StartsWith('[') || close < 0 || !TryTime(line.AsSpan(1, close - 1), out long time, out bool ofDay))
                throw new TraceException(path, number, "no time in brackets at the beginning of the line: this is no line of babeltrace's text (or the file is cut off here)");
            if (ofDay && last != long.MinValue && time + days < last - (Day / 2)) days += Day;
            time += days;
            last = time;
            yield return Of(path, line, close, number, time, names);
        }
    }

    /// <summary>The warning of either babeltrace, which comes between the events where both outputs went to one file; of a colour there may be signs before it.</summary>
    private static bool IsLoss(string line) =>
        line.Contains("Tracer discarded", StringComparison.Ordinal) && line.IndexOf('{') < 0 && (line.StartsWith("[warning]", StringComparison.Ordinal) || line.Contains("WARNING", StringComparison.Ordinal));

    private static TraceRecord Of(string path, string line, int close, long number, long time, Names names)
    {
        int brace = line.IndexOf('{', close);
        int colon = brace < 0 ? -1 : line.LastIndexOf(':', brace);
        if (colon < 0 || line.TrimEnd()[^1] != '}') throw new TraceException(path, number, "no event with its fields in braces (the file may be cut off here)");
        var head = line.AsSpan(close + 1, colon - close - 1).Trim();
        var name = head[(head.LastIndexOf(' ') + 1)..];
        var fields = line.AsSpan(brace);
        int cpu = Number(fields, "cpu_id", out long id) ? (int)id : -1;
        if (name.SequenceEqual(TraceRecord.Switch))
        {
            var (from, to) = (Thread(fields, "prev_", names), Thread(fields, "next_", names));
            if (from is null || to is null) throw new TraceException(path, number, "a switch without prev_comm, prev_tid, next_comm and next_tid");
            return new TraceRecord(number, time, cpu, TraceRecord.Switch, from, to);
        }

        return new TraceRecord(number, time, cpu, names.Of(name), null, Thread(fields, "", names) ?? Context(fields, names) ?? Said(head, names));
    }

    private static TraceThread? Thread(ReadOnlySpan<char> fields, string prefix, Names names)
    {
        if (!Text(fields, prefix + "comm", out var comm)) return null;
        return names.Thread(comm.TrimEnd(), Number(fields, prefix + "tid", out long id) || Number(fields, prefix + "pid", out id) ? id : -1);
    }

    /// <summary>Who does it, where the context fields <c>procname</c> and <c>vtid</c> or <c>tid</c> were recorded.</summary>
    private static TraceThread? Context(ReadOnlySpan<char> fields, Names names) =>
        Text(fields, "procname", out var name) ? names.Thread(name, Number(fields, "vtid", out long id) || Number(fields, "tid", out id) ? id : -1) : null;

    /// <summary>What the trace as a whole says of it, before the event's name: <c>host:app:12</c>, where the number is that of the process.</summary>
    private static TraceThread? Said(ReadOnlySpan<char> head, Names names)
    {
        int blank = head.LastIndexOf(' ');
        var said = blank < 0 ? [] : head[..blank].TrimEnd();
        said = said[(said.LastIndexOf(' ') + 1)..];
        int last = said.LastIndexOf(':');
        int first = last < 0 ? -1 : said[..last].IndexOf(':');
        return first > 0 && long.TryParse(said[(last + 1)..], out long id) ? names.Thread(said[(first + 1)..last], id) : null;
    }

    private static bool Text(ReadOnlySpan<char> fields, string key, out ReadOnlySpan<char> value)
    {
        value = After(fields, key);
        if (value.IsEmpty || value[0] != '"') return false;
        int end = value[1..].IndexOf('"');
        if (end < 0) return false;
        value = value.Slice(1, end);
        return true;
    }

    private static bool Number(ReadOnlySpan<char> fields, string key, out long number)
    {
        var value = After(fields, key);
        int end = 0;
        while (end < value.Length && value[end] is (>= '0' and <= '9') or '-') end++;
        return long.TryParse(value[..end], out number);
    }

    private static ReadOnlySpan<char> After(ReadOnlySpan<char> fields, string key)
    {
        for (int at = 0; ;)
        {
            int found = fields[at..].IndexOf(key);
            if (found < 0) return [];
            at += found;
            bool whole = at == 0 || fields[at - 1] is ' ' or '{' or ',';
            at += key.Length;
            if (whole && fields[at..].StartsWith(" = ")) return fields[(at + 3)..];
        }
    }

    /// <summary><c>14:05:23.123456789</c>, the same after a date, or seconds.</summary>
    private static bool TryTime(ReadOnlySpan<char> text, out long time, out bool ofDay)
    {
        ofDay = false;
        if (Stamps.TryRead(text, 9, out time)) return true;
        int blank = text.IndexOf(' ');
        DateOnly date = default;
        if (blank > 0 && !DateOnly.TryParseExact(text[..blank], "yyyy-MM-dd", out date)) return false;
        var clock = text[(blank + 1)..];
        if (clock.Length < 8 || clock[2] != ':' || clock[5] != ':') return false;
        if (!int.TryParse(clock[..2], out int hours) || !int.TryParse(clock[3..5], out int minutes) || !Stamps.TryRead(clock[6..], 9, out long seconds)) return false;
        ofDay = blank < 0;
        time = seconds + ((((hours * 60L) + minutes) * 60L) * 1_000_000_000L);
        if (blank > 0) time += (date.DayNumber - new DateOnly(1970, 1, 1).DayNumber) * Day;
        return true;
    }
}
