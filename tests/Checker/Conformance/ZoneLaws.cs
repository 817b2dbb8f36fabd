using Irekae.Checker.Conformance;
using Irekae.Checker.Conformance.Traces;
using Irekae.Checker.Explore.Polyhedra;
using Irekae.Model.Semantics;
using Irekae.Properties.Generators;
using Irekae.Tests.Laws;
using Window = Irekae.Checker.Conformance.Window;

namespace Irekae.Tests.Checker.Conformance;

/// <summary>Sets that differences describe, against polyhedra: on random walks through random systems, with random windows.</summary>
public sealed class ZoneLaws(ITestOutputHelper output)
{
    [Fact]
    public void A_zone_leads_where_its_polyhedron_leads()
    {
        int zones = 0, shapes = 0, impossible = 0, included = 0;
        foreach (var drawn in Campaign.Systems(new Profile() with { Faults = 0 }, 20, 2000))
        {
            var system = TransitionSystem.Compile(drawn.System, Observation.Nothing);
            var mapping = Mapping.OwnNames(drawn.System, [new TraceRecord(1, 0, 0, TraceRecord.Switch, null, null)]);
            var graph = new Graph(system, new Sight(drawn.System, mapping), 2, null, [], CancellationToken.None);
            var random = new Random((int)drawn.Seed);
            for (int walk = 0; walk < 3; walk++)
            {
                try
                {
                    Walk(drawn, graph, random);
                }
                catch (CrowdedInstantException)
                {
                    break;
                }
            }
        }

        output.WriteLine($"{zones} zones, {shapes} other sets, {impossible} moves that are not possible, {included} inclusions");
        Assert.True(zones > 200 && impossible > 200 && included > 20);

        void Walk(Drawn drawn, Graph graph, Random random)
        {
            Row[] origin = random.Next(2) == 0 ? [] : [Row.AtLeast(1, 0, -3), Row.AtMost(1, 0, random.Next(-3, 2))];
            var values = Values.Of(Polyhedron.FromRows(1, origin)!, new Zone.Layout([]));
            IReadOnlyList<Step> steps = [.. graph.Beginnings()];
            Values? before = null;
            for (int k = 0; k < 25 && steps.Count > 0; k++)
            {
                var step = steps[random.Next(steps.Count)];
                long middle = random.Next(-4, 12), width = random.Next(3);
                var window = random.Next(4) switch
                {
                    0 => new Window(null, null, false, 0),
                    1 => new Window(null, middle + 20, random.Next(4) == 0, 0),
                    _ => new Window(middle - width, middle + width, false, random.Next(2) * middle),
                };
                var (mine, theirs) = (values.After(step, window), new Shape(values.ToPolyhedron()).After(step, window));
                Assert.True(Equals(mine?.ToPolyhedron(), theirs?.ToPolyhedron()), drawn.Says($"{values.ToPolyhedron()} in {window} leads to {mine?.ToPolyhedron()}, not to {theirs?.ToPolyhedron()}"));
                if (mine is null)
                {
                    impossible++;
                    continue;
                }

                if (values is Zone) zones++;
                else shapes++;
                if (before is Zone && mine is Zone && step.From!.Frozen.SequenceEqual(step.To.Frozen))
                {
                    included++;
                    Assert.Equal(before.ToPolyhedron().Includes(mine.ToPolyhedron()), before.Includes(mine));
                }

                (before, values, steps) = (mine, mine, graph.StepsOf(step.To));
            }
        }
    }
}
