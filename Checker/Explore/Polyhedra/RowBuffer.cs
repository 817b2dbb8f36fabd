namespace Irekae.Checker.Explore.Polyhedra;

/// <summary>
/// Scratch rows in one flat array: per row the n coefficients, the constant, and 1 if strict. Taken from and given back to
/// a stack of the current thread, so that the inner loops neither allocate nor lock.
/// </summary>
internal sealed class RowBuffer : IDisposable
{
    [ThreadStatic] private static Stack<RowBuffer>? t_free;

    private long[] _cells = new long[256];
    private int[] _buckets = [];

    private RowBuffer() { }

    public int Dimensions { get; private set; }
    public int Stride { get; private set; }
    public int Count { get; private set; }

    public static RowBuffer Rent(int dimensions)
    {
        var free = t_free ??= new Stack<RowBuffer>();
        var buffer = free.Count > 0 ? free.Pop() : new RowBuffer();
        buffer.Dimensions = dimensions;
        buffer.Stride = dimensions + 2;
        buffer.Count = 0;
        return buffer;
    }

    public void Dispose() => (t_free ??= new Stack<RowBuffer>()).Push(this);

    public Span<long> this[int row] => _cells.AsSpan(row * Stride, Stride);
    public ReadOnlySpan<long> Cells => _cells.AsSpan(0, Count * Stride);

    public long Constant(int row) => _cells[row * Stride + Dimensions];
    public bool IsStrict(int row) => _cells[row * Stride + Dimensions + 1] != 0;
    public void MakeStrict(int row) => _cells[row * Stride + Dimensions + 1] = 1;

    /// <summary>A new last row, all zero.</summary>
    public Span<long> Append()
    {
        Reserve(1);
        var row = this[Count++];
        row.Clear();
        return row;
    }

    public void Append(ReadOnlySpan<long> rows)
    {
        Reserve(rows.Length / Stride);
        rows.CopyTo(_cells.AsSpan(Count * Stride));
        Count += rows.Length / Stride;
    }

    public void Append(Row row)
    {
        var cells = Append();
        row.Coefficients.CopyTo(cells);
        cells[Dimensions] = row.Constant;
        cells[Dimensions + 1] = row.Strict ? 1 : 0;
    }

    /// <summary>The last row takes the place of the removed one.</summary>
    public void RemoveAt(int row)
    {
        Count--;
        if (row != Count) this[Count].CopyTo(this[row]);
    }

    public void Swap(int a, int b)
    {
        if (a == b) return;
        var upper = this[a];
        var lower = this[b];
        for (var j = 0; j < Stride; j++) (upper[j], lower[j]) = (lower[j], upper[j]);
    }

    /// <summary>Drops those of the first rows in which the dimension occurs; the others keep their order.</summary>
    public void RemoveWhere(int dimension, int first)
    {
        var kept = 0;
        for (var i = 0; i < Count; i++)
        {
            if (i < first && this[i][dimension] != 0) continue;
            if (kept != i) this[i].CopyTo(this[kept]);
            kept++;
        }
        Count = kept;
    }

    public void Clear() => Count = 0;

    public void Normalise(int row) => Integers.DivideByGcd(this[row][..^1]);

    public bool IsZero(int row) => !this[row][..Dimensions].ContainsAnyExcept(0L);

    /// <summary>
    /// Row := p·row + q·other with p &gt; 0, and q ≥ 0 unless other is an equality: strict iff one parent is.
    /// </summary>
    public void Combine(int row, long p, long q, ReadOnlySpan<long> other)
    {
        var cells = this[row];
        for (var j = 0; j <= Dimensions; j++) cells[j] = Integers.Combine(p, cells[j], q, other[j]);
        cells[Dimensions + 1] |= other[Dimensions + 1];
        Integers.DivideByGcd(cells[..^1]);
    }

    /// <summary>
    /// Drops rows without variables and all but the tightest of the rows with the same coefficients.
    /// False if a row without variables is false: nothing satisfies the rows.
    /// </summary>
    public bool DropDominated()
    {
        var size = 16;
        while (size < Count * 2) size *= 2;
        if (_buckets.Length < size) _buckets = new int[size];
        var buckets = _buckets.AsSpan(0, size);
        buckets.Clear();
        var kept = 0;
        for (var i = 0; i < Count; i++)
        {
            var row = this[i];
            var coefficients = row[..Dimensions];
            if (!coefficients.ContainsAnyExcept(0L))
            {
                if (row[Dimensions] < 0 || (row[Dimensions] == 0 && row[Dimensions + 1] != 0)) return false;
                continue;
            }
            var slot = Integers.Hash(coefficients) & (size - 1);
            while (buckets[slot] != 0 && !this[buckets[slot] - 1][..Dimensions].SequenceEqual(coefficients))
                slot = (slot + 1) & (size - 1);
            if (buckets[slot] == 0)
            {
                buckets[slot] = kept + 1;
                if (kept != i) row.CopyTo(this[kept]);
                kept++;
                continue;
            }
            var twin = this[buckets[slot] - 1];
            if (row[Dimensions] < twin[Dimensions] || (row[Dimensions] == twin[Dimensions] && row[Dimensions + 1] > twin[Dimensions + 1]))
                row[Dimensions..].CopyTo(twin[Dimensions..]);
        }
        Count = kept;
        return true;
    }

    /// <summary>Lexicographic by coefficients, constant, strictness: the order of a canonical form.</summary>
    public void Sort(int from) => Sort(from, Count);

    public void Sort(int from, int to)
    {
        for (var i = from + 1; i < to; i++)
        {
            for (var k = i; k > from && this[k].SequenceCompareTo(this[k - 1]) < 0; k--) Swap(k, k - 1);
        }
    }

    private void Reserve(int rows)
    {
        var needed = (Count + rows) * Stride;
        if (needed > _cells.Length) Array.Resize(ref _cells, Math.Max(needed, _cells.Length * 2));
    }
}
