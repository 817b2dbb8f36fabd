using System.Text;
using Irekae.Checker.Bounded;
using Irekae.Checker.Verification;
using Irekae.Model;
using Irekae.Model.Binding;
using Irekae.Properties;
using Irekae.Properties.Generators;
using Irekae.Tests.Laws;

namespace Irekae.Tests.Checker.Bounded;

/// <summary>
/// The explorer against the bounded checker. A run of at most k moves is a run, so that the bounded answer never passes the explorer's; and once k has
/// reached the length of the explorer's own run, both have to be equal to the tick (see <see cref="Agreement"/>). So k is that length.
/// </summary>
public sealed class EnginesAgree(ITestOutputHelper output)
{
    private const int Deepest = 24, Endings = 40;

    /// <summary>Nothing comes again, so that most runs end, and with them what is not known.</summary>
    private static readonly Profile Ending = Profile.Whole with { Jobs = 0, Sporadic = 0, Loops = 0 };

    private readonly Dictionary<string, int> tally = [];

    [Theory]
    [InlineData("minix3", 12, "*")]
    [InlineData("first", 13, "*")]
    [InlineData("ant", 38, "replacement_min")]
    [InlineData("ant", 68, "*_slow_disk", true)]
    [InlineData("ant", 68, "send_min one_driver state_kept check.*")]
    [InlineData("ant", 68, "*", true)]
    public void On_the_specifications(string name, int depth, string properties, bool long_ = false)
    {
        Solvers.Need();
        if (long_ && Campaign.Size(0, 1) == 0) Assert.Skip("a long one: only in a campaign");
        var spec = Spec.Load(Repository.Folder("specs", name, $"{name}.irk"));
        Compare(variant => (variant is null ? spec.System : spec.ForVariant(variant))!, _ => depth, properties, null, text => $"{name}: {text}");
        Assert.True(tally.GetValueOrDefault("equal values") > 0, Table());
        output.WriteLine(Table());
    }

    [Fact]
    public void On_random_systems()
    {
        Solvers.Need();
        foreach (ulong seed in Campaign.Seeds(6, 700))
        {
            foreach (var (profile, deepest) in new[] { (Profile.Whole, Deepest), (Profile.Tiny, Deepest), (Ending, Endings) })
            {
                var drawn = Drawn.Of(seed, profile);
                try
                {
                    bool some = Compare(_ => drawn.System, explored => profile == Ending ? deepest : Depth(explored), "*", TimeSpan.FromSeconds(4), drawn.Says);
                    Count(some ? "systems" : "systems with nothing to compare");
                }
                catch (OverflowException)
                {
                    Count("systems with an instant of too many orders");
                }
            }

            if ((seed - Campaign.First + 1) % 20 == 0) output.WriteLine($"seeds {Campaign.First} .. {seed}\n{Table()}");
        }

        output.WriteLine(Table());
        Assert.True(tally.GetValueOrDefault("equal values") >= Campaign.Size(10, 800), Table());
        Assert.True(tally.GetValueOrDefault("equal verdicts") >= Campaign.Size(20, 2000), Table());
    }

    /// <summary>No deeper than the longest run that the explorer shows: there everything that it found has to be found again.</summary>
    private static int Depth(IReadOnlyList<PropertyResult> explored) => Math.Min(Deepest, explored.Max(r => r.Witness?.Steps.Length) ?? 4);

    /// <summary>Whether there was anything to compare.</summary>
    private bool Compare(Func<string?, BoundSystem> systems, Func<IReadOnlyList<PropertyResult>, int> depth, string properties, TimeSpan? limit, Func<string, string> says)
    {
        var options = new VerifyOptions { Properties = [.. properties.Split(' ')], StateLimit = 1000, TimeLimit = TimeSpan.FromSeconds(4), CompareTies = false, Threads = 1 };
        var explored = Verifier.Verify(systems, options, null, TestContext.Current.CancellationToken).Results;
        var bounded = BoundedVerifier.Verify(systems, options, new BoundedOptions { Depth = depth(explored), TimeLimit = limit }, null, TestContext.Current.CancellationToken);
        bool some = false;
        foreach (var (one, other) in explored.Zip(bounded.Results))
        {
            Assert.Equal(one.Name, other.Name);
            Assert.True(Agreement.Contradiction(one, other) is not { } words, says($"{one.Name}: {one.Question}: {Agreement.Contradiction(one, other)}:\n{one}\n{other}"));
            string what = Compared(one, other);
            some |= !what.StartsWith("bounded unknown", StringComparison.Ordinal) && !what.StartsWith("nothing to compare", StringComparison.Ordinal);
            Count(what);
        }

        return some;
    }

    private static string Compared(PropertyResult explored, PropertyResult bounded)
    {
        if (bounded.Verdict is Verdict.Unknown { Reason: var reason } && !reason.StartsWith("not reached", StringComparison.Ordinal)) return $"bounded unknown: {reason.Split(';')[0]}";
        if (explored.Value is { Endless: false } all && bounded.Value is { Endless: false } some)
            return all.Proved is null ? "nothing to compare: no value" : all.Proved == some.Found && all.Attained == some.Attained ? "equal values" : "smaller values: the run is longer";
        if (explored.Value is not null) return explored.Value.Endless && bounded.Value!.Endless ? "both endless" : "endless only in longer runs";
        if (explored.Verdict is Verdict.Unknown) return "nothing to compare: unknown to the explorer";
        if (explored.Verdict.GetType() == bounded.Verdict.GetType()) return "equal verdicts";
        return explored.Witness is not null ? "verdicts: found in longer runs" : "verdicts: never, of all runs and of so many moves";
    }

    private void Count(string what) => tally[what] = tally.GetValueOrDefault(what) + 1;

    private string Table() => tally.OrderBy(t => t.Key).Aggregate(new StringBuilder(), (text, t) => text.Append($"{t.Value,7} {t.Key}\n")).ToString();
}
