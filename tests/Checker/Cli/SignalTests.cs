using System.Diagnostics;
using Irekae.Checker.Cli;

namespace Irekae.Tests.Checker.Cli;

/// <summary>Ctrl-C and SIGTERM, in a process of its own that has answered one file and will not end with the next.</summary>
public sealed class SignalTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string endless = Path.GetTempFileName();

    public SignalTests() => File.WriteAllText(endless, "system endless; machine { cores 1; scheduler priority; }\n"
        + string.Concat(Enumerable.Range(1, 7).Select(k => $"process p{k} at {k} {{ loop {{ {(k == 7 ? "mark x; " : "")}run 2 us .. {k + 3} us; wait {4 + k} us .. {9 + (2 * k)} us; }} }}\n"))
        + "property bound: max gap(x);\n");

    public void Dispose() => File.Delete(endless);

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public void The_first_asks_for_what_is_known(string signal)
    {
        using var process = Started();
        string first = FirstAnswer(process);
        Send(signal, process);
        string rest = process.StandardOutput.ReadToEnd();
        Assert.True(process.WaitForExit(Patience));
        Assert.Contains("212 us attained", first);
        Assert.Contains("partial: interrupted before all was known", rest);
        Assert.Matches(@"\? unknown +bound ", rest);
        Assert.Contains("1 proved, 0 refuted, 1 unknown", rest);
        Assert.Equal(ExitCode.Unknown, process.ExitCode);
    }

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public void The_second_ends_at_once(string signal, int code)
    {
        using var process = Started();
        FirstAnswer(process);
        Send(signal, process);
        for (var clock = Stopwatch.StartNew(); !process.HasExited && clock.Elapsed < Patience;) Send(signal, process);
        Assert.True(process.WaitForExit(Patience));
        Assert.True(process.ExitCode == code || process.StandardOutput.ReadToEnd().Contains("partial"), $"exit code {process.ExitCode}");
    }

    /// <summary>A shell may have started the tests with signals ignored, which children inherit: <c>env</c> undoes it.</summary>
    private Process Started() => Process.Start(new ProcessStartInfo(
        "env", ["--default-signal=INT,TERM", "dotnet", Path.Combine(AppContext.BaseDirectory, "irekae.dll"), "verify", "-p", "bound", "specs/first/first.irk", endless])
    {
        WorkingDirectory = Repository.Folder(),
        RedirectStandardOutput = true,
    })!;

    private static string FirstAnswer(Process process)
    {
        string text = "";
        while (!text.Contains("attained") && process.StandardOutput.ReadLine() is { } line) text += line + "\n";
        Thread.Sleep(500); // into the second file
        return text;
    }

    private static void Send(string signal, Process process)
    {
        using var kill = Process.Start(new ProcessStartInfo("kill", [$"-{signal}", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]) { RedirectStandardError = true })!;
        kill.WaitForExit();
    }
}
