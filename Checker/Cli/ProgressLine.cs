using Irekae.Checker.Verification;
using Irekae.Model.Numbers;
using Spectre.Console;

namespace Irekae.Checker.Cli;

/// <summary>A line on the terminal that shows that something happens. Nowhere else: neither in a file nor in a pipe.</summary>
internal static class ProgressLine
{
    public static T Show<T>(Terminal terminal, string what, Func<IProgress<VerifyProgress>?, T> work) =>
        terminal.Live ? Live(terminal, what, work) : work(null);

    private static T Live<T>(Terminal terminal, string what, Func<IProgress<VerifyProgress>?, T> work)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(terminal.Error) });
        return console.Status().Start(Markup.Escape(what), context => work(new Reports(context)));
    }

    private static string Text(VerifyProgress progress)
    {
        string best = progress.Best is { } value ? $", best {TimeText.Of(value)}" : "";
        return $"{progress.Property}: {progress.States} states, {progress.Waiting} waiting, {progress.StatesPerSecond:F0}/s{best}, {progress.Elapsed.TotalSeconds:F0} s";
    }

    private sealed class Reports(StatusContext context) : IProgress<VerifyProgress>
    {
        public void Report(VerifyProgress value) => context.Status(Markup.Escape(Text(value)));
    }
}
