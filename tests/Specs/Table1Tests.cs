using System.Globalization;
using Irekae.Checker.Verification;
using Irekae.Model;
using Irekae.Model.Numbers;
using Irekae.Properties;

namespace Irekae.Tests.Specs;

/// <summary>
/// The seed paper's Table 1 against the models of the two systems: durations come from the unloaded columns only; the loaded minima and
/// maxima have to lie inside the exact intervals the models give.
/// </summary>
public class Table1Tests
{
    private static readonly Dictionary<string, VerificationResult> verified = [];

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
        var measured = Cell(system, measure, measure == "send_time" ? "with_replacement" : "with_send", statistic);
        var (low, high) = (Exact(system, measure, "min"), Exact(system, measure, "max"));
        Assert.True(low <= measured && measured <= high, $"{measured} ns is not in [{low}, {high}] ns");
    }

    /// <summary>The unloaded columns are what the models were made from: they come back as the extremes of the same quantities without the other activity.</summary>
    [Theory]
    [InlineData("minix3", "replacement_time", "without_send", "min")]
    [InlineData("minix3", "send_time", "without_replacement", "min")]
    [InlineData("ant", "send_time", "without_replacement", "min")]
    public void An_undisturbed_minimum_is_the_minimum(string system, string measure, string condition, string statistic) =>
        Assert.Equal(Cell(system, measure, condition, statistic), Exact(system, measure, statistic));

    [Theory]
    [InlineData("minix3", "replacement_time", "max", 337_000)]
    [InlineData("minix3", "replacement_time", "min", 311_000)]
    [InlineData("minix3", "send_time", "max", 340_000)]
    [InlineData("minix3", "send_time", "min", 9_000)]
    [InlineData("ant", "replacement_time", "max", 10_579_000)]
    [InlineData("ant", "send_time", "min", 9_000)]
    public void The_exact_extremes_are(string system, string measure, string statistic, int nanoseconds) =>
        Assert.Equal(new Rational(nanoseconds), Exact(system, measure, statistic));

    private static Rational Exact(string system, string measure, string statistic)
    {
        string name = (measure == "send_time" ? "send_" : "replacement_") + statistic;
        var result = Verified(system).Results.Single(r => r.Name == name);
        Assert.IsType<Verdict.Proved>(result.Verdict);
        Assert.True(result.ForAllTime && result.Value!.Exact, $"{system}.{name} is not exact");
        return result.Value!.Proved!.Value;
    }

    private static VerificationResult Verified(string system)
    {
        lock (verified)
        {
            if (verified.TryGetValue(system, out var known)) return known;
            var spec = Spec.Load(Repository.Folder("specs", system, system + ".irk"));
            var options = new VerifyOptions { Properties = ["replacement_m??", "send_m??"] };
            return verified[system] = Verifier.Verify(v => v is null ? spec.System! : spec.ForVariant(v)!, options, null, CancellationToken.None);
        }
    }

    /// <summary>A cell in nanoseconds, exactly as printed.</summary>
    private static Rational Cell(string system, string measure, string condition, string statistic)
    {
        string prefix = $"{system},{measure},{condition},{statistic},";
        string line = File.ReadLines(Repository.Folder("specs", "paper", "table1.csv")).Single(l => l.StartsWith(prefix, StringComparison.Ordinal));
        string milliseconds = line[prefix.Length..].Split(',')[0];
        int point = milliseconds.IndexOf('.', StringComparison.Ordinal);
        long thousandths = long.Parse(milliseconds.Remove(point, 1), CultureInfo.InvariantCulture);
        return new Rational(thousandths * 1_000_000, System.Numerics.BigInteger.Pow(10, milliseconds.Length - point - 1));
    }
}
