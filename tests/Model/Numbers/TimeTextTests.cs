using Irekae.Model.Numbers;

namespace Irekae.Tests.Model.Numbers;

public class TimeTextTests
{
    [Theory]
    [InlineData(0, 1, "0")]
    [InlineData(7, 1, "7 ns")]
    [InlineData(336_000, 1, "336 us")]
    [InlineData(1_350_000, 1, "1.350 ms")]
    [InlineData(1_350_500, 1, "1.350500 ms")]
    [InlineData(11_000_000, 1, "11 ms")]
    [InlineData(2_000_000_000, 1, "2 s")]
    [InlineData(37_000, 3, "12 1/3 us")]
    [InlineData(1, 3, "1/3 ns")]
    [InlineData(-37_000, 3, "-12 1/3 us")]
    [InlineData(-1_500, 1, "-1.500 us")]
    [InlineData(1, 2, "0.500 ns")]
    [InlineData(1_000_000_001, 1, "1.000000001 s")]
    public void Times_are_exact_and_read_well(long numerator, long denominator, string text) =>
        Assert.Equal(text, TimeText.Of(new Rational(numerator, denominator)));

    [Fact]
    public void A_time_too_fine_for_nine_digits_is_a_fraction() =>
        Assert.Equal("1 1/10000000000 s", TimeText.Of(new Rational(10_000_000_001, 10)));

    [Fact]
    public void The_generator_gives_its_published_numbers()
    {
        var random = new SplitMix64(1234567);
        ulong[] first = [random.Next(), random.Next(), random.Next(), random.Next(), random.Next()];
        Assert.Equal([6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821], first);
    }

    [Fact]
    public void Draws_stay_in_their_range_and_reach_its_ends()
    {
        var random = new SplitMix64(7);
        var drawn = Enumerable.Range(0, 1000).Select(_ => random.Between(-2, 3)).ToHashSet();
        Assert.Equal([-2, -1, 0, 1, 2, 3], drawn.Order());
        Assert.Equal(5, random.Between(5, 5));
        for (int i = 0; i < 100; i++) random.Between(long.MinValue, long.MaxValue);
    }
}
