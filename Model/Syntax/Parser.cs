using System.Collections.Immutable;
using Irekae.Model.Diagnostics;
using Irekae.Model.Text;

namespace Irekae.Model.Syntax;

/// <summary>
/// Tokens to a tree, by recursive descent along docs/grammar.md; one file per part of the grammar.
/// Takes any tokens: never throws, always ends. Every loop moves forward in each round, and recursion is bounded by <see cref="Limits.Depth"/>.
/// Errors: one per place. A missing token is reported and taken as read; what does not fit is passed over up to where a statement, member or
/// item can begin again (<c>Parser.Recovery.cs</c>).
/// </summary>
public sealed partial class Parser
{
    private readonly SourceText source;
    private readonly ImmutableArray<Token> tokens;
    private readonly DiagnosticBag diagnostics;
    private int position;
    private SystemSyntax? header;

    /// <summary>Where in the text stand prefix operators, and parentheses that belong to the name before them.</summary>
    private readonly HashSet<int> prefixes = [], calls = [];

    /// <summary>Constructs that are open; the nesting of the tree that is being built.</summary>
    private int depth;

    private Parser(SourceText source, ImmutableArray<Token> tokens, DiagnosticBag diagnostics)
    {
        this.source = source;
        this.tokens = tokens;
        this.diagnostics = diagnostics;
    }

    public static FileSyntax Parse(SourceText source, DiagnosticBag diagnostics)
    {
        var parser = new Parser(source, Lexer.Read(source, diagnostics), diagnostics);
        return parser.ParseFile();
    }

    /// <summary>The tree with what it does not say: its tokens, and which of them are prefix operators or the parentheses of a call.</summary>
    internal static ParsedText ParseWithTokens(SourceText source, DiagnosticBag diagnostics)
    {
        var comments = new List<Comment>();
        var parser = new Parser(source, Lexer.Read(source, diagnostics, comments), diagnostics);
        return new ParsedText(parser.ParseFile(), parser.tokens, [.. comments], parser.prefixes, parser.calls);
    }

    private Token Current => tokens[position];

    private Token Previous => tokens[Math.Max(0, position - 1)];

    private Token Ahead(int count) => tokens[Math.Min(position + count, tokens.Length - 1)];

    private ReadOnlySpan<char> TextOf(Token token) => source.Content.AsSpan(token.Start, token.Length);

    private string CurrentText => TextOf(Current).ToString();

    private bool At(TokenKind kind) => Current.Kind == kind;

    private bool AtWord(ReadOnlySpan<char> word) => At(TokenKind.Name) && TextOf(Current).SequenceEqual(word);

    private bool AtAny(IReadOnlyList<string> words)
    {
        foreach (string word in words)
            if (AtWord(word)) return true;
        return false;
    }

    /// <summary>At a name that is the first word of a construct and not a variable or actor of that name.</summary>
    private bool AtConstruct => At(TokenKind.Name) && Ahead(1).Kind is not (TokenKind.Assign or TokenKind.Dot);

    private Token Next()
    {
        var token = Current;
        if (position < tokens.Length - 1) position++;
        return token;
    }

    private bool Take(TokenKind kind)
    {
        if (!At(kind)) return false;
        Next();
        return true;
    }

    /// <summary>A parenthesis that belongs to the name before it.</summary>
    private bool TakeCallParenthesis()
    {
        if (!At(TokenKind.OpenParenthesis)) return false;
        calls.Add(Next().Start);
        return true;
    }

    private bool TakeWord(ReadOnlySpan<char> word)
    {
        if (!AtWord(word)) return false;
        Next();
        return true;
    }

    private SourceSpan SpanOf(Token token) => new(source, token.Start, token.Length);

    /// <summary>From a token to the last one taken; empty, at the end of that one, when none has been taken since.</summary>
    private SourceSpan SpanFrom(int firstToken) => position > firstToken
        ? new SourceSpan(source, tokens[firstToken].Start, Previous.End - tokens[firstToken].Start)
        : Gap;

    /// <summary>The place just after the last token taken: where something is missing.</summary>
    private SourceSpan Gap => position == 0 ? new SourceSpan(source, Current.Start, 0) : new SourceSpan(source, Previous.End, 0);

    /// <summary>The current token as messages name it, and where they point.</summary>
    private (string Text, SourceSpan Span) Found => At(TokenKind.End)
        ? ("the end of the file", Gap)
        : (DiagnosticBag.Quote(CurrentText), SpanOf(Current));

    private FileSyntax ParseFile()
    {
        int first = position;
        var items = ImmutableArray.CreateBuilder<ItemSyntax>();
        while (!At(TokenKind.End))
        {
            int before = position;
            if (AtItem && AtWord("system") && (header is not null || items.Count > 0))
                ReportMisplaced("the system line is the first line of the main file", "put it, once, before everything else");
            if (ParseItem() is { } item) items.Add(item);
            if (position == before) Next();
        }

        return new FileSyntax(source, header, items.ToImmutable(), SpanFrom(first));
    }

    /// <summary>Sets <see cref="header"/>; returns nothing, since the line is no item.</summary>
    private ItemSyntax? ParseSystem()
    {
        int first = position;
        Next();
        var name = ParseName("for the system");
        string description = ParseOptionalText();
        EndWithSemicolon("after the name of the system");
        header ??= new SystemSyntax(name, description, SpanFrom(first));
        return null;
    }

    private NameSyntax ParseName(string where, string? help = null)
    {
        if (At(TokenKind.Name) && !AtNewConstruct)
        {
            if (!AtAny(Words.Reserved))
            {
                var token = Next();
                return new NameSyntax(TextOf(token).ToString(), SpanOf(token));
            }

            if (!Current.FirstOnLine)
            {
                if (MayReport()) diagnostics.ReportReservedWord(SpanOf(Current), where);
                return new NameSyntax("", SpanOf(Next()));
            }
        }

        ReportExpected("a name", where, help);
        return new NameSyntax("", Gap);
    }

    private ReferenceSyntax ParseReference(string where)
    {
        int first = position;
        var names = ImmutableArray.CreateBuilder<NameSyntax>();
        names.Add(ParseName(where));
        while (Take(TokenKind.Dot)) names.Add(ParseName("after '.'"));
        return new ReferenceSyntax(names.ToImmutable(), SpanFrom(first));
    }

    /// <summary>A reference, or null for <c>nobody</c>.</summary>
    private ReferenceSyntax? ParseReferenceOrNobody(string where) => TakeWord("nobody") ? null : ParseReference(where);

    private string ParseOptionalText() => At(TokenKind.Text) ? (string)Next().Value! : "";
}
