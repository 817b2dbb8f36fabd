using System.Collections.Immutable;
using Irekae.Model.Binding;

namespace Irekae.Properties.Generators;

/// <summary>Questions about what the system has.</summary>
public sealed partial class SystemDraw
{
    private const int Most = 4;

    private ImmutableArray<PropertySketch> Properties(Sketch sketch)
    {
        var asked = new List<Asked>();
        foreach (var quantity in Quantities(sketch))
        {
            if (asked.Count == Most) break;
            asked.Add(new Asked.Extreme(true, quantity, draw.Chance(30) ? draw.Between(1, 4 * profile.LargestTime) : null));
            if (draw.Chance(60)) asked.Add(new Asked.Extreme(false, quantity, null));
        }

        asked.Add(new Asked.OfState(draw.Pick(["always", "never", "reachable"]), StateCondition(sketch)));
        asked.Add(new Asked.OfState(draw.Pick(["always", "reachable"]), StateCondition(sketch)));
        if (sketch.All().OfType<Deed.Measure>().FirstOrDefault() is { } measure && draw.Chance(40)) asked.Add(new Asked.After(measure.Name, StateCondition(sketch)));
        if (sketch.All().OfType<Deed.Call>().FirstOrDefault() is { } call && draw.Chance(25)) asked.Add(new Asked.Answered($"{call.To}.{call.Message}", draw.Between(1, 4 * profile.LargestTime)));
        return [.. asked.Select((question, k) => new PropertySketch($"q{k}", question, [.. sketch.Faults.Where(_ => draw.Chance(50)).Select(f => f.Name)]))];
    }

    private static IEnumerable<Quantified> Quantities(Sketch sketch)
    {
        foreach (var actor in sketch.Actors)
            if (actor.Jobs is not null) yield return new Quantified.Response(actor.Name);
        foreach (var measure in sketch.All().OfType<Deed.Measure>()) yield return new Quantified.OfMeasure(measure.Name);
        foreach (var actor in sketch.Actors)
            foreach (var mark in actor.All().OfType<Deed.Mark>()) yield return new Quantified.Gap(actor.Name, mark.Name);
    }

    private Condition StateCondition(Sketch sketch)
    {
        var processes = sketch.Actors.Where(a => a.Kind != ActorKind.Device).SelectMany(a => a.Names).ToList();
        string one = draw.Pick(processes), other = draw.Pick(processes);
        int drawn = draw.Between(0, 9);
        if (drawn == 0 && endpoints.Count > 0) return Condition.Of($"bound({endpoints[0].Name}) == {endpoints[0].Actor}", endpoints[0].Name, endpoints[0].Actor!);
        if (drawn == 1 && endpoints.Count > 0) return Condition.Of($"count({endpoints[0].Name}) == 1", endpoints[0].Name);
        if (drawn == 2 && mutexes.Count > 0) return Condition.Of($"holder({mutexes[0].Name}) == {one}", mutexes[0].Name, one);
        if (drawn == 3 && shared.Count > 0) return Condition.Of($"{shared[0].Name} == {draw.Between(0, shared[0].Top)}", shared[0].Name);
        return drawn switch
        {
            <= 4 => Condition.Of($"running({one})", one),
            5 => Condition.Of($"blocked({one}) && running({other})", one, other),
            6 => Condition.Of($"waiting({one}) <= {draw.Between(0, 1)}", one),
            7 => Condition.Of($"running({one}) || !running({other})", one, other),
            8 => Condition.Of($"alive({one})", one),
            _ => Condition.Of($"!running({one}) && !running({other})", one, other),
        };
    }
}
