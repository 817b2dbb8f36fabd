using System.Text;
using System.Text.Json;
using Irekae.Codegen.Validation;
using Irekae.Model.Numbers;
using Irekae.Tests.Checker.Cli;
using Console = Irekae.Tests.Checker.Cli.Console;

namespace Irekae.Tests.Checker.Calibration;

/// <summary>The seed paper's table against the models, as docs/validation.md shows it. UPDATE_GOLDEN=1 rewrites the page.</summary>
public class ValidationPage
{
    private static readonly string[] Systems = ["minix3", "ant"];
    private static readonly string Data = Repository.Folder("specs", "paper", "table1.csv"), Figure2Data = Repository.Folder("specs", "paper", "figure2.csv");
    private static readonly string Drawn = Directory.CreateTempSubdirectory().FullName;

    private static readonly Lazy<JsonElement[]> Cells = new(() =>
        [.. Systems.SelectMany(system => Validate(Repository.Folder("specs", system, system + ".irk"), "--data", Data, "--data", Figure2Data, "--plots", Drawn))]);

    private static IEnumerable<JsonElement> Validate(string spec, params string[] more)
    {
        var printed = Console.InProcess(["validate", spec, "--repetitions", "100", "--json", .. more]);
        Assert.Equal("", printed.Error);
        var answer = JsonDocument.Parse(printed.Out).RootElement;
        Assert.Empty(Schema.Load(Repository.Folder("docs", "validate.schema.json")).Complaints(answer));
        return answer.GetProperty("cells").EnumerateArray();
    }

    /// <summary>The accounts of AnT's replacement: what each says of how much ten intervals grow, exactly.</summary>
    private static readonly Lazy<JsonElement> Open = new(() => Growth("a2")), Bounded = new(() => Growth("a2_stretch"));

    private static JsonElement Growth(string variant) =>
        Validate(Repository.Folder("specs", "paper", "ant-accounts.irk"), "--variant", variant, "--data", Figure2Data).Single();

    [Fact]
    public void All_sixteen_extremes_of_table_1_are_inside_the_exact_intervals()
    {
        var extremes = Cells.Value.Where(c => Name(c).EndsWith(".max", StringComparison.Ordinal) || Name(c).EndsWith(".min", StringComparison.Ordinal))
            .Where(c => !Name(c).Contains("interval", StringComparison.Ordinal)).ToList();
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
        string loaded = Path.Combine(Drawn, "loaded.csv");
        File.WriteAllLines(loaded, File.ReadLines(Data).Where(line => line.StartsWith("os,", StringComparison.Ordinal) || line.Contains(",with_", StringComparison.Ordinal)));
        var slow = Validate(Repository.Folder("specs", "ant", "ant.irk"), "--variant", "slow_disk", "--data", loaded);
        Golden.Parts("validation.md", ("cells", Table(Cells.Value)), ("figure2", Figure2()), ("slow_disk", Table(slow)));
    }

    private static string Table(IEnumerable<JsonElement> cells)
    {
        var table = new StringBuilder("| measured | value | is | exact interval | inside | simulated 2.5 % .. 97.5 % | inside | measured − simulated median | exact above it by |\n|---|---|---|---|---|---|---|---|---|\n");
        foreach (var c in cells)
            table.Append($"| `{Name(c)}` | {Time(c, "printed_ns")} | {c.GetProperty("role").GetString()} | {Exact(c)} | {Yes(c, "inside_exact")} | "
                + $"{Range(c)} | {Yes(c, "inside_simulated")} | {Simulated(c, "deviation_ns")} | {Time(c, "exact_max_above_ns")} |\n");
        return table.ToString();
    }

    /// <summary>The paper's three figures. The third is the second, ten times, less MINIX 3's longest replacement.</summary>
    private static string Figure2()
    {
        var (interval, growth, replacement) = (Cell("minix3.send_interval.with_replacement.max"), Cell("ant.interval_increase.with_replacement.mean"), Cell("minix3.replacement_time.with_send.max"));
        var (open, bounded) = (Open.Value, Bounded.Value);
        Rational half = 500, printed = 458_000, low = (Ns(bounded, "exact_min_ns") * 10) - Ns(replacement, "exact_max_ns"), high = (Ns(bounded, "exact_max_ns") * 10) - Ns(replacement, "exact_min_ns");
        Rational From(string name, string other) => (Ns(growth, name) * 10) - Ns(replacement, other);
        string inside = printed - half <= high && low <= printed + half ? "yes" : $"**no**, by {TimeText.Of(printed - half - high)}";
        var difference = printed - From("simulated_median_ns", "simulated_median_ns");
        return "| figure | of what | exact interval | inside | simulated 2.5 % .. 97.5 % | measured − simulated median |\n|---|---|---|---|---|---|\n"
            + $"| 1.350 ms | MINIX 3: longest interval | {Exact(interval)} | {Verdict(interval)} | {Range(interval)} | {Simulated(interval, "deviation_ns")} |\n"
            + $"| 0.0794 ms | AnT: mean growth of ten intervals; work of the replacement up to 1 ms (`a2`) | {Exact(open)} | {Verdict(open)} | not simulated | |\n"
            + $"| 0.0794 ms | the same; work at most the undisturbed replacement (`a2_stretch`) | {Exact(bounded)} | {Verdict(bounded)} | {Range(growth)} | {Simulated(growth, "deviation_ns")} |\n"
            + $"| 0.458 ms | ten times that, less MINIX 3's longest replacement | {TimeText.Of(low)} .. {TimeText.Of(high)} | {inside} | "
            + $"{Repeated.Rounded(From("simulated_low_ns", "simulated_high_ns"))} .. {Repeated.Rounded(From("simulated_high_ns", "simulated_low_ns"))} | {Repeated.Rounded(difference)} |\n";
    }

    [Theory]
    [InlineData("minix3.replacement_time.with_send")]
    [InlineData("minix3.send_time.with_replacement")]
    [InlineData("minix3.send_interval.with_replacement.intervals")]
    [InlineData("ant.replacement_time.with_send")]
    [InlineData("ant.send_time.with_replacement")]
    [InlineData("ant.interval_increase.with_replacement.intervals")]
    public void The_pictures_are_those_of_today(string name)
    {
        Assert.NotEmpty(Cells.Value);
        string shown = Repository.Folder("docs", "plots", name + ".svg"), drawn = Path.Combine(Drawn, name + ".svg");
        if (Golden.Update) File.Copy(drawn, shown, true);
        Assert.Equal(File.ReadAllText(drawn), File.ReadAllText(shown));
        Assert.Contains($"(plots/{name}.svg)", File.ReadAllText(Repository.Folder("docs", "validation.md")));
    }

    [Fact]
    public void What_is_not_compared_says_why()
    {
        var growth = Cell("ant.interval_increase.with_replacement.mean");
        Assert.Contains("runs of more than 200 moves", growth.GetProperty("not_exact_because").GetString());
        Assert.Contains("parameter", Open.Value.GetProperty("not_simulated_because").GetString());
        Assert.All(Cells.Value, c => Assert.Equal(c.GetProperty("inside_exact").ValueKind == JsonValueKind.Null, c.GetProperty("not_exact_because").ValueKind == JsonValueKind.String));
    }

    private static JsonElement Cell(string name) => Cells.Value.Single(c => Name(c) == name);

    private static string Name(JsonElement cell) => cell.GetProperty("cell").GetString()!;

    private static string Yes(JsonElement cell, string name) =>
        cell.GetProperty(name).ValueKind switch { JsonValueKind.True => "yes", JsonValueKind.False => "**no**", _ => "not known" };

    private static string Verdict(JsonElement cell) => Yes(cell, "inside_exact") + (cell.GetProperty("inside_exact").GetBoolean() ? "" : $", by {Time(cell, "outside_exact_by_ns")}");

    private static Rational Ns(JsonElement cell, string name) => Rational.Parse(cell.GetProperty(name).GetString()!);

    private static string Time(JsonElement cell, string name) => cell.GetProperty(name).GetString() is { } text ? TimeText.Of(Rational.Parse(text)) : "";

    private static string Exact(JsonElement cell) => cell.GetProperty("exact_max_ns").GetString() is null ? "not known" : $"{Time(cell, "exact_min_ns")} .. {Time(cell, "exact_max_ns")}";

    private static string Range(JsonElement cell) => $"{Simulated(cell, "simulated_low_ns")} .. {Simulated(cell, "simulated_high_ns")}";

    private static string Simulated(JsonElement cell, string name) => Repeated.Rounded(Ns(cell, name));
}
