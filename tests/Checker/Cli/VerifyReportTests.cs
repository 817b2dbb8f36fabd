using Irekae.Checker.Cli;

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
}
