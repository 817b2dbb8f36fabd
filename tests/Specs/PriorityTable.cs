using System.Text;
using Irekae.Checker.Verification;
using Irekae.Codegen.Plots;
using Irekae.Model;
using Irekae.Model.Numbers;
using Irekae.Properties;
using Irekae.Tests.Checker.Cli;

namespace Irekae.Tests.Specs;

/// <summary>The paper's conjecture, and its price: specs/ant/priority.irk as the table of docs/seed-paper.md. UPDATE_GOLDEN=1 rewrites it.</summary>
public class PriorityTable
{
    private static readonly (string Name, string Says)[] Priorities = [("below", "below it"), ("low", "the application's"), ("raised", "above it")];
    private static readonly (string Name, string Says)[] Slices =
        [("100us", "0.1 ms"), ("200us", "0.2 ms"), ("500us", "0.5 ms"), ("1ms", "1 ms"), ("2ms", "2 ms"), ("5ms", "5 ms"), ("10ms", "10 ms")];

    private static readonly string[] Waits = ["0us", "22us", "40us"];

    private static readonly Lazy<Dictionary<string, PropertyResult>> Answers = new(() =>
    {
        var spec = Spec.Load(Repository.Folder("specs", "ant", "priority.irk"));
        var options = new VerifyOptions { Properties = ["time_*", "interval_*"], CompareTies = false };
        return Verifier.Verify(spec, options, null, CancellationToken.None).Results.ToDictionary(r => r.Name);
    });

    /// <summary>Nanoseconds; no time: the replacement need not end.</summary>
    private sealed record Setting(string Priority, string Slice, Rational? Time, Rational Interval)
    {
        public bool Beats(Setting other) => Shorter(Time, other.Time) && Interval <= other.Interval && (Time != other.Time || Interval < other.Interval);

        public bool SameAs(Setting other) => Priority == other.Priority && Time == other.Time && Interval == other.Interval;

        private static bool Shorter(Rational? one, Rational? other) => other is null || (one is { } time && time <= other);
    }

    [Fact]
    public void The_page_has_the_exact_extremes_and_says_which_settings_no_other_beats()
    {
        var table = new StringBuilder("| one disk read waits | priority of the replacement | slice | longest replacement | longest interval between sends | beaten by none |\n|---|---|---|---|---|---|\n");
        foreach (string wait in Waits)
        {
            var settings = Settings(wait);
            for (int first = 0, next; first < settings.Count; first = next)
            {
                var one = settings[first];
                for (next = first + 1; next < settings.Count && settings[next].SameAs(one); next++) { }
                string slices = next == first + 1 ? one.Slice : $"{one.Slice} .. {settings[next - 1].Slice}";
                table.Append($"| {wait.Replace("us", " us", StringComparison.Ordinal)} | {one.Priority} | {slices} | {(one.Time is { } time ? TimeText.Of(time) : "**no end**")} | {TimeText.Of(one.Interval)} | {(settings.Exists(other => other.Beats(one)) ? "" : "yes")} |\n");
            }
        }
        Golden.Parts("seed-paper.md", ("priority", table.ToString()));
    }

    [Fact]
    public void The_picture_is_that_of_today()
    {
        var all = from wait in Waits
                  let settings = Settings(wait)
                  from one in settings
                  where one.Time is not null
                  select new Compromise($"reads of {wait.Replace("us", " us", StringComparison.Ordinal)}", one.Time!.Value, one.Interval, settings.Exists(other => other.Beats(one)));
        string drawn = TradeOffPlot.Of("AnT's replacement and the application's sends", "each priority and slice; filled: beaten by none of equal reads", "longest replacement", "longest interval between sends", [.. all]);
        string shown = Repository.Folder("docs", "plots", "ant.priority.svg");
        if (Golden.Update) File.WriteAllText(shown, drawn);
        Assert.Equal(File.ReadAllText(shown), drawn);
        Assert.Contains("(plots/ant.priority.svg)", File.ReadAllText(Repository.Folder("docs", "seed-paper.md")));
    }

    private static List<Setting> Settings(string wait) =>
    [
        .. from p in Priorities
           from s in Slices
           let setting = $"{p.Name}_{s.Name}_{wait}"
           where Answers.Value.ContainsKey("time_" + setting)
           select new Setting(p.Says, s.Says, Longest("time_" + setting), Exact("interval_" + setting)),
    ];

    /// <summary>Raised, the replacement takes its undisturbed time whatever the slice; the application's interval is longer than without.</summary>
    [Fact]
    public void The_conjecture_holds_at_a_price()
    {
        foreach (string wait in Waits)
        {
            Assert.All(Slices, s => Assert.Equal(570_000, Exact($"time_raised_{s.Name}_{wait}")));
            Assert.True(Exact($"time_low_1ms_{wait}") > 570_000);
            Assert.True(Exact($"interval_low_1ms_{wait}") < Exact($"interval_raised_1ms_{wait}"));
        }
    }

    private static Rational? Longest(string property)
    {
        var result = Answers.Value[property];
        Assert.True(result is { Verdict: Verdict.Proved, ForAllTime: true, Value.Exact: true } or { Value.Endless: true }, property);
        return result.Value!.Endless ? null : result.Value.Proved!.Value;
    }

    private static Rational Exact(string property)
    {
        var longest = Longest(property);
        Assert.True(longest is not null, $"{property} has no end");
        return longest!.Value;
    }
}
