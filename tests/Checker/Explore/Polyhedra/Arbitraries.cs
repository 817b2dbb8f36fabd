using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Irekae.Checker.Explore.Polyhedra;
using Irekae.Model.Numbers;

namespace Irekae.Tests.Checker.Explore.Polyhedra;

public sealed record RowList(int Dimensions, ImmutableArray<Row> Rows)
{
    public Polyhedron? Polyhedron => Irekae.Checker.Explore.Polyhedra.Polyhedron.FromRows(Dimensions, Rows);
    internal List<NaiveRow> Naive => [.. Rows.Select(NaiveRow.From)];
    public override string ToString() => $"{Dimensions}: " + string.Join(", ", Rows);
}

public sealed record RowListPair(RowList First, RowList Second);

public sealed record Goal(RowList Set, ImmutableArray<long> Objective)
{
    public override string ToString() => $"max [{string.Join(' ', Objective)}] over {Set}";
}

public sealed record Step(RowList Set, StepShape Shape)
{
    public override string ToString() =>
        $"{Set} | fire {Shape.Firing} rates [{string.Join(' ', Shape.Rates)}] guards [{string.Join(", ", Shape.Guards)}] source [{string.Join(' ', Shape.Source)}] fresh [{string.Join(", ", Shape.Fresh)}]";
}

/// <summary>Small systems on purpose: with few values, degenerate vertices, equalities and touching strict rows are frequent.</summary>
public static class Arbitraries
{
    private static Gen<Row> RowOver(int n) =>
        from shape in Gen.Choose(0, 9)
        from coefficients in Gen.Choose(-2, 2).ArrayOf(n)
        from i in Gen.Choose(0, n - 1)
        from k in Gen.Choose(0, n - 1)
        from sign in Gen.Elements(-1, 1)
        from constant in Gen.Choose(-3, 5)
        from strict in Gen.Frequency((2, Gen.Constant(false)), (1, Gen.Constant(true)))
        select shape switch
        {
            < 4 => Row.Of([.. coefficients.Select(a => (long)a)], constant, strict),
            < 7 => sign > 0 ? Row.AtMost(n, i, constant, strict) : Row.AtLeast(n, i, -constant, strict),
            _ => Row.Difference(n, i, k, constant, strict),
        };

    private static Gen<RowList> RowsOver(int n, int least, int most) =>
        from count in Gen.Choose(least, most)
        from rows in RowOver(n).ArrayOf(count)
        select new RowList(n, [.. rows]);

    private static Gen<int> Dimension => Gen.Frequency((1, Gen.Constant(1)), (4, Gen.Constant(2)), (4, Gen.Constant(3)), (1, Gen.Constant(4)));

    public static Arbitrary<RowList> RowLists() => (from n in Dimension from list in RowsOver(n, 0, 9 - n) select list).ToArbitrary();

    public static Arbitrary<RowListPair> Pairs() =>
        (from n in Gen.Choose(1, 3)
         from first in RowsOver(n, 0, 6)
         from kept in Gen.Choose(0, 6)
         from more in RowsOver(n, 0, 4)
         select new RowListPair(first, new RowList(n, [.. first.Rows.Take(kept), .. more.Rows]))).ToArbitrary();

    public static Arbitrary<Goal> Goals() =>
        (from n in Dimension
         from set in RowsOver(n, 0, 9 - n)
         from objective in Gen.Choose(-2, 2).ArrayOf(n)
         select new Goal(set, [.. objective.Select(a => (long)a)])).ToArbitrary();

    public static Arbitrary<Step> Steps() =>
        (from n in Gen.Choose(1, 3)
         from set in RowsOver(n, 0, 5)
         from firing in Gen.Choose(-1, n - 1)
         from rates in Gen.Elements(-1, -1, 0, 1).ArrayOf(n)
         from guards in RowOver(n).ArrayOf(2)
         from guardCount in Gen.Choose(0, 2)
         from m in Gen.Choose(0, 3)
         from source in Gen.Choose(-1, n - 1).ArrayOf(m)
         from fresh in RowOver(Math.Max(m, 1)).ArrayOf(2)
         from freshCount in Gen.Choose(0, m == 0 ? 0 : 2)
         select new Step(set, new StepShape(firing, [.. rates], [.. guards.Take(guardCount)], [.. source], [.. fresh.Take(freshCount)]))).ToArbitrary();

    /// <summary>Halves between −3 and 5: coordinates that meet the boundaries of small systems as well as their insides.</summary>
    public static IEnumerable<Rational[]> Points(int dimensions, int seed, int count)
    {
        var random = new System.Random(seed);
        for (var i = 0; i < count; i++)
            yield return [.. Enumerable.Range(0, dimensions).Select(_ => new Rational(random.Next(-6, 11)) / (random.Next(3) == 0 ? 2 : 1))];
    }
}
