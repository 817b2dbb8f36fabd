using System.Text;
using System.Text.RegularExpressions;

namespace Irekae.Tests.Checker.Cli;

/// <summary>Every command shown in a document is run, and what it prints is what the document says. UPDATE_GOLDEN=1 rewrites the documents.</summary>
public partial class DocumentTests
{
    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/cli.md")]
    [InlineData("docs/benchmark.md")]
    [InlineData("docs/calibration.md")]
    [InlineData("docs/conform.md")]
    public void Commands_print_what_is_shown(string document)
    {
        string path = Repository.Folder(document);
        string text = File.ReadAllText(path);
        string seen = Seen(text, words => Console.Program(words));
        if (Golden.Update) File.WriteAllText(path, seen);
        else Assert.Equal(text, seen);
    }

    [Fact]
    public void The_manual_has_the_help_of_every_command()
    {
        string manual = File.ReadAllText(Repository.Folder("docs/cli.md"));
        Assert.All(["", "verify ", "test ", "check ", "init ", "fmt ", "lsp ", "run ", "timeline ", "report ", "explain ", "prove ", "check-proof ", "bench ", "calibrate ", "validate ", "conform ", "audit ", "completion "], command => Assert.Contains($"$ ./irekae {command}--help\n", manual));
    }

    [Fact]
    public void The_first_page_leads_to_every_other()
    {
        string readme = File.ReadAllText(Repository.Folder("README.md"));
        Assert.All(Directory.EnumerateFiles(Repository.Folder("docs"), "*.md"), page => Assert.Contains($"(docs/{Path.GetFileName(page)})", readme));
    }

    /// <summary>The document with what its commands print now.</summary>
    internal static string Seen(string document, Func<string[], Printed> run) =>
        Block().Replace(document, block => "```console\n" + Run(block.Groups["body"].Value, run) + "```");

    private static string Run(string body, Func<string[], Printed> run)
    {
        var seen = new StringBuilder();
        foreach (string line in body.Split('\n').Where(line => line.StartsWith("$ ./irekae", StringComparison.Ordinal)))
        {
            string[] words = line["$ ./irekae".Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var printed = run(words);
            seen.Append(line).Append('\n').Append(printed.Error.ReplaceLineEndings("\n")).Append(printed.StableOut.TrimEnd('\n')).Append('\n');
        }
        return seen.ToString();
    }

    [GeneratedRegex("^```console\n(?<body>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
