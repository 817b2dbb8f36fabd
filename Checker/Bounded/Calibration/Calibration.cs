using System.Collections.Immutable;
using Irekae.Codegen.Validation;
using Irekae.Model.Binding;
using Irekae.Model.Numbers;

namespace Irekae.Checker.Bounded.Calibration;

/// <summary>A measured value that is to be explained, and the quantity of the specification that it is of.</summary>
public sealed record Observation(Cell Cell, Measurement Measured)
{
    /// <summary>How many of what was printed make up the reading: a total is n times its mean.</summary>
    public long Parts => Measured.Total && Cell.Statistic == Statistic.Mean ? Cell.Samples : 1;
}

/// <summary>What is to be found out.</summary>
/// <param name="Systems">What a measurement was made on.</param>
/// <param name="Together">Each a set of observations; those of one set come from one run, others may come from different ones.</param>
/// <param name="Shown">Quantities whose values are to be told besides, in the runs that show what was observed.</param>
public sealed record CalibrationTask(
    Func<Measurement, BoundSystem> Systems, ImmutableArray<ImmutableArray<Observation>> Together, ImmutableArray<(string Name, Quantity Quantity)> Shown)
{
    /// <summary>Measurements of one place are of one system.</summary>
    public static string Place(Measurement measured) => $"{measured.Variant}/{measured.Experiment}";

    public IEnumerable<Observation> Observations => Together.SelectMany(set => set);
}

/// <summary>
/// A closed interval of values. Each end is reached, or at least approached, by runs that show every observation; beyond it, up to the next
/// interval, the solver has found that there are none.
/// </summary>
/// <param name="High">Null: there is no end.</param>
/// <param name="LowReached">False: only approached, because some events have to come strictly before others.</param>
public sealed record Piece(Rational Low, Rational? High, bool LowReached, bool HighReached);

/// <summary>All values, in nanoseconds, that one unknown can have: disjoint intervals, ascending.</summary>
/// <param name="Complete">False: there may be more than were found; nothing is said about what lies outside of those that are listed.</param>
public sealed record Values(ImmutableArray<Piece> Pieces, bool Complete);

/// <param name="Parameter">Of the specification; one that decides nothing in any run is left out.</param>
/// <param name="Before">What the specification says.</param>
public sealed record FittedParameter(string Parameter, Interval Before, Values Values);

/// <summary>What a quantity is in the run that shows an observation; in those of a mean, its mean.</summary>
public sealed record ShownQuantity(string Quantity, string Observation, Values Values);

/// <summary>What is read of one run, and the ways through the system on which it can be read.</summary>
/// <param name="Ways">As many as were found.</param>
/// <param name="Whole">There are no others, within the depth.</param>
public sealed record Explored(ImmutableArray<Observation> Observations, long Ways, bool Whole);

/// <summary>What was found.</summary>
public abstract record Fit
{
    /// <summary>Why it ended before all values were known, or whether all members of the conflict are needed; null: it did not.</summary>
    public string? Unfinished { get; init; }

    /// <summary>There are values with which every observation is possible, all at once.</summary>
    public sealed record Found(ImmutableArray<FittedParameter> Parameters, ImmutableArray<ShownQuantity> Shown) : Fit;

    /// <summary>No value fits. These observations contradict one another, and any smaller set of the observations does not.</summary>
    /// <param name="Smallest">No set with fewer observations contradicts itself; false: only that none of these can be left out.</param>
    public sealed record None(ImmutableArray<Observation> Conflict, bool Smallest) : Fit;

    /// <param name="Explored">How far each reading has been followed, in the order of the work; what was not begun is there with no ways.</param>
    public sealed record Unknown(string Why, ImmutableArray<Explored> Explored) : Fit;
}

/// <summary>How far a calibration has come.</summary>
/// <param name="Doing">In words.</param>
/// <param name="Ways">Ways through the automaton found so far.</param>
public sealed record CalibrationProgress(string Doing, long Ways, long Questions, TimeSpan Elapsed);

/// <param name="Depth">Moves of the longest runs that were looked at.</param>
/// <param name="AllRuns">Every run has ended within these moves; false: the answer is about runs of at most so many moves.</param>
public sealed record CalibrationResult(Fit Fit, int Depth, bool AllRuns, long Questions, TimeSpan Elapsed);
