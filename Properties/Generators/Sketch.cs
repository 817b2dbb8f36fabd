using System.Collections.Immutable;
using Irekae.Model.Binding;

namespace Irekae.Properties.Generators;

/// <summary>
/// A whole specification as the generators see it: small enough to cut pieces out of, printed by <see cref="SketchText"/>. Times are whole
/// numbers of one unit. Every declared name is one letter and a number and occurs once in the sketch, except the instances <c>old</c> and <c>new</c>.
/// </summary>
public sealed record Sketch(
    MachineSketch Machine,
    ImmutableArray<ParameterSketch> Parameters,
    ImmutableArray<VariableSketch> Shared,
    ImmutableArray<MutexSketch> Mutexes,
    ImmutableArray<EndpointSketch> Endpoints,
    ImmutableArray<ActorSketch> Actors,
    ImmutableArray<FaultSketch> Faults,
    ImmutableArray<PropertySketch> Properties);

public sealed record MachineSketch(int Cores, Lapse? Quantum, bool PreemptedToTail, bool SliceKept, Lapse? Switch, Ties Ties);

/// <summary>An interval of time; <c>High</c> null: no end. With a parameter both ends are that much more.</summary>
public sealed record Lapse(int Low, int? High, string? Parameter = null)
{
    public static Lapse Exactly(int time) => new(time, time);

    public bool IsPoint => High == Low && Parameter is null;
}

public sealed record ParameterSketch(string Name, Lapse Range);

/// <summary>Values 0 … <c>Top</c>. The name is as a reference has it: a shared one with its group, <c>w0.x0</c>.</summary>
public sealed record VariableSketch(string Name, int Top);

/// <param name="Ceiling">With <see cref="MutexProtocol.Ceiling"/>: written, or null where the binder computes it.</param>
public sealed record MutexSketch(string Name, MutexProtocol Protocol, int? Ceiling);

/// <param name="Actor">Its first holder; null: nobody.</param>
public sealed record EndpointSketch(string Name, string? Actor);

public sealed record ActorSketch(
    ActorKind Kind,
    string Name,
    int Priority,
    int? Core,
    bool NonPreemptive,
    Lapse? Quantum,
    JobSketch? Jobs,
    InboxSketch? Inbox,
    ImmutableArray<InstanceSketch> Instances,
    ImmutableArray<VariableSketch> Variables,
    ImmutableArray<Deed> Body,
    ImmutableArray<HandlerSketch> Handlers)
{
    /// <summary>What a reference to one that acts is written as.</summary>
    public IEnumerable<string> Names => Instances.IsEmpty ? [Name] : Instances.Select(i => $"{Name}.{i.Name}");
}

public sealed record JobSketch(bool Periodic, Lapse Separation, Lapse? Offset, Lapse? Jitter, int Backlog);

public sealed record InboxSketch(int Depth, WhenFull WhenFull);

public sealed record InstanceSketch(string Name, bool Absent);

/// <param name="Argument">The variable that takes the argument; null: the message has none.</param>
public sealed record HandlerSketch(string Message, VariableSketch? Argument, bool Urgent, ImmutableArray<Deed> Body);

/// <param name="Object">An actor for a crash; for the others an endpoint or server with or without message.</param>
public sealed record FaultSketch(string Name, FaultKind Kind, string Object, int AtMost);

public sealed record PropertySketch(string Name, Asked Asked, ImmutableArray<string> Under);

/// <summary>The question of a property.</summary>
public abstract record Asked
{
    /// <param name="Bound">Null: the value itself is asked for.</param>
    public sealed record Extreme(bool Largest, Quantified Quantity, int? Bound) : Asked;

    /// <param name="Word"><c>always</c>, <c>never</c> or <c>reachable</c>.</param>
    public sealed record OfState(string Word, Condition Condition) : Asked;

    public sealed record After(string Measure, Condition Condition) : Asked;

    public sealed record Answered(string Message, int Within) : Asked;
}

public abstract record Quantified
{
    public sealed record OfMeasure(string Measure) : Quantified;

    public sealed record Gap(string Process, string Mark) : Quantified;

    public sealed record Response(string Process) : Quantified;
}

/// <summary>A condition or a value as text, with the names in it.</summary>
public sealed record Condition(string Text, ImmutableArray<string> Names)
{
    public static Condition Of(string text, params ReadOnlySpan<string> names) => new(text, [.. names]);
}
