using FsCheck;
using FsCheck.Fluent;
using Irekae.Checker.Timelines;
using Irekae.Model;
using Irekae.Model.Binding;
using Irekae.Model.Semantics;
using Irekae.Properties.Monitors;
using Irekae.Tests.Checker.Cli;
using Irekae.Tests.Laws;

namespace Irekae.Tests.Checker.Timelines;

/// <summary>What holds of the timeline of every run, and that every format says the same.</summary>
public class TimelineTests
{
    private static readonly int Systems = Campaign.Size(25, 1000);

    private static readonly Config Configuration = Config.QuickThrowOnFailure.WithMaxTest(Systems).WithReplay(7, 1);

    private static readonly Arbitrary<ulong> Seeds = Gen.Choose(1, 100_000).Select(seed => (ulong)seed).ToArbitrary();

    [Fact]
    public void A_core_runs_one_process_at_a_time_for_as_long_as_work_was_done() => Prop.ForAll(Seeds, seed =>
    {
        var timeline = Random(seed);
        foreach (var lane in timeline.Lanes)
        {
            Assert.All(lane.Segments, segment => Assert.True(segment.To > segment.From));
            Assert.All(lane.Segments.Zip(lane.Segments.Skip(1)), pair => Assert.True(pair.First.To <= pair.Second.From));
        }

        long processes = Running(timeline.Lanes.Where(lane => lane.Actor >= 0)), cores = Running(timeline.Lanes.Where(lane => lane.Core >= 0));
        Assert.Equal(Worked(timeline.Run), processes);
        Assert.Equal(processes, cores);
    }).Check(Configuration);

    [Fact]
    public void Messages_and_measures_are_what_the_events_say() => Prop.ForAll(Seeds, seed =>
    {
        var timeline = Random(seed);
        var events = timeline.Run.Steps.SelectMany(step => step.Move.Events.Select(e => (step.Instant, Event: e))).ToList();
        Assert.All(timeline.Arrows, arrow => Assert.True(arrow.Sent <= arrow.Taken));
        Assert.All(timeline.Arrows.Where(arrow => arrow.Kind is ArrowKind.Call), arrow => Assert.Contains(events, e => e.Instant == arrow.Sent && e.Event.Kind == EventKind.Calls && e.Event.A == arrow.From));
        Assert.Equal(events.Count(e => e.Event.Kind == EventKind.Takes), timeline.Arrows.Count(arrow => arrow.Kind != ArrowKind.Reply));
        Assert.Equal(events.Count(e => e.Event.Kind == EventKind.Replies), timeline.Arrows.Count(arrow => arrow.Kind == ArrowKind.Reply));
        // The values of measures, by the clocks of the transition system.
        var measured = Quantities.Of(timeline.Run).Occurrences.Where(occurrence => occurrence.Completed && timeline.Run.System.Observation.Quantities[occurrence.Quantity] is Quantity.OfMeasure)
            .Select(occurrence => (((Quantity.OfMeasure)timeline.Run.System.Observation.Quantities[occurrence.Quantity]).Measure.Name, occurrence.Value, timeline.Run.Steps[occurrence.Step].Instant)).Order();
        var names = timeline.System.Measures.Select(measure => measure.Name).ToHashSet();
        Assert.Equal(measured, timeline.Brackets.Where(bracket => bracket.Ended && names.Contains(bracket.Name)).Select(bracket => (bracket.Name, bracket.To - bracket.From, bracket.To)).Order());
    }).Check(Configuration);

    /// <summary>Whatever a statement does is shown with that statement, which names what is sent, passed, spawned or measured.</summary>
    [Fact]
    public void The_place_is_that_of_the_statement() => Prop.ForAll(Seeds, seed =>
    {
        var timeline = Random(seed);
        foreach (var arrow in timeline.Arrows)
        {
            string written = arrow.Place!.Text;
            if (written.StartsWith("fault", StringComparison.Ordinal)) Assert.Equal(ArrowKind.Notify, arrow.Kind);
            else Assert.StartsWith(arrow.Kind.Word(), written[(written.IndexOf('=') + 1)..].TrimStart());
        }

        foreach (var moment in timeline.Moments)
        {
            if (moment.Kind is MomentKind.SliceEnd or MomentKind.Preempted) continue;
            string written = moment.Place!.Text;
            if (moment.Kind == MomentKind.Mark) Assert.StartsWith("mark", written);
            if (moment.Text.Contains(" spawns ")) Assert.StartsWith("spawn", written);
            if (moment.Text.Contains(" kills ")) Assert.StartsWith("kill", written);
            if (moment.Text.Contains(" binds ")) Assert.StartsWith("bind", written);
            if (moment.Text.EndsWith(" crashes")) Assert.StartsWith("fault", written);
        }

        foreach (var bracket in timeline.Brackets.Where(bracket => !bracket.Name.StartsWith("job of ", StringComparison.Ordinal))) Assert.StartsWith("measure " + bracket.Name, bracket.Place.Text);
        string svg = SvgWriting.Of(timeline), chrome = ChromeWriting.Of(timeline);
        var perfetto = TimelineReading.PerfettoPlaces(PerfettoWriting.Of(timeline));
        var places = timeline.Arrows.Where(arrow => arrow.From != arrow.To).Select(arrow => arrow.Place!).Concat(timeline.Moments.Select(moment => moment.Place).OfType<Irekae.Model.Text.SourceSpan>()).Select(place => place.ToString()).Distinct();
        foreach (string place in places)
        {
            Assert.Contains(place, svg);
            Assert.Contains($"\"place\":\"{place}\"", chrome);
            Assert.Contains(place, perfetto);
        }
    }).Check(Configuration);

    /// <summary>The notification of a crash is taken before a message of the same name that has waited longer, and comes from who crashed.</summary>
    [Fact]
    public void A_crash_and_a_message_of_one_name_are_told_apart()
    {
        const string Text = """
            system s;
            process p at 0 { wait 1 us; send watch.news; wait 20 us; }
            process busy at 1 { run 10 us; }
            process q at 3 { run 50 us; }
            server watch at 2 { on news { run 1 us; } }
            fault dead: crash q notifying watch.news;
            """;
        var system = TransitionSystem.Compile(Spec.Bind(Text).System!, Observing.Of([]) with { Faults = Spec.Bind(Text).System!.Faults });
        var arrows = Enumerable.Range(1, 200).Select(seed => Timeline.Of(Runs.Of(system, 1, new SeededChooser((ulong)seed), 40)))
            .Select(timeline => (timeline, Crash: timeline.Moments.FirstOrDefault(moment => moment.Kind == MomentKind.Fault)?.Instant))
            .Where(run => run.Crash is { } crash && run.timeline.Arrows.Length == 2 && crash > run.timeline.Arrows.Min(arrow => arrow.Sent) && crash < run.timeline.Arrows.Min(arrow => arrow.Taken))
            .Select(run => (run.timeline.Arrows.MinBy(arrow => arrow.Taken)!, run.Crash)).ToList();
        Assert.NotEmpty(arrows);
        Assert.All(arrows, pair => Assert.Equal((2, ArrowKind.Notify, pair.Crash), (pair.Item1.From, pair.Item1.Kind, pair.Item1.Sent)));
    }

    /// <summary>A part of a measure is shown with the value of all of it.</summary>
    [Fact]
    public void What_is_cut_still_says_how_long_it_lasts() => Prop.ForAll(Seeds, seed =>
    {
        var timeline = Random(seed);
        var part = timeline.Within(timeline.From + ((timeline.To - timeline.From) / 3), timeline.To - ((timeline.To - timeline.From) / 3));
        var values = timeline.Brackets.Select(bracket => (bracket.Actor, bracket.Name, bracket.To - bracket.From)).ToHashSet();
        Assert.All(part.Brackets, bracket => Assert.Contains((bracket.Actor, bracket.Name, bracket.Lasts), values));
        Assert.All(part.Brackets, bracket => Assert.True(bracket.Lasts >= bracket.To - bracket.From));
    }).Check(Configuration);

    [Fact]
    public void Every_format_read_back_has_the_same_segments() => Prop.ForAll(Seeds, seed =>
    {
        var timeline = Random(seed);
        var exact = Bars(timeline, instant => instant);
        Assert.Equal(exact, TimelineReading.Joined(TimelineReading.Svg(SvgWriting.Of(timeline))));
        Assert.Equal(TimelineReading.Joined(exact.Where(bar => !bar.Row.StartsWith("core ", StringComparison.Ordinal))), TimelineReading.Joined(TimelineReading.Itf(ItfWriting.Of(timeline))));

        var nanoseconds = Bars(timeline, instant => (long)timeline.Run.Nanoseconds(instant).Floor());
        var rows = nanoseconds.Select(bar => bar.Row).ToHashSet();
        byte[] perfetto = PerfettoWriting.Of(timeline);
        Assert.Equal(nanoseconds, TimelineReading.Joined(TimelineReading.Perfetto(perfetto).Where(bar => rows.Contains(bar.Row))));
        var (begin, end) = TimelineReading.Flows(perfetto);
        Assert.Equal(timeline.Arrows.Length, begin.Distinct().Count());
        Assert.Equal(begin.Order(), end.Order());
        var counted = TimelineReading.PerfettoCounters(perfetto);
        foreach (var lane in timeline.Lanes.Where(lane => lane.Actor >= 0))
        {
            var values = counted[$"{lane.Name}: priority"].ToList();
            Assert.Equal(lane.Segments.Select(segment => segment.Priority), lane.Segments.Select(segment => values.FindLast(value => value.Instant <= (long)timeline.Run.Nanoseconds(segment.From).Floor()) is { Value: var value } && values.Count > 0 ? value : -1));
        }

        Assert.Equal(nanoseconds, TimelineReading.Joined(TimelineReading.Chrome(ChromeWriting.Of(timeline)).Where(bar => rows.Contains(bar.Row) && bar.State is not ("measure" or "unended"))));

        var (unit, bars) = TimelineReading.Vcd(VcdWriting.Of(timeline), "state");
        var perTick = timeline.Run.Nanoseconds(1) * 1_000_000 / Femtoseconds(unit);
        Assert.Equal(
            TimelineReading.Joined(Bars(timeline, instant => (long)(perTick * instant).Floor()).Where(bar => !bar.Row.StartsWith("core ", StringComparison.Ordinal))),
            TimelineReading.Joined(bars));
    }).Check(Configuration);

    [Fact]
    public void Chromes_format_keeps_its_rules() => Prop.ForAll(Seeds, seed =>
    {
        var timeline = Random(seed);
        Assert.Empty(TraceEventRules.Broken(ChromeWriting.Of(timeline)));
        Assert.Empty(TraceEventRules.Broken(ChromeWriting.Of(timeline.Within(timeline.To / 3, timeline.To / 2))));
    }).Check(Configuration);

    /// <summary>Who lives for no time has no slice that its messages could be bound to.</summary>
    [Fact]
    public void A_message_of_who_ends_at_once_is_bound_to_something()
    {
        var system = Spec.Bind("system s; machine { cores 1; scheduler priority; } process p at 0 { send q.go; } server q at 1 { on go { run 5 us; } } process r at 2 { run 20 us; }").System!;
        var timeline = Timeline.Of(Runs.Of(TransitionSystem.Compile(system, Observing.Of([])), 1, new SeededChooser(1), 20));
        Assert.Single(timeline.Arrows);
        Assert.Empty(TraceEventRules.Broken(ChromeWriting.Of(timeline)));
    }

    [Fact]
    public void A_part_is_the_whole_cut() => Prop.ForAll(Seeds, seed =>
    {
        var timeline = Random(seed);
        long third = timeline.To / 3;
        var part = timeline.Within(third, 2 * third);
        Assert.Equal(
            timeline.Lanes.SelectMany(lane => lane.Segments).Sum(segment => Math.Max(0, Math.Min(segment.To, 2 * third) - Math.Max(segment.From, third))),
            part.Lanes.SelectMany(lane => lane.Segments).Sum(segment => segment.Length));
        foreach (var writing in (Action[])[() => SvgWriting.Of(part), () => TextWriting.Of(part), () => PerfettoWriting.Of(part), () => ChromeWriting.Of(part), () => VcdWriting.Of(part), () => ItfWriting.Of(part)]) writing();
        Assert.All(TextWriting.Of(part, 80, unicode: false).Split('\n'), line => Assert.True(line.Length <= 80 && line.All(char.IsAscii), line));
    }).Check(Configuration);

    [Theory]
    [InlineData("terminal")]
    [InlineData("vcd")]
    [InlineData("itf")]
    [InlineData("chrome")]
    [InlineData("svg")]
    public void The_first_system(string format)
    {
        var printed = Cli.Console.InProcess("timeline", "specs/first/first.irk", "--format", format);
        Assert.Equal("", printed.Error);
        Golden.Check($"timeline.{format}.txt", printed.Out);
    }

    /// <summary>All of the run, whatever is looked at first; the browser's tests use it.</summary>
    [Fact]
    public void A_page_has_all_of_the_run_and_needs_nothing()
    {
        var printed = Cli.Console.InProcess("timeline", "specs/first/first.irk", "--format", "html");
        Assert.Equal(("", 0), (printed.Error, printed.Code));
        Assert.Contains("\"range\":[0,106],\"focus\":[0,106]", printed.Out);
        Assert.DoesNotContain("src=", printed.Out);
        Assert.InRange(printed.Out.Length, 1, 60_000);
        Assert.Contains("Home for the worst case", printed.Out);
        Assert.DoesNotContain("worst case", Cli.Console.InProcess("timeline", "specs/first/first.irk", "--format", "html", "--seed", "3").Out);
    }

    [Fact]
    public void Perfetto_goes_into_a_file()
    {
        string path = Path.GetTempFileName();
        try
        {
            Assert.Equal(0, Cli.Console.InProcess("timeline", "--seed", "3", "--format", "perfetto", "-o", path, "specs/first/first.irk").Code);
            Assert.NotEmpty(TimelineReading.Perfetto(File.ReadAllBytes(path)));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("is binary: say where to with -o FILE", "--format", "perfetto")]
    [InlineData("no property is called 'none'", "-p", "none")]
    [InlineData("check.deadlock has no run to show", "-p", "check.deadlock")]
    [InlineData("only one of --property, --run and --seed", "--seed", "1", "-p", "bound")]
    [InlineData("Could not find file", "--run", "none.run")]
    [InlineData("cannot write", "-o", "none/at/all.txt")]
    [InlineData("there is nothing from 150 us to 100 us: the run ends at 212 us", "--from", "150us", "--to", "100us")]
    [InlineData("there is nothing from 1 s to 212 us: the run ends at 212 us", "--from", "1s")]
    [InlineData("--fold is for --format terminal and svg", "--fold", "--format", "vcd")]
    public void What_cannot_be_shown_is_bad_input(string reason, params string[] arguments)
    {
        var printed = Cli.Console.InProcess(["timeline", "specs/first/first.irk", .. arguments]);
        Assert.Equal(3, printed.Code);
        Assert.Contains(reason, printed.Error);
    }

    [Fact]
    public void Times_that_are_too_long_leave_the_answer_open()
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, "system s; process p at 1 { measure m { run 1 ns .. 90000000000 s; } } property longest: max m;");
            var printed = Cli.Console.InProcess("timeline", path);
            Assert.Equal(2, printed.Code);
            Assert.Contains("does not fit", printed.Error);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static Timeline Random(ulong seed)
    {
        var system = LawSystems.Of(seed).System;
        var observed = Observing.Of([]) with { Quantities = [.. Observing.Measured(system)], Faults = system.Faults };
        var compiled = TransitionSystem.Compile(system, observed);
        long refinement = SpecTimes.Of(compiled).ParameterStep;
        while (true)
        {
            try
            {
                return Timeline.Of(Runs.Of(compiled, refinement, new SeededChooser(seed), 60));
            }
            catch (RefinementException exception)
            {
                refinement = exception.Needed;
            }
        }
    }

    private static long Running(IEnumerable<Lane> lanes) => lanes.SelectMany(lane => lane.Segments).Where(segment => segment.State == State.Running).Sum(segment => segment.Length);

    /// <summary>Processor time: what every amount of work has lost, by its own timer.</summary>
    private static long Worked(Run run)
    {
        long sum = 0;
        long[] before = [];
        foreach (var stage in run.Walk())
        {
            for (int i = 0; stage.Before is not null && i < before.Length; i++)
                if (run.System.Timers[stage.Before.Timers[i]].Kind == TimerKind.Work) sum += before[i] - stage.Passed[i];
            before = stage.Values;
        }

        return sum;
    }

    private static List<Bar> Bars(Timeline timeline, Func<long, long> scale) =>
        TimelineReading.Joined(timeline.Lanes.SelectMany(lane => lane.Segments.Select(segment => new Bar(lane.Name, segment.State.Word(), scale(segment.From), scale(segment.To)))));

    private static long Femtoseconds(string unit)
    {
        string[] parts = unit.Split(' ');
        return long.Parse(parts[0]) * parts[1] switch { "s" => 1_000_000_000_000_000, "ms" => 1_000_000_000_000, "us" => 1_000_000_000, "ns" => 1_000_000, "ps" => 1_000, "fs" => 1, _ => throw new InvalidDataException(unit) };
    }
}
