using Irekae.Model.Numbers;

namespace Irekae.Tests.Specs;

/// <summary>
/// The seed paper's Table 1 against the models of the two systems: durations come from the unloaded columns only; the loaded minima and
/// maxima have to lie inside the exact intervals the models give.
/// </summary>
public class Table1Tests
{
    public static TheoryData<string, string, string> LoadedCells()
    {
        var cells = new TheoryData<string, string, string>();
        foreach (string system in new[] { "minix3", "ant" })
            foreach (string measure in new[] { "replacement_time", "send_time" })
                foreach (string statistic in new[] { "min", "max" }) cells.Add(system, measure, statistic);
        return cells;
    }

    [Theory]
    [MemberData(nameof(LoadedCells))]
    public void A_loaded_extreme_lies_inside_the_exact_interval(string system, string measure, string statistic)
    {
        var measured = SeedPaper.Loaded(system, measure, statistic);
        string property = measure == "send_time" ? "send_" : "replacement_";
        var (low, high) = (SeedPaper.Exact(system, property + "min").Proved!.Value, SeedPaper.Exact(system, property + "max").Proved!.Value);
        Assert.True(low <= measured && measured <= high, $"{measured} ns is not in [{low}, {high}] ns");
    }

    /// <summary>The unloaded minima are what the models were made from: nothing can be shorter.</summary>
    [Theory]
    [InlineData("minix3", "replacement_time", "without_send", "replacement_min")]
    [InlineData("minix3", "send_time", "without_replacement", "send_min")]
    [InlineData("ant", "send_time", "without_replacement", "send_min")]
    public void An_undisturbed_minimum_is_the_minimum(string system, string measure, string condition, string property) =>
        Assert.Equal(SeedPaper.Cell(system, measure, condition, "min"), SeedPaper.Exact(system, property).Proved);

    [Theory]
    [InlineData("minix3", "replacement_max", 337_000, true)]
    [InlineData("minix3", "replacement_max_early", 337_000, true)]
    [InlineData("minix3", "replacement_max_late", 337_000, true)]
    [InlineData("minix3", "send_max", 340_000, true)]
    [InlineData("minix3", "frame_left_min", 97_160, true)]
    [InlineData("minix3", "frame_left_max", 428_160, true)]
    [InlineData("minix3", "interval_max", 1_340_000, true)]
    [InlineData("ant", "replacement_max", 10_579_000, true)]
    [InlineData("ant", "replacement_max_slow_disk", 10_535_350, true)]
    [InlineData("ant", "replacement_min_slow_disk", 9_436_000, false)]
    [InlineData("ant", "send_max", 581_700, true)]
    [InlineData("ant", "send_max_slow_disk", 140_000, true)]
    [InlineData("ant", "frame_left_min", 97_160, true)]
    [InlineData("ant", "frame_left_max", 669_010, true)]
    [InlineData("ant", "interval_max_slow_disk", 1_140_000, true)]
    public void The_exact_extremes_are(string system, string property, int nanoseconds, bool attained)
    {
        var extreme = SeedPaper.Exact(system, property);
        Assert.Equal((new Rational(nanoseconds), attained), (extreme.Proved!.Value, extreme.Attained));
    }
}
