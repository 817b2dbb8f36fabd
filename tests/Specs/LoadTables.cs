using System.Globalization;
using System.Text;
using Irekae.Model.Numbers;
using Irekae.Tests.Checker.Cli;

namespace Irekae.Tests.Specs;

/// <summary>How the replacements' times grow: specs/minix3/load.irk and specs/ant/scale.irk as the tables of docs/seed-paper.md. UPDATE_GOLDEN=1 rewrites them.</summary>
public class LoadTables
{
    private static readonly Asked Load = new(["minix3", "load.irk"]);
    private static readonly Asked Scale = new(["ant", "scale.irk"], "time_10*", "time_cores_*", "time_interrupted", "interval_*");

    private static readonly Rational Operation = new(63_200), Work = 316_000;

    private static readonly (string Tag, int Clients, Rational Period)[] Loads =
    [
        ("n1_every_10ms", 1, 10_000_000), ("n10_every_10ms", 10, 10_000_000), ("n100_every_10ms", 100, 10_000_000), ("n10_every_1ms", 10, 1_000_000),
        ("n10_every_700us", 10, 700_000), ("n10_every_632us", 10, 632_000), ("n1_every_63us", 1, 63_200), ("n1_every_32us", 1, 31_600),
    ];

    /// <summary>R = work + n · op · ⌈R / period⌉, the least solution; none where requests take all of the time.</summary>
    private static Rational? Formula(int clients, Rational period)
    {
        if (Operation * clients >= period) return null;
        var time = Work;
        while (true)
        {
            var next = Work + Operation * clients * (time / period).Ceiling();
            if (next == time) return time;
            time = next;
        }
    }

    [Fact]
    public void The_bound_with_n_clients_is_the_formula_and_the_page_has_it()
    {
        var table = new StringBuilder("| processes that ask DS | each at most once in | part of the processor | longest replacement | states |\n|---|---|---|---|---|\n");
        table.Append($"| 0 | | 0 % | {Load.Time("alone", "no end")} | {Load.Of("alone").Statistics.States} |\n");
        foreach (var (tag, clients, period) in Loads)
        {
            var known = Load.Longest("time_" + tag);
            Assert.Equal(Formula(clients, period), known);
            var percent = Operation * clients * 100 / period;
            string part = string.Create(CultureInfo.InvariantCulture, $"{(decimal)percent.Numerator / (decimal)percent.Denominator:0.#} %");
            table.Append($"| {clients} | {TimeText.Of(period)} | {part} | {(known is { } time ? TimeText.Of(time) : "**no end**")} | {Load.Of("time_" + tag).Statistics.States} |\n");
        }

        Golden.Parts("seed-paper.md", ("load", table.ToString()));
    }

    /// <summary>Processes that ask each for itself, at any instants, cannot do worse than one that asks as often at once.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void One_that_asks_n_times_stands_for_n_that_ask(int clients)
    {
        var bound = Load.Longest($"time_together_{clients}");
        Assert.Equal(Formula(clients, 250_000), bound);
        Assert.Equal(bound, Load.Longest($"time_apart_{clients}"));
    }

    [Fact]
    public void States_grow_with_the_number_of_clients_and_of_reads_no_faster_than_they()
    {
        Assert.True(Load.Of("time_n100_every_10ms").Statistics.States <= 10 * Load.Of("time_n10_every_10ms").Statistics.States);
        Assert.True(Scale.Of("time_100").Statistics.States <= 10 * Scale.Of("time_10").Statistics.States);
        Assert.True(Scale.Of("time_1000").Statistics.States <= 100 * Scale.Of("time_10").Statistics.States);
        Assert.True(Scale.Of("interval_100").Statistics.States <= 10 * Scale.Of("interval_10").Statistics.States);
        Assert.True(Scale.Of("interval_1000").Statistics.States <= 100 * Scale.Of("interval_10").Statistics.States);
    }

    [Fact]
    public void The_page_has_reads_cores_and_interrupts()
    {
        var table = new StringBuilder("| system | longest replacement | longest interval between sends |\n|---|---|---|\n");
        foreach (var (tag, says) in new[] { ("10", "AnT, 10 disk reads, 1 core"), ("100", "100 disk reads"), ("1000", "1000 disk reads"), ("cores_2", "10 reads, 2 cores"), ("cores_3", "3 cores"), ("cores_4", "4 cores"), ("interrupted", "10 reads, the card interrupts") })
            table.Append($"| {says} | {Scale.Time("time_" + tag, "no end")} | {(Scale.Names.Contains("interval_" + tag) ? Scale.Time("interval_" + tag, "no end") : "")} |\n");
        foreach (var (tag, says) in new[] { ("n10_every_1ms", "MINIX 3, 10 processes that ask DS once in 1 ms, 1 core"), ("cores_2", "2 cores"), ("cores_3", "3 cores"), ("cores_4", "4 cores") })
            table.Append($"| {says} | {Load.Time("time_" + tag, "no end")} | |\n");
        Golden.Parts("seed-paper.md", ("scale", table.ToString()));
    }
}
