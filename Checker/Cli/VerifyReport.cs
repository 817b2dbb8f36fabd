using System.Globalization;
using Irekae.Checker.Verification;
using Irekae.Model.Binding;
using Irekae.Model.Numbers;
using Irekae.Model.Semantics;
using Irekae.Properties;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Irekae.Checker.Cli;

/// <summary>The answer to a person: a heading with what was fixed beforehand, a row for each property, what a careful reader must know below it.</summary>
internal static class VerifyReport
{
    private const string Conventions = "time is dense; arrivals are sporadic unless periodic is written; a response counts from arrival";
    private const string RemarkLead = "      ";
    private const int LongestTrace = 400;

    private static Style Faint => new(decoration: Decoration.Dim);

    public static void Write(Terminal terminal, FileResult one, bool quiet, bool trace)
    {
        var result = one.Result!;
        if (!quiet) WriteHeading(terminal, one);
        if (one.Partial) terminal.Out.WriteLine($"{(quiet ? one.File.Path : " ")} partial: interrupted before all was known");
        if (quiet) WriteShort(terminal, one);
        else WriteTable(terminal, Together(result.Results));
        if (!quiet) WriteCertificates(terminal, result.Results);
        if (one.Followed is { } followed && !quiet) WriteFollowed(terminal, followed);
        foreach (var warning in result.Warnings)
            terminal.Out.WriteLine($"  {terminal.Yellow("warning:")} {warning.Text}{(warning.Span is { } span ? $" ({span})" : "")}");
        if (trace) foreach (var property in result.Results) WriteTrace(terminal, property);
        if (!quiet) terminal.Out.WriteLine();
    }

    public static void WriteSummary(Terminal terminal, IEnumerable<FileResult> results)
    {
        var all = results.Where(one => one.Result is not null).SelectMany(one => one.Result!.Results).ToList();
        int proved = all.Count(property => property.Verdict is Verdict.Proved);
        int refuted = all.Count(property => property.Verdict is Verdict.Refuted);
        terminal.Out.WriteLine($"{proved} proved, {refuted} refuted, {all.Count - proved - refuted} unknown");
    }

    /// <summary>How many of the answers that are proved have a certificate that the checker accepts, what that took, and why others have none.</summary>
    private static void WriteCertificates(Terminal terminal, IReadOnlyCollection<PropertyResult> results)
    {
        var without = results.Where(result => result.Uncertified is not null).ToList();
        int certified = results.Count(result => result.Certified is not null);
        if (certified + without.Count == 0) return;
        var proofs = results.Select(result => result.Certified).OfType<Certification>().Distinct(ReferenceEqualityComparer.Instance).OfType<Certification>().ToList();
        string cost = proofs.Count == 0 ? "" : $", {VerdictText.Seconds(proofs.Sum(p => p.CertifySeconds))} s; checked in {VerdictText.Seconds(proofs.Sum(p => p.CheckSeconds))} s";
        terminal.Out.WriteLine($"  certified: {certified} of {certified + without.Count}{cost}");
        foreach (var group in without.GroupBy(result => result.Uncertified))
            terminal.Draw(new Indented(terminal.Text($"not certified, {group.Key}: {string.Join(", ", group.Select(result => result.Name))}", Faint), RemarkLead + "- ", RemarkLead + "  "));
    }

    private static void WriteFollowed(Terminal terminal, Followed followed)
    {
        if (followed.Runs > 0) terminal.Out.WriteLine($"  replayed: {Count(followed.Runs)} by the generated simulator, move by move");
        if (followed.Beyond > 0) terminal.Out.WriteLine($"  not replayed: {Count(followed.Beyond)}, whose times do not fit the generated simulator");
    }

    private static string Count(int runs) => runs == 1 ? "1 run" : $"{runs} runs";

    private static void WriteHeading(Terminal terminal, FileResult one)
    {
        var system = one.File.SystemOf(null);
        var machine = system.Machine;
        string tick = TimeText.Of(TransitionSystem.Compile(system, Observation.Nothing).Tick);
        terminal.Out.WriteLine(terminal.Bold(system.Name) + (system.Description.Length > 0 ? $": {system.Description}" : ""));
        terminal.Out.WriteLine($"  {one.File.Path}: tick {tick}, {machine.Cores} core{(machine.Cores == 1 ? "" : "s")}, ties {TiesText.Of(machine.Ties)}");
        terminal.Draw(new Indented(terminal.Text(Conventions, Faint), "  "));
        terminal.Out.WriteLine();
    }

    private static void WriteShort(Terminal terminal, FileResult one)
    {
        foreach (var property in one.Result!.Results.Where(property => property.Verdict is not Verdict.Proved))
        {
            string verdict = terminal.Signs(VerdictText.Painted(terminal, property.Verdict));
            string value = VerdictWords.Value(property);
            terminal.Out.WriteLine(terminal.Signs($"{one.File.Path}: {verdict} {property.Name}{(value.Length > 0 ? $": {value}" : "")}"));
        }
    }

    /// <summary>The checks that are proved share a row: nobody has asked for them, and they say little one by one.</summary>
    private static List<PropertyResult> Together(IReadOnlyCollection<PropertyResult> results)
    {
        static bool Quiet(PropertyResult result) => result is { Kind: "check", Verdict: Verdict.Proved, Notes.IsEmpty: true };
        var rows = results.Where(result => !Quiet(result)).ToList();
        var checks = results.Where(Quiet).ToList();
        if (checks.Count == 0) return rows;
        rows.Add(checks[0] with
        {
            Name = "checks",
            Question = "asked of every system",
            Notes = [string.Join(", ", checks.Select(check => check.Name.Replace("check.", "", StringComparison.Ordinal)))],
            ForAllTime = checks.TrueForAll(check => check.ForAllTime),
            Statistics = checks.MaxBy(check => check.Statistics.States)!.Statistics,
        });
        return rows;
    }

    /// <summary>Names and questions have columns where all fit; else the questions stand below their rows, or both.</summary>
    private static void WriteTable(Terminal terminal, IReadOnlyList<PropertyResult> results)
    {
        int width = terminal.Width - 2;
        bool question = false, name = false;
        var table = Table(terminal, results, name: true, question: true);
        if (terminal.Measure(table).Max > width) (question, table) = (true, Table(terminal, results, name: true, question: false));
        if (terminal.Measure(table).Min > width) (name, table) = (true, Table(terminal, results, name: false, question: false));
        terminal.Draw(new RemarkedTable(table, [.. results.Select(result => Remarks(terminal, result, name, question))]));
    }

    private static Table Table(Terminal terminal, IReadOnlyList<PropertyResult> results, bool name, bool question)
    {
        (string, bool, bool)[] names = name ? [("property", false, false)] : [];
        (string, bool, bool)[] questions = question ? [("question", false, true)] : [];
        var table = RemarkedTable.Of([("verdict", false, false), .. names, .. questions, ("value", false, true), ("all time", false, false), ("states", true, false), ("seconds", true, false)]);
        foreach (var result in results)
        {
            string[] said = name ? question ? [result.Name, result.Question] : [result.Name] : [];
            string[] numbers = [result.Statistics.States.ToString(CultureInfo.InvariantCulture), VerdictText.Seconds(result.Statistics.Seconds)];
            string[] cells = [.. said, VerdictWords.Value(result), result.ForAllTime ? "yes" : "no", .. numbers];
            table.AddRow([terminal.Text(VerdictText.Of(result.Verdict), VerdictText.Style(result.Verdict)), .. cells.Select(cell => terminal.Text(cell))]);
        }
        return table;
    }

    private static List<IRenderable> Remarks(Terminal terminal, PropertyResult result, bool name, bool question)
    {
        List<IRenderable> remarks = question ? [new Indented(terminal.Text(name ? $"{result.Name}: {result.Question}" : result.Question), RemarkLead)] : [];
        remarks.AddRange(Notes(result).Distinct().Select(note => new Indented(terminal.Text(note, Faint), RemarkLead + "- ", RemarkLead + "  ")));
        return remarks;
    }

    private static IEnumerable<string> Notes(PropertyResult property)
    {
        if (VerdictWords.Reason(property.Verdict) is { } reason) yield return reason;
        foreach (string note in property.Notes) yield return note;
        if (property.Verdict is Verdict.Refuted && property.Witness is { Steps.IsEmpty: false } run)
            yield return $"a run of {run.Steps.Length} moves and {TimeText.Of(run.Nanoseconds(run.Steps[^1].Instant))} shows it; --trace prints it";
    }

    private static void WriteTrace(Terminal terminal, PropertyResult property)
    {
        if (property.Witness is not { } run) return;
        terminal.Out.WriteLine();
        terminal.Out.WriteLine($"  {terminal.Bold(property.Name)}: {property.Question}");
        foreach (string line in RunTable.Of(run, terminal.Width - 4, LongestTrace).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            terminal.Out.WriteLine("    " + terminal.Signs(line));
    }
}
