using System.Collections.Immutable;
using Irekae.Model.Diagnostics;

namespace Irekae.Model.Syntax;

/// <summary>A specification as read: the main file first, then what it imports, each file once; and everything that is wrong with their text.</summary>
public sealed record SyntaxSet(ImmutableArray<FileSyntax> Files, ImmutableArray<Diagnostic> Diagnostics)
{
    public bool HasErrors => Diagnostics.Any(diagnostic => diagnostic.Severity == Severity.Error);
}
