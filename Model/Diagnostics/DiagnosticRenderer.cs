using System.Globalization;
using System.Text;

namespace Irekae.Model.Diagnostics;

/// <summary>What a piece of a rendered diagnostic is, for whoever gives it a colour.</summary>
public enum DiagnosticPart { Location, Error, Warning, Message, Gutter, Source, Underline, Help }

/// <summary>
/// Diagnostics as a user reads them:
/// <code>
/// specs/x.irk:12:9: error IRK1003: expected ';' after the duration
///   12 |   run 3 us
///      |           ^
///   help: …
/// </code>
/// A span of several lines is underlined to the end of its first. Lines end with a line feed.
/// </summary>
public static class DiagnosticRenderer
{
    private const int TabWidth = 4;

    /// <summary>Characters of a line that are shown, and how many of them stand before the span in a longer line.</summary>
    private const int Window = 100, Before = 40;

    public static string Render(IEnumerable<Diagnostic> diagnostics)
    {
        var writer = new StringWriter { NewLine = "\n" };
        Render(diagnostics, writer);
        return writer.ToString();
    }

    /// <param name="style">Wraps a piece of text for its part, in colour for instance; null leaves all text plain.</param>
    public static void Render(IEnumerable<Diagnostic> diagnostics, TextWriter writer, Func<DiagnosticPart, string, string>? style = null)
    {
        style ??= (_, text) => text;
        foreach (var diagnostic in diagnostics) Render(diagnostic, writer, style);
    }

    private static void Render(Diagnostic diagnostic, TextWriter writer, Func<DiagnosticPart, string, string> style)
    {
        var source = diagnostic.Span.Source;
        bool isWholeFile = source.Content.Length == 0;
        string location = isWholeFile ? source.Path : diagnostic.Span.ToString();
        var (word, part) = diagnostic.Severity switch
        {
            Severity.Error => ("error", DiagnosticPart.Error),
            Severity.Warning => ("warning", DiagnosticPart.Warning),
        };
        writer.Write(style(DiagnosticPart.Location, $"{Visible(location)}: "));
        writer.Write(style(part, $"{word} {diagnostic.Code.Id}: "));
        writer.Write(style(DiagnosticPart.Message, Visible(diagnostic.Message)));
        writer.Write('\n');
        if (!isWholeFile) RenderLine(diagnostic, writer, style);
        if (diagnostic.Help is { } help) writer.Write(style(DiagnosticPart.Help, $"  help: {Visible(help)}") + "\n");
    }

    private static void RenderLine(Diagnostic diagnostic, TextWriter writer, Func<DiagnosticPart, string, string> style)
    {
        var span = diagnostic.Span;
        int line = span.Line;
        var (start, end) = span.Source.LineBounds(line);
        int first = Math.Min(span.Start, end);
        int last = Math.Clamp(span.End, first, end);

        int from = end - start <= Window ? start : Math.Max(start, Math.Min(first - Before, end - Window));
        int to = Math.Min(end, from + Window);
        var shown = new StringBuilder(from > start ? "…" : "");
        int column = shown.Length;
        int underlineFrom = column, underlineTo = column;
        int position = from;
        while (position < to)
        {
            bool isPair = char.IsHighSurrogate(span.Source.Content[position]) && position + 1 < to && char.IsLowSurrogate(span.Source.Content[position + 1]);
            string character = span.Source.Content.Substring(position, isPair ? 2 : 1);
            if (position <= first) underlineFrom = column;
            string visible = character == "\t" ? new string(' ', TabWidth - (column % TabWidth)) : Visible(character);
            shown.Append(visible);
            column += character == "\t" ? visible.Length : Width(visible);
            position += character.Length;
            if (position <= last) underlineTo = column;
        }

        if (first >= to) underlineFrom = column;
        if (to < end) shown.Append('…');
        string number = line.ToString(CultureInfo.InvariantCulture);
        int carets = Math.Max(1, underlineTo - underlineFrom);
        writer.Write(style(DiagnosticPart.Gutter, $"  {number} | ") + style(DiagnosticPart.Source, shown.ToString().TrimEnd()) + "\n");
        writer.Write(style(DiagnosticPart.Gutter, $"  {new string(' ', number.Length)} | "));
        writer.Write(new string(' ', underlineFrom) + style(DiagnosticPart.Underline, new string('^', carets)) + "\n");
    }

    /// <summary>Text without what a terminal would obey or not show: a picture of a control character in its place.</summary>
    private static string Visible(string text)
    {
        if (!text.Any(IsHidden)) return text;
        var visible = new StringBuilder(text.Length);
        foreach (char character in text)
        {
            visible.Append(!IsHidden(character) ? character : character < ' ' ? (char)('\u2400' + character) : '\uFFFD');
        }

        return visible.ToString();

        static bool IsHidden(char character) => char.IsControl(character)
            || character is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\u2028' or '\u2029' or '\uFEFF';
    }

    /// <summary>Columns of one visible character on a terminal.</summary>
    private static int Width(string character)
    {
        var category = CharUnicodeInfo.GetUnicodeCategory(character, 0);
        if (category is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark) return 0;
        if (!Rune.TryGetRuneAt(character, 0, out var rune)) return 1;
        return rune.Value is (>= 0x1100 and <= 0x115F) or (>= 0x2E80 and <= 0xA4CF) or (>= 0xAC00 and <= 0xD7A3) or (>= 0xF900 and <= 0xFAFF)
            or (>= 0xFE30 and <= 0xFE6F) or (>= 0xFF00 and <= 0xFF60) or (>= 0x1F300 and <= 0x1FAFF) or (>= 0x20000 and <= 0x3FFFD)
            ? 2
            : 1;
    }
}
