using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Irekae.Model.Numbers;
using Irekae.Tests.Checker.Cli;
using Console = Irekae.Tests.Checker.Cli.Console;

namespace Irekae.Tests.Checker.Calibration;

/// <summary>
/// The accounts of the seed paper's numbers, each asked of its variant in specs/paper. What is expected was worked out with z3 from equations
/// written by hand, apart from this program; here it has to come out of the specifications.
/// </summary>
public class Accounts
{
    private const string Replacement = "ant.replacement_time.with_send.";
    private const string Grew = "ant.interval_increase.with_replacement.mean";
    private const string MinixBoth = "minix3.replacement_time.with_send.max+minix3.send_interval.with_replacement.max";
    private const string MinixWithItsSend = "minix3.replacement_time.with_send.max+minix3.send_time.with_replacement.max";
    private const string UndisturbedSend = "ant.send_time.without_replacement.mean";

    private sealed record Account(string Id, string System, string Variant, string Use, string Says)
    {
        public bool ShowsWait => System == "ant" && Variant is "a2" or "a4" && !Use.Contains("without_send", StringComparison.Ordinal);
    }

    private static readonly Account[] All =
    [
        new("A0, max", "ant", "a0", Replacement + "max", "ten whole slices hide the reads"),
        new("A0, mean", "ant", "a0", Replacement + "mean", "the same, for the mean"),
        new("A0, min", "ant", "a0", Replacement + "min", "the same, for the shortest"),
        new("A0 with Figure 2 (B)", "ant", "a0", $"{Replacement}max,{Grew}", "and the application lost what Figure 2 says"),
        new("A0'", "ant", "a0_after", $"{Replacement}max,ant.replacement_time.without_send.*", "ten whole slices on top of the undisturbed replacement"),
        new("A5", "ant", "a5", Replacement + "*", "ten equal waits of any length"),
        new("A2", "ant", "a2", $"{Replacement}*,{Grew}", "the rest of one slice, and nine whole ones"),
        new("A3", "ant", "a3", $"{Replacement}max,{Grew}", "slices end on a common clock"),
        new("A4", "ant", "a4", $"{Replacement}*,{Grew},{UndisturbedSend}", "a wait ends when the application blocks in its next send"),
        new("stretch", "ant", "a2", $"ant.replacement_time.without_send.max,{Grew}", "under load the replacement needs the processor no longer than without"),
        new("M-wait", "minix3", "m_wait", MinixBoth, "the slowest replacement waited for a send"),
        new("M-wait, X = 0", "minix3", "m_wait_alone", MinixBoth, "the same, and nothing else took the processor"),
        new("M-begun", "minix3", "m_begun", MinixWithItsSend, "it waited for the rest of a send, after RS had begun"),
        new("M-created", "minix3", "m_created", MinixWithItsSend, "the same, after RS had made the new process"),
        new("M-cpu", "minix3", "m_cpu", MinixBoth, "the slowest replacement had more to do"),
    ];

    private static readonly ConcurrentDictionary<string, Lazy<JsonElement>> answers = new();

    private static JsonElement Answer(string id)
    {
        var account = All.Single(a => a.Id == id);
        return answers.GetOrAdd(id, _ => new Lazy<JsonElement>(() =>
        {
            string[] arguments =
            [
                "calibrate", Repository.Folder("specs", "paper", account.System + "-accounts.irk"), "--variant", account.Variant, "--use", account.Use, "--json",
                "--data", Repository.Folder("specs", "paper", "table1.csv"), "--data", Repository.Folder("specs", "paper", "figure2.csv"),
                .. account.ShowsWait ? ["--show", "first_wait"] : Array.Empty<string>(),
            ];
            var printed = Console.InProcess(arguments);
            Assert.Equal("", printed.Error);
            var answer = JsonDocument.Parse(printed.Out).RootElement;
            Assert.True(answer.GetProperty("all_runs").GetBoolean());
            Assert.Equal(answer.GetProperty("verdict").GetString() == "fits" ? 0 : 1, printed.Code);
            return answer;
        })).Value;
    }

    [Theory]
    [InlineData("A0, min", "ant.replacement_time.with_send.min")]
    [InlineData("A0 with Figure 2 (B)", "ant.replacement_time.with_send.max ant.interval_increase.with_replacement.mean")]
    [InlineData("A0'", "ant.replacement_time.with_send.max ant.replacement_time.without_send.min")]
    [InlineData("A5", "ant.replacement_time.with_send.mean ant.replacement_time.with_send.min")]
    [InlineData("stretch", "ant.replacement_time.without_send.max ant.interval_increase.with_replacement.mean")]
    [InlineData("M-created", "minix3.replacement_time.with_send.max minix3.send_time.with_replacement.max")]
    [InlineData("M-wait, X = 0", "minix3.send_interval.with_replacement.max")]
    public void No_value_fits_because_of(string id, string conflict)
    {
        var answer = Answer(id);
        Assert.Equal("no value fits", answer.GetProperty("verdict").GetString());
        Assert.Equal(conflict.Split(' ').Order(), answer.GetProperty("conflict").EnumerateArray().Select(c => c.GetString()!).Order());
        Assert.True(answer.GetProperty("smallest").GetBoolean());
    }

    [Theory]
    [InlineData("A0, max", "work", "330500 .. 331500")]
    [InlineData("A0, mean", "work", "139500 .. 140500")]
    [InlineData("A2", "work", "793500 .. 794500")]
    [InlineData("A3", "late", "214500 .. 840500/3, 330500 .. 794500")]
    [InlineData("A4", "work", "793500 .. 794500")]
    [InlineData("A4", "send", "10500 .. 11500")]
    [InlineData("M-wait", "overhead", "7500 .. 15000")]
    [InlineData("M-wait", "send", "19000 .. 25500")]
    [InlineData("M-begun", "begun", "0 .. 6500")]
    [InlineData("M-cpu", "overhead", "0 .. 6500")]
    [InlineData("M-cpu", "send", "8500 .. 15000")]
    [InlineData("M-cpu", "extra", "19000 .. 26000")]
    public void The_parameter_is_in(string id, string parameter, string nanoseconds) =>
        Assert.Equal(nanoseconds, Values(Answer(id).GetProperty("parameters").EnumerateArray().Single(p => p.GetProperty("name").GetString() == parameter)));

    /// <summary>r = 0.537, 0.346 and 0.199 ms (±0.001) with A2; 0.438, 0.247 and 0.100 ms (±0.0055) with A4.</summary>
    [Theory]
    [InlineData("A2", "max", "536000 .. 538000")]
    [InlineData("A2", "mean", "345000 .. 347000")]
    [InlineData("A2", "min", "198000 .. 200000")]
    [InlineData("A4", "max", "432500 .. 443500")]
    [InlineData("A4", "mean", "241500 .. 252500")]
    [InlineData("A4", "min", "94500 .. 105500")]
    public void The_first_wait_is_in(string id, string statistic, string nanoseconds) =>
        Assert.Equal(nanoseconds, Values(Answer(id).GetProperty("shown").EnumerateArray().Single(s => s.GetProperty("observation").GetString() == Replacement + statistic)));

    /// <summary>The table of docs/calibration.md. UPDATE_GOLDEN=1 rewrites it.</summary>
    [Fact]
    public void The_page_says_what_comes_out()
    {
        var table = new StringBuilder("| account | what it says | observations | answer |\n|---|---|---|---|\n");
        foreach (var account in All)
            table.Append($"| {account.Id} (`{account.Variant}`) | {account.Says} | {string.Join(", ", account.Use.Split(',').Select(cell => $"`{cell}`"))} | {Text(Answer(account.Id))} |\n");
        Golden.Parts("calibration.md", ("accounts", table.ToString()));
    }

    private static string Values(JsonElement named) => string.Join(", ", named.GetProperty("values").EnumerateArray().Select(v => $"{v.GetProperty("low_ns").GetString()} .. {v.GetProperty("high_ns").GetString()}"));

    private static string Text(JsonElement answer)
    {
        if (answer.GetProperty("verdict").GetString() != "fits") return "**no value fits**: " + string.Join(" contradicts ", answer.GetProperty("conflict").EnumerateArray().Select(c => $"`{c.GetString()}`"));
        var found = answer.GetProperty("parameters").EnumerateArray().Select(p => $"`{p.GetProperty("name").GetString()}` {Times(p)}")
            .Concat(answer.GetProperty("shown").EnumerateArray().Where(s => s.GetProperty("observation").GetString()!.StartsWith(Replacement, StringComparison.Ordinal))
                .Select(s => $"first wait ({s.GetProperty("observation").GetString()![Replacement.Length..]}) {Times(s)}"));
        return string.Join("; ", found);
    }

    private static string Times(JsonElement named) => string.Join(" or ", named.GetProperty("values").EnumerateArray().Select(v =>
        $"{TimeText.Of(Rational.Parse(v.GetProperty("low_ns").GetString()!))} .. {TimeText.Of(Rational.Parse(v.GetProperty("high_ns").GetString()!))}"));
}
