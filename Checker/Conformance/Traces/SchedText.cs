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
    private const int MostThreads = 1 << 16;

    private static readonly string[] Markers = ["tracing_mark_write", "print", "bprint", "bputs"];

    public static bool LooksLikeOne(string line) => Find(line, out _, out _, out _);

    /// <summary>How many digits the time has behind the point; null: the line is none of an event.</summary>
    public static int? DigitsOf(string line) => Find(line, out _, out _, out var stamp) && line[stamp].Split('.') is [_, var behind] ? behind.Length : null;

    public static IEnumerable<TraceRecord> Read(string path, Func<TextReader> open)
    {
        using var text = open();
        var reading = new Reading(path);
        while (text.ReadLine() is { } line)
            if (reading.Take(line) is { } record) yield return record;
    }

    private sealed class Reading(string path)
    {
        private readonly Names names = new();

        /// <summary>Threads that a switch has named, by their number: of others the kernel may have forgotten the name, and prints <c>&lt;...&gt;</c>.</summary>
        private readonly Dictionary<long, TraceThread> named = [];

        private long number;
        private bool begun;

        public TraceRecord? Take(string line)
        {
            number++;
            var trimmed = line.AsSpan().Trim();
            if (trimmed.IsEmpty || IsLoss(trimmed) || trimmed[0] == '#') return null;
            if (!Find(line, out int bracket, out int cpu, out var stamp))
            {
                if (IsHead(trimmed) || IsStack(trimmed)) return null;
                throw Wrong($"no processor in brackets and no time in seconds: '{Short(trimmed)}' is no line of ftrace, trace-cmd report or perf script (or the file is cut off here)");
            }

            begun = true;
            if (!line.AsSpan(stamp).Contains('.')) throw Wrong($"'{line[stamp]}' counts something else than seconds: record with the trace clock local, global, boot or mono");
            if (!Stamps.TryRead(line.AsSpan(stamp), 9, out long time)) throw Wrong($"'{line[stamp]}' is no time in seconds");
            var rest = AfterPeriod(line.AsSpan(stamp.End.Value + 1).TrimStart());
            if (rest.StartsWith("<stack trace") || rest.StartsWith("<user stack trace")) return null;
            if (rest.StartsWith("PERF_RECORD_LOST")) throw Lost();
            // perf puts the system before the event, with a colon; names of events have no blanks.
            int colon = EndOfName(rest);
            if (colon < 0) throw Wrong($"no event is named after the time: '{Short(trimmed)}'");
            var name = rest[..colon];
            int system = name.LastIndexOf(':');
            if (system >= 0) name = name[(system + 1)..];
            var fields = rest[(colon + 1)..].Trim();
            if (name.SequenceEqual(TraceRecord.Switch))
            {
                if (!TrySwitch(fields, names, out var from, out var to)) throw Wrong($"a switch without who leaves and who gets the processor: '{Short(fields)}' (the file may be cut off here)");
                Know(from!);
                Know(to!);
                return new TraceRecord(number, time, cpu, TraceRecord.Switch, from, to);
            }

            foreach (string marker in Markers)
                if (name.SequenceEqual(marker)) return new TraceRecord(number, time, cpu, names.Of(AfterPlace(fields)), null, Known(Task(line.AsSpan(0, bracket), names)));
            return new TraceRecord(number, time, cpu, names.Of(name), null, Woken(name, fields, names) ?? Known(Task(line.AsSpan(0, bracket), names)));
        }

        /// <summary>What a tracer says of events that it has not kept. Before the first event nothing is missing: the trace begins there.</summary>
        private bool IsLoss(ReadOnlySpan<char> line)
        {
            bool lost = line.StartsWith("CPU:") && (line.Contains("LOST", StringComparison.Ordinal) || line.EndsWith("EVENTS DROPPED]"));
            bool overwritten = line.StartsWith("##### CPU ") && line.Contains("buffer started", StringComparison.Ordinal);
            if (!begun || (!lost && !overwritten)) return lost || overwritten;
            throw lost ? Lost() : Wrong("what this processor did before was overwritten, while what others did was kept: cut the trace here, or record again with larger buffers");
        }

        private TraceException Lost() => Wrong("the tracer lost events here: what it did not see cannot be judged. Record again with larger buffers, or cut the trace here");

        private void Know(TraceThread thread)
        {
            if (named.Count < MostThreads) named[thread.Id] = thread;
        }

        private TraceThread? Known(TraceThread? thread) => thread is { Name: "<...>" } && named.TryGetValue(thread.Id, out var known) ? known : thread;

        private TraceException Wrong(string message) => new(path, number, message);
    }

    /// <summary>The lines before the first event: <c>cpus=4</c>, <c>version = 7</c>, <c>CPU 1 is empty</c>.</summary>
    public static bool IsHead(ReadOnlySpan<char> line) => line.StartsWith("cpus=") || line.StartsWith("version") || line.StartsWith("CPU ") || line.StartsWith("CPU:");

    /// <summary>A line of a call chain, which follows its event: <c>=&gt; schedule</c> or, as perf prints it, <c>ffffffff8100abcd schedule+0x0 ([kernel.kallsyms])</c>.</summary>
    private static bool IsStack(ReadOnlySpan<char> line)
    {
        if (line.StartsWith("=>")) return true;
        int digits = line.IndexOfAnyExcept("0123456789abcdef");
        return digits >= 6 && line[digits] == ' ';
    }

    /// <summary>How many of an event a sample stands for, which perf prints before its name where that was recorded.</summary>
    private static ReadOnlySpan<char> AfterPeriod(ReadOnlySpan<char> rest)
    {
        int digits = rest.IndexOfAnyExceptInRange('0', '9');
        return digits > 0 && rest[digits] == ' ' ? rest[digits..].TrimStart() : rest;
    }

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

    /// <summary>Whom an event is about that says it, <c>comm=app pid=12 prio=120 …</c>, or, in trace-cmd's short form of who is woken, <c>app:12 [120] success=1 CPU:000</c>.</summary>
    private static TraceThread? Woken(ReadOnlySpan<char> name, ReadOnlySpan<char> fields, Names names)
    {
        int comm = fields.StartsWith("comm=") ? 0 : fields.IndexOf(" comm=") + 1;
        if (fields[comm..].StartsWith("comm="))
        {
            var said = fields[(comm + 5)..];
            if (said.IndexOf(" pid=") is > 0 and var pid && Number(said[(pid + 5)..], out long id)) return names.Thread(said[..pid], id);
        }

        if (!name.StartsWith("sched_wak")) return null;
        int bracket = fields.IndexOf(" [");
        int end = bracket < 0 ? -1 : fields[bracket..].IndexOf(']');
        return end < 0 ? null : Short(fields[..(bracket + end + 1)], names);
    }

    /// <summary><c>app-12</c>, <c>app   12</c> or, with that of its process before, <c>app   11/12</c>, before the processor.</summary>
    private static TraceThread? Task(ReadOnlySpan<char> text, Names names)
    {
        text = text.Trim();
        if (text.EndsWith(")")) text = text[..text.LastIndexOf('(')].TrimEnd(); // the group of threads, where the kernel prints it
        int cut = text.LastIndexOfAny('-', ' ');
        var own = text[(cut + 1)..];
        return cut > 0 && Number(own[(own.IndexOf('/') + 1)..], out long id) ? names.Thread(text[..cut].Trim(), id) : null;
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
