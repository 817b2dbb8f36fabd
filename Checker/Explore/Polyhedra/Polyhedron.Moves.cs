namespace Irekae.Checker.Explore.Polyhedra;

public sealed partial class Polyhedron
{
    /// <summary>The valuations of this set from which the move is possible; null if there are none.</summary>
    public Polyhedron? Guarded(StepShape shape) => With(shape.Guards);

    /// <summary>
    /// The valuations after the move; null if no valuation of this set permits it, or the Fresh rows admit none. Exact.
    /// <code>
    ///     a·x ≤ b  with  x_j = z_j − rate_j·d for j ≠ f,  x_f = d     becomes     Σ_{j≠f} a_j·z_j + (a_f − Σ_{j≠f} a_j·rate_j)·d ≤ b
    /// </code>
    /// then every z that no new dimension continues, usually d among them, is eliminated.
    /// </summary>
    public Polyhedron? Successor(StepShape shape) => Successor(shape, []);

    /// <param name="more">Rows that the valuations before satisfy, as guards.</param>
    internal Polyhedron? Successor(StepShape shape, ReadOnlySpan<Row> more)
    {
        if (shape.OldDimensions != Dimensions) throw new ArgumentException($"the shape moves {shape.OldDimensions} timers, not {Dimensions}", nameof(shape));
        if (shape.FreshStandAlone && shape.FreshAlone is null) return null;
        using var oldEqualities = RowBuffer.Rent(Dimensions);
        using var oldRows = RowBuffer.Rent(Dimensions);
        oldEqualities.Append(EqualityCells);
        oldRows.Append(InequalityCells);
        foreach (var guard in shape.Guards) oldRows.Append(guard);
        foreach (var guard in more) oldRows.Append(guard);
        if (shape.Firing >= 0)
        {
            LetTimePass(oldEqualities, shape);
            LetTimePass(oldRows, shape);
        }
        Span<bool> unwanted = stackalloc bool[Dimensions];
        unwanted.Fill(true);
        for (var i = 0; i < shape.NewDimensions; i++)
            if (shape.Source[i] >= 0 && !Vanishes(shape, shape.Source[i])) unwanted[shape.Source[i]] = false;
        if (!Elimination.Eliminate(oldEqualities, oldRows, unwanted)) return null;

        using var equalities = RowBuffer.Rent(shape.NewDimensions);
        using var rows = RowBuffer.Rent(shape.NewDimensions);
        Rename(oldEqualities, equalities, shape);
        Rename(oldRows, rows, shape);
        RelateCopies(equalities, shape);
        if (!shape.FreshStandAlone)
        {
            foreach (var row in shape.Fresh) rows.Append(row);
            return Canonical(equalities, rows);
        }
        if (!CanonicalForm.Reach(equalities, rows, out var facets)) return null;
        return shape.FreshAlone!._cells.Length == 0 ? Assembled(equalities, rows, facets) : Product(equalities, rows, facets, shape.FreshAlone);
    }

    private static void LetTimePass(RowBuffer rows, StepShape shape)
    {
        var f = shape.Firing;
        for (var i = 0; i < rows.Count; i++)
        {
            var cells = rows[i];
            var sum = cells[f];
            for (var j = 0; j < shape.Rates.Length; j++)
                if (j != f && shape.Rates[j] != 0) sum = Integers.Combine(1, sum, -shape.Rates[j], cells[j]);
            cells[f] = sum;
        }
    }

    /// <summary>
    /// The set with one coordinate larger by a constant. A canonical form stays one but for common divisors and the order of its rows.
    /// <code>
    ///     a·x ≤ b  with  x_j = y_j − by     becomes     a·y ≤ b + a_j·by
    /// </code>
    /// </summary>
    public Polyhedron Translated(int dimension, long by)
    {
        if (by == 0) return this;
        using var equalities = RowBuffer.Rent(Dimensions);
        using var rows = RowBuffer.Rent(Dimensions);
        equalities.Append(EqualityCells);
        rows.Append(InequalityCells);
        Translate(equalities, dimension, by);
        Translate(rows, dimension, by);
        rows.Sort(0, _facets);
        rows.Sort(_facets);
        return Assembled(equalities, rows, _facets);
    }

    private static void Translate(RowBuffer rows, int dimension, long by)
    {
        for (var i = 0; i < rows.Count; i++)
        {
            var cells = rows[i];
            if (cells[dimension] == 0) continue;
            cells[^2] = Integers.Combine(1, cells[^2], by, cells[dimension]);
            rows.Normalise(i);
        }
    }

    /// <summary>The firing timer itself, if it counted down, is 0 afterwards; otherwise it is 1 + rate times d.</summary>
    private static bool Vanishes(StepShape shape, int old) => old == shape.Firing && shape.Rates[old] == -1;

    private static int Stretch(StepShape shape, int old) => old == shape.Firing ? 1 + shape.Rates[old] : 1;

    private static void Rename(RowBuffer from, RowBuffer to, StepShape shape)
    {
        Span<bool> named = stackalloc bool[from.Dimensions];
        var stretch = shape.Firing >= 0 ? Math.Max(1, Stretch(shape, shape.Firing)) : 1;
        for (var r = 0; r < from.Count; r++)
        {
            var target = to.Append();
            var source = from[r];
            named.Clear();
            for (var i = 0; i < shape.Source.Length; i++)
            {
                var old = shape.Source[i];
                if (old < 0 || named[old] || Vanishes(shape, old)) continue;
                named[old] = true;
                target[i] = old == shape.Firing ? source[old] : Integers.Combine(stretch, source[old], 0, 0);
            }
            target[^2] = Integers.Combine(stretch, source[^2], 0, 0);
            target[^1] = source[^1];
            to.Normalise(to.Count - 1);
        }
    }

    /// <summary>New dimensions that continue the same old one are equal; one that continues the timer that fired is 0.</summary>
    private static void RelateCopies(RowBuffer equalities, StepShape shape)
    {
        for (var i = 0; i < shape.Source.Length; i++)
        {
            var old = shape.Source[i];
            if (old < 0) continue;
            if (Vanishes(shape, old))
            {
                equalities.Append()[i] = 1;
                continue;
            }
            var first = shape.Source.IndexOf(old);
            if (first == i) continue;
            var equality = equalities.Append();
            (equality[first], equality[i]) = (1, -1);
        }
    }

    /// <summary>Two canonical forms over different dimensions, side by side, are one.</summary>
    private static Polyhedron Product(RowBuffer equalities, RowBuffer rows, int facets, Polyhedron other)
    {
        using var all = RowBuffer.Rent(rows.Dimensions);
        var stride = all.Stride;
        equalities.Append(other.EqualityCells);
        Echelon.Reduce(equalities);
        var otherFacets = other._facets;
        all.Append(rows.Cells[..(facets * stride)]);
        all.Append(other.InequalityCells[..(otherFacets * stride)]);
        all.Sort(0);
        var first = all.Count;
        all.Append(rows.Cells[(facets * stride)..]);
        all.Append(other.InequalityCells[(otherFacets * stride)..]);
        all.Sort(first);
        return Assembled(equalities, all, first);
    }
}
