using Irekae.Checker.Explore;
using Irekae.Checker.Proofs;
using Irekae.Checker.Verification;
using Irekae.Model;
using Irekae.Model.Semantics;
using Irekae.Properties;

namespace Irekae.Tests.Checker.Proofs;

/// <summary>An exploration that is not what it says does not get a certificate.</summary>
public class UncertifiableTests
{
    private static (Explorer Explorer, Finding Finding) Explored()
    {
        var system = TransitionSystem.Compile(Spec.Load("specs/first/first.irk").System!, Observation.Nothing);
        var explorer = new Explorer(system, new StateWatch(system, [], [], everything: true), new ExploreOptions(ClockSense.Exact, Limits.None, 5_000), CancellationToken.None);
        explorer.Run();
        return (explorer, new Finding(new Verdict.Proved(), null, null, new Statistics(0, 0, 0)) { Grounds = new Grounds.TimePasses(explorer) });
    }

    private static Proof Certify(Finding finding, CancellationToken cancel = default) => Assert.Single(new Proving(Limits.None, cancel).Certify([finding]));

    /// <summary>Each set that was kept is needed: without it some edge leads nowhere, and the error names that edge.</summary>
    [Fact]
    public void AMissingSetIsAnErrorThatNamesTheEdge()
    {
        var whole = Explored();
        Assert.NotNull(Certify(whole.Finding).Certified);
        for (int i = 0; i < whole.Explorer.Places.Count; i++)
        {
            var (explorer, finding) = Explored();
            if (explorer.Places.ElementAt(i).Nodes.Count == 0) continue; // nothing gets there
            explorer.Places.ElementAt(i).Nodes.Clear();
            var error = Assert.Throws<UncertifiableException>(() => Certify(finding));
            Assert.Matches("no kept set holds what the edge '.+' leads to", error.Message);
        }
    }

    [Fact]
    public void AnInterruptedCertificationSaysSo()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.Equal(new Proof(null, "interrupted"), Certify(Explored().Finding, cancelled.Token));
        Assert.Equal("stopped after 0 s", Assert.Single(new Proving(new Limits(TimeSpan.Zero, null, null), CancellationToken.None).Certify([Explored().Finding])).Uncertified);
    }
}
