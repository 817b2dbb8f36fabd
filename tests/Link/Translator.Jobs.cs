using Irekae.Model.Binding;

namespace Irekae.Tests.Link;

/// <summary>Periodic and sporadic processes.</summary>
internal sealed partial class Translator
{
    private World Arrives(World world, int actor)
    {
        var own = system.Actors[actor];
        var activation = own.Activation!;
        world = Begin(world, Name.Arrival(own), activation.Separation);
        if (world[actor].Arrived >= activation.Backlog + (mistake == Mistake.BacklogOneMore ? 1 : 0)) return Wrong(world, "check.overflow");
        world = ResponseBegins(world, own, world[actor].Arrived);
        world = world.With(actor, world[actor] with { Arrived = world[actor].Arrived + 1 });
        return activation.Jitter is { } jitter ? Begin(world, Name.Jitter(own), jitter) : Releases(world, actor);
    }

    private World Releases(World world, int actor)
    {
        bool idle = world[actor].Act == Act.Idle;
        world = world.With(actor, world[actor] with { Released = world[actor].Released + 1 });
        return idle ? Go(Wake(world, actor), actor, system.Actors[actor].Body) : world;
    }

    /// <summary>The next one is a job like any other: it has a fresh slice and goes to the tail, even if it has waited for this one.</summary>
    private World JobEnds(World world, int actor)
    {
        var person = world[actor];
        world = ResponseEnds(world, system.Actors[actor], person.Arrived);
        world = world.With(actor, person with { Arrived = person.Arrived - 1, Released = person.Released - 1 });
        if (mistake == Mistake.NextJobKeepsTheCore && person.Released > 1) return Go(world, actor, system.Actors[actor].Body);
        world = Block(world, actor, Act.Idle, null);
        return person.Released > 1 ? Go(Wake(world, actor), actor, system.Actors[actor].Body) : world;
    }
}
