using Irekae.Model;
using Irekae.Properties;
using Irekae.Properties.Testing;

namespace Irekae.Checker.Verification;

/// <summary>The explorer for test projects: <see cref="SpecVerifier"/> looks it up by its name.</summary>
public sealed class PackagedVerifier : SpecVerifier
{
    public override IReadOnlyList<PropertyResult> Verify(Spec spec, TimeSpan? limit, CancellationToken cancel) =>
        Verifier.Verify(spec, new VerifyOptions { TimeLimit = limit, Certify = true }, null, cancel).Results;
}
