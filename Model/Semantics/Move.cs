using System.Collections.Immutable;
using Irekae.Model.Binding;

namespace Irekae.Model.Semantics;

public enum TimerKind
{
    /// <summary>Remaining work of a <c>run</c>: a stopwatch that counts down only while its process holds a core.</summary>
    Work,

    /// <summary>Remaining time of a <c>wait</c> or an <c>after any time</c>.</summary>
    Wait,

    /// <summary>Remaining slice: counts down while its process holds a core.</summary>
    Slice,

    /// <summary>Until the next arrival of a periodic or sporadic process.</summary>
    Arrival,

    /// <summary>From arrival to release.</summary>
    Jitter,

    /// <summary>Rest of a change of process on a core.</summary>
    Switch,

    /// <summary>Until a fault happens.</summary>
    Fault,

    /// <summary>A parameter of the system: never moves, never fires.</summary>
    Parameter,

    /// <summary>Time since an observed quantity began: counts up, never fires.</summary>
    Clock,
}

/// <summary>A timer that can exist in some configuration. Its id is its place in <see cref="TransitionSystem.Timers"/>.</summary>
/// <param name="Subject">Index of the actor, core, fault, parameter or observed quantity.</param>
public sealed record TimerInfo(int Id, TimerKind Kind, int Subject, string Name);

/// <summary>A bound on a fresh timer in ticks: (Constant + Σ Factor·parameter) / Denominator, the parameters being timers.</summary>
public sealed record TickBound(long Constant, ImmutableArray<(int Timer, long Factor)> Terms, long Denominator)
{
    public bool IsConstant => Terms.IsEmpty && Denominator == 1;
}

/// <summary>A closed interval in ticks a timer's first value lies in; <c>High</c> null: no end.</summary>
public sealed record TickInterval(TickBound Low, TickBound? High);

/// <summary>A timer that begins in this move, anywhere in the interval. Clocks begin at 0.</summary>
public readonly record struct Started(int Timer, TickInterval Interval);

/// <summary>An occurrence of an observed quantity has ended. Its value is the clock's before the move plus the delay; 0 when it also began in this move (Clock −1).</summary>
public readonly record struct Ended(int Quantity, int Clock);

/// <summary>What an always-on check found. The run goes on where that means something; see <see cref="Move.Stops"/>.</summary>
/// <param name="Kind">Which check.</param>
/// <param name="Text">What happened, in a sentence.</param>
public sealed record Violation(ViolationKind Kind, string Text, Text.SourceSpan? Span);

public enum ViolationKind
{
    /// <summary>A call that is refused, and no <c>else</c>: nobody alive is bound there, the inbox refuses, who should answer ends.</summary>
    Unbound,

    /// <summary>A message found an inbox or device queue full (and the spec says neither refuse nor drop), or a job arrived over the backlog.</summary>
    Overflow,

    /// <summary>A value outside its type.</summary>
    Range,

    /// <summary>An <c>assert</c> that does not hold.</summary>
    Assertion,

    /// <summary>Infinitely many steps in no time.</summary>
    TimeStops,

    /// <summary><c>spawn</c> of someone alive, <c>start</c> of someone not spawned.</summary>
    Lifecycle,
}

/// <summary>
/// One timer fires, all discrete consequences that take no time follow, and new timers start.
/// With x the timer values before the move and f = <see cref="Timer"/>:
/// the move can happen iff x_f ≤ x_j for every timer j that counts down, x_f &lt; x_j for those in <see cref="StrictlyBefore"/>,
/// and x_f = 0 when <see cref="Immediate"/>. Then d = x_f passes. With no timer (−1) d = 0 and x_f reads 0.
/// </summary>
/// <param name="Timer">The timer that fires, or −1: the beginning of a run, or the scheduler's turn under <c>ties batch</c>.</param>
/// <param name="Sources">For each timer of <c>Next</c>, in its order: the timer before the move it continues, or −1 when it is fresh (then it is in <c>Started</c>).</param>
/// <param name="Choices">What was chosen, in order: alternatives of <c>choose</c>, orders of simultaneous steps, messages lost, ends of work that are preempted. Tells apart the moves of one timer.</param>
/// <param name="FailedConditions">Indices into <see cref="Observation.Conditions"/> of those found false in this move.</param>
/// <param name="Stops">Nothing sensible follows the violation: <c>Next</c> has no moves.</param>
public sealed record Move(
    int Timer,
    bool Immediate,
    ImmutableArray<int> StrictlyBefore,
    Configuration Next,
    ImmutableArray<int> Sources,
    ImmutableArray<Started> Started,
    ImmutableArray<Ended> Ended,
    ImmutableArray<Event> Events,
    ImmutableArray<int> Choices,
    ImmutableArray<Violation> Violations,
    ImmutableArray<int> FailedConditions,
    bool Stops)
{
    /// <summary>Somebody whose work has ended is preempted before its end is complete: under <c>ties any</c> alone.</summary>
    public bool GoesOnEarly => Choices.Any(choice => choice >= TransitionSystem.GoesOnEarly);
}

public enum EventKind
{
    Fires, Dispatched, Preempted, SliceEnds, Blocks, Ready, Calls, Sends, Notifies, Takes, Replies, Refused, Lost, Dropped,
    Spawned, StartedUp, Killed, Crashed, Bound, Locked, Unlocked, MeasureBegins, MeasureEnds, Marks, Arrives, Released, JobEnds, Ends, Assigns, Chooses,
}

/// <summary>One line of a trace; <see cref="TransitionSystem.Describe(Event)"/> puts it in words. A, B, C are indices whose meaning depends on the kind.</summary>
public readonly record struct Event(EventKind Kind, int A, int B = -1, int C = -1)
{
    /// <summary>The statement that brings it about; null: a timer, the scheduler, or the end of a block does.</summary>
    public BoundStatement? By { get; init; }
}
