using System.Text.Json;
using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Irekae.Checker.Cli;
using Irekae.Checker.Report;
using Irekae.Checker.Timelines;
using Irekae.Model;
using Irekae.Model.Semantics;
using Irekae.Tests.Checker.Cli;
using Irekae.Tests.Laws;
using Microsoft.Playwright;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Graphics.Colors;

namespace Irekae.Tests.Checker.Report;

/// <summary>The report of one system with measured data, made once.</summary>
public sealed class SmallReport : IDisposable
{
    private const string Text = """
        system small "A change while something is sent";

        machine { cores 1; scheduler priority; }

        duration work = 40 us .. 50 us from paper("a table", small.change.sending);

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

    private static bool IsCampaign => Campaign.Size(0, 1) > 0;

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
        Assert.Matches("small.change.sending.max.*<td>input</td>", html);
        Assert.Matches("small.ping.changing.max.*<td>predicted</td>", html);
        Assert.Contains("<th scope=\"col\">quick</th>", html);
        Assert.Contains("\"kind\":\"intervals\"", html);
    }

    /// <summary>Whatever properties are called.</summary>
    [Fact]
    public void Nothing_has_the_name_of_another()
    {
        string spec = System.IO.Path.Combine(report.Folder, "names.irk"), path = System.IO.Path.Combine(report.Folder, "names.html");
        File.WriteAllText(spec, "system names; process p at 1 periodic 1 ms deadline 1 ms { measure m { run 1 us; } } property p_deadline: max m; property p_: max m;");
        Assert.Equal(ExitCode.Proved, Cli.Console.InProcess("report", spec, "-o", path).Code);
        var names = Ids().Matches(Scripts().Replace(File.ReadAllText(path), "")).Select(match => match.Groups["id"].Value).ToList();
        Assert.Contains("t0-p-deadline", names);
        Assert.Equal(names.Distinct(), names);
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
        // The measure below the changer's row.
        await page.Mouse.MoveAsync(box.X + 600, box.Y + 84);
        await Assertions.Expect(hover).ToContainTextAsync("change: 50 us");
        await Assertions.Expect(hover).ToContainTextAsync("measure change { run work; }");
        // A mark of the sender's, in its row.
        await page.Mouse.MoveAsync(box.X + (float)await page.EvaluateAsync<double>("() => { const one = document.querySelector('#t0-longest').timeline; return one.x(one.data.moments[0]); }"), box.Y + 108);
        await Assertions.Expect(hover).ToContainTextAsync("mark ping;");
        await page.Mouse.MoveAsync(box.X + 600, box.Y + 42);
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

    /// <summary>As a browser prints it, whatever the scheme on the screen: all charts and timelines, dark on light, nothing beyond the paper.</summary>
    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task It_is_printed(ColorScheme scheme)
    {
        const double Margin = 28; // 10 mm
        var errors = new List<string>();
        var page = await browser.Open(report.Path, errors, scheme);
        byte[] printed = await page.PdfAsync(new() { Format = "A4", PrintBackground = true, Margin = new() { Left = "10mm", Right = "10mm", Top = "10mm", Bottom = "10mm" } });
        await File.WriteAllBytesAsync(Kept($"report-{scheme.ToString().ToLowerInvariant()}.pdf"), printed);
        using var document = PdfDocument.Open(printed);
        Assert.InRange(document.NumberOfPages, 3, 8);
        var sheets = document.GetPages().ToList();
        string text = string.Join('\n', sheets.Select(sheet => string.Join(' ', sheet.GetWords().Select(word => word.Text))));
        Assert.All(["Bounds and measurements", "time (us)", "interval; 0: change begins", "Coverage", "small.ping.changing.max"], shown => Assert.Contains(shown, text));
        // Canvases are printed as lines and text: each timeline has the names of its rows.
        Assert.Equal(2 * await page.Locator(".timeline").CountAsync(), Regex.Count(text, "core 0"));
        var letters = sheets.SelectMany(sheet => sheet.Letters.Where(letter => !string.IsNullOrWhiteSpace(letter.Value)).Select(letter => (Sheet: sheet, letter.Value, Box: letter.BoundingBox, Light: Light(letter.Color)))).ToList();
        Assert.Equal([], letters.Where(one => one.Box.Left < Margin || one.Box.Right > one.Sheet.Width - Margin || one.Box.Bottom < Margin || one.Box.Top > one.Sheet.Height - Margin).Select(one => $"'{one.Value}' at {one.Box}"));
        // White are only the words on bars.
        Assert.Equal([], letters.Where(one => one.Light is > 0.45 and < 1).Select(one => $"'{one.Value}' at {one.Box}: {one.Light}"));
        Assert.InRange(letters.Count(one => one.Light == 1), 1, letters.Count / 20);
        // On the screen it goes on as before.
        await page.SetViewportSizeAsync(700, 800);
        await Assertions.Expect(page.Locator(".chart svg").First).ToHaveAttributeAsync("width", "660");
        Assert.Empty(errors);
    }

    [Fact]
    public async Task Twenty_thousand_moves_are_one_picture()
    {
        var system = TransitionSystem.Compile(Spec.Load("specs/first/first.irk").System!, Observation.Nothing);
        var timeline = Timeline.Of(Runs.Of(system, 1, new SeededChooser(5), 20_000));
        string path = System.IO.Path.Combine(report.Folder, "long.html");
        File.WriteAllText(path, ReportPage.OfTimeline("test", timeline));
        var errors = new List<string>();
        var page = await browser.Open(path, errors);
        await Assertions.Expect(page.Locator("[role=status]")).ToContainTextAsync(" of ");
        int drawn = await page.EvaluateAsync<int>("document.querySelector('.timeline').timeline.drawn");
        await page.Locator("[data-do=in]").ClickAsync();
        await page.WaitForFunctionAsync("before => document.querySelector('.timeline').timeline.drawn > before", drawn);
        await Picture(page, "timeline-20000.png");
        double rate = await page.EvaluateAsync<double>("""
            async () => {
              const one = document.querySelector('.timeline').timeline, canvas = one.canvas, box = canvas.getBoundingClientRect();
              const send = (name, x) => canvas.dispatchEvent(new PointerEvent(name, { clientX: box.left + x, clientY: box.top + 40, pointerId: 1, bubbles: true }));
              const frame = () => new Promise(requestAnimationFrame);
              canvas.setPointerCapture = () => {};
              one.show(...one.data.range);
              await frame(); await frame();
              const before = one.drawn, begin = performance.now();
              send('pointerdown', 600);
              for (let k = 0; k < 60; k++) { send('pointermove', 600 + 3 * (k % 10)); await frame(); }
              send('pointerup', 600);
              return (one.drawn - before) / (performance.now() - begin) * 1000;
            }
            """);
        TestContext.Current.TestOutputHelper?.WriteLine($"{timeline.Run.Steps.Length} moves, all in sight, dragged: {rate:F1} pictures a second");
        // How many on a machine with other work is not known; see the campaign.
        Assert.InRange(rate, IsCampaign ? 30 : 1, 1000);
        Assert.Empty(errors);
    }

    /// <summary>What it must reach for the specifications of the seed paper.</summary>
    [Fact]
    public async Task Reports_of_the_seed_systems_open_at_once()
    {
        Assert.SkipUnless(IsCampaign, "a long one: only in a campaign");
        string path = System.IO.Path.Combine(report.Folder, "seed.html");
        Assert.Equal(ExitCode.Proved, Cli.Console.InProcess("report", "specs/minix3/minix3.irk", "specs/ant/ant.irk", "--data", "specs/paper/table1.csv", "--data", "specs/paper/figure2.csv", "-o", path).Code);
        var errors = new List<string>();
        var page = await browser.Open(path, errors);
        double opened = double.MaxValue;
        for (int k = 0; k < 3; k++)
        {
            await page.ReloadAsync();
            opened = Math.Min(opened, await page.EvaluateAsync<double>("performance.getEntriesByType('navigation')[0].loadEventEnd"));
        }

        byte[] printed = await page.PdfAsync(new() { Format = "A4", Path = Kept("report-seed.pdf") });
        using var document = PdfDocument.Open(printed);
        TestContext.Current.TestOutputHelper?.WriteLine($"{new FileInfo(path).Length} bytes, open after {opened:F0} ms, printed on {document.NumberOfPages} pages");
        Assert.InRange(new FileInfo(path).Length, 1, MostBytes);
        Assert.InRange(opened, 0, 1000);
        Assert.InRange(document.NumberOfPages, 10, 80);
        Assert.Empty(errors);
    }

    [Fact]
    public async Task What_repeats_is_folded()
    {
        var system = TransitionSystem.Compile(Spec.Bind("system beat \"One beat\"; machine { cores 1; scheduler priority; } process beat at 1 { loop { run 10 us; wait 90 us; } }").System!, Observation.Nothing);
        var timeline = Timeline.Of(Runs.Of(system, 1, new Soonest(), 201));
        var cut = Assert.Single(Folding.Of(timeline));
        Assert.Equal((100, 100), ((int)(timeline.Run.Nanoseconds(cut.Length).Numerator / 1000), cut.Count));
        string path = System.IO.Path.Combine(report.Folder, "beat.html");
        File.WriteAllText(path, ReportPage.OfTimeline("test", timeline));
        var errors = new List<string>();
        var page = await browser.Open(path, errors);
        var button = page.Locator("[data-do=fold]");
        await button.ClickAsync();
        await Assertions.Expect(button).ToHaveAttributeAsync("aria-pressed", "true");
        // Of 10 ms one beat is left, as wide as the whole picture.
        Assert.InRange(await page.EvaluateAsync<double>("() => { const one = document.querySelector('.timeline').timeline; return (one.to - one.from) / (one.data.range[1] - one.data.range[0]); }"), 0, 0.02);
        var box = (await page.Locator("canvas").BoundingBoxAsync())!;
        await page.Locator("[data-do=in]").ClickAsync();
        await page.Locator("canvas").FocusAsync();
        await page.Keyboard.PressAsync("Home");
        await Assertions.Expect(page.Locator("[role=status]")).ToHaveTextAsync("0 to 10 ms of 10 ms");
        await Picture(page, "timeline-folded.png");
        await page.Mouse.MoveAsync(box.X + (float)await page.EvaluateAsync<double>("() => { const one = document.querySelector('.timeline').timeline; return one.x(one.cuts[0].from); }"), box.Y + 22);
        await Assertions.Expect(page.Locator(".hover")).ToHaveTextAsync("the same 100 times, 100 us each, until 10 ms");
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

    private static double Light(IColor colour)
    {
        var (r, g, b) = colour.ToRGBValues();
        return r == 1 && g == 1 && b == 1 ? 1 : (0.2126 * r) + (0.7152 * g) + (0.0722 * b);
    }

    /// <summary>Beside the tests.</summary>
    private static string Kept(string name) => System.IO.Path.Combine(Directory.CreateDirectory(System.IO.Path.Combine(AppContext.BaseDirectory, "screenshots")).FullName, name);

    private static Task Picture(IPage page, string name) =>
        page.ScreenshotAsync(new() { Path = Kept(name), FullPage = name.StartsWith("report-", StringComparison.Ordinal) && !name.Contains("timeline", StringComparison.Ordinal) });

    private sealed class Soonest : Chooser
    {
        public override int Move(Interpreter interpreter, IReadOnlyList<Move> candidates) => 0;

        public override long Duration(Interpreter interpreter, Move move, int started, long low, long? high) => low;
    }

    [GeneratedRegex("(?:src|href)=\"(?!#|data:)")]
    private static partial Regex Elsewhere();

    [GeneratedRegex("<script>.*?</script>", RegexOptions.Singleline)]
    private static partial Regex Scripts();

    [GeneratedRegex(" id=\"(?<id>[^\"]+)\"")]
    private static partial Regex Ids();

    [GeneratedRegex("href=\"#(?<to>[^\"]+)\"")]
    private static partial Regex Links();
}
