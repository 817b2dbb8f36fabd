using System.Text;

namespace Irekae.Model.Syntax;

/// <summary>Where specification files are. All paths are full paths.</summary>
internal abstract class SpecFolder
{
    /// <summary>Files listed for a suggestion.</summary>
    private const int MostNames = 1000;

    /// <summary>Whether there is something of this name, be it a file or a folder.</summary>
    public abstract bool Exists(string path);

    /// <summary>The path without links, for a path that exists.</summary>
    /// <exception cref="IOException">Links lead in a circle, or nowhere.</exception>
    public abstract string Real(string path);

    /// <summary>At most <paramref name="most"/> bytes of a file.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be read, or is a folder.</exception>
    public abstract byte[] Read(string path, int most);

    /// <summary>Names of files in a folder; none when there is no such folder.</summary>
    public abstract IEnumerable<string> Names(string folder);

    public sealed class Disk : SpecFolder
    {
        private const int MostLinks = 40;

        public override bool Exists(string path) => File.Exists(path) || Directory.Exists(path);

        public override string Real(string path) => Real(path, MostLinks);

        private static string Real(string path, int links)
        {
            string real = Path.GetPathRoot(path) ?? "";
            foreach (string name in path[real.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
            {
                real = Path.Combine(real, name);
                FileSystemInfo info = Directory.Exists(real) ? new DirectoryInfo(real) : new FileInfo(real);
                if (info.LinkTarget is null) continue;
                if (links == 0) throw new IOException("too many links");
                string place = Path.GetDirectoryName(real) ?? real;
                real = Real(Path.GetFullPath(Path.Combine(place, info.LinkTarget)), links - 1);
            }

            return real;
        }

        /// <summary>A file without a length is not opened: opening a pipe would wait for its writer.</summary>
        public override byte[] Read(string path, int most)
        {
            if (Directory.Exists(path)) throw new UnauthorizedAccessException();
            var info = new FileInfo(path);
            if (info.Length == 0) return [];
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            byte[] bytes = new byte[(int)Math.Min(info.Length, most)];
            int length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return bytes[..length];
        }

        public override IEnumerable<string> Names(string folder)
        {
            try
            {
                return [.. Directory.EnumerateFiles(folder).Take(MostNames).Select(path => Path.GetFileName(path))];
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
            {
                return [];
            }
        }
    }

    /// <summary>The disk, with texts by full path in the place of files.</summary>
    public sealed class Edited(IReadOnlyDictionary<string, string> texts) : SpecFolder
    {
        private readonly Disk disk = new();

        public override bool Exists(string path) => texts.ContainsKey(path) || disk.Exists(path);

        public override string Real(string path) => disk.Exists(path) ? disk.Real(path) : path;

        public override byte[] Read(string path, int most)
        {
            if (!texts.TryGetValue(path, out string? text)) return disk.Read(path, most);
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            return bytes.Length > most ? bytes[..most] : bytes;
        }

        public override IEnumerable<string> Names(string folder) => disk.Names(folder);
    }

    /// <summary>Texts by full path.</summary>
    public sealed class Memory(IReadOnlyDictionary<string, string> texts) : SpecFolder
    {
        public override bool Exists(string path) => texts.ContainsKey(path);

        public override string Real(string path) => path;

        public override byte[] Read(string path, int most) => Encoding.UTF8.GetBytes(texts[path]);

        public override IEnumerable<string> Names(string folder) =>
            texts.Keys.Where(path => Path.GetDirectoryName(path) == folder).Take(MostNames).Select(path => Path.GetFileName(path));
    }
}
