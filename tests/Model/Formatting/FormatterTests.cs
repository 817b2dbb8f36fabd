using System.Text;
using System.Text.RegularExpressions;
using Irekae.Model.Diagnostics;
using Irekae.Model.Formatting;
using Irekae.Model.Syntax;
using Irekae.Model.Text;
using Irekae.Properties.Generators;
using Irekae.Tests.Laws;
using Irekae.Tests.Model.Syntax;

namespace Irekae.Tests.Model.Formatting;

public class FormatterTests
{
    public static TheoryData<string, string> Rewrites => new()
    {
        { "duration  a=1us ;\nduration long=2   us..3us;", "duration a = 1 us;\nduration long = 2 us .. 3 us;\n" },
        { "duration a    = 1 us;\nduration long =  2 us;", "duration a    = 1 us;\nduration long = 2 us;\n" },
        { "duration a        = 1 us;\nduration long     = 2 us;\nduration b = 3 us;", "duration a    = 1 us;\nduration long = 2 us;\nduration b = 3 us;\n" },
        { "system  s;\nprocess p at 1 { exit; }\ntoken     t { a }", "system s;\nprocess p at 1 { exit; }\ntoken t { a }\n" },
        { "process p at 1 {\n  x     = 1;\n  share = 2;\n}", "process p at 1 {\n  x     = 1;\n  share = 2;\n}\n" },
        { "process p at 1{run 1 us;wait 2 us;}", "process p at 1 { run 1 us; wait 2 us; }\n" },
        { "process p at 1 {\n\n\trun 1 us;\n\n\n\twait 2 us; }", "process p at 1 {\n  run 1 us;\n\n  wait 2 us;\n}\n" },
        { "process p at 1\n{ run 1 us;\n}\nprocess q at 2 {\n}", "process p at 1 {\n  run 1 us;\n}\nprocess q at 2 { }\n" },
        { "process p at 1 { if (x) { run 1 us;\n} else\n{ exit; } exit; }", "process p at 1 {\n  if (x) {\n    run 1 us;\n  } else { exit; } exit;\n}\n" },
        { "process p at 1 { if (x) {\nrun 1 us; } exit; }", "process p at 1 {\n  if (x) {\n    run 1 us;\n  }\n  exit;\n}\n" },
        { "process p at 1 { choose {\n run 1 us; } or { exit; } }", "process p at 1 {\n  choose {\n    run 1 us;\n  } or { exit; }\n}\n" },
        { "process p at 1 {\n run 1 us\n+ 2 us\n;\n}", "process p at 1 {\n  run 1 us\n      + 2 us;\n}\n" },
        { "process p at 1 { run ( 1 us ); x = - 1 - - n; y = ! ( alive ( p ) ); call s . m ( 1 , x ); }", "process p at 1 { run (1 us); x = -1 - -n; y = !(alive(p)); call s.m(1, x); }\n" },
        { "token state {\nfresh,\n given }", "token state {\n  fresh,\n  given\n}\n" },
        { "// first\n\n\n\n// second\nconst a = 1;     // third\nconst b = 2; // fourth", "// first\n\n// second\nconst a = 1;     // third\nconst b = 2; // fourth\n" },
        { "process p at 1 {   // why\n run /* how long */ 1 us;\n // last\n }", "process p at 1 {   // why\n  run /* how long */ 1 us;\n  // last\n}\n" },
        { "process p at 1 {\n/* two\n     lines */  run 1 us; /* end */ }", "process p at 1 {\n  /* two\n     lines */ run 1 us; /* end */\n}\n" },
        { "\uFEFFconst a = 1;\r\n// one  \r\nconst b = 2;\r\n", "const a = 1;\n// one\nconst b = 2;\n" },
        { "process p at 1 // one\n{ call s.m else // two\n{ } }", "process p at 1 // one\n    {\n  call s.m else // two\n      { }\n}\n" },
        { "", "" },
        { "// alone", "// alone\n" },
    };

    [Theory]
    [MemberData(nameof(Rewrites))]
    public void Text_is_laid_out(string before, string after)
    {
        Assert.Equal(after, Format(before));
        AssertLaws(before);
    }

    [Fact]
    public void Shipped_specifications_are_formatted() => Assert.All(Shipped(), path => Assert.Equal(File.ReadAllText(path), Format(File.ReadAllText(path))));

    /// <summary>
    /// Blanks, line breaks and comments at random between any two tokens: nothing is lost, and once is enough. A name that begins a line may be
    /// read as the beginning of a construct, so not every such text is one without errors.
    /// </summary>
    [Fact]
    public void However_a_text_is_laid_out_it_keeps_its_tokens_and_comments()
    {
        var texts = Shipped().Select(File.ReadAllText).Where(text => text.Length < 6000).Append(SyntaxPrinterTests.Everything).ToList();
        int tried = 0, read = 0, comments = 0;
        foreach (ulong seed in Campaign.Seeds(60, 100_000))
        {
            string text = Scattered(texts[(int)(seed % (ulong)texts.Count)], new Random((int)seed));
            var bag = new DiagnosticBag();
            Parser.Parse(new SourceText("t.irk", text), bag);
            tried++;
            if (bag.HasErrors) continue;
            read++;
            comments += AssertLaws(text);
        }

        Assert.True(read > tried / 2 && comments > 5 * read, $"{read} of {tried}, {comments} comments");
    }

    [Fact]
    public void Generated_systems_are_formatted_to_the_same_meaning()
    {
        foreach (var drawn in Campaign.Systems(Profile.Whole, 20, 10_000)) AssertLaws(drawn.Text);
    }

    [Theory]
    [InlineData("process p {")]
    [InlineData("duration a = 1.5;")]
    [InlineData("/* no end")]
    public void A_text_with_errors_is_left_alone(string text)
    {
        var bag = new DiagnosticBag();
        Assert.Null(Formatter.Format(new SourceText("t.irk", text), bag));
        Assert.True(bag.HasErrors);
    }

    [Fact]
    public void Long_lines_are_formatted() => Assert.Equal(13 * 38_462, Format(string.Concat(Enumerable.Repeat("const  a=1;", 38_462))).Length);

    /// <returns>How many comments it has.</returns>
    private static int AssertLaws(string text)
    {
        string once = Format(text);
        Assert.True(once == Format(once), $"{text}\n--- once ---\n{once}\n--- twice ---\n{Format(once)}");
        var (before, after) = (Read(text), Read(once));
        Assert.Equal(before.Tokens.Select(token => (token.Kind, token.Value ?? Written(before, token.Start, token.Length))), after.Tokens.Select(token => (token.Kind, token.Value ?? Written(after, token.Start, token.Length))));
        Assert.Equal(before.Comments.Select(comment => Words(before, comment)), after.Comments.Select(comment => Words(after, comment)));
        Assert.Equal(SyntaxPrinter.Print(before.File), SyntaxPrinter.Print(after.File));
        Assert.DoesNotContain('\t', string.Concat(after.Tokens.Select(token => Written(after, token.Start, token.Length))));
        return before.Comments.Length;
    }

    private static string Written(ParsedText text, int start, int length) => text.File.Source.Content.Substring(start, length);

    private static string Words(ParsedText text, Comment comment) =>
        string.Join('\n', Written(text, comment.Start, comment.Length).ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd()));

    private static string Scattered(string text, Random random)
    {
        var read = Read(text);
        var scattered = new StringBuilder();
        int sparse = random.Next(2, 30);
        foreach (var token in read.Tokens)
        {
            if (random.Next(sparse) == 0) scattered.Append(new[] { "\n", "\n\n\n", "\r\n", "    ", "\t", " // one\n", "/* two */", "/* three\n  four */", "\n// five\n", "\n   /* six\n\n */\n" }[random.Next(10)]);
            else if (random.Next(4) > 0 || NeedsBlank(scattered, token)) scattered.Append(' ', random.Next(1, 3));
            scattered.Append(Written(read, token.Start, token.Length));
        }

        return scattered.ToString();
    }

    private static bool NeedsBlank(StringBuilder before, Token next) => before.Length > 0 && (char.IsAsciiLetterOrDigit(before[^1]) || before[^1] is '_' or '.' or '"' or '/' or '<' or '=' or '!' or '>' or '*');

    private static IEnumerable<string> Shipped() => Repository.Specs().Where(path => !path.Contains("rejected"));

    private static ParsedText Read(string text)
    {
        var bag = new DiagnosticBag();
        var read = Parser.ParseWithTokens(new SourceText("t.irk", text), bag);
        Assert.False(bag.HasErrors, DiagnosticRenderer.Render(bag.ToImmutable()) + text);
        return read;
    }

    private static string Format(string text)
    {
        var bag = new DiagnosticBag();
        string? formatted = Formatter.Format(new SourceText("t.irk", text), bag);
        Assert.True(formatted is not null, DiagnosticRenderer.Render(bag.ToImmutable()) + text);
        return formatted;
    }

    /// <summary>Every construct of the grammar, with anything between its tokens.</summary>
    [Fact]
    public void What_is_derived_from_the_grammar_is_laid_out_once_and_for_all()
    {
        string[] between = [" ", " ", " ", "  ", "\n", "\n\n\n", "\t", "   ", " // a comment\n", " /* another */ ", " /* over\n   lines */ "];
        var grammar = Grammar.OfThePage();
        var derived = grammar.With("type", Grammar.Read("type = \"bool\" | NAME | INT \"..\" INT ;").Productions["type"]).With("file", new Symbol.Sequence([.. Enumerable.Repeat(new Symbol.Named("item"), 6)]));
        var (random, chosen) = (new Random(2), new Dictionary<Symbol, int>());
        for (int k = 0; k < Campaign.Size(60, 3000); k++)
        {
            string text = string.Concat(derived.Derive(random, 12, chosen).Split(' ').Select(word => word + (word is "reply" or "init" ? " " : between[random.Next(between.Length)])));
            var mistakes = new DiagnosticBag();
            string? once = Formatter.Format(new SourceText("text", text), mistakes);
            Assert.True(once is not null, string.Join('\n', mistakes.ToImmutable().Select(mistake => $"{mistake.Code.Id} {mistake.Message}: {text[Math.Max(0, mistake.Span.Start - 60)..Math.Min(text.Length, mistake.Span.End + 40)]}")));
            string? twice = Formatter.Format(new SourceText("text", once), new DiagnosticBag());
            Assert.True(once == twice, $"{text}\n-----\n{once}\n-----\n{twice}");
            Assert.DoesNotMatch("[ \t]\n|\n\n\n|\t", Regex.Replace(once, @"/\*.*?\*/", "/**/", RegexOptions.Singleline));
        }
    }
}
