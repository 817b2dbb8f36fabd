namespace Irekae.Checker.Cli;

/// <summary>Where output goes and what may be shown there.</summary>
/// <param name="Colour">Escape sequences are understood.</param>
/// <param name="Unicode">Marks such as ✓ can be shown.</param>
/// <param name="Live">Standard error is a terminal: a line of progress may be drawn and redrawn.</param>
public sealed record Terminal(TextWriter Out, TextWriter Error, bool Colour, bool Unicode, bool Live, int Width)
{
    public const int DefaultWidth = 100;

    /// <summary>Plain text, as into a file: always the same.</summary>
    public static Terminal Plain(TextWriter stdout, TextWriter stderr) => new(stdout, stderr, false, true, false, DefaultWidth);

    /// <summary>The process's own streams. Into a file or a pipe output is UTF-8 without colour, whatever the locale.</summary>
    public static Terminal OfProcess()
    {
        var utf8 = new System.Text.UTF8Encoding(false);
        var stdout = new StreamWriter(Console.OpenStandardOutput(), utf8) { AutoFlush = !Console.IsOutputRedirected };
        var stderr = new StreamWriter(Console.OpenStandardError(), utf8) { AutoFlush = true };
        bool terminal = !Console.IsOutputRedirected;
        bool dumb = Environment.GetEnvironmentVariable("TERM") is null or "" or "dumb";
        bool colourless = dumb || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        return new Terminal(
            stdout,
            stderr,
            terminal && !colourless,
            !terminal || LocaleIsUnicode(),
            terminal && !Console.IsErrorRedirected && !dumb,
            terminal ? Math.Clamp(Console.WindowWidth, 80, DefaultWidth) : DefaultWidth);
    }

    public string Green(string text) => Paint(text, "32");

    public string Red(string text) => Paint(text, "31");

    public string Yellow(string text) => Paint(text, "33");

    public string Bold(string text) => Paint(text, "1");

    public string Faint(string text) => Paint(text, "2");

    /// <summary>The text with the few signs of ours that ASCII lacks replaced where they cannot be shown.</summary>
    public string Signs(string text) => Unicode ? text : text.Replace('✓', '+').Replace('✗', 'x').Replace("…", "...").Replace("≤", "<=").Replace("≥", ">=");

    private string Paint(string text, string code) => Colour ? $"\e[{code}m{text}\e[0m" : text;

    private static bool LocaleIsUnicode()
    {
        string? locale = new[] { "LC_ALL", "LC_CTYPE", "LANG" }.Select(Environment.GetEnvironmentVariable).FirstOrDefault(value => !string.IsNullOrEmpty(value));
        return locale is not null && locale.Replace("-", "").Contains("utf8", StringComparison.OrdinalIgnoreCase);
    }
}
