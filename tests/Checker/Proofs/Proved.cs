using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Irekae.Checker.Proofs;
using Irekae.Checker.Verification;
using Irekae.Model;
using Irekae.Properties;

namespace Irekae.Tests.Checker.Proofs;

/// <summary>Certified answers of shipped specifications, each worked out once.</summary>
internal static class Proved
{
    private static readonly Dictionary<(string, string), (Spec Spec, PropertyResult Result)> Known = [];

    private static readonly Dictionary<PropertyResult, Bundle> Bundles = new(ReferenceEqualityComparer.Instance);

    public static (Spec Spec, PropertyResult Result) Answer(string file, string property)
    {
        lock (Known)
        {
            if (Known.TryGetValue((file, property), out var known)) return known;
            var spec = Spec.Load($"specs/{file}");
            var options = new VerifyOptions { Properties = [property], Certify = true, Theorems = false };
            var result = Verifier.Verify(spec, options, null, CancellationToken.None).Results.Single(r => r.Name == property);
            Assert.NotNull(result.Certified);
            Known.Add((file, property), (spec, result));
            return (spec, result);
        }
    }

    public static (byte[] Model, byte[] Certificate) Texts(string file, string property)
    {
        var proof = Answer(file, property).Result.Certified!;
        return (proof.Model.ToArray(), proof.Certificate.ToArray());
    }

    /// <summary>A copy that can be changed.</summary>
    public static Bundle Bundle(string file, string property)
    {
        var (spec, result) = Answer(file, property);
        lock (Bundles)
        {
            if (!Bundles.TryGetValue(result, out var bundle)) Bundles.Add(result, bundle = BundleWriter.Of(spec, result, "0.0.0", "irekae prove"));
            var copy = new Bundle();
            foreach (var (name, bytes) in bundle.Files) copy.Files.Add(name, [.. bytes]);
            return copy;
        }
    }

    public static JsonNode Parsed(byte[] text) => JsonNode.Parse(text)!;

    /// <summary>In the form in which proofs are written.</summary>
    public static byte[] Text(JsonNode node) => Encoding.ASCII.GetBytes(Regex.Replace(node.ToJsonString(), @"([\]}],)(?=[\[{])", "$1\n") + "\n");

    public static ProofVerdict Check(byte[] model, byte[] certificate) => CertificateChecker.Check(model, certificate);
}
