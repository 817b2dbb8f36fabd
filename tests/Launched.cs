using System.Diagnostics;

namespace Irekae.Tests;

/// <summary>Programs that are started for a test, mostly <c>dotnet</c>, which is kept from leaving servers of itself behind.</summary>
internal static class Launched
{
    /// <returns>Both outputs, which the test's output has too.</returns>
    /// <exception cref="Xunit.Sdk.XunitException">It ended with another code than the expected one.</exception>
    public static string Run(ITestOutputHelper output, string program, string where, int expected, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = where, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        string said = process.StandardOutput.ReadToEnd() + error.Result;
        process.WaitForExit();
        output.WriteLine($"{program} {string.Join(' ', arguments)}\n{said}");
        Assert.True(process.ExitCode == expected, $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{said}");
        return said;
    }
}
