using System.CommandLine;
using System.Text;
using Irekae.Model.Diagnostics;
using Irekae.Model.Formatting;
using Irekae.Model.Syntax;
using Irekae.Model.Text;

namespace Irekae.Checker.Cli;

/// <summary><c>irekae fmt FILE…</c>: lays specifications out anew, in place; <c>--check</c> only says which would change; <c>-</c> is standard input.</summary>
internal static class FormatCommand
{
    private const string StandardInput = "-";

    public static Command Create(Terminal terminal)
    {
        var files = new Argument<string[]>("FILE") { Description = "Specifications (.irk); '-' formats standard input to standard output.", Arity = ArgumentArity.OneOrMore };
        files.Validators.Add(result => SpecFile.RefuseOptions(result, StandardInput));
        var check = new Option<bool>("--check") { Description = "Change nothing; name the files that are not formatted, and exit with 1 if there are any." };
        var command = new Command("fmt", "Lay specifications out by rule; comments stay.") { files, check };
        command.SetAction(result => ExitCode.Worst(result.GetRequiredValue(files).Select(path => Format(path, result.GetValue(check), terminal)).ToList()));
        return command;
    }

    private static int Format(string path, bool check, Terminal terminal)
    {
        var read = path == StandardInput ? SyntaxLoader.ReadAlone("standard input", terminal.Input()) : SyntaxLoader.ReadAlone(path);
        var diagnostics = new DiagnosticBag();
        string? formatted = read.Source is { } source ? Formatter.Format(source, diagnostics) : null;
        if (formatted is null)
        {
            DiagnosticText.Write(read.Diagnostics.Concat(diagnostics.ToImmutable()), terminal);
            return ExitCode.BadInput;
        }

        if (path == StandardInput && !check) terminal.Out.Write(formatted);
        else if (formatted != read.Source!.Content)
        {
            if (!check && !Outputs.Try(path, terminal, () => File.WriteAllText(path, formatted, new UTF8Encoding(false)))) return ExitCode.BadInput;
            terminal.Out.WriteLine($"{read.Source.Path}: {(check ? "not formatted" : "formatted")}");
            if (check) return ExitCode.Refuted;
        }

        return ExitCode.Proved;
    }
}
