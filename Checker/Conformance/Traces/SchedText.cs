namespace Irekae.Checker.Conformance.Traces;

/// <summary>
/// Lines of the kernel's event tracing, as the <c>trace</c> file of tracefs, <c>trace-cmd report</c> and <c>perf script</c> (with it <c>perf sched script</c>)
/// print them. All have: a task, the processor in brackets, maybe flags, seconds with a colon, the event with a colon, its fields:
/// <code>
///     app-12   [000] d..2.  100.000123: sched_switch: prev_comm=app prev_pid=12 prev_prio=120 prev_state=S ==> next_comm=swapper/0 next_pid=0 next_prio=120
///     app-12   [000]        100.000123: sched_switch: app:12 [120] S ==> swapper/0:0 [120]
///     app   12 [000]        100.000123: sched:sched_switch: prev_comm=app prev_pid=12 …
/// </code>
/// (The kernel's Documentation/trace/ftrace.rst and events.rst; the manual pages trace-cmd-report(1), perf-script(1), perf-sched(1).) What somebody writes to
/// <c>trace_marker</c> is an event of the text's own name.
/// </summary>
internal static class SchedText
{
    private static readonly string[] Markers = ["tracing_mark_write", "print", "bprint", "bputs"];

    public static bool LooksLikeOne(string line) => Find(line, out _, out _, out _);

    /// <summary>How many digits the time has behind the point; null: the line is none of an event.</summary>
    public static int? DigitsOf(string line) => Find(line, out _, out _, out var stamp) && line[stamp].Split('.') is [_, var behind] ? behind.Length : null;

    public static IEnumerable<TraceRecord> Read(string path, Func<TextReader> open)
    {
        using var text = open();
        var names = new Names();
        long number = 0;
        while (text.ReadLine() is { } line)
        {
            number++;
            if (Of(path, line, number, names) is { } record) yield return record;
        }
    }

    private static TraceRecord? Of(string path, string line, long number, Names names)
    {
        var trimmed = line.AsSpan().Trim();
        if (trimmed.IsEmpty || trimmed[0] == '#') return null;
        if (trimmed.Contains("LOST ", StringComparison.Ordinal) && trimmed.Contains("EVENTS", StringComparison.Ordinal))
            throw new TraceException(path, number, "the tracer lost events here: what it did not see cannot be judged. Record again with larger buffers, or cut the trace here");
        if (!Find(line, out int bracket, out int cpu, out var stamp))
        {
            if (IsHead(trimmed)) return null;
            throw new TraceException(path, number, $"no processor in brackets and no time in seconds: '{Short(trimmed)}' is no line of ftrace, trace-cmd report or perf script (or the file is cut off here)");
        }

        if (!Stamps.TryRead(line.AsSpan(stamp).Trim(), 9, out long time)) throw new TraceException(path, number, $"'{line[stamp]}' is no time in seconds");
        var rest = line.AsSpan(stamp.End.Value + 1).TrimStart();
        // perf puts the system before the event, with a colon; names of events have no blanks.
        int colon = EndOfName(rest);
        if (colon < 0) throw new TraceException(path, number, $"no event is named after the time: '{Short(trimmed)}'");
        var name = rest[..colon];
        int system = name.LastIndexOf(':');
        if (system >= 0) name = name[(system + 1)..];
        var fields = rest[(colon + 1)..].Trim();
        if (name.SequenceEqual(TraceRecord.Switch))
        {
            if (!TrySwitch(fields, names, out var from, out var to)) throw new TraceException(path, number, $"a switch without who leaves and who gets the processor: '{Short(fields)}' (the file may be cut off here)");
            return new TraceRecord(number, time, cpu, TraceRecord.Switch, from, to);
        }

        foreach (string marker in Markers)
            if (name.SequenceEqual(marker)) return new TraceRecord(number, time, cpu, names.Of(AfterPlace(fields)), null, Task(line.AsSpan(0, bracket), names));
        return new TraceRecord(number, time, cpu, names.Of(name), null, Field(fields, "comm=") is { IsEmpty: false } comm ? Named(comm, Field(fields, "pid="), names) : Woken(name, fields, names) ?? Task(line.AsSpan(0, bracket), names));
    }

    /// <summary>The lines before the first event: <c>cpus=4</c>, <c>version = 7</c>.</summary>
    private static bool IsHead(ReadOnlySpan<char> line) => line.StartsWith("cpus=") || line.StartsWith("version") || line.StartsWith("CPU ") || line.StartsWith("CPU:");

    /// <summary>The processor is the last [digits] before the time; names of tasks may have brackets.</summary>
    private static bool Find(string line, out int bracket, out int cpu, out Range stamp)
    {
        (bracket, cpu, stamp) = (-1, -1, default);
        for (int open = line.IndexOf('['); open >= 0; open = line.IndexOf('[', open + 1))
        {
            int close = line.IndexOf(']', open);
            if (close < 0) return false;
            if (!int.TryParse(line.AsSpan(open + 1, close - open - 1), System.Globalization.NumberStyles.None, null, out cpu)) continue;
            // Flags, if any, then the time up to its colon.
            int at = close + 1;
            for (int words = 0; words < 2; words++)
            {
                while (at < line.Length && line[at] == ' ') at++;
                int end = at;
                while (end < line.Length && line[end] is >= '0' and <= '9' or '.') end++;
                if (end < line.Length && end > at && line[end] == ':')
                {
                    (bracket, stamp) = (open, at..end);
                    return true;
                }

                while (at < line.Length && line[at] != ' ') at++;
            }
        }

        return false;
    }

    /// <summary>The colon that ends the event's name: the first that a blank follows, or the end of the line.</summary>
    private static int EndOfName(ReadOnlySpan<char> rest)
    {
        for (int i = 0; i < rest.Length; i++)
        {
            if (rest[i] == ' ') return -1;
            if (rest[i] == ':' && (i + 1 == rest.Length || rest[i + 1] == ' ')) return i;
        }

        return -1;
    }

    private static bool TrySwitch(ReadOnlySpan<char> fields, Names names, out TraceThread? from, out TraceThread? to)
    {
        (from, to) = (null, null);
        int arrow = fields.IndexOf("==>");
        if (arrow < 0) return false;
        var left = fields[..arrow].Trim();
        var right = fields[(arrow + 3)..].Trim();
        if (left.StartsWith("prev_comm="))
        {
            int pid = left.IndexOf(" prev_pid="), next = right.IndexOf(" next_pid=");
            if (pid < 0 || next < 0 || !right.StartsWith("next_comm=")) return false;
            if (!Number(left[(pid + 10)..], out long fromId) || !Number(right[(next + 10)..], out long toId)) return false;
            (from, to) = (names.Thread(left[10..pid], fromId), names.Thread(right[10..next], toId));
            return true;
        }

        (from, to) = (Short(left, names), Short(right, names));
        return from is not null && to is not null;
    }

    /// <summary><c>app:12 [120]</c>; names may have colons and blanks.</summary>
    private static TraceThread? Short(ReadOnlySpan<char> text, Names names)
    {
        int bracket = text.LastIndexOf('[');
        if (bracket < 0) return null;
        var front = text[..bracket].TrimEnd();
        int colon = front.LastIndexOf(':');
        return colon > 0 && Number(front[(colon + 1)..], out long id) ? names.Thread(front[..colon].Trim(), id) : null;
    }

    /// <summary>Who is woken, in trace-cmd's short form: <c>app:12 [120] success=1 CPU:000</c>.</summary>
    private static TraceThread? Woken(ReadOnlySpan<char> name, ReadOnlySpan<char> fields, Names names)
    {
        if (!name.StartsWith("sched_wak")) return null;
        int bracket = fields.IndexOf('[');
        int end = bracket < 0 ? -1 : fields[bracket..].IndexOf(']');
        return end < 0 ? null : Short(fields[..(bracket + end + 1)], names);
    }

    private static ReadOnlySpan<char> Field(ReadOnlySpan<char> fields, string key)
    {
        int at = fields.StartsWith(key) ? 0 : fields.IndexOf(" " + key);
        if (at < 0) return [];
        var value = fields[(at + key.Length + (at > 0 || !fields.StartsWith(key) ? 1 : 0))..];
        // A value ends where the next field begins; names of tasks may have blanks.
        int equals = value.IndexOf('=');
        if (equals < 0) return value;
        int blank = value[..equals].LastIndexOf(' ');
        return blank < 0 ? value : value[..blank].TrimEnd();
    }

    private static TraceThread Named(ReadOnlySpan<char> comm, ReadOnlySpan<char> pid, Names names) => names.Thread(comm, Number(pid, out long id) ? id : -1);

    /// <summary><c>app-12</c> or <c>app   12</c> before the processor.</summary>
    private static TraceThread? Task(ReadOnlySpan<char> text, Names names)
    {
        text = text.Trim();
        if (text.EndsWith(")")) text = text[..text.LastIndexOf('(')].TrimEnd(); // the group of threads, where the kernel prints it
        int cut = text.LastIndexOfAny('-', ' ');
        return cut > 0 && Number(text[(cut + 1)..], out long id) ? names.Thread(text[..cut].Trim(), id) : null;
    }

    /// <summary>A marker's text without the place in the kernel that <c>print</c> puts before it.</summary>
    private static ReadOnlySpan<char> AfterPlace(ReadOnlySpan<char> text)
    {
        int colon = text.IndexOf(": ");
        return colon > 0 && text[..colon].IndexOf(' ') < 0 && (text.StartsWith("tracing_mark_write") || text.StartsWith("0x")) ? text[(colon + 2)..] : text;
    }

    private static bool Number(ReadOnlySpan<char> text, out long number)
    {
        int end = 0;
        while (end < text.Length && text[end] is >= '0' and <= '9') end++;
        return long.TryParse(text[..end], System.Globalization.NumberStyles.None, null, out number);
    }

    private static string Short(ReadOnlySpan<char> text) => text.Length > 60 ? $"{text[..57]}…" : text.ToString();
}
