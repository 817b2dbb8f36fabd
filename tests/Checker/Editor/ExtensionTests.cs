using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Irekae.Model.Syntax;

namespace Irekae.Tests.Checker.Editor;

/// <summary>The extension for Visual Studio Code is of one piece with the program: every word of the language has a colour.</summary>
public partial class ExtensionTests
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
    public void Every_terminal_of_the_grammar_has_a_colour()
    {
        var terminals = Terminal().Matches(File.ReadAllText(Repository.Folder("docs", "grammar.md"))).Select(match => match.Groups[1].Value).ToHashSet();
        terminals.UnionWith(typeof(Words).GetProperties().SelectMany(list => (IReadOnlyList<string>)list.GetValue(null)!).SelectMany(words => words.Split(' ')));
        Assert.Contains("completion_first", terminals);
        // Words that are coloured with the one before them, and choices, which are likelier to be names elsewhere.
        var values = new[] { "any", "time", "core", "bool", "batch", "completion_first", "fresh", "kept", "head", "tail" };
        var patterns = Patterns().ToList();
        bool Coloured(string word) => patterns.Exists(pattern => pattern.Match($"{word} (").Value == word || pattern.Match($"{word} name").Value == $"{word} name");
        Assert.Equal([], terminals.Except(values).Where(word => !Coloured(word)));
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

    private static IEnumerable<Regex> Patterns() => colours["repository"]!.AsObject().Select(rule => (string?)rule.Value!["match"]).OfType<string>().Select(pattern => new Regex(pattern));

    private static string Place(params string[] names) => Repository.Folder(["Checker", "Editor", "vscode", .. names]);

    private static JsonNode Read(params string[] names) => JsonNode.Parse(File.ReadAllText(Place(names)))!;

    [GeneratedRegex("\"([a-z_]{2,})\"")]
    private static partial Regex Terminal();
}
