using System.CommandLine;
using Irekae.Checker.Cli;
using Irekae.Model.Numbers;

namespace Irekae.Tests.Checker.Cli;

public class AmountsTests
{
    [Theory]
    [InlineData("30s", 30_000_000_000, 1)]
    [InlineData("1.5 ms", 1_500_000, 1)]
    [InlineData(".5us", 500, 1)]
    [InlineData("2.H", 7_200_000_000_000, 1)]
    [InlineData("0.000000001ns", 1, 1_000_000_000)]
    public void A_time_is_what_is_written(string text, long numerator, long denominator) => Assert.Equal(new Rational(numerator, denominator), Read(text));

    [Theory]
    [InlineData("5")]
    [InlineData("s")]
    [InlineData(".s")]
    [InlineData("0s")]
    [InlineData("-1s")]
    [InlineData("+1s")]
    [InlineData("1.2.3s")]
    [InlineData("1e3s")]
    [InlineData("１s")]
    public void Anything_else_is_none(string text) => Assert.Null(Read(text));

    [Fact]
    public void A_limit_may_be_longer_than_anybody_waits()
    {
        var most = Read("99999999999999999999999999999999999h");
        Assert.NotNull(most);
        Assert.Equal(24, Amounts.TimeSpan(most.Value).Days);
        Assert.Equal(long.MaxValue, Amounts.Whole(most.Value));
    }

    private static Rational? Read(string text)
    {
        var option = Amounts.Time("--time", "");
        var result = new RootCommand { option }.Parse(["--time", text]);
        return result.Errors.Count > 0 ? null : result.GetValue(option);
    }
}
