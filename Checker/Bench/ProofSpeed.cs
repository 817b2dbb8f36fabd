using System.Diagnostics;
using Irekae.Checker.Proofs;
using Irekae.Checker.Verification;
using Irekae.Model;

namespace Irekae.Checker.Bench;

/// <summary>What it costs to check, and nothing else, all certificates of both seed specifications.</summary>
/// <param name="Certificates">Findings of one exploration share one.</param>
/// <param name="Bytes">Of models and certificates.</param>
/// <param name="Seconds">Of one core for all of them, the best of many times.</param>
internal sealed record ProofSpeed(int Certificates, long Bytes, double Seconds)
{
    public const string Name = "proofs";

    private const int Times = 50;

    /// <param name="specs">The folder of the shipped specifications.</param>
    /// <exception cref="InvalidOperationException">A certificate is refused.</exception>
    public static ProofSpeed Measure(string specs)
    {
        var proofs = new[] { "minix3/minix3.irk", "ant/ant.irk" }.SelectMany(path => Certified(Path.Combine(specs, path))).DistinctBy(proof => proof.Certificate).ToArray();
        double least = double.MaxValue;
        for (int k = 0; k < Times; k++)
        {
            var clock = Stopwatch.StartNew();
            foreach (var proof in proofs)
                if (CertificateChecker.Check(proof.Model, proof.Certificate) is ProofVerdict.Rejected rejected) throw new InvalidOperationException($"{rejected.Where}: {rejected.Why}");
            least = Math.Min(least, clock.Elapsed.TotalSeconds);
        }

        return new ProofSpeed(proofs.Length, proofs.Sum(proof => (long)proof.Model.Length + proof.Certificate.Length), least);
    }

    private static IEnumerable<Properties.Certification> Certified(string path)
    {
        var spec = Spec.Load(path);
        if (spec.HasErrors) throw new InvalidOperationException(spec.Diagnostics[0].Message);
        return Verifier.Verify(spec, new VerifyOptions { CompareTies = false, Certify = true }, null, default).Results.Select(result => result.Certified).OfType<Properties.Certification>();
    }
}
