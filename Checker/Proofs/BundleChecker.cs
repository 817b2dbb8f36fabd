using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Irekae.Checker.Verification;
using Irekae.Model;
using Irekae.Model.Binding;
using Irekae.Model.Numbers;
using Irekae.Model.Semantics;

namespace Irekae.Checker.Proofs;

/// <summary>One thing that was looked at in a bundle.</summary>
internal sealed record Examined(string What, bool Holds, string Words);

/// <summary>
/// Checks a bundle from the outside in: no file was changed, the certificate proves its claims of the model, the specification has that model, the
/// claims are the answer, and the run shows the value. The first that fails ends it: what comes after would mean nothing.
/// </summary>
internal static class BundleChecker
{
    private static readonly JsonDocumentOptions Shallow = new() { MaxDepth = 8, AllowDuplicateProperties = false };

    public static ImmutableArray<Examined> Check(Bundle bundle)
    {
        var seen = ImmutableArray.CreateBuilder<Examined>();
        foreach (var examined in Steps(bundle))
        {
            seen.Add(examined);
            if (!examined.Holds) break;
        }

        return seen.ToImmutable();
    }

    private sealed record Manifest(string Specification, string Property, string Question, string Answer);

    private static IEnumerable<Examined> Steps(Bundle bundle)
    {
        string? changed = bundle.Changed();
        yield return new Examined("files", changed is null, changed ?? $"{bundle.Files.Count - 1} as {Bundle.Hashes} says");
        var manifest = Read(bundle, out string trouble);
        yield return new Examined("manifest", manifest is not null, trouble);
        if (!bundle.Files.TryGetValue("model.json", out byte[]? model) || !bundle.Files.TryGetValue("cert.json", out byte[]? certificate))
        {
            yield return new Examined("certificate", false, "model.json or cert.json is missing");
            yield break;
        }

        var watch = Stopwatch.StartNew();
        var verdict = CertificateChecker.Check(model, certificate);
        string seconds = watch.Elapsed.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture);
        if (verdict is not ProofVerdict.Accepted accepted)
        {
            yield return new Examined("certificate", false, verdict is ProofVerdict.Rejected no ? $"{no.Where}: {no.Why}" : "");
            yield break;
        }

        yield return new Examined("certificate", true, $"{accepted.Nodes} nodes, {accepted.Steps} steps, {accepted.Conclusions} conclusions, checked in {seconds} s");
        var (subject, system, derived) = Derive(bundle, manifest!, model, out string why);
        yield return new Examined("model", derived, why);
        string? differs = Differs(accepted, subject!, system!, manifest!);
        yield return new Examined("answer", differs is null, differs ?? manifest!.Answer);
        bool same = bundle.Files.TryGetValue(BundleWriter.Formulas, out byte[]? formulas) && Encoding.UTF8.GetBytes(SmtProof.Of(model, certificate)).AsSpan().SequenceEqual(formulas);
        yield return new Examined("formulas", same, same ? $"{BundleWriter.Formulas} says the same; run a solver to have it checked" : $"{BundleWriter.Formulas} is not what this program writes from the files above");
        ModelRun? run = null;
        bool runs = bundle.Files.TryGetValue(BundleWriter.RunOfSpecification, out byte[]? script);
        if (runs || bundle.Files.ContainsKey(BundleWriter.RunOfModel)) yield return Replay(bundle, subject!, system!, accepted.Claims[0], Encoding.UTF8.GetString(script ?? []), out run);
        if (bundle.Files.TryGetValue(BundleWriter.CoqProof, out byte[]? proof)) yield return Coq(bundle, manifest!, proof, run);
    }

    private static Manifest? Read(Bundle bundle, out string trouble)
    {
        try
        {
            using var document = JsonDocument.Parse(bundle.Files[Bundle.Manifest], Shallow);
            var root = document.RootElement;
            string Text(string name) => root.GetProperty(name).GetString() ?? throw new FormatException();
            if (Text("format") != BundleWriter.Format) throw new FormatException();
            trouble = $"{Text("property")}: {Text("question")}";
            return new Manifest(Text("specification"), Text("property"), Text("question"), Text("answer"));
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            trouble = $"{Bundle.Manifest} is not what this program writes";
            return null;
        }
    }

    private static (Subject? Subject, TransitionSystem? System, bool Derived) Derive(Bundle bundle, Manifest manifest, byte[] model, out string why)
    {
        try
        {
            var texts = bundle.Files.Where(f => f.Key.StartsWith("specs/", StringComparison.Ordinal)).ToDictionary(f => f.Key, f => Encoding.UTF8.GetString(f.Value));
            if (!texts.Remove(manifest.Specification, out string? main)) throw new InvalidDataException($"{manifest.Specification} is missing");
            var spec = Spec.FromText(manifest.Specification, main, texts);
            if (spec.HasErrors) throw new InvalidDataException("the specification has mistakes");
            var subject = Subject.Find(variant => (variant is null ? spec.System : spec.ForVariant(variant))!, manifest.Property)
                ?? throw new InvalidDataException($"the specification has no property {manifest.Property}");
            using var document = JsonDocument.Parse(model);
            var (system, text) = subject.Unfold(document.RootElement);
            if (!text.AsSpan().SequenceEqual(model)) throw new InvalidDataException("the specification means something else than model.json says");
            why = $"derived again from {manifest.Specification}, SHA-256 {Certificate.Hash(model)}";
            return (subject, system, true);
        }
        catch (Exception e) when (e is InvalidDataException or InvalidOperationException or KeyNotFoundException or FormatException or ArithmeticException or JsonException)
        {
            why = e.Message;
            return (null, null, false);
        }
    }

    /// <summary>How the claims differ from what was asked, or from the answer; null: they do not.</summary>
    private static string? Differs(ProofVerdict.Accepted accepted, Subject subject, TransitionSystem system, Manifest manifest)
    {
        if (manifest.Question != subject.Written) return $"the specification asks: {subject.Written}";
        if (accepted.Claims is not [var claim]) return "more than one thing is claimed";
        if (claim.Kind == "time_passes") return subject.Check == Verification.Check.TimeStops && manifest.Answer == BundleWriter.Never(false) ? null : "the certificate claims something else";
        if (subject.Check == Verification.Check.TimeStops) return "the certificate claims something else";
        if (claim.Kind == "never") return manifest.Answer == BundleWriter.Never(subject.Question is Question.Reachable) ? null : "the certificate claims something else";
        if (subject.Asked is not var (_, largest, limit) || largest != (claim.Kind == "max")) return "the certificate is about another question";
        var value = new Rational(claim.Numerator, claim.Denominator) * system.Tick;
        if (manifest.Answer != BundleWriter.Words(!largest, value, claim.Strict)) return $"the certificate says: {BundleWriter.Words(!largest, value, claim.Strict)}";
        return limit is { } l && (largest ? value > l : value < l) ? "the answer does not keep the property's bound" : null;
    }

    private static Examined Replay(Bundle bundle, Subject subject, TransitionSystem explored, CheckedClaim claim, string script, out ModelRun? shown)
    {
        shown = null;
        Examined Fails(string why) => new("run", false, why);
        try
        {
            if (subject.Asked is not var (_, largest, _)) return Fails("the property asks for no value");
            var system = subject.Compile(explored.Observation.Faults, null, []);
            if (Runs.Replay(system, RunScript.Parse(script)) is not Replay.Done { Run: var run }) return Fails("the specification does not permit it");
            var quantities = Quantities.Of(run);
            if ((largest ? quantities.Longest(0) : quantities.Shortest(0)) is not { } fine) return Fails("nothing is measured in it");
            var value = new Rational(fine, run.Refinement);
            var bound = new Rational(claim.Numerator, claim.Denominator);
            string words = $"replayed: {TimeText.Of(value * system.Tick)} in {run.Steps.Length} moves";
            if (!claim.Strict && value != bound) return Fails(words + ", which is not the bound");
            shown = ModelRun.Find(bundle.Files["model.json"], run, largest, claim.Strict);
            if (shown is null || !bundle.Files.TryGetValue(BundleWriter.RunOfModel, out byte[]? json) || !json.AsSpan().SequenceEqual(shown.ToBytes(Certificate.Hash(bundle.Files["model.json"]))))
                return Fails($"{BundleWriter.RunOfModel} is not this run in model.json");
            return new Examined("run", true, words + (claim.Strict ? ", and others as near to the bound as one likes" : ", which is the bound: the answer is exact"));
        }
        catch (Exception e) when (e is FormatException or ArithmeticException or RefinementException)
        {
            return Fails(e.Message);
        }
    }

    /// <summary>Whether what Coq is given is the model, the certificate and the run; that it accepts them only Coq can say.</summary>
    private static Examined Coq(Bundle bundle, Manifest manifest, byte[] proof, ModelRun? run)
    {
        byte[] model = bundle.Files["model.json"], certificate = bundle.Files["cert.json"];
        bool same = Encoding.UTF8.GetBytes(CoqProof.Of(model, certificate, run, $"{manifest.Property}: {manifest.Question}", manifest.Answer)).AsSpan().SequenceEqual(proof)
            && bundle.Files.TryGetValue(BundleWriter.CoqLibrary, out byte[]? library) && library.AsSpan().SequenceEqual(BundleWriter.Resource(BundleWriter.CoqLibrary));
        return new Examined("coq", same, same ? $"{BundleWriter.CoqProof} says what the files above say; run coqc to have it checked" : $"{BundleWriter.CoqProof} is not what this program writes from them");
    }
}
