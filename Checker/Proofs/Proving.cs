using System.Collections.Immutable;
using System.Diagnostics;
using System.Text;
using Irekae.Checker.Explore;
using Irekae.Checker.Verification;
using Irekae.Model.Numbers;
using Irekae.Properties;

namespace Irekae.Checker.Proofs;

/// <summary>What the answer of a finished exploration rests on.</summary>
/// <param name="Never">The answer is that this flag is on no run; null: it is the value, a largest or a smallest one.</param>
internal sealed record Grounds(Explorer Explorer, Flag? Never, bool Largest);

/// <summary>From findings to proofs that were written down and checked.</summary>
internal static class Proving
{
    /// <summary>A certificate of each finding that rests on an exploration and says something of all runs; findings of one exploration share one.</summary>
    /// <exception cref="UncertifiableException">An error of this program.</exception>
    public static ImmutableArray<Certification?> Certify(ImmutableArray<Finding> findings)
    {
        var proofs = new Certification?[findings.Length];
        var grounded = Enumerable.Range(0, findings.Length).Where(i => Speaks(findings[i]));
        foreach (var group in grounded.GroupBy(i => findings[i].Grounds!.Explorer))
        {
            var proof = Certify(group.Key, [.. group.Select(i => findings[i])]);
            foreach (int i in group) proofs[i] = proof;
        }

        return [.. proofs];
    }

    /// <summary>Whether the finding holds of all runs, and an exploration shows it.</summary>
    private static bool Speaks(Finding finding)
    {
        if (finding is not { Grounds: { } grounds, Complete: true, CutShort: false }) return false;
        if (grounds.Never is not null) return true;
        return finding is { Verdict: Verdict.Proved, Value.Endless: false };
    }

    private static Certification Certify(Explorer explorer, ImmutableArray<Finding> findings)
    {
        var watch = Stopwatch.StartNew();
        var flags = ImmutableArray.CreateBuilder<Flag>();
        var claims = ImmutableArray.CreateBuilder<Claim>();
        foreach (var finding in findings)
        {
            var grounds = finding.Grounds!;
            if ((grounds.Never ?? (finding.Value!.Proved is null ? Flags.SomethingEnds : null)) is { } never)
            {
                claims.Add(new Claim.Never(flags.Count));
                flags.Add(never);
                continue;
            }

            var bound = finding.Value!.Proved!.Value / explorer.System.Tick;
            claims.Add(grounds.Largest ? new Claim.Max(bound, finding.Value.Approached) : new Claim.Min(bound, finding.Value.Approached));
        }

        var automaton = Certifier.Unfold(explorer, flags.ToImmutable());
        byte[] model = Encoding.UTF8.GetBytes(ModelText.Of(automaton));
        byte[] certificate = Encoding.UTF8.GetBytes(Certifier.Certify(explorer, automaton, Certificate.Hash(model), claims.ToImmutable()).ToString());
        var certifying = watch.Elapsed;
        watch.Restart();
        return CertificateChecker.Check(model, certificate) switch
        {
            ProofVerdict.Accepted accepted when accepted.Claims.Length == claims.Count =>
                new Certification(model, certificate, accepted.Nodes, accepted.Steps, certifying.TotalSeconds, watch.Elapsed.TotalSeconds),
            ProofVerdict.Rejected rejected => throw new UncertifiableException($"the checker refuses {rejected.Where}: {rejected.Why}"),
            _ => throw new UnreachableException(),
        };
    }
}
