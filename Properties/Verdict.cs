namespace Irekae.Properties;

/// <summary>The answer to a property. Never a bool, never null: a limit or a doubt is an answer of its own.</summary>
public abstract record Verdict
{
    /// <summary>Holds of every run, for all time.</summary>
    public sealed record Proved : Verdict;

    /// <summary>Holds of every run as far as was looked.</summary>
    /// <param name="Limit">How far, in words: <c>10000 moves</c>.</param>
    public sealed record ProvedUpTo(string Limit) : Verdict;

    /// <summary>A run contradicts it; the run is the evidence.</summary>
    public sealed record Refuted : Verdict;

    public sealed record Unknown(string Reason) : Verdict;
}
