using Irekae.Model.Syntax;

namespace Irekae.Model.Formatting;

/// <summary>
/// Where in its line each piece stands. Between two pieces is one blank or none, but what an author has aligned stays so: a piece that stood
/// further away, in the column of a piece of the line above or below, stands as far left as all that share the column allow; both lines have to begin
/// with the same word, or both pieces to be the same. A comment at the end of a line stays in its column, if there is room.
/// <para>
/// The result is its own result: in it a piece stands further away only where another of its column stands one blank behind its neighbour, so
/// the column is found again, be it with other pieces that happen to stand in it.
/// </para>
/// </summary>
internal sealed class Columns
{
    private readonly List<Piece> pieces;
    private readonly List<Lines.Line> lines;
    private readonly int[] place;

    /// <summary>The piece that stands for all that share a column; itself, when it is the one.</summary>
    private readonly int[] column;

    private Columns(List<Piece> pieces, List<Lines.Line> lines)
    {
        this.pieces = pieces;
        this.lines = lines;
        place = new int[pieces.Count];
        column = [.. Enumerable.Range(0, pieces.Count)];
    }

    /// <summary>The column of each piece, from 0.</summary>
    public static int[] Of(List<Piece> pieces, List<Lines.Line> lines)
    {
        var columns = new Columns(pieces, lines);
        columns.Link();
        columns.Place();
        return columns.place;
    }

    /// <summary>Blanks between a piece and the one before it.</summary>
    private int Gap(int piece)
    {
        var (before, next) = (pieces[piece - 1], pieces[piece]);
        if (before.IsComment || next.IsComment) return 1;
        if (next.Kind is TokenKind.Semicolon or TokenKind.Comma or TokenKind.Colon or TokenKind.CloseParenthesis or TokenKind.Dot) return 0;
        return before.Kind is TokenKind.OpenParenthesis or TokenKind.Dot || before.IsPrefix || next.IsCall ? 0 : 1;
    }

    /// <summary>A line of tokens that was a line before, without comments over several lines: there columns mean something.</summary>
    private bool WasLine(Lines.Line line)
    {
        for (int i = line.First; i < line.End; i++)
            if (pieces[i].HasLines || (i > line.First && pieces[i].Breaks > 0)) return false;
        return true;
    }

    private bool MayAlign(int piece) => !pieces[piece].IsComment && Gap(piece) == 1;

    private bool Stood(int piece) => pieces[piece].From - pieces[piece - 1].To > 1;

    private void Link()
    {
        Lines.Line? above = null;
        foreach (var line in lines)
        {
            if (line.AfterBlank) above = null;
            if (pieces[line.First].IsComment && line.End == line.First + 1 && !pieces[line.First].HasLines) continue;
            if (!WasLine(line)) above = null;
            else
            {
                if (above is not null) Link(above, line);
                above = line;
            }
        }
    }

    private void Link(Lines.Line above, Lines.Line below)
    {
        bool alike = pieces[above.First].Text == pieces[below.First].Text;
        int i = above.First + 1, j = below.First + 1;
        while (i < above.End && j < below.End)
        {
            if (pieces[i].From < pieces[j].From) i++;
            else if (pieces[i].From > pieces[j].From) j++;
            else
            {
                if ((alike || pieces[i].Text == pieces[j].Text) && MayAlign(i) && MayAlign(j) && (Stood(i) || Stood(j))) column[Root(j)] = Root(i);
                i++;
                j++;
            }
        }
    }

    private int Root(int piece)
    {
        while (column[piece] != piece) piece = column[piece] = column[column[piece]];
        return piece;
    }

    /// <summary>From left to right, so that whatever a piece stands behind has its place.</summary>
    private void Place()
    {
        var members = Enumerable.Range(0, pieces.Count).GroupBy(Root).ToDictionary(group => group.Key, group => group.ToList());
        var own = new int[pieces.Count];
        foreach (var line in lines)
        {
            bool was = WasLine(line);
            own[line.First] = -1;
            place[line.First] = line.Indent;
            for (int i = line.First + 1; i < line.End; i++) own[i] = was ? pieces[i].From : int.MaxValue;
        }

        foreach (var (_, group) in members.OrderBy(pair => own[pair.Key]).ThenBy(pair => pair.Key))
        {
            if (own[group[0]] == -1) continue;
            int leftmost = group.Max(piece => End(piece - 1) + Gap(piece));
            foreach (int piece in group) place[piece] = leftmost;
        }

        foreach (var line in lines)
        {
            int last = line.End - 1;
            if (last > line.First && pieces[last].IsComment && pieces[last].Breaks == 0 && Stood(last)) place[last] = Math.Max(place[last], pieces[last].From);
        }
    }

    /// <summary>The column after a piece that has its place.</summary>
    private int End(int piece) => pieces[piece].HasLines
        ? pieces[piece].Text.Length - pieces[piece].Text.LastIndexOf('\n') - 1
        : place[piece] + pieces[piece].Text.Length;
}
