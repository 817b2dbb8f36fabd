using System.Collections.Immutable;
using Irekae.Model.Binding;

namespace Irekae.Properties.Generators;

/// <summary>
/// Cutting out whatever refers to something that is no longer there, until nothing dangles. What is left is a well-formed specification,
/// so that a shrinker may drop any declaration or statement without looking further.
/// </summary>
public static class Pruning
{
    public static Sketch Pruned(this Sketch sketch)
    {
        while (true)
        {
            var declared = Declared(sketch);
            var next = Once(sketch, declared.Contains);
            if (SketchText.Of(next) == SketchText.Of(sketch)) return next;
            sketch = next;
        }
    }

    private static HashSet<string> Declared(Sketch sketch)
    {
        var names = new HashSet<string>();
        names.UnionWith(sketch.Parameters.Select(p => p.Name));
        names.UnionWith(sketch.Shared.Select(v => v.Name));
        names.UnionWith(sketch.Mutexes.Select(m => m.Name));
        names.UnionWith(sketch.Faults.Select(f => f.Name));
        foreach (var actor in sketch.Actors)
        {
            names.UnionWith(actor.Names);
            names.Add(actor.Name);
            names.UnionWith(actor.Variables.Select(v => v.Name));
            names.UnionWith(Handlers(actor).Where(h => h.Argument is not null).Select(h => h.Argument!.Name));
            foreach (string name in actor.Names.Append(actor.Name))
                names.UnionWith(Handlers(actor).Select(h => $"{name}.{h.Message}"));
            if (actor.Jobs is not null) names.Add(ResponseOf(actor.Name));
            foreach (var deed in actor.All())
                if (deed is Deed.Measure measure) names.Add(measure.Name);
                else if (deed is Deed.Mark mark) names.Add($"{actor.Name}.{mark.Name}");
        }

        var valued = sketch.Actors.SelectMany(Handlers).GroupBy(h => h.Message).Where(g => g.All(h => AnswersWithValue(h.Body)));
        names.UnionWith(valued.Select(g => AnswerTo(g.Key)));
        foreach (var endpoint in sketch.Endpoints)
        {
            names.Add(endpoint.Name);
            var holders = sketch.All().OfType<Deed.Bind>().Where(b => b.Endpoint == endpoint.Name).Select(b => b.Actor).Append(endpoint.Actor).OfType<string>().ToHashSet();
            var kinds = holders.Select(h => sketch.Actors.FirstOrDefault(a => a.Names.Contains(h))).OfType<ActorSketch>()
                .Select(a => Handlers(a).Select(h => h.Message).ToHashSet()).ToList();
            if (kinds.Count == 0) continue;
            names.UnionWith(kinds[0].Where(m => kinds.All(k => k.Contains(m))).Select(m => $"{endpoint.Name}.{m}"));
        }

        return names;
    }

    private static string ResponseOf(string process) => $"response of {process}";

    private static string AnswerTo(string message) => $"answer to {message}";

    /// <summary>There is a reply, and none without a value.</summary>
    private static bool AnswersWithValue(ImmutableArray<Deed> body) => Replies(body).ToList() is { Count: > 0 } replies && replies.TrueForAll(r => r.Value is not null);

    /// <summary>Those inside a <c>receive</c> answer somebody else.</summary>
    private static IEnumerable<Deed.Reply> Replies(ImmutableArray<Deed> body) => body.SelectMany(deed => deed switch
    {
        Deed.Reply reply => [reply],
        Deed.Receive => [],
        _ => deed.Blocks().SelectMany(Replies),
    });

    private static IEnumerable<HandlerSketch> Handlers(ActorSketch actor) =>
        actor.Handlers.Concat(actor.All().OfType<Deed.Receive>().SelectMany(r => r.Handlers));

    private static Sketch Once(Sketch sketch, Func<string, bool> known) => sketch with
    {
        Machine = sketch.Machine,
        Endpoints = [.. sketch.Endpoints.Select(e => e.Actor is { } actor && !known(actor) ? e with { Actor = null } : e)],
        Actors =
        [
            .. sketch.Actors.Where(a => a.Kind == ActorKind.Process || !a.Handlers.IsEmpty).Select(a => a with
            {
                Core = a.Core < sketch.Machine.Cores ? a.Core : null,
                Body = Kept(a.Body, known),
                Handlers = [.. a.Handlers.Select(h => h with { Body = Kept(h.Body, known) })],
            }),
        ],
        Faults = [.. sketch.Faults.Where(f => known(f.Object))],
        Properties = [.. sketch.Properties.Where(p => Names(p.Asked).Concat(p.Under).All(known))],
    };

    private static ImmutableArray<Deed> Kept(ImmutableArray<Deed> deeds, Func<string, bool> known)
    {
        var kept = ImmutableArray.CreateBuilder<Deed>();
        foreach (var deed in deeds)
        {
            if (!Names(deed).All(known)) continue;
            var inner = deed.With([.. deed.Blocks().Select(b => Kept(b, known))]);
            if (inner is Deed.Loop loop && !loop.Body.TakesTime()) continue;
            if (inner is Deed.Call { Result: not null } call && !known(AnswerTo(call.Message))) inner = call with { Result = null };
            kept.Add(inner);
            if (inner is Deed.Exit or Deed.Loop) break;
        }

        return kept.ToImmutable();
    }

    /// <summary>What the statement itself refers to, not what is inside it.</summary>
    private static IEnumerable<string> Names(Deed deed) => deed switch
    {
        Deed.Run { Duration.Parameter: { } p } => [p],
        Deed.Wait { Duration.Parameter: { } p } => [p],
        Deed.Await d => d.Condition.Names,
        Deed.Call d => [$"{d.To}.{d.Message}", .. d.Argument?.Names ?? [], .. d.Result is { } result ? new[] { result } : []],
        Deed.Send d => [$"{d.To}.{d.Message}", .. d.Argument?.Names ?? []],
        Deed.Reply { Value: { } value } => value.Names,
        Deed.Spawn d => [d.Actor],
        Deed.Start d => [d.Actor],
        Deed.Kill d => [d.Actor],
        Deed.Bind d => d.Actor is { } actor ? [d.Endpoint, actor] : [d.Endpoint],
        Deed.If d => d.Condition.Names,
        Deed.Assign d => [d.Variable, .. d.Value.Names],
        Deed.Lock d => [d.Mutex],
        Deed.Assert d => d.Condition.Names,
        _ => [],
    };

    private static IEnumerable<string> Names(Asked asked) => asked switch
    {
        Asked.Extreme { Quantity: Quantified.OfMeasure q } => [q.Measure],
        Asked.Extreme { Quantity: Quantified.Gap q } => [$"{q.Process}.{q.Mark}"],
        Asked.Extreme { Quantity: Quantified.Response q } => [ResponseOf(q.Process)],
        Asked.OfState a => a.Condition.Names,
        Asked.After a => [a.Measure, .. a.Condition.Names],
        Asked.Answered a => [a.Message],
        _ => throw new System.Diagnostics.UnreachableException(asked.GetType().Name),
    };
}
