namespace Irekae.Model.Semantics;

public enum TimerRate { Down = -1, Frozen = 0, Up = 1 }

/// <summary>
/// Everything discrete: control points, queues, data, bindings, who runs where, and which timers exist at which rate.
/// Compared by content; the hash is computed once.
/// </summary>
public sealed class Configuration : IEquatable<Configuration>
{
    private readonly int hash;

    internal Configuration(int[] cells, int[] timers, TimerRate[] rates, int timerCount)
    {
        Cells = cells;
        TimerCount = timerCount;
        Timers = timers;
        Rates = rates;
        var code = default(HashCode);
        code.AddBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(cells.AsSpan()));
        hash = code.ToHashCode();
    }

    internal int[] Cells { get; }

    /// <summary>How many timers can exist in the system.</summary>
    internal int TimerCount { get; }

    /// <summary>Ids of the timers alive here, ascending: the dimensions of a polyhedron, the entries of a valuation.</summary>
    public int[] Timers { get; }

    /// <summary>The rate of each, in the same order. A function of the cells.</summary>
    public TimerRate[] Rates { get; }

    public bool Equals(Configuration? other) =>
        other is not null && (ReferenceEquals(this, other) || (hash == other.hash && Cells.AsSpan().SequenceEqual(other.Cells)));

    public override bool Equals(object? obj) => Equals(obj as Configuration);

    public override int GetHashCode() => hash;
}
