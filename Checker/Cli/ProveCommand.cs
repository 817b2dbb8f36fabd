using System.CommandLine;
using Irekae.Checker.Proofs;
using Irekae.Checker.Verification;
using Irekae.Properties;

namespace Irekae.Checker.Cli;

/// <summary><c>irekae prove FILE -o BUNDLE</c>: the answer with everything that a stranger needs to check it.</summary>
internal static class ProveCommand
{
    public static Command Create(Terminal terminal, CancellationToken cancel)
    {
        var file = SpecFile.One();
        var property = new Option<string?>("--property", "-p") { Description = "The property, or check, to prove; without it each gets a folder of its own.", HelpName = "NAME" };
        var output = new Option<string>("--output", "-o") { Description = "A folder that does not exist yet, or a file named .zip.", HelpName = "BUNDLE", Required = true };
        var explore = new Option<bool>("--explore") { Description = "Explore where a theorem would answer: only explorations have certificates." };
        var coq = new Option<bool>("--coq") { Description = "Add Proof.v: theorems that Coq checks." };
        var json = new Option<bool>("--json") { Description = "One JSON object on standard output instead of text." };
        var limit = Amounts.Time("--time-limit", "Stop each exploration after this time, such as 30s.");
        var command = new Command("prove", "Write a proof that others can check.") { file, property, output, coq, explore, json, limit };
        command.SetAction(result =>
        {
            var spec = SpecFile.Load(result.GetRequiredValue(file));
            spec.WriteDiagnostics(terminal);
            if (spec.HasErrors) return ExitCode.BadInput;
            string path = result.GetRequiredValue(output);
            foreach (string there in new[] { path, DigestFile(path) })
                if (Path.Exists(there)) return Refuse(terminal, $"{there} is there already");
            string? wanted = result.GetValue(property);
            if (wanted is not null && Subject.Find(spec.SystemOf, wanted) is null)
                return Refuse(terminal, $"no property is called '{wanted}'; there are: {string.Join(", ", spec.SystemOf(null).Properties.Select(p => p.Name))}");
            var options = new VerifyOptions
            {
                Properties = wanted is null ? [.. spec.SystemOf(null).Properties.Select(p => p.Name)] : [wanted],
                Certify = true,
                Theorems = !result.GetValue(explore),
                TimeLimit = result.GetValue(limit) is { } time ? Amounts.TimeSpan(time) : null,
            };
            return Prove(terminal, spec, wanted, path, options, result.GetValue(coq), result.GetValue(json), cancel);
        });
        return command;
    }

    /// <summary>Of one property: the bundle with its proof, and why there is none.</summary>
    internal sealed record Proved(PropertyResult Answer, Bundle? Bundle, string? Without);

    private static int Prove(Terminal terminal, SpecFile spec, string? wanted, string path, VerifyOptions options, bool coq, bool json, CancellationToken cancel)
    {
        var all = new List<Proved>();
        var bundle = new Bundle();
        foreach (string name in options.Properties)
        {
            var answer = Verifier.Verify(spec.SystemOf, options with { Properties = [name] }, null, cancel).Results.Single(r => r.Name == name);
            string command = $"irekae prove {Path.GetFileName(spec.Path)} --property {name}{(coq ? " --coq" : "")}{(options.Theorems ? "" : " --explore")}";
            var one = answer.Certified is null ? new Proved(answer, null, Why(answer)) : new Proved(answer, BundleWriter.Of(spec.Spec, answer, Cli.Version, command, coq), null);
            if (!json) terminal.Out.WriteLine($"{name}: {(one.Without is { } why ? "no certificate: " + why : BundleWriter.Answer(answer))}");
            if (one.Bundle is not null) bundle.Add(one.Bundle, wanted is null ? name + "/" : "");
            all.Add(one);
        }

        if (bundle.Files.Count > 0)
        {
            if (wanted is null) bundle.Files.Add(Bundle.Hashes, bundle.HashesOfFiles());
            if (!Outputs.Try(path, terminal, () => bundle.Save(path)) || !Outputs.Try(DigestFile(path), terminal, () => File.WriteAllText(DigestFile(path), Digests(bundle, path)))) return ExitCode.BadInput;
        }

        if (json) ProveReport.WriteJson(terminal.Out, spec, bundle, path, all);
        else if (bundle.Files.Count > 0)
        {
            terminal.Out.WriteLine($"{path}: {bundle.Files.Count} files, {bundle.Files.Values.Sum(f => (long)f.Length) / 1024} KiB");
            terminal.Out.WriteLine($"digest: {bundle.Digest}");
            terminal.Out.WriteLine($"{DigestFile(path)} says it too; publish it apart from the bundle: whoever gives it to check-proof --digest refuses every other");
        }

        return ExitCode.Worst(all.Select(p => p.Bundle is not null ? ExitCode.Proved : p.Answer.Verdict is Verdict.Refuted ? ExitCode.Refuted : ExitCode.Unknown));
    }

    /// <summary>Beside the bundle, since what is in it cannot say what it is.</summary>
    private static string DigestFile(string path) => Path.TrimEndingDirectorySeparator(path) + ".digest";

    /// <summary>That of the bundle, then of each proof in it, as <c>sha256sum -c</c> reads it next to the folder.</summary>
    private static string Digests(Bundle bundle, string path)
    {
        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(path));
        if (Bundle.IsZip(name)) name = name[..^".zip".Length];
        return string.Concat(bundle.Proofs.Prepend("").Distinct().Select(folder => $"{bundle.Part(folder).Digest}  {name}/{folder}{Bundle.Hashes}\n"));
    }

    private static string Why(PropertyResult answer) => answer switch
    {
        { Method: not "exploration" } => $"the answer is by {answer.Method}, a theorem; --explore asks the explorer",
        { Uncertified: { } reason, Kind: not "reachable" } => reason,
        { Verdict: Verdict.Refuted } => "it does not hold; irekae verify --trace shows the run",
        { Verdict: Verdict.Unknown or Verdict.ProvedUpTo } => "it is not proved",
        _ => "it is reached; irekae verify --trace shows the run, and a run is proof enough",
    };

    private static int Refuse(Terminal terminal, string why)
    {
        terminal.Error.WriteLine(why);
        return ExitCode.BadInput;
    }
}
