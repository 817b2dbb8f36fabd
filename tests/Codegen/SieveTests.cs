using System.Collections.Immutable;
using Irekae.Codegen.Emit;
using Irekae.Codegen.Running;
using Irekae.Model;
using Irekae.Model.Binding;
using Irekae.Model.Numbers;
using Irekae.Model.Semantics;
using Irekae.Properties.Monitors;
using Irekae.Tests.Laws;

namespace Irekae.Tests.Codegen;

/// <summary>What the generated judge says of a run is what the monitors say of it when the interpreter makes the same run.</summary>
public sealed class SieveTests(ITestOutputHelper output)
{
    private const int AtOnce = 20;
    private const int Moves = 60;

    private sealed class Counted
    {
        public int Runs, Unsieved, Decided, Vacuous, Unwell, Deadlocks;
        public readonly HashSet<(string, bool)> Said = [];
    }

    [Fact]
    public void Random_systems()
    {
        var counted = new Counted();
        foreach (var chunk in LawSystems.Of(40, 20_000).Chunk(AtOnce))
            Compare(chunk.Select(drawn => (drawn.System, (Func<string, string>)drawn.Says)), 12, counted);
        output.WriteLine(
            $"{counted.Runs} runs, {counted.Unsieved} not judged in generated code; decided {counted.Decided}, vacuous {counted.Vacuous}, violations {counted.Unwell}, deadlocks {counted.Deadlocks}; "
            + string.Join(", ", counted.Said.Order()));
        Assert.True(counted.Runs > 400 && counted.Unsieved < counted.Runs / 20);
        Assert.True(counted is { Decided: > 100, Vacuous: > 50, Unwell: > 5, Deadlocks: > 5 });
        foreach (string kind in (string[])["Max", "Min", "Always", "Reachable", "After", "Answered"])
            Assert.True(counted.Said.Contains((kind, true)) && counted.Said.Contains((kind, false)), kind);
    }

    [Fact]
    public void Shipped_specifications()
    {
        var counted = new Counted();
        // Every third: compiling is what takes long.
        var systems = Directory.EnumerateFiles(Repository.Folder("specs"), "*.irk", SearchOption.AllDirectories)
            .Where(path => !path.Contains("/rejected/", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(Spec.Load).Select(spec => spec.System).OfType<BoundSystem>()
            .Where((_, k) => k % 3 == 0 || Campaign.Size(0, 1) == 1);
        foreach (var chunk in systems.Chunk(AtOnce)) Compare(chunk.Select(system => (system, (Func<string, string>)(what => $"{system.Name}: {what}"))), 2, counted);
        output.WriteLine($"{counted.Runs} runs, {counted.Unsieved} not judged in generated code, decided {counted.Decided}");
        Assert.True(counted.Runs > 30 && counted.Unsieved < counted.Runs / 20);
    }

    private static void Compare(IEnumerable<(BoundSystem System, Func<string, string> Says)> systems, int runs, Counted counted)
    {
        var asked = systems.Select((one, k) =>
        {
            var properties = Asked(one.System);
            // Everything is observed and every fault is on, whatever single properties ask.
            var observed = Observing.Of(properties) with { Faults = one.System.Faults };
            return (one.Says, properties, emitted: Sieve.Emit(TransitionSystem.Compile(one.System, observed), properties, $"S{k}"));
        }).ToList();
        var compiled = CompiledSimulators.Compile(asked.Select(one => one.emitted));
        foreach (var (says, properties, emitted) in asked)
        {
            var sieve = Sieve.Of(emitted, compiled, properties);
            var drawn = sieve.Draw();
            var made = new List<(ulong Seed, Sieved[] Found, Run Run)>();
            for (ulong seed = 1; seed <= (ulong)runs; seed++)
            {
                counted.Runs++;
                try
                {
                    var found = drawn.See(seed, Moves).ToArray();
                    var run = sieve.Draw().Remake(seed, Moves);
                    Assert.True(run.Steps.Length == drawn.Moves, says($"run {seed}: {drawn.Moves} moves, {run.Steps.Length} again"));
                    made.Add((seed, found, run));
                }
                catch (UnsievedException)
                {
                    counted.Unsieved++;
                }
            }
            // Before anybody asks the interpreter for moves that were not taken.
            if (made.Count == runs) SameCoverage(sieve, drawn, made.Select(one => one.Run), says);
            foreach (var (seed, found, run) in made) Same(sieve, properties, found, run, what => says($"run {seed}: {what}\n{RunTable.Of(run)}"), counted);
        }
    }

    private static void SameCoverage(Sieve sieve, SieveRuns drawn, IEnumerable<Run> runs, Func<string, string> says)
    {
        var reached = sieve.System.Statements().Where((_, place) => drawn.Executed[place]).Select(statement => statement.Span.ToString());
        string Missing(IEnumerable<string> from, IEnumerable<string> what) => string.Join(", ", from.Except(what));
        var executed = sieve.System.Statements().Except(sieve.System.Unreached()).Select(statement => statement.Span.ToString()).ToList();
        Assert.True(executed.SequenceEqual(reached), says($"executed only by the interpreter: {Missing(executed, reached)}; only here: {Missing(reached, executed)}"));
        var fired = runs.SelectMany(run => run.Steps).Select(step => step.Move.Timer).Where(timer => timer >= 0).Distinct().Order();
        Assert.Equal(fired, Enumerable.Range(0, drawn.Fired.Length).Where(timer => drawn.Fired[timer]));
    }

    private static void Same(Sieve sieve, ImmutableArray<Property> properties, Sieved[] found, Run run, Func<string, string> says, Counted counted)
    {
        var judgements = RunMonitor.Judge(properties, run);
        for (int k = 0; k < properties.Length; k++)
        {
            var (its, judged) = (found[k], judgements[k]);
            Rational? value = its.Value < 0 ? null : sieve.Nanoseconds(its.Value);
            Assert.True(
                its.Decided == (judged.Step is not null) && its.Touched != judged.Vacuous && value == judged.Value,
                says($"{properties[k].Question}: decided {its.Decided}, touched {its.Touched}, value {value}; the monitor: {judged}"));
            if (its.Decided) counted.Decided++;
            if (!its.Touched) counted.Vacuous++;
            counted.Said.Add((properties[k].Question.GetType().Name, its.Decided));
        }
        var health = Health.Of(run);
        Assert.True(found[^1].Decided == (!health.Violations.IsEmpty || health.Deadlock), says($"checks: {found[^1].Decided}; the monitor: {health}"));
        if (!health.Violations.IsEmpty) counted.Unwell++;
        if (health.Deadlock) counted.Deadlocks++;
    }

    /// <summary>What the system asks, and of each quantity it has the extremes, against bounds that some runs break.</summary>
    private static ImmutableArray<Property> Asked(BoundSystem system)
    {
        var all = system.Properties.Where(property => property.Variant is null).Select(property => property.Question).ToList();
        var times = system.Times().Select(time => time.Constant).Where(time => time > 0).DefaultIfEmpty(1).Order().ToList();
        var middle = times[times.Count / 2];
        foreach (var quantity in Everything.Of(system).Quantities)
        {
            all.Add(new Question.Max(quantity, middle));
            all.Add(new Question.Min(quantity, middle));
            if (quantity is Quantity.Answer answer) all.Add(new Question.Answered(answer, middle));
        }
        return [.. all.Select((question, k) => new Property(k, $"p{k}", question, [], null, system.Properties.FirstOrDefault()?.Span ?? default!))];
    }
}
