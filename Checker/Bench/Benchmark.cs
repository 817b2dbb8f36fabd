using Irekae.Checker.Verification;
using Irekae.Properties;

namespace Irekae.Checker.Bench;

/// <summary>One measured size of a workload.</summary>
internal sealed record BenchRow(Workload Workload, int Size, PropertyResult Result)
{
    public double StatesPerSecond => Result.Statistics.States / Math.Max(Result.Statistics.Seconds, 1e-6);
}

/// <summary>Counts what verification costs and how the cost grows. Counts repeat exactly; seconds are of this machine, now.</summary>
internal static class Benchmark
{
    private const int MostTimes = 50;

    /// <summary>The first time the program is still being compiled.</summary>
    private const int LeastTimes = 10;

    private static readonly TimeSpan TooLong = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan LongEnough = TimeSpan.FromSeconds(0.5);

    /// <param name="once">For the counts alone; else as often as it takes for steady seconds.</param>
    /// <param name="starting">Told the workload and size before it is measured.</param>
    public static IEnumerable<BenchRow> Run(IEnumerable<Workload> workloads, bool once, Action<Workload, int> starting, CancellationToken cancel)
    {
        var options = new VerifyOptions { Threads = 1, CompareTies = false, TimeLimit = TimeSpan.FromSeconds(60) };
        foreach (var workload in workloads)
        {
            foreach (int size in workload.Sizes)
            {
                cancel.ThrowIfCancellationRequested();
                starting(workload, size);
                var spec = workload.Make(size);
                if (spec.System is null) throw new InvalidOperationException($"{workload.Name}, {size}: {spec.Diagnostics[0].Message}");
                PropertyResult Measure() => Verifier.Verify(v => v is null ? spec.System : spec.ForVariant(v)!, options with { Properties = [workload.Property] }, null, cancel)
                    .Results.Single(r => r.Name == workload.Property);
                yield return new BenchRow(workload, size, once ? Measure() : Fastest(Measure));
            }
        }
    }

    /// <summary>Again and again for half a second, so that the program is warm; the counts are the same each time.</summary>
    private static PropertyResult Fastest(Func<PropertyResult> once)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var best = once();
        for (int times = 1; times < MostTimes && (clock.Elapsed < LongEnough || times < LeastTimes && clock.Elapsed < TooLong); times++)
            if (once() is var next && next.Statistics.Seconds < best.Statistics.Seconds) best = next;
        return best;
    }
}
