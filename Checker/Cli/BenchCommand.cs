using System.CommandLine;

namespace Irekae.Checker.Cli;

/// <summary><c>irekae bench</c>: measures the checker itself.</summary>
internal static class BenchCommand
{
    public static Command Create(Terminal terminal, CancellationToken cancel)
    {
        var command = new Command("bench", "Measure the checker on its own specifications.");
        command.SetAction(_ =>
        {
            cancel.ThrowIfCancellationRequested();
            terminal.Error.WriteLine("bench: nothing to measure yet");
            return ExitCode.Unknown;
        });
        return command;
    }
}
