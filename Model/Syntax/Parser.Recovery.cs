using System.Collections.Immutable;
using Irekae.Model.Diagnostics;
using Irekae.Model.Text;

namespace Irekae.Model.Syntax;

public sealed partial class Parser
{
    /// <summary>The token at which an error was last reported; a second one there would be about the same mistake.</summary>
    private int reportedAt = -1;

    private bool MayReport()
    {
        if (reportedAt == position || Current.Flawed || (position > 0 && Previous.Flawed)) return false;
        reportedAt = position;
        return true;
    }

    /// <summary>The word that the current name may be a misspelling of. Not looked for when it would not be shown.</summary>
    private string? Meant(IReadOnlyList<string> words) =>
        At(TokenKind.Name) && !diagnostics.IsFull ? Suggestion.Closest(CurrentText, words) : null;

    /// <summary>Something is missing before the current token. What closes is missing after the token before; what opens, where another thing stands.</summary>
    private void ReportExpected(string expected, string where, string? help = null)
    {
        if (!MayReport()) return;
        bool closes = expected is "';'" or "'}'" or "')'";
        var (found, span) = Found;
        if (closes || Current.FirstOnLine) diagnostics.ReportExpected(Gap, expected, where, help);
        else diagnostics.ReportExpected(span, expected, $"{where}, found {found}", help);
    }

    private void ReportMisplaced(string message, string help)
    {
        if (MayReport()) diagnostics.ReportMisplaced(Found.Span, message, help);
    }

    private void ReportExpectedOneOf(string where, IReadOnlyList<string> words)
    {
        if (!MayReport()) return;
        var (found, span) = Found;
        diagnostics.ReportExpectedOneOf(span, found, where, words, Meant(words));
    }

    private bool Expect(TokenKind kind, string expected, string where, string? help = null)
    {
        if (Take(kind)) return true;
        ReportExpected(expected, where, help);
        return false;
    }

    /// <summary>The ';' of a construct. Without it the construct ends at the end of its line, or else at the next ';' or '}'.</summary>
    private void EndWithSemicolon(string where)
    {
        if (Take(TokenKind.Semicolon)) return;
        ReportExpected("';'", where, $"write ; {where}");
        if (!Current.FirstOnLine) SkipToBoundary();
    }

    /// <summary>Whether an item begins here. Items begin with a word and what follows it, so that a variable may have the name of such a word.</summary>
    private bool AtItem => AtAny(Words.Items) && Ahead(1).Kind switch
    {
        TokenKind.Name or TokenKind.BadNumber or TokenKind.Integer => true,
        TokenKind.Text => AtWord("import") || AtWord("system"),
        TokenKind.OpenBrace => AtWord("machine") || Current.FirstOnLine,
        _ => Current.FirstOnLine && Ahead(1).Kind is not (TokenKind.Assign or TokenKind.Dot),
    };

    /// <summary>On a new line something begins that cannot go on with what came before: a name that is missing there is not this word.</summary>
    private bool AtNewConstruct => Current.FirstOnLine
        && (AtItem || (AtAny(Words.Statements) && Ahead(1).Kind is TokenKind.Name or TokenKind.Integer or TokenKind.Time));

    private bool AtHandler => AtWord("on") && AtConstruct && Ahead(1).Kind == TokenKind.Name;

    /// <summary>Passes over tokens up to the end of a construct: beyond the next ';' or block, or up to a '}' or a line on which something begins.</summary>
    private void SkipToBoundary()
    {
        while (!At(TokenKind.End) && !At(TokenKind.CloseBrace))
        {
            if (Take(TokenKind.Semicolon)) return;
            if (At(TokenKind.OpenBrace))
            {
                SkipBalanced();
                return;
            }

            Next();
            if (Current.FirstOnLine && (AtItem || (AtConstruct && (AtAny(Words.Statements) || AtAny(Words.Members))))) return;
        }
    }

    /// <summary>Passes over tokens up to the next item.</summary>
    private void SkipToItem()
    {
        do
        {
            if (At(TokenKind.OpenBrace)) SkipBalanced();
            else Next();
        }
        while (!At(TokenKind.End) && !(AtItem && (Current.FirstOnLine || Previous.Kind is TokenKind.Semicolon or TokenKind.CloseBrace)));
    }

    /// <summary>From an opening token beyond the one that closes it; up to the next item where none does.</summary>
    private void SkipBalanced()
    {
        int open = 0;
        do
        {
            if (Current.Kind is TokenKind.OpenBrace or TokenKind.OpenParenthesis) open++;
            else if (Current.Kind is TokenKind.CloseBrace or TokenKind.CloseParenthesis) open--;
            Next();
        }
        while (open > 0 && !At(TokenKind.End) && !(Current.FirstOnLine && AtItem));
    }

    /// <summary>Goes one construct deeper. False, and reported, at the limit.</summary>
    private bool Enter()
    {
        if (depth < Limits.Depth)
        {
            depth++;
            return true;
        }

        if (MayReport()) diagnostics.ReportNestingTooDeep(SpanOf(Current));
        return false;
    }

    private void Leave() => depth--;

    /// <summary>Errors at the current token are about a mistake that has been reported.</summary>
    private void Silence() => reportedAt = position;

    /// <summary>
    /// <c>{ element element … }</c>. An element that is null has been reported and left out. Ends without '}' where <paramref name="ends"/> says
    /// that something outside begins.
    /// </summary>
    private ImmutableArray<T> ParseBraces<T>(string what, Func<T?> parse, Func<bool> ends)
        where T : class
    {
        var elements = ImmutableArray.CreateBuilder<T>();
        var open = Current;
        bool opens = At(TokenKind.OpenBrace);
        if (!opens) ReportExpected("'{'", $"to begin {what}");
        if (!opens && (!At(TokenKind.Name) || ends())) return [];
        if (!Enter())
        {
            if (opens) SkipBalanced();
            else SkipToBoundary();
            Silence();
            return [];
        }

        if (opens) Next();
        while (!At(TokenKind.CloseBrace) && !At(TokenKind.End) && !ends())
        {
            int before = position;
            if (parse() is { } element) elements.Add(element);
            if (position == before) Next();
        }

        Leave();
        CloseBraces(what, open);
        return elements.ToImmutable();
    }

    private void CloseBraces(string what, Token open)
    {
        int line = source.Position(open.Start).Line;
        Expect(TokenKind.CloseBrace, "'}'", $"to end {what} that begins in line {line}");
    }
}
