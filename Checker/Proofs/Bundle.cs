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

    /// <summary>The folders that hold a proof each, with a slash at the end; "" is the bundle itself.</summary>
    public IEnumerable<string> Proofs => Files.Keys.Where(f => f == Manifest || f.EndsWith("/" + Manifest, StringComparison.Ordinal)).Select(f => f[..^Manifest.Length]);

    public byte[] HashesOfFiles() => Encoding.UTF8.GetBytes(string.Concat(Files.Where(f => f.Key != Hashes).Select(f => $"{Certificate.Hash(f.Value)}  {f.Key}\n")));

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
            if (IsLeftBehind(name)) return;
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
            foreach (string file in Directory.EnumerateFiles(path, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }))
                if (new FileInfo(file).Length is > 0 and var length) Add(Path.GetRelativePath(path, file).Replace('\\', '/'), length, () => File.OpenRead(file));
        }
        else
        {
            using var archive = new ZipArchive(File.OpenRead(path), ZipArchiveMode.Read);
            foreach (var entry in archive.Entries.Where(e => !e.FullName.EndsWith('/'))) Add(entry.FullName, entry.Length, entry.Open);
        }

        return bundle.Proofs.Any() ? bundle : throw new InvalidDataException($"there is no {Manifest}");
    }

    /// <summary>What coqc and Python leave where a bundle is checked.</summary>
    private static bool IsLeftBehind(string name) =>
        Path.GetExtension(name) is ".vo" or ".vok" or ".vos" or ".glob" or ".aux" || name.StartsWith("__pycache__/", StringComparison.Ordinal) || name.Contains("/__pycache__/", StringComparison.Ordinal);

    public static bool IsZip(string path) => path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase);
}
