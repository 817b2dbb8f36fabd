using Irekae.Checker.Bounded.Calibration;
using Irekae.Model.Binding;
using Irekae.Model.Numbers;

namespace Irekae.Checker.Cli;

/// <summary>The answer of <c>calibrate</c> as text.</summary>
internal static class CalibrationReport
{
    public static void Write(Terminal terminal, string path, string? variant, CalibrationTask task, CalibrationResult answer)
    {
        string subject = variant is null ? path : $"{path}, variant {variant}";
        var observations = task.Observations.ToList();
        switch (answer.Fit)
        {
            case Fit.Found found:
                terminal.Out.WriteLine($"{subject}: {terminal.Green("fits")} {Count(observations.Count, "observation")}");
                terminal.Out.WriteLine();
                if (!found.Parameters.IsEmpty) Table(terminal, ["parameter", "as specified", "values that fit"], found.Parameters.Select(p => new[] { p.Parameter, Range(p.Before), Text(p.Values) }));
                if (found.Unfinished is { } ended)
                {
                    terminal.Out.WriteLine();
                    terminal.Out.WriteLine($"partial: {ended} before all values were known; there may be more, and an end that is called approached may be reached");
                }

                if (!found.Shown.IsEmpty)
                {
                    terminal.Out.WriteLine();
                    Table(terminal, ["where this is observed", "quantity", "values"], found.Shown.Select(s => new[] { s.Observation, s.Quantity, Text(s.Values) }));
                }

                break;
            case Fit.None none:
                terminal.Out.WriteLine($"{subject}: {(answer.AllRuns ? terminal.Red("no value fits") : terminal.Yellow("no value fits"))} {Count(observations.Count, "observation")}{(answer.AllRuns ? "" : $" in runs of at most {Count(answer.Depth, "move")}")}");
                terminal.Out.WriteLine();
                terminal.Out.WriteLine(none.Conflict.Length == 1 ? "This one alone is not possible:" : $"These {none.Conflict.Length} contradict one another{(none.Unfinished is { } why ? $"; {why} before it was known whether all of them are needed" : none.Smallest ? ", and no smaller set does" : "; none of them can be left out")}:");
                Table(terminal, null, none.Conflict.Select(one => new[] { one.Cell.FullName, $"{TimeText.Of(one.Cell.Low)} .. {TimeText.Of(one.Cell.High)}" }));
                break;
            case Fit.Unknown unknown:
                terminal.Out.WriteLine($"{subject}: {terminal.Yellow("unknown")}: {unknown.Why}");
                terminal.Out.WriteLine();
                terminal.Out.WriteLine("So far, the ways through the system on which this can be read; whether the values fit is not known:");
                Table(terminal, null, unknown.Explored.Select(one => new[] { string.Join(", ", one.Observations.Select(o => o.Cell.FullName)), Ways(one) }));
                break;
        }

        if (answer.Fit is Fit.Unknown) return;
        terminal.Out.WriteLine();
        terminal.Out.WriteLine(answer.AllRuns
            ? $"For all runs: each has ended after at most {Count(answer.Depth, "move")}."
            : $"For runs of at most {Count(answer.Depth, "move")}; longer ones were not looked at (--depth).");
    }

    private static string Count(int number, string what) => number == 1 ? $"1 {what}" : $"{number} {what}s";

    private static string Ways(Explored one) => one switch
    {
        { Whole: true } => Count((int)one.Ways, "way") + ", all there are",
        { Ways: 0 } => "none found yet",
        _ => Count((int)one.Ways, "way") + " and maybe more",
    };

    private static string Range(Interval range) => $"{TimeText.Of(range.Low.Constant)} .. {(range.High is { } high ? TimeText.Of(high.Constant) : "forever")}";

    /// <summary>Intervals; an end that is only approached is said.</summary>
    public static string Text(Values values)
    {
        var pieces = values.Pieces.Select(piece => piece.Low == piece.High
            ? TimeText.Of(piece.Low)
            : $"{TimeText.Of(piece.Low)}{(piece.LowReached ? "" : " (approached)")} .. {(piece.High is { } high ? TimeText.Of(high) : "forever")}{(piece.HighReached || piece.High is null ? "" : " (approached)")}");
        return string.Join(" or ", pieces) + (values.Complete ? "" : " and maybe more");
    }

    private static void Table(Terminal terminal, string[]? head, IEnumerable<string[]> rows)
    {
        var all = (head is null ? rows : rows.Prepend(head)).ToList();
        var widths = Enumerable.Range(0, all.Max(row => row.Length)).Select(column => all.Max(row => row[column].Length)).ToArray();
        foreach (var row in all)
            terminal.Out.WriteLine(terminal.Signs("  " + string.Join("  ", row.Select((text, column) => text.PadRight(widths[column])))).TrimEnd());
    }
}
