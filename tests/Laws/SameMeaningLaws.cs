using System.Text.RegularExpressions;
using Irekae.Checker.Verification;
using Irekae.Model;
using Irekae.Model.Binding;
using Irekae.Model.Numbers;
using Irekae.Model.Syntax;
using Irekae.Properties;
using Irekae.Properties.Generators;

namespace Irekae.Tests.Laws;

/// <summary>What must not change an answer, and what may change it in one direction only.</summary>
public sealed partial class SameMeaningLaws(VerifiedSystems systems, ITestOutputHelper output) : IClassFixture<VerifiedSystems>
{
    private const int Factor = 7;

    [Fact]
    public void All_times_multiplied_multiply_every_value() =>
        Same(v => Drawn.Bind(SketchText.Of(v.Drawn.Sketch, Factor), "scaled"), scaled: value => value * Factor);

    /// <summary>A parameter that nobody uses makes the tick a thousandth of what it was.</summary>
    [Fact]
    public void A_finer_tick_changes_nothing() => Same(v => Drawn.Bind(v.Drawn.Text + "parameter z0 in 1 ns .. 2 ns;\n", "with a finer tick"));

    [Fact]
    public void Names_do_not_matter() => Same(v => Drawn.Bind(Name().Replace(v.Drawn.Text, "${letter}_${number}_"), "renamed"));

    /// <summary>Actors keep their order, which is that of the ready queue at the beginning; everything else may stand anywhere.</summary>
    [Fact]
    public void The_order_of_other_declarations_does_not_matter() => Same(v =>
    {
        var items = Item().Matches(v.Drawn.Text).Select(m => m.Value).ToList();
        Assert.Equal(v.Drawn.Text, string.Concat(items));
        var actors = items.Where(i => Regex.IsMatch(i, "^(process|server|device) ")).ToList();
        var others = items.Skip(1).Except(actors).Where(i => !i.StartsWith("property ", StringComparison.Ordinal)).Reverse();
        return Drawn.Bind(string.Concat([items[0], .. items.Where(i => i.StartsWith("property ", StringComparison.Ordinal)), .. actors, .. others]), "reordered");
    });

    [Fact]
    public void A_printed_specification_reads_the_same() => Same(v =>
    {
        string printed = SyntaxPrinter.Print(Spec.Bind(v.Drawn.Text).Syntax.Files[0]);
        Assert.Equal(printed, SyntaxPrinter.Print(Spec.Bind(printed).Syntax.Files[0]));
        return Drawn.Bind(printed, "printed");
    });

    [Fact]
    public void Options_do_not_change_answers()
    {
        foreach (var options in new[]
        {
            Answers.Usual with { ForgetCounters = false, Theorems = false },
            Answers.Usual with { CompareTies = true },
            Answers.Usual with { MergeAbove = 3 },
            Answers.Usual with { Threads = 2 },
        })
            Same(v => v.Drawn.System, options);
    }

    [Fact]
    public void Forgotten_counters_change_no_answer()
    {
        int forgotten = 0;
        foreach (var (drawn, results) in Verified.Systems(Profile.Tiny with { Repeats = 80, Rounds = (17, 18), Loops = 0, Jobs = 20, Statements = 1 }, 40, 1000))
        {
            if (drawn.Sketch.All().Any(d => d is Deed.Repeat { Count: > 16 })) forgotten++;
            var others = Answers.Of(drawn.System, Answers.Usual with { ForgetCounters = false, Theorems = false });
            Assert.True(Answers.Disagreement(results, others) is null, drawn.Says(Answers.Disagreement(results, others)!));
        }

        Assert.True(forgotten > 5);
    }

    /// <summary>Every run under <c>completion_first</c> is one under <c>any</c>.</summary>
    [Fact]
    public void Any_order_of_ties_has_all_runs_of_completion_first()
    {
        int wider = 0;
        foreach (ulong seed in Campaign.Seeds(60, 2000))
        {
            var sketch = SystemDraw.From(seed, Profile.Tiny);
            string Text(Ties ties) => SketchText.Of(sketch with { Machine = sketch.Machine with { Ties = ties } });
            var first = Answers.Of(Drawn.Bind(Text(Ties.CompletionFirst), $"seed {seed}"));
            var any = Answers.Of(Drawn.Bind(Text(Ties.Any), $"seed {seed}"));
            for (int i = 0; i < first.Count; i++)
            {
                string story = $"seed {seed}: {any[i].Name}: {any[i].Question}: {Answers.Settled(first[i])} under completion_first, {Answers.Settled(any[i])} under any\n{Text(Ties.Any)}";
                if (Answers.Settled(first[i]) is not { } a || Answers.Settled(any[i]) is not { } b) continue;
                if (a != b) wider++;
                switch (any[i].Kind)
                {
                    case "always" or "check" or "after":
                        Assert.False(b == "proved" && a == "refuted", story);
                        break;
                    case "reachable":
                        Assert.False(b == "refuted" && a == "proved", story);
                        break;
                    case "max" or "answered":
                        Assert.False(first[i].Value!.Endless && !any[i].Value!.Endless, story);
                        Assert.False(any[i].Value is { Endless: false } v && first[i].Value?.Proved > v.Proved, story);
                        break;
                    case "min":
                        Assert.False(first[i].Value?.Proved < any[i].Value?.Proved, story);
                        break;
                }
            }
        }

        output.WriteLine($"{wider} answers differ");
        Assert.True(wider > 0);
    }

    private void Same(Func<Verified, BoundSystem> other, VerifyOptions? options = null, Func<Rational, Rational>? scaled = null)
    {
        int compared = 0;
        foreach (var verified in systems.All)
        {
            var others = Answers.Of(other(verified), options);
            var own = verified.Results.Where(r => r.Bound is null || scaled is null).ToList();
            var theirs = others.Where((_, i) => verified.Results[i].Bound is null || scaled is null).ToList();
            string? different = Answers.Disagreement(own, theirs, scaled);
            Assert.True(different is null, verified.Drawn.Says(different ?? ""));
            compared += own.Count;
        }

        output.WriteLine($"{compared} answers compared");
        Assert.True(compared > 100);
    }

    [GeneratedRegex(@"\b(?<letter>[a-z])(?<number>\d+)\b")]
    private static partial Regex Name();

    [GeneratedRegex(@"^\S.*;\n|^\S.*\{\n(?: .*\n)*\}\n", RegexOptions.Multiline)]
    private static partial Regex Item();
}
