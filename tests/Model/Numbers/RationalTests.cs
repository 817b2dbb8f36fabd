using System.Numerics;
using FsCheck.Xunit;
using Irekae.Model.Numbers;

namespace Irekae.Tests.Model.Numbers;

public class RationalTests
{
    private static Rational Of(long n, long d) => new(n, d == 0 ? 1 : d);

    [Theory]
    [InlineData(336, 1, "336", "336/1")]
    [InlineData(2, 6, "1/3", "1/3")]
    [InlineData(-4, 6, "-2/3", "-2/3")]
    [InlineData(4, -6, "-2/3", "-2/3")]
    [InlineData(0, -5, "0", "0/1")]
    public void Lowest_terms_in_text(long n, long d, string plain, string fraction)
    {
        Assert.Equal((plain, fraction), (new Rational(n, d).ToString(), new Rational(n, d).ToFraction()));
        Assert.Equal(new Rational(n, d), Rational.Parse(fraction));
        Assert.Equal(new Rational(n, d), Rational.Parse(plain));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1/0")]
    [InlineData("1/-2")]
    [InlineData("1.5")]
    [InlineData(" 1")]
    [InlineData("1/2/3")]
    public void Other_text_is_no_number(string text) => Assert.False(Rational.TryParse(text, out _));

    [Fact]
    public void The_default_is_zero() => Assert.Equal(new Rational(0, 7), default);

    [Fact]
    public void No_denominator_zero() => Assert.Throws<DivideByZeroException>(() => Rational.One / Rational.Zero);

    [Theory]
    [InlineData(7, 2, 3, 4)]
    [InlineData(-7, 2, -4, -3)]
    [InlineData(6, 2, 3, 3)]
    public void Floor_and_ceiling(long n, long d, int floor, int ceiling) =>
        Assert.Equal((new BigInteger(floor), new BigInteger(ceiling)), (new Rational(n, d).Floor(), new Rational(n, d).Ceiling()));

    [Fact]
    public void Nothing_wraps_at_64_bits()
    {
        Rational most = long.MaxValue, least = long.MinValue;
        Assert.Equal(BigInteger.Pow(2, 63), (most + 1).Numerator);
        Assert.Equal(BigInteger.Pow(2, 63), (-least).Numerator);
        Assert.Equal(BigInteger.Pow(2, 126), (least * least).Numerator);
        Assert.Equal(least, -least * -1);
        Assert.Equal((-least).GetHashCode(), (most + 1).GetHashCode());
        Assert.True(new Rational(long.MaxValue, long.MaxValue - 1) < new Rational(long.MaxValue - 1, long.MaxValue - 2));
        Assert.Equal(Rational.Zero, most + 1 - 1 - most);
    }

    [Property]
    public bool A_field_with_an_order(long a, int b, long c, int d, long e)
    {
        var (x, y, z) = (Of(a, b), Of(c, d), Of(e, 3));
        return x + y == y + x && x * (y + z) == x * y + x * z && x - x == Rational.Zero
            && (y.Sign == 0 || x / y * y == x)
            && (x < y) == (x + z < y + z) && (x - y).Sign == x.CompareTo(y)
            && x.Floor() <= x && x < (Rational)(x.Floor() + 1);
    }
}
