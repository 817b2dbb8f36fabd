using System.Text;
using Irekae.Model.Numbers;
using Irekae.Tests.Checker.Cli;

namespace Irekae.Tests.Specs;

/// <summary>The tables of docs/seed-paper.md are what the models say now. UPDATE_GOLDEN=1 rewrites them.</summary>
public class SeedPaperPage
{
    private static readonly (string System, string Name)[] systems = [("minix3", "MINIX 3"), ("ant", "AnT")];

    [Fact]
    public void The_tables_are_up_to_date() => Golden.Parts("seed-paper.md", ("table1", Table1()), ("figure2", Figure2()), ("frames", Frames()));

    private static string Table1()
    {
        var table = new StringBuilder("| system | quantity | measured | exact interval | inside | measured maximum below the exact one by |\n|---|---|---|---|---|---|\n");
        foreach (var (system, name) in systems)
            foreach (var (measure, property) in new[] { ("replacement_time", "replacement"), ("send_time", "send") })
                foreach (string variant in system == "ant" ? new[] { "", "_slow_disk" } : [""])
                    table.Append(Row(system, name, measure, property, variant));
        return table.ToString();
    }

    private static string Row(string system, string name, string measure, string property, string variant)
    {
        var (least, most) = (SeedPaper.Loaded(system, measure, "min"), SeedPaper.Loaded(system, measure, "max"));
        var low = SeedPaper.Exact(system, property + "_min" + (property == "send" ? "" : variant));
        var high = SeedPaper.Exact(system, property + "_max" + variant);
        bool inside = low.Proved <= least && most <= high.Proved;
        string quantity = property + " time" + (variant == "" ? "" : ", `slow_disk`");
        return $"| {name} | {quantity} | {Time(least)} .. {Time(most)} | {Time(low.Proved!.Value)}{(low.Attained ? "" : " (approached)")} .. {Time(high.Proved!.Value)}{(high.Attained ? "" : " (approached)")} | {(inside ? "yes" : "**no**")} | {Time(high.Proved.Value - most)} |\n";
    }

    private static string Frames()
    {
        var table = new StringBuilder("| system | a send has returned after | its frame has left after |\n|---|---|---|\n");
        foreach (var (system, name) in systems) table.Append($"| {name} | {Interval(system, "send")} | {Interval(system, "frame_left")} |\n");
        return table.ToString();
    }

    private static string Interval(string system, string property) =>
        $"{Time(SeedPaper.Exact(system, property + "_min").Proved!.Value)} .. {Time(SeedPaper.Exact(system, property + "_max").Proved!.Value)}";

    private static string Figure2() =>
        "| system | the paper | exact maximum of the interval between the starts of two sends |\n|---|---|---|\n" +
        $"| MINIX 3 | 1.350 ms at most | {Time(SeedPaper.Exact("minix3", "interval_max").Proved!.Value)} |\n" +
        $"| AnT | 1 ms + a send + 0.0794 ms on average | {Time(SeedPaper.Exact("ant", "interval_max").Proved!.Value)}; with `slow_disk` {Time(SeedPaper.Exact("ant", "interval_max_slow_disk").Proved!.Value)} |\n";

    private static string Time(Rational nanoseconds) => TimeText.Of(nanoseconds);
}
