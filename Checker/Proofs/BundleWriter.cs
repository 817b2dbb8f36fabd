using System.Reflection;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Irekae.Checker.Verification;
using Irekae.Model;
using Irekae.Model.Numbers;
using Irekae.Model.Semantics;
using Irekae.Properties;

namespace Irekae.Checker.Proofs;

/// <summary>A certified answer with everything that somebody who has never seen the program needs to check it.</summary>
internal static class BundleWriter
{
    public const string Format = "irekae-proof/2";

    public const string Formulas = "proof.smt2";

    public const string RunOfSpecification = "run.txt";

    public const string RunOfModel = "run.json";

    public const string CoqProof = "Proof.v";

    public const string CoqLibrary = "Irekae.v";

    private const string CheckCoq = "    coqc Irekae.v && coqc Proof.v    theorems, checked by Coq (8.16 will do), and what they rest on\n";

    private const string Coq = """
        Proof.v      the same as theorems for Coq, over the real numbers, and over the rational ones without any axiom
        Irekae.v     what they mean (part 1, a page, to be read) and the checker of certificates with its proof

        """;

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="command">As it was given, without paths outside the specification's folder.</param>
    /// <param name="coq">With Proof.v and Irekae.v.</param>
    public static Bundle Of(Spec spec, PropertyResult result, string version, string command, bool coq = false)
    {
        var bundle = new Bundle();
        var proof = result.Certified ?? throw new ArgumentException("the answer has no certificate", nameof(result));
        var sources = Sources(spec);
        foreach (var (name, text) in sources) bundle.Files.Add(name, Encoding.UTF8.GetBytes(text));
        bundle.Files.Add("model.json", proof.Model.ToArray());
        bundle.Files.Add("cert.json", proof.Certificate.ToArray());
        bundle.Files.Add("check.py", Resource("check.py"));
        bundle.Files.Add(Formulas, Encoding.UTF8.GetBytes(SmtProof.Of(proof.Model, proof.Certificate)));
        var shown = Shown(result);
        if (shown is not null)
        {
            bundle.Files.Add(RunOfSpecification, Encoding.UTF8.GetBytes(RunScript.Of(result.Witness!) + "\n"));
            bundle.Files.Add(RunOfModel, shown.ToBytes(Certificate.Hash(proof.Model.Span)));
        }

        if (coq)
        {
            bundle.Files.Add(CoqLibrary, Resource(CoqLibrary));
            bundle.Files.Add(CoqProof, Encoding.UTF8.GetBytes(Proofs.CoqProof.Of(proof.Model, proof.Certificate, shown, $"{result.Name}: {result.Question}", Answer(result))));
        }

        bundle.Files.Add("README.txt", Encoding.UTF8.GetBytes(ReadMe(result, sources[0].Name, version, shown is not null, coq)));
        var manifest = new JsonObject
        {
            ["format"] = Format,
            ["program"] = $"irekae {version}",
            ["command"] = command,
            ["specification"] = sources[0].Name,
            ["property"] = result.Name,
            ["question"] = result.Question,
            ["answer"] = Answer(result),
        };
        bundle.Files.Add(Bundle.Manifest, Encoding.UTF8.GetBytes(manifest.ToJsonString(Readable) + "\n"));
        bundle.Files.Add(Bundle.Hashes, bundle.HashesOfFiles());
        return bundle;
    }

    /// <summary>The run that shows the value, or with limits that show it, in the model; null: there is none.</summary>
    public static ModelRun? Shown(PropertyResult result) =>
        result is { Value: { Proved: { } bound, Approached: var approached }, Witness: { } run, Certified: { } proof }
            && ModelRun.Find(proof.Model, run, result.Kind != "min", approached) is { } found && (approached || found.Value * run.System.Tick == bound) ? found : null;

    /// <summary>In words, as check-proof derives it again.</summary>
    public static string Answer(PropertyResult result) => result switch
    {
        { Value: { Proved: { } value, Approached: var strict }, Kind: var kind } => Words(kind == "min", value, strict),
        { Kind: "reachable" } => Never(reach: true),
        _ => Never(reach: false),
    };

    public static string Never(bool reach) => reach ? "no run reaches it" : "no run contradicts it";

    public static string Words(bool least, Model.Numbers.Rational nanoseconds, bool strict) =>
        (least ? strict ? "always more than " : "never less than " : strict ? "always less than " : "never more than ") + TimeText.Of(nanoseconds);

    /// <summary>The main file first. Where it is found in the bundle, imports are found as they were.</summary>
    private static List<(string Name, string Text)> Sources(Spec spec)
    {
        var sources = spec.Syntax.Files.Select(f => f.Source).ToList();
        string main = Path.GetFullPath(sources[0].Path);
        string root = Path.GetDirectoryName(main)!;
        for (string? parent = root; parent is not null; parent = Path.GetDirectoryName(parent))
        {
            if (Path.GetFileName(parent) != "specs") continue;
            root = parent;
            break;
        }

        return [.. sources.Select(s => ("specs/" + Path.GetRelativePath(root, Path.GetFullPath(s.Path)).Replace('\\', '/'), s.Content))];
    }

    public static byte[] Resource(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static string ReadMe(PropertyResult result, string specification, string version, bool run, bool coq) => Encoding.UTF8.GetString(Resource("README.txt"))
        .Replace("{question}", $"{result.Name}: {result.Question}", StringComparison.Ordinal)
        .Replace("{answer}", Answer(result), StringComparison.Ordinal)
        .Replace("{specification}", specification, StringComparison.Ordinal)
        .Replace("{version}", version, StringComparison.Ordinal)
        .Replace("{check coq}", coq ? CheckCoq : "", StringComparison.Ordinal)
        .Replace("{coq}", coq ? Coq : "", StringComparison.Ordinal)
        .Replace("{run}", run ? "run.json     a run of model.json that shows the value, and run.txt the same one for irekae\n" : "", StringComparison.Ordinal);
}
