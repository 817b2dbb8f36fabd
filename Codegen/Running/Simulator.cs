using System.Collections.Immutable;
using System.Numerics;
using Irekae.Codegen.Emit;
using Irekae.Codegen.Simulator;
using Irekae.Model.Binding;
using Irekae.Model.Numbers;
using Irekae.Model.Semantics;

namespace Irekae.Codegen.Running;

/// <summary>The generated simulator of one system, compiled, with the quantities it measures.</summary>
public sealed class Simulator
{
    private readonly CompiledSimulators compiled;

    private Simulator(EmittedSimulator emitted, CompiledSimulators compiled, long fine)
    {
        Emitted = emitted;
        this.compiled = compiled;
        Fine = fine;
    }

    public EmittedSimulator Emitted { get; }

    public TransitionSystem System => Emitted.System;

    /// <summary>What is measured; its place here is its number.</summary>
    public ImmutableArray<Quantity> Quantities => System.Observation.Quantities;

    /// <summary>Fine ticks per tick of the specification: so many that a fine tick is at most a nanosecond where times fit that.</summary>
    public long Fine { get; }

    /// <param name="store">Where simulators compiled before are kept; null: nowhere.</param>
    /// <exception cref="EmittedCodeException">A fault of this program.</exception>
    public static Simulator Of(BoundSystem system, IEnumerable<Quantity> quantities, IEnumerable<Fault>? faults = null, Durations? durations = null, CompiledStore? store = null)
    {
        WarmUp.Begin();
        var observed = Observation.Nothing with { Quantities = [.. quantities], Faults = [.. faults ?? []] };
        var compiledSystem = TransitionSystem.Compile(system, observed);
        var emitted = Emitter.Emit(compiledSystem, Names.Identifier(system.Name.Length == 0 ? "spec" : system.Name) + "_simulator", durations);
        return new Simulator(emitted, CompiledSimulators.Compile([emitted], store, forGood: true), FineOf(compiledSystem));
    }

    /// <summary>Runs it again and again.</summary>
    /// <param name="each">Told each trial, in their order.</param>
    /// <param name="progress">Told from time to time how many trials are done.</param>
    /// <param name="cancel">Ends after the trials under way; what they have shown is returned.</param>
    public TrialOutcome Run(TrialPlan plan, Action<Trial>? each = null, Action<long>? progress = null, CancellationToken cancel = default) =>
        new TrialRunner(world => compiled.Create(Emitted, Fine, world), Quantities.Length).Run(plan, each, progress, cancel);

    /// <summary>A simulator that is moved by hand.</summary>
    public Simulation<TWorld> Create<TWorld>(TWorld world) where TWorld : struct, IWorld => compiled.Create(Emitted, Fine, world);

    /// <summary>Nanoseconds of an instant or a duration.</summary>
    public Rational Nanoseconds(long fineTicks) => new(System.Tick.Numerator * fineTicks, System.Tick.Denominator * Fine);

    /// <summary>Fine ticks of a time, rounded down, and at most half of what fits.</summary>
    public long FineTicks(Rational nanoseconds) =>
        (long)BigInteger.Min(nanoseconds.Numerator * System.Tick.Denominator * Fine / (nanoseconds.Denominator * System.Tick.Numerator), long.MaxValue / 2);

    /// <summary>Without knowing better, something that may take any time is drawn from these fine ticks.</summary>
    public (long Low, long High) UsualAnyTime => (0, checked(SeededChooser.Reach * Fine * SpecTimes.Of(System).Largest));

    private static long FineOf(TransitionSystem system)
    {
        var times = SpecTimes.Of(system);
        var perTick = system.Tick.Numerator / system.Tick.Denominator;
        var wanted = (perTick + times.ParameterStep - 1) / times.ParameterStep * times.ParameterStep;
        bool fits = wanted * times.Largest < long.MaxValue >> 16;
        return fits ? (long)BigInteger.Max(wanted, times.ParameterStep) : times.ParameterStep;
    }
}
