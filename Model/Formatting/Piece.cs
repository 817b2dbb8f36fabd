using Irekae.Model.Syntax;
using Irekae.Model.Text;

namespace Irekae.Model.Formatting;

/// <summary>A token or a comment, as it stood and as it will stand.</summary>
/// <param name="Kind">Null: a comment.</param>
/// <param name="Text">What is printed for it.</param>
/// <param name="Breaks">Ends of lines between it and the piece before it.</param>
/// <param name="From">The column where it began, from 0; a tab leads to the next multiple of <see cref="Tab"/>.</param>
/// <param name="To">The column where it ended.</param>
internal sealed record Piece(TokenKind? Kind, string Text, int Breaks, int From, int To, bool IsPrefix, bool IsCall)
{
    public const int Tab = 4;

    public bool IsComment => Kind is null;

    public bool ToLineEnd => IsComment && Text.StartsWith("//", StringComparison.Ordinal);

    /// <summary>A comment over several lines, of which only the first is moved.</summary>
    public bool HasLines => Text.Contains('\n');

    public bool Is(TokenKind kind) => Kind == kind;

    public bool IsWord(string word) => Kind == TokenKind.Name && Text == word;

    public static List<Piece> Of(ParsedText parsed)
    {
        var source = parsed.File.Source;
        var places = parsed.Tokens.Where(token => token.Kind != TokenKind.End).Select(token => (token.Start, token.Length, Kind: (TokenKind?)token.Kind))
            .Concat(parsed.Comments.Select(comment => (comment.Start, comment.Length, Kind: (TokenKind?)null)))
            .OrderBy(place => place.Start);
        var pieces = new List<Piece>();
        int end = 0, column = 0;
        foreach (var (start, length, kind) in places)
        {
            string written = source.Content.Substring(start, length);
            var between = source.Content.AsSpan(end, start - end);
            int from = After(column, between);
            column = After(from, written);
            end = start + length;
            pieces.Add(new Piece(kind, Printed(kind, written), between.Count('\n'), from, column, parsed.Prefixes.Contains(start), parsed.Calls.Contains(start)));
        }

        return pieces;
    }

    private static string Printed(TokenKind? kind, string written) => kind switch
    {
        null => string.Join('\n', written.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd(' ', '\t'))),
        TokenKind.Time => Time(written),
        _ => written,
    };

    /// <summary>A number and its unit, one blank apart.</summary>
    private static string Time(string written)
    {
        int unit = written.AsSpan().IndexOfAnyInRange('a', 'z');
        return $"{written[..unit].TrimEnd(' ', '\t')} {written[unit..]}";
    }

    private static int After(int column, ReadOnlySpan<char> text)
    {
        foreach (char character in text) column = character switch { '\n' => 0, '\t' => column + Tab - (column % Tab), _ => column + 1 };
        return column;
    }
}
