using Irekae.Model.Binding;
using Irekae.Model.Semantics;
using Irekae.Properties.Generators;

namespace Irekae.Tests.Laws;

/// <summary>What must hold of the scheduler in every run of every system, read from outside.</summary>
public sealed class SchedulerLaws(ITestOutputHelper output)
{
    private const int RunsOfEach = 6;
    private const int Moves = 60;

    [Fact]
    public void No_core_idles_while_a_process_that_may_run_on_it_is_ready()
    {
        int waits = 0;
        ForEveryQuietTime((drawn, system, stage, ledger, running) =>
        {
            foreach (int ready in ledger.Runnable.Where(a => !running.ContainsValue(a) && drawn.System.Actors[a].Kind != ActorKind.Device))
            {
                waits++;
                for (int core = 0; core < drawn.System.Machine.Cores; core++)
                    Assert.True(!MayRun(drawn.System.Actors[ready], core) || running.ContainsKey(core),
                        drawn.Says($"core {core} is idle in move {stage.Index} and {drawn.System.Actors[ready].Name} is ready"));
            }
        });
        output.WriteLine($"{waits} times a process had to wait");
        Assert.True(waits > 500);
    }

    /// <summary>Where own priorities are the effective ones: no mutex with a protocol, no statement that sets a priority.</summary>
    [Fact]
    public void No_less_urgent_process_runs_while_a_more_urgent_one_is_ready()
    {
        int judged = 0;
        ForEveryQuietTime((drawn, system, stage, ledger, running) =>
        {
            if (drawn.System.Mutexes.Any(m => m.Protocol != MutexProtocol.None) || drawn.Sketch.All().Any(d => d is Deed.Priority)) return;
            foreach (int ready in ledger.Runnable.Where(a => !running.ContainsValue(a) && drawn.System.Actors[a].Kind != ActorKind.Device))
                foreach (var (core, actor) in running)
                {
                    if (!MayRun(drawn.System.Actors[ready], core) || CannotBePreempted(system, stage, core, drawn.System.Actors[actor])) continue;
                    judged++;
                    Assert.True(drawn.System.Actors[actor].Priority <= drawn.System.Actors[ready].Priority,
                        drawn.Says($"{drawn.System.Actors[actor].Name} runs in move {stage.Index} while {drawn.System.Actors[ready].Name} is ready"));
                }
        });
        output.WriteLine($"{judged} pairs");
        Assert.True(judged > 300);
    }

    [Fact]
    public void Who_runs_is_alive_ready_and_on_one_core()
    {
        ForEveryQuietTime((drawn, system, stage, ledger, running) =>
        {
            Assert.True(ledger.Contradictions.Count == 0, drawn.Says($"move {stage.Index}: {string.Join("; ", ledger.Contradictions)}"));
            Assert.Equal(running.Count, running.Values.Distinct().Count());
            foreach (int actor in running.Values)
            {
                Assert.True(system.Evaluate(new BoundExpression.Alive(drawn.System.Actors[actor]), stage.Before!) == 1, drawn.Says("a dead process runs"));
                Assert.True(ledger.Runnable.Contains(actor), drawn.Says($"{drawn.System.Actors[actor].Name} runs in move {stage.Index} and is not ready"));
                Assert.True(system.Evaluate(new BoundExpression.Blocked(drawn.System.Actors[actor]), stage.Before!) == 0, drawn.Says("a blocked process runs"));
            }
        });
    }

    [Fact]
    public void Time_never_goes_back_and_work_takes_what_was_drawn_for_it()
    {
        int finished = 0;
        foreach (var drawn in Campaign.Systems(Profile.Whole, 150, 3000))
        {
            var system = TransitionSystem.Compile(drawn.System, Observation.Nothing with { Faults = drawn.System.Faults });
            foreach (var run in Campaign.Runs(system, RunsOfEach, Moves))
            {
                var drawnFor = new Dictionary<int, long>();
                var held = new Dictionary<int, long>();
                foreach (var stage in run.Walk())
                {
                    Assert.True(stage.Delay >= 0, drawn.Says("time goes back"));
                    for (int i = 0; i < (stage.Before?.Timers.Length ?? 0); i++)
                    {
                        int timer = stage.Before!.Timers[i];
                        if (stage.Before.Rates[i] == TimerRate.Down) held[timer] = held.GetValueOrDefault(timer) + stage.Delay;
                        Assert.True(stage.Passed[i] >= 0, drawn.Says($"{system.Timers[timer].Name} is below zero in move {stage.Index}"));
                    }

                    int fires = stage.Step.Move.Timer;
                    if (fires >= 0)
                    {
                        Assert.True(held.GetValueOrDefault(fires) == drawnFor[fires], drawn.Says($"{system.Timers[fires].Name} took {held.GetValueOrDefault(fires)} and {drawnFor[fires]} was drawn"));
                        finished++;
                    }

                    for (int k = 0; k < stage.Step.Durations.Length; k++)
                        (drawnFor[stage.Step.Move.Started[k].Timer], held[stage.Step.Move.Started[k].Timer]) = (stage.Step.Durations[k], 0);
                }
            }
        }

        Assert.True(finished > 1000);
    }

    private static bool MayRun(Actor actor, int core) => actor.Core < 0 || actor.Core == core;

    private static bool CannotBePreempted(TransitionSystem system, Stage stage, int core, Actor actor) =>
        actor.NonPreemptive || actor.Body.WithDescendants().Any(s => s is BoundStatement.NonPreemptive)
        || stage.Before!.Timers.Any(t => system.Timers[t] is { Kind: TimerKind.Switch } switching && switching.Subject == core);

    private delegate void Judge(Drawn drawn, TransitionSystem system, Stage stage, Ledger ledger, Dictionary<int, int> runningByCore);

    /// <summary>Every stretch of time of many runs: what holds between two moves of one instant is no law.</summary>
    private static void ForEveryQuietTime(Judge judge)
    {
        foreach (var drawn in Campaign.Systems(Profile.Whole, 150, 3000))
        {
            var system = TransitionSystem.Compile(drawn.System, Observation.Nothing with { Faults = drawn.System.Faults });
            foreach (var run in Campaign.Runs(system, RunsOfEach, Moves))
            {
                var ledger = new Ledger(drawn.System);
                foreach (var stage in run.Walk())
                {
                    if (stage.Delay > 0) judge(drawn, system, stage, ledger, Running(drawn, system, stage.Before!, ledger));
                    ledger.Read(stage.Step.Move);
                }
            }
        }
    }

    private static Dictionary<int, int> Running(Drawn drawn, TransitionSystem system, Configuration configuration, Ledger ledger)
    {
        var running = new Dictionary<int, int>();
        foreach (var actor in drawn.System.Actors)
            if (system.Evaluate(new BoundExpression.Running(actor), configuration) == 1)
                Assert.True(running.TryAdd(ledger.Core[actor.Index], actor.Index), drawn.Says($"two processes on core {ledger.Core[actor.Index]}"));
        return running;
    }
}
