using Irekae.Model;
using Irekae.Model.Binding;
using Irekae.Model.Semantics;
using Irekae.Properties.Generators;
using Irekae.Tests.Laws;

namespace Irekae.Tests.Model.Semantics;

/// <summary>Which processes can be exchanged, and that what follows is the same when they are.</summary>
public sealed class InterchangeTests(ITestOutputHelper output)
{
    private const int Walks = 4, Moves = 25;

    private static (TransitionSystem System, Interchange Interchange) Of(BoundSystem system)
    {
        System.Collections.Immutable.ImmutableArray<Quantity> quantities = [.. system.Properties.Select(p => p.Question switch
        {
            Question.Max q => q.Quantity,
            Question.Min q => q.Quantity,
            Question.Answered q => q.Request,
            _ => null,
        }).OfType<Quantity>().Distinct()];
        var compiled = TransitionSystem.Compile(system, new Observation(quantities, [], [], null, []));
        return (compiled, new Interchange(compiled, system.Properties.Select(p => (p.Question as Question.Always)?.Condition ?? (p.Question as Question.Reachable)?.Condition).OfType<BoundExpression>()));
    }

    /// <summary>The moves of a renamed configuration are the renamed moves; and renaming back gives back what was there.</summary>
    [Fact]
    public void What_follows_is_the_same_when_they_are_exchanged()
    {
        int systems = 0, configurations = 0;
        foreach (var profile in new[] { Profile.Whole, Profile.Tiny })
        {
            foreach (var drawn in Twins.Systems(profile, 60, 1500))
            {
                var (system, interchange) = Of(drawn.System);
                if (interchange.Classes.IsEmpty) continue;
                systems++;
                var random = new Random((int)drawn.Seed);
                for (int walk = 0; walk < Walks; walk++)
                {
                    Configuration? at = null;
                    for (int k = 0; k < Moves; k++)
                    {
                        IReadOnlyList<Move> moves;
                        try
                        {
                            moves = at is null ? system.Initial() : system.Moves(at);
                            if (at is not null) Same(system, interchange, at, moves, random, drawn);
                        }
                        catch (CrowdedInstantException)
                        {
                            break;
                        }

                        if (moves.Count == 0) break;
                        configurations++;
                        at = moves[random.Next(moves.Count)].Next;
                    }
                }
            }
        }

        output.WriteLine($"{systems} systems, {configurations} configurations");
        Assert.True(systems >= Campaign.Size(30, 800) && configurations >= Campaign.Size(1500, 40_000), $"{systems} systems, {configurations} configurations");
    }

    private static void Same(TransitionSystem system, Interchange interchange, Configuration at, IReadOnlyList<Move> moves, Random random, Drawn drawn)
    {
        int[] to = [.. Enumerable.Range(0, system.System.Actors.Length)];
        foreach (var members in interchange.Classes)
        {
            int[] shuffled = [.. members];
            random.Shuffle(shuffled);
            for (int k = 0; k < shuffled.Length; k++) to[members[k]] = shuffled[k];
        }

        if (interchange.Along(to) is not { } renaming) return;
        var renamed = renaming.Of(at);
        Assert.Equal(at, renaming.Inverse().Of(renamed));
        var others = system.Moves(renamed).ToList();
        foreach (var image in moves.Select(renaming.Of))
        {
            int found = others.FindIndex(other => Interchange.Alike(image, other));
            Assert.True(found >= 0, drawn.Says($"a move of {system.Timers.ElementAtOrDefault(image.Timer)?.Name} is not there when processes are exchanged"));
            others.RemoveAt(found);
        }

        Assert.True(others.Count == 0, drawn.Says("there are more moves when processes are exchanged"));
    }

    /// <summary>Two jobs a and b with equal text, and what makes them different.</summary>
    [Theory]
    [InlineData("process a at 1 periodic 8 us { run 1 us; } process b at 1 periodic 8 us { run 1 us; }", 1)]
    [InlineData("process a at 1 periodic 8 us { run 1 us; } process b at 2 periodic 8 us { run 1 us; }", 0)]
    [InlineData("process a at 1 periodic 8 us { run 1 us; } process b at 1 periodic 9 us { run 1 us; }", 0)]
    [InlineData("process a at 1 periodic 8 us offset 1 us { run 1 us; } process b at 1 periodic 8 us { run 1 us; }", 1)] // only the beginning is another
    [InlineData("process a at 1 { run 1 us; } process b at 1 { run 1 us; }", 1)]
    [InlineData("process a at 1 { run 1 us; } process b at 1 { run 2 us; }", 0)]
    [InlineData("process p at 1 instances a, b { var n: 0 .. 3 = 0; n = n + 1; run 1 us; }", 1)]
    [InlineData("shared s { var n: 0 .. 3 = 0; } process p at 1 instances a, b { await s.n == 0; run 1 us; }", 0)] // woken in the order of the text
    [InlineData("process p at 1 instances a, b { run 1 us; } process q at 0 { wait 1 us; kill p.a; }", 0)]
    [InlineData("process p at 1 instances a, b { run 1 us; } property x: always !running(p.a);", 0)]
    [InlineData("process p at 1 instances a, b { run 1 us; } property x: always count(p) <= 2;", 1)]
    [InlineData("process p at 1 instances a, b, c periodic 8 us { run 1 us; } property x: max response(p.b);", 1)]
    [InlineData("process p at 1 instances a, b periodic 8 us { run 1 us; } property x: max response(p.b);", 0)]
    public void Whatever_tells_them_apart_is_seen(string text, int classes)
    {
        var spec = Spec.FromText("twins.irk", $"system twins; machine {{ cores 1; }} {text}");
        Assert.True(spec.System is not null, string.Join('\n', spec.Diagnostics.Select(d => d.Message)));
        Assert.Equal(classes, Of(spec.System).Interchange.Classes.Length);
    }
}
