using Irekae.Model.Binding;

namespace Irekae.Tests.Link;

/// <summary>Who runs.</summary>
internal sealed partial class Translator
{
    private bool IsDevice(int actor) => system.Actors[actor].Kind == ActorKind.Device;

    /// <summary>Makes progress: it holds a core that is not changing over to it.</summary>
    private static bool Runs(World world, int actor) => world.CoreOf(actor) is >= 0 and var core && !world.Timers.ContainsKey(Name.Switch(core));

    /// <summary>Null: no slices, or none that anybody could notice, because nobody else is ever at a level of this process.</summary>
    private Interval? Quantum(int actor)
    {
        var own = system.Actors[actor];
        bool alone = system.Actors.All(a => a.Index == actor || IsDevice(a.Index) || (Levels(own) is { } mine && Levels(a) is { } theirs && !mine.Intersect(theirs).Any()));
        return own.Unsliced || alone ? null : own.Quantum ?? system.Machine.Quantum;
    }

    /// <summary>The priorities a process can have; null: any, since mutexes change it.</summary>
    private static List<int>? Levels(Actor actor)
    {
        var statements = actor.Body.WithDescendants().ToList();
        if (statements.OfType<BoundStatement.Lock>().Any(l => l.Mutex.Protocol != MutexProtocol.None)) return null;
        return [actor.Priority, .. statements.OfType<BoundStatement.SetPriority>().Select(s => s.Priority)];
    }

    /// <summary>Takes the core for a while.</summary>
    private static World Stand(World world, int actor, Act act) => world.With(actor, world[actor] with { Act = act, At = null, Finishing = false });

    /// <summary>Waits for something, and does not need its core meanwhile.</summary>
    private World Block(World world, int actor, Act act, BoundStatement? at)
    {
        world = world.With(actor, world[actor] with { Act = act, At = at, Finishing = false, SliceOver = false });
        if (IsDevice(actor)) return world;
        bool kept = act != Act.Idle && system.Machine.SliceKept ^ mistake == Mistake.SliceOfTheBlocked;
        if (!kept) world = End(world, Name.Slice(system.Actors[actor]));
        return GiveUpCore(world, actor);
    }

    /// <summary>Who was on a core last matters where changing over costs something.</summary>
    private World GiveUpCore(World world, int actor) => world.CoreOf(actor) is >= 0 and var core
        ? End(world, Name.Switch(core)) with { Cores = world.Cores.SetItem(core, new Core(-1, system.Machine.Switch is null ? -1 : actor)) }
        : world;

    /// <summary>What it waited for has come.</summary>
    private World Wake(World world, int actor)
    {
        world = world.With(actor, world[actor] with { Act = Act.Step });
        return IsDevice(actor) ? world : world with { Queue = mistake == Mistake.ReadyToHead ? world.Queue.Insert(0, actor) : world.Queue.Add(actor) };
    }

    private World WorkEnds(World world, int actor) => world.With(actor, world[actor] with { Finishing = mistake != Mistake.EndOfWorkPreempted });

    /// <summary>To the tail, if anybody of its level waits for its core; else it goes on with another slice.</summary>
    private World SliceEnds(World world, int actor)
    {
        if (CannotBePreempted(world, actor)) return world.With(actor, world[actor] with { SliceOver = true });
        int core = world.CoreOf(actor);
        bool others = world.Queue.Any(a => Urgency(world, a) <= Urgency(world, actor) && (system.Actors[a].Core is var pinned && (pinned < 0 || pinned == core)));
        if (!others) return mistake == Mistake.SliceNotRefreshed ? world : Begin(world, Name.Slice(system.Actors[actor]), Quantum(actor)!);
        return GiveUpCore(world, actor) with { Queue = world.Queue.Add(actor) };
    }

    private World SectionEnds(World world, int actor) =>
        !world[actor].SliceOver || world[actor].Finishing || CannotBePreempted(world, actor) ? world : SliceEnds(world.With(actor, world[actor] with { SliceOver = false }), actor);

    /// <summary>Nor is anybody while the core changes over to it.</summary>
    private bool CannotBePreempted(World world, int actor) => system.Actors[actor].NonPreemptive || world[actor].Stack.Any(f => f is Frame.Section)
        || (!Runs(world, actor) && mistake != Mistake.SwitchInterrupted);

    /// <summary>Priorities have changed: who waits for a core at a more urgent level now is the last there, at a less urgent one the first.</summary>
    private World Requeued(World before, World after)
    {
        foreach (int actor in after.Queue.Order())
        {
            int change = Urgency(after, actor) - Urgency(before, actor);
            if (change == 0) continue;
            var others = after.Queue.Remove(actor);
            after = after with { Queue = change < 0 ? others.Add(actor) : others.Insert(0, actor) };
        }

        return after;
    }

    /// <summary>Gives out cores until everybody who should run does.</summary>
    private World Schedule(World world)
    {
        while (true)
        {
            var (actor, core) = Place(world);
            if (actor < 0) return world;
            if (world.Cores[core].Running is >= 0 and var other)
            {
                world = GiveUpCore(world, other).Tell($"{system.Actors[other].Name} is preempted");
                bool tail = system.Machine.PreemptedToTail ^ mistake == Mistake.PreemptedToOtherEnd;
                world = world with { Queue = tail ? world.Queue.Add(other) : world.Queue.Insert(0, other) };
            }

            world = Dispatch(world, actor, core);
        }
    }

    /// <summary>The next to get a core; −1: nobody.</summary>
    private (int Actor, int Core) Place(World world) =>
        // OrderBy keeps those of one level as they are.
        world.Queue.OrderBy(a => Urgency(world, a)).Select(a => (Actor: a, Core: CoreFor(world, a))).FirstOrDefault(p => p.Core >= 0, (Actor: -1, Core: -1));

    /// <summary>A core it may have: a free one, or that of the least urgent who is less urgent and can be preempted.</summary>
    private int CoreFor(World world, int actor)
    {
        int pinned = mistake == Mistake.PinsIgnored ? -1 : system.Actors[actor].Core;
        var allowed = Enumerable.Range(0, world.Cores.Length).Where(c => pinned < 0 || pinned == c).ToList();
        var free = allowed.Where(c => world.Cores[c].Running < 0).ToList();
        if (free.Count > 0) return free.Exists(c => world.Cores[c].Last == actor) ? free.FindLast(c => world.Cores[c].Last == actor) : free[0];
        return allowed.Where(c => world.Cores[c].Running is var other && !CannotBePreempted(world, other) && !world[other].Finishing && Urgency(world, other) > Urgency(world, actor))
            .OrderByDescending(c => Urgency(world, world.Cores[c].Running)).FirstOrDefault(-1);
    }

    private World Dispatch(World world, int actor, int core)
    {
        int last = world.Cores[core].Last;
        world = world with { Queue = world.Queue.Remove(actor), Cores = world.Cores.SetItem(core, new Core(actor, last)) };
        if (system.Machine.Switch is { } change && last >= 0 && last != actor && mistake != Mistake.SwitchFree) world = Begin(world, Name.Switch(core), change);
        string slice = Name.Slice(system.Actors[actor]);
        if (Quantum(actor) is { } quantum && !world.Timers.ContainsKey(slice)) world = Begin(world, slice, quantum);
        return world.Tell($"{system.Actors[actor].Name} gets core {core}");
    }
}
