using System.Text;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Irekae.Checker.Cli;

/// <summary>
/// Where output goes and what may be shown there. What draws, colours or redraws is Spectre.Console, which is loaded only when something is
/// drawn: starting it takes as long as a small verification. Text of specifications never goes through its markup.
/// </summary>
/// <param name="Colour">Escape sequences are understood.</param>
/// <param name="Unicode">Marks such as ✓ can be shown.</param>
/// <param name="Live">Standard error is a terminal: progress may be drawn and redrawn.</param>
public sealed record Terminal(TextWriter Out, TextWriter Error, bool Colour, bool Unicode, bool Live, int Width)
{
    public const int DefaultWidth = 100;

    private const int LeastWidth = 80;

    /// <summary>Opens standard input, for what reads it.</summary>
    public Func<Stream> Input { get; init; } = Console.OpenStandardInput;

    /// <summary>Opens standard output as it is, for what writes no text.</summary>
    public Func<Stream> Output { get; init; } = Console.OpenStandardOutput;

    /// <summary>Plain text, as into a file: always the same.</summary>
    public static Terminal Plain(TextWriter stdout, TextWriter stderr) => new(stdout, stderr, false, true, false, DefaultWidth);

    /// <summary>The process's own streams. Into a file or a pipe output is UTF-8 without colour, whatever the locale.</summary>
    public static Terminal OfProcess()
    {
        var utf8 = new UTF8Encoding(false);
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
            terminal ? Math.Clamp(Console.WindowWidth, LeastWidth, DefaultWidth) : DefaultWidth);
    }

    /// <summary>Writes something drawn to standard output.</summary>
    internal void Draw(IRenderable drawn) => Drawing(Out, live: false).Write(drawn);

    /// <summary>The least width, all that can wrap wrapped, and the width at which nothing wraps.</summary>
    internal Measurement Measure(IRenderable drawn) => drawn.Measure(RenderOptions.Create(Drawing(TextWriter.Null, live: false)), int.MaxValue);

    /// <summary>Standard error as something that can be redrawn.</summary>
    internal IAnsiConsole LiveError() => Drawing(Error, live: true);

    /// <summary>Text to draw: as it is, never markup.</summary>
    internal Text Text(string text, Style? style = null) => new(Signs(text), style);

    internal string Green(string text) => Colour ? Ansi(text, writer => writer.Foreground(Color.Green)) : text;

    internal string Red(string text) => Colour ? Ansi(text, writer => writer.Foreground(Color.Maroon)) : text;

    internal string Yellow(string text) => Colour ? Ansi(text, writer => writer.Foreground(Color.Olive)) : text;

    internal string Bold(string text) => Colour ? Ansi(text, writer => writer.Decoration(Decoration.Bold)) : text;

    internal string Faint(string text) => Colour ? Ansi(text, writer => writer.Decoration(Decoration.Dim)) : text;

    /// <summary>The text with the few signs of ours that ASCII lacks replaced where they cannot be shown.</summary>
    public string Signs(string text) => Unicode ? text : text.Replace('✓', '+').Replace('✗', 'x').Replace("…", "...").Replace("≤", "<=").Replace("≥", ">=");

    private IAnsiConsole Drawing(TextWriter writer, bool live)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = Colour || live ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = Colour ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = live ? InteractionSupport.Yes : InteractionSupport.No,
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        console.Profile.Width = Width;
        console.Profile.Capabilities.Unicode = Unicode;
        return console;
    }

    private static string Ansi(string text, Action<AnsiWriter> style)
    {
        var painted = new StringWriter();
        var writer = new AnsiWriter(painted, new AnsiCapabilities { Ansi = true, ColorSystem = ColorSystem.Standard });
        style(writer);
        writer.Write(text);
        writer.ResetStyle();
        return painted.ToString();
    }

    private static bool LocaleIsUnicode()
    {
        string? locale = new[] { "LC_ALL", "LC_CTYPE", "LANG" }.Select(Environment.GetEnvironmentVariable).FirstOrDefault(value => !string.IsNullOrEmpty(value));
        return locale is not null && locale.Replace("-", "").Contains("utf8", StringComparison.OrdinalIgnoreCase);
    }
}
