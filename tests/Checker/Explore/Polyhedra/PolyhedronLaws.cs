using System.Numerics;
using FsCheck.Xunit;
using Irekae.Checker.Explore.Polyhedra;
using Irekae.Model.Numbers;

namespace Irekae.Tests.Checker.Explore.Polyhedra;

[Properties(Arbitrary = [typeof(Arbitraries)], MaxTest = 400, QuietOnSuccess = true)]
public class PolyhedronLaws
{
    [Property]
    public bool Empty_as_the_oracle_says(RowList list) => (list.Polyhedron is null) == Naive.IsEmpty(list.Naive, list.Dimensions);

    [Property]
    public bool The_canonical_form_is_the_same_set(RowList list)
    {
        if (list.Polyhedron is not { } p) return true;
        var own = p.Rows.Select(NaiveRow.From).ToList();
        return list.Rows.All(row => IsImplied(own, row)) && p.Rows.All(row => IsImplied(list.Naive, row));
    }

    [Property]
    public bool No_row_of_the_canonical_form_follows_from_the_others(RowList list) =>
        list.Polyhedron is not { } p || p.Rows.All(row => !IsImplied([.. p.Rows.Where(other => !other.Equals(row)).Select(NaiveRow.From)], row));

    [Property]
    public bool The_canonical_form_does_not_depend_on_how_the_set_was_written(RowList list, int seed)
    {
        if (list.Polyhedron is not { } p) return true;
        var random = new System.Random(seed);
        var rows = list.Rows.ToList();
        for (var i = 0; rows.Count > 0 && i < 3; i++)
        {
            var (a, b) = (rows[random.Next(rows.Count)], rows[random.Next(rows.Count)]);
            rows.Insert(random.Next(rows.Count), Row.Of([.. a.Coefficients.ToArray().Zip(b.Coefficients.ToArray(), (x, y) => 2 * x + y)], 2 * a.Constant + b.Constant, a.Strict && b.Strict));
        }
        var again = Polyhedron.FromRows(list.Dimensions, rows.Concat(p.Rows).OrderBy(_ => random.Next()))!;
        return again.Equals(p) && again.GetHashCode() == p.GetHashCode() && Polyhedron.FromRows(list.Dimensions, p.Rows)!.Equals(p);
    }

    /// <summary>Equal sets have equal rows, also when they were never built from one another.</summary>
    [Property(MaxTest = 1500)]
    public bool Equal_iff_included_both_ways(RowListPair pair) =>
        pair.First.Polyhedron is not { } p || pair.Second.Polyhedron is not { } q || p.Equals(q) == (p.Includes(q) && q.Includes(p));

    [Property(MaxTest = 1000)]
    public bool Inclusion_as_the_oracle_says(RowListPair pair)
    {
        if (pair.First.Polyhedron is not { } p || pair.Second.Polyhedron is not { } q) return true;
        return p.Includes(p)
            && p.Includes(q) == pair.First.Rows.All(row => IsImplied(pair.Second.Naive, row))
            && q.Includes(p) == pair.Second.Rows.All(row => IsImplied(pair.First.Naive, row));
    }

    [Property(MaxTest = 1000)]
    public bool Supremum_as_the_oracle_says(Goal goal) =>
        goal.Set.Polyhedron is not { } p || p.Supremum(goal.Objective.AsSpan()) == Naive.Supremum(goal.Set.Naive, [.. goal.Objective.Select(a => new Rational(a))]);

    [Property]
    public bool Bounds_are_suprema(RowList list)
    {
        if (list.Polyhedron is not { } p) return true;
        for (var i = 0; i < p.Dimensions; i++)
        {
            var unit = new Rational[p.Dimensions];
            unit[i] = 1;
            if (p.Bounds(i).Upper != Naive.Supremum(list.Naive, unit)) return false;
            unit[i] = -1;
            var lower = Naive.Supremum(list.Naive, unit);
            if (p.Bounds(i).Lower != lower with { Value = -lower.Value }) return false;
        }
        return true;
    }

    [Property]
    public bool Found_points_are_inside(Goal goal)
    {
        if (goal.Set.Polyhedron is not { } p) return true;
        var point = p.FindPoint();
        if (!p.Satisfies(point.AsSpan()) || !Naive.Contains(goal.Set.Naive, point)) return false;
        var supremum = p.Supremum(goal.Objective.AsSpan());
        var gap = new Rational(1, 7);
        if (p.FindPoint(goal.Objective.AsSpan(), gap) is not { } far) return !supremum.IsBounded;
        var reached = far.Select((x, j) => x * goal.Objective[j]).Aggregate(Rational.Zero, (x, y) => x + y);
        return p.Satisfies(far.AsSpan()) && (supremum.Attained ? reached == supremum.Value : reached < supremum.Value && reached > supremum.Value - gap);
    }

    [Property(MaxTest = 1000)]
    public bool Join_includes_both_and_a_convex_union_is_exact(RowListPair pair, int seed)
    {
        if (pair.First.Polyhedron is not { } p || pair.Second.Polyhedron is not { } q) return true;
        var (join, widened, union) = (p.Join(q), p.Widen(q), p.JoinIfConvex(q));
        if (!join.Includes(p) || !join.Includes(q) || !widened.Includes(p) || !widened.Includes(q) || !widened.Includes(join)) return false;
        var exact = Arbitraries.Points(p.Dimensions, seed, 60).All(x => !join.Satisfies(x) || p.Satisfies(x) || q.Satisfies(x));
        return union is null || (exact && union.Equals(join));
    }

    private static bool IsImplied(List<NaiveRow> rows, Row row) =>
        Naive.IsEmpty([.. rows, NaiveRow.From(row.Complement())], row.Dimensions);
}
