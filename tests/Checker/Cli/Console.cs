using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Irekae.Tests.Checker.Cli;

/// <summary>What a command printed, and its exit code.</summary>
internal sealed record Printed(int Code, string Out, string Error)
{
    /// <summary>States and seconds replaced by marks of the same width: documents show what is the same every time and in every version.</summary>
    public string StableOut => Blank(
        Blank(Out.ReplaceLineEndings("\n"), @"(?m)( *\d+)( *\d+\.\d\d)$", "#", "#.##"),
        @"(?m)(  +\d+\.\d\d\d)$", "#.###").Timeless();

    private static string Blank(string text, string pattern, params string[] marks) =>
        Regex.Replace(text, pattern, match => string.Concat(marks.Select((mark, i) => mark.PadLeft(match.Groups[i + 1].Length))));
}

internal static class Certificates
{
    /// <summary>The lines that say what certificates or following a trace took, without that.</summary>
    public static string Timeless(this string text) =>
        Regex.Replace(
            Regex.Replace(text, @"(?m)^(  certified: \d+ of \d+, )\d+\.\d\d s; checked in \d+\.\d\d s$", "$1#.## s; checked in #.## s"),
            @"(?m)^(  \w+: .* at once; )\d+\.\d\d s$", "$1#.## s");
}

/// <summary>Starts commands the way tests need them.</summary>
internal static class Console
{
    public static Printed InProcess(params string[] args) => InTerminal(Irekae.Checker.Cli.Terminal.DefaultWidth, args);

    /// <summary>As many columns wide.</summary>
    public static Printed InTerminal(int width, params string[] args)
    {
        var (stdout, stderr) = (new StringWriter(), new StringWriter());
        int code = Irekae.Checker.Cli.Cli.Run(args, Irekae.Checker.Cli.Terminal.Plain(stdout, stderr) with { Width = width }, CancellationToken.None);
        return new Printed(code, stdout.ToString(), stderr.ToString());
    }

    /// <summary>The built program in a process of its own, started at the top of the repository.</summary>
    public static Printed Program(params string[] args) => Start("dotnet", [Path.Combine(AppContext.BaseDirectory, "irekae.dll"), .. args], []);

    public static Printed Start(string program, string[] args, (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, args)
        {
            WorkingDirectory = Repository.Folder(),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new Printed(process.ExitCode, output, error.Result);
    }
}
