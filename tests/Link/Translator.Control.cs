using System.Collections.Immutable;
using Irekae.Model.Binding;

namespace Irekae.Tests.Link;

/// <summary>Where somebody is in the text.</summary>
internal sealed partial class Translator
{
    /// <summary>Goes on, with <paramref name="statement"/> or else with what is left to do.</summary>
    private World Go(World world, int actor, BoundStatement? statement = null)
    {
        var person = world[actor];
        var stack = person.Stack;
        while (true)
        {
            if (statement is BoundStatement.Block block)
            {
                stack = stack.Add(new Frame.Rest(block, 0));
                statement = null;
            }
            else if (statement is BoundStatement.Loop loop)
            {
                stack = stack.Add(new Frame.Again(loop));
                statement = loop.Body;
                continue;
            }

            if (statement is not null || stack.IsEmpty) break;
            var top = stack[^1];
            if (top is Frame.Rest rest)
            {
                stack = stack.RemoveAt(stack.Count - 1);
                if (rest.Next < rest.Block.Statements.Length - 1) stack = stack.Add(rest with { Next = rest.Next + 1 });
                if (rest.Next < rest.Block.Statements.Length) statement = rest.Block.Statements[rest.Next];
            }
            else if (top is Frame.Rounds rounds)
            {
                stack = stack.RemoveAt(stack.Count - 1);
                if (rounds.Left > 1) stack = stack.Add(rounds with { Left = rounds.Left - 1 });
                if (rounds.Left > 0) statement = rounds.Repeat.Body;
            }
            else
            {
                break;
            }
        }

        return world.With(actor, person with { Act = Act.Step, At = statement, Stack = stack });
    }

    private World Inside(World world, int actor, Frame frame, BoundStatement body)
    {
        world = world.With(actor, world[actor] with { Stack = world[actor].Stack.Add(frame) });
        return Go(world, actor, body);
    }

    /// <summary>Leaves the innermost frame, or the body.</summary>
    private IEnumerable<World> Leave(World world, int actor)
    {
        var person = world[actor];
        if (person.Stack.IsEmpty) return [BodyEnds(world, actor)];
        var top = person.Stack[^1];
        switch (top)
        {
            case Frame.Again again:
                return [Go(world, actor, again.Loop.Body)];
            case Frame.Uncounted uncounted:
                return [Go(world, actor, uncounted.Repeat.Body), Go(Pop(world, actor), actor)];
            default:
                return [Go(LeaveFrame(world, actor), actor)];
        }
    }

    private static World Pop(World world, int actor) => world.With(actor, world[actor] with { Stack = world[actor].Stack.RemoveAt(world[actor].Stack.Count - 1) });

    private World LeaveFrame(World world, int actor)
    {
        var top = world[actor].Stack[^1];
        world = Pop(world, actor);
        return top switch
        {
            Frame.Timing timing => MeasureEnds(world, actor, timing.Measure),
            Frame.Holding holding => Unlock(world, actor, holding.Mutex),
            Frame.Handling handling => ForgetParameters(world, handling.Handler),
            Frame.Section => SectionEnds(world, actor),
            _ => world,
        };
    }

    /// <summary>
    /// Out of every block: mutexes are freed in the order of their declarations, measures are not taken, who was not answered waits for ever.
    /// </summary>
    private World LeaveAll(World world, int actor)
    {
        var stack = world[actor].Stack;
        world = world.With(actor, world[actor] with { Stack = [] });
        foreach (var holding in stack.OfType<Frame.Holding>().OrderBy(f => f.Mutex.Index)) world = Unlock(world, actor, holding.Mutex);
        foreach (var timing in stack.OfType<Frame.Timing>()) world = mistake == Mistake.MeasureTakenOnExit ? MeasureEnds(world, actor, timing.Measure) : End(world, OfMeasure(timing.Measure, actor));
        foreach (var handling in stack.OfType<Frame.Handling>()) world = ForgetParameters(world, handling.Handler);
        return world;
    }

    private static World ForgetParameters(World world, Handler handler) =>
        handler.Parameters.Aggregate(world, (w, p) => w with { Data = w.Data.SetItem(p.Index, p.Initial) });

    /// <summary>The end of the text, or <c>exit</c>.</summary>
    private World BodyEnds(World world, int actor) => system.Actors[actor].Activation is null ? Dies(world, actor, ofItself: true) : JobEnds(world, actor);
}
