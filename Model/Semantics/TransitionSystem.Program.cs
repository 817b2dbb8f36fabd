using System.Collections.Immutable;
using Irekae.Model.Semantics.Program;

namespace Irekae.Model.Semantics;

/// <summary>What a generator of code has to know of a compiled system besides its public face.</summary>
public sealed partial class TransitionSystem
{
    internal const int StepsInNoTime = StepLimit;

    /// <summary>The body of an actor as instructions.</summary>
    internal ReadOnlySpan<Instruction> CodeOf(int actor) => code[actor];

    /// <summary>The step there may be done at once, whatever others are about to do.</summary>
    internal bool IsSilentAt(int actor, int place) => silent[actor][place];

    /// <summary>Those of the actor's local cells that hold a handler's caller; the others count rounds.</summary>
    internal ReadOnlySpan<int> CallerCellsOf(int actor) => callerCells[actor];

    internal int LocalCellsOf(int actor) => layout.Inbox[actor] - layout.Locals[actor];

    /// <summary>Indices of the variables that are parameters of the actor's handlers.</summary>
    internal ReadOnlySpan<int> HandlerParametersOf(int actor) => parameters[actor];

    /// <summary>Null: no slices, or none that can be told from having none.</summary>
    internal TickInterval? QuantumOf(int actor) => quanta[actor];

    internal TickInterval? SwitchCost => switchCost;

    internal (TickInterval Separation, TickInterval Offset, TickInterval? Jitter)? ActivationOf(int actor) =>
        activations[actor] is { } ticks ? (ticks.Separation, ticks.Offset, ticks.Jitter) : null;

    internal ImmutableArray<TickInterval> ParameterRanges => parameterRanges;

    /// <summary>The id of the timer of this kind and subject; −1: there is none.</summary>
    internal int TimerOf(TimerKind kind, int subject) => timers.Find(kind, subject);

    /// <summary>The clock of an occurrence of a quantity: by actor, or by place in the queue of jobs; −1: none.</summary>
    internal int ClockOf(int quantity, int key) => timers.Clock(quantity, key);

    internal static bool TakesNoTime(TickInterval interval) => IsNothing(interval);
}
