using Irekae.Model.Diagnostics;
using Irekae.Model.Text;

namespace Irekae.Tests.Model.Diagnostics;

public class DiagnosticRendererTests
{
    [Fact]
    public void Tabs_are_shown_as_columns() => AssertRendered("\trun\tx;", "\trun\t".Length, 1, "  1 |     run x;", "    |         ^");

    [Fact]
    public void A_span_of_several_lines_is_underlined_on_its_first() => AssertRendered("a {\n b\n}", 0, 8, "  1 | a {", "    | ^^^");

    [Fact]
    public void The_end_of_a_line_can_be_marked() => AssertRendered("run 3 us\r\nexit;", 8, 0, "  1 | run 3 us", "    |         ^");

    [Fact]
    public void Wide_characters_take_two_columns() => AssertRendered("// 入替 x", 6, 1, "  1 | // 入替 x", "    |         ^");

    [Fact]
    public void What_a_terminal_would_obey_is_not_written() => AssertRendered("\u001b[31m\u202e x", 7, 1, "  1 | \u241b[31m\ufffd x", "    |        ^");

    [Fact]
    public void Long_lines_are_cut() => AssertRendered(
        new string('a', 500) + "b" + new string('c', 500),
        500,
        1,
        $"  1 | …{new string('a', 40)}b{new string('c', 59)}…",
        $"    | {new string(' ', 41)}^");

    [Fact]
    public void Colours_come_from_outside()
    {
        var writer = new StringWriter();
        DiagnosticRenderer.Render([Missing(new SourceText("t.irk", "x"), 0, 1)], writer, (part, text) => $"<{part}>{text}");
        Assert.Equal(
            "<Location>t.irk:1:1: <Error>error IRK1003: <Message>expected ';' here\n<Gutter>  1 | <Source>x\n<Gutter>    | <Underline>^\n<Help>  help: write it\n",
            writer.ToString());
    }

    [Theory]
    [InlineData("sevrer", "server")]
    [InlineData("sever", "server")]
    [InlineData("endpiont", "endpoint")]
    [InlineData("rn", "run")]
    [InlineData("nonpremptiv", "nonpreemptive")]
    [InlineData("Server", "server")]
    [InlineData("kernel", null)]
    [InlineData("x", null)]
    [InlineData("", null)]
    public void Close_names_are_suggested(string name, string? expected) =>
        Assert.Equal(expected, Suggestion.Closest(name, ["server", "endpoint", "run", "nonpreemptive", "device"]));

    private static Diagnostic Missing(SourceText source, int start, int length)
    {
        var bag = new DiagnosticBag();
        bag.ReportExpected(new SourceSpan(source, start, length), "';'", "here", "write it");
        return bag.ToImmutable()[0];
    }

    private static void AssertRendered(string text, int start, int length, string line, string underline)
    {
        string[] rendered = DiagnosticRenderer.Render([Missing(new SourceText("t.irk", text), start, length)]).Split('\n');
        Assert.Equal([line, underline], rendered[1..3]);
    }
}
