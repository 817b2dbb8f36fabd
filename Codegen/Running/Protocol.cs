using System.Collections.Immutable;
using Irekae.Codegen.Emit;
using Irekae.Model.Binding;
using Irekae.Model.Numbers;
using Irekae.Properties.Monitors;

namespace Irekae.Codegen.Running;

/// <summary>An experiment made ready: the system without whom it leaves out, its simulator, and how often it runs.</summary>
/// <param name="Experiment">Null: the system as it is, with everything measured.</param>
public sealed record Protocol(BoundSystem System, Experiment? Experiment, Simulator Simulator, TrialPlan Plan)
{
    private const long MostMoves = 100_000_000;

    /// <param name="system">Of the experiment's variant, and the one that its parts belong to.</param>
    /// <param name="store">Where simulators compiled before are kept; null: nowhere.</param>
    /// <exception cref="EmittedCodeException">A fault of this program.</exception>
    /// <exception cref="Validation.MistakenDataException">Data that durations are drawn from are not what they should be.</exception>
    /// <exception cref="OverflowException">A time does not fit.</exception>
    public static Protocol Of(BoundSystem system, Experiment? experiment, ulong seed, CompiledStore? store = null)
    {
        var whole = SystemOf(system, experiment);
        var simulator = Simulator.Of(whole, ObservedBy(whole, experiment), experiment?.Under, Durations.Of(experiment), store);
        var window = experiment?.AnyTime is var (low, high) ? (simulator.FineTicks(low), simulator.FineTicks(high)) : simulator.UsualAnyTime;
        var plan = new TrialPlan(experiment?.Trials ?? 1, seed, window, Moves: MostMoves)
        {
            Horizon = experiment?.Until is { } until ? simulator.FineTicks(until) : long.MaxValue,
        };
        return new Protocol(whole, experiment, simulator, plan);
    }

    /// <summary>A trial that ends before this instant.</summary>
    public Protocol Until(Rational nanoseconds) => this with { Plan = Plan with { Horizon = Simulator.FineTicks(nanoseconds) } };

    public Protocol Drawing(Rational low, Rational high) => this with { Plan = Plan with { AnyTime = (Simulator.FineTicks(low), Simulator.FineTicks(high)) } };

    /// <summary>What an experiment observes: all that is measured, where it does not say.</summary>
    public static IEnumerable<Quantity> ObservedBy(BoundSystem system, Experiment? experiment) => experiment is { Observed: { IsEmpty: false } observed } ? observed : Observing.Measured(system);

    /// <summary>The system that an experiment is made with.</summary>
    public static BoundSystem SystemOf(BoundSystem system, Experiment? experiment) => experiment is null ? system : Without(system, experiment.Without);

    /// <summary>Who is left out never comes to life: nobody starts it.</summary>
    private static BoundSystem Without(BoundSystem system, ImmutableArray<int> actors) =>
        system with { Actors = [.. system.Actors.Select(a => actors.Contains(a.Index) ? a with { Absent = true } : a)] };
}
