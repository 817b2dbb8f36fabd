using System.Text.Json;
using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Irekae.Checker.Cli;
using Irekae.Checker.Report;
using Irekae.Checker.Timelines;
using Irekae.Model;
using Irekae.Model.Semantics;
using Irekae.Tests.Checker.Cli;
using Microsoft.Playwright;

namespace Irekae.Tests.Checker.Report;

/// <summary>The report of one system with measured data, made once.</summary>
public sealed class SmallReport : IDisposable
{
    private const string Text = """
        system small "A change while something is sent";

        machine { cores 1; scheduler priority; }

        duration work = 40 us .. 50 us;

        process changer at 1 { after any time; measure change { run work; } }

        process sender at 2 { repeat 20 { mark ping; run 10 us; wait 20 us; } }

        variant quick "half the work" { duration work = 20 us .. 25 us; }

        experiment trial "a change at some instant" { trials 4; any time 0 .. 500 us; observe change, gap(sender.ping); }

        measured small.change.sending as change during trial;
        measured small.ping.changing as gap(sender.ping) during trial;

        property longest:       max change <= 50 us;
        property longest_quick: max change <= 50 us in quick;
        property interval:      max gap(sender.ping) <= 70 us;

        """;

    private const string Data = """
        os,measure,condition,statistic,value_ms,samples
        small,change,sending,max,0.049,4
        small,ping,changing,max,0.085,4
        """;

    public SmallReport()
    {
        Folder = Directory.CreateTempSubdirectory().FullName;
        string spec = System.IO.Path.Combine(Folder, "small.irk"), data = System.IO.Path.Combine(Folder, "data.csv");
        File.WriteAllText(spec, Text);
        File.WriteAllText(data, Data);
        Path = System.IO.Path.Combine(Folder, "report.html");
        Printed = Cli.Console.InProcess("report", spec, "--data", data, "--repetitions", "20", "-o", Path);
    }

    public string Folder { get; }

    public string Path { get; }

    internal Printed Printed { get; }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}

public partial class ReportTests(SmallReport report, Browser browser) : IClassFixture<SmallReport>
{
    private const long MostBytes = 2_000_000;

    [Fact]
    public void It_is_one_small_page_that_asks_for_nothing()
    {
        Assert.Equal("", report.Printed.Error);
        Assert.Equal(ExitCode.Refuted, report.Printed.Code);
        string html = File.ReadAllText(report.Path);
        Assert.InRange(new FileInfo(report.Path).Length, 1, MostBytes);
        // The browser's test sees what scripts would ask for.
        Assert.DoesNotMatch(Elsewhere(), Scripts().Replace(html, ""));
        foreach (Match link in Links().Matches(html)) Assert.Contains($"id=\"{link.Groups["to"].Value}\"", html);
        Assert.Contains("50 us attained", html);
        Assert.Contains("40 us .. 50 us", html);
        Assert.Contains("certificate of ", html);
        Assert.Contains("✗ outside", html);
        Assert.Contains("<th scope=\"col\">quick</th>", html);
        Assert.Contains("\"kind\":\"intervals\"", html);
    }

    [Fact]
    public async Task A_timeline_can_be_zoomed_moved_and_asked()
    {
        var errors = new List<string>();
        var page = await browser.Open(report.Path, errors);
        var canvas = page.Locator("#t0-longest canvas");
        await canvas.ScrollIntoViewIfNeededAsync();
        var status = page.Locator("#t0-longest [role=status]");
        await Assertions.Expect(status).ToContainTextAsync(" of ");
        string whole = await status.InnerTextAsync();
        await page.Locator("#t0-longest [data-do=in]").ClickAsync();
        await Assertions.Expect(status).Not.ToHaveTextAsync(whole);
        string zoomed = await status.InnerTextAsync();
        await canvas.FocusAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(status).Not.ToHaveTextAsync(zoomed);
        await page.Keyboard.PressAsync("Home");
        await Assertions.Expect(status).ToHaveTextAsync(whole);
        var box = (await canvas.BoundingBoxAsync())!;
        // The first row is that of the core, and the longest change is in the middle.
        await page.Mouse.MoveAsync(box.X + 600, box.Y + 42);
        var hover = page.Locator(".hover");
        await Assertions.Expect(hover).ToContainTextAsync("core 0: changer");
        await Assertions.Expect(hover).ToContainTextAsync("priority 1");
        await Assertions.Expect(hover).ToContainTextAsync("small.irk:");
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(box.X + 550, box.Y + 42);
        await page.Mouse.UpAsync();
        await page.Mouse.WheelAsync(0, -300);
        await Assertions.Expect(status).Not.ToHaveTextAsync(whole);
        await Picture(page, "report-timeline.png");
        Assert.Empty(errors);
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task It_is_accessible(ColorScheme scheme)
    {
        var errors = new List<string>();
        var page = await browser.Open(report.Path, errors, scheme);
        // Everything is made as for print, the charts too.
        await page.EvaluateAsync("dispatchEvent(new Event('beforeprint'))");
        await Assertions.Expect(page.Locator(".chart svg")).ToHaveCountAsync(await page.Locator(".chart").CountAsync());
        Assert.NotEqual(0, await page.Locator(".chart").CountAsync());
        await page.EvaluateAsync(new BundledAxeScriptProvider().GetScript());
        string found = await page.EvaluateAsync<string>("axe.run({ exclude: [['.chart']] }).then(found => JSON.stringify(found.violations.map(one => one.id + ': ' + one.nodes.slice(0, 3).map(node => node.html.slice(0, 200)).join(' | '))))");
        Assert.Empty(JsonSerializer.Deserialize<string[]>(found)!);
        await Picture(page, $"report-{scheme.ToString().ToLowerInvariant()}.png");
        Assert.Empty(errors);
    }

    [Fact]
    public async Task Twenty_thousand_moves_are_one_picture()
    {
        var system = TransitionSystem.Compile(Spec.Load("specs/first/first.irk").System!, Observation.Nothing);
        var timeline = Timeline.Of(Runs.Of(system, 1, new SeededChooser(5), 20_000));
        string path = System.IO.Path.Combine(report.Folder, "long.html");
        File.WriteAllText(path, ReportPage.OfTimeline("test", timeline, "a long run"));
        var errors = new List<string>();
        var page = await browser.Open(path, errors);
        await Assertions.Expect(page.Locator("[role=status]")).ToContainTextAsync(" of ");
        int drawn = await page.EvaluateAsync<int>("document.querySelector('.timeline').timeline.drawn");
        await page.Locator("[data-do=in]").ClickAsync();
        await page.WaitForFunctionAsync("before => document.querySelector('.timeline').timeline.drawn > before", drawn);
        await Picture(page, "timeline-20000.png");
        double milliseconds = await page.EvaluateAsync<double>("() => { const one = document.querySelector('.timeline').timeline; one.show(...one.data.range); const begin = performance.now(); for (let k = 0; k < 20; k++) one.draw(); return (performance.now() - begin) / 20; }");
        TestContext.Current.TestOutputHelper?.WriteLine($"{timeline.Run.Steps.Length} moves, one picture: {milliseconds:F1} ms");
        Assert.Empty(errors);
    }

    [Fact]
    public async Task What_repeats_is_folded()
    {
        var system = TransitionSystem.Compile(Spec.Bind("system beat \"One beat\"; machine { cores 1; scheduler priority; } process beat at 1 { loop { run 10 us; wait 90 us; } }").System!, Observation.Nothing);
        var timeline = Timeline.Of(Runs.Of(system, 1, new Soonest(), 201));
        var repeat = Assert.Single(Repeats.Of(timeline));
        Assert.Equal((100, 100), ((int)(timeline.Run.Nanoseconds(repeat.Length).Numerator / 1000), repeat.Count));
        string path = System.IO.Path.Combine(report.Folder, "beat.html");
        File.WriteAllText(path, ReportPage.OfTimeline("test", timeline, "a beat"));
        var errors = new List<string>();
        var page = await browser.Open(path, errors);
        var button = page.Locator("[data-do=fold]");
        await button.ClickAsync();
        await Assertions.Expect(button).ToHaveAttributeAsync("aria-pressed", "true");
        // Of 10 ms one beat is left, as wide as the whole picture.
        Assert.InRange(await page.EvaluateAsync<double>("() => { const one = document.querySelector('.timeline').timeline; return (one.to - one.from) / (one.data.range[1] - one.data.range[0]); }"), 0, 0.02);
        Assert.Empty(errors);
    }

    [Theory]
    [InlineData("cannot write", "specs/first/first.irk", "-o", "none/at/all.html")]
    [InlineData("Option '--output' is required", "specs/first/first.irk")]
    [InlineData("IRK1002", "specs/rejected/IRK1002-control-character.irk", "-o", "none.html")]
    public void What_cannot_be_reported_is_bad_input(string reason, params string[] arguments)
    {
        var printed = Cli.Console.InProcess(["report", .. arguments]);
        Assert.Equal(ExitCode.BadInput, printed.Code);
        Assert.Contains(reason, printed.Error + printed.Out);
    }

    /// <summary>Screenshots are kept beside the tests.</summary>
    private static Task Picture(IPage page, string name) =>
        page.ScreenshotAsync(new() { Path = System.IO.Path.Combine(AppContext.BaseDirectory, "screenshots", name), FullPage = name.StartsWith("report-", StringComparison.Ordinal) && !name.Contains("timeline", StringComparison.Ordinal) });

    private sealed class Soonest : Chooser
    {
        public override int Move(Interpreter interpreter, IReadOnlyList<Move> candidates) => 0;

        public override long Duration(Interpreter interpreter, Move move, int started, long low, long? high) => low;
    }

    [GeneratedRegex("(?:src|href)=\"(?!#|data:)")]
    private static partial Regex Elsewhere();

    [GeneratedRegex("<script>.*?</script>", RegexOptions.Singleline)]
    private static partial Regex Scripts();

    [GeneratedRegex("href=\"#(?<to>[^\"]+)\"")]
    private static partial Regex Links();
}
