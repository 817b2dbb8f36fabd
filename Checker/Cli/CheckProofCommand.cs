using System.CommandLine;
using Irekae.Checker.Proofs;

namespace Irekae.Checker.Cli;

/// <summary><c>irekae check-proof BUNDLE</c>: everything in it, checked again.</summary>
internal static class CheckProofCommand
{
    public static Command Create(Terminal terminal)
    {
        var path = new Argument<string>("BUNDLE") { Description = "What irekae prove wrote: a folder, or a file named .zip." };
        var digest = new Option<string?>("--digest") { Description = "Refuse everything but the bundle that this names: the SHA-256, in 64 digits, that prove printed and somebody you trust published.", HelpName = "HEX" };
        digest.Validators.Add(result =>
        {
            if (result.Tokens is [var given] && BundleDigest.Wrong(given.Value) is { } wrong) result.AddError(wrong);
        });
        var command = new Command("check-proof", "Check a proof: its files, its certificate, its model, its run.") { path, digest };
        command.SetAction(result => Check(terminal, result.GetRequiredValue(path), result.GetValue(digest)));
        return command;
    }

    private static int Check(Terminal terminal, string path, string? digest)
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

        // Of several proofs together; that of one is checked with it.
        if (digest is null && bundle.Digest is not null && !bundle.Files.ContainsKey(Bundle.Manifest) && bundle.Changed() is { } changed) return Reject(terminal, "files", changed);
        if (digest is not null)
        {
            var named = BundleDigest.Check(bundle, digest);
            if (!named.Holds) return Reject(terminal, named.What, named.Words);
            terminal.Out.WriteLine($"{named.What}: {named.Words}");
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

    private static int Reject(Terminal terminal, string what, string why)
    {
        terminal.Out.WriteLine($"NOT {what}: {why}");
        terminal.Out.WriteLine("REJECTED");
        return ExitCode.Refuted;
    }
}
