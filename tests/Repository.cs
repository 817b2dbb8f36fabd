[assembly: AssemblyFixture(typeof(Irekae.Tests.AtTheTop))]

namespace Irekae.Tests;

/// <summary>Tests run at the top of the repository, wherever they were started: messages with relative paths are the same everywhere.</summary>
public sealed class AtTheTop
{
    public AtTheTop() => Environment.CurrentDirectory = Repository.Folder();
}

/// <summary>The folder that the tests were built from.</summary>
internal static class Repository
{
    private static readonly string Root = Find();

    public static string Folder(params string[] names) => Path.Combine([Root, .. names]);

    public static IEnumerable<string> Specs() =>
        Directory.Exists(Folder("specs")) ? Directory.EnumerateFiles(Folder("specs"), "*.irk", SearchOption.AllDirectories).Order() : [];

    private static string Find()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Model.sln"))) folder = Path.GetDirectoryName(folder);
        return folder ?? throw new DirectoryNotFoundException("Model.sln is in no folder above the tests");
    }
}
