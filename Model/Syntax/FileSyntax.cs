using System.Collections.Immutable;
using Irekae.Model.Text;

namespace Irekae.Model.Syntax;

/// <summary>
/// A piece of the tree of a specification file, as docs/grammar.md names it. Trees are immutable and always complete: what could not be read
/// is left out, or is a name with <see cref="NameSyntax.IsMissing"/>, an <see cref="ExpressionSyntax.Missing"/> or a
/// <see cref="TypeSyntax.Missing"/>; a diagnostic has been reported for each, so nobody need report a second one.
/// Nodes that hold arrays do not compare by content; compare what <see cref="SyntaxPrinter"/> prints.
/// </summary>
public abstract record SyntaxNode(SourceSpan Span);

/// <summary>One file: its <c>system</c> line if it has one, and its items in the order written.</summary>
public sealed record FileSyntax(SourceText Source, SystemSyntax? Header, ImmutableArray<ItemSyntax> Items, SourceSpan Span) : SyntaxNode(Span);

/// <summary><c>system NAME "description";</c></summary>
public sealed record SystemSyntax(NameSyntax Name, string Description, SourceSpan Span) : SyntaxNode(Span);

/// <param name="Text">Empty where a name should have been and was not.</param>
public sealed record NameSyntax(string Text, SourceSpan Span) : SyntaxNode(Span)
{
    public bool IsMissing => Text.Length == 0;
}

/// <summary><c>driver.old.kept</c>: one or more names.</summary>
public sealed record ReferenceSyntax(ImmutableArray<NameSyntax> Names, SourceSpan Span) : SyntaxNode(Span)
{
    public bool IsMissing => Names.Any(name => name.IsMissing);

    public string Text => string.Join('.', Names.Select(name => name.Text));
}

/// <summary><c>low</c>, <c>low .. high</c> or <c>low .. forever</c>.</summary>
/// <param name="High">Null: the interval is the point <c>Low</c>, or has no end when <c>Forever</c>.</param>
public sealed record IntervalSyntax(ExpressionSyntax Low, ExpressionSyntax? High, bool Forever, SourceSpan Span) : SyntaxNode(Span);

/// <summary><c>from "text"</c> or <c>from paper("Table 1", minix3.create)</c>: where a number comes from.</summary>
/// <param name="Kind">Null for the plain text, which is then the one argument.</param>
public sealed record OriginSyntax(NameSyntax? Kind, ImmutableArray<OriginArgumentSyntax> Arguments, SourceSpan Span) : SyntaxNode(Span);

/// <param name="Text">The text between the quotes, or the dotted name.</param>
public sealed record OriginArgumentSyntax(string Text, bool Quoted, SourceSpan Span) : SyntaxNode(Span);
