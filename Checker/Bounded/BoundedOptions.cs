namespace Irekae.Checker.Bounded;

/// <summary>Which engine answers.</summary>
public enum Engine { Explore, Bounded, Both }

/// <summary>How far the bounded checker looks.</summary>
public sealed record BoundedOptions
{
    public const int UsualDepth = 20;

    /// <summary>Moves of a run, its beginning included.</summary>
    public int Depth { get; init; } = UsualDepth;

    /// <summary>For each property.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>Every question is written there as an .smt2 file; null: nowhere.</summary>
    public string? DumpFolder { get; init; }

    /// <summary>For tests: a native library without which there is no solver.</summary>
    internal string? Library { get; init; }
}
