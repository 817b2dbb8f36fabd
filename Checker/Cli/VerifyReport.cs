using System.Globalization;
using Irekae.Model.Binding;
using Irekae.Model.Numbers;
using Irekae.Model.Semantics;
using Irekae.Properties;

namespace Irekae.Checker.Cli;

/// <summary>The answer to a person: a heading with what was fixed beforehand, a row for each property, what a careful reader must know below it.</summary>
internal static class VerifyReport
{
    private const string Conventions = "time is dense; arrivals are sporadic unless periodic is written; a response counts from arrival";
    private const string QuestionLead = "      ";
    private const int LongestTrace = 400;

    private const int QuestionColumn = 2;

    private static readonly Column[] Columns =
    [
        new("verdict"), new("property", Least: 14), new("question"), new("value", Least: 10), new("all time"), new("states", Right: true), new("seconds", Right: true),
    ];

    public static void Write(Terminal terminal, FileResult one, bool quiet, bool trace)
    {
        var result = one.Result!;
        if (!quiet) WriteHeading(terminal, one);
        if (one.Partial) terminal.Out.WriteLine($"{(quiet ? one.File.Path : " ")} partial: interrupted before all was known");
        if (quiet) WriteShort(terminal, one);
        else WriteTable(terminal, Together(result.Results));
        foreach (var warning in result.Warnings) terminal.Out.WriteLine($"  {terminal.Yellow("warning:")} {warning.Text}{(warning.Span is { } span ? $" ({span})" : "")}");
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

    private static void WriteHeading(Terminal terminal, FileResult one)
    {
        var system = one.File.SystemOf(null);
        var machine = system.Machine;
        string tick = TimeText.Of(TransitionSystem.Compile(system, Observation.Nothing).Tick);
        terminal.Out.WriteLine(terminal.Bold(system.Name) + (system.Description.Length > 0 ? $": {system.Description}" : ""));
        terminal.Out.WriteLine($"  {one.File.Path}: tick {tick}, {machine.Cores} core{(machine.Cores == 1 ? "" : "s")}, ties {Name(machine.Ties)}");
        foreach (string line in TextTable.Wrap(Conventions, terminal.Width - 2)) terminal.Out.WriteLine(terminal.Faint("  " + line));
        terminal.Out.WriteLine();
    }

    private static string Name(Ties ties) => ties switch
    {
        Ties.CompletionFirst => "completion_first",
        Ties.Any => "any",
        Ties.Batch => "batch",
    };

    private static void WriteShort(Terminal terminal, FileResult one)
    {
        foreach (var property in one.Result!.Results.Where(property => property.Verdict is not Verdict.Proved))
        {
            string verdict = VerdictText.Paint(terminal, property.Verdict, terminal.Signs(VerdictText.Of(property.Verdict)));
            string value = VerdictText.Value(property);
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

    private static void WriteTable(Terminal terminal, IReadOnlyList<PropertyResult> results)
    {
        var table = new TextTable(Columns, terminal.Width - 2);
        foreach (var property in results) table.Add(Cells(terminal, property));
        // Where questions are too long for a column each goes below its row.
        bool below = !table.Fits;
        if (below) table = table.Without(QuestionColumn);
        var rows = table.Lines();
        foreach (string line in rows[0]) terminal.Out.WriteLine("  " + terminal.Faint(line));
        for (int i = 0; i < results.Count; i++)
        {
            int mark = VerdictText.Of(results[i].Verdict).Length;
            for (int line = 0; line < rows[i + 1].Count; line++)
            {
                string text = rows[i + 1][line];
                terminal.Out.WriteLine("  " + (line == 0 ? VerdictText.Paint(terminal, results[i].Verdict, text[..mark]) + text[mark..] : text));
            }
            if (below)
                foreach (string line in TextTable.Wrap(terminal.Signs(results[i].Question), terminal.Width - QuestionLead.Length)) terminal.Out.WriteLine(QuestionLead + line);
            foreach (string note in Notes(results[i]).Distinct()) WriteNote(terminal, note);
        }
    }

    private static string[] Cells(Terminal terminal, PropertyResult property) =>
    [
        terminal.Signs(VerdictText.Of(property.Verdict)),
        property.Name,
        terminal.Signs(property.Question),
        terminal.Signs(VerdictText.Value(property)),
        property.ForAllTime ? "yes" : "no",
        property.Statistics.States.ToString(CultureInfo.InvariantCulture),
        VerdictText.Seconds(property.Statistics.Seconds),
    ];

    private static IEnumerable<string> Notes(PropertyResult property)
    {
        if (VerdictText.Reason(property.Verdict) is { } reason) yield return reason;
        foreach (string note in property.Notes) yield return note;
        if (property.Verdict is Verdict.Refuted && property.Witness is { Steps.IsEmpty: false } run)
            yield return $"a run of {run.Steps.Length} moves and {TimeText.Of(run.Nanoseconds(run.Steps[^1].Instant))} shows it; --trace prints it";
    }

    private static void WriteNote(Terminal terminal, string note)
    {
        string lead = "      - ";
        foreach (string line in TextTable.Wrap(terminal.Signs(note), terminal.Width - lead.Length))
        {
            terminal.Out.WriteLine(terminal.Faint(lead + line));
            lead = "        ";
        }
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
