using System.Diagnostics;

namespace Irekae.Checker.Explore;

/// <summary>How far to look. What is reached first ends an exploration, and its name goes into the verdict.</summary>
/// <param name="Memory">Bytes of managed memory of the whole process; null: half of what the machine has, so that what is known is not lost with the process.</param>
internal sealed record Limits(TimeSpan? Time, long? States, long? Memory)
{
    /// <summary>Bytes.</summary>
    public static long HalfOfTheMachine { get; } = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2;

    public static Limits None { get; } = new(null, null, null);

    /// <summary>Why to stop now, by memory alone; null: go on. What nobody uses any more does not count; nine tenths in use do, so that it is not looked for all the time.</summary>
    public string? MemoryUsedUp() => MemoryUsedUp(InUse);

    /// <param name="inUse">Bytes, when what nobody uses has been collected or before.</param>
    internal string? MemoryUsedUp(Func<bool, long> inUse)
    {
        long most = Memory ?? HalfOfTheMachine;
        return inUse(false) >= most && inUse(true) >= most / 10 * 9 ? $"stopped at {most / (1 << 20)} MiB of memory" : null;
    }

    private static long InUse(bool collected)
    {
        if (collected) GC.Collect();
        return GC.GetTotalMemory(false);
    }
}

/// <summary>
/// The limits of one exploration in use. Clock and memory are looked at every few hundred states only; what takes long within one state looks at
/// <see cref="Token"/>.
/// </summary>
internal sealed class Budget
{
    private const int Interval = 64;

    private readonly Stopwatch watch = Stopwatch.StartNew();
    private readonly Limits limits;
    private readonly CancellationToken cancel;
    private CancellationTokenSource? over;
    private long calls;

    public Budget(Limits limits, CancellationToken cancel)
    {
        this.limits = limits;
        this.cancel = cancel;
        over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        if (limits.Time is { } time) over.CancelAfter(time);
        Token = over.Token;
    }

    public TimeSpan Elapsed => watch.Elapsed;

    /// <summary>Cancelled when the time is over, or somebody has interrupted; no longer once the exploration has stopped.</summary>
    public CancellationToken Token { get; private set; }

    public void Stop()
    {
        watch.Stop();
        Token = CancellationToken.None;
        over?.Dispose();
        over = null;
    }

    /// <summary>Why to stop now; null: go on.</summary>
    public string? Exhausted(long states)
    {
        if (limits.States is { } most && states >= most) return $"stopped after {most} states";
        if (Token.IsCancellationRequested) return Reason;
        if (calls++ % Interval != 0) return null;
        return limits.MemoryUsedUp();
    }

    /// <summary>Why <see cref="Token"/> was cancelled.</summary>
    public string Reason => cancel.IsCancellationRequested ? "interrupted" : $"stopped after {limits.Time?.TotalSeconds:0.###} s";
}
