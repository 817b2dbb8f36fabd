using System.Numerics;
using Irekae.Checker.Explore.Polyhedra;
using Irekae.Model.Numbers;

namespace Irekae.Tests.Checker.Explore.Polyhedra;

/// <summary>
/// The oracle: Fourier and Motzkin over rationals, nothing else. Knows no canonical form, no simplex, no 64-bit number, no order of elimination.
/// </summary>
internal sealed record NaiveRow(Rational[] A, Rational B, bool Strict)
{
    public static NaiveRow From(Row row) => new([.. row.Coefficients.ToArray().Select(a => new Rational(a))], row.Constant, row.Strict);

    public bool IsTrue => Strict ? B.Sign > 0 : B.Sign >= 0;

    public static NaiveRow Sum(Rational p, NaiveRow x, Rational q, NaiveRow y) =>
        new([.. x.A.Zip(y.A, (a, b) => p * a + q * b)], p * x.B + q * y.B, x.Strict || y.Strict);
}

internal static class Naive
{
    /// <summary>If the dimension is pinned by an equality (a row and its opposite), that row is combined with the others and no more is needed.</summary>
    public static List<NaiveRow> Eliminate(IReadOnlyList<NaiveRow> rows, int v)
    {
        var result = rows.Where(row => row.A[v].Sign == 0).ToList();
        var above = rows.Where(row => row.A[v].Sign > 0).ToList();
        var below = rows.Where(row => row.A[v].Sign < 0).ToList();
        foreach (var upper in above)
        {
            if (below.Find(lower => AreOpposite(upper, lower)) is not { } opposite) continue;
            result.AddRange(above.Select(row => NaiveRow.Sum(upper.A[v], row, row.A[v], opposite)));
            result.AddRange(below.Select(row => NaiveRow.Sum(upper.A[v], row, -row.A[v], upper)));
            return Tightest(result);
        }
        foreach (var upper in above)
            foreach (var lower in below)
                result.Add(NaiveRow.Sum(-lower.A[v], upper, upper.A[v], lower));
        return Tightest(result);
    }

    private static bool AreOpposite(NaiveRow x, NaiveRow y) =>
        !x.Strict && !y.Strict && x.B == -y.B && x.A.Zip(y.A).All(pair => pair.First == -pair.Second);

    public static bool IsEmpty(IReadOnlyList<NaiveRow> rows, int dimensions)
    {
        for (var v = 0; v < dimensions; v++) rows = Eliminate(rows, v);
        return rows.Any(row => !row.IsTrue);
    }

    public static bool Contains(IReadOnlyList<NaiveRow> rows, IReadOnlyList<Rational> point) =>
        rows.All(row => new NaiveRow([], row.B - row.A.Select((a, j) => a * point[j]).Aggregate(Rational.Zero, (x, y) => x + y), row.Strict).IsTrue);

    /// <summary>Value and attainment, by eliminating all but a variable z with z = objective.</summary>
    public static Extremum Supremum(IReadOnlyList<NaiveRow> rows, Rational[] objective)
    {
        var n = objective.Length;
        IReadOnlyList<NaiveRow> lifted = [.. rows.Select(row => new NaiveRow([.. row.A, 0], row.B, row.Strict)),
            new NaiveRow([.. objective.Select(c => -c), 1], 0, false), new NaiveRow([.. objective, -1], 0, false)];
        for (var v = 0; v < n; v++) lifted = Eliminate(lifted, v);
        var above = lifted.Where(row => row.A[n].Sign > 0).Select(row => (Value: row.B / row.A[n], row.Strict)).ToList();
        if (above.Count == 0) return Extremum.Unbounded;
        var least = above.Min(bound => bound.Value);
        return new Extremum(true, least, !above.Any(bound => bound.Value == least && bound.Strict));
    }

    private static List<NaiveRow> Tightest(List<NaiveRow> rows)
    {
        var tightest = new Dictionary<string, NaiveRow>();
        foreach (var row in rows)
        {
            var first = row.A.FirstOrDefault(a => a.Sign != 0);
            if (first.Sign == 0 && row.IsTrue) continue;
            var scale = first.Sign == 0 ? Rational.One : Rational.One / Rational.Abs(first);
            var scaled = new NaiveRow([.. row.A.Select(a => a * scale)], row.B * scale, row.Strict);
            var key = string.Join(' ', scaled.A);
            if (!tightest.TryGetValue(key, out var other) || scaled.B < other.B || (scaled.B == other.B && scaled.Strict)) tightest[key] = scaled;
        }
        return [.. tightest.Values];
    }
}
