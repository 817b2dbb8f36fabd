using System.Diagnostics;

namespace Irekae.Checker.Bounded;

/// <summary>Which engine answers.</summary>
public enum Engine { Explore, Bounded, Both }

/// <summary>How far the bounded checker looks.</summary>
public sealed record BoundedOptions
{
    public const int UsualDepth = 20;

    private const long Megabyte = 1 << 20, Usual = 3000;

    /// <summary>Moves of a run, its beginning included.</summary>
    public int Depth { get; init; } = UsualDepth;

    /// <summary>For each unrolling: for all properties that speak of one variant under the same faults.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>Bytes: of managed memory of the whole process, and of each solver; null: half of what the machine has, at most 3000 MiB, for each solver.</summary>
    public long? MemoryLimit { get; init; }

    /// <summary>Every question is written there as an .smt2 file; null: nowhere.</summary>
    public string? DumpFolder { get; init; }

    /// <summary>MiB of one solver.</summary>
    internal long Memory
    {
        get => field > 0 ? field : Math.Max(1, MemoryLimit / Megabyte ?? Math.Min(Usual, Explore.Limits.HalfOfTheMachine / Megabyte));
        init;
    }

    /// <summary>For tests: false leaves equal processes as they are.</summary>
    internal bool Exchanging { get; init; } = true;

    /// <summary>For tests: the solver's native library, instead of the system's.</summary>
    internal string? Library { get; init; }

    /// <summary>For tests: is told of each process that is started for the solver.</summary>
    internal Action<Process>? Started { get; init; }
}
