using Irekae.Model.Syntax;

namespace Irekae.Model.Formatting;

/// <summary>
/// Which pieces share a line. Lines end where the author ended them, but: a block over several lines begins a line inside and ends on a line
/// of its own; what opens a block, ends a statement or separates stands on the line of what it belongs to; of several blank lines one
/// stays, and none at the beginning or the end of a file or block or within a statement.
/// </summary>
internal sealed class Lines
{
    private readonly List<Piece> pieces;
    private readonly bool[] begins;

    private Lines(List<Piece> pieces)
    {
        this.pieces = pieces;
        begins = new bool[pieces.Count];
    }

    /// <param name="First">Index of its first piece.</param>
    /// <param name="End">Index after its last.</param>
    public sealed record Line(int First, int End, int Indent, bool AfterBlank);

    public static List<Line> Of(List<Piece> pieces)
    {
        var lines = new Lines(pieces);
        lines.KeepBreaks();
        lines.BreakBlocks();
        return lines.Indented();
    }

    private void KeepBreaks()
    {
        for (int i = 0; i < pieces.Count; i++)
        {
            bool stays = i > 0 && !pieces[i - 1].ToLineEnd
                && pieces[i].Kind is TokenKind.OpenBrace or TokenKind.Semicolon or TokenKind.Comma or TokenKind.CloseParenthesis;
            bool closes = i > 0 && pieces[i].Is(TokenKind.CloseBrace) && pieces[i - 1].Is(TokenKind.OpenBrace);
            begins[i] = i == 0 || (pieces[i].Breaks > 0 && !stays && !closes);
        }
    }

    private void BreakBlocks()
    {
        var open = new Stack<int>();
        var ends = new List<(int Open, int Close)>();
        for (int i = 0; i < pieces.Count; i++)
        {
            if (pieces[i].Is(TokenKind.OpenBrace)) open.Push(i);
            else if (pieces[i].Is(TokenKind.CloseBrace) && open.TryPop(out int start)) ends.Add((start, i));
        }

        // Inner blocks come first, and what they need their outer ones see.
        foreach (var (start, close) in ends)
        {
            bool several = false;
            for (int i = start + 1; i <= close; i++) several |= begins[i] || pieces[i].HasLines;
            if (!several) continue;
            bool described = pieces[start + 1].IsComment && !begins[start + 1] && begins[start + 2];
            if (!described) begins[start + 1] = true;
            begins[close] = true;
            if (close + 1 < pieces.Count && !Continues(close + 1)) begins[close + 1] = true;
        }
    }

    /// <summary>After the end of a block over several lines: what may stand on the same line.</summary>
    private bool Continues(int next) =>
        pieces[next].IsComment
        || pieces[next].IsWord("else")
        || (pieces[next].IsWord("or") && next + 1 < pieces.Count && pieces[next + 1].Is(TokenKind.OpenBrace));

    private List<Line> Indented()
    {
        var lines = new List<Line>();
        var listed = new Stack<bool>();
        Piece? last = null;
        for (int first = 0; first < pieces.Count;)
        {
            int end = first + 1;
            while (end < pieces.Count && !begins[end]) end++;
            var piece = pieces[first];
            bool closes = piece.Is(TokenKind.CloseBrace);
            bool within = last is not null && last.Kind is not (TokenKind.Semicolon or TokenKind.OpenBrace or TokenKind.CloseBrace)
                && !closes && !(listed.TryPeek(out bool names) && names);
            bool blank = first > 0 && piece.Breaks > 1 && !closes && !within && !pieces[first - 1].Is(TokenKind.OpenBrace);
            lines.Add(new Line(first, end, (2 * (listed.Count - (closes && listed.Count > 0 ? 1 : 0))) + (within ? 4 : 0), blank));
            for (; first < end; first++)
            {
                if (pieces[first].IsComment) continue;
                if (pieces[first].Is(TokenKind.OpenBrace)) listed.Push(first > 1 && pieces[first - 2].IsWord("token"));
                else if (pieces[first].Is(TokenKind.CloseBrace)) listed.TryPop(out _);
                last = pieces[first];
            }
        }

        return lines;
    }
}
