using System.Collections.Immutable;
using Irekae.Model.Binding;

namespace Irekae.Codegen.Emit;

/// <summary>How a duration is drawn; all within its interval. Times in ticks of the system.</summary>
public abstract record Distribution
{
    /// <summary>Every value alike.</summary>
    public sealed record Uniform : Distribution;

    /// <summary>Always the same value.</summary>
    public sealed record Point(long Value) : Distribution;

    /// <param name="Mode">The most likely value.</param>
    public sealed record Triangular(long Mode) : Distribution;

    /// <summary>The normal distribution cut to the interval.</summary>
    public sealed record Normal(long Mean, long Deviation) : Distribution;

    /// <summary>One of the values, each alike.</summary>
    public sealed record Empirical(ImmutableArray<long> Values) : Distribution;
}

/// <summary>How the durations of a system are drawn, by the statement or interval that has them.</summary>
public sealed class Durations(Func<Interval, Distribution> of)
{
    public static Durations Uniform { get; } = new(_ => new Distribution.Uniform());

    public Distribution Of(Interval interval) => of(interval);
}
