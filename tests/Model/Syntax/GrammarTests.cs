using Irekae.Model.Diagnostics;
using Irekae.Model.Syntax;
using Irekae.Model.Text;

namespace Irekae.Tests.Model.Syntax;

/// <summary>docs/grammar.md and the parser say the same.</summary>
public class GrammarTests
{
    private const int Texts = 100, Items = 12, Depth = 13;

    private static readonly Grammar grammar = Grammar.OfThePage();

    /// <summary>Of those with mistakes, too, whose text has none.</summary>
    [Fact]
    public void Every_shipped_specification_is_derived_from_the_grammar()
    {
        int derived = 0;
        foreach (string path in Repository.Specs())
        {
            var (source, diagnostics) = (new SourceText(path, File.ReadAllText(path)), new DiagnosticBag());
            Parser.Parse(source, diagnostics);
            if (diagnostics.HasErrors) continue;
            Assert.True(grammar.Derives(source), path);
            derived++;
        }

        Assert.True(derived > 100);
    }

    [Theory]
    [InlineData("system s")]
    [InlineData("process p { run; }")]
    [InlineData("process p at 1 { run 1 us }")]
    [InlineData("process if at 1 { }")]
    [InlineData("property p: max m >= 1 us;")]
    public void Other_texts_are_not(string text) => Assert.False(grammar.Derives(new SourceText("text", text)));

    [Fact]
    public void What_is_derived_at_random_is_read_without_an_error_of_the_text()
    {
        // As the page's comment says of the ends of a range.
        var derived = grammar.With("type", Grammar.Read("type = \"bool\" | NAME | INT \"..\" INT ;").Productions["type"])
            .With("file", new Symbol.Sequence([grammar.Productions["file"], .. Enumerable.Repeat(new Symbol.Named("item"), Items)]));
        var random = new Random(1);
        var (seen, chosen) = (new HashSet<string>(), new Dictionary<Symbol, int>());
        for (int k = 0; k < Texts; k++)
        {
            var source = new SourceText("text", derived.Derive(random, Depth, chosen));
            var diagnostics = new DiagnosticBag();
            Parser.Parse(source, diagnostics);
            Assert.True(!diagnostics.HasErrors, $"{string.Join('\n', diagnostics.ToImmutable().Select(diagnostic => $"{diagnostic.Code.Id} {diagnostic.Message} at {source.Content[Math.Max(0, diagnostic.Span.Start - 60)..Math.Min(source.Content.Length, diagnostic.Span.Start + 40)]}"))}");
            Assert.True(grammar.Derives(source));
            seen.UnionWith(source.Content.Split(' '));
        }

        Assert.Equal([], grammar.Terminals(grammar.Order).Except(seen));
    }

    /// <summary>Every word that the parser compares with stands in a production.</summary>
    [Fact]
    public void Every_word_of_the_language_is_a_terminal()
    {
        var words = typeof(Words).GetProperties().SelectMany(list => (IReadOnlyList<string>)list.GetValue(null)!).SelectMany(words => words.Split(' '));
        Assert.Equal([], words.Except(grammar.Terminals(grammar.Order)));
    }
}
