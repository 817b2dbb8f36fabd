using Irekae.Checker.Explore;
using Irekae.Checker.Verification;
using Irekae.Model.Binding;
using Irekae.Model.Numbers;
using Irekae.Model.Semantics;
using Irekae.Properties;
using static Irekae.Tests.Checker.Explore.Built;

namespace Irekae.Tests.Checker.Explore;

public class BusyWindowTests
{
    private static PropertyResult Worst(BoundSystem system, int actor, bool theorems) =>
        Verifier.Verify(_ => system.Asking(Response(system, actor)), new VerifyOptions { Theorems = theorems, Properties = ["p0"] }, null, TestContext.Current.CancellationToken).Results[0];

    [Fact]
    public void EveryJobOfTheWindowCounts()
    {
        // Lehoczky 1990: C = 52, T = 100 over C = 52, T = 140 (scaled to 26/70 under 62/100): the first job is not the worst.
        var system = Together(Machine(), Process(0, "a", 0, Run(26), Sporadic(70)), Process(1, "b", 1, Run(62), Sporadic(100, backlog: 8)));
        var result = Worst(system, 1, theorems: true);
        Assert.Equal(new Rational(118), result.Value!.Proved);
        Assert.StartsWith("response-time analysis", result.Method, StringComparison.Ordinal);
        Assert.Equal(0, result.Statistics.States);
    }

    /// <summary>Published sets, as C/T from the most urgent on, with their worst responses; by theory, and small ones by exploration too.</summary>
    [Theory]
    [InlineData("1/4 1/5 3/9 3/18", "1 2 7 18", false)] // response-time-analysis-rs, fixed_priority/tests.rs
    [InlineData("52/140 52/100", "52 108", false)] // Lehoczky 1990, example 2
    [InlineData("1/2 5/20 1/20", "1 10 12", false)] // SchedCAT, tests/fp.py
    [InlineData("5995/43000 2497/44000 18376/52000 7724/55000", "5995 8492 26868 34592", false)] // SchedCAT
    [InlineData("5/20 10/40 40/80", "5 15 80", false)] // Burns and Wellings, table C
    [InlineData("20/70 20/80 35/200", "55 75 75", true)] // dense time: 54 74 75 in discrete ticks
    [InlineData("8/20 8/28 8/28", "16 24 28", true)] // Davis et al. 2007, a release at the instant a job ends being in time
    public void MeetsPublishedAnswers(string tasks, string responses, bool nonPreemptive)
    {
        var parts = tasks.Split(' ').Select(t => t.Split('/').Select(long.Parse).ToArray()).ToList();
        var system = Together(Machine(ties: nonPreemptive ? Ties.Any : Ties.CompletionFirst), [.. parts.Select((t, i) => Process(i, $"t{i}", i, Run(t[0]), Sporadic(t[1])) with { NonPreemptive = nonPreemptive })]);
        var expected = responses.Split(' ').Select(long.Parse).ToList();
        for (int i = 0; i < expected.Count; i++)
        {
            var known = Worst(system, i, theorems: true);
            Assert.Equal(new Rational(expected[i]), known.Value!.Proved);
            bool full = parts.Take(i + 1).Sum(t => (decimal)t[0] / t[1]) >= 1; // with releases before ends of work the window would not end
            if (!nonPreemptive) Assert.StartsWith(full ? "exploration" : "response-time analysis", known.Method, StringComparison.Ordinal);
            if (parts.Count > 3) continue;
            var explored = Worst(system, i, theorems: false);
            Assert.Equal(new Rational(expected[i]), explored.Value!.Proved);
            Assert.True(explored.Value.Attained);
        }
    }

    /// <summary>A section that ends with the job's work ends with the job; in any order, a more urgent job that is ready may get the core in between.</summary>
    [Theory]
    [InlineData("completion_first", "", "nonpreemptive { run 0 ms .. 5 ms; }", 7)]
    [InlineData("any", "", "nonpreemptive { run 0 ms .. 5 ms; }", 9)]
    [InlineData("batch", "", "nonpreemptive { run 0 ms .. 5 ms; }", 7)]
    [InlineData("completion_first", "nonpreemptive", "run 0 ms .. 5 ms;", 7)]
    [InlineData("batch", "nonpreemptive", "run 0 ms .. 5 ms;", 7)]
    public void ASectionAtTheEndOfAJob(string ties, string attribute, string body, int worst)
    {
        var system = Irekae.Model.Spec.Bind($"system s; machine {{ ties {ties}; }} process hi at 0 sporadic 5 ms {{ run 0 ms .. 2 ms; }} process lo at 1 sporadic 20 ms {attribute} {{ {body} }}").System!;
        foreach (bool theorems in new[] { true, false })
        {
            var result = Worst(system, 1, theorems);
            Assert.Equal(new Rational(worst * 1_000_000), result.Value!.Proved);
            Assert.Equal(result.Value.Proved, result.Value.Found);
            if (theorems) Assert.StartsWith("response-time analysis", result.Method, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void TiesAreToldByTheoryToo()
    {
        var system = Together(Machine(), Process(0, "fast", 0, Run(1), Sporadic(3)), Process(1, "slow", 1, Run(2), Sporadic(5)));
        var result = Worst(system, 1, theorems: true);
        Assert.Equal(new Rational(3), result.Value!.Proved);
        Assert.Contains(result.Notes, n => n.Contains("3 ns under completion_first, 4 ns under any", StringComparison.Ordinal));
    }

    [Fact]
    public void OutsideTheClassThereIsNoBound()
    {
        var waits = Together(Machine(), Process(0, "a", 0, Block(Run(1), Wait(1, 2)), Sporadic(9)), Process(1, "b", 1, Run(2), Sporadic(9)));
        Assert.Null(BusyWindow.For(waits, waits.Actors[1], [], Rational.One));
        var level = Together(Machine(), Process(0, "a", 1, Run(1), Sporadic(9)), Process(1, "b", 1, Run(2), Sporadic(9)));
        Assert.Null(BusyWindow.For(level, level.Actors[1], [], Rational.One));
        var slices = Together(Machine(quantum: Point(5)), Process(0, "a", 0, Run(1), Sporadic(9)), Process(1, "b", 1, Run(2), Sporadic(9)));
        Assert.Null(BusyWindow.For(slices, slices.Actors[1], [], Rational.One));
    }

    /// <summary>Random sets of three with jitter and non-preemptive sections: the bound holds, and where theory claims to be exact it is.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(11)]
    [InlineData(12)]
    public void AgreesWithExploration(int seed)
    {
        var random = new Random(seed);
        var actors = new Actor[3];
        for (int i = 0; i < 3; i++)
        {
            int separation = random.Next(8, 14) + 3 * i;
            int work = random.Next(1, 4);
            var body = (random.Next(3), random.Next(3)) switch
            {
                (0, _) => (BoundStatement)new BoundStatement.NonPreemptive(Run(work), Span),
                (1, 0) => Block(Run(1), new BoundStatement.NonPreemptive(Run(work), Span), Run(1)),
                _ => Run(random.Next(1, work + 1), work),
            };
            var jitter = random.Next(3) == 0 ? Between(random.Next(2), 2) : null;
            actors[i] = Process(i, $"t{i}", i, body, Sporadic(separation, jitter));
        }

        var system = Together(Machine(ties: seed % 2 == 0 ? Ties.Any : Ties.CompletionFirst), actors);
        for (int i = 0; i < 3; i++)
        {
            var explored = Worst(system, i, theorems: false);
            var known = Worst(system, i, theorems: true);
            Assert.Equal(explored.Value!.Proved, known.Value!.Proved);
            Assert.Equal(explored.Notes.Length, known.Notes.Length);
            var window = BusyWindow.For(system, system.Actors[i], [], Rational.One)!;
            var bound = window.Bound(system.Machine.Ties == Ties.Any)!.Value.Response;
            Assert.True(explored.Value.Proved <= bound, $"{explored.Value.Proved} > {bound}");
        }
    }
}
