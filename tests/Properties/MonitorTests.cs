using Irekae.Model;
using Irekae.Model.Numbers;
using Irekae.Model.Semantics;
using Irekae.Properties.Monitors;

namespace Irekae.Tests.Properties;

public class MonitorTests
{
    private const string System = """
        system s;
        machine { cores 1; scheduler priority; }
        shared flags { var done: bool = false; }
        server d at 1 { on work { run 3 us; reply; } }
        process a at 2 { loop { measure m { call d.work; flags.done = true; } mark round; wait 2 us; } }
        """;

    private static Judgement Judge(string question, int moves = 30)
    {
        var spec = Spec.Bind(System + $" property p: {question};");
        Assert.False(spec.HasErrors, string.Join('\n', spec.Diagnostics));
        var property = Assert.Single(spec.System!.Properties);
        var system = TransitionSystem.Compile(spec.System, Observing.Of([property]));
        return RunMonitor.Judge(property, Runs.Of(system, 1, new SeededChooser(1), moves));
    }

    [Theory]
    [InlineData("max m <= 3 us", Finding.Consistent)]
    [InlineData("max m <= 2 us", Finding.Contradicts)]
    [InlineData("min m >= 3 us", Finding.Consistent)]
    [InlineData("min m >= 4 us", Finding.Contradicts)]
    [InlineData("max gap(a.round) <= 5 us", Finding.Consistent)]
    [InlineData("max gap(a.round) <= 4 us", Finding.Contradicts)]
    [InlineData("every d.work is answered within 3 us", Finding.Consistent)]
    [InlineData("every d.work is answered within 2 us", Finding.Contradicts)]
    [InlineData("always alive(d)", Finding.Consistent)]
    [InlineData("never flags.done", Finding.Contradicts)]
    [InlineData("reachable flags.done", Finding.Reaches)]
    [InlineData("reachable !alive(d)", Finding.Consistent)]
    [InlineData("after m: flags.done", Finding.Consistent)]
    [InlineData("after m: !flags.done", Finding.Contradicts)]
    public void A_run_judges(string question, Finding finding)
    {
        var judgement = Judge(question);
        Assert.Equal(finding, judgement.Finding);
        Assert.Equal(finding == Finding.Consistent, judgement.Step is null);
        Assert.False(judgement.Vacuous);
    }

    [Fact]
    public void The_value_in_the_run_is_given() => Assert.Equal(new Rational(3000, 1), Judge("max m").Value);

    [Fact]
    public void A_run_that_never_gets_there_is_vacuous() => Assert.True(Judge("min m", 1).Vacuous);

    [Fact]
    public void A_deadlock_names_who_waits()
    {
        var spec = Spec.Bind("""
            system s;
            machine { cores 1; scheduler priority; }
            mutex x; mutex y;
            process a at 1 { lock x { wait 2 us; lock y { run 1 us; } } }
            process b at 1 { lock y { wait 2 us; lock x { run 1 us; } } }
            """);
        Assert.False(spec.HasErrors, string.Join('\n', spec.Diagnostics));
        var health = Health.Of(Runs.Of(TransitionSystem.Compile(spec.System!, Observation.Nothing), 1, new SeededChooser(1)));
        Assert.True(health.Deadlock);
        Assert.Equal([0, 1], health.Waiting.Order());
    }
}
