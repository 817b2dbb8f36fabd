using System.Globalization;
using System.Numerics;
using Irekae.Checker.Verification;
using Irekae.Model;
using Irekae.Model.Numbers;
using Irekae.Properties;

namespace Irekae.Tests.Specs;

/// <summary>The seed paper's numbers and what the models of its two systems say, in nanoseconds.</summary>
internal static class SeedPaper
{
    private static readonly Dictionary<string, VerificationResult> verified = [];

    /// <summary>A cell of Table 1, exactly as printed.</summary>
    public static Rational Cell(string system, string measure, string condition, string statistic)
    {
        string prefix = $"{system},{measure},{condition},{statistic},";
        string line = File.ReadLines(Repository.Folder("specs", "paper", "table1.csv")).Single(l => l.StartsWith(prefix, StringComparison.Ordinal));
        string milliseconds = line[prefix.Length..].Split(',')[0];
        int point = milliseconds.IndexOf('.', StringComparison.Ordinal);
        long digits = long.Parse(milliseconds.Remove(point, 1), CultureInfo.InvariantCulture);
        return new Rational(digits * 1_000_000, BigInteger.Pow(10, milliseconds.Length - point - 1));
    }

    /// <summary>The cell measured while the other activity went on.</summary>
    public static Rational Loaded(string system, string measure, string statistic) =>
        Cell(system, measure, measure == "send_time" ? "with_replacement" : "with_send", statistic);

    /// <summary>The proved extreme of a property that asks for one; it fails the test when it is not proved for all time with both sides met.</summary>
    public static Extreme Exact(string system, string property)
    {
        var result = Verified(system).Results.Single(r => r.Name == property);
        Assert.IsType<Verdict.Proved>(result.Verdict);
        Assert.True(result.ForAllTime && result.Value!.Exact, $"{system}.{property} is not exact: {string.Join("; ", result.Notes)}");
        return result.Value!;
    }

    private static VerificationResult Verified(string system)
    {
        lock (verified)
        {
            if (verified.TryGetValue(system, out var known)) return known;
            var spec = Spec.Load(Repository.Folder("specs", system, system + ".irk"));
            var options = new VerifyOptions { Properties = ["replacement_*", "send_*", "frame_*", "interval_*"] };
            return verified[system] = Verifier.Verify(v => v is null ? spec.System! : spec.ForVariant(v)!, options, null, CancellationToken.None);
        }
    }
}
