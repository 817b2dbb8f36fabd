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

    /// <summary>What is free to go does not end an exploration.</summary>
    [Fact]
    public void Garbage_is_not_in_use()
    {
        long most = GC.GetTotalMemory(forceFullCollection: true) + (200 << 20);
        for (int k = 0; k < 100; k++) GC.KeepAlive(new byte[4 << 20]);
        Assert.Null(new Limits(null, null, most).MemoryUsedUp());
        Assert.Null(Limits.None.MemoryUsedUp());
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
