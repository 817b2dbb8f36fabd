using System.Diagnostics;
using Irekae.Tests.Laws;

namespace Irekae.Tests.Checker.Cli;

/// <summary>The program as a .NET tool: packed, put into a local feed, installed into a folder of its own and used there. docs/install.md.</summary>
public sealed class ToolPackageTests(ITestOutputHelper output) : IDisposable
{
    private const long MostBytes = 60_000_000;

    private readonly string folder = Directory.CreateTempSubdirectory("irekae-tool").FullName;
    private readonly string version = $"0.1.0-test{Environment.ProcessId}";

    public void Dispose()
    {
        Directory.Delete(folder, recursive: true);
        string packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        foreach (string package in new[] { "irekae", "irekae.linux-x64" })
            if (Path.Combine(packages, package, version) is var ours && Directory.Exists(ours)) Directory.Delete(ours, recursive: true);
    }

    [Fact]
    public void It_is_packed_installed_and_works_in_a_folder_of_its_own()
    {
        if (Campaign.Size(0, 1) == 0) Assert.Skip("a long one: only in a campaign");
        string feed = Path.Combine(folder, "feed"), built = Path.Combine(folder, "built"), away = Directory.CreateDirectory(Path.Combine(folder, "away")).FullName;
        // Sources apart, so that the repository's own build stays what it is.
        foreach (string project in new[] { "Model", "Properties", "Codegen", "Checker", "specs", "docs", "bench" }) Copy(Repository.Folder(project), Path.Combine(built, project));
        foreach (string file in new[] { "Directory.Build.props", "Directory.Packages.props", "global.json", "LICENSE", ".editorconfig" })
            if (File.Exists(Repository.Folder(file))) File.Copy(Repository.Folder(file), Path.Combine(built, file));
        Run("dotnet", built, "pack", "Checker", "-c", "Release", "-p:ToolPackageRuntimeIdentifiers=linux-x64", "-p:PublishReadyToRun=true", $"-p:PackageVersion={version}", "-o", feed, "-v", "quiet", "-nologo");
        Run("dotnet", away, "tool", "install", "Irekae", "--tool-path", "tools", "--add-source", feed, "--version", version);

        string tool = Path.Combine(away, "tools", "irekae");
        Assert.StartsWith("irekae ", Run(tool, away, "--version"));
        Run(tool, away, "init", "mine");
        string spec = Assert.Single(Directory.GetFiles(Path.Combine(away, "mine"), "*.irk", SearchOption.AllDirectories));
        Assert.Contains("no mistakes", Run(tool, away, "check", spec));
        Assert.Contains(" 0 refuted, 0 unknown", Run(tool, away, "verify", spec));

        long package = Directory.GetFiles(feed).Sum(file => new FileInfo(file).Length), installed = Directory.GetFiles(Path.Combine(away, "tools"), "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length);
        var (started, check) = (Fastest("--version"), Fastest("check", spec));
        output.WriteLine($"{package / 1e6:F1} MB packed, {installed / 1e6:F1} MB installed; --version {started.TotalSeconds:F2} s, check {check.TotalSeconds:F2} s");
        Assert.InRange(package, 1, MostBytes);
        // How much other work the machine has is not known.
        Assert.InRange(check.TotalSeconds, 0, 1);

        TimeSpan Fastest(params string[] arguments) => Enumerable.Range(0, 10).Min(_ =>
        {
            var watch = Stopwatch.StartNew();
            Run(tool, away, arguments);
            return watch.Elapsed;
        });
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (string file in Directory.GetFiles(from)) File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        foreach (string inner in Directory.GetDirectories(from))
            if (Path.GetFileName(inner) is not ("bin" or "obj")) Copy(inner, Path.Combine(to, Path.GetFileName(inner)));
    }

    private string Run(string program, string where, params string[] arguments) => Launched.Run(output, program, where, 0, arguments);
}
