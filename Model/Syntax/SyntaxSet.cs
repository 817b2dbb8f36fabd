using System.Collections.Immutable;
using Irekae.Model.Diagnostics;

namespace Irekae.Model.Syntax;

/// <summary>A specification as read: the main file first, then what it imports, each file once; and everything that is wrong with their text.</summary>
public sealed record SyntaxSet(ImmutableArray<FileSyntax> Files, ImmutableArray<Diagnostic> Diagnostics)
{
    /// <summary>False: a file is missing or could not be read, so a name that is not declared may have been declared there.</summary>
    public bool IsComplete => !Diagnostics.Any(diagnostic => diagnostic.Code.Id.StartsWith("IRK5", StringComparison.Ordinal) || diagnostic.Code == Codes.InvalidEncoding);

    public bool HasErrors => Diagnostics.Any(diagnostic => diagnostic.Severity == Severity.Error);
}
