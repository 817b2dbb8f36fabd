using System.Collections.Immutable;
using Irekae.Model.Binding;
using Irekae.Model.Text;

namespace Irekae.Model.Syntax;

/// <summary>What a file is made of.</summary>
public abstract record ItemSyntax(SourceSpan Span) : SyntaxNode(Span)
{
    /// <param name="Path">As written between the quotes.</param>
    public sealed record Import(string Path, SourceSpan PathSpan, SourceSpan Span) : ItemSyntax(Span);

    public sealed record Machine(ImmutableArray<MachineRuleSyntax> Rules, SourceSpan Span) : ItemSyntax(Span);

    public sealed record Duration(NameSyntax Name, IntervalSyntax Value, OriginSyntax? Origin, SourceSpan Span) : ItemSyntax(Span);

    public sealed record Constant(NameSyntax Name, ExpressionSyntax Value, OriginSyntax? Origin, SourceSpan Span) : ItemSyntax(Span);

    /// <summary>Some fixed, unknown value for a whole run.</summary>
    public sealed record Parameter(NameSyntax Name, IntervalSyntax Range, OriginSyntax? Origin, SourceSpan Span) : ItemSyntax(Span);

    public sealed record Token(NameSyntax Name, ImmutableArray<NameSyntax> Values, SourceSpan Span) : ItemSyntax(Span);

    public sealed record Shared(NameSyntax Name, ImmutableArray<VariableSyntax> Variables, SourceSpan Span) : ItemSyntax(Span);

    /// <param name="Ceiling">Null: not written.</param>
    public sealed record Mutex(NameSyntax Name, MutexProtocol Protocol, ExpressionSyntax? Ceiling, SourceSpan Span) : ItemSyntax(Span);

    /// <param name="Initial">Null: <c>nobody</c>.</param>
    public sealed record Endpoint(NameSyntax Name, ReferenceSyntax? Initial, SourceSpan Span) : ItemSyntax(Span);

    /// <summary>A process (variables and statements), a server or a device (variables, inits and handlers).</summary>
    public sealed record Actor(
        ActorKind Kind,
        NameSyntax Name,
        ImmutableArray<AttributeSyntax> Attributes,
        ImmutableArray<VariableSyntax> Variables,
        ImmutableArray<InitSyntax> Inits,
        ImmutableArray<HandlerSyntax> Handlers,
        ImmutableArray<StatementSyntax> Statements,
        SourceSpan Span) : ItemSyntax(Span);

    /// <param name="Target">Who crashes, or which endpoint or endpoint.message is lost or refused.</param>
    /// <param name="AtMost">Null: not written.</param>
    /// <param name="Notifying">The server and message told of a crash, or null.</param>
    public sealed record Fault(NameSyntax Name, FaultKind Kind, ReferenceSyntax Target, ExpressionSyntax? AtMost, ReferenceSyntax? Notifying, SourceSpan Span) : ItemSyntax(Span);

    /// <summary>Trials of the system, to be simulated.</summary>
    public sealed record Experiment(NameSyntax Name, string Description, ImmutableArray<ExperimentRuleSyntax> Rules, SourceSpan Span) : ItemSyntax(Span);

    public sealed record Variant(NameSyntax Name, string Description, ImmutableArray<SettingSyntax> Settings, SourceSpan Span) : ItemSyntax(Span);

    /// <param name="In">The variant it is asked in; null: asked of the system as written.</param>
    public sealed record Property(NameSyntax Name, QuestionSyntax Question, ImmutableArray<NameSyntax> Under, NameSyntax? In, SourceSpan Span) : ItemSyntax(Span);

    /// <summary>What measured data call a quantity of this system.</summary>
    /// <param name="Cell"><c>SYSTEM.MEASURE.CONDITION</c> of the data.</param>
    /// <param name="Total">The sum over all occurrences in a run, not one occurrence.</param>
    /// <param name="Beyond">Taken off each occurrence, or null.</param>
    /// <param name="In">The variant it was measured in; null: the system as written.</param>
    /// <param name="During">The experiment that repeats the measurement, or null.</param>
    public sealed record Measured(ReferenceSyntax Cell, bool Total, QuantitySyntax Quantity, ExpressionSyntax? Beyond, NameSyntax? In, NameSyntax? During, SourceSpan Span) : ItemSyntax(Span);
}

/// <summary>A line of an experiment.</summary>
public abstract record ExperimentRuleSyntax(SourceSpan Span) : SyntaxNode(Span)
{
    public sealed record Trials(ExpressionSyntax Count, SourceSpan Span) : ExperimentRuleSyntax(Span);

    /// <summary><c>until 2 s;</c></summary>
    public sealed record Until(ExpressionSyntax Instant, SourceSpan Span) : ExperimentRuleSyntax(Span);

    /// <summary><c>any time 0 .. 1 s;</c></summary>
    public sealed record AnyTime(IntervalSyntax Window, SourceSpan Span) : ExperimentRuleSyntax(Span);

    public sealed record Without(ImmutableArray<ReferenceSyntax> Actors, SourceSpan Span) : ExperimentRuleSyntax(Span);

    public sealed record Observe(ImmutableArray<QuantitySyntax> Quantities, SourceSpan Span) : ExperimentRuleSyntax(Span);

    /// <param name="Duration">Null: <c>any time</c>.</param>
    public sealed record Draw(NameSyntax? Duration, DistributionSyntax Distribution, SourceSpan Span) : ExperimentRuleSyntax(Span);

    public sealed record Under(ImmutableArray<NameSyntax> Faults, SourceSpan Span) : ExperimentRuleSyntax(Span);

    public sealed record In(NameSyntax Variant, SourceSpan Span) : ExperimentRuleSyntax(Span);
}

/// <summary>How a duration is drawn.</summary>
public abstract record DistributionSyntax(SourceSpan Span) : SyntaxNode(Span)
{
    /// <summary><c>at 3 us</c>: always that value.</summary>
    public sealed record Point(ExpressionSyntax Value, SourceSpan Span) : DistributionSyntax(Span);

    /// <summary><c>triangular 3 us</c>: most likely that value.</summary>
    public sealed record Triangular(ExpressionSyntax Mode, SourceSpan Span) : DistributionSyntax(Span);

    /// <summary><c>normal 3 us deviation 1 us</c>.</summary>
    public sealed record Normal(ExpressionSyntax Mean, ExpressionSyntax Deviation, SourceSpan Span) : DistributionSyntax(Span);

    /// <summary><c>empirical "measured.csv" "create_us"</c>: as often as in a column of a file.</summary>
    public sealed record Empirical(string File, string Column, SourceSpan Span) : DistributionSyntax(Span);
}

public abstract record MachineRuleSyntax(SourceSpan Span) : SyntaxNode(Span)
{
    public sealed record Cores(ExpressionSyntax Count, SourceSpan Span) : MachineRuleSyntax(Span);

    public sealed record Scheduler(ImmutableArray<SchedulerRuleSyntax> Rules, SourceSpan Span) : MachineRuleSyntax(Span);

    public sealed record Simultaneous(Ties Ties, SourceSpan Span) : MachineRuleSyntax(Span);

    public sealed record Switch(IntervalSyntax Cost, SourceSpan Span) : MachineRuleSyntax(Span);
}

public abstract record SchedulerRuleSyntax(SourceSpan Span) : SyntaxNode(Span)
{
    /// <param name="Length">Null: <c>none</c>.</param>
    public sealed record Quantum(IntervalSyntax? Length, SourceSpan Span) : SchedulerRuleSyntax(Span);

    /// <summary><c>preempted to head</c> or <c>preempted to tail</c>.</summary>
    public sealed record Preempted(bool ToTail, SourceSpan Span) : SchedulerRuleSyntax(Span);

    /// <summary><c>slice fresh</c> or <c>slice kept</c>.</summary>
    public sealed record Slice(bool Kept, SourceSpan Span) : SchedulerRuleSyntax(Span);
}

/// <summary>What a variant changes.</summary>
public abstract record SettingSyntax(SourceSpan Span) : SyntaxNode(Span)
{
    /// <param name="Item">A machine, duration, const or mutex that takes the place of the declaration of that name.</param>
    public sealed record Replace(ItemSyntax Item, SourceSpan Span) : SettingSyntax(Span);

    /// <summary><c>parameter NAME = time;</c></summary>
    public sealed record Fix(NameSyntax Parameter, ExpressionSyntax Value, SourceSpan Span) : SettingSyntax(Span);

    /// <summary><c>kernel at 0;</c></summary>
    public sealed record Priority(ReferenceSyntax Actor, ExpressionSyntax Value, SourceSpan Span) : SettingSyntax(Span);
}
