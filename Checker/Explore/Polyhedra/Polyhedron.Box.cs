using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Irekae.Model.Numbers;

namespace Irekae.Checker.Explore.Polyhedra;

public sealed partial class Polyhedron
{
    private const long Infinity = long.MaxValue;

    private Surroundings? _surroundings;
    private long[]? _outline;
    private bool _outlineIsExact;

    /// <summary>
    /// The bounding box, exactly and once more rounded outwards to integers (Infinity where there is none or where it is beyond Modest), and some
    /// vertices of the closure, each as n numerators and a common denominator.
    /// </summary>
    private sealed record Surroundings(Extremum[] Upper, Extremum[] Lower, long[] High, long[] Low, long[] Vertices);

    private const long Modest = 1L << 40;
    private const long ModestCoefficient = 1L << 16;

    /// <summary>Infimum and supremum of one dimension.</summary>
    public (Extremum Lower, Extremum Upper) Bounds(int dimension) => (Around().Lower[dimension], Around().Upper[dimension]);

    /// <summary>
    /// The bounding box as numbers, two for each dimension, such that a set inside another has no larger number anywhere. With v the supremum, or
    /// minus the infimum: 4v, 4v + 1 if attained, 4⌊v⌋ + 2 for a fraction, Infinity if there is none. As long as a multiple of Lane.
    /// </summary>
    internal long[] Outline
    {
        get
        {
            if (_outline is null) Around();
            return _outline!;
        }
    }

    /// <summary>The numbers of an Outline that are read at once.</summary>
    private const int Lane = 4;

    /// <summary>What a comparison of outlines leaves open: a number beyond Modest was taken for Infinity, so that this set may be inside another in spite of it.</summary>
    internal bool OutlineIsVague { get; private set; }

    /// <summary>Whether no number of the first is larger.</summary>
    internal static bool Fits(ReadOnlySpan<long> inner, ReadOnlySpan<long> outer)
    {
        ref long a = ref MemoryMarshal.GetReference(inner), b = ref MemoryMarshal.GetReference(outer);
        for (nuint i = 0; i < (nuint)inner.Length; i += Lane)
            if (Vector256.GreaterThanAny(Vector256.LoadUnsafe(ref a, i), Vector256.LoadUnsafe(ref b, i))) return false;
        return true;
    }

    /// <summary>Gives back what is only needed of sets that are worked on; it comes again if asked for.</summary>
    internal void Rest()
    {
        if (_surroundings is not { } found) return;
        _surroundings = _outlineIsExact ? null : found with { Vertices = [] };
        _vertex = null;
        _wideVertex = null;
    }

    private Surroundings Around()
    {
        if (_surroundings is { } known) return known;
        var found = LookAround();
        if (_outline is null) Draw(found);
        return _surroundings = found;
    }

    private void Draw(Surroundings found)
    {
        var outline = new long[(2 * Dimensions + Lane - 1) / Lane * Lane];
        var (vague, fractional) = (false, false);
        for (var j = 0; j < Dimensions; j++)
        {
            outline[2 * j] = Number(found.Upper[j], ref vague, ref fractional);
            outline[2 * j + 1] = Number(Mirrored(found.Lower[j]), ref vague, ref fractional);
        }
        OutlineIsVague = vague;
        _outlineIsExact = !vague && !fractional;
        _outline = outline;
    }

    private static long Number(Extremum end, ref bool vague, ref bool fractional)
    {
        if (!end.IsBounded) return Infinity;
        var floor = end.Value.Floor();
        if (BigInteger.Abs(floor) > Modest)
        {
            vague = true;
            return Infinity;
        }
        if (end.Value.IsInteger) return 4 * (long)floor + (end.Attained ? 1 : 0);
        fractional = true;
        return 4 * (long)floor + 2;
    }

    private Surroundings LookAround()
    {
        if (!_wide)
        {
            try
            {
                return LookAround(Vertex());
            }
            catch (OverflowException)
            {
                _wide = true;
            }
        }
        return LookAround(WideVertex());
    }

    private Surroundings LookAround<T>(Tableau<T> vertex) where T : struct, IBinaryInteger<T>
    {
        var n = Dimensions;
        var (upper, lower, high, low) = (new Extremum[n], new Extremum[n], new long[n], new long[n]);
        var vertices = new List<long>();
        using var tableau = Tableau<T>.Rent();
        tableau.CopyFrom(vertex);
        Span<long> objective = stackalloc long[n];
        Span<long> corner = stackalloc long[n + 1];
        for (var j = 0; j < n; j++)
        {
            for (var sign = 1; sign >= -1; sign -= 2)
            {
                var found = Extremum.Unbounded;
                if (!MayBeBounded(j, sign))
                {
                    (sign > 0 ? upper : lower)[j] = found;
                    (sign > 0 ? high : low)[j] = Infinity;
                    continue;
                }
                if (FacetAlong(j, sign) is { } facet)
                {
                    (sign > 0 ? upper : lower)[j] = facet;
                    (sign > 0 ? high : low)[j] = Outwards(facet.Value, sign);
                    continue;
                }
                objective.Clear();
                objective[j] = sign;
                if (tableau.SetGoal(objective) && tableau.Maximise() < 0)
                {
                    var value = tableau.GoalValue();
                    found = new Extremum(true, sign > 0 ? value : -value, IsMetUnspoilt(tableau));
                    if (tableau.ReadVertex(corner) && !Listed(vertices, corner)) vertices.AddRange(corner);
                }
                (sign > 0 ? upper : lower)[j] = found;
                (sign > 0 ? high : low)[j] = !found.IsBounded ? Infinity : Outwards(found.Value, sign);
            }
        }
        return new Surroundings(upper, lower, high, low, [.. vertices]);
    }

    /// <summary>Where neither an equality nor a row on this side has the dimension, nothing bounds it.</summary>
    private bool MayBeBounded(int dimension, int sign)
    {
        for (var i = 0; i < _equalities; i++)
            if (EqualityRow(i)[dimension] != 0) return true;
        for (var i = 0; i < _rows; i++)
            if (Math.Sign(InequalityRow(i)[dimension]) == sign) return true;
        return false;
    }

    /// <summary>
    /// A facet's inner points satisfy all other rows, strictly, and corners take off less than a facet: a row over this dimension alone that is a
    /// facet is its end, attained unless the row is strict. Null: there is none.
    /// </summary>
    private Extremum? FacetAlong(int dimension, int sign)
    {
        for (var i = 0; i < _facets; i++)
        {
            var row = InequalityRow(i);
            if (Math.Sign(row[dimension]) != sign || row[..dimension].ContainsAnyExcept(0L) || row[(dimension + 1)..Dimensions].ContainsAnyExcept(0L)) continue;
            return new Extremum(true, new Rational(row[Dimensions], row[dimension]), Attained: row[^1] == 0);
        }
        return null;
    }

    private bool IsMetUnspoilt<T>(Tableau<T> optimum) where T : struct, IBinaryInteger<T>
    {
        if (!_anyStrict) return true;
        using var copy = Tableau<T>.Rent();
        copy.CopyFrom(optimum);
        return IsMet(copy);
    }

    private static long Outwards(Rational value, int sign)
    {
        var rounded = sign > 0 ? value.Ceiling() : value.Floor();
        return BigInteger.Abs(rounded) <= Modest ? (long)rounded : Infinity;
    }

    private static bool Listed(List<long> vertices, ReadOnlySpan<long> corner)
    {
        var all = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(vertices);
        for (var i = 0; i < all.Length; i += corner.Length)
            if (all.Slice(i, corner.Length).SequenceEqual(corner)) return true;
        return false;
    }
}
