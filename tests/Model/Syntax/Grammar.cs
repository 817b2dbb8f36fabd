using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Irekae.Model.Diagnostics;
using Irekae.Model.Syntax;
using Irekae.Model.Text;

namespace Irekae.Tests.Model.Syntax;

/// <summary>A part of a production.</summary>
internal abstract record Symbol
{
    public sealed record Terminal(string Text) : Symbol;

    /// <summary>NAME, INT, TIME or STRING.</summary>
    public sealed record Class(string Name) : Symbol;

    public sealed record Named(string Production) : Symbol;

    public sealed record Sequence(ImmutableArray<Symbol> Parts) : Symbol;

    /// <summary>Of no alternatives: what cannot be derived.</summary>
    public sealed record Choice(ImmutableArray<Symbol> Alternatives) : Symbol;

    public sealed record Repeated(Symbol Part, bool AtMostOnce) : Symbol;

    public IEnumerable<Symbol> WithParts() => (this switch
    {
        Sequence sequence => sequence.Parts,
        Choice choice => choice.Alternatives,
        Repeated repeated => [repeated.Part],
        _ => ImmutableArray<Symbol>.Empty,
    }).SelectMany(part => part.WithParts()).Prepend(this);
}

/// <summary>What docs/grammar.md says, as a thing that derives texts.</summary>
internal sealed partial record Grammar(ImmutableDictionary<string, Symbol> Productions, ImmutableArray<string> Order)
{
    [GeneratedRegex(@"\s+|//[^\n]*|(?<token>""[^""]+""|[A-Za-z]+|[=|;()\[\]{}])")]
    private static partial Regex Tokens();

    [GeneratedRegex("```\n(file .*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    public static Grammar OfThePage() => Read(Block().Match(File.ReadAllText(Repository.Folder("docs", "grammar.md"))).Groups[1].Value);

    public static Grammar Read(string text)
    {
        var matches = Tokens().Matches(text);
        Assert.Equal(text.Length, matches.Sum(match => match.Length));
        var tokens = new Queue<string>(matches.Select(match => match.Groups["token"].Value).Where(token => token.Length > 0));
        var (productions, order) = (ImmutableDictionary.CreateBuilder<string, Symbol>(), ImmutableArray.CreateBuilder<string>());
        while (tokens.TryDequeue(out string? name))
        {
            Take("=");
            productions.Add(name, Choice());
            order.Add(name);
            Take(";");
        }

        var grammar = new Grammar(productions.ToImmutable(), order.ToImmutable());
        Assert.Equal([], productions.Values.SelectMany(symbol => symbol.WithParts()).OfType<Symbol.Named>().Select(named => named.Production).Except(order));
        return grammar;

        void Take(string token) => Assert.Equal(token, tokens.Dequeue());

        Symbol Choice()
        {
            var alternatives = new List<Symbol> { Sequence() };
            while (tokens.Peek() == "|")
            {
                tokens.Dequeue();
                alternatives.Add(Sequence());
            }

            return alternatives is [var only] ? only : new Symbol.Choice([.. alternatives]);
        }

        Symbol Sequence()
        {
            var parts = new List<Symbol>();
            while (tokens.Peek() is not ("|" or ";" or ")" or "]" or "}")) parts.Add(Part(tokens.Dequeue()));
            return parts is [var only] ? only : new Symbol.Sequence([.. parts]);
        }

        Symbol Part(string token)
        {
            if (token[0] == '"') return new Symbol.Terminal(token[1..^1]);
            if (char.IsUpper(token[0])) return new Symbol.Class(token);
            if (token is not ("(" or "[" or "{")) return new Symbol.Named(token);
            var inner = Choice();
            Take(token switch { "(" => ")", "[" => "]", _ => "}" });
            return token == "(" ? inner : new Symbol.Repeated(inner, token == "[");
        }
    }

    public IEnumerable<string> Terminals(IEnumerable<string> productions) => productions.SelectMany(name => Terminals(Productions[name])).Distinct();

    public static IEnumerable<string> Terminals(Symbol symbol) => symbol.WithParts().OfType<Symbol.Terminal>().Select(terminal => terminal.Text).Distinct();

    public Grammar With(string production, Symbol symbol) => this with { Productions = Productions.SetItem(production, symbol) };

    public bool Derives(SourceText source)
    {
        var tokens = Lexer.Read(source, new DiagnosticBag())[..^1];
        var known = new Dictionary<(string, int), ImmutableSortedSet<int>>();
        return Ends(new Symbol.Named(Order[0]), 0).Contains(tokens.Length);

        // Where what is derived from a symbol and begins at a token may end. No production begins with itself.
        ImmutableSortedSet<int> Ends(Symbol symbol, int start)
        {
            switch (symbol)
            {
                case Symbol.Terminal terminal: return Next(start < tokens.Length && Text(start) == terminal.Text);
                case Symbol.Class(var name): return Next(start < tokens.Length && name == ClassOf(start));
                case Symbol.Named(var production):
                    if (!known.TryGetValue((production, start), out var ends)) known[(production, start)] = ends = Ends(Productions[production], start);
                    return ends;
                case Symbol.Sequence sequence: return sequence.Parts.Aggregate(ImmutableSortedSet.Create(start), (from, part) => [.. from.SelectMany(at => Ends(part, at))]);
                case Symbol.Choice choice: return [.. choice.Alternatives.SelectMany(alternative => Ends(alternative, start))];
                case Symbol.Repeated repeated:
                    var (all, latest) = (ImmutableSortedSet.Create(start), ImmutableSortedSet.Create(start));
                    do all = all.Union(latest = [.. latest.SelectMany(at => Ends(repeated.Part, at)).Where(end => !all.Contains(end))]);
                    while (!latest.IsEmpty && !repeated.AtMostOnce);
                    return all;
                default: throw new System.Diagnostics.UnreachableException(symbol.ToString());
            }

            ImmutableSortedSet<int> Next(bool fits) => fits ? [start + 1] : [];
        }

        string Text(int token) => source.Content.Substring(tokens[token].Start, tokens[token].Length);

        string? ClassOf(int token) => tokens[token].Kind switch
        {
            TokenKind.Name when !Words.Reserved.Contains(Text(token)) => "NAME",
            TokenKind.Integer => "INT",
            TokenKind.Time => "TIME",
            TokenKind.Text => "STRING",
            _ => null,
        };
    }

    /// <summary>A text derived at random.</summary>
    /// <param name="depth">Of productions in productions; beyond it the shallowest alternatives are taken.</param>
    /// <param name="chosen">How often each alternative was; those that were seldom come first.</param>
    public string Derive(Random random, int depth, Dictionary<Symbol, int> chosen)
    {
        const int MostRounds = 3;
        var depths = Depths();
        var words = new List<string>();
        Derive(new Symbol.Named(Order[0]), depth);
        return string.Join(' ', words);

        void Derive(Symbol symbol, int left)
        {
            switch (symbol)
            {
                case Symbol.Terminal terminal: words.Add(terminal.Text); break;
                case Symbol.Class(var name): words.Add(name switch { "NAME" => $"{(char)('a' + random.Next(6))}_", "INT" => $"{random.Next(100)}", "TIME" => $"{random.Next(100)}.5us", _ => "\"text\"" }); break;
                case Symbol.Named(var production): Derive(Productions[production], left - 1); break;
                case Symbol.Sequence sequence:
                    foreach (var part in sequence.Parts) Derive(part, left);
                    break;
                case Symbol.Choice choice:
                    var next = choice.Alternatives.Where(alternative => DepthOf(alternative, depths) < left).MinBy(alternative => (chosen.GetValueOrDefault(alternative), random.Next()))
                        ?? choice.Alternatives.MinBy(alternative => DepthOf(alternative, depths))!;
                    chosen[next] = chosen.GetValueOrDefault(next) + 1;
                    Derive(next, left);
                    break;
                case Symbol.Repeated repeated when DepthOf(repeated.Part, depths) < left:
                    for (int rounds = random.Next(repeated.AtMostOnce ? 2 : MostRounds); rounds > 0; rounds--) Derive(repeated.Part, left);
                    break;
            }
        }
    }

    /// <summary>How deep productions have to stand in one another at least.</summary>
    private Dictionary<string, int> Depths()
    {
        var depths = Order.ToDictionary(name => name, _ => short.MaxValue + 0);
        for (bool changed = true; changed;)
        {
            changed = false;
            foreach (string name in Order)
            {
                int depth = 1 + DepthOf(Productions[name], depths);
                changed |= depth < depths[name];
                depths[name] = Math.Min(depth, depths[name]);
            }
        }

        return depths;
    }

    private static int DepthOf(Symbol symbol, Dictionary<string, int> depths) => symbol switch
    {
        Symbol.Named(var name) => depths[name],
        Symbol.Sequence sequence => sequence.Parts.Max(part => DepthOf(part, depths)),
        Symbol.Choice choice => choice.Alternatives.Min(alternative => DepthOf(alternative, depths)),
        _ => 0,
    };
}
