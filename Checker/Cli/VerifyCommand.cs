using System.CommandLine;
using System.IO.Enumeration;
using Irekae.Checker.Bounded;
using Irekae.Checker.Explore.Polyhedra;
using Irekae.Checker.Verification;
using Irekae.Codegen.Emit;
using Irekae.Model.Semantics;
using Irekae.Properties;

namespace Irekae.Checker.Cli;

/// <summary>One file's part of an answer. <c>Result</c> null: it has mistakes, or its turn did not come.</summary>
/// <param name="Partial">Interrupted: what is shown is what was known then.</param>
internal sealed record FileResult(SpecFile File, VerificationResult? Result, bool Partial)
{
    /// <summary>How many of the runs shown a generated simulator has followed; null: not asked.</summary>
    public Followed? Followed { get; init; }
}

/// <summary><c>irekae verify FILE…</c>: the answer to every property.</summary>
internal static class VerifyCommand
{
    public static Command Create(Terminal terminal, CancellationToken cancel)
    {
        var files = SpecFile.Several();
        var options = new VerifyArguments();
        var command = new Command("verify", "Answer the properties of specifications, exactly and for all runs.") { files };
        options.AddTo(command);
        command.SetAction(result =>
        {
            var specs = result.GetRequiredValue(files).Select(SpecFile.Load).ToList();
            return new Verification(terminal, cancel, options, result).Run(specs);
        });
        return command;
    }

    private sealed class Verification(Terminal terminal, CancellationToken cancel, VerifyArguments arguments, ParseResult result)
    {
        private readonly VerifyOptions options = arguments.Read(result);
        private readonly bool json = result.GetValue(arguments.Json);

        private readonly string? folder = result.GetValue(arguments.SaveRuns);

        public int Run(List<SpecFile> specs)
        {
            if ((Unmatched(specs) ?? (folder is null ? null : SavedRuns.Refuse(folder, specs))) is { } complaint)
            {
                terminal.Error.WriteLine(complaint);
                return ExitCode.BadInput;
            }
            var results = new List<FileResult>();
            foreach (var spec in specs)
            {
                var one = Verify(spec);
                results.Add(one);
                if (folder is not null && one.Result is not null) SavedRuns.Write(folder, one);
                if (!json) Show(one);
                terminal.Out.Flush(); // whoever reads a pipe sees each answer when it is there
            }
            if (json) JsonReport.Write(terminal.Out, results);
            else if (results.Any(one => one.Result is not null)) VerifyReport.WriteSummary(terminal, results);
            return Code(results);
        }

        private FileResult Verify(SpecFile spec)
        {
            if (spec.HasErrors || cancel.IsCancellationRequested) return new FileResult(spec, null, cancel.IsCancellationRequested);
            try
            {
                var found = LiveExplorations.Show(terminal, spec.Path, progress => Answer(spec, progress));
                var one = new FileResult(spec, found, cancel.IsCancellationRequested);
                if (one.Partial || result.GetValue(arguments.NoSimulator)) return one;
                return one with { Followed = Resimulation.Follow(found.Results.Select(p => p.Witness).OfType<Run>(), CompiledStore.OfUser()) };
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                return new FileResult(spec, null, true);
            }
            catch (ArithmeticException exception) when (exception is OverflowException or CoefficientOverflowException)
            {
                terminal.Error.WriteLine($"{spec.Path}: {exception.Message}");
                return new FileResult(spec, null, false);
            }
        }

        private VerificationResult Answer(SpecFile spec, IProgress<VerifyProgress>? progress)
        {
            var engine = arguments.Engine(result);
            var explored = engine == Engine.Bounded ? null : Verifier.Verify(spec.SystemOf, options, progress, cancel);
            if (engine == Engine.Explore) return explored!;
            var bounded = BoundedVerifier.Verify(spec.SystemOf, options, arguments.ReadBounded(result), progress, cancel);
            return explored is null ? bounded : BoundedVerifier.Both(explored, bounded);
        }

        private void Show(FileResult one)
        {
            one.File.WriteDiagnostics(terminal);
            if (one.Result is null)
            {
                string why = one.File.HasErrors ? DiagnosticText.Count(one.File.Spec.Diagnostics) : one.Partial ? "interrupted" : "its numbers are too large";
                terminal.Out.WriteLine($"{one.File.Path}: not verified: {why}");
                terminal.Out.WriteLine();
                return;
            }
            VerifyReport.Write(terminal, one, quiet: result.GetValue(arguments.Quiet), trace: result.GetValue(arguments.Trace));
        }

        private string? Unmatched(List<SpecFile> specs)
        {
            var names = specs.Where(spec => !spec.HasErrors).SelectMany(spec => spec.SystemOf(null).Properties).Select(property => property.Name).Distinct().ToList();
            if (specs.Exists(spec => spec.HasErrors)) return null;
            string? missing = options.Properties.FirstOrDefault(pattern =>
                !pattern.StartsWith("check.", StringComparison.Ordinal) && !names.Exists(name => FileSystemName.MatchesSimpleExpression(pattern, name, false)));
            return missing is null ? null : $"no property is called '{missing}'; there are: {(names.Count == 0 ? "none" : string.Join(", ", names))}";
        }

        private int Code(List<FileResult> results)
        {
            var codes = results.Select(one => one switch
            {
                { File.HasErrors: true } => ExitCode.BadInput,
                { Result: null } => ExitCode.Unknown,
                { Partial: true, Result: { } some } => ExitCode.Worst(some.Results.Select(p => ExitCode.Of(p.Verdict)).Append(ExitCode.Unknown)),
                { Result: { } all } => ExitCode.Worst(all.Results.Select(p => ExitCode.Of(p.Verdict))),
            });
            return ExitCode.Worst(codes);
        }
    }
}
