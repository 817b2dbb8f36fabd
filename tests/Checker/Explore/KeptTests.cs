using FsCheck.Xunit;
using Irekae.Checker.Explore;
using Irekae.Checker.Explore.Polyhedra;
using Irekae.Tests.Checker.Explore.Polyhedra;

namespace Irekae.Tests.Checker.Explore;

/// <summary>The sets of one place, compared by their boxes first, are those that single inclusion tests keep.</summary>
[Properties(Arbitrary = [typeof(Arbitraries)], MaxTest = 400, QuietOnSuccess = true)]
public class KeptTests
{
    [Property]
    public bool Boxes_decide_nothing_that_the_sets_do_not(RowListPair[] pairs, bool atRest)
    {
        var sets = pairs.SelectMany(pair => new[] { pair.First.Polyhedron, pair.Second.Polyhedron }).OfType<Polyhedron>().ToList();
        return sets.GroupBy(p => p.Dimensions).All(group => Agrees([.. group], atRest));
    }

    /// <summary>Beyond 2^40 a box is not written down exactly: nothing may be concluded from it.</summary>
    [Theory]
    [InlineData(1L << 39, 1L << 40, 1L << 41)]
    [InlineData(1L << 41, (1L << 41) + 1, 1L << 50)]
    public void Large_numbers_are_compared_exactly(params long[] ends)
    {
        static Polyhedron To(long end) => Polyhedron.FromRows(2, [Row.AtLeast(2, 0, -end), Row.AtMost(2, 0, end), Row.AtLeast(2, 1, 0)])!;
        Assert.True(Agrees([.. ends.Select(To)], atRest: false));
        Assert.True(Agrees([.. ends.Reverse().Select(To), Polyhedron.Universe(2)], atRest: true));
    }

    private static bool Agrees(List<Polyhedron> sets, bool atRest)
    {
        var (kept, plain) = (new Kept(), new List<Polyhedron>());
        foreach (var set in sets)
        {
            bool covered = plain.Exists(p => p.Includes(set));
            if (kept.Covering(set) is not null != covered) return false;
            if (covered) continue;
            plain.RemoveAll(set.Includes);
            plain.Add(set);
            kept.Add(new Node(null!, set, null, null!));
            if (atRest) set.Rest();
            if (!kept.Select(n => n.Set).SequenceEqual(plain)) return false;
        }

        return true;
    }
}
