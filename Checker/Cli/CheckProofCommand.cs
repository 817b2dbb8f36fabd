using System.CommandLine;
using Irekae.Checker.Proofs;

namespace Irekae.Checker.Cli;

/// <summary><c>irekae check-proof BUNDLE</c>: everything in it, checked again.</summary>
internal static class CheckProofCommand
{
    public static Command Create(Terminal terminal)
    {
        var path = new Argument<string>("BUNDLE") { Description = "What irekae prove wrote: a folder, or a file named .zip." };
        var command = new Command("check-proof", "Check a proof: its files, its certificate, its model, its run.") { path };
        command.SetAction(result => Check(terminal, result.GetRequiredValue(path)));
        return command;
    }

    private static int Check(Terminal terminal, string path)
    {
        Bundle bundle;
        try
        {
            bundle = Bundle.Load(path);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            terminal.Error.WriteLine($"{path}: {e.Message}");
            return ExitCode.BadInput;
        }

        bool holds = true;
        foreach (string folder in bundle.Proofs)
        {
            var seen = BundleChecker.Check(bundle.Part(folder));
            bool proved = seen.All(s => s.Holds);
            holds &= proved;
            foreach (var one in seen) terminal.Out.WriteLine($"{(one.Holds ? "" : "NOT ")}{one.What}: {one.Words}");
            terminal.Out.WriteLine(proved ? "accepted" : "REJECTED");
        }

        return holds ? ExitCode.Proved : ExitCode.Refuted;
    }
}
