using System.Collections.Immutable;
using Irekae.Model.Diagnostics;
using Irekae.Model.Text;

namespace Irekae.Model.Syntax;

/// <summary>
/// Text to tokens. Takes any text: what is no token is reported and left out. Every step moves forward, so the time is linear in the text.
/// The last token is <see cref="TokenKind.End"/>.
/// </summary>
public sealed partial class Lexer
{
    private readonly SourceText source;
    private readonly string text;
    private readonly DiagnosticBag diagnostics;
    private readonly ImmutableArray<Token>.Builder tokens = ImmutableArray.CreateBuilder<Token>();
    private readonly List<Comment>? comments;
    private int position;
    private bool firstOnLine = true;
    private bool flawed;

    private Lexer(SourceText source, DiagnosticBag diagnostics, List<Comment>? comments)
    {
        this.source = source;
        this.diagnostics = diagnostics;
        this.comments = comments;
        text = source.Content;
    }

    /// <param name="comments">Gets the comments, in their order.</param>
    public static ImmutableArray<Token> Read(SourceText source, DiagnosticBag diagnostics, List<Comment>? comments = null)
    {
        var lexer = new Lexer(source, diagnostics, comments);
        lexer.ReadAll();
        return lexer.tokens.DrainToImmutable();
    }

    private char Current => At(0);

    private char At(int ahead) => position + ahead < text.Length ? text[position + ahead] : '\0';

    private SourceSpan Span(int start) => new(source, start, position - start);

    private void ReadAll()
    {
        if (Current == '\uFEFF') position++;
        while (position < text.Length)
        {
            char current = Current;
            if (current == '\n')
            {
                position++;
                firstOnLine = true;
            }
            else if (current is ' ' or '\t' || (current == '\r' && At(1) == '\n')) position++;
            else if (current == '/' && At(1) == '/') ReadLineComment();
            else if (current == '/' && At(1) == '*') ReadComment();
            else if (IsNameStart(current)) ReadName();
            else if (char.IsAsciiDigit(current)) ReadNumber();
            else if (current == '"') ReadText();
            else if (IsForbidden(position)) ReadForbidden();
            else if (Symbol(current, At(1)) is (var kind, var length))
            {
                position += length;
                Add(kind, position - length);
            }
            else ReadUnexpected();
        }

        Add(TokenKind.End, position);
    }

    private void Add(TokenKind kind, int start, object? value = null)
    {
        tokens.Add(new Token(kind, start, position - start, firstOnLine, flawed, value));
        firstOnLine = false;
        flawed = false;
    }

    private static (TokenKind Kind, int Length)? Symbol(char first, char second) => (first, second) switch
    {
        ('.', '.') => (TokenKind.DotDot, 2),
        ('=', '=') => (TokenKind.Equal, 2),
        ('!', '=') => (TokenKind.NotEqual, 2),
        ('<', '=') => (TokenKind.LessOrEqual, 2),
        ('>', '=') => (TokenKind.GreaterOrEqual, 2),
        ('&', '&') => (TokenKind.And, 2),
        ('|', '|') => (TokenKind.Or, 2),
        ('{', _) => (TokenKind.OpenBrace, 1),
        ('}', _) => (TokenKind.CloseBrace, 1),
        ('(', _) => (TokenKind.OpenParenthesis, 1),
        (')', _) => (TokenKind.CloseParenthesis, 1),
        (';', _) => (TokenKind.Semicolon, 1),
        (':', _) => (TokenKind.Colon, 1),
        (',', _) => (TokenKind.Comma, 1),
        ('.', _) => (TokenKind.Dot, 1),
        ('=', _) => (TokenKind.Assign, 1),
        ('<', _) => (TokenKind.Less, 1),
        ('>', _) => (TokenKind.Greater, 1),
        ('+', _) => (TokenKind.Plus, 1),
        ('-', _) => (TokenKind.Minus, 1),
        ('*', _) => (TokenKind.Star, 1),
        ('/', _) => (TokenKind.Slash, 1),
        ('!', _) => (TokenKind.Not, 1),
        _ => null,
    };

    internal static bool IsNameStart(char character) => char.IsAsciiLetter(character) || character == '_';

    internal static bool IsNamePart(char character) => char.IsAsciiLetterOrDigit(character) || character == '_';

    private void ReadName()
    {
        int start = position;
        while (IsNamePart(Current)) position++;
        if (position - start > Limits.NameLength)
        {
            diagnostics.ReportNameTooLong(Span(start));
            flawed = true;
        }

        Add(TokenKind.Name, start);
    }

    private void ReadText()
    {
        int start = position++;
        while (position < text.Length && text[position] is not ('"' or '\n'))
        {
            if (IsForbidden(position)) ReadForbidden();
            else position++;
        }

        if (Current == '"')
        {
            position++;
            Add(TokenKind.Text, start, text[(start + 1)..(position - 1)]);
        }
        else
        {
            while (text[position - 1] is '\r' or ' ') position--;
            diagnostics.ReportUnterminatedString(Span(start));
            flawed = true;
            Add(TokenKind.Text, start, text[(start + 1)..position]);
        }
    }

    private void ReadLineComment()
    {
        int start = position;
        while (position < text.Length && text[position] != '\n')
        {
            if (IsForbidden(position)) ReadForbidden();
            else position++;
        }

        int end = position;
        if (end > start && text[end - 1] == '\r') end--;
        comments?.Add(new Comment(start, end - start, ToLineEnd: true));
    }

    private void ReadComment()
    {
        int start = position;
        position += 2;
        while (position < text.Length && !(text[position] == '*' && At(1) == '/'))
        {
            if (text[position] == '\n') firstOnLine = true;
            if (IsForbidden(position)) ReadForbidden();
            else position++;
        }

        if (position < text.Length) position += 2;
        else
        {
            diagnostics.ReportUnterminatedComment(new SourceSpan(source, start, 2));
            flawed = true;
        }

        comments?.Add(new Comment(start, position - start, ToLineEnd: false));
    }

    /// <summary>Control characters, the characters that turn the direction of text, and halves of surrogate pairs: nowhere, not even in a comment.</summary>
    private bool IsForbidden(int index)
    {
        char character = text[index];
        if (character is >= ' ' and <= '~' or '\t' or '\n') return false;
        if (character == '\r') return index + 1 >= text.Length || text[index + 1] != '\n';
        if (char.IsHighSurrogate(character)) return index + 1 >= text.Length || !char.IsLowSurrogate(text[index + 1]);
        if (char.IsLowSurrogate(character)) return index == 0 || !char.IsHighSurrogate(text[index - 1]);
        return char.IsControl(character) || character is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
    }

    private void ReadForbidden()
    {
        int start = position;
        while (position < text.Length && IsForbidden(position)) position++;
        diagnostics.ReportControlCharacter(Span(start));
        flawed = true;
    }

    private void ReadUnexpected()
    {
        int start = position;
        do position++;
        while (position < text.Length && IsUnexpected(position));
        diagnostics.ReportUnexpectedCharacter(Span(start));
        flawed = true;
    }

    private bool IsUnexpected(int index)
    {
        char character = text[index];
        return !char.IsWhiteSpace(character)
            && !IsNamePart(character)
            && character != '"'
            && !IsForbidden(index)
            && Symbol(character, index + 1 < text.Length ? text[index + 1] : '\0') is null;
    }
}
