using System.Collections.Immutable;

namespace Irekae.Model.Syntax;

/// <summary>A tree together with the text it was read from, piece by piece.</summary>
/// <param name="Prefixes">Where prefix operators begin.</param>
/// <param name="Calls">Where the parentheses begin that belong to the name before them: of messages, handlers, questions and sources.</param>
internal sealed record ParsedText(
    FileSyntax File,
    ImmutableArray<Token> Tokens,
    ImmutableArray<Comment> Comments,
    IReadOnlySet<int> Prefixes,
    IReadOnlySet<int> Calls);
