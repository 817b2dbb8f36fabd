using System.Numerics;
using Irekae.Model.Numbers;

namespace Irekae.Checker.Explore.Polyhedra;

/// <summary>A supremum or infimum: unbounded, or a value that some point of the set takes, or that points only come near.</summary>
public readonly record struct Extremum(bool IsBounded, Rational Value, bool Attained)
{
    public static readonly Extremum Unbounded = default;

    public override string ToString() => !IsBounded ? "unbounded" : Attained ? $"{Value}" : $"{Value}, not attained";
}

public sealed partial class Polyhedron
{
    private Tableau<long>? _vertex;
    private Tableau<BigInteger>? _wideVertex;
    private volatile bool _wide;

    public Extremum Supremum(ReadOnlySpan<long> objective)
    {
        if (objective.Length != Dimensions) throw new ArgumentException($"an objective over {Dimensions} dimensions is needed", nameof(objective));
        if (!_wide)
        {
            try
            {
                return Supremum(Vertex(), objective);
            }
            catch (OverflowException)
            {
                _wide = true;
            }
        }
        return Supremum(WideVertex(), objective);
    }

    public Extremum Infimum(ReadOnlySpan<long> objective)
    {
        var opposite = objective.ToArray();
        for (var j = 0; j < opposite.Length; j++) opposite[j] = Integers.Negate(opposite[j]);
        var supremum = Supremum(opposite);
        return supremum with { Value = -supremum.Value };
    }

    private Extremum Supremum<T>(Tableau<T> vertex, ReadOnlySpan<long> objective) where T : struct, IBinaryInteger<T>
    {
        using var tableau = Tableau<T>.Rent();
        tableau.CopyFrom(vertex);
        if (!tableau.SetGoal(objective) || tableau.Maximise() >= 0) return Extremum.Unbounded;
        return new Extremum(true, tableau.GoalValue(), IsMet(tableau));
    }

    /// <summary>Whether the optimum that the tableau stands at is taken inside the set. Spoils the tableau.</summary>
    private bool IsMet<T>(Tableau<T> optimum) where T : struct, IBinaryInteger<T>
    {
        if (!_anyStrict) return true;
        Span<bool> tight = _rows <= 128 ? stackalloc bool[128] : new bool[_rows];
        optimum.ConfineToOptimalFace(tight);
        for (var i = 0; i < _rows; i++)
            if (tight[i] && IsStrict(i)) return false;
        for (var i = 0; i < _rows; i++)
            if (IsStrict(i) && !optimum.CanBePositive(i)) return false;
        return true;
    }

    /// <summary>A dictionary at a vertex of the closure, made once; every linear program over this set starts from a copy.</summary>
    private Tableau<long> Vertex() => _vertex ??= FirstVertex<long>();
    private Tableau<BigInteger> WideVertex() => _wideVertex ??= FirstVertex<BigInteger>();

    private Tableau<T> FirstVertex<T>() where T : struct, IBinaryInteger<T>
    {
        using var work = Tableau<T>.Rent();
        work.Load(EqualityCells, _equalities, InequalityCells, _rows, Dimensions);
        if (work.FindInfeasibleLine() >= 0) throw new System.Diagnostics.UnreachableException("a polyhedron is not empty");
        var vertex = new Tableau<T>();
        vertex.CopyFrom(work);
        return vertex;
    }
}
