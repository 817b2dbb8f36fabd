using System.Diagnostics;
using Irekae.Checker.Bounded;

namespace Irekae.Tests.Checker.Bounded;

/// <summary>Solvers that are installed. What needs one that is not there is skipped, and says so.</summary>
internal static class Solvers
{
    public static void Need()
    {
        if (Library.Missing(null) is { } missing) Assert.Skip(missing);
    }

    /// <summary>What a solver prints for a file, a word for each question.</summary>
    public static string[] Ask(string solver, string file)
    {
        try
        {
            var start = new ProcessStartInfo(solver) { RedirectStandardOutput = true, RedirectStandardError = true };
            if (solver == "cvc5") start.ArgumentList.Add("--incremental");
            start.ArgumentList.Add(file);
            using var process = Process.Start(start)!;
            var error = process.StandardError.ReadToEndAsync();
            string text = process.StandardOutput.ReadToEnd() + error.Result;
            process.WaitForExit();
            return text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip($"{solver} is not there: install it with 'apt-get install {solver}'");
            throw;
        }
    }
}
