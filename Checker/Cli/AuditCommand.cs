using System.CommandLine;
using Irekae.Checker.Audit;

namespace Irekae.Checker.Cli;

/// <summary><c>irekae audit DIR</c>: what becomes of each claim of a paper.</summary>
internal static class AuditCommand
{
    private const string UsualName = "claims.json";

    public static Command Create(Terminal terminal, CancellationToken cancel)
    {
        var place = new Argument<string>("PLACE") { Description = "A file of claims, or the folder that has it as claims.json." };
        var json = new Option<bool>("--json") { Description = "One JSON object on standard output instead of text." };
        var markdown = new Option<string?>("--markdown") { Description = "A page of Markdown instead of text, in English (en) or Japanese (ja).", HelpName = "en|ja" };
        markdown.AcceptOnlyFromAmong("en", "ja");
        var command = new Command("audit", "Say of each claim of a paper whether it is reproduced, follows, or is contradicted.") { place, json, markdown };
        command.SetAction(result =>
        {
            string path = result.GetRequiredValue(place);
            if (Directory.Exists(path)) path = Path.Combine(path, UsualName);
            var (audited, mistakes) = Auditor.Audit(path, terminal.Live ? doing => terminal.Error.WriteLine($"{path}: {doing}") : null, cancel);
            foreach (string mistake in mistakes) terminal.Error.WriteLine(mistake);
            if (audited is null) return ExitCode.BadInput;
            if (result.GetValue(json)) AuditReport.WriteJson(terminal.Out, audited);
            else if (result.GetValue(markdown) is { } language) terminal.Out.Write(AuditPage.Of(audited, language == "ja"));
            else AuditReport.Write(terminal, audited);
            return audited.Claims.Any(c => c.Ruling == Ruling.NotKnown) ? ExitCode.Unknown : audited.Claims.Any(c => c.Ruling == Ruling.Contradicted) ? ExitCode.Refuted : ExitCode.Proved;
        });
        return command;
    }
}
