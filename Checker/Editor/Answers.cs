using System.Text;
using Irekae.Model;
using Irekae.Model.Binding;
using Irekae.Model.Diagnostics;
using Irekae.Model.Formatting;
using Irekae.Model.Syntax;
using Irekae.Model.Text;

namespace Irekae.Checker.Editor;

/// <summary>What is known of the open texts, as the editor asks for it. Of a document that is not open nothing is known.</summary>
internal sealed class Answers
{
    /// <summary>The command of the lenses. Arguments: the document, and names of properties; none: all and the checks.</summary>
    public const string Verify = "irekae.verify";

    /// <summary>Lines of a declaration that a hover shows.</summary>
    private const int MostLines = 8;

    private readonly Verdicts verdicts = new();

    public Documents Documents { get; } = new();

    /// <summary>Some text has changed.</summary>
    public void Changed() => verdicts.EndOutdated(Documents.Stands);

    /// <summary>Of all open files and what they import, by full path; none for files without mistakes.</summary>
    public Dictionary<string, Diagnostic[]> Mistakes() => Documents.Open.SelectMany(path => Documents.Mistakes(path))
        .GroupBy(group => group.Key, group => group.AsEnumerable())
        .ToDictionary(group => group.Key, group => group.SelectMany(mistakes => mistakes).Select(Shown).Distinct().ToArray());

    public Hover? Hover(string uri, Position position)
    {
        if (Find(uri, position) is not var (spec, name, thing)) return null;
        var text = new StringBuilder($"**{name.Text}** is {thing.Words}");
        if (thing.Meaning.Length > 0) text.Append($": {thing.Meaning}");
        text.Append('\n');
        foreach (var declared in thing.Declared.Take(1)) text.Append($"\n```irk\n{Declaration(spec, declared)}\n```\n");
        foreach (var property in spec.System is { } system ? system.Properties.Where(property => thing.Names.Exists(named => IsIn(named, property.Span))) : [])
            text.Append($"\n{property.Name}: {verdicts.Of(spec, property.Name) ?? "not verified yet"}\n");
        return new Hover(new MarkupContent("markdown", text.ToString()), Places.Range(name.Span));
    }

    public Location[] Definition(string uri, Position position)
    {
        if (Find(uri, position) is var (_, _, thing)) return [.. thing.Declared.Select(LocationOf)];
        string path = Documents.PathOf(uri);
        if (Documents.Of(path) is not { } spec || Documents.FileIn(spec, path) is not { } file) return [];
        int offset = Places.Offset(file.Source, position);
        var import = file.Items.OfType<ItemSyntax.Import>().FirstOrDefault(item => item.PathSpan.Start <= offset && offset <= item.PathSpan.End);
        if (import is null) return [];
        string beside = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, import.Path));
        var imported = Documents.FileIn(spec, beside) ?? spec.Syntax.Files.FirstOrDefault(other => Documents.PathOf(other.Source).EndsWith("/" + import.Path, StringComparison.Ordinal));
        return imported is null ? [] : [new Location(Documents.Uri(Documents.PathOf(imported.Source)), Places.Range(new SourceSpan(imported.Source, 0, 0)))];
    }

    public Location[] References(string uri, Position position, bool declarations) => Find(uri, position) is var (_, _, thing)
        ? [.. thing.Names.Where(name => declarations || !thing.Declared.Contains(name, ReferenceEqualityComparer.Instance)).Select(LocationOf).OrderBy(place => place.Uri, StringComparer.Ordinal).ThenBy(place => place.Range.Start.Line).ThenBy(place => place.Range.Start.Character)]
        : [];

    public Range? NameAt(string uri, Position position) => Find(uri, position) is var (_, name, _) ? Places.Range(name.Span) : null;

    public (WorkspaceEdit? Edit, string? Refusal) Rename(string uri, Position position, string newName)
    {
        if (Find(uri, position) is not var (spec, _, thing)) return (null, "there is no name that could be changed");
        var (edits, refusal) = Renaming.Of(spec, thing, newName, Documents.Texts);
        return (edits is null ? null : new WorkspaceEdit(edits.ToDictionary(group => Documents.Uri(group.Key), group => group.ToArray())), refusal);
    }

    public CompletionItem[] Completion(string uri, Position position)
    {
        string path = Documents.PathOf(uri);
        if (!Documents.Texts.TryGetValue(path, out string? text)) return [];
        var source = new SourceText(path, text);
        return [.. Completions.At(Documents.Of(path) ?? Documents.Alone(path), source, Places.Offset(source, position))];
    }

    public TextEdit[] Format(string uri)
    {
        if (!Documents.Texts.TryGetValue(Documents.PathOf(uri), out string? text)) return [];
        var source = new SourceText("document", text);
        return Formatter.Format(source, new DiagnosticBag()) is { } formatted && formatted != text ? [new TextEdit(Places.Whole(source), formatted)] : [];
    }

    public DocumentSymbol[] Symbols(string uri)
    {
        string path = Documents.PathOf(uri);
        return Documents.FileIn(Documents.Alone(path), path) is { } file ? [.. file.Items.Select(Symbol).OfType<DocumentSymbol>()] : [];
    }

    /// <summary>On the <c>system</c> line all properties and the checks, on each property its own verdict.</summary>
    public CodeLens[] Lenses(string uri)
    {
        string path = Documents.PathOf(uri);
        if (!Documents.IsMain(path) || Documents.Alone(path) is not { System: { } system } spec) return [];
        var file = spec.Syntax.Files[0];
        CodeLens Lens(SourceSpan span, string title, params string[] properties) => new(Places.Range(span), new LensCommand(title, Verify, [uri, .. properties]));
        return
        [
            Lens(file.Header!.Name.Span, "verify all"),
            .. system.Properties.Where(property => property.Span.Source == file.Source).Select(property => Lens(property.Span, verdicts.Of(spec, property.Name) ?? "verify", property.Name)),
        ];
    }

    /// <summary>What answers properties of a document as it stands now, to be called; null: it has mistakes, or none of these.</summary>
    public Func<CancellationToken, string[]>? Ask(string uri, string[] properties)
    {
        string path = Documents.PathOf(uri);
        if (!Documents.IsMain(path) || Documents.Alone(path) is not { System: { } system } spec) return null;
        var names = system.Properties.Select(property => property.Name).Where(name => properties.Length == 0 || properties.Contains(name)).ToList();
        if (names.Count == 0) return null;
        var verifying = verdicts.Verifying(spec, [.. names]);
        return cancel =>
        {
            verifying(cancel);
            return [.. names.Select(name => $"{name}: {verdicts.Of(spec, name)}")];
        };
    }

    private (Spec Spec, NameSyntax Name, NameTable.Named Thing)? Find(string uri, Position position)
    {
        string path = Documents.PathOf(uri);
        if (Documents.Of(path) is not { } spec || Documents.FileIn(spec, path) is not { } file) return null;
        return Places.NameAt(spec, path, Places.Offset(file.Source, position)) is var (name, thing) ? (spec, name, thing) : null;
    }

    /// <summary>The lines of the item that declares a name, or of what it declares inside one.</summary>
    private static string Declaration(Spec spec, NameSyntax declared)
    {
        var source = declared.Span.Source;
        int line = declared.Span.Line, last = line;
        var item = spec.Syntax.Files.SelectMany(file => file.Items).FirstOrDefault(item => IsIn(declared, item.Span));
        if (item is not null and not ItemSyntax.Actor && item.Span.Line == line) last = Math.Min(source.Position(item.Span.End).Line, line + MostLines - 1);
        return string.Join('\n', Enumerable.Range(line, last - line + 1).Select(source.Line)).Trim();
    }

    private static bool IsIn(NameSyntax name, SourceSpan span) => name.Span.Source == span.Source && span.Start <= name.Span.Start && name.Span.End <= span.End;

    private Location LocationOf(NameSyntax name) => new(Documents.Uri(Documents.PathOf(name.Span.Source)), Places.Range(name.Span));

    private static Diagnostic Shown(Model.Diagnostics.Diagnostic diagnostic) => new(
        Places.Range(diagnostic.Span),
        diagnostic.Severity == Severity.Error ? 1 : 2,
        diagnostic.Code.Id,
        "irekae",
        diagnostic.Help is { Length: > 0 } help ? $"{diagnostic.Message}\n{help}" : diagnostic.Message);

    /// <summary>Kinds are the protocol's: 5 class, 6 method, 10 enumeration, 11 interface, 13 variable, 14 constant, 24 event.</summary>
    private static DocumentSymbol? Symbol(ItemSyntax item)
    {
        (NameSyntax Name, string Detail, int Kind)? shown = item switch
        {
            ItemSyntax.Duration i => (i.Name, "duration", 14),
            ItemSyntax.Constant i => (i.Name, "const", 14),
            ItemSyntax.Parameter i => (i.Name, "parameter", 13),
            ItemSyntax.Token i => (i.Name, "token", 10),
            ItemSyntax.Shared i => (i.Name, "shared", 13),
            ItemSyntax.Mutex i => (i.Name, "mutex", 13),
            ItemSyntax.Endpoint i => (i.Name, "endpoint", 11),
            ItemSyntax.Actor i => (i.Name, i.Kind.ToString().ToLowerInvariant(), 5),
            ItemSyntax.Fault i => (i.Name, "fault", 24),
            ItemSyntax.Variant i => (i.Name, "variant", 5),
            ItemSyntax.Experiment i => (i.Name, "experiment", 6),
            ItemSyntax.Property i => (i.Name, "property", 6),
            _ => null,
        };
        return shown is var (name, detail, kind) && !name.IsMissing ? new DocumentSymbol(name.Text, detail, kind, Places.Range(item.Span), Places.Range(name.Span)) : null;
    }
}
