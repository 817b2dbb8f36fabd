using System.Collections.Immutable;
using Irekae.Model.Diagnostics;
using Irekae.Model.Syntax;
using Irekae.Model.Text;

namespace Irekae.Model.Binding;

/// <summary>
/// Names at the level of the system. Things have one space of names; variants, faults and properties have each their own, and so have measures
/// and marks, which nobody declares.
/// </summary>
internal sealed partial class Binder
{
    private const int MaximumActors = 64;

    private readonly Dictionary<string, Symbol> symbols = [];
    private readonly Dictionary<string, List<(TokenSymbol Token, int Position)>> tokenValues = [];
    private readonly Dictionary<string, ItemSyntax.Variant> variants = [];
    private readonly Dictionary<string, ItemSyntax.Fault> faultItems = [];
    private readonly Dictionary<string, ItemSyntax.Property> propertyItems = [];
    private readonly Dictionary<string, ItemSyntax.Experiment> experimentItems = [];

    private void DeclareNames()
    {
        foreach (var item in Items<ItemSyntax>())
        {
            switch (item)
            {
                case ItemSyntax.Constant constant: Declare(new ConstantSymbol(constant.Name, Replacement(constant).Value)); break;
                case ItemSyntax.Duration duration: Declare(new DurationSymbol(duration.Name, Replacement(duration).Value)); break;
                case ItemSyntax.Parameter parameter: Declare(new ParameterSymbol(parameter.Name, parameter.Range)); break;
                case ItemSyntax.Token token: DeclareToken(token); break;
                case ItemSyntax.Shared shared: Declare(new SharedSymbol(shared)); break;
                case ItemSyntax.Mutex mutex: Declare(new MutexSymbol(Replacement(mutex))); break;
                case ItemSyntax.Endpoint endpoint: Declare(new EndpointSymbol(endpoint)); break;
                case ItemSyntax.Actor actor: Declare(new FamilySymbol(actor)); break;
                case ItemSyntax.Variant declared: DeclareIn(variants, declared.Name, declared, other => other.Name); break;
                case ItemSyntax.Experiment experiment: DeclareIn(experimentItems, experiment.Name, experiment, other => other.Name); break;
                case ItemSyntax.Fault fault: DeclareIn(faultItems, fault.Name, fault, other => other.Name); break;
                case ItemSyntax.Property property: DeclareIn(propertyItems, property.Name, property, other => other.Name); break;
            }
        }
    }

    private void Declare(Symbol symbol)
    {
        if (symbol.Declared.IsMissing) return;
        if (!symbols.TryAdd(symbol.Name, symbol)) diagnostics.ReportDuplicateName(symbol.Span, symbol.Name, symbols[symbol.Name].Span);
    }

    private void DeclareIn<T>(Dictionary<string, T> space, NameSyntax name, T item, Func<T, NameSyntax> nameOf)
    {
        if (name.IsMissing) return;
        if (!space.TryAdd(name.Text, item)) diagnostics.ReportDuplicateName(name.Span, name.Text, nameOf(space[name.Text]).Span);
    }

    private void DeclareToken(ItemSyntax.Token item)
    {
        var values = new List<NameSyntax>();
        foreach (var value in item.Values)
        {
            if (value.IsMissing) continue;
            if (values.Find(other => other.Text == value.Text) is { } first) diagnostics.ReportDuplicateName(value.Span, value.Text, first.Span);
            else values.Add(value);
        }
        if (values.Count == 0 && item.Values.IsEmpty) diagnostics.ReportRangeSize(item.Name.Span, 0, -1);
        var token = new TokenSymbol(item.Name, [.. values], new DataType.Token(item.Name.Text, [.. values.Select(value => value.Text)]));
        Declare(token);
        if (item.Name.IsMissing || symbols[item.Name.Text] != token) return;
        for (int position = 0; position < values.Count; position++)
        {
            if (!tokenValues.TryGetValue(values[position].Text, out var meanings)) tokenValues[values[position].Text] = meanings = [];
            meanings.Add((token, position));
        }
    }

    private Symbol? Lookup(NameSyntax name)
    {
        if (!symbols.TryGetValue(name.Text, out var symbol)) return null;
        names.MarkUsed(symbol.Declared);
        names.Link(name, symbol.Declared);
        return symbol;
    }

    /// <summary>The symbol of that kind; otherwise null, with a diagnostic unless the name is missing.</summary>
    private T? Resolve<T>(NameSyntax name, string words) where T : Symbol
    {
        if (name.IsMissing) return null;
        var symbol = Lookup(name);
        if (symbol is T wanted) return wanted;
        if (symbol is not null) diagnostics.ReportWrongKind(name.Span, name.Text, symbol.Words, words);
        else ReportUnknown(name, words, symbols.Values.OfType<T>().Select(other => other.Name));
        return null;
    }

    private void ReportUnknown(NameSyntax name, string words, IEnumerable<string> candidates, string? otherwise = null)
    {
        string needed = words.StartsWith("an ", StringComparison.Ordinal) ? words[3..] : words.StartsWith("a ", StringComparison.Ordinal) ? words[2..] : words;
        diagnostics.ReportUnknownName(name.Span, name.Text, needed, Suggestion.Closest(name.Text, candidates), otherwise);
    }

    /// <summary>One actor: <c>rs</c>, <c>driver.new</c>. Null with a diagnostic, or for a missing name.</summary>
    private ActorSymbol? ResolveActor(ReferenceSyntax reference)
    {
        if (reference.IsMissing || reference.Names.IsEmpty) return null;
        const string words = "a process, server or device";
        var family = ResolveFamily(reference.Names[0], words);
        if (family is null) return null;
        if (reference.Names.Length == 1) return Only(family, reference.Span);
        var instance = ResolveInstance(family, reference.Names[1]);
        if (instance is null) return null;
        if (reference.Names.Length == 2) return instance;
        diagnostics.ReportWrongKind(reference.Span, reference.Text, "longer than the name of an actor", words, $"write `{instance.Name}`");
        return null;
    }

    private FamilySymbol? ResolveFamily(NameSyntax name, string words)
    {
        if (name.IsMissing) return null;
        switch (Lookup(name))
        {
            case FamilySymbol family:
                return family;
            case null:
                ReportUnknown(name, words, symbols.Values.OfType<FamilySymbol>().Select(other => other.Name));
                return null;
            case EndpointSymbol endpoint:
                diagnostics.ReportWrongKind(name.Span, name.Text, endpoint.Words, words, "write the name of one of those it is bound to");
                return null;
            case var other:
                diagnostics.ReportWrongKind(name.Span, name.Text, other.Words, words);
                return null;
        }
    }

    /// <summary>The one instance of a family; with several a diagnostic that lists them.</summary>
    private ActorSymbol? Only(FamilySymbol family, SourceSpan span)
    {
        if (family.Instances.Count == 1) return family.Instances[0];
        if (family.Instances.Count > 1) diagnostics.ReportAmbiguousInstance(span, family.Name, family.Instances.Select(instance => instance.Name));
        return null;
    }

    private ActorSymbol? ResolveInstance(FamilySymbol family, NameSyntax name)
    {
        if (name.IsMissing) return null;
        var instance = family.Instances.Find(other => other.Instance?.Text == name.Text);
        if (instance is null)
        {
            var instances = family.Instances.Where(other => other.Instance is not null).Select(other => other.Instance!.Text).ToImmutableArray();
            ReportUnknown(name, $"instance of `{family.Name}`", instances, instances.IsEmpty ? $"write `{family.Name}` alone: it has one instance" : $"its instances are {string.Join(", ", instances)}");
        }
        else names.Link(name, instance.Instance!);
        return instance;
    }

    /// <summary>Who a message or a fault is for: a declared endpoint, or an actor by its own endpoint.</summary>
    private (Endpoint Endpoint, IReadOnlyList<ActorSymbol> Holders)? ResolveEndpoint(ImmutableArray<NameSyntax> path, SourceSpan span)
    {
        if (path.IsEmpty || path.Any(name => name.IsMissing)) return null;
        const string words = "an endpoint, process, server or device";
        switch (Lookup(path[0]))
        {
            case EndpointSymbol { Endpoint: { } endpoint } symbol when path.Length == 1:
                return (endpoint, symbol.Holders);
            case EndpointSymbol { Endpoint: null }:
                return null;
            case EndpointSymbol symbol:
                diagnostics.ReportWrongKind(span, string.Join('.', path.Select(name => name.Text)), "no receiver", words, $"write `{symbol.Name}` and then the message");
                return null;
            case FamilySymbol family when path.Length == 1:
                return Only(family, path[0].Span) is { } only ? (only.Endpoint, [only]) : null;
            case FamilySymbol family:
                if (ResolveInstance(family, path[1]) is not { } instance) return null;
                if (path.Length == 2) return (instance.Endpoint, [instance]);
                diagnostics.ReportWrongKind(span, string.Join('.', path.Select(name => name.Text)), "no receiver", words, $"write `{instance.Name}` and then the message");
                return null;
            case null:
                ReportUnknown(path[0], words, symbols.Values.Where(symbol => symbol is FamilySymbol or EndpointSymbol).Select(symbol => symbol.Name));
                return null;
            case var other:
                diagnostics.ReportWrongKind(path[0].Span, path[0].Text, other.Words, words);
                return null;
        }
    }
}
