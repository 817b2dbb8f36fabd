using System.Text;
using Irekae.Model;
using Irekae.Model.Binding;
using Irekae.Model.Syntax;
using Irekae.Model.Text;

namespace Irekae.Checker.Editor;

/// <summary>Another name for a thing, in all files of its specification; refused where it would change what the specification says.</summary>
internal static class Renaming
{
    /// <returns>Edits by full path; or why not.</returns>
    public static (ILookup<string, TextEdit>? Edits, string? Refusal) Of(Spec spec, NameTable.Named thing, string name, IReadOnlyDictionary<string, string> open)
    {
        var token = Lexer.Read(new SourceText("name", name), new Model.Diagnostics.DiagnosticBag());
        if (token is not [{ Kind: TokenKind.Name } only, _] || only.Length != name.Length || name.Length > Limits.NameLength) return (null, $"'{name}' is no name: letters, digits and '_', not beginning with a digit");
        if (Words.Reserved.Contains(name)) return (null, $"'{name}' is a reserved word");
        if (spec.HasErrors) return (null, "the specification has mistakes; correct them first, or a use of the name might be missed");

        var texts = open.ToDictionary();
        foreach (var group in thing.Names.GroupBy(use => use.Span.Source))
        {
            var text = new StringBuilder(group.Key.Content);
            foreach (var use in group.OrderByDescending(use => use.Span.Start)) text.Remove(use.Span.Start, use.Span.Length).Insert(use.Span.Start, name);
            texts[Documents.PathOf(group.Key)] = text.ToString();
        }

        var renamed = Spec.Load(Documents.PathOf(spec.Syntax.Files[0].Source), texts);
        if (renamed.HasErrors) return (null, $"'{name}' cannot be used: {renamed.Diagnostics.First(mistake => mistake.Severity == Model.Diagnostics.Severity.Error).Message}");
        if (!Shape(spec).SequenceEqual(Shape(renamed))) return (null, $"'{name}' already stands for something else here");
        return (thing.Names.ToLookup(use => Documents.PathOf(use.Span.Source), use => new TextEdit(Places.Range(use.Span), name)), null);
    }

    /// <summary>Which names are the same thing, apart from what they are called: by their order in the text.</summary>
    private static IEnumerable<string> Shape(Spec spec)
    {
        var order = new Dictionary<NameSyntax, int>(ReferenceEqualityComparer.Instance);
        var files = spec.Syntax.Files.Select(file => file.Source).ToList();
        foreach (var name in spec.Names.Things.SelectMany(thing => thing.Names).OrderBy(name => files.IndexOf(name.Span.Source)).ThenBy(name => name.Span.Start)) order[name] = order.Count;
        return spec.Names.Things.Select(thing => string.Join(' ', thing.Names.Select(name => order[name]).Order())).Order(StringComparer.Ordinal);
    }
}
