using Irekae.Model.Numbers;

namespace Irekae.Codegen.Validation;

/// <summary>What a measured value is of its samples.</summary>
public enum Statistic { Max, Mean, Min }

/// <summary>
/// One measured value: a row of the data. Times are nanoseconds. What was printed was rounded: the value that was measured lies within half a unit
/// of the last printed digit, both ends included, so that rounding to nearest, however ties go, is covered.
/// </summary>
/// <param name="Name"><c>system.measure.condition</c>: what a specification's <c>measured</c> line names.</param>
/// <param name="Printed">The value exactly as printed.</param>
/// <param name="HalfWidth">Half a unit of the last digit.</param>
/// <param name="Samples">How many values the statistic is of.</param>
/// <param name="Line">Of the file, from 1.</param>
public sealed record Cell(string Name, Statistic Statistic, Rational Printed, Rational HalfWidth, long Samples, int Line)
{
    /// <summary><c>system.measure.condition.statistic</c>.</summary>
    public string FullName => $"{Name}.{Word(Statistic)}";

    public Rational Low => Rational.Max(Printed - HalfWidth, 0);

    public Rational High => Printed + HalfWidth;

    public static string Word(Statistic statistic) => statistic switch { Statistic.Max => "max", Statistic.Mean => "mean", Statistic.Min => "min" };
}

/// <summary>Something that is wrong with the data. Line and column count from 1; the column is that of the first character.</summary>
public sealed record Mistake(string Path, int Line, int Column, string Message)
{
    public override string ToString() => $"{Path}:{Line}:{Column}: {Message}";
}
