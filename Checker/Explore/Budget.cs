using System.Diagnostics;

namespace Irekae.Checker.Explore;

/// <summary>How far to look. What is reached first ends an exploration, and its name goes into the verdict.</summary>
internal sealed record Limits(TimeSpan? Time, long? States, long? Memory)
{
    public static Limits None { get; } = new(null, null, null);
}

/// <summary>The limits of one exploration in use. Clock and memory are looked at every few hundred states only.</summary>
internal sealed class Budget(Limits limits, CancellationToken cancel)
{
    private const int Interval = 64;

    private readonly Stopwatch watch = Stopwatch.StartNew();
    private long calls;

    public TimeSpan Elapsed => watch.Elapsed;

    public void Stop() => watch.Stop();

    /// <summary>Why to stop now; null: go on.</summary>
    public string? Exhausted(long states)
    {
        if (limits.States is { } most && states >= most) return $"stopped after {most} states";
        if (cancel.IsCancellationRequested) return "interrupted";
        if (calls++ % Interval != 0) return null;
        if (limits.Time is { } time && watch.Elapsed >= time) return $"stopped after {time.TotalSeconds:0.###} s";
        if (limits.Memory is { } bytes && GC.GetTotalMemory(false) >= bytes) return $"stopped at {bytes / (1 << 20)} MiB of memory";
        return null;
    }
}
