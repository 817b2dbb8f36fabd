using FsCheck;
using FsCheck.Fluent;
using Irekae.Checker.Timelines;
using Irekae.Model;
using Irekae.Model.Semantics;
using Irekae.Properties.Monitors;
using Irekae.Tests.Laws;

namespace Irekae.Tests.Checker.Timelines;

/// <summary>What is folded is there again when it is unfolded.</summary>
public class FoldingTests
{
    private static readonly Config Configuration = Config.QuickThrowOnFailure.WithMaxTest(Campaign.Size(60, 2000)).WithReplay(11, 1);

    /// <summary>Something that is seen: at an instant, or (To) for a while.</summary>
    private readonly record struct Seen(long From, long To, string What);

    [Fact]
    public void Folding_loses_nothing()
    {
        int cuts = 0, measures = 0;
        Prop.ForAll(Gen.Choose(1, 100_000).ToArbitrary(), seed =>
        {
            var timeline = Steady((ulong)seed);
            var folded = timeline.Folded();
            Assert.Equal(InOrder(Contents(timeline)), InOrder(Unfolded(folded)));
            Assert.Equal(timeline.To - timeline.From, folded.Length + folded.Cuts.Sum(cut => cut.To - cut.From));
            Assert.All(folded.Cuts, cut => Assert.True(cut.Count >= 3));
            // What is evidence is shown from its beginning to its end.
            if (timeline.Focus is { } focus) Assert.All([focus.From, focus.To], instant => Assert.False(Hidden(folded, instant)));
            cuts += folded.Cuts.Length;
            measures += timeline.Brackets.Count(bracket => Hidden(folded, bracket.From) || Hidden(folded, bracket.To));
        }).Check(Configuration);
        Assert.True(cuts > 40 && measures > 100, $"{cuts} cuts, with {measures} measures: too few to say anything");
    }

    [Fact]
    public void Places_go_on_with_time() => Prop.ForAll(Gen.Choose(1, 100_000).ToArbitrary(), seed =>
    {
        var folded = Steady((ulong)seed).Folded();
        var instants = folded.Lanes.SelectMany(lane => lane.Segments).SelectMany(segment => (long[])[segment.From, segment.To]).Order().ToList();
        Assert.All(instants.Zip(instants.Skip(1)), pair => Assert.InRange(folded.Position(pair.Second) - folded.Position(pair.First), 0, pair.Second - pair.First));
        // Bars of the drawing say where they are, and none of them is nowhere.
        Assert.All(TimelineReading.Svg(SvgWriting.Of(folded)), bar => Assert.True(folded.Position(bar.To) > folded.Position(bar.From)));
        Assert.All(TextWriting.Of(folded, 80, unicode: false).Split('\n'), line => Assert.True(line.Length <= 80 && line.All(char.IsAscii), line));
    }).Check(Configuration.WithMaxTest(Campaign.Size(15, 500)));

    /// <summary>A measure with another value is no repetition.</summary>
    [Fact]
    public void A_measure_that_is_not_like_the_others_is_shown()
    {
        const string Text = """
            system s;
            machine { cores 1; scheduler priority; }
            process p at 1 { repeat 10 { measure m { run 10 us; wait 90 us; } } measure m { repeat 10 { run 10 us; wait 90 us; } } }
            """;
        var timeline = Timeline.Of(Runs.Of(TransitionSystem.Compile(Spec.Bind(Text).System!, Observation.Nothing), 1, new Soonest(), 200)).Folded();
        // The first of ten begins with the run, the others with the end of one before. The tenth ends where the cut does.
        Assert.Equal([9, 9], timeline.Cuts.Select(cut => cut.Count));
        Assert.Equal(["100 us", "100 us", "100 us", "1 ms"], timeline.Brackets.Select(bracket => timeline.Time(bracket.Lasts)));
    }

    private static bool Hidden(Timeline folded, long instant) => folded.Cuts.Any(cut => cut.From <= instant && instant < cut.To);

    /// <summary>The whole again, out of what a folded timeline shows and what it says of its cuts.</summary>
    private static IEnumerable<Seen> Unfolded(Timeline folded)
    {
        foreach (var seen in Contents(folded))
        {
            var left = new List<Seen> { seen };
            foreach (var cut in folded.Cuts)
            {
                if (seen.From == seen.To) left.RemoveAll(one => cut.From <= one.From && one.From < cut.To);
                else left = [.. left.SelectMany(one => (Seen[])[one with { To = Math.Min(one.To, cut.From) }, one with { From = Math.Max(one.From, cut.To) }]).Where(one => one.To > one.From)];
            }

            foreach (var one in left) yield return one;
            foreach (var cut in folded.Cuts)
            {
                var (from, to) = (Math.Max(seen.From, cut.From - cut.Length), Math.Min(seen.To, cut.From));
                if (seen.From == seen.To ? seen.From < cut.From - cut.Length || seen.From >= cut.From : to <= from) continue;
                for (int k = 1; k < cut.Count; k++) yield return new Seen(from + (k * cut.Length), to + (k * cut.Length), seen.What);
            }
        }
    }

    private static IEnumerable<Seen> Contents(Timeline timeline) =>
        timeline.Lanes.SelectMany(lane => lane.Segments.Select(one => new Seen(one.From, one.To, $"{lane.Name} {one with { From = 0, To = 0 }}")))
            .Concat(timeline.Moments.Select(one => new Seen(one.Instant, one.Instant, $"{one.Actor} {one.Kind} {one.Text} {one.Place}")))
            .Concat(timeline.Arrows.SelectMany(one => (Seen[])[new(one.Sent, one.Sent, $"sent {one.From} {one.To} {one.What} {one.Place}"), new(one.Taken, one.Taken, $"taken {one.From} {one.To} {one.What} {one.Place} {one.Taken - one.Sent}")]))
            .Concat(timeline.Brackets.SelectMany(one => (Seen[])[new(one.From, one.From, $"begins {one.Actor} {one.Name} {one.Place}"), new(one.To, one.To, $"ends {one.Actor} {one.Name} {one.Place} {one.Ended} {one.Lasts}")]));

    /// <summary>In order, and what touches and is the same put together.</summary>
    private static List<Seen> InOrder(IEnumerable<Seen> seen)
    {
        var joined = new List<Seen>();
        foreach (var one in seen.OrderBy(one => one.What, StringComparer.Ordinal).ThenBy(one => one.From))
        {
            if (joined.Count > 0 && joined[^1] is var last && last.What == one.What && last.To == one.From && one.To > one.From) joined[^1] = last with { To = one.To };
            else joined.Add(one);
        }

        return joined;
    }

    /// <summary>A run in which everything happens as soon as it may, and lasts as short as it may: such runs repeat themselves.</summary>
    private static Timeline Steady(ulong seed)
    {
        var system = LawSystems.Of(seed).System;
        var compiled = TransitionSystem.Compile(system, Observing.Of([]) with { Quantities = [.. Observing.Measured(system)] });
        var run = Runs.Of(compiled, SpecTimes.Of(compiled).ParameterStep, new Soonest(), 300);
        long end = run.Steps.IsEmpty ? 0 : run.Steps[^1].Instant;
        return Timeline.Of(run, seed % 2 == 0 ? null : new Focus(end / 3, end / 2, "in the middle"));
    }

    private sealed class Soonest : Chooser
    {
        public override int Move(Interpreter interpreter, IReadOnlyList<Move> candidates) => 0;

        public override long Duration(Interpreter interpreter, Move move, int started, long low, long? high) => low;
    }
}
