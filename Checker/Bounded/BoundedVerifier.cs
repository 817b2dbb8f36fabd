using System.Collections.Immutable;
using Irekae.Checker.Verification;
using Irekae.Model.Binding;
using Irekae.Model.Numbers;
using Irekae.Properties;

namespace Irekae.Checker.Bounded;

/// <summary>
/// Answers the properties of a specification for all runs of at most so many moves, by the solver. Shares with the explorer what a move is and
/// how a run is replayed, and nothing else: neither sets nor linear programs nor certificates.
/// </summary>
public static class BoundedVerifier
{
    internal const string Method = "bounded";

    /// <summary>Never throws for what becomes of the solver, nor when it is cancelled: the results then say how far they go.</summary>
    /// <param name="systems">The bound system of a variant by name; null: the specification as it stands.</param>
    /// <exception cref="DisagreementException">An error of this program.</exception>
    public static VerificationResult Verify(Func<string?, BoundSystem> systems, VerifyOptions options, BoundedOptions bounded, IProgress<VerifyProgress>? progress, CancellationToken cancel)
    {
        var plain = systems(null);
        var jobs = Plan.Of(systems, options).GroupBy(job => (job.System, string.Join(' ', job.Faults.Select(f => f.Index)))).ToList();
        var results = new ImmutableArray<PropertyResult>[jobs.Count];
        try
        {
            Parallel.For(0, jobs.Count, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, options.Threads) }, i =>
                results[i] = new BoundedJob([.. jobs[i]], bounded, progress, cancel).Carry());
        }
        catch (AggregateException failures)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failures.InnerExceptions[0]);
        }

        var order = plain.Properties.Select(p => p.Name).Concat(Check.All.Select(c => c.Name)).ToList();
        return new VerificationResult(plain.Name, [.. results.SelectMany(r => r).OrderBy(r => order.IndexOf(r.Name))], []);
    }

    /// <summary>The explorer's answers, each with a note of what the solver says of it.</summary>
    /// <exception cref="DisagreementException">The two contradict each other: an error of this program.</exception>
    public static VerificationResult Both(VerificationResult explored, VerificationResult bounded)
    {
        var others = bounded.Results.ToDictionary(r => r.Name);
        return explored with { Results = [.. explored.Results.Select(r => Compared(r, others[r.Name]))] };
    }

    private static PropertyResult Compared(PropertyResult explored, PropertyResult bounded)
    {
        if (Agreement.Contradiction(explored, bounded) is { } contradiction)
            throw new DisagreementException($"the two engines disagree about '{explored.Name}': {contradiction}; explorer: {Words(explored)}; bounded checker: {Words(bounded)}");
        return explored with { Notes = explored.Notes.Add($"bounded checker: {Words(bounded)}") };
    }

    private static string Words(PropertyResult result)
    {
        string verdict = result.Verdict switch
        {
            Verdict.Proved => "proved",
            Verdict.ProvedUpTo partly => $"proved up to {partly.Limit}",
            Verdict.Refuted => "refuted",
            Verdict.Unknown unknown => $"unknown ({unknown.Reason})",
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        return result.Value switch
        {
            { Endless: true } => $"{verdict}, no end",
            { Found: { } value } known => $"{verdict}, {TimeText.Of(value)} {(known.Attained ? "attained" : "approached")}",
            _ => verdict,
        };
    }
}
