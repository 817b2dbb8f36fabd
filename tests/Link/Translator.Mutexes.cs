using Irekae.Model.Binding;
using Mutex = Irekae.Model.Binding.Mutex;

namespace Irekae.Tests.Link;

/// <summary>Mutexes, and the priorities they give.</summary>
internal sealed partial class Translator
{
    private World Lock(World world, int actor, BoundStatement.Lock s)
    {
        int mutex = s.Mutex.Index;
        if (world.Owners[mutex] < 0) return Inside(world with { Owners = world.Owners.SetItem(mutex, actor) }, actor, new Frame.Holding(s.Mutex), s.Body);
        var blocked = Block(world, actor, Act.Lock, s);
        return Requeued(world, blocked with { Waiters = world.Waiters.SetItem(mutex, world.Waiters[mutex].Add(actor)) });
    }

    /// <summary>The most urgent who waits has it next; among equals the first who came.</summary>
    private World Unlock(World world, int actor, Mutex mutex)
    {
        var before = world;
        world = world with { Owners = world.Owners.SetItem(mutex.Index, -1) };
        var waiters = world.Waiters[mutex.Index];
        if (waiters.IsEmpty) return Requeued(before, world);
        int next = mistake == Mistake.MutexToTheFirst ? waiters[0] : waiters.OrderBy(w => Urgency(before, w)).First();
        var s = (BoundStatement.Lock)world[next].At!;
        world = world with { Owners = world.Owners.SetItem(mutex.Index, next), Waiters = world.Waiters.SetItem(mutex.Index, waiters.Remove(next)) };
        return Requeued(before, Inside(Wake(world, next), next, new Frame.Holding(mutex), s.Body));
    }

    /// <summary>The priority that counts: 0 is most urgent.</summary>
    private int Urgency(World world, int actor)
    {
        int urgency = world[actor].Priority;
        foreach (var mutex in system.Mutexes)
        {
            if (world.Owners[mutex.Index] != actor) continue;
            if (mutex.Protocol == MutexProtocol.Ceiling && mistake != Mistake.NoCeiling) urgency = Math.Min(urgency, mutex.Ceiling);
            if (mutex.Protocol == MutexProtocol.Inheritance && mistake != Mistake.NoInheritance)
                foreach (int waiter in world.Waiters[mutex.Index]) urgency = Math.Min(urgency, Urgency(world, waiter));
        }

        return urgency;
    }
}
