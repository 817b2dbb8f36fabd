using System.Collections.Immutable;

namespace Irekae.Checker.Testing;

/// <summary>What is tested by random runs, and how long.</summary>
public sealed record RandomTestOptions
{
    public const long UsualRuns = 2_000;

    /// <summary>Names of properties, <c>*</c> and <c>?</c> allowed; empty: all, and the always-on checks (<c>checks</c>).</summary>
    public ImmutableArray<string> Properties { get; init; } = [];

    /// <summary>Runs drawn for each set of properties that are asked of the same runs.</summary>
    public long Runs { get; init; } = UsualRuns;

    /// <summary>For all runs of a specification together; compiling them and shrinking not counted. Null: no limit. What was tried then depends on the machine.</summary>
    public TimeSpan? Time { get; init; }

    /// <summary>The first run; the others follow.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>A run that has not ended by then is cut.</summary>
    public int Moves { get; init; } = Irekae.Properties.Running.RunOptions.DefaultMoves;

    /// <summary>Runs drawn at once; results do not depend on it unless <see cref="Time"/> ends them.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;
}
