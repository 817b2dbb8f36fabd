using System.Diagnostics;
using Irekae.Model.Binding;

namespace Irekae.Tests.Link;

/// <summary>One statement.</summary>
internal sealed partial class Translator
{
    /// <summary>The statement that somebody is at is executed, or its execution begins.</summary>
    private IEnumerable<World> Step(World world, int actor)
    {
        var own = system.Actors[actor];
        switch (world[actor].At)
        {
            case null:
                return Leave(world, actor);
            case BoundStatement.Block s:
                return [Go(world, actor, s)];
            case BoundStatement.Run s when IsNothing(s.Duration):
            case BoundStatement.Wait w when IsNothing(w.Duration):
                return [Go(world, actor)];
            case BoundStatement.Run s:
                return [Stand(Begin(world, Name.Work(own), s.Duration), actor, Act.Work)];
            case BoundStatement.Wait s:
                return [Block(Begin(world, Name.Wait(own), s.Duration), actor, Act.Sleep, null)];
            case BoundStatement.AfterAnyTime:
                return [Block(Begin(world, Name.Wait(own), Times.Any), actor, Act.Sleep, null)];
            case BoundStatement.Await s:
                return [Holds(s.Condition, world) ? Go(world, actor) : Block(world, actor, Act.Await, s)];
            case BoundStatement.Call s:
                return Call(world, actor, s);
            case BoundStatement.Send s:
                return Send(world, actor, s);
            case BoundStatement.Receive s:
                return [Receive(world, actor, s)];
            case BoundStatement.Reply s:
                return [Reply(world, actor, s)];
            case BoundStatement.Spawn s:
                return [Go(IsAlive(world, s.Target.Index) ? Wrong(world, "check.calls") : Spawn(world, s.Target.Index), actor)];
            case BoundStatement.Start s:
                return [Go(world[s.Target.Index].Act != Act.Spawned ? Wrong(world, "check.calls") : Start(world, s.Target.Index), actor)];
            case BoundStatement.Kill s:
                return [s.Target.Index == actor ? Dies(world, actor, ofItself: false) : Go(Dies(world, s.Target.Index, ofItself: false), actor)];
            case BoundStatement.Bind s:
                return [Go(Rebind(world, s), actor)];
            case BoundStatement.Choose s:
                return s.Alternatives.Select(a => Go(world, actor, a));
            case BoundStatement.If s:
                return [Holds(s.Condition, world) ? Go(world, actor, s.Then) : Go(world, actor, s.Else)];
            case BoundStatement.Repeat s:
                return [s.Count == 0 ? Go(world, actor) : uncounted.Contains(s) ? Inside(world, actor, new Frame.Uncounted(s), s.Body) : Inside(world, actor, new Frame.Rounds(s, s.Count - 1), s.Body)];
            case BoundStatement.Assign s:
                return [Assign(world, s.Target, Value(s.Value, world)) is var after && after.Stopped ? after : Go(after, actor)];
            case BoundStatement.MeasureBlock s:
                return [Inside(MeasureBegins(world, actor, s.Measure), actor, new Frame.Timing(s.Measure), s.Body)];
            case BoundStatement.PassMark s:
                return [Go(Passes(world, s.Mark), actor)];
            case BoundStatement.Lock s:
                return [Lock(world, actor, s)];
            case BoundStatement.NonPreemptive s:
                return [Inside(world, actor, new Frame.Section(), s.Body)];
            case BoundStatement.SetPriority s:
                return [Go(Requeued(world, world.With(actor, world[actor] with { Priority = s.Priority })), actor)];
            case BoundStatement.Assert s:
                return [Go(Holds(s.Condition, world) ? world : Wrong(world, "check.assertions"), actor)];
            case BoundStatement.Exit:
                return [BodyEnds(LeaveAll(world, actor), actor)];
            default:
                throw new UnreachableException(world[actor].At!.GetType().Name);
        }
    }

    /// <summary>What belongs to the end of the work before it rather than to what comes next: leaving blocks, the next round, replies, marks, the end.</summary>
    private static bool EndsWork(Person person) => person.At is null or BoundStatement.Reply or BoundStatement.PassMark or BoundStatement.Assert or BoundStatement.Exit;

    private static bool IsNextRound(Person person) => person is { At: null, Stack: [.., Frame.Again or Frame.Uncounted] };

    private World EndingIsOver(World world, int actor)
    {
        world = world.With(actor, world[actor] with { Finishing = false });
        return SectionEnds(world, actor);
    }

    /// <summary>It certainly takes no time: then it is as if it were not there.</summary>
    private static bool IsNothing(Interval duration) =>
        duration is { Low: { IsConstant: true, Constant.Sign: 0 }, High: { IsConstant: true, Constant.Sign: 0 } };

    private static World Wrong(World world, string check) => (world with { Found = world.Found.Add(check) }).Tell($"!{check}");

    private static World Assign(World world, Variable variable, long value) =>
        Fits(variable.Type, value) ? world with { Data = world.Data.SetItem(variable.Index, (int)value) } : Wrong(world, "check.range") with { Stopped = true };
}
