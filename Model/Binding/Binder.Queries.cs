using System.Collections.Immutable;
using Irekae.Model.Syntax;

namespace Irekae.Model.Binding;

/// <summary>Names of data, and questions to the running system.</summary>
internal sealed partial class Binder
{
    private const string ValueWords = "a variable, const or token value";

    /// <summary>One name: the handlers' parameters, the actor's own variables, consts, token values. More names: from the system down.</summary>
    private Typed BindName(ReferenceSyntax reference, Place place)
    {
        if (reference.IsMissing || reference.Names.IsEmpty) return Typed.Error;
        return reference.Names.Length == 1 ? BindSimpleName(reference.Names[0], place) : FindVariable(reference, place, ValueWords) is { } found ? found.Value : Typed.Error;
    }

    private VariableSymbol? OwnVariable(string name, Place place)
    {
        for (int i = place.Handlers.Length - 1; i >= 0; i--)
            foreach (var parameter in place.Handlers[i].Parameters)
                if (parameter.Declared.Text == name) return parameter;
        return place.Actor?.Variables.GetValueOrDefault(name);
    }

    private Typed BindSimpleName(NameSyntax name, Place place)
    {
        if (OwnVariable(name.Text, place) is { } own) return Read(own, name);
        if (symbols.GetValueOrDefault(name.Text) is ConstantSymbol constant)
        {
            Lookup(name);
            return ConstantOf(constant, name.Span) is { } value ? Number(value) : Typed.Error;
        }
        if (tokenValues.TryGetValue(name.Text, out var meanings))
        {
            foreach (var meaning in meanings) names.MarkUsed(meaning.Token.Declared);
            if (meanings.Count == 1) return TokenValue(meanings[0].Token, meanings[0].Position, name);
            diagnostics.ReportAmbiguousName(name.Span, name.Text, meanings.Select(meaning => $"{meaning.Token.Name}.{name.Text}"));
            return Typed.Error;
        }
        if (Lookup(name) is { } other)
        {
            diagnostics.ReportWrongKind(name.Span, name.Text, other.Words, ValueWords, other switch
            {
                SharedSymbol { Variables.Count: > 0 } shared => $"write `{shared.Name}.{shared.Variables.Keys.First()}`",
                FamilySymbol family => $"name a variable of it: `{family.Instances.FirstOrDefault()?.Name ?? family.Name}.NAME`",
                EndpointSymbol endpoint => $"write `bound({endpoint.Name}) == NAME` or `bound({endpoint.Name}).NAME`",
                _ => null,
            });
            return Typed.Error;
        }
        var candidates = tokenValues.Keys.Concat(symbols.Values.OfType<ConstantSymbol>().Select(symbol => symbol.Name));
        if (place.Actor is not null) candidates = place.Handlers.SelectMany(handler => handler.Parameters).Select(parameter => parameter.Declared.Text).Concat(place.Actor.Variables.Keys).Concat(candidates);
        string? qualified = actorSymbols.Where(actor => actor.Variables.ContainsKey(name.Text)).Select(actor => $"{actor.Name}.{name.Text}")
            .Concat(symbols.Values.OfType<SharedSymbol>().Where(shared => shared.Variables.ContainsKey(name.Text)).Select(shared => $"{shared.Name}.{name.Text}"))
            .FirstOrDefault();
        if (qualified is not null) diagnostics.ReportUnknownName(name.Span, name.Text, "variable, const or token value", qualified);
        else ReportUnknown(name, ValueWords, candidates);
        return Typed.Error;
    }

    private Typed TokenValue(TokenSymbol token, int position, NameSyntax name)
    {
        names.Link(name, token.Values[position]);
        return new(new BoundExpression.Literal(position), new StaticType.Token(token.Type));
    }

    /// <summary>
    /// <c>ica.kept</c>, <c>driver.old.kept</c>, <c>state.none</c>, or with one name an own variable. The variable is null for a token value;
    /// the whole is null with a diagnostic.
    /// </summary>
    private (VariableSymbol? Variable, Typed Value)? FindVariable(ReferenceSyntax reference, Place place, string words)
    {
        var path = reference.Names;
        switch (Lookup(path[0]))
        {
            case SharedSymbol shared when path.Length == 2:
                return Member(shared.Variables, path[1], $"variable in `{shared.Name}`");
            case TokenSymbol token when path.Length == 2:
                int position = token.Type.Values.IndexOf(path[1].Text);
                if (position >= 0) return (null, TokenValue(token, position, path[1]));
                ReportUnknown(path[1], $"value of `{token.Name}`", token.Type.Values, $"its values are {string.Join(", ", token.Type.Values)}");
                return null;
            case FamilySymbol { Instances.Count: 0 }:
                if (!headersBound) diagnostics.ReportNotConstant(reference.Span);
                return null;
            case FamilySymbol family:
                var actor = family.Instances.Find(instance => instance.Instance?.Text == path[1].Text);
                if (actor is not null) names.Link(path[1], actor.Instance!);
                if (actor is not null && path.Length == 3) return Member(actor.Variables, path[2], $"variable of `{actor.Name}`");
                if (actor is not null && path.Length == 2)
                {
                    diagnostics.ReportWrongKind(reference.Span, reference.Text, "an instance", words, $"name a variable of it: `{actor.Name}.NAME`");
                    return null;
                }
                if (path.Length == 2 && family.Instances.Count > 0 && family.Instances[0].Variables.ContainsKey(path[1].Text))
                {
                    if (Only(family, path[0].Span) is { } only) return Member(only.Variables, path[1], $"variable of `{only.Name}`");
                    return null;
                }
                if (family.Instances.Count == 1 && family.Instances[0].Instance is null && path.Length == 2)
                    return Member(family.Instances[0].Variables, path[1], $"variable of `{family.Name}`");
                if (ResolveInstance(family, path[1]) is { } long_) diagnostics.ReportWrongKind(reference.Span, reference.Text, $"longer than a variable of `{long_.Name}`", words);
                return null;
            case EndpointSymbol endpoint:
                diagnostics.ReportWrongKind(reference.Span, reference.Text, "a variable behind an endpoint", words, $"write `bound({endpoint.Name}).{path[1].Text}`");
                return null;
            case null when OwnVariable(path[0].Text, place) is not null:
                diagnostics.ReportWrongKind(path[0].Span, path[0].Text, "a variable without parts", words, $"write `{path[0].Text}` alone");
                return null;
            case null:
                ReportUnknown(path[0], "a process, server, device, shared group or token type",
                    symbols.Values.Where(symbol => symbol is FamilySymbol or SharedSymbol or TokenSymbol).Select(symbol => symbol.Name));
                return null;
            case var other:
                diagnostics.ReportWrongKind(reference.Span, reference.Text, $"a part of {other.Words}", words);
                return null;
        }

        (VariableSymbol?, Typed)? Member(Dictionary<string, VariableSymbol> variables, NameSyntax name, string needed)
        {
            if (variables.TryGetValue(name.Text, out var symbol)) return (symbol, Read(symbol, name));
            ReportUnknown(name, needed, variables.Keys);
            return null;
        }
    }

    private static bool NamesActor(ExpressionSyntax syntax) => syntax is ExpressionSyntax.Query { Kind: QueryKind.Holder } or ExpressionSyntax.Query { Kind: QueryKind.Bound, Member: null };

    /// <summary><c>bound(nic_driver) == driver.new</c>, <c>holder(m) != p</c>.</summary>
    private Typed BindActorComparison(ExpressionSyntax.Infix syntax)
    {
        if (!headersBound)
        {
            diagnostics.ReportNotConstant(syntax.Span);
            return Typed.Error;
        }
        var (query, actorSyntax) = NamesActor(syntax.Left) ? ((ExpressionSyntax.Query)syntax.Left, syntax.Right) : ((ExpressionSyntax.Query)syntax.Right, syntax.Left);
        ActorSymbol? actor = null;
        if (actorSyntax is ExpressionSyntax.Name name) actor = ResolveActor(name.Reference);
        else if (actorSyntax is not ExpressionSyntax.Missing) diagnostics.ReportActorComparison(actorSyntax.Span, query.Kind == QueryKind.Bound ? "bound" : "holder");
        BoundExpression? comparison = null;
        if (query.Argument.IsMissing || query.Argument.Names.IsEmpty) return Typed.Error;
        if (query.Kind == QueryKind.Bound)
        {
            var endpoint = ResolveMovable(query.Argument);
            if (endpoint is not null && actor is not null) comparison = new BoundExpression.IsBoundTo(endpoint.Endpoint!, actor.Reference);
        }
        else if (ResolveOne<MutexSymbol>(query.Argument, "a mutex") is { Mutex: { } mutex } && actor is not null) comparison = new BoundExpression.Holds(actor.Reference, mutex);
        if (comparison is null) return Typed.Error;
        return Typed.Bool(syntax.Operator == InfixOperator.Equal ? comparison : new BoundExpression.Unary(UnaryOperator.Not, comparison));
    }

    private T? ResolveOne<T>(ReferenceSyntax reference, string words) where T : Symbol
    {
        if (reference.IsMissing || reference.Names.IsEmpty) return null;
        if (reference.Names.Length == 1) return Resolve<T>(reference.Names[0], words);
        diagnostics.ReportWrongKind(reference.Span, reference.Text, "a name with several parts", words);
        return null;
    }

    private EndpointSymbol? ResolveMovable(ReferenceSyntax reference) =>
        ResolveOne<EndpointSymbol>(reference, "a declared endpoint") is { Endpoint: not null } endpoint ? endpoint : null;

    private Typed BindQuery(ExpressionSyntax.Query syntax)
    {
        if (syntax.Argument.IsMissing || syntax.Argument.Names.IsEmpty) return Typed.Error;
        if (!headersBound)
        {
            diagnostics.ReportNotConstant(syntax.Span);
            return Typed.Error;
        }
        switch (syntax.Kind)
        {
            case QueryKind.Alive:
                return ResolveActor(syntax.Argument) is { } alive ? Typed.Bool(new BoundExpression.Alive(alive.Reference)) : Typed.Error;
            case QueryKind.Running:
                return ResolveActor(syntax.Argument) is { } running ? Typed.Bool(new BoundExpression.Running(running.Reference)) : Typed.Error;
            case QueryKind.Blocked:
                return ResolveActor(syntax.Argument) is { } blocked ? Typed.Bool(new BoundExpression.Blocked(blocked.Reference)) : Typed.Error;
            case QueryKind.Waiting:
                return ResolveActor(syntax.Argument) is { } waiting
                    ? new(new BoundExpression.Waiting(waiting.Reference), new StaticType.Int(0, waiting.Reference.InboxDepth))
                    : Typed.Error;
            case QueryKind.Count:
                return BindCountQuery(syntax.Argument);
            case QueryKind.Bound when syntax.Member is not null:
                return BindBoundVariable(syntax.Argument, syntax.Member);
            default:
                diagnostics.ReportActorComparison(syntax.Span, syntax.Kind == QueryKind.Bound ? "bound" : "holder");
                return Typed.Error;
        }
    }

    private Typed BindCountQuery(ReferenceSyntax argument)
    {
        if (argument.Names.Length == 1 && symbols.GetValueOrDefault(argument.Names[0].Text) is EndpointSymbol { Endpoint: { } endpoint })
        {
            Lookup(argument.Names[0]);
            return new(new BoundExpression.CountBound(endpoint), new StaticType.Int(0, 1));
        }
        ImmutableArray<Actor> actors;
        if (argument.Names.Length == 1) actors = ResolveFamily(argument.Names[0], "an endpoint, process, server or device") is { } family ? [.. family.Instances.Select(instance => instance.Reference)] : [];
        else actors = ResolveActor(argument) is { } actor ? [actor.Reference] : [];
        return actors.IsEmpty ? Typed.Error : new(new BoundExpression.CountAlive(actors), new StaticType.Int(0, actors.Length));
    }

    private Typed BindBoundVariable(ReferenceSyntax argument, NameSyntax member)
    {
        if (ResolveMovable(argument) is not { } endpoint || member.IsMissing) return Typed.Error;
        var byActor = new Variable?[actorSymbols.Count];
        StaticType? type = null;
        foreach (var holder in endpoint.Holders)
        {
            if (!holder.Variables.TryGetValue(member.Text, out var symbol) || (type is not null && !type.SameKind(TypeOf(symbol.Variable))))
            {
                diagnostics.ReportMembersDiffer(member.Span, member.Text, endpoint.Name, holder.Name);
                return Typed.Error;
            }
            names.MarkUsed(symbol.Declared);
            names.Link(member, symbol.Declared);
            byActor[holder.Index] = symbol.Variable;
            var own = TypeOf(symbol.Variable);
            type = type is StaticType.Int a && own is StaticType.Int b ? new StaticType.Int(Math.Min(a.Low, b.Low), Math.Max(a.High, b.High)) : own;
        }
        if (type is null && !endpointsInDoubt.Contains(endpoint)) ReportUnknown(member, $"variable behind `{endpoint.Name}`", []);
        return type is null or StaticType.Error ? Typed.Error : new(new BoundExpression.ReadBound(endpoint.Endpoint!, [.. byActor]), type);
    }
}
