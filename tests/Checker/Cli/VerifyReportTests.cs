using Irekae.Checker.Cli;
using Irekae.Checker.Verification;
using Irekae.Model;

namespace Irekae.Tests.Checker.Cli;

public class VerifyReportTests
{
    [Theory]
    [InlineData("answers.txt", false, false, true, 100)]
    [InlineData("answers-quiet.txt", true, false, true, 100)]
    [InlineData("answers-trace-ascii-80.txt", false, true, false, 80)]
    public void Every_kind_of_answer_reads_well(string golden, bool quiet, bool trace, bool unicode, int width)
    {
        var output = new StringWriter { NewLine = "\n" };
        var terminal = Terminal.Plain(output, TextWriter.Null) with { Unicode = unicode, Width = width };
        VerifyReport.Write(terminal, Answers.File, quiet, trace);
        VerifyReport.WriteSummary(terminal, [Answers.File]);
        Golden.Check(golden, output.ToString());
        Assert.All(output.ToString().Split('\n'), line => Assert.True(line.Length <= width, line));
        if (!unicode) Assert.All(output.ToString(), character => Assert.True(char.IsAscii(character)));
    }

    [Fact]
    public void What_was_interrupted_says_so()
    {
        var output = new StringWriter();
        VerifyReport.Write(Terminal.Plain(output, TextWriter.Null), Answers.File with { Partial = true }, quiet: false, trace: false);
        Assert.Contains("partial: interrupted", output.ToString());
    }

    [Fact]
    public void Text_of_a_specification_is_never_markup()
    {
        string text = Shown(100, "longest: max /* [red] [/] [[ [bold */ m");
        Assert.Contains("sample: [red]not red[/] [bold", text);
        Assert.Contains("max /* [red] [/] [[ [bold */ m", text);
    }

    [Fact]
    public void A_long_name_is_neither_cut_nor_broken()
    {
        string name = string.Join('_', Enumerable.Repeat("long", 12));
        string text = Shown(80, $"{name}: max m");
        Assert.Contains($"      {name}: max m\n", text);
        Assert.All(text.Split('\n'), line => Assert.True(line.Length <= 80, line));
    }

    private static string Shown(int width, string property)
    {
        var output = new StringWriter { NewLine = "\n" };
        var terminal = Terminal.Plain(output, TextWriter.Null) with { Width = width };
        var spec = Spec.FromText("sample.irk", $$"""
            system sample "[red]not red[/] [bold";
            machine { cores 1; scheduler priority; }
            process a at 1 { measure m { run 2 us; } }
            property {{property}};
            """);
        Assert.Empty(spec.Diagnostics);
        VerifyReport.Write(terminal, new FileResult(new SpecFile("sample.irk", spec), Verifier.Verify(spec, new VerifyOptions(), null, default), false), quiet: false, trace: true);
        return output.ToString();
    }
}
