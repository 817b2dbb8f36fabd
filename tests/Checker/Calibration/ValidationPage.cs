using System.Text;
using System.Text.Json;
using Irekae.Model.Numbers;
using Irekae.Tests.Checker.Cli;
using Console = Irekae.Tests.Checker.Cli.Console;

namespace Irekae.Tests.Checker.Calibration;

/// <summary>The seed paper's table against the models, as docs/validation.md shows it. UPDATE_GOLDEN=1 rewrites the page.</summary>
public class ValidationPage
{
    private static readonly Lazy<JsonElement[]> Cells = new(() => [.. new[] { "minix3", "ant" }.SelectMany(system => Validate(system).GetProperty("cells").EnumerateArray())]);

    private static JsonElement Validate(string system, params string[] more)
    {
        var printed = Console.InProcess([
            "validate", Repository.Folder("specs", system, system + ".irk"), "--data", Repository.Folder("specs", "paper", "table1.csv"),
            "--data", Repository.Folder("specs", "paper", "figure2.csv"), "--repetitions", "100", "--json", .. more]);
        Assert.Equal("", printed.Error);
        return JsonDocument.Parse(printed.Out).RootElement;
    }

    [Fact]
    public void All_sixteen_extremes_of_table_1_are_inside_the_exact_intervals()
    {
        var extremes = Cells.Value.Where(c => Name(c).EndsWith(".max", StringComparison.Ordinal) || Name(c).EndsWith(".min", StringComparison.Ordinal))
            .Where(c => !Name(c).Contains("send_interval", StringComparison.Ordinal)).ToList();
        Assert.Equal(16, extremes.Count);
        Assert.All(extremes, c => Assert.True(c.GetProperty("inside_exact").GetBoolean(), Name(c)));
    }

    [Fact]
    public void What_the_models_were_made_from_never_counts_as_predicted() =>
        Assert.All(Cells.Value, c => Assert.Equal(Name(c).Contains("without", StringComparison.Ordinal) ? "input" : "predicted", c.GetProperty("role").GetString()));

    [Fact]
    public void What_a_calibration_used_never_counts_as_predicted()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        string data = Path.Combine(folder, "d.csv"), record = Path.Combine(folder, "fit.json"), spec = Path.Combine(folder, "s.irk");
        const string text = "system s; parameter p in 0 .. 9 us; process q at 1 { measure m { run p; } } measured o.m.c as m during e; experiment e { trials 2; }";
        File.WriteAllText(data, "os,measure,condition,statistic,value_us,samples\no,m,c,max,3,2\no,m,c,min,2,2\n");
        File.WriteAllText(spec, text);
        Assert.Equal(0, Console.InProcess("calibrate", spec, "--data", data, "--use", "o.m.c.max", "-o", record).Code);
        Assert.Equal(["predicted", "predicted"], Roles());
        Assert.Equal(["input", "predicted"], Roles("--calibration", record));
        File.WriteAllText(spec, text.Replace("0 .. 9 us", "0 .. 9 us from calibration(\"fit.json\")", StringComparison.Ordinal));
        Assert.Equal(["input", "predicted"], Roles());
        Assert.Equal(3, Console.InProcess("validate", spec, "--data", data, "--calibration", data).Code);
        Directory.Delete(folder, true);

        IEnumerable<string> Roles(params string[] more) =>
            JsonDocument.Parse(Console.InProcess(["validate", spec, "--data", data, "--json", .. more]).Out).RootElement.GetProperty("cells").EnumerateArray().Select(c => c.GetProperty("role").GetString()!);
    }

    [Fact]
    public void The_page_says_what_comes_out()
    {
        var table = new StringBuilder("| measured | value | is | exact interval | inside | simulated 2.5 % .. 97.5 % | inside | measured − simulated median | exact above it by |\n|---|---|---|---|---|---|---|---|---|\n");
        foreach (var c in Cells.Value)
            table.Append($"| `{Name(c)}` | {Time(c, "printed_ns")} | {c.GetProperty("role").GetString()} | {Time(c, "exact_min_ns")} .. {Time(c, "exact_max_ns")} | {Yes(c, "inside_exact")} | "
                + $"{Drawn(c, "simulated_low_ns")} .. {Drawn(c, "simulated_high_ns")} | {Yes(c, "inside_simulated")} | {Drawn(c, "deviation_ns")} | {Time(c, "exact_max_above_ns")} |\n");
        Golden.Parts("validation.md", ("cells", table.ToString()));
    }

    private static string Name(JsonElement cell) => cell.GetProperty("cell").GetString()!;

    private static string Yes(JsonElement cell, string name) => cell.GetProperty(name).GetBoolean() ? "yes" : "**no**";

    private static string Time(JsonElement cell, string name) => cell.GetProperty(name).GetString() is { } text ? TimeText.Of(Rational.Parse(text)) : "";

    private static string Drawn(JsonElement cell, string name) => Irekae.Checker.Cli.ValidateReport.Rounded(Rational.Parse(cell.GetProperty(name).GetString()!));
}
