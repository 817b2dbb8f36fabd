using System.Collections.Immutable;

namespace Irekae.Tests.Mutation;

/// <summary>One place of the semantics, written wrongly.</summary>
/// <param name="File">In <c>Model/Semantics</c>.</param>
/// <param name="Text">Stands there exactly once; what is between « and » is replaced: an expression, or a statement with its semicolon.</param>
/// <param name="Faulty">What stands there instead. Nothing: a statement that is left out.</param>
internal sealed record Edit(string File, string Text, string Faulty);

/// <summary>A deliberate fault of the semantics. It is number n of <see cref="Mutants.All"/>, from 1; number 0 is the semantics itself.</summary>
internal sealed record Mutant(string Name, ImmutableArray<Edit> Edits)
{
    public Mutant(string name, string file, string text, string faulty)
        : this(name, [new Edit(file, text, faulty)])
    {
    }
}
