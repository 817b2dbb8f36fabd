using System.Collections.Immutable;
using System.Text.Json;
using Irekae.Checker.Bench;
using Irekae.Checker.Cli;
using Irekae.Checker.Conformance;
using Irekae.Checker.Conformance.Traces;
using Irekae.Model;
using Irekae.Model.Binding;
using Irekae.Model.Numbers;
using Irekae.Model.Semantics;
using Irekae.Tests.Checker.Cli;
using Console = Irekae.Tests.Checker.Cli.Console;

namespace Irekae.Tests.Checker.Conformance;

/// <summary>Known traces of known systems, and what the command says of them.</summary>
public sealed class ConformTests : IDisposable
{
    private const string TwoJobs = """
        system s;
        duration work = 2 us .. 4 us;
        process p at 1 { loop { mark begun; run work; mark done; wait 5 us; } }
        """;

    private static readonly string Tasks = Repository.Folder("specs", "conform", "tasks.irk");

    private readonly string folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(folder, true);

    private string Write(string name, string text)
    {
        string path = Path.Combine(folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private static BoundSystem System(string text) => Spec.FromText("s.irk", text).System!;

    private static string Marks(params (long Microseconds, string Event)[] all) =>
        "time_us,event\n" + string.Concat(all.Select(one => $"{one.Microseconds},mark p.{one.Event}\n"));

    private static ConformanceResult Decide(string spec, string csv, bool changes = false) => Shown.Decide(System(spec), Shown.Read(csv), changes: changes);

    [Theory]
    [InlineData(2, true)]
    [InlineData(4, true)]
    [InlineData(1, false)]
    [InlineData(5, false)]
    public void Durations_count(long work, bool conforms) =>
        Assert.Equal(conforms, Decide(TwoJobs, Marks((100, "begun"), (100 + work, "done"), (105 + work, "begun"))) is ConformanceResult.Conforms);

    [Fact]
    public void Orders_count()
    {
        var refuted = Assert.IsType<ConformanceResult.Refuted>(Decide(TwoJobs, Marks((0, "begun"), (3, "begun"), (7, "done"))));
        Assert.Equal(3, refuted.At.Line);
        Assert.Equal("p passes p.done", Assert.Single(refuted.Possible).What);
    }

    [Fact]
    public void What_was_possible_has_its_times()
    {
        var refuted = Assert.IsType<ConformanceResult.Refuted>(Decide(TwoJobs, Marks((100, "begun"), (105, "done"))));
        Assert.Equal([new Possible("p passes p.done", 102_000, 104_000, true)], refuted.Possible);
    }

    [Fact]
    public void The_smallest_change_is_of_one_duration()
    {
        var longer = Assert.IsType<ConformanceResult.Refuted>(Decide(TwoJobs, Marks((100, "begun"), (105, "done")), changes: true));
        Assert.Equal(new Change("work", (2_000, 4_000), (2_000, 5_000), 1_000, true, true), longer.Changes[0]);
        var shorter = Assert.IsType<ConformanceResult.Refuted>(Decide(TwoJobs, Marks((100, "begun"), (103, "done"), (107, "begun"), (110, "done")), changes: true));
        Assert.Equal((Rational)1_000, shorter.Changes[0].By);
        Assert.False(shorter.Changes[0].Longer);
        Assert.StartsWith("wait 5 us of p, line 3", shorter.Changes[0].What);
    }

    /// <summary>Applied, it explains the event; a nanosecond less does not.</summary>
    [Fact]
    public void The_change_is_enough_and_no_less_is()
    {
        int changed = 0;
        for (ulong seed = 1; seed <= 6; seed++)
        {
            var spec = Spec.Load(Tasks).System!;
            var run = Irekae.Model.Semantics.Runs.Of(TransitionSystem.Compile(spec, Observation.Nothing), 1, new SeededChooser(seed), 60);
            var records = Shown.Of(run).Where(r => r.IsSwitch).ToImmutableArray();
            int from = 10 + (int)seed;
            var spoilt = records.Select((r, i) => i < from ? r : r with { Time = r.Time + 700_000 }).ToList();
            if (Shown.Decide(spec, spoilt, changes: true) is not ConformanceResult.Refuted { Changes: [{ Changed: var (low, high), What: "control_work" or "video_work" or "entry" } change, ..] } refuted) continue;
            changed++;
            var until = spoilt.Where(r => r.Time <= refuted.At.Time).ToList();
            string path = Write("t.csv", "time_ns,event,core,from,to\n" + string.Concat(until.Select(r => $"{r.Time},switch,0,{r.From!.Name},{r.To!.Name}\n")));
            int With(Rational less) => Console.InProcess("conform", Tasks, "--trace", path, "--no-changes", "--set",
                change.Longer ? $"{change.What}={low} ns .. {high - less} ns" : $"{change.What}={low + less} ns .. {high} ns").Code;
            Assert.Equal((ExitCode.Proved, ExitCode.Refuted), (With(0), With(1)));
        }

        Assert.True(changed >= 2, $"{changed}");
    }

    /// <summary>A choice after which nothing differs but what was seen is a choice.</summary>
    [Fact]
    public void Alternatives_that_lead_to_the_same_are_told_apart_when_they_are_seen()
    {
        const string spec = "system s; process p at 1 { run 1 us; choose { mark a; } or { mark b; } run 1 us; mark c; }";
        foreach (string mark in (string[])["a", "b"])
            Assert.IsType<ConformanceResult.Conforms>(Decide(spec, Marks((1, mark), (2, "c")) + "3,mark p.a\n3,mark p.b\n" is var csv ? csv[..csv.IndexOf("3,", StringComparison.Ordinal)] : ""));
        Assert.IsType<ConformanceResult.Refuted>(Decide(spec, Marks((1, "a"), (1, "b"), (2, "c"))));
    }

    [Fact]
    public void A_recording_from_the_midst_of_a_run_begins_anywhere()
    {
        var system = System(TwoJobs);
        var records = Shown.Read(Marks((3, "done"), (8, "begun"), (11, "done")));
        var own = Mapping.OwnNames(system, records);
        Assert.IsType<ConformanceResult.Refuted>(Shown.Decide(system, records, own));
        Assert.IsType<ConformanceResult.Conforms>(Shown.Decide(system, records, own with { Begins = Beginning.Anywhere }));
        var wrong = Shown.Read(Marks((3, "done"), (9, "begun"), (11, "done")));
        Assert.IsType<ConformanceResult.Refuted>(Shown.Decide(system, wrong, own with { Begins = Beginning.Anywhere }));
    }

    [Fact]
    public void The_resolution_is_how_far_a_time_may_be_off()
    {
        var system = System(TwoJobs);
        var records = Shown.Read(Marks((100, "begun"), (105, "done")));
        Assert.IsType<ConformanceResult.Refuted>(Shown.Decide(system, records, resolution: (499, 499)));
        Assert.IsType<ConformanceResult.Conforms>(Shown.Decide(system, records, resolution: (500, 500)));
    }

    /// <summary>The window is far shorter than the trace, so that history is forgotten again and again.</summary>
    [Fact]
    public void A_long_trace_is_forgotten_on_the_way()
    {
        var spec = Spec.Load(Tasks).System!;
        var run = Irekae.Model.Semantics.Runs.Of(TransitionSystem.Compile(spec, Observation.Nothing), 1, new SeededChooser(9), 1500);
        var records = Shown.Of(run).Where(r => r.IsSwitch).ToImmutableArray();
        var conforms = Assert.IsType<ConformanceResult.Conforms>(Shown.Decide(spec, records, window: 100));
        Assert.NotNull(conforms.Witness!.Before);
        Assert.InRange(conforms.Witness.To - conforms.Witness.From, 100, 400);
        var late = records.Select((r, i) => i < 1000 ? r : r with { Time = r.Time + 300_000 });
        var refuted = Assert.IsType<ConformanceResult.Refuted>(Shown.Decide(spec, late, window: 100, changes: true));
        Assert.InRange(refuted.At.Line, records[1000].Line, records[1100].Line);
        Assert.NotNull(refuted.Looked);
        Assert.NotEmpty(refuted.Changes);
    }

    /// <summary>
    /// Everything is 3 ms late from the end of some job on, far from the beginning, with times as the kernel rounds them. Most durations could not explain that whatever they were, and
    /// those are told with few states; the job's work could.
    /// </summary>
    [Theory]
    [InlineData(3UL)]
    [InlineData(4UL)]
    [InlineData(5UL)]
    public void A_fault_late_in_a_long_trace_is_explained_with_few_states(ulong seed)
    {
        var spec = Spec.Load(Tasks).System!;
        var records = Shown.Of(Irekae.Model.Semantics.Runs.Of(TransitionSystem.Compile(spec, Observation.Nothing), 1, new SeededChooser(seed), 4000)).Where(r => r.IsSwitch).ToList();
        int from = records.FindIndex(2000, r => r.From!.Name == "control");
        long Rounded(long time) => (time + 500) / 1000 * 1000;
        var late = records.Select((r, i) => r with { Time = Rounded(r.Time + (i < from ? 0 : 3_000_000)) });
        var conforming = Shown.Conforming(spec, late, resolution: (1000, 1000), changes: true);
        var refuted = Assert.IsType<ConformanceResult.Refuted>(conforming.Decide());
        Assert.InRange(refuted.At.Line, records[from].Line, records[from + 3].Line);
        var change = Assert.Single(refuted.Changes, change => change.What == "control_work");
        Assert.InRange((long)change.By.Floor(), 1_990_000, 3_000_000);
        Assert.InRange(conforming.Count.ForChanges, 1, 40_000);
    }

    /// <summary>That none is known does not mean that there is none.</summary>
    [Fact]
    public void Where_changes_are_not_looked_for_that_is_said() =>
        Assert.Equal("changes of durations were not looked for", Assert.IsType<ConformanceResult.Refuted>(Decide(TwoJobs, Marks((100, "begun"), (105, "done")))).Unfinished);

    [Fact]
    public void A_trace_that_says_nothing_of_the_system_is_read_and_leaves_it_unknown()
    {
        var conforming = Shown.Conforming(System(TwoJobs), Shown.Read("time_us,event\n1,other\n2,other\n"));
        Assert.Contains("nothing in the trace is named", Assert.IsType<ConformanceResult.Unknown>(conforming.Decide()).Why);
        Assert.Equal((2, 0), (conforming.Count.Records, conforming.Count.Shown));
    }

    [Fact]
    public void A_limit_leaves_it_unknown()
    {
        var spec = Spec.Load(Tasks).System!;
        var run = Irekae.Model.Semantics.Runs.Of(TransitionSystem.Compile(spec, Observation.Nothing), 1, new SeededChooser(9), 100);
        Assert.Contains("stopped after 20 states", Assert.IsType<ConformanceResult.Unknown>(Shown.Decide(spec, Shown.Of(run), states: 20)).Why);
    }

    /// <summary>Where it cannot be known it is not called refuted.</summary>
    [Fact]
    public void Too_many_events_at_one_instant_leave_it_unknown()
    {
        var records = Shown.Read(Marks([.. Enumerable.Range(0, 100).Select(k => ((long)k, "done"))]));
        Assert.Contains("more than 64 events", Assert.IsType<ConformanceResult.Unknown>(Shown.Decide(System(TwoJobs), records, resolution: (100_000, 100_000))).Why);
    }

    [Fact]
    public void Runs_come_back_from_the_files_that_timeline_writes()
    {
        foreach (string format in (string[])["csv", "chrome"])
        {
            string path = Path.Combine(folder, $"run.{format}");
            Assert.Equal(ExitCode.Proved, Console.InProcess("timeline", Tasks, "--seed", "4", "--moves", "80", "--whole", "--format", format, "-o", path).Code);
            var printed = Console.InProcess("conform", Tasks, "--trace", path, "-o", Path.Combine(folder, "found.run"));
            Assert.Equal(("", ExitCode.Proved), (printed.Error, printed.Code));
            Assert.Contains("logger", Console.InProcess("timeline", Tasks, "--run", Path.Combine(folder, "found.run")).Out);
            Assert.Equal(ExitCode.Proved, Console.InProcess("run", Tasks, "--replay", Path.Combine(folder, "found.run")).Code);
        }
    }

    [Fact]
    public void Ftrace_text_of_any_length_is_written_and_read()
    {
        foreach (int digits in (int[])[9, 6])
        {
            string path = Path.Combine(folder, $"{digits}.txt");
            ConformSpeed.Write(Spec.Load(Tasks).System!, path, 300, digits);
            Assert.Equal(ExitCode.Proved, Console.InProcess("conform", Tasks, "--trace", path).Code);
        }
    }

    [Theory]
    [InlineData("tasks.ftrace.txt", ExitCode.Proved)]
    [InlineData("late.ftrace.txt", ExitCode.Refuted)]
    public void The_answer_for_programs_conforms_to_its_schema(string trace, int code)
    {
        string specs = Repository.Folder("specs", "conform");
        var printed = Console.InProcess("conform", Tasks, "--trace", Path.Combine(specs, trace), "--mapping", Path.Combine(specs, "tasks.map.json"), "--json");
        Assert.Equal(code, printed.Code);
        using var answer = JsonDocument.Parse(printed.Out);
        Assert.Empty(Schema.Load(Repository.Folder("docs", "conform.schema.json")).Complaints(answer.RootElement));
    }

    [Theory]
    [InlineData("""{ "threads": { "a": "contrl" } }""", ":1:21: no process or server is called 'contrl'; did you mean 'control'?")]
    [InlineData("{\n  \"event\": {}\n}", ":2:3: a mapping has no 'event'; did you mean 'events'?")]
    [InlineData("""{ "events": { "x": "mark control.dne" } }""", ":1:20: no mark is called 'control.dne'; did you mean 'control.done'?")]
    [InlineData("""{ "events": { "x": "pass control.done" } }""", ":1:20: 'pass' is no kind of event; there are: mark, begin")]
    [InlineData("""{ "threads": { "a": "control" }, "resolution": "1 min" }""", ":1:48: '1 min' is no time")]
    [InlineData("""{ "threads": { "a": "control" }, "cores": { "0": 3 } }""", ":1:50: '3' is no core: the machine has 0")]
    [InlineData("""{ "threads": { "a": "control" }, "partly": ["mark control.done"] }""", ":1:45: no event of the trace is 'mark control.done'")]
    [InlineData("""{ "threads": """, ":1:1")]
    [InlineData("""{ "threads": {}, "events": {} }""", ":1:1: it names neither threads nor events")]
    public void Mistakes_of_a_mapping_are_told_with_their_place(string mapping, string said)
    {
        string path = Write("m.json", mapping);
        var printed = Console.InProcess("conform", Tasks, "--trace", Path.Combine(Repository.Folder("specs", "conform"), "tasks.ftrace.txt"), "--mapping", path);
        Assert.Equal(ExitCode.BadInput, printed.Code);
        Assert.Contains(path + said, printed.Error);
    }

    /// <summary>A run whose times are no whole nanoseconds is one that conforms, if it is said how its trace is cut off.</summary>
    [Fact]
    public void A_run_between_nanoseconds_conforms_with_a_resolution()
    {
        string spec = Path.Combine("specs", "paper", "ant-accounts.irk"), trace = Path.Combine(folder, "t.csv");
        Assert.Contains("finer than a nanosecond", Console.InProcess("timeline", "--seed", "1", "--whole", "--format", "csv", "-o", trace, spec).Error);
        Assert.Equal(ExitCode.Refuted, Console.InProcess("conform", spec, "--trace", trace, "--no-changes").Code);
        Assert.Equal(ExitCode.Proved, Console.InProcess("conform", spec, "--trace", trace, "--mapping", Write("m.json", """{ "resolution": { "before": "0", "after": "1 ns" } }""")).Code);
    }

    [Theory]
    [InlineData("5,switch,0,,control\n4,switch,0,control,video\n", ":3: its time lies before that of line 2")]
    [InlineData("5,switch,0,,control\n6,switch,0,video,control\n", ":3: video leaves the processor, but since line 2 control has it: the trace has a gap")]
    [InlineData("5,switch,0,,stranger\n", ":2: the thread stranger is not in the mapping: say which process it is")]
    [InlineData("5,switch,1,,control\n", ":2: the machine has no core 1")]
    public void Traces_that_contradict_themselves_are_bad_input(string rows, string said)
    {
        string path = Write("t.csv", "time_us,event,core,from,to\n" + rows);
        var printed = Console.InProcess("conform", Tasks, "--trace", path);
        Assert.Equal(ExitCode.BadInput, printed.Code);
        Assert.Contains(path + said, printed.Error);
    }
}
