using Irekae.Model;
using Irekae.Model.Diagnostics;
using Irekae.Model.Syntax;

namespace Irekae.Tests.Model.Diagnostics;

/// <summary>
/// specs/rejected: for each code a specification that gets it, with what a user sees beside it, and its correction. UPDATE_GOLDEN=1 writes what is seen now.
/// </summary>
public class RejectedSpecsTests
{
    /// <summary>Bands of the binder. The examples of the others are only read, so that each shows one phase.</summary>
    private static readonly string[] BinderBands = ["IRK2", "IRK3", "IRK4"];

    /// <summary>What no text file in a repository can be; these have tests of their own.</summary>
    private static readonly Dictionary<string, string> WithoutExample = new()
    {
        ["IRK5002"] = nameof(Syntax.SyntaxLoaderTests.A_folder_cannot_be_read),
        ["IRK5003"] = nameof(Syntax.SyntaxLoaderTests.A_file_over_the_limit_is_not_read),
        ["IRK5006"] = nameof(Syntax.SyntaxLoaderTests.The_number_of_files_is_limited),
    };

    public static TheoryData<string> Examples =>
        [.. Directory.GetFiles(Repository.Folder("specs", "rejected"), "IRK*.irk").Select(path => Path.GetFileName(path)).Order()];

    [Theory]
    [MemberData(nameof(Examples))]
    public void Each_example_is_rejected_as_expected(string name)
    {
        string path = Repository.Folder("specs", "rejected", name);
        string rendered = Rendered(path);
        Golden.CheckFile(Path.ChangeExtension(path, ".expected"), rendered);
        Assert.Contains($" {name[..7]}: ", rendered);
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void Each_example_has_a_correction_that_nothing_is_wrong_with(string name)
    {
        string path = Repository.Folder("specs", "rejected", name), corrected = Path.ChangeExtension(path, ".corrected");
        Assert.NotEqual(File.ReadAllText(path), File.ReadAllText(corrected));
        Assert.Equal("", DiagnosticRenderer.Render(Spec.Load(corrected).Diagnostics));
    }

    [Fact]
    public void Nothing_is_corrected_that_is_not_rejected() =>
        Assert.Equal(Examples.Select(row => Path.ChangeExtension(row.Data, ".corrected")), Directory.GetFiles(Repository.Folder("specs", "rejected"), "*.corrected").Select(Path.GetFileName).Order());

    [Fact]
    public void Each_code_has_an_example()
    {
        var examples = Directory.GetFiles(Repository.Folder("specs", "rejected"), "IRK*.irk").Select(path => Path.GetFileName(path)[..7]).ToHashSet();
        var missing = Codes.All.Select(code => code.Id)
            .Where(id => !examples.Contains(id) && !WithoutExample.ContainsKey(id));
        Assert.Empty(missing);
    }

    [Fact]
    public void Codes_are_unique_and_in_their_band_and_each_has_its_report_method()
    {
        Assert.Equal(Codes.All.Length, Codes.All.Select(code => code.Id).Distinct().Count());
        Assert.All(Codes.All, code => Assert.Matches("^IRK[1-5][0-9]{3}$", code.Id));
        Assert.Equal(Codes.All.Select(code => code.Id).Order(StringComparer.Ordinal), Codes.All.Select(code => code.Id));
        var methods = typeof(DiagnosticBag)
            .GetMethods(System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.NonPublic)
            .Select(method => method.Name)
            .ToHashSet();
        var names = typeof(Codes).GetFields().Select(field => field.Name);
        Assert.DoesNotContain(names, name => !methods.Contains($"Report{name}"));
    }

    /// <summary>With paths from the top of the repository, wherever the tests run.</summary>
    private static string Rendered(string path)
    {
        string shown = Path.GetRelativePath(Environment.CurrentDirectory, path);
        return DiagnosticRenderer.Render(
            BinderBands.Any(Path.GetFileName(path).StartsWith) ? Spec.Load(shown).Diagnostics : SyntaxLoader.Load(shown).Diagnostics);
    }
}
