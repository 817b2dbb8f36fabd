namespace Irekae.Checker.Explore.Polyhedra;

/// <summary>
/// The equalities that hold on two affine subspaces at once, hence on all lines between them. An equality e·x = c is the vector (e, c); those
/// that hold on a subspace are the span of its own. The two spans are intersected after Zassenhaus: reduce
/// <code>
///     [ A | A ]                          [ sum | *            ]
///     [ B | 0 ]   to echelon form        [  0  | intersection ]
/// </code>
/// </summary>
internal static class AffineHull
{
    public static void Append(ReadOnlySpan<long> first, ReadOnlySpan<long> second, RowBuffer result)
    {
        var n = result.Dimensions;
        var width = n + 1;
        using var both = RowBuffer.Rent(2 * width);
        for (var i = 0; i < first.Length; i += n + 2)
        {
            var row = both.Append();
            first.Slice(i, width).CopyTo(row);
            first.Slice(i, width).CopyTo(row[width..]);
        }
        for (var i = 0; i < second.Length; i += n + 2) second.Slice(i, width).CopyTo(both.Append());
        if (!Echelon.Reduce(both)) throw new System.Diagnostics.UnreachableException("rows without constants do not contradict each other");
        for (var i = 0; i < both.Count; i++)
            if (!both[i][..width].ContainsAnyExcept(0L)) both[i].Slice(width, width).CopyTo(result.Append());
    }
}
