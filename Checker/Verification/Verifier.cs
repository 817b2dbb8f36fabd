using System.Collections.Immutable;
using System.Diagnostics;
using Irekae.Checker.Explore;
using Irekae.Model;
using Irekae.Model.Binding;
using Irekae.Model.Numbers;
using Irekae.Model.Text;
using Irekae.Properties;

namespace Irekae.Checker.Verification;

/// <summary>
/// Answers every property of a specification, and the checks that nobody has to ask for.
/// Every run in a result was replayed by the interpreter. Results do not depend on the number of threads; only limits of time and memory
/// may end an exploration here or there, and then the verdict says so.
/// </summary>
public static class Verifier
{
    private static readonly TimeSpan ReportInterval = TimeSpan.FromMilliseconds(250);

    /// <exception cref="ArgumentException">The specification has errors.</exception>
    public static VerificationResult Verify(Spec spec, VerifyOptions options, IProgress<VerifyProgress>? progress, CancellationToken cancel) =>
        Verify(
            variant => (variant is null ? spec.System : spec.ForVariant(variant)) ?? throw new ArgumentException("a specification with errors has no meaning", nameof(spec)),
            options, progress, cancel);

    /// <param name="systems">The bound system of a variant by name; null: the specification as it stands.</param>
    /// <exception cref="OverflowException">A time does not fit, or one instant has too many orders: see <c>TransitionSystem</c>.</exception>
    /// <exception cref="UnreplayableException">An error of this program.</exception>
    public static VerificationResult Verify(
        Func<string?, BoundSystem> systems, VerifyOptions options, IProgress<VerifyProgress>? progress, CancellationToken cancel)
    {
        var plain = systems(null);
        var jobs = Plan.Of(systems, options);
        var results = new ImmutableArray<PropertyResult>[jobs.Length];
        var unreached = new Unreached();
        try
        {
            Parallel.For(0, jobs.Length, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, options.Threads) }, i =>
                results[i] = jobs[i].Carry(Probing(jobs[i], options, progress, unreached, cancel), options));
        }
        catch (AggregateException failures)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failures.InnerExceptions[0]);
        }

        var order = Names(plain).ToList();
        var warnings = jobs.Any(j => !j.Checks.IsEmpty) ? unreached.Warnings() : [];
        return new VerificationResult(plain.Name, [.. results.SelectMany(r => r).OrderBy(r => order.IndexOf(r.Name))], warnings);
    }

    /// <summary>Results of properties in source order, as they are asked for: what one exploration answers is explored once, and what nobody asks for is not.</summary>
    /// <exception cref="OverflowException">As above.</exception>
    public static IEnumerable<PropertyResult> OneByOne(
        Func<string?, BoundSystem> systems, VerifyOptions options, IProgress<VerifyProgress>? progress, CancellationToken cancel)
    {
        var unreached = new Unreached();
        var known = new Dictionary<string, PropertyResult>();
        var jobs = Plan.Of(systems, options);
        foreach (string name in Names(systems(null)))
        {
            if (!known.ContainsKey(name) && jobs.FirstOrDefault(j => j.Properties.Any(p => p.Name == name) || j.Checks.Any(c => c.Name == name)) is { } job)
                foreach (var result in job.Carry(Probing(job, options, progress, unreached, cancel), options)) known[result.Name] = result;
            if (known.TryGetValue(name, out var answer)) yield return answer;
        }
    }

    /// <summary>In the order of results.</summary>
    private static IEnumerable<string> Names(BoundSystem system) => system.Properties.Select(p => p.Name).Concat(Check.All.Select(c => c.Name));

    private static ProbeOptions Probing(Job job, VerifyOptions options, IProgress<VerifyProgress>? progress, Unreached unreached, CancellationToken cancel)
    {
        var last = Stopwatch.StartNew();
        void Report(Explorer explorer, Rational? best)
        {
            if (progress is null || last.Elapsed < ReportInterval) return;
            last.Restart();
            var elapsed = explorer.Elapsed;
            progress.Report(new VerifyProgress(
                job.Names, explorer.States, explorer.Waiting, explorer.States / Math.Max(elapsed.TotalSeconds, 1e-3), best * explorer.System.Tick, elapsed));
        }

        return new ProbeOptions(new Limits(options.TimeLimit, options.StateLimit, options.MemoryLimit), options.MergeAbove, options.ForgetCounters, cancel)
        {
            Report = Report,
            Unreached = unreached.Add,
        };
    }

    /// <summary>Statements that no complete exploration executed. One that any of them executed, under whatever faults, is fine.</summary>
    private sealed class Unreached
    {
        private Dictionary<SourceSpan, BoundStatement>? common;

        public void Add(ImmutableArray<BoundStatement> statements)
        {
            lock (this)
            {
                common = common is null
                    ? statements.DistinctBy(s => s.Span).ToDictionary(s => s.Span)
                    : common.Where(c => statements.Any(s => s.Span == c.Key)).ToDictionary();
            }
        }

        public ImmutableArray<Warning> Warnings() =>
        [
            .. (common?.Keys ?? Enumerable.Empty<SourceSpan>())
                .OrderBy(s => s.Source.Path, StringComparer.Ordinal).ThenBy(s => s.Start)
                .Select(s => new Warning("no run reaches this statement", s)),
        ];
    }
}
