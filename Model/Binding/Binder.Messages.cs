using System.Collections.Immutable;
using Irekae.Model.Diagnostics;
using Irekae.Model.Syntax;
using Irekae.Model.Text;

namespace Irekae.Model.Binding;

/// <summary>Who gets a message, what it carries, what comes back.</summary>
internal sealed partial class Binder
{
    /// <summary>Handlers, by syntax node, whose message somebody calls at that actor.</summary>
    private readonly HashSet<SourceSpan> calledHandlers = [];

    /// <summary>Calls that take the answer: checked when all replies are known.</summary>
    private readonly List<(SourceSpan Span, Variable Target, ImmutableArray<HandlerSymbol> Handlers)> answers = [];

    private sealed record Delivery(Endpoint Endpoint, Message Message, ImmutableArray<BoundExpression> Arguments, ImmutableArray<HandlerSymbol> Handlers);

    private BoundStatement BindCall(StatementSyntax.Call call, Place place)
    {
        var delivery = BindDelivery(call.Message, place);
        var result = call.Result is null ? null : ResolveTarget(call.Result, place);
        var refused = call.Refused is null ? null : BindBlock(call.Refused, place);
        // It would have waited for somebody: nothing is to be said about a loop around it.
        if (delivery is null) return new BoundStatement.Wait(WrongInterval, call.Span);
        foreach (var handler in delivery.Handlers) calledHandlers.Add(handler.Syntax.Message.Span);
        if (!delivery.Endpoint.Movable && delivery.Endpoint.Initial == place.Actor!.Index) diagnostics.ReportCallToSelf(Head(call.Span), place.Actor.Name);
        if (result is not null) answers.Add((call.Result!.Span, result, delivery.Handlers));
        return new BoundStatement.Call(delivery.Endpoint, delivery.Message, delivery.Arguments, result?.Index ?? -1, refused, call.Span);
    }

    private BoundStatement BindSend(MessageSyntax syntax, bool notify, Place place, SourceSpan span)
    {
        var delivery = BindDelivery(syntax, place, notify);
        if (delivery is null) return new BoundStatement.Block([], span);
        return new BoundStatement.Send(delivery.Endpoint, delivery.Message, delivery.Arguments, notify, span);
    }

    private Delivery? BindDelivery(MessageSyntax syntax, Place place, bool notify = false)
    {
        var arguments = syntax.Arguments.Select(argument => BindExpression(argument, place)).ToImmutableArray();
        if (ResolveMessage(syntax.Target) is not var (endpoint, message, handlers)) return null;
        if (notify && (arguments.Length > 0 || handlers.Any(handler => handler.Parameters.Length > 0))) diagnostics.ReportNotifyWithArguments(syntax.Span, message.Name);
        else if (handlers.FirstOrDefault(handler => !handler.Faulty) is { } first) CheckArguments(syntax, message, arguments, first);
        return new Delivery(endpoint, message, [.. arguments.Select(argument => argument.Expression)], handlers);
    }

    private void CheckArguments(MessageSyntax syntax, Message message, ImmutableArray<Typed> arguments, HandlerSymbol handler)
    {
        if (arguments.Length != handler.Parameters.Length)
        {
            diagnostics.ReportArgumentCount(syntax.Span, message.Name, handler.Parameters.Length, arguments.Length);
            return;
        }
        for (int i = 0; i < arguments.Length; i++)
            Fits(arguments[i], handler.Parameters[i].Variable.Type, syntax.Arguments[i].Span);
    }

    /// <summary>The last name is the message; those before it say to whom. Everybody the endpoint is ever bound to must accept it in the same form.</summary>
    private (Endpoint Endpoint, Message Message, ImmutableArray<HandlerSymbol> Handlers)? ResolveMessage(ReferenceSyntax reference)
    {
        if (reference.IsMissing || reference.Names.IsEmpty) return null;
        var name = reference.Names[^1];
        if (reference.Names.Length == 1)
        {
            diagnostics.ReportNoReceiver(name.Span, name.Text, actorSymbols.Where(actor => actor.Accepts.ContainsKey(name.Text)).Select(actor => actor.Name));
            return null;
        }
        if (ResolveEndpoint(reference.Names[..^1], reference.Span) is not var (endpoint, holders)) return null;
        var handlers = ImmutableArray.CreateBuilder<HandlerSymbol>();
        bool complete = true;
        foreach (var holder in holders)
        {
            if (holder.Accepts.TryGetValue(name.Text, out var handler))
            {
                handlers.Add(handler);
                names.Link(name, handler.Syntax.Message);
            }
            else
            {
                diagnostics.ReportUnknownMessage(name.Span, name.Text, holder.Name, Suggestion.Closest(name.Text, holder.Accepts.Keys));
                complete = false;
            }
        }
        if (!messages.TryGetValue(name.Text, out var message))
        {
            if (complete) diagnostics.ReportUnknownMessage(name.Span, name.Text, endpoint.Name, Suggestion.Closest(name.Text, messages.Keys));
            return null;
        }
        if (!complete) return null;
        for (int i = 1; i < handlers.Count; i++)
        {
            if (SameParameters(handlers[0], handlers[i])) continue;
            diagnostics.ReportParametersDiffer(name.Span, name.Text, handlers[0].Actor.Name, handlers[i].Actor.Name);
            return null;
        }
        var all = handlers.SelectMany(handler => handler.Actor.Handlers.Values.Where(other => other.Message == handler.Message));
        return (endpoint, message, [.. all]);
    }

    private ImmutableArray<Handler> BindHandlers(ImmutableArray<HandlerSyntax> handlers, Place place)
    {
        var bound = ImmutableArray.CreateBuilder<Handler>();
        foreach (var syntax in handlers)
        {
            if (!place.Actor!.Handlers.TryGetValue(syntax, out var symbol)) continue;
            var body = BindBlock(syntax.Body, place with { Handlers = place.Handlers.Add(symbol) });
            bound.Add(new Handler(symbol.Message, [.. symbol.Parameters.Select(parameter => parameter.Variable)], syntax.Urgent, body, syntax.Message.Span));
        }
        return bound.ToImmutable();
    }

    private BoundStatement BindReply(StatementSyntax.Reply reply, Place place)
    {
        var value = reply.Value is null ? (Typed?)null : BindExpression(reply.Value, place);
        if (place.Handlers.IsEmpty)
        {
            diagnostics.ReportReplyOutsideHandler(reply.Span);
            return Nothing(reply);
        }
        place.Handlers[^1].Replies.Add(value?.Type);
        return new BoundStatement.Reply(value?.Expression, reply.Span);
    }

    /// <summary>Who takes an answer gets one that fits, whichever reply it is.</summary>
    private void CheckAnswers()
    {
        foreach (var (span, target, handlers) in answers)
        {
            foreach (var handler in handlers)
            {
                if (handler.Replies.Count == 0 || handler.Replies.Contains(null))
                {
                    diagnostics.ReportAnswerMissing(span, handler.Message.Name, handler.Actor.Name);
                    continue;
                }
                foreach (var reply in handler.Replies)
                    if (!untyped.Contains(target.Index) && !Fits(new Typed(new BoundExpression.Literal(0), reply!), target.Type, span)) break;
            }
        }
    }
}
