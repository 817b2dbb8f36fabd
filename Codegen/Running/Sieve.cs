using System.Collections.Immutable;
using System.Numerics;
using Irekae.Codegen.Emit;
using Irekae.Codegen.Simulator;
using Irekae.Model.Binding;
using Irekae.Model.Numbers;
using Irekae.Model.Semantics;

namespace Irekae.Codegen.Running;

/// <summary>The generated simulator and the interpreter do not agree on a run: an error of this program, whatever the specification.</summary>
public sealed class SieveException(string what) : Exception($"the generated simulator and the interpreter disagree: {what}");

/// <summary>A run that cannot be judged in generated code; the interpreter can.</summary>
public sealed class UnsievedException(string why) : Exception(why);

/// <summary>What a run says of a property, or of the always-on checks.</summary>
/// <param name="Touched">The run has a say.</param>
/// <param name="Decided">It contradicts the property, or gets to what <c>reachable</c> asks for.</param>
/// <param name="Value">The most extreme value of its quantity, in fine ticks; −1: none.</param>
public readonly record struct Sieved(bool Touched, bool Decided, long Value);

/// <summary>
/// Many random runs, each judged in generated code by several properties and by the always-on checks. A sieve and no more: what it finds is made again
/// by the interpreter (<see cref="SieveRuns.Remake"/>) and judged there.
/// </summary>
public sealed class Sieve
{
    private readonly EmittedSimulator emitted;
    private readonly CompiledSimulators compiled;
    private readonly ImmutableArray<Property> properties;

    private Sieve(EmittedSimulator emitted, CompiledSimulators compiled, ImmutableArray<Property> properties)
    {
        (this.emitted, this.compiled, this.properties) = (emitted, compiled, properties);
        Fine = SpecTimes.Of(emitted.System).ParameterStep;
    }

    public TransitionSystem System => emitted.System;

    /// <summary>Fine ticks per tick.</summary>
    public long Fine { get; }

    /// <param name="system">Observes what the properties ask about.</param>
    /// <exception cref="EmittedCodeException">A fault of this program.</exception>
    public static Sieve Of(TransitionSystem system, ImmutableArray<Property> properties, CompiledStore? store = null)
    {
        WarmUp.Begin();
        var emitted = Emit(system, properties, Names.Identifier(system.System.Name.Length == 0 ? "spec" : system.System.Name) + "_judge");
        return Of(emitted, CompiledSimulators.Compile([emitted], store, forGood: true), properties);
    }

    internal static EmittedSimulator Emit(TransitionSystem system, ImmutableArray<Property> properties, string className) =>
        Emitter.Emit(system, className, judged: new Judged(
            [.. properties.Select(AtRest).OfType<(BoundExpression, bool)>()],
            [.. properties.Where(property => property.Question is Question.Max or Question.Answered).Select(property => QuantityOf(system, property))]));

    internal static Sieve Of(EmittedSimulator emitted, CompiledSimulators compiled, ImmutableArray<Property> properties) => new(emitted, compiled, properties);

    /// <summary>Draws runs one after the other; one for each thread.</summary>
    public SieveRuns Draw() => new(this);

    /// <summary>Nanoseconds of a duration.</summary>
    public Rational Nanoseconds(long fineTicks) => new(System.Tick.Numerator * fineTicks, System.Tick.Denominator * Fine);

    internal Simulation<JudgingWorld> Create(JudgingWorld world) => compiled.Create(emitted, Fine, world);

    internal ImmutableArray<Judge> Judges()
    {
        var judges = ImmutableArray.CreateBuilder<Judge>();
        int atRest = properties.Count(property => AtRest(property) is not null), next = 0;
        foreach (var property in properties)
        {
            judges.Add(property.Question switch
            {
                Question.Max q => new Judge.Largest(QuantityOf(System, property), Limit(q.Bound, up: false)),
                Question.Answered q => new Judge.Largest(QuantityOf(System, property), Limit(q.Bound, up: false)),
                Question.Min q => new Judge.Smallest(QuantityOf(System, property), Limit(q.Bound, up: true)),
                Question.After q => new Judge.After(QuantityOf(System, property), atRest + ConditionOf(q)),
                _ => new Judge.AtRest(next++),
            });
        }
        return judges.ToImmutable();
    }

    private static (BoundExpression Condition, bool Decides)? AtRest(Property property) => property.Question switch
    {
        Question.Always q => (q.Condition, false),
        Question.Reachable q => (q.Condition, true),
        _ => null,
    };

    private static int QuantityOf(TransitionSystem system, Property property)
    {
        Quantity quantity = property.Question switch
        {
            Question.Max q => q.Quantity,
            Question.Min q => q.Quantity,
            Question.Answered q => q.Request,
            Question.After q => new Quantity.OfMeasure(q.Measure),
            _ => throw new global::System.Diagnostics.UnreachableException(property.Question.GetType().Name),
        };
        return system.Observation.Quantities.IndexOf(quantity) is >= 0 and var index ? index : throw new ArgumentException($"{quantity} is not observed");
    }

    private int ConditionOf(Question.After question)
    {
        for (int k = 0; k < System.Observation.Conditions.Length; k++)
            if (ReferenceEquals(System.Observation.Conditions[k].Condition, question.Condition) && System.Observation.Conditions[k].Measure == question.Measure) return k;
        throw new ArgumentException($"the condition after {question.Measure.Name} is not observed");
    }

    /// <summary>The last value in fine ticks that keeps to a bound; null: there is none.</summary>
    private long? Limit(Rational? bound, bool up)
    {
        if (bound is not { } limit) return null;
        BigInteger numerator = limit.Numerator * System.Tick.Denominator * Fine, denominator = limit.Denominator * System.Tick.Numerator;
        var whole = BigInteger.DivRem(numerator, denominator, out var rest);
        return (long)BigInteger.Min(up && !rest.IsZero ? whole + 1 : whole, long.MaxValue);
    }
}
