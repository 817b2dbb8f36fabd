namespace Irekae.Checker.Cli;

/// <summary>Files that a command draws.</summary>
internal static class Drawings
{
    /// <summary>Makes the folder, before anything long begins; false: it cannot be, and that has been said.</summary>
    public static bool CanBeIn(string folder, Terminal terminal) => Outputs.Try(folder, terminal, () => Directory.CreateDirectory(folder));

    /// <returns>Their paths, in the order given; null: one cannot be written, and that has been said.</returns>
    public static string[]? WriteOrNull(string folder, IEnumerable<(string Name, string Svg)> drawings, Terminal terminal)
    {
        var written = new List<string>();
        foreach (var (name, svg) in drawings)
        {
            string path = Path.Combine(folder, name);
            if (!Write(path, svg, terminal)) return null;
            written.Add(path);
        }

        return [.. written];
    }

    public static bool Write(string path, string svg, Terminal terminal) => Outputs.Try(path, terminal, () => File.WriteAllText(path, svg));
}
