using System.Collections.Immutable;
using Irekae.Checker.Verification;
using Irekae.Model;
using Irekae.Model.Binding;
using Irekae.Model.Semantics;
using Irekae.Properties.Generators;
using Irekae.Tests.Laws;

namespace Irekae.Tests.Link;

/// <summary>
/// The step from a specification to the automaton that proofs are about: two translators, written independently, agree. What is compared is the
/// text of model.json. Edges are compared as sets: orders of simultaneous events that come to the same are one edge.
/// </summary>
public sealed class LinkTests(ITestOutputHelper output)
{
    /// <summary>Locations of one automaton that are looked at.</summary>
    private const int Locations = 100;

    /// <summary>Of those of shipped specifications, each of which has several.</summary>
    private static readonly int ShippedLocations = Campaign.Size(30, Locations);

    private readonly Tally tally = new();

    [Fact]
    public void Random_systems_mean_the_same_to_both()
    {
        foreach (var drawn in Campaign.Systems(Profile.Whole, 60, 3000))
        {
            var random = new Random((int)drawn.Seed);
            var own = drawn.System;
            Compare(drawn.Says(""), own, Linked.Observation(own, own.Properties, random.Next(3) == 0 ? Ties.Any : null, Linked.SomeRepeats(own, random)));
            var single = own.Properties[random.Next(own.Properties.Length)];
            Compare(drawn.Says(single.Name), own, Linked.Observation(own, [single]));
        }

        Finish(least: 100);
    }

    /// <summary>Locations that only the fourteenth move tells apart: whoever pairs them wrongly finds a difference that is none.</summary>
    [Theory]
    [InlineData(5000238)]
    public void What_differs_late_is_not_taken_for_the_same(int seed)
    {
        var drawn = Drawn.Of((ulong)seed, Profile.Whole);
        foreach (var property in drawn.System.Properties) Compare(drawn.Says(property.Name), drawn.System, Linked.Observation(drawn.System, [property]));
        Finish(least: 1);
    }

    public static TheoryData<string> Shipped() =>
        [.. Repository.Specs().Concat(Directory.EnumerateFiles(Repository.Folder("tests", "Laws", "Pinned"), "*.irk")).Select(f => Path.GetRelativePath(Repository.Folder(), f)).Where(f => !f.Contains("rejected") && File.ReadLines(Repository.Folder(f)).Any(l => l.StartsWith("system ", StringComparison.Ordinal)))];

    /// <summary>Explorations of one specification that are compared where no campaign is asked for: some at the beginning, the middle and the end.</summary>
    private static readonly int Explorations = Campaign.Size(4, 1_000_000);

    /// <summary>Explorations that a verification makes, with the counters it forgets; in a campaign all.</summary>
    [Theory]
    [MemberData(nameof(Shipped))]
    public void Shipped_specifications_mean_the_same_to_both(string file)
    {
        var spec = Spec.Load(Repository.Folder(file));
        Assert.True(spec.System is not null, string.Join('\n', spec.Diagnostics));
        var explored = Plan.Of(variant => (variant is null ? spec.System : spec.ForVariant(variant))!, new VerifyOptions()).SelectMany(job => Linked.Explored(job).Select(observation => (job, observation))).ToList();
        int step = Math.Max(1, (explored.Count + Explorations - 1) / Explorations);
        for (int k = 0; k < explored.Count; k += step) Compare($"{file}: {explored[k].job.Names}", explored[k].job.System, explored[k].observation, ShippedLocations);
        Finish(least: 1);
    }

    /// <summary>The specifications of the language page, and one for each rule that is easy to get wrong, over all that the language has.</summary>
    [Fact]
    public void Every_construct_means_the_same_to_both()
    {
        foreach (var (name, system, observation) in Everything()) Compare(name, system, observation);
        Finish(least: 3);
    }

    private static IEnumerable<(string Name, BoundSystem System, Observation Observation)> Everything() =>
        from corner in Corners.All()
        let system = Drawn.Bind(corner.Text, corner.Name)
        from ties in new[] { Ties.CompletionFirst, Ties.Any, Ties.Batch }
        select ($"{corner.Name} {ties}\n{corner.Text}", system, Linked.Observation(system, system.Properties, ties) with { Faults = system.Faults });

    /// <summary>A comparison that could not fail would say nothing: each of many wrong translators is told from the right one.</summary>
    [Fact]
    public void Every_mistake_is_told()
    {
        var untold = Enum.GetValues<Mistake>().Except([Mistake.None]).ToList();
        var drawn = Enumerable.Range(1, 40).Select(seed => Drawn.Of((ulong)seed, Profile.Whole)).Select(d => ("", d.System, Linked.Observation(d.System, d.System.Properties)));
        foreach (var (_, system, observation) in Everything().Concat(drawn))
        {
            if (untold.Count == 0) break;
            var model = Linked.Read(system, observation, Locations);
            untold.RemoveAll(mistake => Linked.Compare(system, observation, Locations, model, mistake).Difference is not null);
        }

        Assert.Empty(untold);
    }

    /// <summary>A kind of statement or expression that no compared specification has could be forgotten by either translator.</summary>
    [Fact]
    public void Every_kind_of_node_is_compared()
    {
        var systems = Corners.All().Select(c => Drawn.Bind(c.Text, c.Name)).ToList();
        var statements = systems.SelectMany(s => s.Actors).SelectMany(a => a.Body.WithDescendants()).ToList();
        Assert.Equal(Kinds<BoundStatement>(), Names(statements));
        Assert.Equal(Kinds<BoundExpression>(), Names(statements.SelectMany(Corners.Expressions).Concat(systems.SelectMany(s => s.Properties).SelectMany(p => Corners.Expressions(p.Question))).SelectMany(Corners.WithParts)));
        Assert.Equal(Kinds<Quantity>(), Names(systems.SelectMany(s => s.Properties).Select(p => Job.Asked(p.Question)?.Quantity).OfType<Quantity>()));
        Assert.Equal(Enum.GetNames<FaultKind>().Order(StringComparer.Ordinal), systems.SelectMany(s => s.Faults).Select(f => f.Kind.ToString()).Distinct().Order(StringComparer.Ordinal));

        static IEnumerable<string> Kinds<T>() => typeof(T).GetNestedTypes().Where(t => t.IsSubclassOf(typeof(T))).Select(t => t.Name).Order(StringComparer.Ordinal);
        static IEnumerable<string> Names(IEnumerable<object> nodes) => nodes.Select(n => n.GetType().Name).Distinct().Order(StringComparer.Ordinal);
    }

    private void Compare(string name, BoundSystem system, Observation observation, int locations = Locations)
    {
        try
        {
            tally.Add(name, Linked.Compare(system, observation, locations));
        }
        catch (OverflowException) { tally.Crowded++; }
    }

    private void Finish(int least)
    {
        output.WriteLine(tally.ToString());
        Assert.True(tally.Wrong.Count == 0, $"{tally}\n{string.Join("\n=======\n", tally.Wrong.OrderBy(w => w.Length).Take(5))}");
        Assert.True(tally.Systems >= least);
    }

    private sealed class Tally
    {
        public int Systems { get; private set; }

        public int Crowded { get; set; }

        public List<string> Wrong { get; } = [];

        private int exact, pairs, edges;

        public void Add(string name, LockStep.Result result)
        {
            Systems++;
            pairs += result.Pairs;
            edges += result.Edges;
            exact += result.Exact ? 1 : 0;
            if (result.Difference is not null) Wrong.Add($"{name}\n{result.Difference}");
        }

        public override string ToString() =>
            $"{Systems} automata, {exact} location for location, {pairs} locations, {edges} edges, {Wrong.Count} different, {Crowded} with too many orders at one instant";
    }
}
