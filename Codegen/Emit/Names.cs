using System.Text;
using Microsoft.CodeAnalysis.CSharp;

namespace Irekae.Codegen.Emit;

/// <summary>
/// C# names for those of a specification, different ones in one scope: <c>driver.old</c> becomes <c>driver_old</c>. They stand in scopes of their own
/// (<c>Actor.driver_old</c>), so that none can be taken for one of the simulator's.
/// </summary>
/// <param name="scope">The C# name of the scope; no member may have it.</param>
internal sealed class Names(string scope)
{
    private readonly HashSet<string> taken = [scope];

    public string Scope => scope;

    /// <summary>A name not given before.</summary>
    public string Member(string name)
    {
        string wanted = Identifier(name), found = wanted;
        for (int k = 2; !taken.Add(found); k++) found = $"{wanted}_{k}";
        return found;
    }

    /// <summary>As <see cref="Member"/>, with the scope before it.</summary>
    public string Of(string name) => $"{scope}.{Member(name)}";

    /// <summary>ASCII letters, digits and <c>_</c>, no keyword, not beginning with a digit.</summary>
    public static string Identifier(string name)
    {
        var text = new StringBuilder();
        foreach (char c in name) text.Append(char.IsAsciiLetterOrDigit(c) ? c : '_');
        if (text.Length == 0 || char.IsAsciiDigit(text[0])) text.Insert(0, '_');
        string identifier = text.ToString();
        bool reserved = SyntaxFacts.GetKeywordKind(identifier) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(identifier) != SyntaxKind.None;
        // Members that every type has, or that a record or structure may get.
        return reserved || identifier is "Equals" or "GetHashCode" or "ToString" or "GetType" or "Finalize" or "MemberwiseClone" or "ReferenceEquals" ? identifier + "_" : identifier;
    }
}
