namespace Irekae.Checker.Cli;

/// <summary>Files and folders that a command writes where the user said.</summary>
internal static class Outputs
{
    /// <returns>False: it cannot be written, and that has been said.</returns>
    public static bool Try(string path, Terminal terminal, Action write)
    {
        try
        {
            write();
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            terminal.Error.WriteLine($"cannot write '{path}': {exception.Message}");
            return false;
        }
    }
}
