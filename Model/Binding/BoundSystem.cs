using System.Collections.Immutable;
using Irekae.Model.Text;

namespace Irekae.Model.Binding;

/// <summary>
/// A specification whose every name, unit and type has been resolved, for one choice of variant.
/// Times are exact rationals in nanoseconds; <c>Semantics</c> scales them to integer ticks.
/// Actors, mutexes, endpoints … carry their own index, which is their position in the array here.
/// </summary>
public sealed record BoundSystem(
    string Name,
    string Description,
    Machine Machine,
    ImmutableArray<Parameter> Parameters,
    ImmutableArray<Variable> Variables,
    ImmutableArray<Mutex> Mutexes,
    ImmutableArray<Endpoint> Endpoints,
    ImmutableArray<Message> Messages,
    ImmutableArray<Actor> Actors,
    ImmutableArray<Measure> Measures,
    ImmutableArray<Mark> Marks,
    ImmutableArray<Fault> Faults,
    ImmutableArray<Property> Properties,
    ImmutableArray<string> Variants)
{
    /// <summary>Which quantities were measured, in source order. One that names another variant is to be taken from the system bound for that.</summary>
    public ImmutableArray<Measurement> Measurements { get; init; } = [];

    /// <summary>In source order. One that names another variant is to be taken from the system bound for that.</summary>
    public ImmutableArray<Experiment> Experiments { get; init; } = [];
}

/// <summary>Cores and the rules of the scheduler (semantics, section 3).</summary>
/// <param name="Quantum">Default slice of every process; null: no slices.</param>
/// <param name="PreemptedToTail">A preempted process goes to the tail of its level with the rest of its slice; default head.</param>
/// <param name="SliceKept">Blocked and ready again: the rest of the slice is kept; default a fresh slice.</param>
/// <param name="Switch">Cost on a core when it changes process; null: none.</param>
public sealed record Machine(
    int Cores,
    Interval? Quantum,
    bool PreemptedToTail,
    bool SliceKept,
    Interval? Switch,
    Ties Ties);

/// <summary>Who comes first among events of one instant.</summary>
public enum Ties
{
    /// <summary>Processor work that is used up has ended before anything else at that instant; all else in every order.</summary>
    CompletionFirst,

    /// <summary>Every order.</summary>
    Any,

    /// <summary>
    /// The scheduler sees the whole instant: ends of work, then everything else that is due, then ends of slices,
    /// and only then are cores given out anew.
    /// </summary>
    Batch,
}

/// <summary>A duration that is some fixed, unknown value in the interval for a whole run.</summary>
public sealed record Parameter(int Index, string Name, Interval Range, SourceSpan Span);

/// <summary>An affine time: nanoseconds plus multiples of parameters.</summary>
public sealed record AffineTime(Numbers.Rational Constant, ImmutableArray<(Parameter Parameter, Numbers.Rational Factor)> Terms)
{
    public static AffineTime Of(Numbers.Rational nanoseconds) => new(nanoseconds, []);

    public bool IsConstant => Terms.IsEmpty;
}

/// <summary>A closed interval of time; <c>High</c> null means it has no end.</summary>
public sealed record Interval(AffineTime Low, AffineTime? High);

/// <summary>Finite data: every type is an integer range; enumerations and bool have names for their values.</summary>
public abstract record DataType
{
    public sealed record Bool : DataType;

    public sealed record Range(int Low, int High) : DataType;

    /// <summary>Values 0, 1, … in the order written.</summary>
    public sealed record Token(string Name, ImmutableArray<string> Values) : DataType;
}

/// <summary>One cell of data: shared, or of one actor (its variables and the parameters of its handlers).</summary>
/// <param name="Name">Qualified, as a trace shows it: <c>driver.old.kept</c>.</param>
/// <param name="Owner">The actor's index, or -1 when shared.</param>
public sealed record Variable(int Index, string Name, DataType Type, int Initial, int Owner);

public enum MutexProtocol { None, Inheritance, Ceiling }

/// <param name="Ceiling">With <see cref="MutexProtocol.Ceiling"/>: the priority of whoever holds it, computed from its users when the spec gives none.</param>
public sealed record Mutex(int Index, string Name, MutexProtocol Protocol, int Ceiling);

/// <summary>A name that messages are sent to. Every actor has one of its own name (fixed); <c>endpoint</c> declares movable ones.</summary>
/// <param name="Initial">Index of the actor it is bound to at the start, or -1.</param>
/// <param name="Movable">May be the object of <c>bind</c>.</param>
public sealed record Endpoint(int Index, string Name, int Initial, bool Movable);

/// <summary>A kind of message, by name: <c>transmit</c>; the same name at several servers is one kind.</summary>
public sealed record Message(int Index, string Name);

public enum ActorKind { Process, Server, Device }

/// <summary>What becomes of a message that finds the inbox full.</summary>
public enum WhenFull { Error, Refuse, Drop }

/// <summary>Periodic or sporadic activation: the body is one job.</summary>
/// <param name="Separation">Exactly (periodic) or at least (sporadic) this long between arrivals.</param>
/// <param name="Offset">Of the first arrival; for a sporadic process its end may be open.</param>
/// <param name="Jitter">From arrival to release; null: none. Its high end is below the separation.</param>
/// <param name="Deadline">From arrival to the end of the job; null: none.</param>
/// <param name="Backlog">How many jobs may be unfinished at once; one more is an error.</param>
public sealed record Activation(bool Periodic, Interval Separation, Interval Offset, Interval? Jitter, AffineTime? Deadline, int Backlog);

/// <summary>
/// One instance of a process, server or device. Where a statement, expression or quantity speaks of an actor, it is known by its index
/// and its body there is empty: bodies would otherwise contain one another.
/// </summary>
/// <param name="Family">The declared name; instances of one declaration share it.</param>
/// <param name="Name">Unique: <c>driver.old</c>, or the family's name when there is one instance.</param>
/// <param name="Priority">0 is most urgent. Unused for devices.</param>
/// <param name="Core">Pinned to this core (from 0), or -1.</param>
/// <param name="Absent">Not alive at the start: <c>spawn</c> creates it, <c>start</c> lets it run.</param>
/// <param name="Quantum">Own slice; null: the machine's.</param>
/// <param name="InboxDepth">Messages that may wait (the one being handled has left the inbox).</param>
/// <param name="Body">
/// A server or device is its init statements followed by an endless <see cref="BoundStatement.Receive"/> of all its handlers.
/// With <see cref="Activation"/> the body is one job; otherwise it runs once.
/// </param>
public sealed record Actor(
    int Index,
    string Family,
    string Name,
    ActorKind Kind,
    int Priority,
    int Core,
    bool Absent,
    bool NonPreemptive,
    Interval? Quantum,
    int InboxDepth,
    WhenFull WhenFull,
    Activation? Activation,
    BoundStatement Body,
    SourceSpan Span)
{
    /// <summary><c>quantum none</c> was written: no slices, whatever the machine says.</summary>
    public bool Unsliced { get; init; }
}

public sealed record Measure(int Index, string Name);

/// <param name="Name">Qualified by the declared name of who passes it: <c>ap.send</c>.</param>
public sealed record Mark(int Index, string Name);

public enum FaultKind { Crash, Lose, Refuse }

/// <summary>An event of the environment, off unless a property or the command line turns it on.</summary>
/// <param name="Actor">Crash: who dies; else -1.</param>
/// <param name="Endpoint">Lose, refuse: messages to this endpoint; else -1.</param>
/// <param name="Message">Lose, refuse: this kind, or -1 for all.</param>
/// <param name="NotifyEndpoint">Crash: this endpoint is notified, or -1.</param>
public sealed record Fault(int Index, string Name, FaultKind Kind, int Actor, int Endpoint, int Message, int AtMost, int NotifyEndpoint, int NotifyMessage, SourceSpan Span);

/// <summary>One <c>property</c> line.</summary>
/// <param name="Under">Faults that are on.</param>
/// <param name="Variant">Name of the variant it is asked in, or null. A <see cref="BoundSystem"/> lists all properties; one that
/// names another variant has to be taken from the system bound for that variant.</param>
public sealed record Property(int Index, string Name, Question Question, ImmutableArray<Fault> Under, string? Variant, SourceSpan Span);

/// <summary>One <c>measured</c> line: what the data call a quantity of this system.</summary>
/// <param name="Name"><c>system.measure.condition</c>, the first three columns of the data.</param>
/// <param name="Total">The value is the sum over all occurrences in a run, not that of one occurrence.</param>
/// <param name="Beyond">Taken off each occurrence.</param>
/// <param name="Variant">Name of the variant it was measured in, or null.</param>
/// <param name="Experiment">Name of the experiment that repeats the measurement, or null.</param>
public sealed record Measurement(int Index, string Name, Quantity Quantity, bool Total, AffineTime Beyond, string? Variant, string? Experiment, SourceSpan Span);

/// <summary>One <c>experiment</c>: trials of the system, to be simulated.</summary>
/// <param name="Trials">How many runs.</param>
/// <param name="Until">A run ends before this instant, in nanoseconds; null: when nothing acts any more.</param>
/// <param name="AnyTime">What may take any time is drawn from here, uniformly; null: not written.</param>
/// <param name="Without">Indices of the actors that never come to life.</param>
/// <param name="Observed">What is measured; empty: everything.</param>
/// <param name="Draws">Durations that are not drawn uniformly.</param>
/// <param name="DrawnAnyTime">How much longer than its least something takes that may take any time; null: uniformly, from <paramref name="AnyTime"/>.</param>
/// <param name="Under">Faults that are on.</param>
/// <param name="Variant">Name of the variant it is made in, or null.</param>
public sealed record Experiment(
    int Index,
    string Name,
    string Description,
    int Trials,
    Numbers.Rational? Until,
    (Numbers.Rational Low, Numbers.Rational High)? AnyTime,
    ImmutableArray<int> Without,
    ImmutableArray<Quantity> Observed,
    ImmutableArray<DrawnDuration> Draws,
    DrawRule? DrawnAnyTime,
    ImmutableArray<Fault> Under,
    string? Variant,
    SourceSpan Span);

/// <summary>A duration that an experiment draws in its own way.</summary>
/// <param name="Interval">The very object that statements with this duration hold.</param>
public sealed record DrawnDuration(string Name, Interval Interval, DrawRule Rule);

/// <summary>How a duration is drawn. Times in nanoseconds, within the interval.</summary>
public abstract record DrawRule
{
    public sealed record Point(Numbers.Rational Value) : DrawRule;

    /// <param name="Mode">The most likely value; towards both ends it falls on a straight line.</param>
    public sealed record Triangular(Numbers.Rational Mode) : DrawRule;

    /// <summary>The normal distribution, cut to the interval.</summary>
    public sealed record Normal(Numbers.Rational Mean, Numbers.Rational Deviation) : DrawRule;

    /// <summary>As often as in a column of comma-separated values, which whoever simulates reads.</summary>
    /// <param name="File">As written, in the folder of the file that <paramref name="Span"/> is in.</param>
    /// <param name="Least">Every value has to be this at least,</param>
    /// <param name="Most">and this at most; null: nothing.</param>
    /// <param name="What">What is drawn, in words.</param>
    public sealed record Empirical(string File, string Column, Numbers.Rational Least, Numbers.Rational? Most, string What, SourceSpan Span) : DrawRule;
}

/// <summary>What a property asks.</summary>
public abstract record Question
{
    /// <summary>Supremum of the quantity over all runs and instants; with a bound: is it at most the bound.</summary>
    public sealed record Max(Quantity Quantity, Numbers.Rational? Bound) : Question;

    /// <summary>Infimum of the quantity over all its completed occurrences; with a bound: is it at least the bound.</summary>
    public sealed record Min(Quantity Quantity, Numbers.Rational? Bound) : Question;

    /// <summary>The condition holds in every configuration.</summary>
    public sealed record Always(BoundExpression Condition) : Question;

    /// <summary>Some run reaches a configuration where the condition holds.</summary>
    public sealed record Reachable(BoundExpression Condition) : Question;

    /// <summary>Whenever an occurrence of the measure ends, the condition holds.</summary>
    public sealed record After(Measure Measure, BoundExpression Condition) : Question;

    /// <summary>Every call of the message at the endpoint is answered within the bound (nanoseconds).</summary>
    public sealed record Answered(Quantity.Answer Request, Numbers.Rational Bound) : Question;
}

/// <summary>A quantity of time that a property speaks of.</summary>
public abstract record Quantity
{
    public sealed record OfMeasure(Measure Measure) : Quantity;

    /// <summary>Time between consecutive passes of a mark. When the last that could pass it ends of itself there is no gap any more; a kill or a crash leaves it open.</summary>
    public sealed record Gap(Mark Mark) : Quantity;

    /// <summary>Arrival to end of job.</summary>
    public sealed record Response(Actor Actor) : Quantity;

    /// <summary>From the call to its answer.</summary>
    public sealed record Answer(Endpoint Endpoint, Message Message) : Quantity;
}
