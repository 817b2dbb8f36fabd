namespace Irekae.Model.Syntax;

public enum TokenKind
{
    End,
    Name,
    Integer,
    Time,
    BadNumber,
    Text,
    OpenBrace,
    CloseBrace,
    OpenParenthesis,
    CloseParenthesis,
    Semicolon,
    Colon,
    Comma,
    Dot,
    DotDot,
    Assign,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Plus,
    Minus,
    Star,
    Slash,
    Not,
    And,
    Or,
}

/// <param name="FirstOnLine">Only blanks stand before it on its line.</param>
/// <param name="Flawed">An error has been reported in it or between it and the token before; another one here would only repeat that.</param>
/// <param name="Value">An <c>int</c>, a <c>Rational</c> in nanoseconds, or the text between the quotes; null for the other kinds.</param>
public readonly record struct Token(TokenKind Kind, int Start, int Length, bool FirstOnLine, bool Flawed, object? Value)
{
    public int End => Start + Length;
}

/// <summary>A comment, with its signs and without the end of its line; no token.</summary>
/// <param name="ToLineEnd">It begins with <c>//</c>.</param>
public readonly record struct Comment(int Start, int Length, bool ToLineEnd);
