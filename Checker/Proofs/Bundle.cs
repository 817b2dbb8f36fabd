using System.IO.Compression;
using System.Text;

namespace Irekae.Checker.Proofs;

/// <summary>The files of a bundle, by path with slashes; on disk a folder, or a zip by its extension.</summary>
public sealed class Bundle
{
    public const string Manifest = "manifest.json";

    /// <summary>As <c>sha256sum</c> writes and checks it: a line for each other file, by name.</summary>
    public const string Hashes = "SHA256SUMS";

    private const int LargestFile = 256 << 20;

    private const int MostFiles = 4096;
    private const long MostBytes = 1L << 30;

    public SortedDictionary<string, byte[]> Files { get; } = new(StringComparer.Ordinal);

    /// <summary>What lies in the folder and was not read: what coqc and Python leave behind, empty files, links.</summary>
    public SortedSet<string> PassedOver { get; } = new(StringComparer.Ordinal);

    /// <summary>
    /// The SHA-256 of <see cref="Hashes"/>, in 64 hexadecimal digits: it names every other file and every bit of it. Null: that file is missing. A bundle of several
    /// proofs has one of its own, and so has each of them.
    /// </summary>
    public string? Digest => Files.TryGetValue(Hashes, out byte[]? sums) ? Certificate.Hash(sums) : null;

    /// <summary>The folders that hold a proof each, with a slash at the end; "" is the bundle itself.</summary>
    public IEnumerable<string> Proofs => Files.Keys.Where(f => f == Manifest || f.EndsWith("/" + Manifest, StringComparison.Ordinal)).Select(f => f[..^Manifest.Length]);

    public byte[] HashesOfFiles() => Encoding.UTF8.GetBytes(string.Concat(Files.Where(f => f.Key != Hashes).Select(f => $"{Certificate.Hash(f.Value)}  {f.Key}\n")));

    /// <summary>How the files differ from what <see cref="Hashes"/> says; null: they do not.</summary>
    public string? Changed()
    {
        if (!Files.TryGetValue(Hashes, out byte[]? sums)) return $"{Hashes} is missing";
        if (HashesOfFiles().AsSpan().SequenceEqual(sums)) return null;
        var listed = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string line in Encoding.UTF8.GetString(sums).Split('\n'))
            if (line.IndexOf("  ", StringComparison.Ordinal) is >= 0 and var gap) listed[line[(gap + 2)..]] = line[..gap];
        foreach (var (name, hash) in listed)
        {
            if (!Files.TryGetValue(name, out byte[]? bytes)) return $"{name} is missing";
            if (Certificate.Hash(bytes) != hash) return $"{name} was changed";
        }

        return Files.Keys.FirstOrDefault(f => f != Hashes && !listed.ContainsKey(f)) is { } extra ? $"{extra} is not listed" : $"{Hashes} is not in its one form";
    }

    public Bundle Part(string folder)
    {
        var part = new Bundle();
        foreach (var (name, bytes) in Files)
            if (name.StartsWith(folder, StringComparison.Ordinal)) part.Files.Add(name[folder.Length..], bytes);
        return part;
    }

    public void Add(Bundle part, string folder)
    {
        foreach (var (name, bytes) in part.Files) Files.Add(folder + name, bytes);
    }

    public void Save(string path)
    {
        if (!IsZip(path))
        {
            foreach (var (name, bytes) in Files)
            {
                string file = Path.Combine(path, name);
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                File.WriteAllBytes(file, bytes);
            }

            return;
        }

        using var archive = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach (var (name, bytes) in Files)
        {
            var entry = archive.CreateEntry(name);
            entry.LastWriteTime = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
            using var stream = entry.Open();
            stream.Write(bytes);
        }
    }

    /// <exception cref="InvalidDataException">No bundle, or one too large to look at.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static Bundle Load(string path)
    {
        var bundle = new Bundle();
        long left = MostBytes;
        void Add(string name, long length, Func<Stream> open)
        {
            if (IsLeftBehind(name))
            {
                bundle.PassedOver.Add(name);
                return;
            }

            if (bundle.Files.Count == MostFiles) throw new InvalidDataException($"a bundle has at most {MostFiles} files");
            if (length > LargestFile) throw new InvalidDataException($"{name} is larger than {LargestFile >> 20} MiB");
            if ((left -= length) < 0) throw new InvalidDataException($"a bundle has at most {MostBytes >> 20} MiB");
            using var stream = open();
            byte[] bytes = new byte[length];
            if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length || stream.ReadByte() >= 0) throw new InvalidDataException($"{name} is not as long as it says");
            if (!bundle.Files.TryAdd(name, bytes)) throw new InvalidDataException($"there are two files {name}");
        }

        if (Directory.Exists(path))
        {
            foreach (var entry in Within(path))
            {
                string name = Path.GetRelativePath(path, entry.FullName).Replace('\\', '/');
                if (entry is FileInfo { LinkTarget: null, Length: > 0 and var length }) Add(name, length, () => File.OpenRead(entry.FullName));
                else bundle.PassedOver.Add(name);
            }
        }
        else
        {
            using var archive = new ZipArchive(File.OpenRead(path), ZipArchiveMode.Read);
            foreach (var entry in archive.Entries)
            {
                if (!entry.FullName.EndsWith('/')) Add(entry.FullName, entry.Length, entry.Open);
                else if (entry.Length > 0) bundle.PassedOver.Add(entry.FullName);
            }
        }

        return bundle.Proofs.Any() ? bundle : throw new InvalidDataException($"there is no {Manifest}");
    }

    /// <summary>Everything but folders; links are not followed.</summary>
    private static IEnumerable<FileSystemInfo> Within(string path)
    {
        var folders = new Stack<DirectoryInfo>([new DirectoryInfo(path)]);
        while (folders.TryPop(out var folder))
        {
            foreach (var entry in folder.EnumerateFileSystemInfos("*", new EnumerationOptions { AttributesToSkip = 0 }))
            {
                if (entry is DirectoryInfo { LinkTarget: null } inner) folders.Push(inner);
                else yield return entry;
            }
        }
    }

    /// <summary>What coqc and Python leave where a bundle is checked.</summary>
    private static bool IsLeftBehind(string name) =>
        Path.GetExtension(name) is ".vo" or ".vok" or ".vos" or ".glob" or ".aux" || name.StartsWith("__pycache__/", StringComparison.Ordinal) || name.Contains("/__pycache__/", StringComparison.Ordinal);

    public static bool IsZip(string path) => path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase);
}
