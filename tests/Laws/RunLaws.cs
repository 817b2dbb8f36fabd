using System.Diagnostics;
using System.Text;
using Irekae.Codegen.Running;
using Irekae.Model;
using Irekae.Model.Binding;
using Irekae.Model.Semantics;
using Irekae.Properties.Laws;
using Irekae.Tests.Checker.Cli;

namespace Irekae.Tests.Laws;

/// <summary>Every law over the same systems and the same runs.</summary>
public sealed class RunLaws(ITestOutputHelper output)
{
    private const int RunsOfEach = 4;
    private const int Moves = 60;

    [Fact]
    public void Every_law_holds_of_every_run()
    {
        var speaks = RunLaw.All.ToDictionary(law => law, _ => 0);
        var judged = RunLaw.All.ToDictionary(law => law, _ => 0L);
        int systems = 0, runs = 0;
        long moves = 0, begun = Stopwatch.GetTimestamp();
        foreach (var drawn in LawSystems.Of(300, 100_000))
        {
            systems++;
            foreach (var law in RunLaw.All)
                if (law.Applies(drawn.System)) speaks[law]++;
            foreach (var run in Campaign.Runs(TransitionSystem.Compile(drawn.System, Everything.Of(drawn.System)), RunsOfEach, Moves))
            {
                (runs, moves) = (runs + 1, moves + run.Steps.Length);
                var findings = RunLaw.Check(run);
                Assert.True(findings.Breaches.IsEmpty, drawn.Says($"{string.Join('\n', findings.Breaches)}\n{RunTable.Of(run)}"));
                foreach (var (law, times) in findings.Judged) judged[law] += times;
            }
        }

        var table = new StringBuilder($"{systems:N0} systems, {runs:N0} runs, {moves:N0} moves, {Campaign.Crowded} runs given up, {Stopwatch.GetElapsedTime(begun).TotalSeconds:N0} s\n");
        foreach (var law in RunLaw.All) table.Append($"{law.Name,-20}{speaks[law],9:N0} systems{judged[law],15:N0} times judged\n");
        output.WriteLine(table.ToString());
        Assert.True(judged.Values.All(times => times >= 10) && Campaign.Crowded < runs / 20, table.ToString());
    }

    /// <summary>18127: a process that goes from one work into a section in the same instant may not be preempted there, and no event says that it is.</summary>
    [Theory]
    [InlineData(18127)]
    public void Every_law_holds_where_one_once_did_not(int seed)
    {
        var drawn = LawSystems.Of((ulong)seed);
        foreach (var run in Campaign.Runs(TransitionSystem.Compile(drawn.System, Everything.Of(drawn.System)), RunsOfEach, Moves))
            Assert.Empty(RunLaw.Check(run).Breaches);
    }

    /// <summary>The specifications that ship, and those that together have every construct, in each order of simultaneous events.</summary>
    [Fact]
    public void Every_law_holds_of_what_is_written_by_hand()
    {
        var specs = Repository.Specs().Where(f => !f.Contains("rejected", StringComparison.Ordinal)).Select(f => (Name: f, Spec.Load(f).System)).Where(s => s.System is not null)
            .Select(s => (s.Name, s.System!)).Concat(Link.Corners.All().Select(c => (c.Name, Drawn.Bind(c.Text, c.Name))));
        int runs = 0;
        foreach (var (name, system) in specs)
            foreach (var ties in new[] { Ties.CompletionFirst, Ties.Any, Ties.Batch })
            {
                var compiled = TransitionSystem.Compile(system, Everything.Of(system) with { Ties = ties });
                for (ulong seed = 0; seed < 2; seed++)
                {
                    var run = Runs.Of(compiled, SpecTimes.Of(compiled).ParameterStep, new SeededChooser(seed, seed == 0 ? 0 : 70), 2 * Moves);
                    var findings = RunLaw.Check(run);
                    Assert.True(findings.Breaches.IsEmpty, $"{name}, {ties}\n{string.Join('\n', findings.Breaches)}\n{RunTable.Of(run)}");
                    runs++;
                }
            }

        output.WriteLine($"{runs} runs");
    }

    [Fact]
    public void The_page_has_them_all() =>
        Golden.Parts("reliability.md", ("laws", "| Law | Says | Theory |\n|---|---|---|\n" + string.Concat(RunLaw.All.Select(l => $"| {l.Name} | {l.Says} | {l.Theory} |\n"))
            + $"| {Predictability.Name} | {Predictability.Says} | {Predictability.Theory} |\n"));

    [Fact]
    public void Laws_have_names_of_their_own_and_say_something()
    {
        Assert.Equal(RunLaw.All.Length, RunLaw.All.Select(l => l.Name).Distinct().Count());
        Assert.All(RunLaw.All, law => Assert.True(law.Says.Length > 20 && law.Theory.Length > 5, law.Name));
    }
}
