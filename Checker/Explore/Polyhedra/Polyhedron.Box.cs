using System.Numerics;
using Irekae.Model.Numbers;

namespace Irekae.Checker.Explore.Polyhedra;

public sealed partial class Polyhedron
{
    private const long Infinity = long.MaxValue;

    private Surroundings? _surroundings;

    /// <summary>
    /// The bounding box, exactly and once more rounded outwards to integers (Infinity where there is none or where it is beyond Modest), and some
    /// vertices of the closure, each as n numerators and a common denominator.
    /// </summary>
    private sealed record Surroundings(Extremum[] Upper, Extremum[] Lower, long[] High, long[] Low, long[] Vertices);

    private const long Modest = 1L << 40;
    private const long ModestCoefficient = 1L << 16;

    /// <summary>Infimum and supremum of one dimension.</summary>
    public (Extremum Lower, Extremum Upper) Bounds(int dimension) => (Around().Lower[dimension], Around().Upper[dimension]);

    private Surroundings Around() => _surroundings ??= LookAround();

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
                objective.Clear();
                objective[j] = sign;
                var found = Extremum.Unbounded;
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
