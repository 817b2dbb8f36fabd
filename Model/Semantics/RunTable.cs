using System.Text;
using Irekae.Model.Numbers;

namespace Irekae.Model.Semantics;

/// <summary>A run as an aligned table in plain text: when, who, and what happens, one event a line.</summary>
public static class RunTable
{
    /// <param name="width">Columns; what does not fit is continued on the next line.</param>
    /// <param name="mostMoves">With more moves than this the middle is left out, and said to be.</param>
    public static string Of(Run run, int width = 100, int mostMoves = int.MaxValue)
    {
        if (run.Steps.IsEmpty) return "nothing happens\n";
        int head = run.Steps.Length <= mostMoves ? run.Steps.Length : mostMoves / 2;
        int tail = run.Steps.Length <= mostMoves ? 0 : mostMoves - head;
        var shown = Enumerable.Range(0, head).Concat(Enumerable.Range(run.Steps.Length - tail, tail)).ToList();
        var instants = shown.ConvertAll(index => run.Nanoseconds(run.Steps[index].Instant));
        var unit = TimeUnit.For(instants);
        int digits = instants.Max(instant => TimeText.Digits(instant, unit) ?? 0);
        var when = instants.ConvertAll(instant => TimeText.Number(instant, unit, digits));
        var who = shown.ConvertAll(index => Who(run, index));
        int first = Math.Max(when.Max(text => text.Length), "time".Length - 1 - unit.Name.Length);
        int second = Math.Clamp(who.Max(text => text.Length), "who".Length, width / 4);
        int third = Math.Max(20, width - first - unit.Name.Length - second - 5);

        var text = new StringBuilder();
        Line(text, "time".PadLeft(first + 1 + unit.Name.Length), "who".PadRight(second), "what happens");
        for (int i = 0; i < shown.Count; i++)
        {
            if (tail > 0 && i == head) text.Append(' ', first).Append($" … {run.Steps.Length - head - tail} moves left out …\n");
            string left = when[i].PadLeft(first) + " " + unit.Name;
            string middle = who[i];
            foreach (string line in What(run, shown[i]).SelectMany(what => Wrap(what, third)))
            {
                Line(text, left.PadLeft(first + 1 + unit.Name.Length), middle.PadRight(second), line);
                (left, middle) = ("", "");
            }
        }
        return text.ToString();
    }

    /// <summary>One line of a witness: everything that happens in a step, separated by semicolons.</summary>
    public static string Summary(Run run, int step) => string.Join("; ", What(run, step));

    /// <summary>Whose timer fires in a step: an actor, a core, a fault, or the scheduler.</summary>
    public static string Who(Run run, int step)
    {
        var move = run.Steps[step].Move;
        if (move.Timer < 0) return step == 0 ? "start" : "scheduler";
        var timer = run.System.Timers[move.Timer];
        var system = run.System.System;
        return timer.Kind switch
        {
            TimerKind.Work or TimerKind.Wait or TimerKind.Arrival or TimerKind.Jitter => system.Actors[timer.Subject].Name,
            TimerKind.Slice when timer.Subject < system.Actors.Length => system.Actors[timer.Subject].Name,
            TimerKind.Fault => system.Faults[timer.Subject].Name,
            TimerKind.Switch => $"core {timer.Subject}",
            _ => timer.Name,
        };
    }

    private static List<string> What(Run run, int step)
    {
        var move = run.Steps[step].Move;
        var lines = move.Events.Select(run.System.Describe).ToList();
        lines.AddRange(move.Violations.Select(violation => "error: " + violation.Text));
        if (lines.Count == 0) lines.Add(step == 0 ? "begins" : "-");
        return lines;
    }

    private static void Line(StringBuilder text, string left, string middle, string right) =>
        text.Append($"{left}  {middle}  {right}".TrimEnd()).Append('\n');

    private static IEnumerable<string> Wrap(string text, int width)
    {
        while (text.Length > width)
        {
            int cut = text.LastIndexOf(' ', width);
            if (cut <= 2) cut = width;
            yield return text[..cut];
            text = "  " + text[cut..].TrimStart();
        }
        yield return text;
    }
}
