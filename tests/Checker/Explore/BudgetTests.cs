using Irekae.Checker.Explore;

namespace Irekae.Tests.Checker.Explore;

public class BudgetTests
{
    [Fact]
    public void What_is_reached_first_is_named()
    {
        Assert.Equal("stopped after 7 states", new Budget(new Limits(null, 7, null), CancellationToken.None).Exhausted(7));
        Assert.Null(new Budget(new Limits(null, 7, null), CancellationToken.None).Exhausted(6));
        Assert.Equal("stopped at 1 MiB of memory", new Budget(new Limits(null, null, 1 << 20), CancellationToken.None).Exhausted(1));
        Assert.Null(new Budget(new Limits(null, null, long.MaxValue), CancellationToken.None).Exhausted(1));
        Assert.Equal("interrupted", new Budget(Limits.None, new CancellationToken(true)).Exhausted(1));
        var over = new Budget(new Limits(TimeSpan.Zero, null, null), CancellationToken.None);
        Assert.True(over.Token.WaitHandle.WaitOne());
        Assert.Equal("stopped after 0 s", over.Exhausted(1));
        over.Stop();
        Assert.False(over.Token.CanBeCanceled);
    }

    /// <summary>What is free to go does not end an exploration, unless little is.</summary>
    [Theory]
    [InlineData(99, 99, null)]
    [InlineData(100, 89, null)]
    [InlineData(100, 90, "stopped at 100 MiB of memory")]
    public void Garbage_is_not_in_use(long before, long collected, string? why) =>
        Assert.Equal(why, new Limits(null, null, 100 << 20).MemoryUsedUp(after => (after ? collected : before) << 20));

    [Fact]
    public void Without_a_limit_it_is_half_of_the_machine()
    {
        long half = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2;
        Assert.Null(Limits.None.MemoryUsedUp(_ => half - 1));
        Assert.NotNull(Limits.None.MemoryUsedUp(_ => half));
    }

    /// <summary>Memory is looked at at the first state and then every so often.</summary>
    [Fact]
    public void Memory_is_looked_at_now_and_then()
    {
        var budget = new Budget(new Limits(null, null, 1), CancellationToken.None);
        var told = Enumerable.Range(0, 130).Select(k => budget.Exhausted(k) is not null).ToList();
        Assert.Equal([0, 64, 128], Enumerable.Range(0, told.Count).Where(k => told[k]));
    }
}
