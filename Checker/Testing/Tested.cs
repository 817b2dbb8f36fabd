using System.Collections.Immutable;
using Irekae.Model.Numbers;
using Irekae.Model.Text;
using Irekae.Properties.Running;

namespace Irekae.Checker.Testing;

/// <summary>What random runs can say of a property. None of it is a proof.</summary>
public enum Outcome
{
    /// <summary>No run that was drawn contradicts it, and at least one had a say; for <c>reachable</c>: a run gets there.</summary>
    Passed,

    /// <summary>A run contradicts it.</summary>
    Failed,

    /// <summary>No run had a say; for <c>reachable</c>: none gets there.</summary>
    Open,
}

/// <summary>One property, or the always-on checks together.</summary>
/// <param name="Span">Where it is asked.</param>
/// <param name="Runs">Runs that were drawn for it.</param>
/// <param name="Touched">Runs that had a say.</param>
/// <param name="Value">For <c>max</c>, <c>min</c> and <c>answered</c>: the most extreme value seen, in nanoseconds.</param>
/// <param name="Seed">Of the run that fails, or gets to what <c>reachable</c> asks for: the first.</param>
/// <param name="Shown">That run, shrunk if it can be.</param>
/// <param name="Reason">What the outcome rests on, in words; null: nothing more is to be said.</param>
/// <param name="Seconds">Its share of what its runs took.</param>
public sealed record Tested(
    string Name, string Question, SourceSpan Span, Outcome Outcome, long Runs, long Touched, Rational? Value, ulong? Seed, DrawnRun? Shown, string? Reason, double Seconds);

/// <summary>How much of a specification the runs came by.</summary>
/// <param name="Statements">Executed by a move of the runs, of how many (of runs of the interpreter also: by a move that could have been next).</param>
/// <param name="Handlers">Likewise of the handlers of servers and devices.</param>
/// <param name="Timers">That fired, of those that could: arrivals, work, waits, slices, faults.</param>
public sealed record Coverage(
    (int Reached, int All) Statements, (int Reached, int All) Handlers, (int Reached, int All) Timers,
    ImmutableArray<SourceSpan> UnreachedStatements, ImmutableArray<(string Name, SourceSpan Span)> UnreachedHandlers, ImmutableArray<string> UnfiredTimers);

/// <summary>Of one specification.</summary>
/// <param name="Partial">Ended before as many runs as were asked for.</param>
public sealed record RandomTestResult(string System, ImmutableArray<Tested> Tested, Coverage Coverage, long Runs, long Moves, ulong Seed, bool Partial)
{
    /// <summary>Why runs were drawn by the interpreter, far slower, and not by the generated simulator.</summary>
    public ImmutableArray<string> ByInterpreter { get; init; } = [];
}
