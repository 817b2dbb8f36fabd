using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis.CSharp;

namespace Irekae.Codegen.Emit;

/// <summary>C# as it is written: lines, blocks and comments. Text of a specification gets in only through <see cref="Literal"/> and <see cref="Comment"/>.</summary>
internal sealed class CodeText
{
    private const int Indent = 4;
    private const int LongestComment = 120;

    private readonly StringBuilder text = new();
    private int depth;
    private bool blank = true;

    public void Line(string line = "")
    {
        if (line.Length == 0)
        {
            if (!blank) text.Append('\n');
            blank = true;
            return;
        }
        text.Append(' ', depth * Indent).Append(line).Append('\n');
        blank = false;
    }

    /// <summary>A line, and what follows in braces until <see cref="Close"/>.</summary>
    public void Open(string line)
    {
        if (line.Length > 0) Line(line);
        Line("{");
        depth++;
        blank = true;
    }

    public void Close(string end = "}")
    {
        depth--;
        Line(end);
    }

    /// <summary>A line, and what follows further to the right until <see cref="Back"/>.</summary>
    public void Under(string line)
    {
        Line(line);
        depth++;
        blank = true;
    }

    public void Back() => depth--;

    /// <summary>The member that follows is made part of whoever calls it: on the way of every step.</summary>
    public void Inlined() => Line("[MethodImpl(MethodImplOptions.AggressiveInlining)]");

    public void Comment(string comment) => Line("// " + OneLine(comment));

    public void Summary(string comment) => Line($"/// <summary>{OneLine(comment).Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;")}</summary>");

    /// <summary>A string literal, whatever the text.</summary>
    public static string Literal(string value) => SymbolDisplay.FormatLiteral(value, quote: true);

    public static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    public override string ToString() => text.ToString();

    /// <summary>Printable ASCII and ordinary letters alone: nothing in it ends a line or turns the direction of writing.</summary>
    private static string OneLine(string comment)
    {
        var line = new StringBuilder();
        foreach (char c in comment)
        {
            bool plain = c is >= ' ' and <= '~' || char.IsLetterOrDigit(c);
            if (plain && (c != ' ' || (line.Length > 0 && line[^1] != ' '))) line.Append(c);
            else if (!plain && line.Length > 0 && line[^1] != ' ') line.Append(' ');
            if (line.Length == LongestComment) return line.Append(" ...").ToString();
        }
        return line.ToString().TrimEnd();
    }
}
