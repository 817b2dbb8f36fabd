using System.IO.Compression;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Irekae.Tests.Laws;

namespace Irekae.Tests.Checker.Editor;

/// <summary>The extension for Visual Studio Code is of one piece with the program.</summary>
public class ExtensionTests
{
    private static readonly JsonNode manifest = Read("package.json"), colours = Read("syntaxes", "irk.tmLanguage.json");

    [Fact]
    public void The_files_that_the_manifest_names_are_there()
    {
        var language = manifest["contributes"]!["languages"]![0]!;
        Assert.Equal(".irk", (string?)language["extensions"]![0]);
        Assert.All([manifest["main"], language["configuration"], manifest["contributes"]!["grammars"]![0]!["path"]], path => Assert.True(File.Exists(Place((string)path!))));
        Assert.Equal((string?)colours["scopeName"], (string?)manifest["contributes"]!["grammars"]![0]!["scopeName"]);
        Assert.NotNull(Read("language-configuration.json")["brackets"]);
    }

    [Fact]
    public void It_is_of_the_version_of_the_program_and_starts_its_server()
    {
        Assert.Equal(Irekae.Checker.Cli.Cli.Version, (string?)manifest["version"]);
        Assert.Contains("args: [\"lsp\"]", File.ReadAllText(Place("extension.js")));
    }

    [Fact]
    public void It_packs()
    {
        if (Campaign.Size(0, 1) == 0) Assert.Skip("a long one: only in a campaign");
        string? npm = new[] { "/usr/bin/npm", "/usr/local/bin/npm" }.FirstOrDefault(File.Exists);
        Assert.SkipWhen(npm is null, "no npm (apt-get install npm)");
        string folder = Directory.CreateTempSubdirectory("irekae-extension").FullName;
        try
        {
            var output = TestContext.Current.TestOutputHelper!;
            Launched.Run(output, "/bin/cp", folder, 0, "-r", Place() + "/.", folder);
            Launched.Run(output, npm, folder, 0, "install", "--no-audit", "--no-fund");
            Launched.Run(output, npm, folder, 0, "run", "package");
            using var package = ZipFile.OpenRead(Assert.Single(Directory.EnumerateFiles(folder, "*.vsix")));
            var names = package.Entries.Select(entry => entry.FullName).ToHashSet();
            Assert.All(["package.json", "extension.js", "language-configuration.json", "syntaxes/irk.tmLanguage.json", "node_modules/vscode-languageclient/node.js"], name => Assert.Contains($"extension/{name}", names));
            Assert.DoesNotContain(names, name => name.Contains("/vsce"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("times", "1.350 ms", true)]
    [InlineData("times", "62us", true)]
    [InlineData("times", "3 sporadic", false)]
    [InlineData("keywords", "on core", true)]
    [InlineData("keywords", "any time", true)]
    [InlineData("constants", "nobody", true)]
    [InlineData("constants", "nobody_else", false)]
    [InlineData("strings", "\"Table 1\"", true)]
    public void Texts_are_told_apart(string rule, string text, bool whole) =>
        Assert.Equal(whole, new Regex((string)colours["repository"]![rule]!["match"]!).Match(text).Value == text);

    private static string Place(params string[] names) => Repository.Folder(["Checker", "Editor", "vscode", .. names]);

    private static JsonNode Read(params string[] names) => JsonNode.Parse(File.ReadAllText(Place(names)))!;
}
