using System.Collections.Immutable;
using Irekae.Model.Binding;
using Irekae.Model.Semantics;

namespace Irekae.Tests.Link;

/// <summary>What follows in no time.</summary>
internal sealed partial class Translator
{
    private const int MostSteps = 20_000;

    /// <summary>
    /// Everything that this instant can come to when those who can act do so in any order, one statement at a time. An instant that can come round
    /// to where it was has no end: that is found as well.
    /// </summary>
    private List<World> Settle(World world)
    {
        var ends = new Dictionary<string, World>();
        var seen = new HashSet<string>();
        var followers = new Dictionary<string, HashSet<string>>();
        var open = new Stack<World>(Prepare(world));
        while (open.TryPop(out var w))
        {
            if (!seen.Add(Text(w))) continue;
            if (seen.Count > MostSteps)
            {
                if (!ComesRound(followers)) throw new CrowdedInstantException(MostSteps);
                break;
            }

            var movers = w.Stopped ? [] : Movers(w);
            if (mistake == Mistake.OneOrder && movers.Count > 1) movers = [movers[0]];
            if (movers.Count == 0)
            {
                // The scheduler has a turn only if there is something for it to do.
                var end = w with { InBatch = w.InBatch && !w.Stopped && Place(w).Actor >= 0, People = [.. w.People.Select(p => p with { Finishing = false })] };
                ends.TryAdd(Text(end), end);
            }

            var nexts = movers.SelectMany(mover => Step(w, mover)).SelectMany(Prepare).ToList();
            if (!followers.TryGetValue(State(w), out var states)) followers[State(w)] = states = [];
            states.UnionWith(nexts.Select(State));
            nexts.ForEach(open.Push);
        }

        return ComesRound(followers) ? [Wrong(world, "check.time_stops") with { Stopped = true }, .. ends.Values] : [.. ends.Values];
    }

    /// <summary>There is a circle: taking away, again and again, whatever nothing follows leaves something.</summary>
    private static bool ComesRound(Dictionary<string, HashSet<string>> followers)
    {
        var left = followers.ToDictionary(f => f.Key, f => f.Value.Count);
        var before = followers.SelectMany(f => f.Value.Select(to => (From: f.Key, To: to))).ToLookup(e => e.To, e => e.From);
        var done = new Stack<string>(before.Select(g => g.Key).Where(s => !followers.ContainsKey(s)).Concat(left.Where(l => l.Value == 0).Select(l => l.Key)));
        int gone = 0;
        while (done.TryPop(out string? state))
        {
            if (followers.ContainsKey(state)) gone++;
            foreach (string from in before[state])
                if (--left[from] == 0) done.Push(from);
        }

        return gone < followers.Count;
    }

    /// <summary>Who can do something in no time.</summary>
    private List<int> Movers(World world)
    {
        var able = system.Actors.Where(a => world[a.Index].Act == Act.Step).ToList();
        // Before the scheduler's turn nobody enters a section that would keep others off the core.
        bool turnToCome = world.InBatch && Place(world).Actor >= 0;
        var movers = able.Select(a => a.Index).Where(a => (Runs(world, a) || IsDevice(a)) && !(turnToCome && world[a] is { At: BoundStatement.NonPreemptive or BoundStatement.Lock })).ToList();
        // Under ties batch the scheduler sees the whole instant, and processes go on when no device can.
        if (ties == Ties.Batch && movers.Exists(IsDevice)) movers.RemoveAll(a => !IsDevice(a));
        // Work that has begun is as good as work that is about to begin.
        return movers.FindIndex(a => world[a] is { Finishing: false, At: BoundStatement.Run s } && !IsNothing(s.Duration)) is >= 0 and var worker ? [movers[worker]] : movers;
    }

    /// <summary>
    /// What is part of a step: work that is used up has ended when the next round has begun and no more belongs to its end; who awaits something that is
    /// so now is awake; the cores are given out.
    /// </summary>
    private IEnumerable<World> Prepare(World world) => RoundsOn(world, 0).SelectMany(Prepared);

    private IEnumerable<World> Prepared(World world)
    {
        int ending = world.People.FindIndex(p => p.Finishing);
        if (ending >= 0 && !EndsWork(world[ending])) (world, ending) = (EndingIsOver(world, ending), -1);
        for (int actor = 0; actor < world.People.Length; actor++)
            if (world[actor] is { Act: Act.Await, At: BoundStatement.Await s } && Holds(s.Condition, world)) world = mistake == Mistake.AwaitLooksAgain ? Wake(world, actor) : Go(Wake(world, actor), actor);
        // In any order of ties, work that is used up may go on to what comes next before its end is complete, and may not.
        if (ties == Ties.Any && ending >= 0) yield return Schedule(EndingIsOver(world, ending));
        yield return world.InBatch ? world : Schedule(world);
    }

    /// <summary>Of who is ending its work, the next round begins, or one of several nested ones; if that does nothing but come round again, it is left as a step.</summary>
    private IEnumerable<World> RoundsOn(World world, int times) =>
        world.People.FindIndex(p => p.Finishing && IsNextRound(p)) is >= 0 and var actor && times <= world[actor].Stack.Count
            ? Leave(world, actor).SelectMany(w => RoundsOn(w, times + 1))
            : [world];
}
