using System.CommandLine;

namespace Irekae.Checker.Cli;

/// <summary><c>irekae completion SHELL</c>: what a shell reads to complete commands, options and their values; it asks this program for them.</summary>
internal static class CompletionCommand
{
    public static Command Create(Terminal terminal)
    {
        var shell = new Argument<string>("SHELL") { Description = "bash, zsh or fish.", HelpName = "SHELL" };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish");
        var command = new Command("completion", "Write what a shell needs to complete commands and options.") { shell };
        command.SetAction(result =>
        {
            using var reader = new StreamReader(typeof(CompletionCommand).Assembly.GetManifestResourceStream($"completion.{result.GetRequiredValue(shell)}")!);
            terminal.Out.Write(reader.ReadToEnd());
            return ExitCode.Proved;
        });
        return command;
    }
}
