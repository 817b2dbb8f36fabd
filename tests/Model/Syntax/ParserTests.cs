using Irekae.Model.Diagnostics;
using Irekae.Model.Syntax;
using Irekae.Model.Text;

namespace Irekae.Tests.Model.Syntax;

public class ParserTests
{
    /// <summary>The places in brackets are those of the diagnostics, in this order; an empty one is where something is missing.</summary>
    [Theory]
    [InlineData("IRK1003", "run 3 us[]\nreply;")]
    [InlineData("IRK1003", "run [;]")]
    [InlineData("IRK1003 IRK1003", "run [;] wait 2 ms[]\nexit;")]
    [InlineData("IRK1003", "x = (1 + 2[];")]
    [InlineData("IRK1003", "x = 1 +[]\nrun 3 us;")]
    [InlineData("IRK1003", "if [x] > 3 { exit; }")]
    [InlineData("IRK1003", "if (x > 3) [exit]; else { exit; }")]
    [InlineData("IRK1003", "kill [;]")]
    [InlineData("IRK1003", "call ds.[;]")]
    [InlineData("IRK1003", "ds.store[(]x);")]
    [InlineData("IRK1003", "bind e [driver] moving inbox;")]
    [InlineData("IRK1001 IRK1001", "run 3 us [#]; x = a [$] b;")]
    [InlineData("IRK1008", "x = [2147483648];")]
    [InlineData("IRK1008", "run [1234567890123456789 us];")]
    [InlineData("IRK1009", "run 3[usec];")]
    [InlineData("IRK1009", "run 1 [uss];")]
    [InlineData("IRK1009", "run 1 [sm];")]
    [InlineData("IRK1009", "run 3 [µs] .. 4 us;")]
    [InlineData("IRK1010", "x = [1.5];")]
    [InlineData("IRK1011", "x = [nobody];")]
    [InlineData("IRK1011", "kill [true];")]
    [InlineData("IRK1013", "[rnu] 3 us;")]
    [InlineData("IRK1013", "[{] exit; }")]
    [InlineData("IRK1013", "exit;[;]")]
    [InlineData("IRK1014", "run 1 us; [var] x: bool;")]
    [InlineData("IRK1014", "[on] a { reply; }")]
    [InlineData("IRK1015", "receive { [run] 3 us; }")]
    [InlineData("IRK1015", "after [all] time;")]
    [InlineData("IRK1016", "x = [allive](p);")]
    [InlineData("IRK1017", "await a < b [<] c;")]
    [InlineData("IRK1018", "await a [=] b;")]
    public void Mistakes_in_a_process_are_reported_once_where_they_are(string codes, string marked) =>
        AssertReported(codes, $"process p {{ {marked} }}");

    [Theory]
    [InlineData("IRK1003", "process p { exit;[]")]
    [InlineData("IRK1003", "process p { loop { exit; }[]\nconst n = 3;")]
    [InlineData("IRK1003", "server s { on a { reply;[]\n on b { reply; } }")]
    [InlineData("IRK1003", "duration [=] 3 us;")]
    [InlineData("IRK1003", "duration d = 3 us ..[;]")]
    [InlineData("IRK1003", "const n =[]\nconst m = 3;")]
    [InlineData("IRK1003", "server s { on a(x[)] { reply; } }")]
    [InlineData("IRK1003", "var_ p { }")]
    [InlineData("IRK1012", "[}] const n = 3;")]
    [InlineData("IRK1012", "[sevrer] s at 2 { on a { reply; } }")]
    [InlineData("IRK1012", "[these] are words\n and more { of; them }\nconst n = 3;")]
    [InlineData("IRK1012", "[(] const n = 3;")]
    [InlineData("IRK1014", "server s { [run] 3 us; run 4 us; on a { reply; } }")]
    [InlineData("IRK1014", "const n = 3; [system] late;")]
    [InlineData("IRK1015", "property p: [maximal] m <= 3 us;")]
    [InlineData("IRK1015", "property p: max m [<] 3 us;")]
    [InlineData("IRK1015", "fault f: [break] driver;\nconst n = 3;")]
    [InlineData("IRK1015", "process p prio [1] { }")]
    [InlineData("IRK1003", "token t { a [b] }")]
    [InlineData("IRK1003", "variant v { kernel [0]; }")]
    public void Mistakes_in_items_are_reported_once_where_they_are(string codes, string marked)
    {
        if (marked.StartsWith("var_", StringComparison.Ordinal)) (codes, marked) = ("IRK1012", "[var_] p { }");
        if (marked.StartsWith("process p prio", StringComparison.Ordinal)) marked = "process p [prio] 1 { }";
        AssertReported(codes, marked);
    }

    [Fact]
    public void All_mistakes_of_a_file_are_reported_in_one_go() => AssertReported(
        "IRK1003 IRK1013 IRK1015 IRK1008 IRK1003",
        """
        duration d = 3 us[]
        server s at 1 {
          on a { [rum] 3 us; reply; }
          [onn] b { reply; }
        }
        const n = [99999999999];
        property p: always x == [;]
        const m = 3;
        """);

    [Fact]
    public void Words_of_the_language_may_be_names()
    {
        var file = ParseClean("""
            duration init = 60 us; duration run = 3 us; token state { none, at, on }
            process process at 1 {
              var wait: bool; var call: 0 .. 3 = 1; var var: state;
              wait = true; call = call + 1; run run; mark send; call ds.store(call, wait); call = call loop.on; var = at;
              run.x = 3; if (wait) { reply; } choose { exit; } or { measure measure { run init; } }
            }
            property max: max gap(process.send) <= run;
            """);
        Assert.Equal(5, file.Items.Length);
    }

    [Fact]
    public void Times_are_exact()
    {
        var file = ParseClean("duration a = 1.350 ms .. 1_000_000.000_001 s; duration b = 0.5 ns;");
        var first = (ItemSyntax.Duration)file.Items[0];
        AssertTime(1_350_000, 1, first.Value.Low);
        AssertTime(1_000_000_000_001_000, 1, first.Value.High!);
        AssertTime(1, 2, ((ItemSyntax.Duration)file.Items[1]).Value.Low);
    }

    [Fact]
    public void Operators_bind_as_usual()
    {
        Assert.Equal("a || b && c == d + e * f - g", Printed("a || (b && (c == ((d + (e * f)) - g)))"));
        Assert.Equal("((a || b) && (a == b) == c) * -(d - (e - f))", Printed("((a || b) && ((a == b) == c)) * -(d - (e - f))"));
        Assert.Equal("!(a && !!b)", Printed("!(a && !!b)"));
    }

    [Fact]
    public void Spans_cover_their_construct()
    {
        const string text = "system s;\nprocess p {\n  x = (a + 1) * 2;\n}\n";
        var file = ParseClean(text);
        var actor = (ItemSyntax.Actor)file.Items[0];
        var assign = (StatementSyntax.Assign)actor.Statements[0];
        var product = (ExpressionSyntax.Infix)assign.Value;
        Assert.Equal("x = (a + 1) * 2;", assign.Span.Text);
        Assert.Equal("(a + 1) * 2", product.Span.Text);
        Assert.Equal("(a + 1)", product.Left.Span.Text);
        Assert.Equal("process p {\n  x = (a + 1) * 2;\n}", actor.Span.Text);
        Assert.Equal("system s;", file.Header!.Span.Text);
    }

    private static void AssertTime(long numerator, long denominator, ExpressionSyntax expression)
    {
        var time = Assert.IsType<ExpressionSyntax.Time>(expression).Nanoseconds;
        Assert.Equal((numerator, denominator), ((long)time.Numerator, (long)time.Denominator));
    }

    private static string Printed(string expression)
    {
        var file = ParseClean($"property p: always {expression};");
        var property = (ItemSyntax.Property)file.Items[0];
        return SyntaxPrinter.Text(((QuestionSyntax.Always)property.Question).Condition);
    }

    private static FileSyntax ParseClean(string text)
    {
        var bag = new DiagnosticBag();
        var file = Parser.Parse(new SourceText("t.irk", text), bag);
        Assert.Equal("", DiagnosticRenderer.Render(bag.ToImmutable()));
        return file;
    }

    private static void AssertReported(string codes, string marked)
    {
        var (text, marks) = MarkedText.Parse(marked);
        var bag = new DiagnosticBag();
        Parser.Parse(new SourceText("t.irk", text), bag);
        var found = bag.ToImmutable();
        string rendered = DiagnosticRenderer.Render(found);
        Assert.True(codes == string.Join(' ', found.Select(diagnostic => diagnostic.Code.Id)), rendered);
        Assert.True(marks.SequenceEqual(found.Select(diagnostic => (diagnostic.Span.Start, diagnostic.Span.Length))), rendered);
    }
}
