using System.Globalization;
using Irekae.Checker.Verification;
using Irekae.Properties;

namespace Irekae.Checker.Bench;

/// <summary>One measured size of a workload.</summary>
internal sealed record BenchRow(string Workload, string Unit, string Expected, int Size, PropertyResult Result);

/// <summary>Counts what verification costs and how the cost grows. Counts repeat exactly; seconds are of this machine, now.</summary>
internal static class Benchmark
{
    private const int MostTimes = 50;

    private static readonly TimeSpan LongEnough = TimeSpan.FromSeconds(0.5);

    public static IEnumerable<BenchRow> Run(IEnumerable<Workload> workloads, CancellationToken cancel)
    {
        var options = new VerifyOptions { Threads = 1, CompareTies = false, TimeLimit = TimeSpan.FromSeconds(60) };
        foreach (var workload in workloads)
        {
            foreach (int size in workload.Sizes)
            {
                cancel.ThrowIfCancellationRequested();
                var spec = workload.Make(size);
                if (spec.System is null) throw new InvalidOperationException($"{workload.Name}, {size}: {spec.Diagnostics[0].Message}");
                PropertyResult Once() => Verifier.Verify(v => v is null ? spec.System : spec.ForVariant(v)!, options with { Properties = [workload.Property] }, null, cancel)
                    .Results.Single(r => r.Name == workload.Property);
                yield return new BenchRow(workload.Name, workload.Unit, workload.Expected, size, Fastest(Once));
            }
        }
    }

    /// <summary>Again and again for half a second, so that the program is warm; the counts are the same each time.</summary>
    private static PropertyResult Fastest(Func<PropertyResult> once)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var best = once();
        for (int times = 1; times < MostTimes && clock.Elapsed < LongEnough; times++)
            if (once() is var next && next.Statistics.Seconds < best.Statistics.Seconds) best = next;
        return best;
    }

    /// <summary>Cells of a row for people: size, states, growth against the row before, rate, how it ended.</summary>
    public static string[] Cells(BenchRow row, BenchRow? before)
    {
        var s = row.Result.Statistics;
        string growth = before is not null && before.Workload == row.Workload && before.Result.Statistics.States > 0
            ? string.Create(CultureInfo.InvariantCulture, $"x{(double)s.States / before.Result.Statistics.States:0.0} for x{(double)row.Size / before.Size:0.#}")
            : "";
        return
        [
            row.Workload, row.Size.ToString(CultureInfo.InvariantCulture), s.Configurations.ToString(CultureInfo.InvariantCulture), s.States.ToString(CultureInfo.InvariantCulture),
            s.Moves.ToString(CultureInfo.InvariantCulture), s.LinearPrograms.ToString(CultureInfo.InvariantCulture), growth,
            s.Seconds.ToString("0.000", CultureInfo.InvariantCulture), (s.States / Math.Max(s.Seconds, 1e-6)).ToString("#,0", CultureInfo.InvariantCulture),
        ];
    }
}
