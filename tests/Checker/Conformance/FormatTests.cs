using System.IO.Compression;
using System.Text;
using Irekae.Checker.Conformance.Traces;

namespace Irekae.Tests.Checker.Conformance;

/// <summary>One trace in every format, and what is wrong with files.</summary>
public sealed class FormatTests : IDisposable
{
    private const string Csv = "time_ns,event,core,from,to,thread\n1000000,switch,0,,app,\n1002000,hello,0,,,app\n1003000,switch,0,app,bg task,\n1005000,switch,0,bg task,,\n";

    private const string Ftrace = """
        # tracer: nop
        #
                  <idle>-0     [000] d..2.     0.001000: sched_switch: prev_comm=swapper/0 prev_pid=0 prev_prio=120 prev_state=R ==> next_comm=app next_pid=12 next_prio=120
                     app-12    (    12) [000] .....     0.001002: tracing_mark_write: hello
                     app-12    (    12) [000] d..2.     0.001003: sched_switch: prev_comm=app prev_pid=12 prev_prio=120 prev_state=S ==> next_comm=bg task next_pid=7 next_prio=120
                 bg task-7     [000] d..2.     0.001005: sched_switch: prev_comm=bg task prev_pid=7 prev_prio=120 prev_state=S ==> next_comm=swapper/0 next_pid=0 next_prio=120
        """;

    private const string TraceCmd = """
        cpus=1
                  <idle>-0     [000]     0.001000: sched_switch:         swapper/0:0 [120] R ==> app:12 [120]
                     app-12    [000]     0.001002: print:                tracing_mark_write: hello
                     app-12    [000]     0.001003: sched_switch:         app:12 [120] S ==> bg task:7 [120]
                 bg task-7     [000]     0.001005: sched_switch:         bg task:7 [120] S ==> swapper/0:0 [120]
        """;

    private const string Perf = """
                 swapper     0 [000]     0.001000: sched:sched_switch: prev_comm=swapper/0 prev_pid=0 prev_prio=120 prev_state=R ==> next_comm=app next_pid=12 next_prio=120
                     app    12 [000]     0.001002: probe:hello: (55d0)
                     app    12 [000]     0.001003:       sched:sched_switch: app:12 [120] S ==> bg task:7 [120]
                 bg task     7 [000]     0.001005: sched:sched_switch: prev_comm=bg task prev_pid=7 prev_prio=120 prev_state=S ==> next_comm=swapper/0 next_pid=0 next_prio=120
        """;

    private const string Babeltrace = """
        [00:00:00.001000000] (+?.?????????) host sched_switch: { cpu_id = 0 }, { prev_comm = "swapper/0", prev_tid = 0, prev_prio = 20, prev_state = 0, next_comm = "app", next_tid = 12, next_prio = 20 }
        [00:00:00.001002000] (+0.000002000) host hello: { cpu_id = 0 }, { procname = "app", vtid = 12 }, { x = 5 }
        [00:00:00.001003000] (+0.000001000) host sched_switch: { cpu_id = 0 }, { prev_comm = "app", prev_tid = 12, prev_prio = 20, prev_state = 1, next_comm = "bg task", next_tid = 7, next_prio = 20 }
        [00:00:00.001005000] (+0.000002000) host sched_switch: { cpu_id = 0 }, { prev_comm = "bg task", prev_tid = 7, prev_prio = 20, prev_state = 1, next_comm = "swapper/0", next_tid = 0, next_prio = 20 }
        """;

    private const string Chrome = """
        { "displayTimeUnit": "ns", "other": [1, {"traceEvents": 3}],
          "traceEvents": [
            {"ph":"M","name":"thread_name","pid":1,"tid":0,"args":{"name":"core 0"}},
            {"ph":"M","name":"thread_name","pid":2,"tid":5,"args":{"name":"app"}},
            {"ph":"X","name":"bg task","pid":1,"tid":0,"ts":1003,"dur":2},
            {"ph":"X","name":"app","pid":1,"tid":0,"ts":1000,"dur":3.0},
            {"ph":"X","name":"app","pid":1,"tid":0,"ts":2000,"dur":3},
            {"ph":"i","name":"hello","pid":2,"tid":5,"ts":1.002e3,"s":"t"} ] }
        """;

    private readonly string folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(folder, true);

    private string Write(string text, string name = "trace")
    {
        string path = Path.Combine(folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    public static TheoryData<string, TraceFormat, string> Files => new()
    {
        { "csv", TraceFormat.Csv, Csv }, { "ftrace", TraceFormat.Ftrace, Ftrace }, { "trace-cmd", TraceFormat.Ftrace, TraceCmd }, { "perf", TraceFormat.Ftrace, Perf },
        { "babeltrace", TraceFormat.Babeltrace, Babeltrace }, { "chrome", TraceFormat.Chrome, Chrome },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_format_says_the_same(string name, TraceFormat expected, string text)
    {
        var (format, records) = TraceFile.Open(Write(text, name), null);
        Assert.Equal(expected, format);
        Assert.Equal(["1000000 nobody to app", "1002000 hello app", "1003000 app to bg task", "1005000 bg task to nobody"], records.Take(4).Select(Said));
    }

    private static string Said(TraceRecord record)
    {
        static string Name(TraceThread? thread) => thread!.Name.Length == 0 || thread.Name.StartsWith("swapper/", StringComparison.Ordinal) ? "nobody" : thread.Name;
        return record.IsSwitch ? $"{record.Time} {Name(record.From)} to {Name(record.To)}" : $"{record.Time} {record.Event} {record.To!.Name}";
    }

    /// <summary>Lines as the tools print them, of several versions and with several options.</summary>
    [Theory]
    [InlineData("          <idle>-0       (-----) [003] d..2   12.5: sched_switch: prev_comm=swapper/3 prev_pid=0 prev_prio=120 prev_state=R ==> next_comm=app next_pid=12 next_prio=98", "12500000000 nobody to app")]
    [InlineData("          <idle>-0       [003] dNh4.   12.5: sched_wakeup: comm=my app: x pid=12 prio=98 success=1 target_cpu=003", "12500000000 sched_wakeup my app: x")]
    [InlineData("          <idle>-0       [003] d.h4.   12.5: sched_waking: comm=a=b pid=12 prio=98 target_cpu=003", "12500000000 sched_waking a=b")]
    [InlineData("          <idle>-0     [010] 12.5: sched_wakeup:         kworker/10:0:2763 [120] success=1 CPU:010", "12500000000 sched_wakeup kworker/10:0")]
    [InlineData("    kworker/10:0-2763  [010] 12.5: sched_switch:         kworker/10:0:2763 [120] R ==> swapper/10:0 [120]", "12500000000 kworker/10:0 to nobody")]
    [InlineData("   irq/29-iwl[x]-559   [002] ..s. 12.5: netif_receive_skb: dev=wlan0 len=2948", "12500000000 netif_receive_skb irq/29-iwl[x]")]
    [InlineData("   app-12    [002] ..s. 12.5: signal_generate: sig=17 errno=0 code=1 comm=bash pid=7 grp=1 res=0", "12500000000 signal_generate bash")]
    [InlineData("              perf  112408 [000] 12.5:       sched:sched_waking: comm=migration/0 pid=15 prio=0 target_cpu=000", "12500000000 sched_waking migration/0")]
    [InlineData("              perf  112408 [000] 12.5:       sched:sched_wakeup: perf:112410 [120] CPU:003", "12500000000 sched_wakeup perf")]
    [InlineData("        my app     11/12    [015] 12.5:       probe_app:done: (55d0c0de)", "12500000000 done my app")]
    [InlineData("        my app     12    [015] 12.5:          1 probe_app:done: (55d0c0de)", "12500000000 done my app")]
    [InlineData("        app-12    [001] 12.5: bprint:               do_work: begun", "12500000000 do_work: begun app")]
    [InlineData("[00:00:12.500000000] (+?.?????????) RTEMS sched_switch: { cpu_id = 0 }, { prev_comm = \"UI1 \", prev_tid = 16, prev_prio = 0, next_comm = \"app \", next_tid = 12, next_prio = 0 }", "12500000000 UI1 to app")]
    [InlineData("[00:00:12.500000000] (+0.000000001) sched_wakeup: { cpu_id = 0 }, { comm = \"app\", tid = 12, prio = 20, target_cpu = 1 }", "12500000000 sched_wakeup app")]
    [InlineData("[2026-01-01 00:00:12.500000000] (+0.000000001) host:app:12 lib:done: { cpu_id = 2 }, { x = \"a: {b}\" }", "1767225612500000000 lib:done app")]
    public void Lines_are_read_as_the_tools_print_them(string line, string said) => Assert.Equal(said, Said(Assert.Single(TraceFile.Open(Write(line), null).Records)));

    /// <summary>What belongs to no event: heads, what was lost before the first, and call chains.</summary>
    [Theory]
    [InlineData("version = 7\ncpus=8\nCPU 1 is empty\nCPU:7 [204600 EVENTS DROPPED]\n", "")]
    [InlineData("CPU:7 [LOST EVENTS]\n", "")]
    [InlineData("# tracer: nop\n#\n# entries-in-buffer/entries-written: 2/2   #P:8\n#\n", "          a-1  [000] d..2. 12.0: <stack trace>\n => __schedule\n => schedule\n")]
    [InlineData("# ========\n# captured on    : now\n", "\tffffffff8100abcd schedule+0x0 ([kernel.kallsyms])\n\t    7f7fabc1 [unknown] (/lib/libc.so.6)\n\n")]
    public void What_is_no_event_is_passed_over(string head, string behind)
    {
        const string one = "          a-1  [000] d..2. 12.0: x: y\n", other = "          a-1  [000] d..2. 12.5: x: y\n";
        Assert.Equal(2, TraceFile.Open(Write(string.Concat(Enumerable.Repeat("# a long head\n", 100)) + head + one + behind + other), null).Records.Count());
    }

    /// <summary>The kernel keeps the names of a few threads only; a switch has the name.</summary>
    [Fact]
    public void A_thread_whose_name_was_forgotten_is_called_as_a_switch_calls_it()
    {
        var records = TraceFile.Open(Write("""
                      <...>-12    [000] d..2. 12.0: sched_switch: prev_comm=app prev_pid=12 prev_prio=98 prev_state=S ==> next_comm=swapper/0 next_pid=0 next_prio=120
                      <...>-12    [000] ..... 12.5: tracing_mark_write: hello
                      <...>-13    [000] ..... 12.5: tracing_mark_write: hello
            """), null).Records.Skip(1).Select(record => record.To!.ToString());
        Assert.Equal(["app:12", "<...>:13"], records);
    }

    /// <summary>A file in the order of time, but for ends that come when they are known, is told from its beginning on; one in another order tells the same when all of it is known.</summary>
    [Fact]
    public void Of_a_Chrome_file_in_order_only_a_part_is_kept()
    {
        const int count = (ChromeTrace.Window / 3) + 5000;
        var lines = Enumerable.Range(0, count).SelectMany(k => (string[])[
            $$"""{"ph":"X","name":"{{(k % 2 == 0 ? "a" : "b")}}","pid":1,"tid":0,"ts":{{10 * k}},"dur":{{(k % 3 == 0 ? 7 : 10)}}}""",
            $$"""{"ph":"i","name":"hello","pid":2,"tid":5,"ts":{{(10 * k) + 3}}}"""]).ToList();
        const string names = """{"ph":"M","name":"thread_name","pid":1,"tid":0,"args":{"name":"CPU 0"}},{"ph":"M","name":"thread_name","pid":2,"tid":5,"args":{"name":"app"}}""";
        var (first, last) = (Told(lines), Told(Enumerable.Reverse(lines)));
        Assert.Equal(first.Records, last.Records);
        Assert.Equal((2 * count) + (count / 3), first.Records.Count);
        Assert.InRange(first.Read, 1, first.Size * 0.95);
        Assert.Equal(last.Size, last.Read);

        (List<string> Records, long Read, long Size) Told(IEnumerable<string> events)
        {
            string path = Write($"[{string.Join(",\n", events)},\n{names}]");
            long read = 0, atFirst = 0;
            var told = new List<string>();
            foreach (var record in TraceFile.Open(path, null, bytes => read = bytes).Records)
            {
                if (told.Count == 0) atFirst = read;
                told.Add(Said(record));
            }

            return (told, atFirst, new FileInfo(path).Length);
        }
    }

    [Fact]
    public void A_packed_file_is_unpacked_and_a_damaged_one_is_told()
    {
        string path = Path.Combine(folder, "trace.gz");
        using (var file = new GZipStream(File.Create(path), CompressionLevel.Fastest)) file.Write(Encoding.UTF8.GetBytes(Ftrace));
        Assert.Equal(4, TraceFile.Open(path, null).Records.Count());
        byte[] half = [.. File.ReadAllBytes(path).SkipLast(20)];
        File.WriteAllBytes(path, half);
        Assert.ThrowsAny<TraceException>(() => TraceFile.Open(path, TraceFormat.Ftrace).Records.Count());
    }

    [Theory]
    [InlineData(TraceFormat.Ftrace, "  a-1 [000] 1.0: x: y\n  a-1 [000] 1.00", "trace:2: no processor in brackets and no time in seconds")]
    [InlineData(TraceFormat.Ftrace, "  a-1 [000] 1.0: sched_switch: prev_comm=a prev_pid=1 ==> next_co", "trace:1: a switch without who leaves and who gets the processor")]
    [InlineData(TraceFormat.Ftrace, "  a-1 [000] 1.0: x: y\nCPU:0 [LOST 12 EVENTS]", "trace:2: the tracer lost events here")]
    [InlineData(TraceFormat.Ftrace, "  a-1 [000] 1.0: x: y\nCPU:7 [204600 EVENTS DROPPED]", "trace:2: the tracer lost events here")]
    [InlineData(TraceFormat.Ftrace, "  a 1 [000] 1.0: x: y\n  a 1 [000] 1.1: PERF_RECORD_LOST lost 12", "trace:2: the tracer lost events here")]
    [InlineData(TraceFormat.Ftrace, "  a-1 [000] 1.0: x: y\n##### CPU 2 buffer started ####", "trace:2: what this processor did before was overwritten")]
    [InlineData(TraceFormat.Ftrace, "  a-1 [000] d..2. 48151623: x: y", "trace:1: '48151623' counts something else than seconds")]
    [InlineData(TraceFormat.Babeltrace, "[warning] Tracer discarded 4 events between [00:00:01.0] and [00:00:02.0] in trace UUID 1", "trace:1: the tracer discarded events here")]
    [InlineData(TraceFormat.Babeltrace, "WARNING: Tracer discarded 4 events between [00:00:01.0] and [00:00:02.0] in trace 'x'", "trace:1: the tracer discarded events here")]
    [InlineData(TraceFormat.Csv, "time_us,event\n1,a\n2", "trace:3: 1 values where the head has 2 columns")]
    [InlineData(TraceFormat.Csv, "time_us,event\n1e3,a", "trace:2: '1e3' is no time")]
    [InlineData(TraceFormat.Csv, "when,event\n1,a", "trace:1: the head needs a column time_ns")]
    [InlineData(TraceFormat.Babeltrace, "[00:00:01.5] host a: { cpu_id = 0 }, { x = ", "trace:1: no event with its fields in braces")]
    [InlineData(TraceFormat.Chrome, "{\"traceEvents\": [{\"ph\":\"i\",\"ts\":1,\"name\":\"a\"}, {\"ph\":", "trace:2: this is not JSON, or the file is cut off here")]
    [InlineData(TraceFormat.Chrome, "{\"events\": []}", "trace:1: there is no 'traceEvents'")]
    [InlineData(TraceFormat.Chrome, "[{\"ph\":\"i\",\"ts\":\"soon\",\"name\":\"a\"}]", "trace:1: an event needs 'ts'")]
    public void What_is_wrong_is_told_with_its_line(TraceFormat format, string text, string said)
    {
        string path = Write(text);
        var wrong = Assert.Throws<TraceException>(() => TraceFile.Open(path, format).Records.Count());
        Assert.StartsWith(Path.Combine(folder, said), wrong.Message);
    }

    [Fact]
    public void A_format_that_cannot_be_told_is_asked_for() =>
        Assert.Contains("--format", Assert.Throws<TraceException>(() => TraceFile.Open(Write("what is this\n"), null)).Message);

    [Fact]
    public void Binary_files_are_sent_through_their_printers() =>
        Assert.Contains("perf sched script", Assert.Throws<TraceException>(() => TraceFile.Open(Write("PERFILE2\0\0\0\0"), null)).Message);

    [Fact]
    public void Times_are_read_digit_by_digit()
    {
        Assert.True(Stamps.TryRead("12.000000001", 9, out long time));
        Assert.Equal(12_000_000_001, time);
        Assert.True(Stamps.TryRead("0.1234567899", 9, out time));
        Assert.Equal(123_456_789, time);
        Assert.False(Stamps.TryRead("99999999999999999999", 9, out _));
        Assert.False(Stamps.TryRead("1.2.3", 9, out _));
    }
}
