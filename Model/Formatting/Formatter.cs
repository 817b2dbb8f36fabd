using System.Diagnostics;
using System.Text;
using Irekae.Model.Diagnostics;
using Irekae.Model.Syntax;
using Irekae.Model.Text;

namespace Irekae.Model.Formatting;

/// <summary>
/// Lays a text out anew: indentation, blanks and blank lines by rule, line breaks where the author made them. Every token and every comment stays,
/// in its order, and what was formatted stays as it is.
/// </summary>
public static class Formatter
{
    /// <summary>Null: the text has errors of syntax, which have been reported; what it means to say is then not known.</summary>
    public static string? Format(SourceText source, DiagnosticBag diagnostics)
    {
        var parsed = Parser.ParseWithTokens(source, diagnostics);
        if (diagnostics.HasErrors) return null;
        var pieces = Piece.Of(parsed);
        string text = Write(pieces, Lines.Of(pieces));
        CheckSame(pieces, text);
        return text;
    }

    private static string Write(List<Piece> pieces, List<Lines.Line> lines)
    {
        int[] place = Columns.Of(pieces, lines);
        var text = new StringBuilder();
        foreach (var line in lines)
        {
            if (line.AfterBlank) text.Append('\n');
            int start = text.Length;
            for (int i = line.First; i < line.End; i++)
            {
                if (i > line.First && pieces[i - 1].HasLines) start = text.Length - (pieces[i - 1].Text.Length - pieces[i - 1].Text.LastIndexOf('\n') - 1);
                text.Append(' ', start + place[i] - text.Length).Append(pieces[i].Text);
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    /// <summary>Nobody's text is replaced by one that says anything else.</summary>
    private static void CheckSame(List<Piece> pieces, string text)
    {
        var again = Piece.Of(Parser.ParseWithTokens(new SourceText("formatted", text), new DiagnosticBag()));
        if (!pieces.Select(piece => (piece.Kind, piece.Text)).SequenceEqual(again.Select(piece => (piece.Kind, piece.Text))))
            throw new UnreachableException("formatting would have changed what the text says; it has been left alone");
    }
}
