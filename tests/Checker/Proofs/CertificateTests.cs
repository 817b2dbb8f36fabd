using Irekae.Checker.Proofs;
using Irekae.Checker.Verification;
using Irekae.Model;
using Irekae.Properties;
using Irekae.Properties.Generators;
using Irekae.Tests.Laws;

namespace Irekae.Tests.Checker.Proofs;

/// <summary>Certificates of what the explorer proves are accepted by the checker: a refusal is an exception.</summary>
public class CertificateTests
{
    private static readonly VerifyOptions Certifying = new() { Theorems = false, Certify = true };

    [Theory]
    [InlineData("first/first.irk")]
    [InlineData("minix3/minix3.irk")]
    [InlineData("ant/ant.irk")]
    public void EveryProvedAnswerOfASpecificationIsCertified(string file)
    {
        var results = Verifier.Verify(Spec.Load(Repository.Folder("specs", file)), Certifying, null, TestContext.Current.CancellationToken).Results;
        foreach (var result in results)
        {
            TestContext.Current.TestOutputHelper?.WriteLine($"{result.Name}: {result.Verdict.GetType().Name} states {result.Statistics.States} {result.Statistics.Seconds:0.000} s, {Words(result.Certified)}");
            bool expected = result is { Verdict: Verdict.Proved, Value: not { Endless: true } } && (result.Kind != "reachable");
            Assert.Equal(expected, result.Certified is not null);
            Assert.Equal(result.Kind == "reachable" ? "a run shows it" : null, result.Uncertified);
        }
    }

    [Fact]
    public void AnswersOfRandomSystemsAreCertified()
    {
        int certified = 0;
        foreach (var drawn in Campaign.Systems(Profile.Tiny, 60, 1000))
        {
            var results = Verifier.Verify(_ => drawn.System, Certifying with { StateLimit = 2_000 }, null, TestContext.Current.CancellationToken).Results;
            certified += results.Count(r => r.Certified is not null);
        }

        Assert.True(certified > 200, $"{certified}");
    }

    private static string Words(Certification? proof) => proof is null ? "no certificate"
        : $"{proof.Nodes} nodes, {proof.Steps} steps, model {proof.Model.Length} B, certificate {proof.Certificate.Length} B, certify {proof.CertifySeconds:0.000} s, check {proof.CheckSeconds:0.0000} s";
}
