using Irekae.Model.Binding;

namespace Irekae.Tests.Link;

/// <summary>Clocks: what is observed of measures, marks, jobs and answers.</summary>
internal sealed partial class Translator
{
    private World MeasureBegins(World world, int actor, Measure measure) =>
        Observed<Quantity.OfMeasure>(q => q.Measure.Index == measure.Index).Aggregate(world, (w, _) => Begin(w, OfMeasure(measure, actor), Times.Zero));

    private World MeasureEnds(World world, int actor, Measure measure)
    {
        world = Observed<Quantity.OfMeasure>(q => q.Measure.Index == measure.Index).Aggregate(world, (w, _) => Stop(w, OfMeasure(measure, actor)));
        for (int k = 0; k < observation.Conditions.Length; k++)
            if (observation.Conditions[k].Measure.Index == measure.Index && !Holds(observation.Conditions[k].Condition, world)) world = world with { Found = world.Found.Add($"after {k}") };
        return world;
    }

    private World Passes(World world, Mark mark)
    {
        world = world.Tell($"passes {mark.Name}");
        return Observed<Quantity.Gap>(q => q.Mark.Index == mark.Index).Aggregate(world, (w, _) => Begin(Stop(w, OfGap(mark)), OfGap(mark), Times.Zero));
    }

    private World AnswerBegins(World world, int actor, BoundStatement.Call call) => Asked(call).Aggregate(world, (w, q) => Begin(w, OfAnswer(q, actor), Times.Zero));

    private World AnswerEnds(World world, int caller) => Asked((BoundStatement.Call)world[caller].At!).Aggregate(world, (w, q) => Stop(w, OfAnswer(q, caller)));

    private World AnswerGivenUp(World world, int caller) => Asked((BoundStatement.Call)world[caller].At!).Aggregate(world, (w, q) => End(w, OfAnswer(q, caller)));

    private World ResponseBegins(World world, Actor actor, int job) =>
        Observed<Quantity.Response>(q => q.Actor.Index == actor.Index).Aggregate(world, (w, _) => Begin(w, OfJob(actor, job), Times.Zero));

    /// <summary>The oldest job ends; the others move up.</summary>
    private World ResponseEnds(World world, Actor actor, int jobs)
    {
        if (!Observed<Quantity.Response>(q => q.Actor.Index == actor.Index).Any()) return world;
        world = Stop(world, OfJob(actor, 0));
        for (int job = 1; job < jobs && mistake != Mistake.ResponseOfTheNextJob; job++)
        {
            var origin = world.Timers[OfJob(actor, job)];
            world = End(world, OfJob(actor, job));
            world = world with { Timers = world.Timers.SetItem(OfJob(actor, job - 1), origin) };
        }

        return world;
    }

    private World ClocksOfTheDead(World world, Actor actor, bool ofItself)
    {
        foreach (var quantity in observation.Quantities)
        {
            switch (quantity)
            {
                case Quantity.OfMeasure q:
                    world = End(world, OfMeasure(q.Measure, actor.Index));
                    break;
                case Quantity.Answer q:
                    world = End(world, OfAnswer(q, actor.Index));
                    break;
                case Quantity.Response q when q.Actor.Index == actor.Index:
                    for (int job = 0; job < actor.Activation!.Backlog; job++) world = End(world, OfJob(actor, job));
                    break;
                case Quantity.Gap q when ofItself && mistake != Mistake.GapLeftOpen && Can(actor, q.Mark) && !system.Actors.Any(a => a.Index != actor.Index && IsAlive(world, a.Index) && Can(a, q.Mark)):
                    world = End(world, OfGap(q.Mark));
                    break;
            }
        }

        return world;
    }

    private static bool Can(Actor actor, Mark mark) => actor.Body.WithDescendants().Any(s => s is BoundStatement.PassMark p && p.Mark.Index == mark.Index);

    private IEnumerable<T> Observed<T>(Func<T, bool> which)
        where T : Quantity => observation.Quantities.OfType<T>().Where(which);

    private IEnumerable<Quantity.Answer> Asked(BoundStatement.Call call) =>
        Observed<Quantity.Answer>(q => q.Endpoint.Index == call.Endpoint.Index && q.Message.Index == call.Message.Index);

    /// <summary>An occurrence ends, if one goes on.</summary>
    private static World Stop(World world, string clock) => world.Timers.TryGetValue(clock, out var origin)
        ? End(world, clock) with { Ended = world.Ended.Add((origin as Origin.Since)?.Timer) }
        : world;

    private string OfMeasure(Measure measure, int actor) => $"clock {measure.Name} of {system.Actors[actor].Name}";

    private static string OfGap(Mark mark) => $"clock gap({mark.Name})";

    private string OfAnswer(Quantity.Answer q, int actor) => $"clock {q.Endpoint.Name}.{q.Message.Name} asked by {system.Actors[actor].Name}";

    private static string OfJob(Actor actor, int job) => $"clock response of {actor.Name}, job {job + 1}";
}
