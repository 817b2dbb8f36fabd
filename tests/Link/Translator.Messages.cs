using System.Collections.Immutable;
using Irekae.Model.Binding;

namespace Irekae.Tests.Link;

/// <summary>Messages and endpoints.</summary>
internal sealed partial class Translator
{
    private enum Delivery { Delivered, Lost, Refused, Nobody, Overflow }

    private IEnumerable<World> Call(World world, int actor, BoundStatement.Call s)
    {
        var letter = new Letter(s.Message.Index, [.. s.Arguments.Select(a => (int)Value(a, world))], actor, s.Endpoint.Index, false);
        foreach (var (next, how) in Deliver(world, letter))
        {
            bool refused = how is Delivery.Refused or Delivery.Nobody;
            var after = how == Delivery.Overflow ? Wrong(next, "check.overflow") : refused && s.Refused is null ? Wrong(next, "check.calls") : next;
            yield return refused && s.Refused is not null ? Go(after, actor, s.Refused) : Block(AnswerBegins(after, actor, s), actor, Act.Call, s);
        }
    }

    private IEnumerable<World> Send(World world, int actor, BoundStatement.Send s)
    {
        var letter = new Letter(s.Message.Index, [.. s.Arguments.Select(a => (int)Value(a, world))], -1, s.Endpoint.Index, s.Notify);
        foreach (var (next, how) in Deliver(world, letter))
            yield return Go(how == Delivery.Overflow ? Wrong(next, "check.overflow") : next, actor);
    }

    /// <summary>What can become of a message.</summary>
    private IEnumerable<(World World, Delivery How)> Deliver(World world, Letter letter)
    {
        foreach (var (after, fault) in Disturbances(world, letter)) yield return (after, fault == FaultKind.Lose ? Delivery.Lost : Delivery.Refused);
        int to = world.Bound[letter.Endpoint];
        if (to < 0 || !IsAlive(world, to)) yield return (world, Delivery.Nobody);
        else yield return Merges(world, to, letter) ? (world, Delivery.Delivered) : Put(world, to, letter);
    }

    /// <summary>A notification that is sent while an equal one waits changes nothing.</summary>
    private bool Merges(World world, int to, Letter letter) => letter.Notify && mistake != Mistake.NotificationsNotMerged
        && world[to].Inbox.Any(l => l.Notify && l.Message == letter.Message && l.Endpoint == letter.Endpoint);

    private (World World, Delivery How) Put(World world, int to, Letter letter)
    {
        var inbox = world[to].Inbox;
        if (inbox.Count >= system.Actors[to].InboxDepth)
            return (world, system.Actors[to].WhenFull switch { WhenFull.Refuse => Delivery.Refused, WhenFull.Drop => Delivery.Lost, _ => Delivery.Overflow });
        world = world.With(to, world[to] with { Inbox = inbox.Add(letter) });
        if (world[to] is { Act: Act.Receive, At: BoundStatement.Receive receive } && receive.Handlers.Any(h => h.Message.Index == letter.Message)) world = Wake(world, to);
        return (world, Delivery.Delivered);
    }

    /// <summary>A caller has no answer to wait for. One that has no <c>else</c> waits for ever, and that is an error.</summary>
    private World Refuse(World world, int caller) => (BoundStatement.Call)world[caller].At! is { Refused: { } otherwise }
        ? Go(Wake(AnswerGivenUp(world, caller), caller), caller, otherwise)
        : Wrong(world, "check.calls");

    private World Receive(World world, int actor, BoundStatement.Receive s)
    {
        var inbox = world[actor].Inbox;
        Handler? Of(Letter letter) => s.Handlers.FirstOrDefault(h => h.Message.Index == letter.Message);
        var letter = inbox.Where(l => Of(l) is not null)
            .OrderBy(l => l.Notify ? 0 : Of(l)!.Urgent && mistake != Mistake.UrgentIgnored ? 1 : 2).FirstOrDefault();
        if (letter is null) return Block(world, actor, Act.Receive, s);
        var handler = Of(letter)!;
        world = world.With(actor, world[actor] with { Inbox = inbox.RemoveAt(inbox.FindIndex(l => ReferenceEquals(l, letter))) });
        for (int k = 0; k < letter.Values.Length; k++) world = world with { Data = world.Data.SetItem(handler.Parameters[k].Index, letter.Values[k]) };
        return Inside(world, actor, new Frame.Handling(handler, letter.Caller), handler.Body);
    }

    private World Reply(World world, int actor, BoundStatement.Reply s)
    {
        var stack = world[actor].Stack;
        int place = stack.FindLastIndex(f => f is Frame.Handling);
        if (place < 0 || stack[place] is not Frame.Handling { Caller: >= 0 and var caller } handling) return Go(world, actor);
        var call = (BoundStatement.Call)world[caller].At!;
        world = world.With(actor, world[actor] with { Stack = stack.SetItem(place, handling with { Caller = -1 }) });
        world = AnswerEnds(world, caller);
        if (call.Result >= 0) world = Assign(world, system.Variables[call.Result], s.Value is null ? 0 : Value(s.Value, world));
        if (world.Stopped) return world;
        return Go(Go(Wake(world, caller), caller), actor);
    }

    private World Rebind(World world, BoundStatement.Bind s)
    {
        int endpoint = s.Endpoint.Index, old = world.Bound[endpoint], to = s.Target?.Index ?? -1;
        world = world with { Bound = world.Bound.SetItem(endpoint, to) };
        if (old < 0 || old == to) return world;
        ImmutableList<Letter> moved = [.. world[old].Inbox.Where(l => l.Endpoint == endpoint)];
        world = world.With(old, world[old] with { Inbox = [.. world[old].Inbox.Where(l => l.Endpoint != endpoint)] });
        foreach (var letter in moved)
        {
            if (s.Rule == InboxRule.Drop) continue;
            var how = Delivery.Refused;
            if (s.Rule == InboxRule.Move && to >= 0 && IsAlive(world, to))
            {
                if (mistake == Mistake.InboxMovedToTheFront) world = world.With(to, world[to] with { Inbox = world[to].Inbox.Insert(0, letter) });
                else (world, how) = Put(world, to, letter);
            }

            if (how == Delivery.Overflow) world = Wrong(world, "check.overflow");
            if (how == Delivery.Refused && letter.Caller >= 0) world = Refuse(world, letter.Caller);
        }

        return world;
    }
}
