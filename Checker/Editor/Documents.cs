using Irekae.Model;
using Irekae.Model.Diagnostics;
using Irekae.Model.Syntax;
using Irekae.Model.Text;

namespace Irekae.Checker.Editor;

/// <summary>
/// The texts that are open in the editor, and the specifications they belong to. A text with a <c>system</c> line is the main file of one; others belong to
/// the open ones that import them. A specification is read again only when one of its files has changed.
/// </summary>
internal sealed class Documents
{
    /// <summary>Open texts by full path, and the names by which the editor knows files, or has known them.</summary>
    private readonly Dictionary<string, string> texts = [], uris = [];

    private readonly Dictionary<string, Spec> specs = [];

    public IEnumerable<string> Open => texts.Keys;

    public IReadOnlyDictionary<string, string> Texts => texts;

    /// <returns>The full path.</returns>
    public string Set(string uri, string text)
    {
        string path = PathOf(uri);
        uris[path] = uri;
        texts[path] = text;
        Forget(path);
        return path;
    }

    public void Close(string uri)
    {
        string path = PathOf(uri);
        texts.Remove(path);
        Forget(path);
    }

    /// <summary>Read with the file as its main file.</summary>
    public Spec Alone(string path)
    {
        if (!specs.TryGetValue(path, out var spec)) specs[path] = spec = Spec.Load(path, texts);
        return spec;
    }

    /// <summary>None of its files has changed since it was read.</summary>
    public bool Stands(Spec spec) => specs.ContainsValue(spec);

    public bool IsMain(string path) => Alone(path).Syntax.Files is [{ Header: not null }, ..];

    /// <summary>The specification that says what a file means: its own, or one that is open and imports it; null: there is none.</summary>
    public Spec? Of(string path)
    {
        if (IsMain(path)) return Alone(path);
        return Open.Where(other => other != path && IsMain(other)).Order(StringComparer.Ordinal).Select(Alone).FirstOrDefault(spec => FileIn(spec, path) is not null);
    }

    public static FileSyntax? FileIn(Spec spec, string path) => spec.Syntax.Files.FirstOrDefault(file => PathOf(file.Source) == path);

    /// <summary>What is wrong with the text of an open file and, if it is a main file, with all files it imports; by full path.</summary>
    public ILookup<string, Model.Diagnostics.Diagnostic> Mistakes(string path)
    {
        var spec = Alone(path);
        if (IsMain(path)) return spec.Diagnostics.ToLookup(diagnostic => PathOf(diagnostic.Span.Source));
        // Names may be declared by who imports it.
        var found = Of(path) is null ? spec.Syntax.Diagnostics.Where(diagnostic => diagnostic.Code != Codes.SystemMissing) : [];
        return found.Where(diagnostic => PathOf(diagnostic.Span.Source) == path).ToLookup(diagnostic => path);
    }

    public string Uri(string path) => uris.GetValueOrDefault(path) ?? new Uri(path).AbsoluteUri;

    /// <summary>Of what is no file yet, a path that no file has.</summary>
    public static string PathOf(string uri)
    {
        if (!System.Uri.TryCreate(uri, UriKind.Absolute, out var parsed)) return Path.GetFullPath(uri);
        return parsed.IsFile ? Path.GetFullPath(parsed.LocalPath) : Path.Combine(Path.GetTempPath(), ".unsaved", parsed.Scheme, System.Uri.EscapeDataString(uri));
    }

    public static string PathOf(SourceText source) => Path.GetFullPath(source.Path);

    private void Forget(string changed)
    {
        foreach (var (path, spec) in specs.ToList())
            if (path == changed || !spec.Syntax.IsComplete || FileIn(spec, changed) is not null) specs.Remove(path);
    }
}
