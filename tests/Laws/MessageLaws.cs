using Irekae.Model.Binding;
using Irekae.Model.Semantics;
using Irekae.Properties.Generators;

namespace Irekae.Tests.Laws;

/// <summary>Messages, mutexes and endpoints in every run of every system.</summary>
public sealed class MessageLaws(ITestOutputHelper output)
{
    private const int RunsOfEach = 6;
    private const int Moves = 60;

    /// <summary>In systems without faults, kills and drops, where no process that gets messages ends: what waits in inboxes is what was sent and not taken.</summary>
    [Fact]
    public void Messages_are_neither_lost_nor_duplicated()
    {
        long taken = 0, merged = 0;
        foreach (var drawn in Campaign.Systems(Profile.Faithful, 200, 4000).Where(d => !d.Sketch.All().Any(s => s is Deed.Receive)))
            foreach (var (system, _, stage, ledger) in Steps(drawn))
            {
                taken += stage.Step.Move.Events.Count(e => e.Kind == EventKind.Takes);
                int waiting = drawn.System.Actors.Sum(a => system.Evaluate(new BoundExpression.Waiting(a), stage.Step.Move.Next));
                int missing = ledger.UnderWay - waiting;
                Assert.True(missing >= 0 && missing <= ledger.Notified, drawn.Says($"{waiting} messages wait after move {stage.Index} and {ledger.UnderWay} are under way"));
                ledger.UnderWay = waiting;
                merged += missing;
            }

        output.WriteLine($"{taken} taken, {merged} notifications merged");
        Assert.True(taken > 500);
    }

    [Fact]
    public void A_mutex_has_the_one_holder_that_took_it_last()
    {
        long held = 0;
        foreach (var drawn in Campaign.Systems(Profile.Whole with { Mutexes = 100, Data = 20, Replacement = 15 }, 100, 3000))
            foreach (var (system, _, stage, ledger) in Steps(drawn))
            {
                Assert.True(ledger.Contradictions.Count == 0, drawn.Says($"move {stage.Index}: {string.Join("; ", ledger.Contradictions)}"));
                foreach (var mutex in drawn.System.Mutexes)
                {
                    var holders = drawn.System.Actors.Where(a => system.Evaluate(new BoundExpression.Holds(a, mutex), stage.Step.Move.Next) == 1).Select(a => a.Index).ToList();
                    held += holders.Count;
                    Assert.True(holders.SequenceEqual(ledger.Holder.TryGetValue(mutex.Index, out int holder) ? [holder] : []),
                        drawn.Says($"{mutex.Name} is held by {holders.Count} after move {stage.Index}"));
                }
            }

        output.WriteLine($"held in {held} configurations");
        Assert.True(held > 1000);
    }

    [Fact]
    public void An_endpoint_is_bound_to_whom_the_last_bind_says()
    {
        int rebound = 0;
        foreach (var drawn in Campaign.Systems(Profile.Whole with { Replacement = 100 }, 100, 3000))
            foreach (var (system, _, stage, ledger) in Steps(drawn))
            {
                rebound += stage.Step.Move.Events.Count(e => e.Kind == EventKind.Bound);
                foreach (var endpoint in drawn.System.Endpoints)
                {
                    var bound = drawn.System.Actors.Where(a => system.Evaluate(new BoundExpression.IsBoundTo(endpoint, a), stage.Step.Move.Next) == 1).Select(a => a.Index).ToList();
                    Assert.True(bound.SequenceEqual(ledger.Bound[endpoint.Index] is >= 0 and var actor ? [actor] : []), drawn.Says($"{endpoint.Name} is bound to {bound.Count}"));
                }
            }

        Assert.True(rebound > 200);
    }

    private static IEnumerable<(TransitionSystem System, Run Run, Stage Stage, Ledger Ledger)> Steps(Drawn drawn)
    {
        var system = TransitionSystem.Compile(drawn.System, Observation.Nothing with { Faults = drawn.Sketch.Faults.IsEmpty ? [] : drawn.System.Faults });
        foreach (var run in Campaign.Runs(system, RunsOfEach, Moves))
        {
            var ledger = new Ledger(drawn.System);
            foreach (var stage in run.Walk())
            {
                ledger.Read(stage.Step.Move);
                yield return (system, run, stage, ledger);
            }
        }
    }
}
