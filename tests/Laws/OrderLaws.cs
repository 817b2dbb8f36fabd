using Irekae.Model.Binding;
using Irekae.Model.Semantics;
using Irekae.Model.Semantics.Program;
using Irekae.Properties.Generators;
using Irekae.Tests.Link;

namespace Irekae.Tests.Laws;

/// <summary>
/// The moves of the transition system against every order of every step that takes no time: of several cores' steps some are silent and orders that lead to the
/// same are taken for one, and what a move may lead to, end, violate or find false must stay the same set.
/// </summary>
public sealed class OrderLaws(ITestOutputHelper output)
{
    private const int OrdersOfEach = 10_000;
    private const int RunsOfEach = 3;
    private const int Moves = 25;

    private static readonly Profile Crowd = new() { SeveralCores = 100, Processes = 4, Exit = 12, NonPreemptive = 20, Mutexes = 60, Replacement = 50 };

    [Theory]
    [InlineData(Ties.CompletionFirst)]
    [InlineData(Ties.Any)]
    [InlineData(Ties.Batch)]
    public void No_order_of_simultaneous_steps_is_lost(Ties ties)
    {
        foreach (ulong seed in Campaign.Seeds(40, 3000))
        {
            var sketch = SystemDraw.From(seed, Crowd);
            string text = SketchText.Of(sketch with { Machine = sketch.Machine with { Ties = ties } });
            Compare(text, $"seed {seed}, {ties}");
        }

        Counted();
    }

    /// <summary>Devices take most of what is theirs alone at once (<see cref="SilentSteps"/>).</summary>
    [Fact]
    public void No_order_of_the_steps_of_devices_is_lost()
    {
        foreach (ulong seed in Campaign.Seeds(60, 6000)) Compare(DeviceDraw.From(seed), $"seed {seed}");
        Counted();
        Assert.True(own > 500, $"{own} steps of devices were silent for what is theirs alone");
    }

    private int configurations, orders, outcomes, several, crowded, own;

    private void Counted()
    {
        output.WriteLine($"{configurations} configurations, {several} with several orders; {orders} orders, {outcomes} outcomes; {crowded} configurations with too many orders; {own} own steps of devices");
        Assert.True(several > 50 && crowded < configurations / 5);
    }

    private void Compare(string text, string name)
    {
        var bound = Drawn.Bind(text, name);
        var observation = Everything(bound);
        var system = TransitionSystem.Compile(bound, observation);
        var plain = TransitionSystem.CompilePlainly(bound, observation, OrdersOfEach);
        var elsewhere = TransitionSystem.Compile(bound, observation with { Conditions = [] });
        own += bound.Actors.Where(a => a.Kind == ActorKind.Device).Sum(a => system.code[a.Index].Where((i, place) => !i.Silent && system.IsSilentAt(a.Index, place)).Count());
        foreach (var configuration in Reached(system))
        {
            IReadOnlyList<Move> all;
            try
            {
                all = configuration is null ? plain.Initial() : plain.Moves(configuration);
            }
            catch (CrowdedInstantException)
            {
                crowded++;
                continue;
            }

            AssertNamed(system, elsewhere, configuration, text);
            var expected = all.Select(m => Outcome(plain, m)).ToHashSet();
            var found = (configuration is null ? system.Initial() : system.Moves(configuration)).Select(m => Outcome(system, m)).ToHashSet();
            configurations++;
            orders += all.Count;
            outcomes += expected.Count;
            if (all.Count > all.DistinctBy(m => m.Timer).Count()) several++;
            Assert.True(expected.SetEquals(found), $"{name}\nlost:\n{string.Join('\n', expected.Except(found).Take(3))}\nadded:\n{string.Join('\n', found.Except(expected).Take(3))}\n"
                + $"{string.Join("\n\n", all.Where(m => !found.Contains(Outcome(plain, m))).Take(2).Select(m => string.Join('\n', m.Events.Select(plain.Describe))))}\n{text}");
        }
    }

    /// <summary>By its choices a move is told from all others, and they name the same move where something else is observed.</summary>
    private static void AssertNamed(TransitionSystem system, TransitionSystem elsewhere, Configuration? configuration, string text)
    {
        foreach (var move in configuration is null ? system.Initial() : system.Moves(configuration))
        {
            string outcome = Outcome(system, move with { FailedConditions = [] });
            foreach (var observer in new[] { system, elsewhere })
            {
                var named = observer.Moves(configuration, move.Timer, move.Choices);
                Assert.True(named.Count == 1 && Outcome(observer, named[0] with { FailedConditions = [] }) == outcome, $"{named.Count} moves of {move.Timer}:{string.Join('.', move.Choices)}\n{text}");
            }
        }
    }

    /// <summary>What is proved under <c>any</c> is taken to hold under <c>completion_first</c>, by the verifier and by certificates.</summary>
    [Fact]
    public void Any_order_has_every_move_of_completion_first()
    {
        int moves = 0;
        foreach (var drawn in Campaign.Systems(Crowd with { SeveralCores = 50 }, 60, 3000))
        {
            var first = TransitionSystem.Compile(drawn.System, Everything(drawn.System) with { Ties = Ties.CompletionFirst });
            var any = TransitionSystem.Compile(drawn.System, Everything(drawn.System) with { Ties = Ties.Any });
            foreach (var configuration in Reached(first))
            {
                var some = (configuration is null ? first.Initial() : first.Moves(configuration)).Select(m => Outcome(first, m with { StrictlyBefore = [] })).ToHashSet();
                moves += some.Count;
                some.ExceptWith((configuration is null ? any.Initial() : any.Moves(configuration)).Select(m => Outcome(any, m)));
                Assert.True(some.Count == 0, drawn.Says(some.FirstOrDefault() ?? ""));
            }
        }

        output.WriteLine($"{moves} moves");
        Assert.True(moves > 1000);
    }

    /// <summary>Null: the beginning.</summary>
    private static HashSet<Configuration?> Reached(TransitionSystem system)
    {
        var reached = new HashSet<Configuration?> { null };
        foreach (var run in Campaign.Runs(system, RunsOfEach, Moves))
            reached.UnionWith(run.Steps.Where(s => !s.Move.Stops).Select(s => s.Move.Next));
        return reached;
    }

    private static Observation Everything(BoundSystem system) => Observation.Nothing with
    {
        Quantities = [.. system.Properties.Select(Answers.Timed).OfType<Quantity>().Distinct()],
        Conditions = [.. system.Properties.Select(p => p.Question).OfType<Question.After>().Select(a => (a.Measure, a.Condition))],
        Faults = [.. system.Faults],
    };

    /// <summary>
    /// All that a move does but its trace, in a form where equal text is equal meaning: an actor stands after the jumps and counters that lie before it,
    /// and work that began at this instant and stands still, its actor preempted or its core changing over, has not begun.
    /// </summary>
    private static string Outcome(TransitionSystem system, Move move)
    {
        int[] cells = [.. move.Next.Cells];
        if (move.Stops) return Ended(system, move, cells);
        var started = move.Started.ToList();
        var dropped = new HashSet<int>();
        foreach (var actor in system.System.Actors.Where(a => a.Kind != ActorKind.Device))
        {
            Advance(system, cells, actor.Index);
            int work = system.timers.Of(TimerKind.Work, actor.Index);
            int core = cells.AsSpan(system.layout.Running, system.System.Machine.Cores).IndexOf(actor.Index + 1);
            bool progresses = core >= 0 && cells[system.layout.Switching + core] == 0;
            if (progresses || started.RemoveAll(s => s.Timer == work) == 0) continue;
            cells[work] = 0;
            dropped.Add(work);
        }

        var sources = move.Next.Timers.Zip(move.Sources).Where(t => !dropped.Contains(t.First));
        return $"{move.Timer}{(move.Immediate ? "!" : "")} before {string.Join(',', move.StrictlyBefore)}: {string.Join(',', cells)}"
            + $" continues {string.Join(',', sources)} starts {string.Join(',', started)} {Seen(move)}";
    }

    /// <summary>A run that is stopped has nothing to come: what is alive, who runs, what waits, and what a property reads; not how far each would have come.</summary>
    private static string Ended(TransitionSystem system, Move move, int[] cells)
    {
        var read = system.System.Properties.Select(p => p.Question).Where(q => q is Question.Always or Question.Reachable)
            .SelectMany(Corners.Expressions).SelectMany(Corners.WithParts).SelectMany(Variables).ToHashSet();
        foreach (var process in system.System.Actors.Where(a => a.Kind != ActorKind.Device))
        {
            Advance(system, cells, process.Index);
            cells[system.timers.Of(TimerKind.Work, process.Index)] = 0;
        }

        foreach (var device in system.System.Actors.Where(a => a.Kind == ActorKind.Device))
        {
            cells[system.layout.Of(device.Index, Layout.Pc)] = 0;
            ref int status = ref cells[system.layout.Of(device.Index, Layout.Status)];
            if ((Status)status is Status.InReceive or Status.Timed) status = (int)Status.Runnable;
            if (system.timers.Of(TimerKind.Wait, device.Index) is >= 0 and var wait) cells[wait] = 0;
            cells.AsSpan(system.layout.Locals[device.Index], system.LocalCellsOf(device.Index)).Clear();
            foreach (var variable in system.System.Variables.Where(v => v.Owner == device.Index && !read.Contains(v.Index))) cells[system.layout.Variables + variable.Index] = 0;
        }

        return $"{move.Timer}{(move.Immediate ? "!" : "")}: {string.Join(',', cells)} {Seen(move)}";
    }

    private static IEnumerable<int> Variables(BoundExpression expression) => expression switch
    {
        BoundExpression.Read e => [e.Variable.Index],
        BoundExpression.ReadBound e => e.ByActor.OfType<Variable>().Select(v => v.Index),
        _ => [],
    };

    private static string Seen(Move move) =>
        $"ends {string.Join(',', move.Ended.Select(e => $"{e.Quantity}/{e.Clock}").Order())} {string.Join(',', move.Events.Where(e => e.Kind == EventKind.MeasureEnds).Select(e => e.B).Distinct().Order())}"
        + $" violates {string.Join(',', move.Violations.Select(v => $"{v.Kind}: {v.Text}").Order())} fails {string.Join(',', move.FailedConditions.Order())}{(move.Stops ? " stops" : "")}";

    private static void Advance(TransitionSystem system, int[] cells, int actor)
    {
        int pc = system.layout.Of(actor, Layout.Pc);
        for (int steps = 0; steps < 100; steps++)
        {
            var next = system.code[actor][cells[pc]];
            switch (next.Op)
            {
                case Op.Jump:
                    cells[pc] = next.Target;
                    break;
                case Op.RepeatBegin:
                    cells[system.layout.Locals[actor] + next.Cell] = next.Operand;
                    cells[pc]++;
                    break;
                case Op.RepeatNext:
                    cells[pc] = --cells[system.layout.Locals[actor] + next.Cell] > 0 ? next.Target : cells[pc] + 1;
                    break;
                default:
                    return;
            }
        }
    }
}
