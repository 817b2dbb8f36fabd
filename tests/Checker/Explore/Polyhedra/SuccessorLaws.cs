using FsCheck.Xunit;
using Irekae.Checker.Explore.Polyhedra;
using Irekae.Model.Numbers;

namespace Irekae.Tests.Checker.Explore.Polyhedra;

[Properties(Arbitrary = [typeof(Arbitraries)], MaxTest = 600, QuietOnSuccess = true)]
public class SuccessorLaws
{
    /// <summary>Over (old, new) at once: the rows that say "new is a successor of old".</summary>
    private static List<NaiveRow> Relation(Step step)
    {
        var (shape, n, m) = (step.Shape, step.Shape.OldDimensions, step.Shape.NewDimensions);
        var rows = step.Set.Rows.Concat(shape.Guards).Select(NaiveRow.From).Select(row => new NaiveRow([.. row.A, .. new Rational[m]], row.B, row.Strict)).ToList();
        rows.AddRange(shape.Fresh.Select(NaiveRow.From).Select(row => new NaiveRow([.. new Rational[n], .. row.A], row.B, row.Strict)));
        for (var i = 0; i < m; i++)
        {
            if (shape.Source[i] < 0) continue;
            var a = new Rational[n + m];
            a[n + i] = 1;
            a[shape.Source[i]] -= 1;
            if (shape.Firing >= 0) a[shape.Firing] -= shape.Rates[shape.Source[i]];
            rows.Add(new NaiveRow(a, 0, false));
            rows.Add(new NaiveRow([.. a.Select(x => -x)], 0, false));
        }
        return rows;
    }

    [Property]
    public bool A_point_is_in_the_successor_iff_it_has_a_preimage(Step step, int seed)
    {
        if (step.Set.Polyhedron is not { } p) return true;
        var relation = Relation(step);
        var (n, m) = (step.Shape.OldDimensions, step.Shape.NewDimensions);
        var successor = p.Successor(step.Shape);
        if ((successor is null) != Naive.IsEmpty(relation, n + m)) return false;
        if ((p.Guarded(step.Shape) is null) != Naive.IsEmpty([.. step.Set.Naive, .. step.Shape.Guards.Select(NaiveRow.From)], n)) return false;
        if (successor is null) return true;
        IReadOnlyList<NaiveRow> image = relation;
        for (var v = 0; v < n; v++) image = Naive.Eliminate(image, v);
        image = [.. image.Select(row => new NaiveRow(row.A[n..], row.B, row.Strict))];
        return Arbitraries.Points(m, seed, 40).Append([.. successor.FindPoint()]).All(x => Naive.Contains(image, x) == successor.Satisfies(x))
            && successor.Rows.All(row => Naive.IsEmpty([.. image, NaiveRow.From(row.Complement())], m))
            && Polyhedron.FromRows(m, successor.Rows)!.Equals(successor);
    }

    [Property]
    public bool Shapes_are_equal_by_content(Step step)
    {
        var shape = step.Shape;
        var twin = new StepShape(shape.Firing, [.. shape.Rates], [.. shape.Guards], [.. shape.Source], [.. shape.Fresh]);
        var other = new StepShape(shape.Firing, [.. shape.Rates], [.. shape.Guards], [.. shape.Source, -1], []);
        return twin.Equals(shape) && twin.GetHashCode() == shape.GetHashCode() && !other.Equals(shape);
    }
}
