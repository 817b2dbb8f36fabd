using System.Collections.Immutable;
using Irekae.Model.Binding;

namespace Irekae.Properties.Running;

/// <summary>Which runs of a specification are drawn.</summary>
public sealed record RunOptions
{
    public const int DefaultMoves = 2_000;

    /// <summary>The variant whose runs are wanted; null: the specification as it stands.</summary>
    public string? Variant { get; init; }

    /// <summary>Names of faults that may happen; <c>*</c>: all. Without any, nothing fails.</summary>
    public ImmutableArray<string> Faults { get; init; } = [];

    /// <summary>A run that has not ended by then is cut.</summary>
    public int Moves { get; init; } = DefaultMoves;

    /// <summary>A run that has not ended by then is cut; null: no limit.</summary>
    public Time? Horizon { get; init; }

    /// <summary>The order of simultaneous events; null: as the machine of the specification says.</summary>
    public Ties? Ties { get; init; }
}
