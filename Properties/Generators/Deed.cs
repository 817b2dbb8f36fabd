using System.Collections.Immutable;
using Irekae.Model.Binding;

namespace Irekae.Properties.Generators;

/// <summary>A statement of a sketch.</summary>
public abstract record Deed
{
    public sealed record Run(Lapse Duration) : Deed;

    public sealed record Wait(Lapse Duration) : Deed;

    public sealed record AfterAnyTime : Deed;

    public sealed record Await(Condition Condition) : Deed;

    /// <param name="To">Server, instance or endpoint.</param>
    /// <param name="Argument">Null: none.</param>
    /// <param name="Result">The variable that takes the answer; null: none.</param>
    /// <param name="Refused">Null: no <c>else</c>.</param>
    public sealed record Call(string To, string Message, Condition? Argument, string? Result, ImmutableArray<Deed>? Refused) : Deed;

    public sealed record Send(string To, string Message, Condition? Argument, bool Notify) : Deed;

    public sealed record Reply(Condition? Value) : Deed;

    public sealed record Receive(ImmutableArray<HandlerSketch> Handlers) : Deed;

    public sealed record Spawn(string Actor) : Deed;

    public sealed record Start(string Actor) : Deed;

    public sealed record Kill(string Actor) : Deed;

    /// <param name="Actor">Null: nobody.</param>
    public sealed record Bind(string Endpoint, string? Actor, InboxRule Rule) : Deed;

    public sealed record Choose(ImmutableArray<ImmutableArray<Deed>> Alternatives) : Deed;

    public sealed record If(Condition Condition, ImmutableArray<Deed> Then, ImmutableArray<Deed>? Else) : Deed;

    public sealed record Repeat(int Count, ImmutableArray<Deed> Body) : Deed;

    public sealed record Loop(ImmutableArray<Deed> Body) : Deed;

    public sealed record Assign(string Variable, Condition Value) : Deed;

    public sealed record Measure(string Name, ImmutableArray<Deed> Body) : Deed;

    public sealed record Mark(string Name) : Deed;

    public sealed record Lock(string Mutex, ImmutableArray<Deed> Body) : Deed;

    public sealed record NonPreemptive(ImmutableArray<Deed> Body) : Deed;

    public sealed record Priority(int Level) : Deed;

    public sealed record Assert(Condition Condition) : Deed;

    public sealed record Exit : Deed;
}

public static class Deeds
{
    /// <summary>The blocks directly inside, handlers' bodies included.</summary>
    public static ImmutableArray<ImmutableArray<Deed>> Blocks(this Deed deed) => deed switch
    {
        Deed.Call { Refused: { } refused } => [refused],
        Deed.Receive d => [.. d.Handlers.Select(h => h.Body)],
        Deed.Choose d => d.Alternatives,
        Deed.If { Else: { } otherwise } d => [d.Then, otherwise],
        Deed.If d => [d.Then],
        Deed.Repeat d => [d.Body],
        Deed.Loop d => [d.Body],
        Deed.Measure d => [d.Body],
        Deed.Lock d => [d.Body],
        Deed.NonPreemptive d => [d.Body],
        _ => [],
    };

    /// <summary>The same statement with other blocks inside, as many as <see cref="Blocks"/> gives.</summary>
    public static Deed With(this Deed deed, ImmutableArray<ImmutableArray<Deed>> blocks) => deed switch
    {
        _ when blocks.IsEmpty => deed,
        Deed.Call d => d with { Refused = blocks[0] },
        Deed.Receive d => d with { Handlers = [.. d.Handlers.Zip(blocks, (handler, body) => handler with { Body = body })] },
        Deed.Choose => new Deed.Choose(blocks),
        Deed.If { Else: not null } d => d with { Then = blocks[0], Else = blocks[1] },
        Deed.If d => d with { Then = blocks[0] },
        Deed.Repeat d => d with { Body = blocks[0] },
        Deed.Loop => new Deed.Loop(blocks[0]),
        Deed.Measure d => d with { Body = blocks[0] },
        Deed.Lock d => d with { Body = blocks[0] },
        Deed.NonPreemptive => new Deed.NonPreemptive(blocks[0]),
        _ => throw new System.Diagnostics.UnreachableException(deed.GetType().Name),
    };

    /// <summary>The statements and everything inside them.</summary>
    public static IEnumerable<Deed> All(this ImmutableArray<Deed> deeds)
    {
        foreach (var deed in deeds)
        {
            yield return deed;
            foreach (var block in deed.Blocks())
                foreach (var inner in block.All())
                    yield return inner;
        }
    }

    public static IEnumerable<Deed> All(this ActorSketch actor) => actor.Body.All().Concat(actor.Handlers.SelectMany(h => h.Body.All()));

    public static IEnumerable<Deed> All(this Sketch sketch) => sketch.Actors.SelectMany(All);

    /// <summary>On every path at least one unit of time passes, or somebody else has to act.</summary>
    public static bool TakesTime(this ImmutableArray<Deed> deeds) => deeds.Any(deed => deed switch
    {
        Deed.Run d => d.Duration.Low > 0,
        Deed.Wait d => d.Duration.Low > 0,
        Deed.Choose d => d.Alternatives.All(TakesTime),
        Deed.If d => d.Then.TakesTime() && d.Else is { } otherwise && otherwise.TakesTime(),
        Deed.Repeat d => d.Count > 0 && d.Body.TakesTime(),
        Deed.Loop or Deed.Measure or Deed.Lock or Deed.NonPreemptive => deed.Blocks()[0].TakesTime(),
        _ => false,
    });
}
