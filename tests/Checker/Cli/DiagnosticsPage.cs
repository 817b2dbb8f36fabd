using System.Text;
using Irekae.Checker.Cli;
using Irekae.Model.Diagnostics;

namespace Irekae.Tests.Checker.Cli;

/// <summary>docs/diagnostics.md has every code, with the example that specs/rejected has of it and its correction, or in words why there is none. UPDATE_GOLDEN=1 writes the page.</summary>
public class DiagnosticsPage
{
    [Fact]
    public void It_is_what_the_program_says()
    {
        string path = Repository.Folder("docs", "diagnostics.md"), page = Page();
        if (Golden.Update) File.WriteAllText(path, page);
        Assert.Equal(File.ReadAllText(path), page);
    }

    private static string Page()
    {
        var page = new StringBuilder("""
            # Diagnostics

            Everything that can be wrong with a specification, by code. `irekae explain CODE` says the same. The examples are in [specs/rejected](../specs/rejected); a test runs each
            and compares the answer, and checks that the corrected text after it has no mistake left.


            """.ReplaceLineEndings("\n"));
        foreach (var band in Codes.All.GroupBy(ExplainCommand.Band))
        {
            page.Append($"## {char.ToUpperInvariant(band.Key[0])}{band.Key[1..]}\n\n");
            foreach (var code in band) Describe(code, page);
        }

        return page.ToString().TrimEnd('\n') + "\n";
    }

    private static void Describe(Code code, StringBuilder page)
    {
        page.Append($"### {code.Id}\n\n{char.ToUpperInvariant(code.Title[0])}{code.Title[1..]} ({DiagnosticText.Name(code.Severity)}).\n\n");
        if (RejectedExample.InWords(code) is { } words) page.Append($"{words}\n\n");
        if (RejectedExample.Of(code.Id) is not { } example) return;
        page.Append($"```irk\n{Flush(example.Source)}```\n\n```text\n{Flush(example.Answer)}```\n\nCorrected:\n\n```irk\n{Flush(example.Corrected)}```\n\n");
    }

    private static string Flush(string text) => string.Concat(RejectedExample.Indented(text).Split('\n', StringSplitOptions.None).SkipLast(1).Select(line => (line.Length > 2 ? line[2..] : "") + "\n"));
}
