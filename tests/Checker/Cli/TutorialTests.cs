using System.Text.RegularExpressions;

namespace Irekae.Tests.Checker.Cli;

/// <summary>The tutorial: every command of a page prints what the page shows, and every piece of a specification stands in a file that the page's commands name.</summary>
public sealed partial class TutorialTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("irekae-tutorial-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<string> Pages => [.. Directory.EnumerateFiles(Repository.Folder("docs", "tutorial"), "*.md").Order().Select(page => Path.GetFileName(page))];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Commands_print_what_is_shown(string page)
    {
        string path = Repository.Folder("docs", "tutorial", page), text = File.ReadAllText(path), seen = DocumentTests.Seen(text, Run);
        if (Golden.Update) File.WriteAllText(path, seen);
        else Assert.Equal(text, seen);
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void What_is_shown_of_a_specification_stands_in_it(string page)
    {
        string text = File.ReadAllText(Repository.Folder("docs", "tutorial", page));
        var files = Named().Matches(text).Select(match => File.ReadAllText(Repository.Folder(match.Groups[1].Value))).ToList();
        var blocks = Piece().Matches(text).Select(match => match.Groups[1].Value).ToList();
        Assert.NotEmpty(blocks);
        Assert.All(blocks, block => Assert.Contains(files, file => file.Contains(block, StringComparison.Ordinal)));
    }

    [Fact]
    public void Specifications_are_laid_out_and_each_is_used()
    {
        string[] files = [.. Directory.EnumerateFiles(Repository.Folder("docs", "tutorial"), "*.irk").Select(file => Path.GetRelativePath(Repository.Folder(), file))];
        var printed = Console.InProcess(["fmt", "--check", .. files]);
        Assert.True(printed.Code == 0, printed.Out + printed.Error);
        string text = string.Concat(Pages.Select(page => File.ReadAllText(Repository.Folder("docs", "tutorial", page.Data))));
        Assert.All(files, file => Assert.Contains($" {file}\n", text));
    }

    /// <summary>A bundle, called <c>proof</c> in the page, goes to a folder of the test; its digest and size change with the program's version.</summary>
    private Printed Run(string[] words)
    {
        var printed = Console.InProcess([.. words.Select(word => word == "proof" ? Path.Combine(_folder, word) : word)]);
        string shown = Digest().Replace(printed.Out.Replace(_folder + Path.DirectorySeparatorChar, ""), "#");
        return printed with { Out = Size().Replace(Checked().Replace(shown, "$1#.### s"), "# KiB") };
    }

    [GeneratedRegex("^```irk\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Piece();

    [GeneratedRegex(@"^\$ \./irekae .* ((docs/tutorial|specs)/[\w/-]+\.irk)$", RegexOptions.Multiline)]
    private static partial Regex Named();

    [GeneratedRegex(@"\b[0-9a-f]{64}\b")]
    private static partial Regex Digest();

    [GeneratedRegex(@"(conclusions, checked in )\d+\.\d+ s")]
    private static partial Regex Checked();

    [GeneratedRegex(@"(?<=files, )\d+ KiB")]
    private static partial Regex Size();
}
