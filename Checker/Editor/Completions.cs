using System.Collections.Immutable;
using Irekae.Model;
using Irekae.Model.Binding;
using Irekae.Model.Diagnostics;
using Irekae.Model.Syntax;
using Irekae.Model.Text;

namespace Irekae.Checker.Editor;

/// <summary>What may be written at a place: the words of the construct that may begin there, or names; found by the tokens before it, since what is being written has errors.</summary>
internal sealed class Completions
{
    private const int Keyword = 14, Value = 12;

    private readonly Spec spec;
    private readonly SourceText source;

    /// <summary>Before the word that is being written.</summary>
    private readonly ImmutableArray<Token> before;

    /// <summary>What is being written is in a comment or in quotes.</summary>
    private readonly bool isText;

    private Completions(Spec spec, SourceText source, int offset)
    {
        this.spec = spec;
        this.source = source;
        var (text, comments, mistakes) = (new SourceText(source.Path, source.Content[..offset]), new List<Comment>(), new DiagnosticBag());
        var tokens = Lexer.Read(text, mistakes, comments);
        isText = mistakes.ToImmutable().Any(mistake => mistake.Code == Codes.UnterminatedComment || mistake.Code == Codes.UnterminatedString)
            || comments is [.., { ToLineEnd: true } last] && last.Start + last.Length == offset;
        int count = tokens.Length - 1;
        if (count > 0 && tokens[count - 1].Kind == TokenKind.Name && tokens[count - 1].End == offset) count--;
        before = tokens[..count];
    }

    public static IEnumerable<CompletionItem> At(Spec spec, SourceText source, int offset) => new Completions(spec, source, offset).Find().DistinctBy(item => item.Label);

    private string TextOf(int token) => token >= 0 && token < before.Length ? source.Content.Substring(before[token].Start, before[token].Length) : "";

    private IEnumerable<ItemSyntax> Items => spec.Syntax.Files.SelectMany(file => file.Items);

    private IEnumerable<CompletionItem> Find()
    {
        if (isText) return [];
        int last = before.Length - 1;
        if (last >= 0 && before[last].Kind == TokenKind.Dot) return Members(last);
        var (heads, current) = Blocks();
        if (current.Length == 0) return Beginnings(heads);
        if (current[0] is "process" or "server" or "device" && current.Length > 1) return Words(Model.Syntax.Words.Attributes);
        if (current[0] == "property" && current[^1] == ":") return Words(Model.Syntax.Words.Questions).Concat(Named("a property"));
        return current[^1] switch
        {
            "call" or "send" or "notify" or "lose" or "refuse" or "notifying" => Named("a process", "a server", "a device", "an endpoint"),
            "spawn" or "start" or "kill" or "crash" or "to" or "without" => Named("a process", "a server", "a device"),
            "bind" => Named("an endpoint"),
            "lock" => Named("a mutex"),
            "run" or "wait" or ".." or "quantum" or "periodic" or "sporadic" or "offset" or "jitter" or "deadline" or "draw" => Named("a duration", "a parameter", "a const"),
            "under" => Named("a fault"),
            "in" => Named("a variant"),
            "max" or "min" or "as" or "total" or "observe" => Named("a measure").Concat(Words(["gap", "response"])),
            "after" => Named("a measure").Concat(Words(["any time"])),
            _ => All().Concat(Words(Model.Syntax.Words.Queries)).Concat(Words(Model.Syntax.Words.Reserved)),
        };
    }

    /// <summary>First words of the blocks that are open, and the words since the last statement, member or item ended.</summary>
    private (Stack<string> Heads, string[] Current) Blocks()
    {
        var heads = new Stack<string>();
        int start = 0;
        for (int i = 0; i < before.Length; i++)
        {
            if (before[i].Kind is not (TokenKind.Semicolon or TokenKind.OpenBrace or TokenKind.CloseBrace)) continue;
            if (before[i].Kind == TokenKind.OpenBrace) heads.Push(start < i ? TextOf(start) : "");
            else if (before[i].Kind == TokenKind.CloseBrace) heads.TryPop(out _);
            start = i + 1;
        }

        return (heads, [.. Enumerable.Range(start, before.Length - start).Select(TextOf)]);
    }

    private IEnumerable<CompletionItem> Beginnings(Stack<string> heads) => (heads.TryPeek(out string? head) ? head : null) switch
    {
        null => Words(Model.Syntax.Words.Items),
        "machine" => Words(Model.Syntax.Words.MachineRules),
        "scheduler" => Words(Model.Syntax.Words.SchedulerRules),
        "experiment" => Words(Model.Syntax.Words.ExperimentRules),
        "variant" => Words(Model.Syntax.Words.Settings),
        "shared" => Words(["var"]),
        "token" => [],
        "receive" => Words(["on"]),
        "server" or "device" => Words(Model.Syntax.Words.Members),
        "process" => Words(["var", .. Model.Syntax.Words.Statements]).Concat(Variables()),
        _ => Words(Model.Syntax.Words.Statements).Concat(Variables()),
    };

    /// <summary>What stands behind the names before a dot.</summary>
    private IEnumerable<CompletionItem> Members(int dot)
    {
        var path = new List<string>();
        for (int i = dot; i > 0 && before[i].Kind == TokenKind.Dot && before[i - 1].Kind == TokenKind.Name; i -= 2) path.Insert(0, TextOf(i - 1));
        if (path.Count == 0) return [];
        foreach (var item in Items)
        {
            switch (item)
            {
                case ItemSyntax.Shared shared when shared.Name.Text == path[0]: return Of(shared.Variables.Select(variable => variable.Name));
                case ItemSyntax.Token token when token.Name.Text == path[0]: return Of(token.Values);
                case ItemSyntax.Endpoint endpoint when endpoint.Name.Text == path[0]: return Of(Items.OfType<ItemSyntax.Actor>().SelectMany(Messages));
                case ItemSyntax.Actor actor when actor.Name.Text == path[0]:
                    var instances = path.Count > 1 ? [] : actor.Attributes.OfType<AttributeSyntax.Instances>().SelectMany(attribute => attribute.Names).Select(instance => instance.Name);
                    return Of(instances.Concat(Messages(actor)).Concat(actor.Variables.Select(variable => variable.Name)));
            }
        }

        return [];
    }

    private IEnumerable<NameSyntax> Messages(ItemSyntax.Actor actor) =>
        spec.Names.Things.Where(thing => thing.Words == "a message").SelectMany(thing => thing.Declared)
            .Where(name => name.Span.Source == actor.Span.Source && name.Span.Start >= actor.Span.Start && name.Span.End <= actor.Span.End);

    private IEnumerable<CompletionItem> Variables() => spec.Names.Things.Where(thing => thing.Words.StartsWith("a variable", StringComparison.Ordinal)).Select(Item).Concat(Named("a shared group"));

    private IEnumerable<CompletionItem> All() => spec.Names.Things.Where(thing => thing.Declared.Count > 0).Select(Item);

    private IEnumerable<CompletionItem> Named(params string[] words) => spec.Names.Things.Where(thing => words.Contains(thing.Words)).Select(Item);

    private IEnumerable<CompletionItem> Of(IEnumerable<NameSyntax> names) => names.Select(spec.Names.Of).OfType<NameTable.Named>().Select(Item);

    private static CompletionItem Item(NameTable.Named thing) => new(thing.Names[0].Text, Value, thing.Meaning.Length > 0 ? $"{thing.Words}: {thing.Meaning}" : thing.Words);

    private static IEnumerable<CompletionItem> Words(IEnumerable<string> words) => words.Select(word => new CompletionItem(word, Keyword, null));
}
