using System.CommandLine;
using Irekae.Checker.Editor;

namespace Irekae.Checker.Cli;

/// <summary><c>irekae lsp</c>: the language server, on standard input and output.</summary>
internal static class LspCommand
{
    public static Command Create(Terminal terminal, CancellationToken cancel)
    {
        // Editors say that they use standard input and output; there is nothing else.
        var stdio = new Option<bool>("--stdio") { Description = "Speak on standard input and output, as it always does." };
        var command = new Command("lsp", "Serve an editor: the Language Server Protocol on standard input and output.") { stdio };
        command.SetAction(_ => Serve(terminal, cancel));
        return command;
    }

    private static int Serve(Terminal terminal, CancellationToken cancel)
    {
        try
        {
            bool shutDown = LanguageServer.RunAsync(terminal.Input(), terminal.Output(), Cli.Version, cancel).GetAwaiter().GetResult();
            return shutDown ? ExitCode.Proved : ExitCode.Refuted;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            terminal.Error.WriteLine($"what came in is not the Language Server Protocol: {exception.Message}");
            return ExitCode.BadInput;
        }
    }
}
