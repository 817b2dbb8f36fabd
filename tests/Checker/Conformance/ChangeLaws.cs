using System.Collections.Immutable;
using Irekae.Checker.Conformance;
using Irekae.Checker.Conformance.Traces;
using Irekae.Checker.Explore;
using Irekae.Checker.Explore.Polyhedra;
using Irekae.Model.Numbers;
using Irekae.Model.Semantics;
using Irekae.Properties.Generators;
using Irekae.Tests.Laws;

namespace Irekae.Tests.Checker.Conformance;

/// <summary>The smallest changes of durations against another way to find them: the whole trace followed with an unknown in every set, whose infimum over all that arrive is the least change.</summary>
public sealed class ChangeLaws(ITestOutputHelper output)
{
    private static readonly Limits Little = new(TimeSpan.FromSeconds(2), 600, null);

    [Fact]
    public void The_least_change_is_the_infimum_of_an_unknown()
    {
        int same = 0, none = 0, open = 0, fractions = 0;
        foreach (var (drawn, _, run) in ConformLaws.Runs(Profile.Tiny with { Faults = 0 }, 30, 5000, 14))
        {
            var records = Shown.Of(run);
            if (records.Length < 4) continue;
            var random = new Random((int)drawn.Seed);
            long tick = Math.Max(1, (long)TransitionSystem.Compile(drawn.System, Observation.Nothing).Tick.Floor());
            for (int k = 0; k < 4; k++)
            {
                var spoilt = ConformLaws.Spoilt(records, (tick * random.Next(1, 4)) + random.Next(2), random);
                if (k % 2 == 0) spoilt = [.. spoilt.Where(record => record.IsSwitch)];
                if (!spoilt.IsEmpty) Compare(drawn, spoilt);
            }
        }

        output.WriteLine($"{same} changes, {none} without, {open} open, {fractions} fractions");
        Assert.True(same > 20 && none > 20 && fractions > 0);

        void Compare(Drawn drawn, ImmutableArray<TraceRecord> spoilt)
        {
            var mapping = Mapping.OwnNames(drawn.System, spoilt);
            ConformanceResult answer;
            try
            {
                answer = Shown.Decide(drawn.System, spoilt, mapping, changes: true, states: 20_000);
            }
            catch (TraceException)
            {
                return; // a gap that is seen at once
            }

            if (answer is not ConformanceResult.Refuted { Unfinished: null, Looked: null } refuted) return;
            var single = refuted.Changes.Where(change => change.What != "every duration").ToList();
            if (Expected(drawn, mapping, spoilt, refuted.At) is not { } expected)
            {
                open++;
                return;
            }

            Assert.True(expected.Count == 0 == (single.Count == 0), drawn.Says($"found {string.Join("; ", single)}, not {string.Join("; ", expected)}\n{ConformLaws.Text(spoilt)}"));
            if (expected.Count == 0)
            {
                none++;
                return;
            }

            same++;
            if (single.Any(change => !change.By.IsInteger)) fractions++;
            Assert.Equal(expected.Values.Min(least => least.By), single[0].By);
            foreach (var change in single)
                Assert.True(expected[(change.What, change.Longer)] == (change.By, change.Attained), drawn.Says($"{change}, not {expected[(change.What, change.Longer)]}\n{ConformLaws.Text(spoilt)}"));
        }
    }

    /// <summary>Of every duration and way that explains it, the least; null: not known.</summary>
    private static Dictionary<(string, bool Longer), (Rational By, bool Attained)>? Expected(Drawn drawn, Mapping mapping, IEnumerable<TraceRecord> records, Observed stuck)
    {
        var sight = new Sight(drawn.System, mapping);
        var system = TransitionSystem.Compile(drawn.System, Observation.Nothing with { Seen = sight.Sees });
        var scale = new TimeScale(system.Tick);
        var shown = new Observing("trace.csv", drawn.System, mapping).Of(records).TakeWhile(one => one.Time <= stuck.Time).ToList();
        var found = new Dictionary<(string, bool), (Rational, bool)>();
        foreach (var duration in Duration.Of(system))
        {
            foreach (var way in duration.Changes())
            {
                var graph = new Graph(system, sight, scale.PerTick, Relaxation.ByUnknown(duration.Intervals, way), [], CancellationToken.None);
                var follower = new Follower(graph, new Ahead(shown.GetEnumerator()), scale, (0, 0), int.MaxValue / 2, new Budget(Little, CancellationToken.None)) { All = true };
                try
                {
                    follower.BeginRun(Values.Of(Polyhedron.FromRows(2, [Row.AtLeast(2, 0, 0)])!, new Zone.Layout([])));
                    if (follower.Follow() is not null || follower.Crowded) return null;
                }
                catch (ArithmeticException)
                {
                    return null;
                }

                foreach (var state in follower.Arrived.Where(state => !follower.Hurries(state)))
                {
                    var set = state.Values.ToPolyhedron();
                    var lasting = Enumerable.Range(0, state.Spot.Clock).Where(j => state.Spot.Configuration.Rates[j] == TimerRate.Down).Select(j => Row.AtLeast(set.Dimensions, j, 0, strict: true));
                    if (set.With(lasting)?.Bounds(state.Spot.Clock).Lower is not { } lower) continue;
                    var (by, key) = (lower.Value * scale.Unit, (duration.Name, way == Way.Longer));
                    if (!found.TryGetValue(key, out var known) || by < known.Item1 || (by == known.Item1 && lower.Attained)) found[key] = (by, lower.Attained);
                }
            }
        }

        return found;
    }
}
