using System.Collections.Immutable;
using System.Diagnostics;
using Irekae.Checker.Explore;
using Irekae.Checker.Explore.Polyhedra;
using Irekae.Checker.Verification;
using Irekae.Properties;

namespace Irekae.Checker.Proofs;

/// <summary>What the answer of a finished exploration rests on.</summary>
internal abstract record Grounds(Explorer Explorer)
{
    /// <summary>No set holds a value beyond the one that the finding says is proved; if it says none, nothing that is measured ever ends.</summary>
    public sealed record Value(Explorer Explorer, bool Largest) : Grounds(Explorer);

    public sealed record Never(Explorer Explorer, Flag Flag) : Grounds(Explorer);

    public sealed record TimePasses(Explorer Explorer) : Grounds(Explorer);
}

/// <summary>A proof that was written down and checked, or, in plain words, why there is none.</summary>
internal readonly record struct Proof(Certification? Certified, string? Uncertified);

/// <summary>From findings to proofs that were written down and checked.</summary>
/// <param name="limits">Of time: for the findings of each exploration.</param>
internal sealed class Proving(Limits limits, CancellationToken cancel)
{
    private sealed class StoppedException(string why) : Exception(why);

    /// <summary>A certificate of each finding that rests on an exploration and says something of all runs; findings of one exploration share one.</summary>
    /// <exception cref="UncertifiableException">An error of this program.</exception>
    public ImmutableArray<Proof> Certify(ImmutableArray<Finding> findings)
    {
        var proofs = findings.Select(f => new Proof(null, Without(f))).ToArray();
        foreach (var group in Enumerable.Range(0, findings.Length).Where(i => Speaks(findings[i])).GroupBy(i => findings[i].Grounds!.Explorer))
        {
            List<int> own = [.. group];
            var proof = Certify(group.Key, [.. own.Select(i => findings[i])]);
            if (proof is (null, null))
            {
                foreach (int i in own.Where(i => findings[i].Grounds is Grounds.TimePasses)) proofs[i] = new Proof(null, "round some moves in no time one comes back to a set that was kept: no certificate by ranks");
                own.RemoveAll(i => findings[i].Grounds is Grounds.TimePasses);
                if (own.Count == 0) continue;
                proof = Certify(group.Key, [.. own.Select(i => findings[i])]);
            }

            foreach (int i in own) proofs[i] = proof;
        }

        return [.. proofs];
    }

    /// <summary>Why the finding has no certificate; null: it has one, or its verdict needs none.</summary>
    private static string? Without(Finding finding) => finding switch
    {
        { Verdict: Verdict.Refuted, Grounds: not Grounds.Never } or { Verdict: Verdict.Unknown or Verdict.ProvedUpTo } => null,
        { Value.Endless: true } => "there is no bound",
        { CutShort: true } => "some runs end at a violation, and a certificate would say nothing of what follows",
        { Complete: false } => "not everything was seen",
        { Grounds: null } => "a run shows it",
        _ => null,
    };

    private static bool Speaks(Finding finding) =>
        finding is { Grounds: not null, Complete: true, CutShort: false, Value: null or { Endless: false }, Verdict: not (Verdict.Unknown or Verdict.ProvedUpTo) }
        && (finding.Verdict is Verdict.Proved || finding.Grounds is Grounds.Never);

    /// <returns>Neither a certificate nor a reason: time passes, but that is not to be had by ranks.</returns>
    private Proof Certify(Explorer explorer, ImmutableArray<Finding> findings)
    {
        var watch = Stopwatch.StartNew();
        try
        {
            return Certify(explorer, findings, watch);
        }
        catch (StoppedException stopped)
        {
            return new Proof(null, stopped.Message);
        }
        catch (ArithmeticException e) when (e is OverflowException or CoefficientOverflowException)
        {
            return new Proof(null, "a number of the certificate leaves 64 bits");
        }
    }

    private Proof Certify(Explorer explorer, ImmutableArray<Finding> findings, Stopwatch watch)
    {
        void Checkpoint()
        {
            if (cancel.IsCancellationRequested) throw new StoppedException("interrupted");
            if (limits.Time is { } time && watch.Elapsed >= time) throw new StoppedException($"stopped after {time.TotalSeconds:0.###} s");
            if (limits.MemoryUsedUp() is { } usedUp) throw new StoppedException(usedUp);
        }

        var flags = ImmutableArray.CreateBuilder<Flag>();
        var claims = ImmutableArray.CreateBuilder<Claim>();
        foreach (var finding in findings)
        {
            switch (finding.Grounds)
            {
                case Grounds.TimePasses:
                    claims.Add(new Claim.TimePasses());
                    break;
                case Grounds.Value(_, var largest) when finding.Value!.Proved is { } proved:
                    var bound = proved / explorer.System.Tick;
                    claims.Add(largest ? new Claim.Max(bound, finding.Value.Approached) : new Claim.Min(bound, finding.Value.Approached));
                    break;
                default:
                    claims.Add(new Claim.Never(flags.Count));
                    flags.Add(finding.Grounds is Grounds.Never(_, var flag) ? flag : Flags.SomethingEnds);
                    break;
            }
        }

        Checkpoint();
        var automaton = Certifier.Unfold(explorer, flags.ToImmutable());
        byte[] model = ModelText.Of(automaton);
        if (Certifier.Certify(explorer, automaton, Certificate.Hash(model), claims.ToImmutable(), Checkpoint)?.ToBytes() is not { } certificate) return default;
        var certifying = watch.Elapsed;
        var checking = Stopwatch.StartNew();
        return CertificateChecker.Check(model, certificate) switch
        {
            ProofVerdict.Accepted accepted when accepted.Claims.Length == claims.Count =>
                new Proof(new Certification(model, certificate, accepted.Nodes, accepted.Steps, certifying.TotalSeconds, checking.Elapsed.TotalSeconds), null),
            ProofVerdict.Rejected rejected => throw new UncertifiableException($"the checker refuses {rejected.Where}: {rejected.Why}"),
            _ => throw new UnreachableException(),
        };
    }
}
