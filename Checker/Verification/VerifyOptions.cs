using System.Collections.Immutable;

namespace Irekae.Checker.Verification;

/// <summary>What to verify and how far to look. A limit that is reached is said in the verdict, never silently.</summary>
public sealed record VerifyOptions
{
    /// <summary>Names of properties, <c>*</c> and <c>?</c> allowed; empty: all, and the always-on checks. <c>check.*</c> names those.</summary>
    public ImmutableArray<string> Properties { get; init; } = [];

    /// <summary>Faults (by name) that are on in every property and check, besides the property's own.</summary>
    public ImmutableArray<string> Faults { get; init; } = [];

    /// <summary>For each exploration.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>Symbolic states of each exploration.</summary>
    public long? StateLimit { get; init; }

    /// <summary>Bytes of managed memory of the whole process; null: half of what the machine has.</summary>
    public long? MemoryLimit { get; init; }

    /// <summary>Also tell whether the answer differs under <c>ties any</c>.</summary>
    public bool CompareTies { get; init; } = true;

    /// <summary>Properties verified at once. Results do not depend on it.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Use a theorem for the proved side where the system is in its class.</summary>
    public bool Theorems { get; init; } = true;

    /// <summary>Forget the counters of long <c>repeat</c> loops where that loses nothing.</summary>
    public bool ForgetCounters { get; init; } = true;

    /// <summary>Write a certificate of every answer that an exploration proves, and check it.</summary>
    public bool Certify { get; init; }

    /// <summary>Sets of one configuration from which on they are merged into hulls: a last resort.</summary>
    public int MergeAbove { get; init; } = 5_000;
}
