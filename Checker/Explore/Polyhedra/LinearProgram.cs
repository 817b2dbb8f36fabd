using System.Collections.Immutable;
using System.Numerics;
using Irekae.Model.Numbers;

namespace Irekae.Checker.Explore.Polyhedra;

/// <summary>The answer to a linear program, each with what convinces a reader who can multiply.</summary>
public abstract record LinearOutcome
{
    /// <summary>
    /// λ ≥ 0 and μ &gt; 0 with λᵀA = μ·objective and λᵀb = μ·value: no point goes above. If not attained, some strict row has λ &gt; 0: no point reaches
    /// it. The point is a vertex of the closure with that value.
    /// </summary>
    public sealed record Optimal(Rational Value, bool Attained, ImmutableArray<Rational> Point, ImmutableArray<BigInteger> Multipliers, BigInteger Scale) : LinearOutcome;

    /// <summary>From the point one can go along the ray for ever: a·ray ≤ 0 for every row, objective·ray &gt; 0.</summary>
    public sealed record Unbounded(ImmutableArray<Rational> Point, ImmutableArray<Rational> Ray) : LinearOutcome;

    /// <summary>λ ≥ 0 with λᵀA = 0 and λᵀb &lt; 0, or λᵀb = 0 with λ &gt; 0 on a strict row.</summary>
    public sealed record Infeasible(ImmutableArray<BigInteger> Multipliers) : LinearOutcome;
}

/// <summary>
/// Exact linear programs with certificates, for proofs: the rows are taken as they stand and in their order, which is the order of the
/// multipliers. The explorer's own questions go to Polyhedron, which keeps a vertex to start from.
/// </summary>
public static class LinearProgram
{
    public static LinearOutcome Maximise(IReadOnlyList<Row> rows, ReadOnlySpan<long> objective)
    {
        using var equalities = RowBuffer.Rent(objective.Length);
        using var inequalities = RowBuffer.Rent(objective.Length);
        foreach (var row in rows)
        {
            if (row.Dimensions != objective.Length) throw new ArgumentException($"{row} is not a row over {objective.Length} dimensions", nameof(rows));
            inequalities.Append(row);
        }
        try
        {
            return Maximise<long>(equalities, inequalities, objective);
        }
        catch (OverflowException)
        {
            return Maximise<BigInteger>(equalities, inequalities, objective);
        }
    }

    /// <summary>Why no point satisfies the rows; null if some point does.</summary>
    public static LinearOutcome.Infeasible? Refute(int dimensions, IReadOnlyList<Row> rows) =>
        Maximise(rows, new long[dimensions]) as LinearOutcome.Infeasible;

    private static LinearOutcome Maximise<T>(RowBuffer equalities, RowBuffer rows, ReadOnlySpan<long> objective) where T : struct, IBinaryInteger<T>
    {
        using var tableau = Tableau<T>.Rent();
        var multipliers = new BigInteger[rows.Count];
        tableau.Load(equalities, rows);
        if (tableau.FindInfeasibleLine() is var infeasible and >= 0)
        {
            tableau.ReadMultipliers(infeasible, multipliers);
            return new LinearOutcome.Infeasible([.. multipliers]);
        }
        for (var i = 0; i < rows.Count; i++)
        {
            if (!rows.IsStrict(i) || tableau.CanBePositive(i)) continue;
            tableau.ReadMultipliers(tableau.LineOfSlack(i), multipliers);
            return new LinearOutcome.Infeasible([.. multipliers]);
        }
        if (!tableau.SetGoal(objective)) return FreeRay(tableau, objective);
        if (tableau.Maximise() is var column and >= 0)
            return new LinearOutcome.Unbounded(Point(tableau, objective.Length), Ray(tableau, objective.Length, column, 1));
        var (value, point) = (tableau.GoalValue(), Point(tableau, objective.Length));
        var scale = tableau.ReadMultipliers(tableau.GoalLine, multipliers);
        var attained = IsMet(tableau, rows, multipliers, ref scale);
        return new LinearOutcome.Optimal(value, attained, point, [.. multipliers], scale);
    }

    /// <summary>
    /// The optimal face is where the slacks with γ &lt; 0 are 0. A strict row s without slack there reads d·s = Σ δ_j·s_j with δ_j ≤ 0 but for those j;
    /// enough of the goal's own line on top makes all multipliers non-negative, and s has d.
    /// </summary>
    private static bool IsMet<T>(Tableau<T> optimum, RowBuffer rows, BigInteger[] multipliers, ref BigInteger scale) where T : struct, IBinaryInteger<T>
    {
        for (var i = 0; i < rows.Count; i++)
            if (rows.IsStrict(i) && multipliers[i].Sign > 0) return false;
        var witness = new BigInteger[rows.Count];
        for (var i = 0; i < rows.Count; i++)
        {
            if (!rows.IsStrict(i) || optimum.CanBePositiveWhere(i, multipliers)) continue;
            optimum.ReadMultipliers(optimum.LineOfSlack(i), witness);
            var times = BigInteger.One;
            for (var k = 0; k < witness.Length; k++)
                if (witness[k].Sign < 0) times = BigInteger.Max(times, (-witness[k] + multipliers[k] - 1) / multipliers[k]);
            for (var k = 0; k < witness.Length; k++) multipliers[k] = multipliers[k] * times + witness[k];
            scale *= times;
            return false;
        }
        return true;
    }

    private static LinearOutcome FreeRay<T>(Tableau<T> tableau, ReadOnlySpan<long> objective) where T : struct, IBinaryInteger<T>
    {
        var n = objective.Length;
        var point = Point(tableau, n);
        for (var j = 0; j < n; j++)
        {
            if (!tableau.IsUnconstrained(j, out var column)) continue;
            for (var sign = -1; sign <= 1; sign += 2)
            {
                var ray = column < 0 ? Unit(n, j, sign) : Ray(tableau, n, column, sign);
                var gain = Rational.Zero;
                for (var k = 0; k < n; k++) gain += ray[k] * objective[k];
                if (gain.Sign > 0) return new LinearOutcome.Unbounded(point, ray);
            }
        }
        throw new System.Diagnostics.UnreachableException("a goal without bound grows along a free direction");
    }

    private static ImmutableArray<Rational> Point<T>(Tableau<T> tableau, int dimensions) where T : struct, IBinaryInteger<T> =>
        [.. Enumerable.Range(0, dimensions).Select(tableau.Value)];

    private static ImmutableArray<Rational> Ray<T>(Tableau<T> tableau, int dimensions, int column, int sign) where T : struct, IBinaryInteger<T> =>
        [.. Enumerable.Range(0, dimensions).Select(j => tableau.Slope(j, column) * sign)];

    private static ImmutableArray<Rational> Unit(int dimensions, int i, int sign) =>
        [.. Enumerable.Range(0, dimensions).Select(j => j == i ? new Rational(sign) : Rational.Zero)];
}
