using System.Numerics;
using Irekae.Checker.Explore.Polyhedra;

namespace Irekae.Tests.Checker.Explore.Polyhedra;

/// <summary>64-bit arithmetic against numbers without limit, at the ends of every width.</summary>
public class IntegersTests
{
    private static readonly long[] Ends =
    [
        0, 1, 2, 3, 7, 12, 1L << 31, (1L << 31) - 1, 1L << 32, (1L << 32) - 1, (1L << 32) + 1, 3L << 40, (1L << 61) - 3, 1L << 62, long.MaxValue - 1, long.MaxValue,
        -1, -2, -3, -12, -(1L << 32), -(1L << 32) - 1, -(1L << 62), -long.MaxValue, long.MinValue,
    ];

    private static long? Fitting(Func<long> number)
    {
        try
        {
            return number();
        }
        catch (CoefficientOverflowException)
        {
            return null;
        }
    }

    private static long? Fitting(BigInteger number) => number >= long.MinValue && number <= long.MaxValue ? (long)number : null;

    [Fact]
    public void A_combination_is_exact_or_an_error()
    {
        foreach (long p in Ends)
            foreach (long a in Ends)
                foreach (long q in Ends)
                    foreach (long b in Ends)
                        if (Fitting((BigInteger)p * a + (BigInteger)q * b) != Fitting(() => Integers.Combine(p, a, q, b))) Assert.Fail($"{p}·{a} + {q}·{b}");
    }

    [Fact]
    public void Divisors_are_the_greatest()
    {
        foreach (long a in Ends)
        {
            Assert.Equal(BigInteger.Abs(a), Integers.Magnitude(a));
            Assert.Equal(Fitting(-(BigInteger)a), Fitting(() => Integers.Negate(a)));
            foreach (long b in Ends)
            {
                ulong divisor = Integers.Gcd(Integers.Magnitude(a), Integers.Magnitude(b));
                Assert.Equal(BigInteger.GreatestCommonDivisor(a, b), divisor);
                long[] cells = [a, 0, b];
                Integers.DivideByGcd(cells);
                long[] expected = divisor is 0 or > long.MaxValue ? [a, 0, b] : [a / (long)divisor, 0, b / (long)divisor];
                Assert.Equal(expected, cells);
            }
        }
    }

    [Fact]
    public void What_does_not_fit_is_an_error()
    {
        foreach (long a in Ends)
            for (int by = -1; by <= 1; by++)
                Assert.Equal(Fitting((BigInteger)a + by), Fitting(() => Integers.ToLong((BigInteger)a + by)));
        Assert.Equal("a coefficient of a polyhedron does not fit into 64 bits", Assert.Throws<CoefficientOverflowException>(() => Integers.Negate(long.MinValue)).Message);
    }

    /// <summary>Rows of small numbers, as nearly all are: no more collisions than chance brings.</summary>
    [Fact]
    public void Like_rows_have_different_hashes()
    {
        var hashes = from a in Enumerable.Range(-20, 41) from b in Enumerable.Range(-20, 41) from c in Enumerable.Range(-12, 25) select Integers.Hash([a, b, c]);
        const int All = 41 * 41 * 25;
        Assert.InRange(hashes.Distinct().Count(), All - 5, All);
    }
}
