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
        var limit = Amounts.Time("--time-limit", "Stop each exploration after this time, such as 30s.");
        var command = new Command("prove", "Write a proof that others can check.") { file, property, output, coq, explore, limit };
        command.SetAction(result =>
        {
            var spec = SpecFile.Load(result.GetRequiredValue(file));
            spec.WriteDiagnostics(terminal);
            if (spec.HasErrors) return ExitCode.BadInput;
            string path = result.GetRequiredValue(output);
            if (Path.Exists(path)) return Refuse(terminal, $"{path} is there already");
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
            return Prove(terminal, spec, wanted, path, options, result.GetValue(coq), cancel);
        });
        return command;
    }

    private static int Prove(Terminal terminal, SpecFile spec, string? wanted, string path, VerifyOptions options, bool coq, CancellationToken cancel)
    {
        var bundle = new Bundle();
        var codes = new List<int>();
        foreach (string name in options.Properties)
        {
            var single = options with { Properties = [name] };
            var answer = Verifier.Verify(spec.SystemOf, single, null, cancel).Results.Single(r => r.Name == name);
            codes.Add(answer.Certified is null ? answer.Verdict is Verdict.Refuted ? ExitCode.Refuted : ExitCode.Unknown : ExitCode.Proved);
            terminal.Out.WriteLine($"{name}: {(answer.Certified is null ? "no certificate: " + Why(answer) : BundleWriter.Answer(answer))}");
            if (answer.Certified is null) continue;
            string command = $"irekae prove {Path.GetFileName(spec.Path)} --property {name}{(coq ? " --coq" : "")}{(options.Theorems ? "" : " --explore")}";
            bundle.Add(BundleWriter.Of(spec.Spec, answer, Cli.Version, command, coq), wanted is null ? name + "/" : "");
        }

        if (bundle.Files.Count > 0)
        {
            bundle.Save(path);
            terminal.Out.WriteLine($"{path}: {bundle.Files.Count} files, {bundle.Files.Values.Sum(f => (long)f.Length) / 1024} KiB");
        }

        return ExitCode.Worst(codes);
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
