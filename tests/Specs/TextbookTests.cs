using System.Text.Json;
using Irekae.Checker.Verification;
using Irekae.Model;
using Irekae.Model.Numbers;
using Irekae.Properties;

namespace Irekae.Tests.Specs;

/// <summary>
/// Published task sets, schedules and bounds, with their published answers: <c>specs/textbook</c>. What each case is, where it is from and how
/// it is written down stands in its file; what has to come out, in <c>expected.json</c>; the table is <c>docs/known-answers.md</c>.
/// </summary>
public class TextbookTests
{
    /// <summary>Every case of the collection. A case without a file, or a file that is not here, fails a test.</summary>
    private static readonly string[] Cases =
    [
        "cpa-tutorial-step1", "fnps-rta1", "fp-audsley93-table3", "fp-bw-C", "fp-bw-DM", "fp-chen19-fig1a", "fp-lehoczky90-ex2b", "fp-rta-basic",
        "fp-schedcat-nosusp", "fp-schedcat-ref-01", "fp-schedcat-ref-03", "fp-schedcat-ref-05", "fp-schedcat-ref-07", "fp-schedcat-ref-09",
        "fp-schedcat-ref-11", "fp-schedcat-ref-13", "fp-schedcat-ref-15", "icpp-mast-controller", "io-ostep-l-1-0-4-100-s-switch-on-end",
        "io-ostep-l-3-0-5-100-5-100-5-100-s-switch-on-io-i-io-run-immediate", "io-ostep-l-4-100-1-0", "ipc-chain-3_3-123456",
        "ipc-chain-3_3-345126", "ipc-chain-4_2-123645", "mc-anomaly-two-cores", "mc-dhall", "mc-graham-base", "mc-graham-shorter", "mutex-pathfinder-icpp",
        "mutex-pathfinder-none", "np-can-davis07", "np-global-fig1a-m2", "np-rta1-discrete", "np-sag-fig1c", "np-sag-jitter",
        "np-sag-large-interval", "np-sag-pr3", "np-sag-short", "np-sag-susp", "rr-osc-24-3-3", "rr-osc-5.18-tail", "rr-osc-preempt-tail",
        "rr-osc-prio-rr", "rr-ostep-q1", "sim-rtlib2-arrival", "srv-hamann-ex9",
    ];

    private static readonly JsonElement Expected = JsonDocument.Parse(File.ReadAllText(Repository.Folder("specs", "textbook", "expected.json"))).RootElement;

    public static TheoryData<string> All => [.. Cases];

    [Fact]
    public void Every_case_has_a_file_and_an_answer()
    {
        string[] files = [.. Directory.EnumerateFiles(Repository.Folder("specs", "textbook"), "*.irk").Select(f => Path.GetFileNameWithoutExtension(f)!)];
        Assert.Equal(Cases.Order(StringComparer.Ordinal), files.Order(StringComparer.Ordinal));
        Assert.Equal(Cases.Order(StringComparer.Ordinal), Expected.EnumerateObject().Select(c => c.Name).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_answers_are_the_published_ones(string id)
    {
        var expected = Expected.GetProperty(id);
        var spec = Spec.Load(Repository.Folder("specs", "textbook", id + ".irk"));
        Assert.True(spec.System is not null && spec.Diagnostics.IsEmpty, string.Join("\n", spec.Diagnostics));
        var options = new VerifyOptions
        {
            CompareTies = false,
            // Where the checks that nobody asks for would explore the arrivals of too many processes, only the properties are asked.
            Properties = expected.TryGetProperty("checks", out _) ? [.. spec.System.Properties.Select(p => p.Name)] : [],
        };
        var result = Verifier.Verify(variant => (variant is null ? spec.System : spec.ForVariant(variant))!, options, null, TestContext.Current.CancellationToken);

        var properties = expected.GetProperty("properties");
        var wrong = result.Results.Where(r => r.Kind != "check")
            .SelectMany(r => properties.TryGetProperty(r.Name, out var answer) ? Differences(r, answer) : [$"{r.Name}: no answer in expected.json"])
            .Concat(properties.EnumerateObject().Where(p => result.Results.All(r => r.Name != p.Name)).Select(p => $"{p.Name}: no such property"))
            .Concat(result.Results.Where(r => r.Kind == "check" && r.Verdict is Verdict.Refuted).Select(r => $"{r.Name}: refuted"));
        Assert.Empty(wrong);
    }

    private static IEnumerable<string> Differences(PropertyResult result, JsonElement answer)
    {
        string verdict = result.Verdict switch
        {
            Verdict.Proved => "proved",
            Verdict.Refuted => "refuted",
            Verdict.ProvedUpTo => "proved up to a limit",
            Verdict.Unknown => "unknown",
            _ => throw new System.Diagnostics.UnreachableException(result.Verdict.GetType().Name),
        };
        if (verdict != answer.GetProperty("verdict").GetString())
            yield return $"{result.Name}: {verdict} ({result.Verdict}), not {answer.GetProperty("verdict")}; {Value(result)}";
        if (verdict == "proved" && !result.ForAllTime) yield return $"{result.Name}: not for all time";
        if (answer.TryGetProperty("exact", out var exact))
        {
            if (result.Value is not { Endless: false, Exact: true } value || value.Proved != Time(exact)) yield return $"{result.Name}: {Value(result)}, not exactly {exact}";
            else if (answer.TryGetProperty("attained", out var attained) && attained.GetBoolean() != value.Attained)
                yield return $"{result.Name}: {(value.Attained ? "attained" : "not attained")}";
        }

        if (answer.TryGetProperty("at_most", out var most) && !(result.Value?.Proved is { } proved && proved.CompareTo(Time(most)) <= 0))
            yield return $"{result.Name}: {Value(result)}, not at most {most}";
        if (answer.TryGetProperty("at_least", out var least) && !(result.Value?.Found is { } found && found.CompareTo(Time(least)) >= 0))
            yield return $"{result.Name}: {Value(result)}, no run with at least {least}";
    }

    private static string Value(PropertyResult result) =>
        $"proved {(result.Value?.Proved is { } p ? TimeText.Of(p) : "nothing")}, found {(result.Value?.Found is { } f ? TimeText.Of(f) : "nothing")}";

    /// <summary><c>3500 us</c>, in nanoseconds.</summary>
    private static Rational Time(JsonElement text) => text.GetString()!.Split(' ') switch
    {
        [var number, "ns"] => long.Parse(number, System.Globalization.CultureInfo.InvariantCulture),
        [var number, "us"] => 1_000 * long.Parse(number, System.Globalization.CultureInfo.InvariantCulture),
        [var number, "ms"] => 1_000_000 * long.Parse(number, System.Globalization.CultureInfo.InvariantCulture),
        _ => throw new FormatException(text.ToString()),
    };
}
