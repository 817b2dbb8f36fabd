using System.Text.RegularExpressions;

namespace Irekae.Tests.Properties.Testing;

/// <summary>The package as a user gets it: packed, put into a local feed, and used by a new project made of what its page says.</summary>
public sealed partial class PackageTests(ITestOutputHelper output) : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("irekae-package").FullName;
    private readonly string version = $"0.1.0-test{Environment.ProcessId}";

    public void Dispose()
    {
        Directory.Delete(folder, recursive: true);
        string packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        string ours = Path.Combine(packages, "irekae.properties", version);
        if (Directory.Exists(ours)) Directory.Delete(ours, recursive: true);
    }

    [Fact]
    public void A_new_project_tests_its_specification()
    {
        string page = File.ReadAllText(Repository.Folder("Properties", "PACKAGE.md"));
        string feed = Directory.CreateDirectory(Path.Combine(folder, "feed")).FullName;
        Dotnet(Repository.Folder(), 0, "pack", "Properties", "-c", "Release", "--no-build", "--no-restore", "-o", feed, $"-p:PackageVersion={version}", "-v", "quiet", "-nologo");

        string mine = Directory.CreateDirectory(Path.Combine(folder, "mine", "specs")).Parent!.FullName;
        File.WriteAllText(Path.Combine(mine, "Mine.csproj"), Block(page, "xml").Replace("0.1.0", version));
        File.WriteAllText(Path.Combine(mine, "CounterTests.cs"), Block(page, "csharp"));
        File.WriteAllText(Path.Combine(mine, "specs", "counter.irk"), Block(page, "irk"));
        Dotnet(mine, 0, "new", "nugetconfig");
        Dotnet(mine, 0, "nuget", "add", "source", feed, "--name", "local", "--configfile", "nuget.config");
        // A new configuration names the public feed alone; the machine may have another instead.
        File.WriteAllText(Path.Combine(mine, "nuget.config"), PublicFeed().Replace(File.ReadAllText(Path.Combine(mine, "nuget.config")), ""));
        Dotnet(mine, 0, "build", "-c", "Release", "-v", "quiet", "-nologo");
        string said = Dotnet(mine, 1, Path.Combine("bin", "Release", "net10.0", "Mine.dll"), "-noLogo", "-noColor");

        Assert.Contains("Total: 5, Errors: 0, Failed: 2, Skipped: 0", said); // put_tight and what FsCheck says of the same bound
        Assert.Contains("CounterTests.Holds(property: counter.irk put_tight) [FAIL]", said);
        Assert.Contains("refuted: put_tight: max put_time <= 9 us: 10 us attained", said);
        Assert.Contains("a run of counter:", said);
        Assert.DoesNotContain("SpecProperty.Check()", said);

        // Someone makes a mistake in it: no build says so, so the tests do.
        string spec = Path.Combine(mine, "specs", "counter.irk");
        File.WriteAllText(spec, File.ReadAllText(spec).Replace("3 us .. 5 us", "3 .. 5 us"));
        said = Dotnet(mine, 1, Path.Combine("bin", "Release", "net10.0", "Mine.dll"), "-noLogo", "-noColor");
        Assert.Contains("error IRK3001", said);
        Assert.Contains("help: ", said);
        Assert.DoesNotContain("   at Irekae", said);
    }

    private static string Block(string page, string language) =>
        Regex.Match(page, $"^```{language}\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline).Groups[1].Value is { Length: > 0 } text
            ? text
            : throw new InvalidOperationException($"the page has no block of {language}");

    private string Dotnet(string where, int expected, params string[] arguments) => Launched.Run(output, "dotnet", where, expected, arguments);

    [GeneratedRegex("^.*(<clear ?/>|<add key=\"nuget\").*\n", RegexOptions.Multiline)]
    private static partial Regex PublicFeed();
}
