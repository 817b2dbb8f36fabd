using System.Diagnostics;
using System.Globalization;
using Irekae.Checker.Verification;
using Irekae.Model.Numbers;
using Spectre.Console;

namespace Irekae.Checker.Cli;

/// <summary>On a terminal: the explorations that are going on, one line each, until there is an answer. Elsewhere nothing.</summary>
internal static class LiveExplorations
{
    public static T Show<T>(Terminal terminal, string what, Func<IProgress<VerifyProgress>?, T> work) =>
        terminal.Live ? Live(terminal, what, work) : work(null);

    private static T Live<T>(Terminal terminal, string what, Func<IProgress<VerifyProgress>?, T> work) =>
        terminal.LiveError().Live(terminal.Text(what)).AutoClear(true).Start(context => work(new Reports(terminal, what, context)));

    /// <summary>Explorations report a few times a second; one that no longer does has ended.</summary>
    private sealed class Reports(Terminal terminal, string what, LiveDisplayContext context) : IProgress<VerifyProgress>
    {
        private static readonly TimeSpan Silence = TimeSpan.FromSeconds(2);

        private readonly SortedDictionary<string, (VerifyProgress Last, long At)> seen = new(StringComparer.Ordinal);

        public void Report(VerifyProgress value)
        {
            lock (seen)
            {
                seen[value.Property] = (value, Stopwatch.GetTimestamp());
                foreach (string silent in seen.Where(one => Stopwatch.GetElapsedTime(one.Value.At) > Silence).Select(one => one.Key).ToList()) seen.Remove(silent);
                context.UpdateTarget(Table());
            }
        }

        private Table Table()
        {
            var table = RemarkedTable.Of((what, false, true), ("states", true, false), ("waiting", true, false), ("states/s", true, false), ("best so far", true, false), ("seconds", true, false));
            foreach (var (last, _) in seen.Values)
            {
                table.AddRow(
                    terminal.Text(last.Property),
                    Number(last.States),
                    Number(last.Waiting),
                    Number(Math.Round(last.StatesPerSecond)),
                    terminal.Text(last.Best is { } value ? TimeText.Of(value) : ""),
                    Number(Math.Floor(last.Elapsed.TotalSeconds)));
            }
            return table;
        }

        private static Text Number(double number) => new(number.ToString("F0", CultureInfo.InvariantCulture));
    }
}
