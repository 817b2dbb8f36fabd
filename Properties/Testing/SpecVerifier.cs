using Irekae.Model;

namespace Irekae.Properties.Testing;

/// <summary>Answers the properties of a specification. The package brings the one that explores; this project does not know it, since it stands to its left.</summary>
public abstract class SpecVerifier
{
    private const string Explorer = "Irekae.Checker.Verification.PackagedVerifier, irekae";

    private static readonly Lazy<SpecVerifier> Brought = new(() =>
        Type.GetType(Explorer) is { } type
            ? (SpecVerifier)Activator.CreateInstance(type)!
            : throw new InvalidOperationException("irekae.dll is missing beside Irekae.Properties.dll; the package Irekae.Properties brings both"));

    public static SpecVerifier Installed => Brought.Value;

    /// <summary>All properties and the always-on checks, in the order of the text. Each proof is certified and checked, each shown run replayed.</summary>
    /// <param name="limit">For each exploration; null: none.</param>
    /// <exception cref="OverflowException">A time does not fit, or one instant has too many orders.</exception>
    public abstract IReadOnlyList<PropertyResult> Verify(Spec spec, TimeSpan? limit, CancellationToken cancel);
}
