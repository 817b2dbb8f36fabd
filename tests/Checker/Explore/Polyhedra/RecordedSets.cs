using System.Collections.Immutable;
using System.Text;
using Irekae.Checker.Explore.Polyhedra;
using Irekae.Model.Numbers;

namespace Irekae.Tests.Checker.Explore.Polyhedra;

/// <summary>
/// What comes out of every operation on small drawn sets, as it was when this was recorded, one digest for each twenty; with the number of linear programs it took.
/// The laws say what must be so; this says that something is no longer as it was, and is a reference when changes are planted by a tool. UPDATE_GOLDEN=1 records anew.
/// </summary>
public class RecordedSets
{
    private const int Digests = 50, Each = 20;

    [Fact]
    public void Every_operation_gives_what_it_gave() => Golden.CheckLines("sets.txt", Enumerable.Range(0, Digests), Line);

    private static string Line(int seed)
    {
        var text = new StringBuilder();
        var draw = new Draw((uint)seed);
        for (int k = 0; k < Each; k++)
        {
            try
            {
                foreach (string said in Said(draw)) text.Append(said).Append('\n');
            }
            catch (CoefficientOverflowException e)
            {
                text.Append(e.Message);
            }
        }

        return $"{Golden.Digest(text.ToString())} sets from seed {seed}";
    }

    private static IEnumerable<string> Said(Draw draw)
    {
        int n = 1 + draw.Below(draw.Below(8) == 0 ? 6 : 4);
        long before = LinearProgramCount.Current;
        var (first, second) = (draw.Rows(n, draw.Below(10) == 0 ? 14 : 7), draw.Rows(n, 4));
        long[] objective = draw.Coefficients(n);
        yield return LinearProgram.Maximise(first, objective) switch
        {
            LinearOutcome.Optimal o => $"{o.Value} {o.Attained} at {string.Join(' ', o.Point)} by {string.Join(' ', o.Multipliers)} / {o.Scale}",
            LinearOutcome.Unbounded u => $"unbounded from {string.Join(' ', u.Point)} along {string.Join(' ', u.Ray)}",
            LinearOutcome.Infeasible i => $"infeasible by {string.Join(' ', i.Multipliers)}",
            _ => "",
        };
        yield return LinearProgram.Refute(n, first) is { } refuted ? string.Join(' ', refuted.Multipliers) : "not refuted";
        var p = Polyhedron.FromRows(n, first);
        if (p is not null) foreach (string said in Of(p, objective, draw)) yield return said;
        if (p is not null && Polyhedron.FromRows(n, [.. first.Take(draw.Below(first.Length + 1)), .. second]) is { } q)
        {
            yield return $"{q} {p.Includes(q)} {q.Includes(p)} {p.Equals(q)} {Polyhedron.Fits(p.Outline, q.Outline)} {Polyhedron.Fits(q.Outline, p.Outline)}";
            yield return $"{p.Join(q)} {q.Join(p)} {p.JoinIfConvex(q)} {p.Widen(q)} {string.Join(' ', second.Select(p.Implies))}";
        }

        yield return $"{LinearProgramCount.Current - before} linear programs";
    }

    private static IEnumerable<string> Of(Polyhedron p, long[] objective, Draw draw)
    {
        int n = p.Dimensions;
        yield return $"{p} {p.EqualityCount} {p.InequalityCount} {p.IsClosed} {p.OutlineIsVague} {string.Join(' ', p.Outline)} {string.Join(", ", p.Rows)}";
        yield return $"{p.Supremum(objective)} {p.Infimum(objective)} {string.Join(' ', Enumerable.Range(0, n).Select(p.Bounds))}";
        yield return $"{string.Join(' ', p.FindPoint())} {Text(p.FindPoint(objective, new Rational(1) / 3))} {string.Join(' ', Enumerable.Range(0, 4).Select(_ => p.Satisfies(draw.Point(n))))}";
        var moved = p.Translated(draw.Below(n), draw.Below(7) - 3);
        yield return $"{Text(p.FindPoint(RationalRow.Fixed(n, draw.Below(n), new Rational(draw.Below(5)) / 2)))} {moved} {Again(moved)}";
        int m = draw.Below(4);
        var shape = new StepShape(
            draw.Below(n + 1) - 1, [.. Enumerable.Range(0, n).Select(_ => draw.Below(3) - 1)], [.. draw.Rows(n, 2)],
            [.. Enumerable.Range(0, m).Select(_ => draw.Below(n + 1) - 1)], m == 0 ? [] : [.. draw.Rows(m, 2)]);
        var next = p.Successor(shape);
        yield return $"{p.Guarded(shape)} to {next} {(next is null ? "" : Again(next))} {shape.FreshStandAlone}";
        foreach (var row in p.Rows) yield return $"{row.Complement()} {row.GetHashCode() == Row.Of(row.Coefficients, row.Constant, row.Strict).GetHashCode()}";
        p.Rest();
        yield return $"{p}";
    }

    /// <summary>A canonical form is its own.</summary>
    private static bool Again(Polyhedron p) => Polyhedron.FromRows(p.Dimensions, p.Rows) is { } again && again.Equals(p) && again.GetHashCode() == p.GetHashCode();

    [Fact]
    public void What_is_over_other_dimensions_is_named()
    {
        var p = Polyhedron.FromRows(2, [Row.AtMost(2, 0, 3)])!;
        var shape = new StepShape(-1, [-1], [], [], []);
        string[] messages =
        [
            .. new Action[]
            {
                () => LinearProgram.Maximise([Row.AtMost(1, 0, 3)], [1, 1]), () => p.With(Row.AtMost(1, 0, 3)), () => p.Supremum([1]), () => p.Includes(Polyhedron.Universe(3)), () => p.Successor(shape), () => p.Satisfies([1]),
            }.Select(wrong => Assert.Throws<ArgumentException>(wrong).Message),
        ];
        Assert.Equal(
            ["x0 <= 3 is not a row over 2 dimensions", "x0 <= 3 is not a row over 2 dimensions", "an objective over 2 dimensions is needed", "polyhedra over different dimensions do not compare", "the shape moves 1 timers, not 2", "a point with 2 coordinates is needed"],
            messages.Select(message => message[..message.IndexOf(" (Parameter", StringComparison.Ordinal)]));
    }

    private static string Text(ImmutableArray<Rational>? point) => point is { } some ? string.Join(' ', some) : "none";

    /// <summary>Small numbers in one sequence, the same on every machine: few values and dimensions, so that rows touch.</summary>
    private sealed class Draw(uint seed)
    {
        private uint state = seed;

        public int Below(int end)
        {
            state = (state * 1664525) + 1013904223;
            return (int)((state >> 10) % (uint)end);
        }

        /// <param name="spread">Odd: so many numbers, half of them below zero; with many, their squares.</param>
        public long[] Coefficients(int n, int spread = 5) => [.. Enumerable.Range(0, n).Select(_ => (long)Below(spread) - (spread / 2)).Select(a => spread > 100 ? a * Math.Abs(a) : a)];

        public Rational[] Point(int n) => [.. Enumerable.Range(0, n).Select(_ => new Rational(Below(13) - 4) / (1 + Below(2)))];

        /// <summary>One list in five has large constants, one in six large coefficients, so that numbers leave 64 bits within; one in four has equalities.</summary>
        public Row[] Rows(int n, int most)
        {
            long factor = Below(15) switch { 0 => 1L << 30, 1 => 1L << 41, 2 => (1L << 59) - 1, _ => 1 };
            int spread = Below(18) switch { 0 => 9, 1 => 1001, 2 => (1 << 21) - 1, _ => 5 };
            var rows = Enumerable.Range(0, Below(most + 1)).Select(_ => Row(n, factor, spread)).ToList();
            if (rows.Count > 0 && Below(4) == 0) rows.AddRange([.. rows.Take(1 + Below(2)).Where(row => !row.Strict).Select(row => Irekae.Checker.Explore.Polyhedra.Row.Of([.. row.Coefficients.ToArray().Select(a => -a)], -row.Constant))]);
            return [.. rows];
        }

        private Row Row(int n, long factor, int spread)
        {
            bool strict = Below(3) == 0;
            long constant = (Below(9) - 2) * (Below(2) == 0 ? factor : 1) + (factor > 1 ? Below(3) : 0);
            return Below(10) switch
            {
                < 4 => Irekae.Checker.Explore.Polyhedra.Row.Of(Coefficients(n, spread), constant, strict),
                < 6 => Irekae.Checker.Explore.Polyhedra.Row.AtMost(n, Below(n), constant, strict),
                < 8 => Irekae.Checker.Explore.Polyhedra.Row.AtLeast(n, Below(n), -constant, strict),
                8 => Irekae.Checker.Explore.Polyhedra.Row.Of(Coefficients(n, spread), new Rational(constant) / 2, strict),
                _ => Irekae.Checker.Explore.Polyhedra.Row.Difference(n, Below(n), Below(n), constant, strict),
            };
        }
    }
}
