using System.Collections;
using Irekae.Model.Diagnostics;
using Irekae.Model.Syntax;
using Irekae.Model.Text;
using Irekae.Tests.Model.Syntax;
using TextMateSharp.Grammars;
using TextMateSharp.Internal.Grammars.Reader;
using TextMateSharp.Internal.Themes.Reader;
using TextMateSharp.Internal.Types;
using TextMateSharp.Registry;
using TextMateSharp.Themes;

namespace Irekae.Tests.Checker.Editor;

/// <summary>The extension's grammar as editors read it, with Oniguruma: what it makes of every shipped specification, held against the lexer and the names in the tree.</summary>
public class ColourTests
{
    private static readonly IGrammar grammar = new Registry(new Extension()).LoadGrammar("source.irk");

    private static readonly HashSet<string> words = [.. Grammar.OfThePage().Terminals(Grammar.OfThePage().Order)];

    public static TheoryData<string> Shipped => [.. Repository.Specs().Where(path => !path.Contains("rejected")).Select(path => Path.GetRelativePath(Repository.Folder(), path))];

    [Theory]
    [MemberData(nameof(Shipped))]
    public void A_shipped_specification_has_its_colours(string path) => Compare(new SourceText(path, File.ReadAllText(path)));

    [Fact]
    public void Every_word_of_the_language_has_its_colour() => Assert.All(ReferencePage.Examples(), example => Compare(new SourceText("reference", example)));

    private static void Compare(SourceText source)
    {
        var comments = new List<Comment>();
        string[] scopes = Scopes(source);
        var tokens = Lexer.Read(source, new DiagnosticBag(), comments);
        foreach (var comment in comments) Assert.All(Enumerable.Range(comment.Start, comment.Length).Where(at => source.Content[at] is not ('\n' or '\r')), at => Assert.StartsWith("comment.", scopes[at]));

        var names = Names(Parser.Parse(source, new DiagnosticBag())).ToList();
        foreach (var token in tokens[..^1])
        {
            string text = source.Content.Substring(token.Start, token.Length);
            var seen = scopes[token.Start..token.End].Distinct().ToList();
            string place = $"{source.Path}:{source.Position(token.Start).Line}: {text}: {string.Join(", ", seen)}";
            switch (token.Kind)
            {
                case TokenKind.Time: Assert.True(seen is ["constant.numeric.time.irk"], place); break;
                case TokenKind.Integer: Assert.True(seen is ["constant.numeric.irk"], place); break;
                case TokenKind.Text: Assert.True(seen is ["string.quoted.double.irk"], place); break;
                case TokenKind.Name when !names.Exists(name => name.Start <= token.Start && token.End <= name.End): Assert.True(seen is [var one] && (one.StartsWith("keyword.", StringComparison.Ordinal) || one.StartsWith("constant.language.", StringComparison.Ordinal) || one.StartsWith("support.", StringComparison.Ordinal)), place); break;
                // A name may be a word of the language, and then looks like one.
                case TokenKind.Name: Assert.True(seen is [var other] && (!other.StartsWith("keyword.", StringComparison.Ordinal) || words.Contains(text)), place); break;
            }
        }
    }

    /// <summary>The names in a tree; a source of a number has them within its text.</summary>
    private static IEnumerable<SourceSpan> Names(object? node) => node switch
    {
        NameSyntax name => [name.Span],
        OriginArgumentSyntax { Quoted: false } argument => [argument.Span],
        SyntaxNode or IStructuralEquatable => (node is IEnumerable list ? list.Cast<object?>() : node.GetType().GetProperties().Where(property => property.GetIndexParameters().Length == 0).Select(property => property.GetValue(node))).SelectMany(Names),
        _ => [],
    };

    /// <summary>Of each character the innermost scope.</summary>
    private static string[] Scopes(SourceText source)
    {
        string[] scopes = new string[source.Content.Length];
        IStateStack? state = null;
        for (int line = 1; line <= source.LineCount; line++)
        {
            var (start, _) = source.LineBounds(line);
            var result = grammar.TokenizeLine(source.Line(line), state, TimeSpan.MaxValue);
            state = result.RuleStack;
            foreach (var token in result.Tokens) scopes.AsSpan(start + token.StartIndex, Math.Max(0, Math.Min(token.EndIndex, source.Content.Length - start) - token.StartIndex)).Fill(token.Scopes[^1]);
        }

        return scopes;
    }

    private sealed class Extension : IRegistryOptions
    {
        public IRawGrammar GetGrammar(string scopeName)
        {
            using var reader = new StreamReader(Repository.Folder("Checker", "Editor", "vscode", "syntaxes", "irk.tmLanguage.json"));
            return GrammarReader.ReadGrammarSync(reader);
        }

        public IRawTheme GetTheme(string scopeName) => null!;

        public ICollection<string> GetInjections(string scopeName) => [];

        public IRawTheme GetDefaultTheme() => ThemeReader.ReadThemeSync(new StreamReader(new MemoryStream("{\"name\":\"none\",\"settings\":[]}"u8.ToArray())));
    }
}
