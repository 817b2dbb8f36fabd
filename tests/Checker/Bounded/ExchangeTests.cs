using Irekae.Checker.Bounded;
using Irekae.Checker.Verification;
using Irekae.Model;
using Irekae.Model.Binding;
using Irekae.Model.Semantics;
using Irekae.Properties;
using Irekae.Properties.Generators;
using Irekae.Tests.Laws;

namespace Irekae.Tests.Checker.Bounded;

/// <summary>Equal processes are exchanged for each other: the answers stay, the questions become smaller.</summary>
public sealed class ExchangeTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static IReadOnlyList<PropertyResult> Verify(BoundSystem system, int depth, bool exchanging, TimeSpan? limit = null)
    {
        var options = new VerifyOptions { Threads = 1 };
        var bounded = new BoundedOptions { Depth = depth, Exchanging = exchanging, TimeLimit = limit };
        return BoundedVerifier.Verify(_ => system, options, bounded, null, TestContext.Current.CancellationToken).Results;
    }

    [Fact]
    public void Answers_are_the_same_without()
    {
        Solvers.Need();
        int systems = 0, fewer = 0, values = 0, runs = 0, unknown = 0;
        foreach (var drawn in Twins.Systems(Profile.Tiny, 30, 400).Concat(Twins.Systems(Profile.Whole, 6, 300)))
        {
            IReadOnlyList<PropertyResult> with, without;
            try
            {
                (with, without) = (Verify(drawn.System, 7, true, Patience), Verify(drawn.System, 7, false, Patience));
            }
            catch (OverflowException)
            {
                continue;
            }

            systems++;
            if (with.Max(r => r.Statistics.States) < without.Max(r => r.Statistics.States)) fewer++;
            foreach (var (one, other) in with.Zip(without))
            {
                if (one.Notes.Concat(other.Notes).Any(n => n.StartsWith("time limit", StringComparison.Ordinal)) || one.Verdict is Verdict.Unknown { Reason: "time limit" })
                {
                    unknown++;
                    continue;
                }

                Assert.True(one.Verdict == other.Verdict && one.Value == other.Value && one.ForAllTime == other.ForAllTime, drawn.Says($"{one.Name}: {one.Question}: exchanged {one}\nnot {other}"));
                values += one.Value?.Found is null ? 0 : 1;
                Assert.Equal(other.Witness is null, one.Witness is null);
                if (one.Witness is not { } run) continue;
                runs++;
                Assert.IsType<Replay.Done>(Runs.Replay(run.System, RunScript.Of(run)));
            }
        }

        output.WriteLine($"{systems} systems, {fewer} of them with fewer configurations, {values} values, {runs} runs, {unknown} unknown");
        Assert.True(fewer >= Campaign.Size(5, 150) && values >= Campaign.Size(4, 150) && runs >= Campaign.Size(8, 300), $"{systems} {fewer} {values} {runs}");
    }

    private static BoundSystem Equals(int count, string body) =>
        Spec.FromText("equals.irk", $"system equals; machine {{ cores 1; }} process p at 1 instances {string.Join(", ", Enumerable.Range(1, count).Select(k => $"e{k}"))} {body}").System!;

    /// <summary>Configurations and moves up to the depth where all have arrived and ended: without, the orders of all of them; with, how many are where.</summary>
    [Theory]
    [InlineData(2, 8, 9, 5, 6)]
    [InlineData(3, 26, 31, 7, 10)]
    [InlineData(4, 106, 129, 9, 15)]
    [InlineData(5, 532, 651, 11, 21)]
    public void Equal_jobs_are_worth_one(int count, long states, long moves, long statesWith, long movesWith)
    {
        Solvers.Need();
        var system = Equals(count, "periodic 40 us { measure m { run 2 us .. 3 us; } } property longest: max m;");
        var (without, with) = (Verify(system, (2 * count) + 1, false)[0], Verify(system, (2 * count) + 1, true)[0]);
        Assert.Equal(without.Value, with.Value);
        Assert.Equal((states, moves, statesWith, movesWith), (without.Statistics.States, without.Statistics.Moves, with.Statistics.States, with.Statistics.Moves));
    }
}
