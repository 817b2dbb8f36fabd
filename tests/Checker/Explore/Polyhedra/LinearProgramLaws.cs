using System.Collections.Immutable;
using System.Numerics;
using FsCheck.Xunit;
using Irekae.Checker.Explore.Polyhedra;
using Irekae.Model.Numbers;

namespace Irekae.Tests.Checker.Explore.Polyhedra;

[Properties(Arbitrary = [typeof(Arbitraries)], MaxTest = 1500, QuietOnSuccess = true)]
public class LinearProgramLaws
{
    [Property]
    public bool Every_answer_is_proved_by_multiplication(Goal goal)
    {
        var (rows, n) = (goal.Set.Rows, goal.Set.Dimensions);
        switch (LinearProgram.Maximise(rows, goal.Objective.AsSpan()))
        {
            case LinearOutcome.Infeasible(var multipliers):
                var (zero, below) = Combine(rows, n, multipliers);
                return zero.All(a => a.IsZero) && (below.Sign < 0 || (below.IsZero && UsesStrict(rows, multipliers))) && goal.Set.Polyhedron is null;
            case LinearOutcome.Optimal(var value, var attained, var point, var multipliers, var scale):
                var (sum, bound) = Combine(rows, n, multipliers);
                return scale.Sign > 0
                    && sum.Select((a, j) => a == scale * goal.Objective[j]).All(same => same)
                    && bound == value * scale
                    && (attained || UsesStrict(rows, multipliers))
                    && Dot(goal.Objective, point) == value
                    && rows.All(row => Dot([.. row.Coefficients], point) <= row.Constant)
                    && goal.Set.Polyhedron!.Supremum(goal.Objective.AsSpan()) == new Extremum(true, value, attained);
            case LinearOutcome.Unbounded(var point, var ray):
                return rows.All(row => Dot([.. row.Coefficients], point) <= row.Constant && Dot([.. row.Coefficients], ray).Sign <= 0)
                    && Dot(goal.Objective, ray).Sign > 0 && goal.Set.Polyhedron is not null;
            default:
                return false;
        }
    }

    [Fact]
    public void An_optimum_that_a_strict_row_keeps_out_uses_that_row()
    {
        // Over the square [0,1]² without the corner (1,1), x0 + x1 only comes near 2, and x0 alone does reach 1.
        Row[] rows = [Row.AtLeast(2, 0, 0), Row.AtLeast(2, 1, 0), Row.AtMost(2, 0, 1), Row.AtMost(2, 1, 1), Row.Of([2, 1], 3, strict: true)];
        var both = Assert.IsType<LinearOutcome.Optimal>(LinearProgram.Maximise(rows, [1, 1]));
        Assert.Equal(2, both.Value);
        Assert.False(both.Attained);
        Assert.True(both.Multipliers[4].Sign > 0);
        Assert.True(Assert.IsType<LinearOutcome.Optimal>(LinearProgram.Maximise(rows, [1, 0])).Attained);
    }

    [Fact]
    public void A_tableau_too_large_for_64_bits_is_no_error()
    {
        const long big = 3_000_000_019;
        Row[] rows = [Row.Of([big, 7], big - 2), Row.Of([11, big - 8], big - 100), Row.Of([-big, -13], 5), Row.Of([3, -big], 1_000_000_007)];
        var optimal = Assert.IsType<LinearOutcome.Optimal>(LinearProgram.Maximise(rows, [big - 1, big - 3]));
        var (sum, bound) = Combine([.. rows], 2, optimal.Multipliers);
        Assert.Equal([optimal.Scale * (big - 1), optimal.Scale * (big - 3)], sum);
        Assert.Equal(optimal.Value * optimal.Scale, (Rational)bound);
        Assert.Equal(optimal.Value, Polyhedron.FromRows(2, rows)!.Supremum([big - 1, big - 3]).Value);
    }

    private static (BigInteger[] Sum, BigInteger Bound) Combine(ImmutableArray<Row> rows, int n, ImmutableArray<BigInteger> multipliers)
    {
        Assert.All(multipliers, lambda => Assert.True(lambda.Sign >= 0));
        var (sum, bound) = (new BigInteger[n], BigInteger.Zero);
        for (var i = 0; i < rows.Length; i++)
        {
            for (var j = 0; j < n; j++) sum[j] += multipliers[i] * rows[i][j];
            bound += multipliers[i] * rows[i].Constant;
        }
        return (sum, bound);
    }

    private static bool UsesStrict(ImmutableArray<Row> rows, ImmutableArray<BigInteger> multipliers) =>
        rows.Zip(multipliers).Any(pair => pair.First.Strict && pair.Second.Sign > 0);

    private static Rational Dot(ImmutableArray<long> a, ImmutableArray<Rational> x) =>
        a.Zip(x, (c, v) => v * c).Aggregate(Rational.Zero, (s, t) => s + t);
}
