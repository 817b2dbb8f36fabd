using System.Collections.Immutable;
using Irekae.Model.Diagnostics;
using Irekae.Model.Syntax;
using Irekae.Model.Text;

namespace Irekae.Model.Binding;

/// <summary>Faults, and what is asked.</summary>
internal sealed partial class Binder
{
    private const int MaximumFaults = 1000;

    private readonly Dictionary<string, Fault> faults = [];
    private readonly Dictionary<string, Asked> asked = [];

    /// <summary>A property on the way: its question (null: it has a diagnostic), and what it and those it refers to add.</summary>
    private sealed record Asked(Question? Question, ImmutableArray<Fault> Under, string? Variant);

    private void BindFaults()
    {
        foreach (var item in faultItems.Values)
        {
            int atMost = item.AtMost is null ? 1 : BindCount(item.AtMost, "the number of times", 1, MaximumFaults);
            int actor = -1, endpoint = -1, message = -1;
            if (item.Kind == FaultKind.Crash) actor = ResolveActor(item.Target)?.Index ?? -1;
            else if (ResolveTraffic(item.Target) is var (where, what)) (endpoint, message) = (where.Index, what?.Index ?? -1);

            int notifyEndpoint = -1, notifyMessage = -1;
            if (item.Notifying is not null && item.Kind != FaultKind.Crash) diagnostics.ReportNotifyingWithoutCrash(item.Notifying.Span);
            else if (item.Notifying is not null && ResolveMessage(item.Notifying) is var (told, news, handlers))
            {
                (notifyEndpoint, notifyMessage) = (told.Index, news.Index);
                if (handlers.Any(handler => handler.Parameters.Length > 0)) diagnostics.ReportNotifyWithArguments(item.Notifying.Span, news.Name);
            }
            faults.Add(item.Name.Text, new Fault(faults.Count, item.Name.Text, item.Kind, actor, endpoint, message, atMost, notifyEndpoint, notifyMessage, item.Span));
        }
    }

    /// <summary>All messages to an endpoint, <c>nic</c>, or one kind of them, <c>nic.transmit</c>.</summary>
    private (Endpoint Endpoint, Message? Message)? ResolveTraffic(ReferenceSyntax reference)
    {
        if (reference.IsMissing || reference.Names.IsEmpty) return null;
        var path = reference.Names;
        bool whole = path.Length == 1
            || (path.Length == 2 && symbols.GetValueOrDefault(path[0].Text) is FamilySymbol family && family.Instances.Exists(instance => instance.Instance?.Text == path[1].Text));
        if (whole) return ResolveEndpoint(path, reference.Span) is var (endpoint, _) ? (endpoint, null) : null;
        return ResolveMessage(reference) is var (to, message, _) ? (to, message) : null;
    }

    private ImmutableArray<Property> BindProperties()
    {
        var properties = ImmutableArray.CreateBuilder<Property>();
        foreach (var item in propertyItems.Values)
        {
            var found = Ask(item, [], item.Name.Span);
            if (found?.Question is { } question) properties.Add(new Property(properties.Count, item.Name.Text, question, found.Under, found.Variant, item.Span));
        }
        foreach (var actor in actorSymbols)
        {
            if (actor.Reference.Activation is not { Deadline: { } deadline }) continue;
            string name = $"{actor.Name}.deadline";
            var question = new Question.Max(new Quantity.Response(actor.Reference), deadline.Constant);
            if (!propertyItems.ContainsKey(name)) properties.Add(new Property(properties.Count, name, question, [], null, actor.Span));
        }
        return properties.ToImmutable();
    }

    private Asked? Ask(ItemSyntax.Property item, ImmutableArray<ItemSyntax.Property> askers, SourceSpan use)
    {
        if (asked.TryGetValue(item.Name.Text, out var known)) return known;
        if (askers.Contains(item, ReferenceEqualityComparer.Instance))
        {
            diagnostics.ReportCyclicDefinition(use, item.Name.Text);
            return null;
        }
        if (!Enter(use)) return null;
        var found = BindProperty(item, askers.Add(item));
        definitionDepth--;
        return asked[item.Name.Text] = found;
    }

    private Asked BindProperty(ItemSyntax.Property item, ImmutableArray<ItemSyntax.Property> askers)
    {
        var under = new List<Fault>();
        foreach (var name in item.Under)
        {
            if (BindFaultName(name) is { } fault && !under.Contains(fault)) under.Add(fault);
        }
        string? place = BindVariantName(item.In);
        if (item.Question is not QuestionSyntax.Same same) return new Asked(BindQuestion(item.Question), [.. under], place);

        if (same.Property.IsMissing) return new Asked(null, [], null);
        if (!propertyItems.TryGetValue(same.Property.Text, out var other))
        {
            ReportUnknown(same.Property, "a property", propertyItems.Keys, "a question begins with max, min, always, never, reachable, after or every");
            return new Asked(null, [], null);
        }
        names.Link(same.Property, other.Name);
        var original = Ask(other, askers, same.Property.Span);
        if (original is null) return new Asked(null, [], null);
        if (place is not null && original.Variant is not null && place != original.Variant) diagnostics.ReportVariantsConflict(item.In!.Span, original.Variant, place);
        return new Asked(original.Question, [.. original.Under.Union(under)], place ?? original.Variant);
    }

    private Question? BindQuestion(QuestionSyntax syntax)
    {
        switch (syntax)
        {
            case QuestionSyntax.Max max:
                return (BindQuantity(max.Quantity), BindBound(max.Bound)) is ({ } most, var (above)) ? new Question.Max(most, above) : null;
            case QuestionSyntax.Min min:
                return (BindQuantity(min.Quantity), BindBound(min.Bound)) is ({ } least, var (below)) ? new Question.Min(least, below) : null;
            case QuestionSyntax.Always always:
                return new Question.Always(BindCondition(always.Condition, Place.System).Expression);
            case QuestionSyntax.Never never:
                var condition = BindCondition(never.Condition, Place.System);
                return new Question.Always(condition.Constant is { } known ? new BoundExpression.Literal(1 - known) : new BoundExpression.Unary(UnaryOperator.Not, condition.Expression));
            case QuestionSyntax.Reachable reachable:
                return new Question.Reachable(BindCondition(reachable.Condition, Place.System).Expression);
            case QuestionSyntax.After after:
                var measure = ResolveMeasure(after.Measure);
                var then = BindCondition(after.Condition, Place.System).Expression;
                return measure is null ? null : new Question.After(measure, then);
            case QuestionSyntax.Answered answered:
                var request = ResolveMessage(answered.Request);
                var within = BindKnownTime(answered.Within, "the bound of a property");
                return request is var (endpoint, message, _) && within is { } bound ? new Question.Answered(new Quantity.Answer(endpoint, message), bound) : null;
            default:
                return null;
        }
    }

    /// <summary>A bound that is given and right, or not given; null when it is wrong.</summary>
    private Tuple<Numbers.Rational?>? BindBound(ExpressionSyntax? syntax)
    {
        if (syntax is null) return new(null);
        return BindKnownTime(syntax, "the bound of a property") is { } bound ? new(bound) : null;
    }

    private Quantity? BindQuantity(QuantitySyntax syntax)
    {
        switch (syntax)
        {
            case QuantitySyntax.OfMeasure measure:
                return ResolveMeasure(measure.Name) is { } found ? new Quantity.OfMeasure(found) : null;
            case QuantitySyntax.Gap gap:
                return ResolveMark(gap.Mark) is { } mark ? new Quantity.Gap(mark) : null;
            case QuantitySyntax.Response response:
                if (ResolveActor(response.Actor) is not { } actor) return null;
                if (actor.Reference.Activation is not null) return new Quantity.Response(actor.Reference);
                diagnostics.ReportNoResponse(response.Span, actor.Name);
                return null;
            default:
                return null;
        }
    }

    private Measure? ResolveMeasure(NameSyntax name)
    {
        if (name.IsMissing) return null;
        if (measures.TryGetValue(name.Text, out var measure))
        {
            names.Link(name, measureNames[name.Text]);
            return measure;
        }
        var mark = marks.Values.FirstOrDefault(other => other.Name.EndsWith($".{name.Text}", StringComparison.Ordinal));
        ReportUnknown(name, "a measure", measures.Keys, mark is null ? $"put what is to be measured into `measure {name.Text} {{ … }}`" : $"for a mark write `gap({mark.Name})`");
        return null;
    }

    /// <summary><c>ap.send</c>, or <c>send</c> when only one declaration passes a mark of that name.</summary>
    private Mark? ResolveMark(ReferenceSyntax reference)
    {
        if (reference.IsMissing || reference.Names.IsEmpty) return null;
        if (reference.Names.Length == 1)
        {
            var meanings = marks.Values.Where(mark => mark.Name.EndsWith($".{reference.Text}", StringComparison.Ordinal)).ToImmutableArray();
            if (meanings.Length == 1)
            {
                names.Link(reference.Names[0], markNames[meanings[0].Name]);
                return meanings[0];
            }
            if (meanings.Length > 1) diagnostics.ReportAmbiguousName(reference.Span, reference.Text, meanings.Select(mark => mark.Name));
            else ReportUnknown(reference.Names[0], "a mark", marks.Keys.Select(name => name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..]), $"pass it somewhere: `mark {reference.Text};`");
            return null;
        }
        if (marks.TryGetValue(reference.Text, out var exact))
        {
            names.Link(reference.Names[1], markNames[exact.Name]);
            Lookup(reference.Names[0]);
            return exact;
        }
        diagnostics.ReportUnknownName(reference.Span, reference.Text, "mark", Suggestion.Closest(reference.Text, marks.Keys), $"pass it somewhere: `mark {reference.Names[^1].Text};`");
        return null;
    }
}
