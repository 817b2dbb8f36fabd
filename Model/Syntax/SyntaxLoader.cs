using System.Collections.Immutable;
using System.Text;
using Irekae.Model.Diagnostics;
using Irekae.Model.Text;

namespace Irekae.Model.Syntax;

/// <summary>
/// From a path to the trees of a specification: the main file and everything it imports, each file once.
/// <para>
/// Imports stay inside the <em>root</em>: the nearest folder named <c>specs</c> above the main file, or else the folder of the main file. An import
/// is looked for beside the file that imports it, then under the root. Absolute paths, and paths and links that leave the root, are errors.
/// </para>
/// </summary>
public sealed class SyntaxLoader
{
    private readonly SpecFolder folder;
    private readonly string root;
    private readonly DiagnosticBag diagnostics = new();
    private readonly ImmutableArray<FileSyntax>.Builder files = ImmutableArray.CreateBuilder<FileSyntax>();

    /// <summary>Real paths of files that have been read, or could not be.</summary>
    private readonly HashSet<string> seen = [];

    /// <summary>The files from the main one to the one whose imports are being read: real path, and path as shown.</summary>
    private readonly List<(string Real, string Shown)> open = [];
    private long totalSize;

    private SyntaxLoader(SpecFolder folder, string mainPath)
    {
        this.folder = folder;
        root = RootOf(mainPath);
    }

    /// <summary>Reads the file and its imports. Never throws for what the files may be, or for their absence.</summary>
    public static SyntaxSet Load(string path) => Load(path, new SpecFolder.Disk());

    /// <summary>The same, where texts take the place of files.</summary>
    /// <param name="edited">Texts by full path.</param>
    public static SyntaxSet Load(string path, IReadOnlyDictionary<string, string> edited) => Load(path, new SpecFolder.Edited(edited));

    /// <summary>The same without the disk.</summary>
    /// <param name="path">Names the text.</param>
    /// <param name="imports">What can be imported: full paths (as <see cref="Path.GetFullPath(string)"/> gives them) or paths like <paramref name="path"/>, with their texts.</param>
    public static SyntaxSet LoadText(string path, string text, IReadOnlyDictionary<string, string>? imports = null)
    {
        var texts = (imports ?? ImmutableDictionary<string, string>.Empty).Append(new(path, text));
        return Load(path, new SpecFolder.Memory(texts.ToDictionary(pair => Path.GetFullPath(pair.Key), pair => pair.Value)));
    }

    /// <summary>The text of one file, without what it imports; null with diagnostics when there is none. Never throws for what the file may be.</summary>
    public static (SourceText? Source, ImmutableArray<Diagnostic> Diagnostics) ReadAlone(string path)
    {
        var whole = new SourceSpan(new SourceText(path, ""), 0, 0);
        var loader = new SyntaxLoader(new SpecFolder.Disk(), Environment.CurrentDirectory);
        SourceText? source = null;
        if (loader.folder.Exists(path)) source = loader.ReadText(path, path, whole);
        else loader.diagnostics.ReportFileNotFound(whole, path, [], null);
        return (source, loader.diagnostics.ToImmutable());
    }

    /// <summary>The same from a stream, to its end.</summary>
    /// <param name="name">Stands for the path.</param>
    public static (SourceText? Source, ImmutableArray<Diagnostic> Diagnostics) ReadAlone(string name, Stream stream)
    {
        byte[] bytes = new byte[Limits.FileSize + 1];
        int length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        var loader = new SyntaxLoader(new SpecFolder.Disk(), Environment.CurrentDirectory);
        return (loader.Decode(bytes[..length], name, new SourceSpan(new SourceText(name, ""), 0, 0)), loader.diagnostics.ToImmutable());
    }

    private static SyntaxSet Load(string path, SpecFolder folder)
    {
        var whole = new SourceSpan(new SourceText(path, ""), 0, 0);
        string fullPath;
        try
        {
            fullPath = Path.GetFullPath(path);
        }
        catch (Exception exception) when (exception is ArgumentException or IOException or NotSupportedException)
        {
            var bag = new DiagnosticBag();
            bag.ReportFileUnreadable(whole, path, "this is no path");
            return new SyntaxSet([], bag.ToImmutable());
        }

        var loader = new SyntaxLoader(folder, fullPath);
        if (folder.Exists(fullPath)) loader.ReadFile(fullPath, path, whole);
        else loader.diagnostics.ReportFileNotFound(whole, path, [], loader.Closest(fullPath, path));
        return new SyntaxSet(loader.files.ToImmutable(), loader.diagnostics.ToImmutable());
    }

    private static string RootOf(string mainPath)
    {
        string own = Path.GetDirectoryName(mainPath) ?? mainPath;
        for (string? parent = own; parent is not null; parent = Path.GetDirectoryName(parent))
            if (Path.GetFileName(parent) == "specs") return parent;
        return own;
    }

    /// <param name="asked">Where a problem with the file as a whole is reported: its import, or nowhere in particular.</param>
    private void ReadFile(string fullPath, string shown, SourceSpan asked)
    {
        bool isMain = open.Count == 0;
        string real;
        try
        {
            real = folder.Real(fullPath);
            string realRoot = folder.Real(root);
            if (!isMain && !IsInside(real, realRoot))
            {
                diagnostics.ReportImportOutsideRoot(asked, shown, "is a link to a file outside the folder of the specification");
                return;
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            diagnostics.ReportFileUnreadable(asked, shown, "its path cannot be followed");
            return;
        }

        int cycle = open.FindIndex(file => file.Real == real);
        if (cycle >= 0) diagnostics.ReportImportCycle(asked, [.. open.Skip(cycle).Select(file => file.Shown), open[cycle].Shown]);
        if (!seen.Add(real)) return;
        if (seen.Count > Limits.Files)
        {
            diagnostics.ReportTooManyFiles(asked);
            return;
        }

        var source = ReadText(fullPath, shown, asked);
        if (source is null) return;
        int before = diagnostics.Count;
        var file = Parser.Parse(source, diagnostics);
        files.Add(file);
        CheckHeader(file, isMain, diagnostics.Count == before);

        open.Add((real, shown));
        foreach (var import in file.Items.OfType<ItemSyntax.Import>()) ReadImport(import, fullPath);
        open.RemoveAt(open.Count - 1);
    }

    private SourceText? ReadText(string fullPath, string shown, SourceSpan asked)
    {
        byte[] bytes;
        try
        {
            bytes = folder.Read(fullPath, Limits.FileSize + 1);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            diagnostics.ReportFileUnreadable(asked, shown, exception is UnauthorizedAccessException ? "no permission, or no file" : "reading failed");
            return null;
        }

        return Decode(bytes, shown, asked);
    }

    private SourceText? Decode(byte[] bytes, string shown, SourceSpan asked)
    {
        if (bytes.Length > Limits.FileSize)
        {
            diagnostics.ReportFileTooLarge(asked, shown);
            return null;
        }

        totalSize += bytes.Length;
        if (totalSize > Limits.TotalSize)
        {
            diagnostics.ReportTooManyFiles(asked);
            return null;
        }

        var content = bytes.AsSpan();
        if (content.StartsWith(Encoding.UTF8.Preamble)) content = content[Encoding.UTF8.Preamble.Length..];
        var text = new SourceText(shown, Encoding.UTF8.GetString(content));
        if (System.Text.Unicode.Utf8.IsValid(content)) return text;
        int wrong = FirstInvalid(content);
        int place = Encoding.UTF8.GetCharCount(content[..wrong]);
        diagnostics.ReportInvalidEncoding(new SourceSpan(text, place, 1), wrong);
        return null;
    }

    private static int FirstInvalid(ReadOnlySpan<byte> content)
    {
        int offset = 0;
        while (Rune.DecodeFromUtf8(content[offset..], out _, out int length) == System.Buffers.OperationStatus.Done) offset += length;
        return offset;
    }

    private void CheckHeader(FileSyntax file, bool isMain, bool isClean)
    {
        if (!isMain && file.Header is { } header) diagnostics.ReportSystemInImport(header.Span);
        if (isMain && file.Header is null && (isClean || file.Items.Length > 0))
        {
            int start = file.Items.Length > 0 ? file.Items[0].Span.Start : file.Span.Start;
            bool isExplained = diagnostics.ToImmutable().Any(diagnostic => diagnostic.Span.Start <= start);
            if (!isExplained) diagnostics.ReportSystemMissing(new SourceSpan(file.Source, start, 0));
        }
    }

    private void ReadImport(ItemSyntax.Import import, string importingFile)
    {
        string path = import.Path;
        if (path.Any(character => char.IsControl(character) || char.IsSurrogate(character))) return;
        if (path.Length == 0 || path.Contains('\\'))
        {
            diagnostics.ReportFileNotFound(import.PathSpan, path.Length == 0 ? "\"\"" : path, [], path.Length == 0 ? null : path.Replace('\\', '/'));
            return;
        }

        if (Path.IsPathRooted(path) || (path.Length > 1 && path[1] == ':'))
        {
            diagnostics.ReportImportOutsideRoot(import.PathSpan, path, "is an absolute path");
            return;
        }

        List<string> candidates =
        [
            .. new[] { Path.GetDirectoryName(importingFile)!, root }
                .Select(place => Path.GetFullPath(Path.Combine(place, path)))
                .Where(candidate => IsInside(candidate, root))
                .Distinct(),
        ];
        if (candidates.Count == 0)
        {
            diagnostics.ReportImportOutsideRoot(import.PathSpan, path, "leaves the folder of the specification");
            return;
        }

        if (candidates.Find(folder.Exists) is { } found) ReadFile(found, Shown(found), import.PathSpan);
        else
        {
            string? meant = candidates.Select(candidate => Closest(candidate, path)).FirstOrDefault(name => name is not null);
            diagnostics.ReportFileNotFound(import.PathSpan, path, [.. candidates.Select(Shown)], meant);
        }
    }

    /// <summary>The path with its last name replaced by a close one that there is in its folder, or null.</summary>
    private string? Closest(string fullPath, string path)
    {
        string place = Path.GetDirectoryName(fullPath) ?? "";
        string name = Path.GetFileName(fullPath);
        return Suggestion.Closest(name, folder.Names(place).Order(StringComparer.Ordinal)) is { } close && path.EndsWith(name, StringComparison.Ordinal)
            ? path[..^name.Length] + close
            : null;
    }

    private static bool IsInside(string path, string place) =>
        path.StartsWith(Path.EndsInDirectorySeparator(place) ? place : place + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    /// <summary>As a user in the current folder would write it.</summary>
    private static string Shown(string fullPath) => Path.GetRelativePath(Environment.CurrentDirectory, fullPath).Replace('\\', '/');
}
