using System.Collections.Immutable;
using Irekae.Model.Binding;
using Irekae.Model.Diagnostics;
using Irekae.Model.Syntax;
using Irekae.Model.Text;

namespace Irekae.Model;

/// <summary>A specification: its text, what is wrong with it and, when nothing is, what it means.</summary>
public sealed class Spec
{
    private const int MaximumVariants = 64;

    private readonly Dictionary<string, BoundSystem> variants = [];

    private Spec(SyntaxSet syntax)
    {
        Syntax = syntax;
        var bag = new DiagnosticBag();
        var system = Binder.Bind(syntax, null, bag, Names);
        foreach (var variant in Items().OfType<ItemSyntax.Variant>())
        {
            if (variants.Count == MaximumVariants)
            {
                bag.ReportTooMany(variant.Name.Span, "variants", MaximumVariants);
                break;
            }
            var bound = Binder.Bind(syntax, variant, bag, Names);
            variants.TryAdd(variant.Name.Text, bound);
        }
        bool wrong = bag.HasErrors || syntax.HasErrors;
        if (!wrong) ReportUnused(bag);
        Diagnostics = InSourceOrder(syntax, bag);
        if (wrong) variants.Clear();
        else System = system;
    }

    public SyntaxSet Syntax { get; }

    /// <summary>Everything that is wrong, of all phases and variants: the main file first, each file from its beginning to its end.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; }

    /// <summary>What its names stand for, in all variants; with errors, as far as that is known.</summary>
    public NameTable Names { get; } = new();

    public bool HasErrors => System is null;

    /// <summary>The system as written, with no variant; null when there are errors.</summary>
    public BoundSystem? System { get; }

    /// <summary>The system with the settings of a variant; null when there are errors or no such variant.</summary>
    public BoundSystem? ForVariant(string name) => variants.GetValueOrDefault(name);

    /// <summary>From a file and what it imports. Never throws for what the files or their absence may be.</summary>
    public static Spec Load(string path) => new(SyntaxLoader.Load(path));

    /// <summary>The same, where texts that are being edited take the place of files.</summary>
    /// <param name="edited">Texts by full path.</param>
    public static Spec Load(string path, IReadOnlyDictionary<string, string> edited) => new(SyntaxLoader.Load(path, edited));

    /// <summary>From a text; the path only names it in diagnostics.</summary>
    public static Spec FromText(string path, string text, IReadOnlyDictionary<string, string>? imports = null) => new(SyntaxLoader.LoadText(path, text, imports));

    public static Spec FromSyntax(SyntaxSet syntax) => new(syntax);

    /// <summary>From a text without a name.</summary>
    public static Spec Bind(string text) => FromText("spec.irk", text);

    private IEnumerable<ItemSyntax> Items() => Syntax.Files.SelectMany(file => file.Items);

    /// <summary>Declarations of the main file that nobody uses in any variant; an imported file may offer more than one takes.</summary>
    private void ReportUnused(DiagnosticBag bag)
    {
        foreach (var item in Syntax.Files.Take(1).SelectMany(file => file.Items))
        {
            IEnumerable<NameSyntax> declared = item switch
            {
                ItemSyntax.Duration duration => [duration.Name],
                ItemSyntax.Constant constant => [constant.Name],
                ItemSyntax.Parameter parameter => [parameter.Name],
                ItemSyntax.Token token => [token.Name],
                ItemSyntax.Mutex mutex => [mutex.Name],
                ItemSyntax.Endpoint endpoint => [endpoint.Name],
                ItemSyntax.Shared shared => shared.Variables.Select(variable => variable.Name),
                ItemSyntax.Actor actor => actor.Variables.Select(variable => variable.Name),
                _ => [],
            };
            foreach (var name in declared)
                if (!Names.IsUsed(name)) bag.ReportUnusedDeclaration(name.Span, name.Text);
        }
    }

    private static ImmutableArray<Diagnostic> InSourceOrder(SyntaxSet syntax, DiagnosticBag bag)
    {
        var files = new List<SourceText>();
        foreach (var source in syntax.Files.Select(file => file.Source)) files.Add(source);
        return
        [
            .. syntax.Diagnostics.Concat(bag.ToImmutable())
                .OrderBy(diagnostic => diagnostic.Code == Codes.TooManyErrors ? 1 : 0)
                .ThenBy(diagnostic => files.IndexOf(diagnostic.Span.Source) is >= 0 and var place ? place : int.MaxValue)
                .ThenBy(diagnostic => diagnostic.Span.Start),
        ];
    }
}
