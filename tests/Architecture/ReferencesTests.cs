using System.Xml.Linq;

namespace Irekae.Tests.Architecture;

/// <summary>References point left only, and each package is known to one place.</summary>
public class ReferencesTests
{
    private static readonly string[] Order = ["Model", "Properties", "Codegen", "Checker"];

    [Fact]
    public void Projects_refer_only_to_the_left()
    {
        for (int place = 0; place < Order.Length; place++)
        {
            var allowed = Order[..place].Select(name => $"../{name}/{name}.csproj");
            Assert.Subset(allowed.ToHashSet(), Included(Order[place], "ProjectReference").ToHashSet());
        }
    }

    [Fact]
    public void Model_depends_on_no_package() => Assert.Empty(Included("Model", "PackageReference"));

    [Theory]
    [InlineData("FsCheck", "Properties")]
    [InlineData("xunit.v3.extensibility.core", "Properties")]
    [InlineData("Microsoft.CodeAnalysis.CSharp", "Codegen")]
    [InlineData("CsvHelper", "Codegen")]
    [InlineData("OxyPlot.Core", "Codegen")]
    [InlineData("Google.Protobuf", "Checker")]
    [InlineData("Spectre.Console", "Checker")]
    [InlineData("System.CommandLine", "Checker")]
    [InlineData("StreamJsonRpc", "Checker")]
    [InlineData("Microsoft.Z3", "Checker")]
    public void A_package_is_referred_to_by_one_project(string package, string project)
    {
        foreach (string name in Order.Where(name => name != project)) Assert.DoesNotContain(package, Included(name, "PackageReference"));
    }

    [Theory]
    [InlineData("FsCheck", "Properties")]
    [InlineData("Xunit", "Properties/Testing")]
    [InlineData("Microsoft.CodeAnalysis", "Codegen")]
    [InlineData("CsvHelper", "Codegen/Validation")]
    [InlineData("OxyPlot", "Codegen/Plots")]
    [InlineData("Google.Protobuf", "Checker/Timelines")]
    [InlineData("Spectre.Console", "Checker/Cli")]
    [InlineData("System.CommandLine", "Checker/Cli")]
    [InlineData("StreamJsonRpc", "Checker/Editor")]
    [InlineData("Microsoft.VisualStudio.Threading", "Checker/Editor")]
    [InlineData("Microsoft.Z3", "Checker/Bounded")]
    public void A_package_is_used_in_one_room(string space, string room)
    {
        var users = Order.SelectMany(name => Directory.EnumerateFiles(Repository.Folder(name), "*.cs", SearchOption.AllDirectories))
            .Select(path => Path.GetRelativePath(Repository.Folder(), path).Replace('\\', '/'))
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal))
            .Where(path => !path.StartsWith(room + "/", StringComparison.Ordinal))
            .Where(path => File.ReadLines(Repository.Folder(path)).Any(line => line.StartsWith($"using {space}", StringComparison.Ordinal)
                || line.StartsWith($"using static {space}", StringComparison.Ordinal)
                || (line.StartsWith("using ", StringComparison.Ordinal) && line.Contains($"= {space}", StringComparison.Ordinal))));
        Assert.Empty(users);
    }

    /// <summary>The package brings 16 MB for another operating system; here the distribution's library is used.</summary>
    [Fact]
    public void No_native_solver_is_in_the_output() =>
        Assert.Empty(Directory.EnumerateFiles(AppContext.BaseDirectory, "libz3*", SearchOption.AllDirectories));

    [Fact]
    public void The_assemblies_agree()
    {
        var left = new HashSet<string>();
        foreach (string name in Order)
        {
            var assembly = System.Reflection.Assembly.Load(name == "Checker" ? "irekae" : $"Irekae.{name}");
            var ours = assembly.GetReferencedAssemblies().Select(reference => reference.Name!).Where(reference => reference.StartsWith("Irekae.", StringComparison.Ordinal));
            Assert.Subset(left, ours.ToHashSet());
            left.Add($"Irekae.{name}");
        }
    }

    private static IEnumerable<string> Included(string project, string kind) =>
        XDocument.Load(Repository.Folder(project, $"{project}.csproj")).Descendants(kind).Select(element => element.Attribute("Include")!.Value.Replace('\\', '/'));
}
