using Irekae.Model.Binding;

namespace Irekae.Tests.Link;

/// <summary>From spawn to end.</summary>
internal sealed partial class Translator
{
    private static bool IsAlive(World world, int actor) => world[actor].Act != Act.Gone;

    /// <summary>Somebody is in something that has not ended; a server that waits for work is not.</summary>
    public bool SomebodyWaits(World world) => system.Actors.Any(a =>
        world[a.Index].Act is Act.Call or Act.Lock or Act.Await || (world[a.Index].Act == Act.Receive && !IsAtRest(a, world[a.Index])));

    private static bool IsAtRest(Actor actor, Person person) =>
        actor.Kind != ActorKind.Process && actor.Body is BoundStatement.Block { Statements: [.., BoundStatement.Loop loop] } && ReferenceEquals(person.At, loop.Body);

    private World Spawn(World world, int actor) => world.With(actor, Person.Absent with { Act = Act.Spawned, Priority = system.Actors[actor].Priority });

    private World Start(World world, int actor)
    {
        var own = system.Actors[actor];
        if (own.Activation is not { } activation) return Go(Wake(world, actor), actor, own.Body);
        return Begin(world.With(actor, world[actor] with { Act = Act.Idle }), Name.Arrival(own), activation.Offset);
    }

    /// <summary>Ends: of itself, killed or crashed. Who waits for an answer is refused; a mutex that it holds stays locked.</summary>
    private World Dies(World world, int actor, bool ofItself)
    {
        if (!IsAlive(world, actor)) return world;
        var before = world;
        var own = system.Actors[actor];
        var person = world[actor];
        world = GiveUpCore(world, actor) with { Queue = world.Queue.Remove(actor) };
        world = world with { Waiters = [.. world.Waiters.Select(w => w.Remove(actor))] };
        foreach (string timer in new[] { Name.Work(own), Name.Wait(own), Name.Slice(own), Name.Arrival(own), Name.Jitter(own) }) world = End(world, timer);
        world = ClocksOfTheDead(world, own, ofItself);
        world = Forget(world, actor);
        world = world.With(actor, Person.Absent with { Priority = own.Priority });
        if (mistake != Mistake.VariablesOfTheDeadStay)
            world = system.Variables.Where(v => v.Owner == actor).Aggregate(world, (w, v) => w with { Data = w.Data.SetItem(v.Index, v.Initial) });
        if (mistake == Mistake.CallersOfTheKilledForgotten) return Requeued(before, world);
        if (mistake == Mistake.KillFreesMutexes)
            foreach (var holding in person.Stack.OfType<Frame.Holding>()) world = Unlock(world, actor, holding.Mutex);
        foreach (var letter in person.Inbox)
            if (letter.Caller >= 0) world = Refuse(world, letter.Caller);
        foreach (var handling in person.Stack.OfType<Frame.Handling>())
            if (handling.Caller >= 0) world = Refuse(world, handling.Caller);
        return Requeued(before, world);
    }

    /// <summary>It is owed no answer: its message that waits is withdrawn, and who handles it answers nobody.</summary>
    private static World Forget(World world, int caller) => world with
    {
        People = [.. world.People.Select(p => p with
        {
            Inbox = [.. p.Inbox.Where(l => l.Caller != caller)],
            Stack = [.. p.Stack.Select(f => f is Frame.Handling h && h.Caller == caller ? h with { Caller = -1 } : f)],
        })],
    };
}
