using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Irekae.Codegen.Emit;

/// <summary>
/// Compiled simulators kept on disk, so that the same code is compiled once: <c>KEY.dll</c>, its name the SHA-256 of the code and of the build of
/// this program and its compiler, its content an image behind the image's own SHA-256. A folder or file that others may write to is not read, and whatever cannot be read or
/// written is compiled anew: the store changes how long an answer takes, never the answer.
/// </summary>
/// <param name="folder">Made when something is first kept.</param>
public sealed class CompiledStore(string folder)
{
    private const int MostKept = 256;
    private const UnixFileMode Others = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    /// <summary>The user's: <c>$IREKAE_CACHE</c> (empty: none), else <c>irekae</c> in <c>$XDG_CACHE_HOME</c> or <c>~/.cache</c>; null: there is none.</summary>
    public static CompiledStore? OfUser()
    {
        if (Environment.GetEnvironmentVariable("IREKAE_CACHE") is { } chosen) return chosen.Length == 0 ? null : new CompiledStore(chosen);
        string? caches = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        if (!Path.IsPathRooted(caches))
        {
            string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
            if (home.Length == 0) return null;
            caches = Path.Combine(home, ".cache");
        }
        return new CompiledStore(Path.Combine(caches, "irekae"));
    }

    internal static string Key(IEnumerable<string> texts, Assembly compiler)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string part in texts.Prepend(compiler.ManifestModule.ModuleVersionId.ToString()).Prepend(typeof(CompiledStore).Module.ModuleVersionId.ToString()))
        {
            byte[] bytes = Encoding.UTF8.GetBytes(part);
            hash.AppendData(BitConverter.GetBytes(bytes.LongLength));
            hash.AppendData(bytes);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Null: it is not there, or not as it was written.</summary>
    internal byte[]? Find(string key)
    {
        string path = PathOf(key);
        try
        {
            if (!File.Exists(path) || !IsOwn(folder) || !IsOwn(path)) return null;
            byte[] content = File.ReadAllBytes(path);
            if (content.Length <= SHA256.HashSizeInBytes) return null;
            byte[] image = content[SHA256.HashSizeInBytes..];
            return content.AsSpan(0, SHA256.HashSizeInBytes).SequenceEqual(SHA256.HashData(image)) ? image : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    internal void Keep(string key, byte[] image)
    {
        try
        {
            if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
            else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            string fresh = Path.Combine(folder, $"{Guid.NewGuid():N}.new");
            File.WriteAllBytes(fresh, [.. SHA256.HashData(image), .. image]);
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(fresh, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            File.Move(fresh, PathOf(key), overwrite: true);
            foreach (var old in new DirectoryInfo(folder).GetFiles("*.dll").OrderByDescending(file => file.LastWriteTimeUtc).Skip(MostKept)) old.Delete();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            // Not kept: it will be compiled again.
        }
    }

    private string PathOf(string key) => Path.Combine(folder, key + ".dll");

    private static bool IsOwn(string path) => OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & Others) == 0;
}
