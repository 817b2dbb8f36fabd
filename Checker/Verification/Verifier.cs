using Irekae.Model.Binding;

namespace Irekae.Checker.Verification;

/// <summary>Answers every property of a specification, and the checks that nobody has to ask for.</summary>
public static class Verifier
{
    /// <param name="systems">The bound system of a variant by name; null: the specification as it stands.</param>
    public static VerificationResult Verify(
        Func<string?, BoundSystem> systems, VerifyOptions options, IProgress<VerifyProgress>? progress, CancellationToken cancel) =>
        throw new NotImplementedException();
}
