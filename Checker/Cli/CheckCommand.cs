using System.CommandLine;

namespace Irekae.Checker.Cli;

/// <summary><c>irekae check FILE…</c>: every mistake of every file, and nothing else.</summary>
internal static class CheckCommand
{
    public static Command Create(Terminal terminal)
    {
        var files = SpecFile.Several();
        var json = JsonReport.Option();
        var command = new Command("check", "Look for mistakes in specifications without verifying them.") { files, json };
        command.SetAction(result =>
        {
            var specs = result.GetRequiredValue(files).Select(SpecFile.Load).ToList();
            if (result.GetValue(json)) JsonReport.Write(terminal.Out, [.. specs.Select(spec => new FileResult(spec, null, false))]);
            else foreach (var spec in specs) Write(spec, terminal);
            return ExitCode.Worst(specs.Select(spec => spec.HasErrors ? ExitCode.BadInput : ExitCode.Proved));
        });
        return command;
    }

    private static void Write(SpecFile file, Terminal terminal)
    {
        file.WriteDiagnostics(terminal);
        terminal.Out.WriteLine($"{file.Path}: {(file.Spec.Diagnostics.IsEmpty ? "no mistakes" : DiagnosticText.Count(file.Spec.Diagnostics))}");
    }
}
