using System.Collections.Immutable;
using FsCheck.Xunit;
using Irekae.Checker.Bounded;
using Irekae.Checker.Bounded.Calibration;
using Irekae.Checker.Cli;
using Irekae.Codegen.Validation;
using Irekae.Model;
using Irekae.Model.Numbers;
using Irekae.Tests.Checker.Cli;
using Console = Irekae.Tests.Checker.Cli.Console;

namespace Irekae.Tests.Checker.Calibration;

public class CalibratorTests
{
    private static CalibrationResult Calibrate(string text, params (string Name, Statistic Statistic, Rational Value, Rational Half, long Samples)[] cells) =>
        Calibrate(text, 100, cells);

    private static CalibrationResult Calibrate(string text, int depth, (string Name, Statistic Statistic, Rational Value, Rational Half, long Samples)[] cells)
    {
        var spec = Spec.Bind("system t; " + text);
        Assert.True(spec.System is not null, string.Join("; ", spec.Diagnostics));
        ImmutableArray<ImmutableArray<Observation>> sets =
        [
            .. cells.Select((c, line) => ImmutableArray.Create(new Observation(
                new Cell(c.Name, c.Statistic, c.Value, c.Half, c.Samples, line + 1), spec.System.Measurements.Single(m => m.Name == c.Name)))),
        ];
        return Calibrator.Calibrate(
            new CalibrationTask(m => m.Variant is null ? spec.System : spec.ForVariant(m.Variant)!, sets, []), new BoundedOptions { Depth = depth }, CancellationToken.None);
    }

    private static string Parameters(CalibrationResult result) => result.Fit switch
    {
        Fit.Found found => string.Join("; ", found.Parameters.Select(p => $"{p.Parameter} {string.Join(" or ", p.Values.Pieces.Select(v => $"{v.Low}{(v.LowReached ? "" : "+")}..{v.High}{(v.HighReached ? "" : "-")}"))}")),
        Fit.None none => "conflict " + string.Join(" ", none.Conflict.Select(o => o.Cell.FullName)),
        _ => result.Fit.ToString(),
    };

    private const string Once = "measured a.b.c as m;";

    /// <summary>m = p + w with w in 0 .. width: p is what the printed value leaves, cut to its range.</summary>
    [Property(MaxTest = 60)]
    public void One_run_one_parameter(byte range, byte width, byte value, byte half)
    {
        string answer = Parameters(Calibrate($"parameter p in 0 .. {range + 1} ns; process q at 1 {{ measure m {{ run p; wait 0 .. {width + 1} ns; }} }} {Once}", ("a.b.c", Statistic.Max, value, half, 5)));
        int low = Math.Max(0, Math.Max(0, value - half) - width - 1), high = Math.Min(range + 1, value + half);
        Assert.Equal(low <= high ? $"p {low}..{high}" : "conflict a.b.c.max", answer);
    }

    [Fact]
    public void What_lies_between_two_ways_does_not_fit() =>
        Assert.Equal(
            "p 8..12 or 18..22",
            Parameters(Calibrate($"parameter p in 0 .. 50 ns; process q at 1 {{ measure m {{ run p; choose {{ run 10 ns; }} or {{ }} }} }} {Once}", ("a.b.c", Statistic.Max, 20, 2, 1))));

    [Fact]
    public void A_bound_that_is_only_approached_is_said() =>
        Assert.Equal(
            "p 5+..20",
            Parameters(Calibrate(
                """
                parameter p in 0 .. 20 ns;
                shared s { var late: bool = false; }
                process clock at 0 { wait 5 ns; s.late = true; }
                process q at 1 { run p; if (s.late) { measure m { run 1 ns; } } }
                machine { ties completion_first; }
                measured a.b.c as m;
                """,
                ("a.b.c", Statistic.Max, 1, 0, 1))));

    /// <summary>Max 30 and min 10 of three: the third is known by the mean, and p, which bounds all of them, by the max.</summary>
    [Fact]
    public void A_mean_of_few_samples_is_theirs()
    {
        const string text = $"parameter p in 0 .. 100 ns; process q at 1 {{ measure m {{ choose {{ run p; }} or {{ run 10 ns; }} }} }} {Once}";
        Assert.Equal("p 30..30", Parameters(Calibrate(text, ("a.b.c", Statistic.Max, 30, 0, 3), ("a.b.c", Statistic.Mean, new Rational(50, 3), 0, 3), ("a.b.c", Statistic.Min, 10, 0, 3))));
        Assert.Equal(
            "conflict a.b.c.max a.b.c.mean",
            Parameters(Calibrate(text, ("a.b.c", Statistic.Max, 30, 0, 3), ("a.b.c", Statistic.Mean, 17, 0, 3), ("a.b.c", Statistic.Min, 10, 0, 3))));
    }

    [Fact]
    public void A_mean_of_many_lies_between_what_the_extremes_leave() =>
        Assert.Equal(
            "conflict a.b.c.max a.b.c.mean",
            Parameters(Calibrate($"parameter p in 0 .. 9 ns; process q at 1 {{ measure m {{ wait p .. 100 ns; }} }} {Once}", ("a.b.c", Statistic.Max, 9, 0, 5000), ("a.b.c", Statistic.Mean, 10, 0, 5000))));

    [Fact]
    public void A_total_is_of_one_run_that_has_ended() =>
        Assert.Equal(
            "p 4..4",
            Parameters(Calibrate(
                "parameter p in 0 .. 9 ns; process q at 1 { repeat 3 { mark s; run 5 ns; run p; } mark s; } measured a.b.c as total gap(q.s) beyond 5 ns;",
                ("a.b.c", Statistic.Mean, 4, 0, 3))));

    [Fact]
    public void Observations_of_two_variants_share_their_parameters() =>
        Assert.Equal(
            "p 3..4",
            Parameters(Calibrate(
                """
                parameter p in 0 .. 9 ns; duration more = 0 ns;
                process q at 1 { measure m { run p; run more; } }
                variant slow { duration more = 2.5 ns; }
                """ + "measured a.b.c as m; measured a.b.slow as m in slow;",
                ("a.b.c", Statistic.Max, 3, 1, 1), ("a.b.slow", Statistic.Max, 7, new Rational(3, 2), 1))));

    [Fact]
    public void The_smallest_conflict_is_found_among_others()
    {
        var result = Calibrate(
            "parameter p in 0 .. 9 ns; parameter q in 0 .. 9 ns; process a at 1 { measure m { run p; } measure n { run q; } measure k { run p; } } measured a.m.c as m; measured a.n.c as n; measured a.k.c as k;",
            ("a.m.c", Statistic.Max, 3, 1, 5), ("a.m.c", Statistic.Min, 3, 1, 5), ("a.n.c", Statistic.Max, 5, 1, 5), ("a.k.c", Statistic.Max, 6, 1, 5));
        var none = Assert.IsType<Fit.None>(result.Fit);
        Assert.Equal(2, none.Conflict.Length);
        Assert.Contains(none.Conflict, o => o.Cell.Name == "a.k.c");
        Assert.True(none.Smallest);
    }

    [Fact]
    public void Longer_runs_than_were_looked_at_are_said()
    {
        const string text = $"parameter p in 1 ns .. 9 ns; process q at 1 {{ loop {{ run p; measure m {{ run p; }} }} }} {Once}";
        var result = Calibrate(text, 4, [("a.b.c", Statistic.Max, 3, 1, 5)]);
        Assert.Equal(("p 2..4", false), (Parameters(result), result.AllRuns));
    }

    /// <summary>Neither that values fit nor that none does is then an answer for all runs.</summary>
    [Theory]
    [InlineData(1, "no value fits 1 observation in runs of at most 1 move\n")]
    [InlineData(4, "fits 1 observation\n")]
    public void Runs_that_were_not_looked_at_leave_it_open(int depth, string said)
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            string spec = Path.Combine(folder, "s.irk"), data = Path.Combine(folder, "d.csv");
            File.WriteAllText(spec, "system s; parameter p in 1 ns .. 9 ns; process q at 1 { loop { run p; measure m { run p; } } } measured a.b.c as m;");
            File.WriteAllText(data, "os,measure,condition,statistic,value_ns,samples\na,b,c,max,3,5\n");
            var printed = Console.InProcess("calibrate", spec, "--data", data, "--depth", $"{depth}");
            Assert.Equal((ExitCode.Unknown, ""), (printed.Code, printed.Error));
            Assert.Contains(said, printed.Out);
            Assert.Contains("longer ones were not looked at", printed.Out);
            var lost = Console.InProcess("calibrate", spec, "--data", data, "--depth", $"{depth}", "-o", Path.Combine(folder, "no", "fit.json"));
            Assert.Equal(ExitCode.BadInput, lost.Code);
            Assert.StartsWith("cannot write '", lost.Error);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void More_ways_than_allowed_are_refused_with_the_option_that_allows_them()
    {
        var printed = Console.InProcess("calibrate", Repository.Folder("specs", "paper", "minix3-accounts.irk"), "--data", Repository.Folder("specs", "paper", "table1.csv"), "--use", "minix3.replacement_time.with_send.max", "--variant", "m_wait", "--ways", "1");
        Assert.Equal(2, printed.Code);
        Assert.Contains("more than 1 ways to look at: --ways", printed.Out);
        Assert.Matches(@"\n  minix3\.replacement_time\.with_send\.max  1 way and maybe more\n", printed.Out);
    }

    [Theory]
    [InlineData("values of p", "", "interrupted")]
    [InlineData("values of r", "p", "interrupted")]
    [InlineData("nothing", "p r", null)]
    public void What_is_known_when_it_is_interrupted_is_told(string at, string known, string? why)
    {
        using var cancel = new CancellationTokenSource();
        var spec = Spec.Bind($"system t; parameter p in 1 ns .. 9 ns; parameter r in 1 ns .. 9 ns; process q at 1 {{ measure m {{ run p; run r; }} }} {Once}");
        var one = new Observation(new Cell("a.b.c", Statistic.Max, 5, 0, 1, 1), spec.System!.Measurements[0]);
        var result = Calibrator.Calibrate(new CalibrationTask(_ => spec.System, [[one]], []), new BoundedOptions { Depth = 100 }, cancel.Token, progress: new Interrupting(at, cancel));
        var found = Assert.IsType<Fit.Found>(result.Fit);
        Assert.Equal((known, why), (string.Join(' ', found.Parameters.Select(p => p.Parameter)), found.Unfinished));
        Assert.All(found.Parameters, p => Assert.Equal((1, 4, true), (p.Values.Pieces[0].Low, p.Values.Pieces[0].High, p.Values.Complete)));
    }

    /// <summary>Before it is known whether anything fits: which readings were followed to their end, and how many ways were found.</summary>
    [Theory]
    [InlineData("whether all observations are possible at once", Calibrator.UsualWays, "interrupted", "a.b.c.max 6 true, a.b.d.max 6 true")]
    [InlineData("nothing", 4, "there are more than 4 ways", "a.b.c.max 4 false, a.b.d.max 0 false")]
    public void What_was_explored_is_told_when_it_ends_before_that(string at, int ways, string why, string explored)
    {
        using var cancel = new CancellationTokenSource();
        var spec = Spec.Bind("""
            system t; parameter p in 1 ns .. 9 ns;
            process q at 1 { measure m { choose { run p; } or { run 2 * p; } } measure n { choose { run p; } or { run 3 * p; } or { run 4 * p; } } }
            measured a.b.c as m; measured a.b.d as n;
            """);
        Assert.Empty(spec.Diagnostics.Where(d => d.Severity == Irekae.Model.Diagnostics.Severity.Error).Select(d => d.Message));
        Observation Of(int k, string name) => new(new Cell(name, Statistic.Max, 5, 0, 1, 1), spec.System!.Measurements[k]);
        var task = new CalibrationTask(_ => spec.System!, [[Of(0, "a.b.c")], [Of(1, "a.b.d")]], []);
        var result = Calibrator.Calibrate(task, new BoundedOptions { Depth = 100 }, cancel.Token, ways, new Interrupting(at, cancel));
        var unknown = Assert.IsType<Fit.Unknown>(result.Fit);
        Assert.StartsWith(why, unknown.Why, StringComparison.Ordinal);
        Assert.Equal(explored, string.Join(", ", unknown.Explored.Select(one => $"{one.Observations[0].Cell.FullName} {one.Ways} {(one.Whole ? "true" : "false")}")));
    }

    private sealed class Interrupting(string at, CancellationTokenSource cancel) : IProgress<CalibrationProgress>
    {
        public void Report(CalibrationProgress value)
        {
            if (value.Doing == at) cancel.Cancel();
        }
    }

    [Theory]
    [InlineData("no such variant 'x'", "--variant", "x")]
    [InlineData("no observation is called 'ant.*'", "--use", "ant.*")]
    [InlineData("without * or ?", "--use", "minix3.replacement_time.with_send.m*+minix3.send_interval.with_replacement.max")]
    [InlineData("not seen in one run", "--use", "minix3.replacement_time.with_send.mean+minix3.send_interval.with_replacement.max")]
    [InlineData("there is no measure 'x'", "--show", "x")]
    public void What_is_asked_wrongly_is_said(string message, params string[] arguments)
    {
        var printed = Console.InProcess(["calibrate", Repository.Folder("specs", "paper", "minix3-accounts.irk"), "--data", Repository.Folder("specs", "paper", "table1.csv"), "--data", Repository.Folder("specs", "paper", "figure2.csv"), .. arguments]);
        Assert.Equal((3, ""), (printed.Code, printed.Out));
        Assert.Contains(message, printed.Error.Replace("there is no variant", "no such variant", StringComparison.Ordinal));
    }
}
