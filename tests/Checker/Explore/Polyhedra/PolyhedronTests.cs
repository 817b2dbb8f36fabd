using System.Collections.Immutable;
using Irekae.Checker.Explore.Polyhedra;
using Irekae.Model.Numbers;

namespace Irekae.Tests.Checker.Explore.Polyhedra;

public class PolyhedronTests
{
    private static Row Before(int i, int j, bool strict) => Row.Difference(2, i, j, 0, strict);

    [Fact]
    public void Two_timers_cannot_each_be_first() => Assert.Null(Polyhedron.FromRows(2, [Before(0, 1, strict: true), Before(1, 0, strict: true)]));

    [Fact]
    public void Neither_first_and_one_first_contradict() =>
        Assert.Null(Polyhedron.FromRows(2, [Before(0, 1, false), Before(1, 0, false), Before(0, 1, strict: true)]));

    [Fact]
    public void Neither_first_is_an_equality()
    {
        var tie = Polyhedron.FromRows(2, [Before(0, 1, false), Before(1, 0, false)])!;
        Assert.Equal((1, 0), (tie.EqualityCount, tie.InequalityCount));
        Assert.Equal("x0 - x1 = 0", tie.ToString());
    }

    [Fact]
    public void A_supremum_behind_a_strict_row_is_not_attained()
    {
        var p = Polyhedron.FromRows(1, [Row.AtLeast(1, 0, 0), Row.AtMost(1, 0, 5, strict: true)])!;
        Assert.Equal(new Extremum(true, 5, Attained: false), p.Supremum([1]));
        Assert.Equal(new Extremum(true, 0, Attained: true), p.Infimum([1]));
        Assert.Equal(Extremum.Unbounded, Polyhedron.Universe(1).Supremum([1]));
    }

    [Fact]
    public void Closure_and_inside_differ_by_inclusion_one_way()
    {
        var closed = Polyhedron.FromRows(2, [Before(0, 1, false)])!;
        var open = Polyhedron.FromRows(2, [Before(0, 1, strict: true)])!;
        Assert.True(closed.Includes(open));
        Assert.False(open.Includes(closed));
    }

    [Fact]
    public void One_missing_corner_has_one_form()
    {
        Row[] square = [Row.AtLeast(2, 0, 0), Row.AtLeast(2, 1, 0), Row.AtMost(2, 0, 1), Row.AtMost(2, 1, 1)];
        var steep = Polyhedron.FromRows(2, [.. square, Row.Of([2, 1], 3, strict: true)])!;
        var even = Polyhedron.FromRows(2, [.. square, Row.Of([1, 1], 2, strict: true)])!;
        Assert.Equal(even, steep);
        Assert.False(steep.Satisfies([1, 1]));
        Assert.Equal(4, Polyhedron.FromRows(2, [.. square, Row.Of([1, 1], 3, strict: true)])!.InequalityCount);
    }

    [Fact]
    public void A_constant_is_no_dimension()
    {
        var p = Polyhedron.FromRows(3, [Row.AtLeast(3, 0, 10), Row.AtMost(3, 0, 10), Row.Difference(3, 1, 0, 5), Row.AtLeast(3, 1, 0), Row.Of([0, 1, -2], 4), Row.Of([0, -1, 2], -4)])!;
        Assert.Equal("x0 = 10, x1 - 2 x2 = 4, -x2 <= 2, 2 x2 <= 11", p.ToString());
    }

    /// <summary>Timer 0 (2..3 left) fires before timer 1 (1..5 left) while a measure has run for 10; a fresh timer starts at 7..8.</summary>
    [Fact]
    public void A_move_passes_time()
    {
        var p = Polyhedron.FromRows(3, [Row.AtLeast(3, 0, 2), Row.AtMost(3, 0, 3), Row.AtLeast(3, 1, 1), Row.AtMost(3, 1, 5), Row.AtLeast(3, 2, 10), Row.AtMost(3, 2, 10)])!;
        var move = new StepShape(0, [-1, -1, 1], [Row.Difference(3, 0, 1, 0)], [1, 2, -1], [Row.AtLeast(3, 2, 7), Row.AtMost(3, 2, 8)]);
        var after = p.Successor(move)!;
        Assert.Equal("-x0 <= 0, -x1 <= -12, -x2 <= -7, x2 <= 8, x1 <= 13, x0 + x1 <= 15".Split(", ").Order(), after.ToString().Split(", ").Order());
        var never = new StepShape(0, [-1, -1, 1], [Row.AtLeast(3, 0, 3, strict: true)], [1], []);
        Assert.Null(p.Successor(never));
        Assert.Null(p.Guarded(never));
    }

    [Fact]
    public void A_fresh_timer_may_depend_on_a_parameter()
    {
        var p = Polyhedron.FromRows(1, [Row.AtLeast(1, 0, 1), Row.AtMost(1, 0, 2)])!;
        var after = p.Successor(new StepShape(-1, [0], [], [0, -1], [Row.Of([-3, 1], 7), Row.AtLeast(2, 1, 12, strict: true)]))!;
        Assert.Equal(new Extremum(true, 13, true), after.Bounds(1).Upper);
        Assert.Equal(new Extremum(true, new Rational(5, 3), false), after.Bounds(0).Lower);
    }

    [Fact]
    public void A_convex_union_is_found_exactly()
    {
        Polyhedron Between(long low, long high) => Polyhedron.FromRows(1, [Row.AtLeast(1, 0, low), Row.AtMost(1, 0, high, strict: true)])!;
        Assert.Equal(Between(0, 5), Between(0, 2).JoinIfConvex(Between(2, 5)));
        Assert.Null(Between(0, 2).JoinIfConvex(Between(3, 5)));
        Assert.Equal(Between(0, 5), Between(0, 2).Join(Between(3, 5)));
    }

    [Fact]
    public void Two_points_join_to_a_set_on_their_line()
    {
        var origin = Polyhedron.FromRows(2, [Row.AtLeast(2, 0, 0), Row.AtMost(2, 0, 0), Row.AtLeast(2, 1, 0), Row.AtMost(2, 1, 0)])!;
        var other = Polyhedron.FromRows(2, [Row.AtLeast(2, 0, 2), Row.AtMost(2, 0, 2), Row.AtLeast(2, 1, 1), Row.AtMost(2, 1, 1)])!;
        Assert.Equal("x0 - 2 x1 = 0, -x1 <= 0, x1 <= 1", origin.Join(other).ToString());
    }

    [Fact]
    public void Found_points_are_round()
    {
        static ImmutableArray<Rational> Find(params Row[] rows) => Polyhedron.FromRows(1, rows)!.FindPoint();
        Assert.Equal([0], Find(Row.AtLeast(1, 0, -7), Row.AtMost(1, 0, 5)));
        Assert.Equal([8], Find(Row.AtLeast(1, 0, 7, strict: true), Row.AtMost(1, 0, 50)));
        Assert.Equal([new Rational(-1, 2)], Find(Row.AtLeast(1, 0, -1, strict: true), Row.AtMost(1, 0, 0, strict: true)));
        Assert.Equal([new Rational(2, 5)], Find(Row.Of([-8], -3, strict: true), Row.Of([7], 3, strict: true)));
        Assert.Equal([3, 3], Polyhedron.FromRows(2, [Row.AtLeast(2, 0, 3), Row.Difference(2, 0, 1, 0)])!.FindPoint());
        Assert.Null(Polyhedron.Universe(1).FindPoint([.. RationalRow.Fixed(1, 0, new Rational(1, 3)), new RationalRow([1], new Rational(1, 3), Strict: true)]));
    }

    [Fact]
    public void A_coefficient_that_does_not_fit_is_an_error_and_not_another_number()
    {
        const long huge = long.MaxValue - 24;
        var p = Polyhedron.FromRows(3, [Row.Of([huge, 2, 0], 1), Row.Of([-huge + 1, 0, 3], 5), Row.Of([0, -1, 0], 0), Row.Of([0, 0, -1], 0)])!;
        Assert.Throws<CoefficientOverflowException>(() => p.Successor(new StepShape(-1, [0, 0, 0], [], [1, 2], [])));
        Assert.Throws<CoefficientOverflowException>(() => Row.Of([huge], new Rational(1, 3)));
        Assert.Throws<CoefficientOverflowException>(() => Row.AtLeast(1, 0, long.MinValue));
    }
}
