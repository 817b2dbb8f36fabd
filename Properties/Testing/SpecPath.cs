namespace Irekae.Properties.Testing;

/// <summary>Where a specification of a test project is: tests run in a folder of build output, below the folder that people think of.</summary>
public static class SpecPath
{
    /// <summary>The file in the folder of the test assembly, or in the nearest folder above it that has it; a path from the root as it is.</summary>
    /// <exception cref="FileNotFoundException">There is none; the message says where was looked.</exception>
    public static string Find(string path)
    {
        if (Path.IsPathRooted(path) && File.Exists(path)) return path;
        for (string? folder = AppContext.BaseDirectory; folder is not null && !Path.IsPathRooted(path); folder = Path.GetDirectoryName(folder))
        {
            string file = Path.GetFullPath(Path.Combine(folder, path));
            if (File.Exists(file)) return file;
        }
        throw new FileNotFoundException($"there is no specification '{path}' in {AppContext.BaseDirectory} or a folder above it", path);
    }
}
