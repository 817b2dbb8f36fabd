namespace Irekae.Checker.Proofs;

/// <summary>
/// Whether a bundle is, bit for bit, the one that a published digest names. Hashes that lie in a bundle say that it was not damaged; who changes a bundle can
/// make them anew, and what then still proves something proves it of another model, or by another run. Only what comes from elsewhere says that nobody did.
/// </summary>
internal static class BundleDigest
{
    private const int Digits = 64;

    /// <summary>Why this is no digest; null: it is one. A part of one is none: who looks for a bundle with the same beginning finds it.</summary>
    public static string? Wrong(string digest) => digest.Length == Digits && digest.All(char.IsAsciiHexDigit)
        ? null
        : $"a digest is {Digits} hexadecimal digits, all of them; '{digest}' is not: take what 'irekae prove' printed, or what 'sha256sum {Bundle.Hashes}' prints of the bundle that is meant";

    /// <param name="whole">As it was loaded, and not a part of it.</param>
    public static Examined Check(Bundle whole, string digest)
    {
        string wanted = digest.ToLowerInvariant();
        string? why = whole.Digest == wanted ? whole.Changed() is { } changed ? $"{changed}: it is not what the digest names" : Extra(whole) : Other(whole, wanted);
        return new Examined("digest", why is null, why ?? $"{wanted}, as asked");
    }

    private static string? Extra(Bundle whole) =>
        whole.PassedOver.FirstOrDefault() is { } extra ? $"{extra} is nothing that the digest names: whoever put it there, take it away and check again" : null;

    private static string Other(Bundle whole, string wanted)
    {
        if (Certificate.Hash(whole.HashesOfFiles()) == wanted) return $"{Bundle.Hashes} was changed; all other files are what the digest names";
        if (whole.Digest is not { } own) return $"{Bundle.Hashes} is missing";
        if (whole.Proofs.FirstOrDefault(p => p.Length > 0 && whole.Part(p).Digest == wanted) is { } part) return $"it names {part.TrimEnd('/')} in this bundle alone: check that folder";
        return $"it names another bundle; that of this one is {own}. Files and their hashes were changed, or the digest is of another proof: fetch the two again";
    }
}
