using System.Numerics;

namespace Irekae.Checker.Explore.Polyhedra;

/// <summary>
/// A simplex dictionary in exact integers. Variables: the dimensions x_0 … x_{n-1}, free in sign, and one slack
/// s_i = b_i − a_i·x ≥ 0 per row. Each line of the dictionary reads
/// <code>    d · basic = β + Σ_j α_j · nonbasic_j,      d &gt; 0, all integers, no common divisor above 1 unless d = 1</code>
/// and is scaled on its own, so a tableau of differences stays in 0, ±1. The free variables are driven into the basis
/// first and never leave it (a column that stays free is a direction in which no slack changes), so afterwards a
/// dictionary with β ≥ 0 in all slack lines is a vertex of the closure: the point where all nonbasic slacks are 0.
///
/// The number type is <c>long</c> with checked arithmetic, which throws OverflowException, or BigInteger: the caller
/// tries the first and repeats the question with the second.
/// Cycling: after a fixed number of pivots by size, the choice is Bland's (smallest index among the candidates, entering
/// and leaving), which is finite.
/// </summary>
internal sealed partial class Tableau<T> : IDisposable where T : struct, IBinaryInteger<T>
{
    private const int Beta = 0;
    private const int Scale = 1;
    private const int Alpha = 2;
    private const int Absent = int.MinValue;

    [ThreadStatic] private static Stack<Tableau<T>>? t_free;

    private T[] _cells = [];
    private int _stride;
    private int _dimensions;
    private int _variables;
    private int _columns;
    private int _freeLines;
    private int _lines;
    private int _goal = -1;
    private int[] _basic = [];
    private int[] _nonbasic = [];
    private int[] _where = [];

    public static Tableau<T> Rent()
    {
        var free = t_free ??= new Stack<Tableau<T>>();
        return free.Count > 0 ? free.Pop() : new Tableau<T>();
    }

    public void Dispose() => (t_free ??= new Stack<Tableau<T>>()).Push(this);

    /// <summary>Lines that the last infeasible or optimal answer is about.</summary>
    public Span<T> Line(int line) => _cells.AsSpan(line * _stride, _columns + Alpha);

    private bool IsSlack(int variable) => variable >= _dimensions;

    /// <summary>
    /// The dictionary of these rows with all free variables driven into the basis as far as possible. The equalities must
    /// be in reduced echelon form and the rows free of their leading dimensions.
    /// </summary>
    public void Load(RowBuffer equalities, RowBuffer rows) =>
        Load(equalities.Cells, equalities.Count, rows.Cells, rows.Count, rows.Dimensions);

    public void Load(ReadOnlySpan<long> equalities, int equalityCount, ReadOnlySpan<long> rows, int rowCount, int dimensions)
    {
        var width = dimensions + 2;
        _dimensions = dimensions;
        _goal = -1;
        _pinned = [];
        _variables = dimensions + rowCount;
        Grow(ref _where, _variables);
        Grow(ref _nonbasic, dimensions);
        Grow(ref _basic, dimensions + rowCount + 1);
        _where.AsSpan(0, _variables).Fill(Absent);
        var leading = Leading(equalities, equalityCount, width);

        _columns = 0;
        for (var j = 0; j < dimensions; j++)
            if (!leading.Contains(j) && (Occurs(equalities, equalityCount, width, j) || Occurs(rows, rowCount, width, j)))
            {
                _where[j] = ~_columns;
                _nonbasic[_columns++] = j;
            }
        _stride = _columns + Alpha;
        _lines = equalityCount + rowCount;
        _freeLines = equalityCount;
        Grow(ref _cells, (_lines + 1) * _stride);

        for (var i = 0; i < equalityCount; i++)
        {
            var source = equalities.Slice(i * width, width);
            var line = Line(i);
            line[Beta] = T.CreateChecked(source[dimensions]);
            line[Scale] = T.CreateChecked(source[leading[i]]);
            for (var c = 0; c < _columns; c++) line[Alpha + c] = T.CreateChecked(Integers.Negate(source[_nonbasic[c]]));
            Place(i, leading[i]);
        }
        for (var i = 0; i < rowCount; i++)
        {
            var source = rows.Slice(i * width, width);
            var line = Line(equalityCount + i);
            line[Beta] = T.CreateChecked(source[dimensions]);
            line[Scale] = T.One;
            for (var c = 0; c < _columns; c++) line[Alpha + c] = T.CreateChecked(Integers.Negate(source[_nonbasic[c]]));
            Place(equalityCount + i, dimensions + i);
        }
        DriveIn();
    }

    public void CopyFrom(Tableau<T> other)
    {
        _dimensions = other._dimensions;
        _stride = other._stride;
        _columns = other._columns;
        _freeLines = other._freeLines;
        _lines = other._lines;
        _goal = other._goal;
        _pinned = [];
        Copy(other._cells, ref _cells, (_lines + 1) * _stride);
        Copy(other._basic, ref _basic, _lines + 1);
        Copy(other._nonbasic, ref _nonbasic, _columns);
        _variables = other._variables;
        Copy(other._where, ref _where, _variables);
    }

    private void DriveIn()
    {
        for (var column = 0; column < _columns; column++)
        {
            if (IsSlack(_nonbasic[column])) continue;
            var best = -1;
            var bestScore = int.MaxValue;
            for (var i = _freeLines; i < _lines; i++)
            {
                var line = Line(i);
                if (T.IsZero(line[Alpha + column])) continue;
                var score = T.Abs(line[Alpha + column]) == T.One ? 0 : 1000;
                for (var c = 0; c < _columns; c++)
                    if (!T.IsZero(line[Alpha + c])) score += IsSlack(_nonbasic[c]) ? 1 : 2;
                if (score < bestScore) (best, bestScore) = (i, score);
            }
            if (best < 0) continue;
            Pivot(best, column);
            SwapLines(best, _freeLines++);
        }
    }

    /// <summary>
    /// Exchanges the basic variable of a line with the nonbasic one of a column. With p = α_column of that line:
    /// <code>
    ///     d·B = β + Σ α_j·x_j + p·x        before
    ///     |p|·x = ∓β ∓ Σ α_j·x_j ± d·B     after (upper signs for p &gt; 0), substituted in every other line
    /// </code>
    /// </summary>
    private void Pivot(int pivotLine, int column)
    {
        var width = _columns + Alpha;
        var at = Alpha + column;
        var pivot = Line(pivotLine);
        var p = pivot[at];
        var scale = pivot[Scale];
        if (T.IsPositive(p))
        {
            for (var j = 0; j < width; j++) pivot[j] = Negate(pivot[j]);
            pivot[at] = scale;
        }
        else
        {
            pivot[at] = Negate(scale);
            p = Negate(p);
        }
        pivot[Scale] = p;
        if (p != T.One) Reduce(pivot);
        p = pivot[Scale];
        var unit = p == T.One;

        var count = _goal >= 0 ? _goal + 1 : _lines;
        for (var i = 0; i < count; i++)
        {
            if (i == pivotLine) continue;
            var line = Line(i);
            var q = line[at];
            if (T.IsZero(q)) continue;
            line[at] = T.Zero;
            var keptScale = line[Scale];
            if (unit)
            {
                if (q == T.One)
                {
                    for (var j = 0; j < line.Length && j < pivot.Length; j++) line[j] = checked(line[j] + pivot[j]);
                }
                else
                {
                    for (var j = 0; j < line.Length && j < pivot.Length; j++) line[j] = checked(line[j] + q * pivot[j]);
                }
                line[Scale] = keptScale;
                if (keptScale != T.One) Reduce(line);
            }
            else
            {
                var divisor = Gcd(q, p);
                var (byLine, byPivot) = (p / divisor, q / divisor);
                for (var j = 0; j < line.Length && j < pivot.Length; j++) line[j] = checked(byLine * line[j] + byPivot * pivot[j]);
                line[Scale] = checked(keptScale * byLine);
                Reduce(line);
            }
        }
        var (left, entered) = (_basic[pivotLine], _nonbasic[column]);
        Place(pivotLine, entered);
        _nonbasic[column] = left;
        _where[left] = ~column;
    }

    private void Place(int line, int variable)
    {
        _basic[line] = variable;
        _where[variable] = line;
    }

    private void SwapLines(int a, int b)
    {
        if (a == b) return;
        var upper = Line(a);
        var lower = Line(b);
        for (var j = 0; j < upper.Length; j++) (upper[j], lower[j]) = (lower[j], upper[j]);
        var (first, second) = (_basic[a], _basic[b]);
        Place(b, first);
        Place(a, second);
    }

    private void RemoveLine(int line)
    {
        SwapLines(line, _lines - 1);
        _lines--;
        _where[_basic[_lines]] = Absent;
    }

    private void RemoveColumn(int column)
    {
        var last = --_columns;
        _where[_nonbasic[column]] = Absent;
        if (column == last) return;
        var count = _goal >= 0 ? _goal + 1 : _lines;
        for (var i = 0; i < count; i++) _cells[i * _stride + Alpha + column] = _cells[i * _stride + Alpha + last];
        _nonbasic[column] = _nonbasic[last];
        _where[_nonbasic[column]] = ~column;
    }

    private static void Reduce(Span<T> line)
    {
        var divisor = line[Scale];
        for (var j = 0; j < line.Length; j++)
        {
            if (divisor == T.One) return;
            if (!T.IsZero(line[j])) divisor = Gcd(divisor, line[j]);
        }
        if (divisor == T.One) return;
        for (var j = 0; j < line.Length; j++) line[j] /= divisor;
    }

    private static T Gcd(T a, T b)
    {
        (a, b) = (T.Abs(a), T.Abs(b));
        while (!T.IsZero(b)) (a, b) = (b, a % b);
        return a;
    }

    private static T Negate(T value) => checked(-value);

    private static int[] Leading(ReadOnlySpan<long> equalities, int count, int width)
    {
        if (count == 0) return [];
        var leading = new int[count];
        for (var i = 0; i < count; i++) leading[i] = equalities.Slice(i * width, width).IndexOfAnyExcept(0L);
        return leading;
    }

    private static bool Occurs(ReadOnlySpan<long> rows, int count, int width, int dimension)
    {
        for (var i = 0; i < count; i++)
            if (rows[i * width + dimension] != 0) return true;
        return false;
    }

    private static void Grow<TItem>(ref TItem[] array, int needed)
    {
        if (array.Length < needed) Array.Resize(ref array, Math.Max(needed, array.Length * 2));
    }

    private static void Copy<TItem>(TItem[] source, ref TItem[] target, int count)
    {
        if (target.Length < count) target = new TItem[Math.Max(count, target.Length * 2)];
        Array.Copy(source, target, count);
    }
}
