using System.Collections.Immutable;
using Irekae.Model.Binding;

namespace Irekae.Properties.Generators;

/// <summary>Servers, the one that is replaced, devices, and processes.</summary>
public sealed partial class SystemDraw
{
    private const int LeastUrgent = 3;

    private void AddServer(MachineSketch machine)
    {
        string name = Name('s');
        var (handlers, made) = Handlers(name, draw.Weighted((3, 1), (2, 2)));
        actors.Add(Actor(ActorKind.Server, name, machine) with { Inbox = Inbox(), Handlers = handlers });
        ports.AddRange(made);
    }

    /// <summary>The server behind an endpoint, in two instances: the old one and the new one that takes its place.</summary>
    private void AddReplacedServer(MachineSketch machine)
    {
        string name = Name('s'), endpoint = Name('e');
        var own = profile.ServerState > 0 && shared.Count > 0 && draw.Chance(profile.ServerState) ? new VariableSketch(Name('v'), shared[0].Top) : null;
        var (handlers, made) = Handlers(name, draw.Weighted((3, 1), (1, 2)), own);
        actors.Add(Actor(ActorKind.Server, name, machine) with
        {
            Inbox = Inbox(),
            Variables = own is null ? [] : [own],
            Handlers = own is null ? handlers : [.. handlers.Select(h => h with { Body = h.Body.Insert(0, new Deed.Assign(own.Name, Condition.Of($"{draw.Between(0, own.Top)}", own.Name))) })],
            Instances = [new InstanceSketch("old", false), new InstanceSketch("new", draw.Chance(85))],
            Body = draw.Chance(40) ? [new Deed.Run(Work())] : [],
        });
        endpoints.Add(new EndpointSketch(endpoint, $"{name}.old"));
        ports.AddRange(made.Select(p => p with { To = endpoint }));
    }

    private void AddDevice()
    {
        string name = Name('d'), message = Name('m');
        var body = ImmutableArray.CreateBuilder<Deed>();
        body.Add(new Deed.Wait(Between(1, profile.LargestTime, profile.LargestTime / 2)));
        var interrupts = ports.Where(p => p.Kind is PortKind.Sent or PortKind.Notified).ToList();
        if (interrupts.Count > 0 && draw.Chance(70)) body.Add(Message(draw.Pick(interrupts), null));
        var kind = draw.Chance(60) ? PortKind.Called : PortKind.Sent;
        if (kind == PortKind.Called) body.Add(new Deed.Reply(null));
        actors.Add(new ActorSketch(ActorKind.Device, name, 0, null, false, null, null, Inbox(), [], [], [], [new HandlerSketch(message, null, false, body.ToImmutable())]));
        ports.Add(new Port(name, message, null, kind));
    }

    private (ImmutableArray<HandlerSketch> Handlers, List<Port> Ports) Handlers(string server, int count, VariableSketch? own = null)
    {
        var handlers = ImmutableArray.CreateBuilder<HandlerSketch>();
        var made = new List<Port>();
        for (int k = 0; k < count; k++)
        {
            var kind = draw.Weighted((5, PortKind.Called), (profile.ValueWeight, PortKind.CalledForValue), (2, PortKind.Sent), (1, PortKind.Notified));
            if (kind == PortKind.CalledForValue && shared.Count == 0) kind = PortKind.Called;
            var argument = kind is PortKind.Called or PortKind.Sent && draw.Chance(profile.Arguments) ? new VariableSketch(Name('n'), shared.Count > 0 ? shared[0].Top : 1) : null;
            var place = new Place(server, ActorKind.Server, Depth: profile.Depth - 1, Own: own);
            var body = Block(place).ToList();
            if (body.Count == 0) body.Add(new Deed.Run(Work()));
            if (argument is not null && shared.Count > 0 && draw.Chance(60)) body.Insert(0, new Deed.Assign(shared[0].Name, Condition.Of(argument.Name, shared[0].Name, argument.Name)));
            if (kind is PortKind.Called or PortKind.CalledForValue && body is not [.., Deed.Exit])
            {
                var reply = new Deed.Reply(kind == PortKind.Called ? null : Condition.Of(profile.ValueWeight > 1 && draw.Chance(50) ? $"{shared[0].Top}" : shared[0].Name, shared[0].Name));
                body.Insert(draw.Chance(80) ? body.Count : draw.Between(0, body.Count), reply);
            }

            handlers.Add(new HandlerSketch(Name('m'), argument, draw.Chance(25), [.. body]));
            made.Add(new Port(server, handlers[^1].Message, argument, kind));
        }

        return (handlers.ToImmutable(), made);
    }

    private ActorSketch Actor(ActorKind kind, string name, MachineSketch machine) => new(
        kind, name, draw.Between(0, LeastUrgent),
        machine.Cores > 1 && draw.Chance(30) ? draw.Between(0, machine.Cores - 1) : null,
        draw.Chance(profile.NonPreemptive),
        draw.Chance(8) ? Lapse.Exactly(draw.Between(1, 4)) : null,
        null, null, [], [], [], []);

    private InboxSketch? Inbox() =>
        draw.Chance(profile.SmallInbox) ? new InboxSketch(draw.Between(1, 2), draw.Pick([WhenFull.Error, WhenFull.Refuse, WhenFull.Drop])) : null;

    /// <summary>Creates the new instance, moves the endpoint and ends the old one, in an order and with omissions that vary.</summary>
    private void AddReplacer(MachineSketch machine)
    {
        string name = Name('p'), endpoint = endpoints[0].Name;
        string server = endpoints[0].Actor!.Split('.')[0];
        bool absent = actors.First(a => a.Name == server).Instances[1].Absent;
        var steps = new List<Deed>();
        if (draw.Chance(50)) steps.Add(new Deed.Run(Work()));
        if (absent) steps.AddRange([new Deed.Spawn($"{server}.new"), new Deed.Start($"{server}.new")]);
        var bind = new Deed.Bind(endpoint, draw.Chance(93) ? $"{server}.new" : null, draw.Pick([InboxRule.Move, InboxRule.Move, InboxRule.Drop, InboxRule.Refuse]));
        var kill = new Deed.Kill($"{server}.old");
        bool killed = draw.Chance(75), first = draw.Chance(25);
        if (killed && first) steps.Add(kill);
        steps.Insert(draw.Chance(80) ? steps.Count : draw.Between(0, steps.Count), bind);
        if (killed && !first) steps.Add(kill);
        if (draw.Chance(25)) steps.Insert(draw.Between(0, steps.Count), new Deed.Run(Work()));
        var place = new Place(name, ActorKind.Process, profile.Depth);
        var body = new List<Deed> { draw.Chance(profile.AfterAnyTime) ? new Deed.AfterAnyTime() : new Deed.Wait(Between(1, 2 * profile.LargestTime, 2)) };
        body.Add(new Deed.Measure(Name('t'), [.. steps]));
        if (profile.Again > 0 && draw.Chance(profile.Again))
        {
            if (draw.Chance(50)) body.Add(new Deed.Wait(Between(1, 2 * profile.LargestTime, 2)));
            body.Add(new Deed.Measure(Name('t'),
                [new Deed.Spawn($"{server}.old"), new Deed.Run(Work()), new Deed.Start($"{server}.old"), new Deed.Bind(endpoint, $"{server}.old", bind.Rule), new Deed.Kill($"{server}.new")]));
        }

        if (draw.Chance(40)) body.AddRange(Block(place with { Depth = 0 }));
        actors.Add(Actor(ActorKind.Process, name, machine) with { Body = [.. body] });
    }

    private void AddProcess(MachineSketch machine)
    {
        string name = Name('p');
        var actor = Actor(ActorKind.Process, name, machine);
        var place = new Place(name, ActorKind.Process, profile.Depth);
        if (draw.Chance(profile.Jobs))
        {
            actors.Add(actor with { Jobs = Jobs(), Body = Measured(Block(place with { Depth = Math.Min(1, profile.Depth), Job = true }), 30) });
            return;
        }

        if (draw.Chance(25)) actor = actor with { Variables = [new VariableSketch(Name('v'), 1)] };
        place = place with { Own = actor.Variables.IsEmpty ? null : actor.Variables[0] };
        var body = Measured(Block(place), 70);
        if (draw.Chance(profile.Loops))
        {
            if (!body.TakesTime() || draw.Chance(50)) body = body.Add(new Deed.Wait(Between(2, 2 * profile.LargestTime, 1)));
            if (draw.Chance(40)) body = body.Insert(0, new Deed.Mark(Name('b')));
            body = [new Deed.Loop(body)];
        }
        else if (draw.Chance(profile.Repeats))
        {
            if (draw.Chance(60)) body = body.Insert(0, new Deed.Mark(Name('b')));
            body = [new Deed.Repeat(draw.Between(profile.Rounds.Least, profile.Rounds.Most), body)];
        }

        if (draw.Chance(profile.AfterAnyTime / 2)) body = body.Insert(0, new Deed.AfterAnyTime());
        else if (draw.Chance(40)) body = body.Insert(0, new Deed.Wait(Between(0, profile.LargestTime, 3)));
        if (draw.Chance(10))
        {
            var message = new HandlerSketch(Name('m'), null, false, [new Deed.Run(Work())]);
            body = body is [.., Deed.Loop] ? body.Insert(0, new Deed.Receive([message])) : body.Add(new Deed.Receive([message]));
            ports.Add(new Port(name, message.Message, null, PortKind.Sent));
        }

        actors.Add(actor with { Body = body });
    }

    private ImmutableArray<Deed> Measured(ImmutableArray<Deed> body, int percent) =>
        draw.Chance(percent) && body is not ([] or [.., Deed.Exit]) ? [new Deed.Measure(Name('t'), body)] : body;

    private JobSketch Jobs()
    {
        bool sporadic = draw.Chance(profile.Sporadic);
        int period = draw.Between(2 * profile.LargestTime, 4 * profile.LargestTime);
        var separation = sporadic ? new Lapse(period, null) : new Lapse(period, period + (profile.Points || draw.Chance(80) ? 0 : draw.Between(1, 2)));
        Lapse? offset = draw.Chance(sporadic ? 50 : 40) ? Between(0, profile.LargestTime, 3) : null;
        Lapse? jitter = draw.Chance(30) ? new Lapse(0, profile.Points ? 0 : draw.Between(1, 2)) : null;
        return new JobSketch(!sporadic, separation, offset, jitter, draw.Weighted((2, 1), (3, 2), (1, 3)));
    }
}
