using System.Collections.Immutable;
using Irekae.Model.Binding;

namespace Irekae.Properties.Generators;

/// <summary>Statements.</summary>
public sealed partial class SystemDraw
{
    /// <param name="Depth">Blocks that may still be opened inside.</param>
    /// <param name="Own">A variable of the actor.</param>
    /// <param name="Job">The body is one job.</param>
    /// <param name="Held">Mutexes held: those before it in the order of declaration are not taken inside, so that locks are mostly taken in one order.</param>
    private sealed record Place(string Actor, ActorKind Kind, int Depth, VariableSketch? Own = null, bool Job = false, int Held = 0);

    private ImmutableArray<Deed> Block(Place place)
    {
        var block = ImmutableArray.CreateBuilder<Deed>();
        int count = draw.Between(1, profile.Statements);
        for (int k = 0; k < count; k++) block.Add(One(place));
        if (place.Kind == ActorKind.Process && draw.Chance(profile.Exit)) block.Add(new Deed.Exit());
        return block.ToImmutable();
    }

    private Deed One(Place place) => draw.Weighted<Func<Deed>>(
        (30, () => Simple(place)),
        (ports.Count > 0 ? profile.MessageWeight : 0, () => Message(draw.Pick(ports), place)),
        (mutexes.Count > place.Held ? profile.LockWeight : 0, () => Locked(place)),
        (place.Depth > 0 ? 12 : 0, () => Compound(place)),
        (shared.Count > 0 ? 6 : 0, () => Data(place)),
        (profile.PriorityWeight, () => new Deed.Priority(draw.Between(0, LeastUrgent))),
        (profile.NonPreemptive > 0 ? 1 : 0, () => new Deed.NonPreemptive([new Deed.Run(Work())])))();

    private Deed Simple(Place place)
    {
        if (draw.Chance(100 - profile.Waits)) return new Deed.Run(Work());
        if (place.Kind == ActorKind.Process && !place.Job && draw.Chance(profile.AfterAnyTime / 4)) return new Deed.AfterAnyTime();
        return new Deed.Wait(Between(1, profile.LargestTime, profile.LargestTime / 2));
    }

    private Deed Message(Port port, Place? place)
    {
        var argument = port.Argument is null ? null
            : shared.Count > 0 && port.Argument.Top >= shared[0].Top && draw.Chance(40) ? Condition.Of(shared[0].Name, shared[0].Name)
            : Condition.Of(draw.Between(0, port.Argument.Top).ToString(global::System.Globalization.CultureInfo.InvariantCulture));
        if (port.Kind is PortKind.Sent or PortKind.Notified || place is null) return new Deed.Send(port.To, port.Message, argument, port.Kind == PortKind.Notified);
        ImmutableArray<Deed>? refused = port.To.StartsWith('e') ? draw.Chance(60) ? Refused() : null : draw.Chance(10) ? Refused() : null;
        string? result = port.Kind != PortKind.CalledForValue || !draw.Chance(50) ? null
            : place.Own is { } own && own.Top >= shared[0].Top ? own.Name : shared[0].Name;
        return new Deed.Call(port.To, port.Message, argument, result, refused);
    }

    private ImmutableArray<Deed> Refused() => draw.Chance(50) ? [] : [new Deed.Run(Work())];

    private Deed Locked(Place place)
    {
        int which = draw.Between(place.Held, mutexes.Count - 1);
        var inside = Block(place with { Held = which + 1, Depth = 0 });
        return new Deed.Lock(mutexes[chained ? mutexes.Count - 1 - which : which].Name, inside is [Deed.Exit] ? [new Deed.Run(Work())] : inside);
    }

    private Deed Compound(Place place)
    {
        var inside = place with { Depth = place.Depth - 1 };
        switch (draw.Between(0, 9))
        {
            case < 4:
                return new Deed.Choose([Block(inside), draw.Chance(30) ? [] : Block(inside)]);
            case < 7:
                return new Deed.Repeat(draw.Between(0, 3), Block(inside));
            case 7 when !place.Job:
                return new Deed.Measure(Name('t'), Block(inside));
            default:
                return new Deed.If(Decision(place), Block(inside), draw.Chance(50) ? Block(inside) : null);
        }
    }

    private Deed Data(Place place)
    {
        var variable = place.Own is { } own && draw.Chance(30) ? own : shared[0];
        return draw.Weighted<Func<Deed>>(
            (6, () => new Deed.Assign(variable.Name, Condition.Of($"{draw.Between(0, variable.Top)}", variable.Name))),
            (1, () => new Deed.Assign(variable.Name, Condition.Of($"{variable.Top} - {variable.Name}", variable.Name))),
            (place.Kind == ActorKind.Process ? 1 : 0, () => new Deed.Await(Condition.Of($"{shared[0].Name} >= {draw.Between(0, 1)}", shared[0].Name))),
            (1, () => new Deed.Assert(Condition.Of($"{shared[0].Name} <= {draw.Between(0, shared[0].Top)}", shared[0].Name))))();
    }

    private Condition Decision(Place place)
    {
        if (place.Own is { } own && draw.Chance(50)) return Condition.Of($"{own.Name} == {draw.Between(0, 1)}", own.Name);
        if (shared.Count > 0) return Condition.Of($"{shared[0].Name} == {draw.Between(0, shared[0].Top)}", shared[0].Name);
        if (endpoints.Count > 0) return Condition.Of($"count({endpoints[0].Name}) == 1", endpoints[0].Name);
        return Condition.Of("true");
    }
}
