using System.IO.Compression;

namespace Irekae.Checker.Proofs;

/// <summary>The files of a bundle, by path with slashes; on disk a folder, or a zip by its extension.</summary>
public sealed class Bundle
{
    public const string Manifest = "manifest.json";

    private const int MostFiles = 4096;
    private const long MostBytes = 1L << 30;

    public SortedDictionary<string, byte[]> Files { get; } = new(StringComparer.Ordinal);

    /// <summary>The folders that hold a proof each, with a slash at the end; "" is the bundle itself.</summary>
    public IEnumerable<string> Proofs => Files.Keys.Where(f => f == Manifest || f.EndsWith("/" + Manifest, StringComparison.Ordinal)).Select(f => f[..^Manifest.Length]);

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
        void Add(string name, Func<Stream> open)
        {
            if (bundle.Files.Count == MostFiles) throw new InvalidDataException($"a bundle has at most {MostFiles} files");
            using var stream = open();
            var bytes = new MemoryStream();
            byte[] buffer = new byte[1 << 16];
            for (int read; (read = stream.Read(buffer)) > 0; bytes.Write(buffer.AsSpan(0, read)))
                if ((left -= read) < 0) throw new InvalidDataException($"a bundle has at most {MostBytes >> 20} MiB");
            if (!bundle.Files.TryAdd(name, bytes.ToArray())) throw new InvalidDataException($"there are two files {name}");
        }

        if (Directory.Exists(path))
        {
            foreach (string file in Directory.EnumerateFiles(path, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }))
                if (new FileInfo(file).Length > 0) Add(Path.GetRelativePath(path, file).Replace('\\', '/'), () => File.OpenRead(file));
        }
        else
        {
            using var archive = new ZipArchive(File.OpenRead(path), ZipArchiveMode.Read);
            foreach (var entry in archive.Entries.Where(e => !e.FullName.EndsWith('/'))) Add(entry.FullName, entry.Open);
        }

        return bundle.Proofs.Any() ? bundle : throw new InvalidDataException($"there is no {Manifest}");
    }

    public static bool IsZip(string path) => path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase);
}
