using System.Globalization;
using Irekae.Checker.Testing;
using Irekae.Model.Numbers;
using Irekae.Model.Semantics;
using Irekae.Model.Text;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Irekae.Checker.Cli;

/// <summary>What random runs have shown, for people.</summary>
internal static class TestReport
{
    private const int LongestTrace = 100;
    private const int MostNames = 12;

    public static void Write(Terminal terminal, FileTested one)
    {
        if (one.Result is not { } result)
        {
            terminal.Out.WriteLine($"{one.File.Path}: not tested: {one.Why}");
            terminal.Out.WriteLine();
            return;
        }
        terminal.Out.WriteLine(terminal.Bold(result.System));
        terminal.Out.WriteLine($"  {one.File.Path}: {Number(result.Runs)} runs from seed {result.Seed}, {Number(result.Moves)} moves{(result.Partial ? ", ended early" : "")}");
        foreach (string why in result.ByInterpreter) terminal.Draw(new Indented(terminal.Text($"slowly, drawn by the interpreter: {why}"), "  "));
        terminal.Draw(new Indented(terminal.Text("random runs: passing is no proof; verify proves", new Style(decoration: Decoration.Dim)), "  "));
        terminal.Out.WriteLine();
        var table = RemarkedTable.Of(("outcome", false, false), ("property", false, false), ("question", false, true), ("seen", true, false), ("runs with a say", true, false));
        var remarks = new List<IReadOnlyList<IRenderable>>();
        foreach (var tested in result.Tested)
        {
            string seen = tested.Value is { } value ? TimeText.Of(value) : "";
            table.AddRow(
                terminal.Text(Word(tested), tested.Outcome switch { Outcome.Passed => Color.Green, Outcome.Failed => Color.Maroon, _ => Color.Olive }),
                terminal.Text(tested.Name), terminal.Text(tested.Question), terminal.Text(seen), terminal.Text(Number(tested.Touched)));
            remarks.Add([.. Remarks(tested).Select(remark => new Indented(terminal.Text(remark, new Style(decoration: Decoration.Dim)), "      - ", "        "))]);
        }
        terminal.Draw(new RemarkedTable(table, remarks));
        WriteCoverage(terminal, result.Coverage);
        foreach (var tested in result.Tested.Where(tested => tested.Outcome == Outcome.Failed)) WriteRun(terminal, tested);
        terminal.Out.WriteLine();
    }

    public static void WriteSummary(Terminal terminal, IEnumerable<FileTested> files)
    {
        var all = files.Where(one => one.Result is not null).SelectMany(one => one.Result!.Tested).ToList();
        int Count(Outcome outcome) => all.Count(tested => tested.Outcome == outcome);
        if (all.Count > 0) terminal.Out.WriteLine($"{Count(Outcome.Passed)} passed (not proved), {Count(Outcome.Failed)} failed, {Count(Outcome.Open)} open");
    }

    public static string Word(Tested tested) => tested.Outcome switch
    {
        Outcome.Passed => "✓ passed",
        Outcome.Failed => "✗ failed",
        Outcome.Open => "? open",
    };

    /// <summary>What a reader of one line must know besides the outcome.</summary>
    public static IEnumerable<string> Remarks(Tested tested)
    {
        if (tested.Reason is not { } reason) yield break;
        yield return tested.Shown is { } shown
            ? $"{reason}: {shown.Moves} moves, {shown.End}, {(shown.CanShrink ? $"shrunk from seed {tested.Seed}" : $"as drawn from seed {tested.Seed}: some instant has too many orders to shrink it")}"
            : reason;
    }

    private static void WriteCoverage(Terminal terminal, Coverage coverage)
    {
        string Share(string what, (int Reached, int All) count) => $"{what} {count.Reached} of {count.All}";
        terminal.Out.WriteLine($"  reached: {Share("statements", coverage.Statements)}, {Share("handlers", coverage.Handlers)}, {Share("timers", coverage.Timers)}");
        void Never(string what, IReadOnlyList<string> names)
        {
            if (names.Count == 0) return;
            string more = names.Count > MostNames ? $" and {names.Count - MostNames} more" : "";
            terminal.Draw(new Indented(terminal.Text($"{what}: {string.Join(", ", names.Take(MostNames))}{more}"), "  - ", "    "));
        }
        Never("never executed", [.. coverage.UnreachedStatements.Select(span => span.ToString())]);
        Never("never handled", [.. coverage.UnreachedHandlers.Select(handler => $"{handler.Name} ({handler.Span})")]);
        Never("never fired", coverage.UnfiredTimers);
    }

    private static void WriteRun(Terminal terminal, Tested tested)
    {
        terminal.Out.WriteLine();
        terminal.Out.WriteLine($"  {terminal.Bold(tested.Name)}: {tested.Reason}, as in this run:");
        foreach (string line in RunTable.Of(tested.Shown!.Run, terminal.Width - 4, LongestTrace).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            terminal.Out.WriteLine("    " + terminal.Signs(line));
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
