using System.Collections.Immutable;

namespace Irekae.Checker.Explore.Polyhedra;

/// <summary>
/// A non-empty convex set of timer valuations, not necessarily closed, in a form that the set alone decides.
///
/// <para><b>Row.</b> a·x ≤ b or, strict, a·x &lt; b, all integers. A set is the intersection of finitely many half-spaces. Strict rows
/// are not a nicety: a rule for simultaneous events says x_i &lt; x_j, and whether a bound holds can turn on that one point.</para>
///
/// <para><b>Closure.</b> Of a non-empty set, the closure has the same rows with ≤ for every &lt; (move from any closure point towards an
/// inner one). So a supremum is that of the closed rows, a linear program; it is <em>attained</em> iff some point of the optimal face
/// satisfies all strict rows. Each strict row needs only one point of its own on the face where it has slack: their average serves all.</para>
///
/// <para><b>Empty.</b> The closed rows are infeasible, or some strict row has no slack anywhere on them (the same averaging). There is no
/// empty Polyhedron: an operation whose result is empty returns null.</para>
///
/// <para><b>Minimal.</b> A row without slack anywhere is an equality; the equalities are kept in reduced echelon form (Echelon), the
/// other rows are free of their leading dimensions. In what is left the set is solid, and a solid polyhedron's facets have one normal
/// each: the rows that do not follow from the others, closed, are exactly the facets, each strict or not. What strict rows cut off below
/// the facets is kept as corners (Corners). Rows are divided by their common divisor and sorted. Hence two polyhedra are the same
/// set iff they have the same rows, and equality and hashing are by rows.</para>
///
/// <para><b>Moves and projection.</b> See StepShape for what a move does and Elimination for why projecting is exact, strictness included.</para>
///
/// <para><b>Numbers.</b> Rows are 64-bit and never wrap (CoefficientOverflowException). Linear programs run in checked 64-bit integers and,
/// when these do not suffice, again in big ones.</para>
///
/// Thread-safe: immutable but for caches that any thread may fill with the same answer.
/// </summary>
public sealed partial class Polyhedron : IEquatable<Polyhedron>
{
    // Flat rows as in RowBuffer: equalities, then facets, then corners.
    private readonly long[] _cells;
    private readonly int _equalities;
    private readonly int _rows;
    private readonly int _facets;
    private readonly bool _anyStrict;
    private readonly int _hash;
    private ImmutableArray<Row> _shown;

    private Polyhedron(int dimensions, long[] cells, int equalities, int facets)
    {
        Dimensions = dimensions;
        _cells = cells;
        _equalities = equalities;
        _facets = facets;
        _rows = cells.Length / (dimensions + 2) - equalities;
        for (var i = 0; i < _rows; i++) _anyStrict |= IsStrict(i);
        _hash = HashCode.Combine(dimensions, equalities, Integers.Hash(cells));
    }

    public int Dimensions { get; }

    /// <summary>How many of the rows, the first ones, are equalities a·x = b.</summary>
    public int EqualityCount => _equalities;
    public int InequalityCount => _rows;
    public bool IsClosed => !_anyStrict;

    /// <summary>The equalities a·x = b, each once, as the row a·x ≤ b.</summary>
    public ImmutableArray<Row> Equalities => Shown[.._equalities];

    /// <summary>The irredundant inequalities.</summary>
    public ImmutableArray<Row> Inequalities => Shown[_equalities..];

    /// <summary>All rows as half-spaces: every equality twice, once in each direction. What a certificate holds.</summary>
    public ImmutableArray<Row> Rows =>
        [.. Equalities.SelectMany(row => new[] { row, Row.Of(row.Coefficients.ToArray().Select(Integers.Negate).ToArray(), Integers.Negate(row.Constant)) }), .. Inequalities];

    public static Polyhedron Universe(int dimensions) => new(dimensions, [], 0, 0);

    /// <summary>The points that satisfy all rows; null if there are none.</summary>
    public static Polyhedron? FromRows(int dimensions, IEnumerable<Row> rows) => Universe(dimensions).With(rows);

    /// <summary>The intersection with the rows; null if it is empty.</summary>
    public Polyhedron? With(IEnumerable<Row> rows)
    {
        using var equalities = RowBuffer.Rent(Dimensions);
        using var inequalities = RowBuffer.Rent(Dimensions);
        equalities.Append(EqualityCells);
        inequalities.Append(InequalityCells);
        var before = inequalities.Count;
        foreach (var row in rows)
        {
            if (row.Dimensions != Dimensions) throw new ArgumentException($"{row} is not a row over {Dimensions} dimensions", nameof(rows));
            if (!Contains(row)) inequalities.Append(row);
        }
        return inequalities.Count == before ? this : Canonical(equalities, inequalities);
    }

    public Polyhedron? With(params ReadOnlySpan<Row> rows) => With(rows.ToArray().AsEnumerable());

    internal static Polyhedron? Canonical(RowBuffer equalities, RowBuffer rows) =>
        CanonicalForm.Reach(equalities, rows, out var facets) ? Assembled(equalities, rows, facets) : null;

    /// <summary>Buffers that are in canonical form already.</summary>
    private static Polyhedron Assembled(RowBuffer equalities, RowBuffer rows, int facets)
    {
        var cells = new long[equalities.Cells.Length + rows.Cells.Length];
        equalities.Cells.CopyTo(cells);
        rows.Cells.CopyTo(cells.AsSpan(equalities.Cells.Length));
        return new Polyhedron(equalities.Dimensions, cells, equalities.Count, facets);
    }

    private int Stride => Dimensions + 2;
    private ReadOnlySpan<long> EqualityCells => _cells.AsSpan(0, _equalities * Stride);
    private ReadOnlySpan<long> InequalityCells => _cells.AsSpan(_equalities * Stride);
    private ReadOnlySpan<long> EqualityRow(int i) => _cells.AsSpan(i * Stride, Stride);
    private ReadOnlySpan<long> InequalityRow(int i) => _cells.AsSpan((_equalities + i) * Stride, Stride);
    private bool IsStrict(int inequality) => _cells[(_equalities + inequality) * Stride + Dimensions + 1] != 0;

    private ImmutableArray<Row> Shown
    {
        get
        {
            if (!_shown.IsDefault) return _shown;
            var rows = new Row[_equalities + _rows];
            for (var i = 0; i < rows.Length; i++)
            {
                var cells = _cells.AsSpan(i * Stride, Stride);
                rows[i] = Row.Of(cells[..Dimensions], cells[Dimensions], cells[Dimensions + 1] != 0);
            }
            return _shown = ImmutableArray.Create(rows);
        }
    }

    /// <summary>Whether the row is there as it stands, or a tighter one with the same coefficients.</summary>
    private bool Contains(Row row) => Contains(row.Coefficients, row.Constant, row.Strict);

    private bool Contains(ReadOnlySpan<long> coefficients, long constant, bool strict)
    {
        for (var i = 0; i < _rows; i++)
        {
            var own = InequalityRow(i);
            if (!own[..Dimensions].SequenceEqual(coefficients)) continue;
            return own[Dimensions] < constant || (own[Dimensions] == constant && (!strict || own[Dimensions + 1] != 0));
        }
        return false;
    }

    public bool Equals(Polyhedron? other) =>
        other is not null && (ReferenceEquals(this, other) || (_hash == other._hash && Dimensions == other.Dimensions
            && _equalities == other._equalities && _cells.AsSpan().SequenceEqual(other._cells)));

    public override bool Equals(object? obj) => Equals(obj as Polyhedron);
    public override int GetHashCode() => _hash;

    public override string ToString() =>
        _cells.Length == 0 ? "anything" : string.Join(", ", [.. Equalities.Select(row => row.ToString().Replace("<=", "=")), .. Inequalities.Select(row => row.ToString())]);
}
