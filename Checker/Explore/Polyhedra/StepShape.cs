using System.Collections.Immutable;

namespace Irekae.Checker.Explore.Polyhedra;

/// <summary>
/// What a move does to timers, and nothing about which timers hold: with d = x_firing (0 if nothing fires),
/// <code>
///     P ∩ Guards   →   x_j + rate_j·d   →   keep those named in Source   →   add the fresh dimensions under the Fresh rows
/// </code>
/// Equality is by content with a cached hash, so that (shape, polyhedron) can be remembered.
/// </summary>
public sealed class StepShape : IEquatable<StepShape>
{
    private readonly int _hash;

    /// <param name="firing">The old dimension whose value passes, or −1 for a move that takes no time.</param>
    /// <param name="rates">Per old dimension: −1 counting down, 0 frozen, +1 measuring.</param>
    /// <param name="guards">Rows over the old dimensions, before time passes.</param>
    /// <param name="source">Per new dimension: the old dimension it continues, or −1 for a fresh one.</param>
    /// <param name="fresh">Rows over the new dimensions.</param>
    public StepShape(int firing, ImmutableArray<int> rates, ImmutableArray<Row> guards, ImmutableArray<int> source, ImmutableArray<Row> fresh)
    {
        if (firing < -1 || firing >= rates.Length) throw new ArgumentOutOfRangeException(nameof(firing));
        if (guards.Any(row => row.Dimensions != rates.Length)) throw new ArgumentException("a guard is a row over the old dimensions", nameof(guards));
        if (source.Any(old => old < -1 || old >= rates.Length)) throw new ArgumentException("a source is an old dimension or -1", nameof(source));
        if (fresh.Any(row => row.Dimensions != source.Length)) throw new ArgumentException("a fresh row is a row over the new dimensions", nameof(fresh));
        (Firing, Rates, Guards, Source, Fresh) = (firing, rates, guards, source, fresh);
        var hash = new HashCode();
        hash.Add(firing);
        foreach (var rate in rates) hash.Add(rate);
        foreach (var row in guards) hash.Add(row);
        foreach (var old in source) hash.Add(old);
        foreach (var row in fresh) hash.Add(row);
        _hash = hash.ToHashCode();
        FreshStandAlone = fresh.All(row => Enumerable.Range(0, source.Length).All(i => row[i] == 0 || source[i] < 0));
        FreshAlone = FreshStandAlone ? Polyhedron.FromRows(source.Length, fresh) : null;
    }

    public int Firing { get; }
    public ImmutableArray<int> Rates { get; }
    public ImmutableArray<Row> Guards { get; }
    public ImmutableArray<int> Source { get; }
    public ImmutableArray<Row> Fresh { get; }

    public int OldDimensions => Rates.Length;
    public int NewDimensions => Source.Length;

    /// <summary>
    /// Whether the Fresh rows speak of fresh dimensions only. A move's result is then a product, whose canonical form is the rows of both
    /// parts: the fresh part is worked out once, here.
    /// </summary>
    internal bool FreshStandAlone { get; }
    internal Polyhedron? FreshAlone { get; }

    public bool Equals(StepShape? other) =>
        other is not null && (ReferenceEquals(this, other) || (_hash == other._hash && Firing == other.Firing
            && Rates.AsSpan().SequenceEqual(other.Rates.AsSpan()) && Source.AsSpan().SequenceEqual(other.Source.AsSpan())
            && Guards.AsSpan().SequenceEqual(other.Guards.AsSpan()) && Fresh.AsSpan().SequenceEqual(other.Fresh.AsSpan())));

    public override bool Equals(object? obj) => Equals(obj as StepShape);
    public override int GetHashCode() => _hash;
}
