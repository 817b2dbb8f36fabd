using Irekae.Checker.Verification;
using Irekae.Codegen.Running;
using Irekae.Codegen.Simulator;
using Irekae.Model;
using Irekae.Model.Binding;
using Irekae.Model.Semantics;
using Irekae.Properties;
using Irekae.Tests.Checker.Cli;

namespace Irekae.Tests.Codegen;

/// <summary>What drawn runs amount to.</summary>
public sealed class SimulatorTests
{
    private static readonly Spec Minix = Spec.Load(Repository.Folder("specs", "minix3", "minix3.irk"));

    /// <summary>The numbers that bench/minix3.cpp, written by hand, has for five trials as well.</summary>
    [Fact]
    public void The_experiment_of_the_seed_is_the_same_on_every_machine_and_with_any_number_of_cores()
    {
        var protocol = Protocol.Of(Minix.System!, Minix.System!.Experiments.Single(e => e.Name == "table1"), 1);
        var one = protocol.Simulator.Run(protocol.Plan with { Threads = 1, InOrder = true });
        var two = protocol.Simulator.Run(protocol.Plan with { Threads = 2, InOrder = true });
        string[] Shown(TrialOutcome outcome) => [.. outcome.Values.Select(v => $"{v.Summary.Count} {v.Summary.Sum} {v.Summary.Least} {v.Summary.Most} {v.Quantile(1, 2)}")];
        Assert.Equal(Shown(one), Shown(two));
        Assert.Equal(25035, one.Moves);
        Assert.Equal(["5 1565776 312726 314061", "5000 82365602 9086 23800", "4995 5078843210 1009086 1336142", "5000 523165602 97246 111960"],
            one.Values.Select(v => $"{v.Summary.Count} {v.Summary.Sum} {v.Summary.Least} {v.Summary.Most}"));
    }

    /// <summary>What was proved of all runs holds of those that are drawn.</summary>
    [Fact]
    public void Simulated_values_lie_within_the_exact_extremes()
    {
        var protocol = Protocol.Of(Minix.System!, Minix.System!.Experiments.Single(e => e.Name == "table1"), 7);
        var outcome = protocol.Simulator.Run(protocol.Plan with { Trials = 60 });
        var (replacement, send, gap, left) = (outcome.Values[0].Summary, outcome.Values[1].Summary, outcome.Values[2].Summary, outcome.Values[3].Summary);
        Assert.Equal((60, 60_000, 59_940, 60_000), (replacement.Count, send.Count, gap.Count, left.Count));
        Assert.InRange(replacement.Least, 311_000, replacement.Most);
        Assert.InRange(replacement.Most, replacement.Least, 337_000);
        Assert.InRange(send.Most, 9_000, 340_000);
        Assert.InRange(gap.Most, 1_009_000, 1_340_000);
        Assert.InRange(left.Least, 97_160, left.Most);
        Assert.InRange(left.Most, left.Least, 428_160);
        Assert.Equal(0, outcome.Violated);
    }

    [Fact]
    public void Witnesses_of_the_explorer_are_followed()
    {
        var spec = Spec.Load(Repository.Folder("specs", "first", "first.irk"));
        var result = Verifier.Verify(v => v is null ? spec.System! : spec.ForVariant(v)!, new VerifyOptions { CompareTies = false }, null, CancellationToken.None);
        var runs = result.Results.Select(r => r.Witness).OfType<Run>().ToList();
        Assert.NotEmpty(runs);
        Assert.Equal(new Followed(runs.Count, 0), Resimulation.Follow(runs));
    }

    [Fact]
    public void A_run_that_was_tampered_with_is_not_followed()
    {
        var system = TransitionSystem.Compile(Spec.Load(Repository.Folder("specs", "first", "first.irk")).System!, Observation.Nothing);
        var run = Runs.Of(system, 1, new SeededChooser(3), 12);
        int step = Enumerable.Range(0, run.Steps.Length - 1).Last(k => !run.Steps[k].Durations.IsEmpty);
        var wrong = run.Steps[step] with { Durations = [.. run.Steps[step].Durations.Select(d => d + 1)] };
        Assert.Throws<Irekae.Checker.Explore.UnreplayableException>(() => Resimulation.Follow([run with { Steps = run.Steps.SetItem(step, wrong) }]));
    }

    [Theory]
    [InlineData("at 3 us", 3000, 3000)]
    [InlineData("triangular 3 us", 2000, 6000)]
    [InlineData("normal 3 us deviation 1 us", 2000, 6000)]
    public void A_duration_is_drawn_within_its_interval(string how, long least, long most)
    {
        var spec = Spec.FromText("drawn.irk", $$"""
            system drawn;
            duration work = 2 us .. 6 us;
            process p at 1 { repeat 2000 { measure m { run work; } } }
            experiment e { draw work {{how}}; }
            """);
        Assert.Empty(spec.Diagnostics);
        var values = Values(spec);
        Assert.Equal(2000, values.Summary.Count);
        Assert.InRange(values.Summary.Least, least, most);
        Assert.InRange(values.Summary.Most, least, most);
        long mean = (long)(values.Summary.Sum / values.Summary.Count);
        long expected = how[0] switch { 'a' => 3000, 't' => 3667, _ => 3275 };
        Assert.InRange(mean, expected - 60, expected + 60);
    }

    [Fact]
    public void A_histogram_is_within_a_thousandth_and_adds_up()
    {
        var (whole, parts) = (new Histogram(), new[] { new Histogram(), new Histogram() });
        var random = new Xoshiro256(5, 0);
        var all = Enumerable.Range(0, 5000).Select(_ => random.Between(0, 1L << (int)random.Between(1, 40))).ToList();
        for (int k = 0; k < all.Count; k++)
            foreach (var histogram in new[] { whole, parts[k % 2] })
            {
                var one = new Summary();
                one.Add(all[k]);
                histogram.Count(all[k]);
                histogram.Include(one);
            }
        parts[0].Add(parts[1]);
        all.Sort();
        foreach (int percent in new[] { 1, 25, 50, 90, 99, 100 })
        {
            long exact = all[((all.Count * percent) + 99) / 100 - 1];
            Assert.InRange(whole.Quantile(percent, 100), exact, exact + (exact / 1000) + 1);
            Assert.Equal(whole.Quantile(percent, 100), parts[0].Quantile(percent, 100));
        }
        Assert.Equal(all.Count, whole.Bins().Sum(bin => bin.Count));
    }

    [Fact]
    public void On_the_command_line_settings_and_mistakes_are_heard()
    {
        string spec = Repository.Folder("specs", "minix3", "minix3.irk");
        var longer = Irekae.Tests.Checker.Cli.Console.InProcess("simulate", "-e", "replacement_alone", "--set", "create=100 us", "--json", spec);
        Assert.Equal(0, longer.Code);
        using var json = System.Text.Json.JsonDocument.Parse(longer.Out);
        var quantity = json.RootElement.GetProperty("experiments")[0].GetProperty("quantities")[0];
        Assert.Equal("replacement_time", quantity.GetProperty("name").GetString());
        Assert.InRange(long.Parse(quantity.GetProperty("min").GetString()!.Split('/')[0]), 348_800, 352_800);
        Assert.Equal(3, Irekae.Tests.Checker.Cli.Console.InProcess("simulate", "--set", "nothing=1 us", spec).Code);
        Assert.Equal(3, Irekae.Tests.Checker.Cli.Console.InProcess("simulate", "--set", "create=1 us; system x", spec).Code);
        Assert.Equal(3, Irekae.Tests.Checker.Cli.Console.InProcess("simulate", "-e", "nothing", spec).Code);
        Assert.Equal(3, Irekae.Tests.Checker.Cli.Console.InProcess("simulate", "--rows", spec).Code);
        Assert.Equal(3, Irekae.Tests.Checker.Cli.Console.InProcess("emit", "--project", spec).Code);
    }

    private static Histogram Values(Spec spec)
    {
        var protocol = Protocol.Of(spec.System!, spec.System!.Experiments[0], 1);
        return protocol.Simulator.Run(protocol.Plan with { Threads = 1 }).Values[0];
    }
}
