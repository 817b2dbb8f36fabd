using System.Text;
using System.Text.RegularExpressions;
using Irekae.Model;
using Irekae.Model.Text;
using Irekae.Tests.Checker.Cli;

namespace Irekae.Tests.Model.Syntax;

/// <summary>
/// docs/reference.md has an entry for every production of docs/grammar.md and, where each alternative has a word, for each alternative; productions come from
/// the grammar, and each example needs its own. UPDATE_GOLDEN=1 writes productions and the index of words.
/// </summary>
public partial class ReferencePage
{
    private const string Path = "docs/reference.md";

    private static readonly Grammar grammar = Grammar.OfThePage();

    [GeneratedRegex(@"^##(?<deeper>#?) (?<title>`[^\n]*`)\n\n```ebnf\n(?<ebnf>.*?)```\n\n(?<meaning>[^\n#].*?)\n\n(?:```irk\n(?<example>.*?)```\n\n)?(?=##)", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Written();

    /// <summary>A heading of the page, the productions below it in whole, and what is left of the grammar without them.</summary>
    private sealed record Entry(string Title, bool Deeper, string Ebnf, IReadOnlyList<string> Words, IReadOnlyList<Grammar> Without, bool HasExample)
    {
        public string Heading => (Deeper ? "### " : "## ") + Title;
    }

    /// <summary>Together they have every word of the language.</summary>
    public static IEnumerable<string> Examples() => Written().Matches(File.ReadAllText(Repository.Folder(Path))).Select(match => match.Groups["example"].Value).Where(example => example.Length > 0);

    [Fact]
    public void Every_production_has_its_entry()
    {
        string page = File.ReadAllText(Repository.Folder(Path));
        var (written, entries) = (Written().Matches(page), Entries(page));
        Assert.Equal(entries.Select(entry => entry.Heading), written.Select(match => $"##{match.Groups["deeper"].Value} {match.Groups["title"].Value}"));
        Assert.Equal(entries.Select(entry => entry.HasExample), written.Select(match => match.Groups["example"].Success));

        int next = 0;
        string now = Written().Replace(page, match => match.Value.Replace($"```ebnf\n{match.Groups["ebnf"].Value}```", $"```ebnf\n{entries[next++].Ebnf}\n```"));
        if (Golden.Update) File.WriteAllText(Repository.Folder(Path), page = now);
        Assert.Equal(now, page);
        Golden.Parts("reference.md", ("words", Index(entries)));
    }

    [Fact]
    public void Every_example_has_no_mistake_and_needs_its_production()
    {
        string page = File.ReadAllText(Repository.Folder(Path));
        var imports = Directory.EnumerateFiles(Repository.Folder("specs", "common")).ToDictionary(path => "common/" + System.IO.Path.GetFileName(path), File.ReadAllText);
        foreach (var (match, entry) in Written().Matches(page).Zip(Entries(page)).Where(pair => pair.Second.HasExample))
        {
            string example = match.Groups["example"].Value, text = example.StartsWith("system ", StringComparison.Ordinal) ? example : "system page;\n" + example;
            var spec = Spec.FromText(entry.Title, text, imports);
            Assert.Equal([], spec.Diagnostics.Select(diagnostic => $"{entry.Title}: {diagnostic.Message}: {diagnostic.Span.Text}"));
            var source = new SourceText(entry.Title, text);
            Assert.True(grammar.Derives(source), entry.Title);
            Assert.All(entry.Without, without => Assert.False(without.Derives(source), $"{entry.Title}: the example does not need it"));
            Assert.Equal([], entry.Words.Where(word => !Token(word).IsMatch(text)).Select(word => $"{entry.Title}: '{word}' is not in the example"));
        }
    }

    private static Regex Token(string word) => new(char.IsLetter(word[0]) ? $@"\b{word}\b" : $@"(?<![<>=!|&.]){Regex.Escape(word)}(?![<>=|&.])");

    /// <summary>Productions that share a heading follow one another; which do, the page says.</summary>
    private static List<Entry> Entries(string page)
    {
        var shared = Written().Matches(page).Select(match => match.Groups["title"].Value.Replace("`", "").Split(", ")).Where(names => names.Length > 1).ToList();
        var entries = new List<Entry>();
        for (int k = 0; k < grammar.Order.Length;)
        {
            string[] names = shared.Find(names => names[0] == grammar.Order[k]) is { } several && grammar.Order.Skip(k).Take(several.Length).SequenceEqual(several) ? several : [grammar.Order[k]];
            k += names.Length;
            string title = string.Join(", ", names.Select(name => $"`{name}`")), ebnf = string.Join('\n', names.Select(Ebnf));
            var alternatives = names.Length == 1 && grammar.Productions[names[0]] is Symbol.Choice { Alternatives: var all } && all.All(one => one is Symbol.Named || Leading(one).Length > 0) ? all : [];
            entries.Add(new Entry(title, false, ebnf, [.. grammar.Terminals(names)], [.. names.Select(name => grammar.With(name, new Symbol.Choice([])))], alternatives.Length == 0));
            foreach (var one in alternatives.Where(one => one is not Symbol.Named))
                entries.Add(new Entry($"`{Leading(one)}`", true, Text(one), [.. Grammar.Terminals(one)], [grammar.With(names[0], new Symbol.Choice(alternatives.Remove(one)))], true));
        }

        return entries;
    }

    /// <summary>The words at the beginning of an alternative, or the first one in it.</summary>
    private static string Leading(Symbol alternative)
    {
        var parts = (alternative is Symbol.Sequence sequence ? sequence.Parts : [alternative]).SkipWhile(part => !IsWord(part));
        if (!parts.Any()) parts = alternative.WithParts().Where(IsWord).Take(1);
        return string.Join(' ', parts.TakeWhile(IsWord).Select(part => ((Symbol.Terminal)part).Text));
    }

    private static bool IsWord(Symbol symbol) => symbol is Symbol.Terminal { Text: var text } && char.IsLetter(text[0]);

    private static string Ebnf(string name) => grammar.Productions[name] is Symbol.Choice choice && Text(choice).Length > 120
        ? $"{name} =\n    {string.Join("\n  | ", choice.Alternatives.Select(Text))} ;"
        : $"{name} = {Text(grammar.Productions[name])} ;";

    private static string Text(Symbol symbol) => symbol switch
    {
        Symbol.Terminal terminal => $"\"{terminal.Text}\"",
        Symbol.Class(var name) => name,
        Symbol.Named(var name) => name,
        Symbol.Sequence sequence => string.Join(' ', sequence.Parts.Select(part => part is Symbol.Choice ? $"( {Text(part)} )" : Text(part))),
        Symbol.Choice choice => string.Join(" | ", choice.Alternatives.Select(Text)),
        Symbol.Repeated { AtMostOnce: true } once => $"[ {Text(once.Part)} ]",
        Symbol.Repeated repeated => $"{{ {Text(repeated.Part)} }}",
        _ => throw new System.Diagnostics.UnreachableException(symbol.ToString()),
    };

    /// <summary>Where each word stands. Headings of one name are told apart as those who show the page do it: by a number.</summary>
    private static string Index(List<Entry> entries)
    {
        var places = new SortedDictionary<string, List<string>>(StringComparer.Ordinal);
        var anchors = new Dictionary<string, int>();
        string section = "";
        foreach (var entry in entries)
        {
            string anchor = entry.Title.Replace("`", "").Replace(",", "").Replace(' ', '-'), name = entry.Title.Replace("`", "");
            int before = anchors[anchor] = anchors.TryGetValue(anchor, out int seen) ? seen + 1 : 0;
            if (!entry.Deeper) section = name;
            string place = $"[{(entry.Deeper ? $"{section}: {name}" : name)}](#{anchor}{(before > 0 ? $"-{before}" : "")})";
            foreach (string word in entry.Words.Where(word => char.IsLetter(word[0]) && (entry.Deeper || entry.HasExample)))
                (places.TryGetValue(word, out var list) ? list : places[word] = []).Add(place);
        }

        Assert.Equal(grammar.Terminals(grammar.Order).Where(word => char.IsLetter(word[0])).Order(StringComparer.Ordinal), places.Keys);
        var text = new StringBuilder();
        foreach (var (word, list) in places) text.Append($"* `{word}`: {string.Join(", ", list)}\n");
        return text.ToString();
    }
}
