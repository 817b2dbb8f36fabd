using System.Collections.Immutable;
using Irekae.Model.Syntax;

namespace Irekae.Model.Binding;

/// <summary>
/// What has to be known of all bodies before one is bound: which messages everybody accepts, who is ever bound to which endpoint,
/// which mutexes are locked by whom.
/// </summary>
internal sealed partial class Binder
{
    private const int MaximumHandlers = 256;

    private readonly Dictionary<string, Message> messages = [];
    private int handlerCount;

    private void SurveyBodies()
    {
        foreach (var actor in actorSymbols)
        {
            SurveyHandlers(actor.Item.Handlers, actor, []);
            Survey(actor.Item.Statements, actor, []);
            foreach (var init in Inits(actor)) Survey(init.Body, actor, []);
        }
        foreach (var endpoint in symbols.Values.OfType<EndpointSymbol>())
            if (endpoint.Holders.Count == 0 && !endpointsInDoubt.Contains(endpoint)) diagnostics.ReportNeverBound(endpoint.Span, endpoint.Name);
    }

    private void Survey(IEnumerable<StatementSyntax> statements, ActorSymbol actor, ImmutableArray<HandlerSymbol> enclosing)
    {
        foreach (var statement in statements) Survey(statement, actor, enclosing);
    }

    private void Survey(StatementSyntax statement, ActorSymbol actor, ImmutableArray<HandlerSymbol> enclosing)
    {
        switch (statement)
        {
            case StatementSyntax.Receive receive:
                SurveyHandlers(receive.Handlers, actor, enclosing);
                break;
            case StatementSyntax.Bind { Target: { } target } bind when symbols.GetValueOrDefault(bind.Endpoint.Text) is EndpointSymbol endpoint:
                if (ResolveActor(target) is not { } holder) endpointsInDoubt.Add(endpoint);
                else if (!endpoint.Holders.Contains(holder)) endpoint.Holders.Add(holder);
                break;
            case StatementSyntax.Lock locked:
                actor.Locks.Add(locked.Mutex.Text);
                break;
            case StatementSyntax.Priority priority:
                actor.Priorities.Add(BindCount(priority.Value, "the priority", 0, LargestPriority, new Place(actor, enclosing)));
                break;
        }
        Survey(Inside(statement), actor, enclosing);
    }

    /// <summary>Blocks directly inside a statement; those of handlers are not.</summary>
    private static IEnumerable<StatementSyntax> Inside(StatementSyntax statement) => statement switch
    {
        StatementSyntax.Block block => block.Statements,
        StatementSyntax.Call { Refused: { } refused } => [refused],
        StatementSyntax.Choose choose => choose.Alternatives,
        StatementSyntax.If { Else: { } otherwise } branch => [branch.Then, otherwise],
        StatementSyntax.If branch => [branch.Then],
        StatementSyntax.Repeat repeat => [repeat.Body],
        StatementSyntax.Loop loop => [loop.Body],
        StatementSyntax.Measure measure => [measure.Body],
        StatementSyntax.Lock locked => [locked.Body],
        StatementSyntax.NonPreemptive section => [section.Body],
        _ => [],
    };

    private void SurveyHandlers(ImmutableArray<HandlerSyntax> handlers, ActorSymbol actor, ImmutableArray<HandlerSymbol> enclosing)
    {
        var here = new Dictionary<string, HandlerSyntax>();
        foreach (var syntax in handlers)
        {
            if (!syntax.Message.IsMissing && !here.TryAdd(syntax.Message.Text, syntax))
                diagnostics.ReportDuplicateName(syntax.Message.Span, syntax.Message.Text, here[syntax.Message.Text].Message.Span);
            if (++handlerCount > MaximumHandlers)
            {
                diagnostics.ReportTooMany(syntax.Message.Span, "handlers", MaximumHandlers);
                return;
            }
            var handler = DeclareHandler(syntax, actor, enclosing);
            Survey(syntax.Body, actor, enclosing.Add(handler));
        }
    }

    private HandlerSymbol DeclareHandler(HandlerSyntax syntax, ActorSymbol actor, ImmutableArray<HandlerSymbol> enclosing)
    {
        string name = syntax.Message.Text;
        if (!messages.TryGetValue(name, out var message))
        {
            message = new Message(messages.Count, name);
            if (!syntax.Message.IsMissing) messages.Add(name, message);
        }
        var scope = new Dictionary<string, VariableSymbol>();
        bool faulty = false;
        foreach (var parameter in syntax.Parameters)
        {
            var type = BindType(parameter.Type);
            if (type is null || parameter.Name.IsMissing) faulty = true;
            if (parameter.Name.IsMissing) continue;
            int initial = type is DataType.Range range ? range.Low : 0;
            if (AddVariable(parameter.Name, type, scope, $"{actor.Name}.{name}", initial, actor.Index) is null) faulty = true;
            else CheckClash(parameter.Name, actor, enclosing);
        }
        var handler = new HandlerSymbol(actor, syntax, message, [.. scope.Values]) { Faulty = faulty };
        actor.Handlers.Add(syntax, handler);
        if (syntax.Message.IsMissing) return handler;
        if (actor.Accepts.TryGetValue(name, out var first)) names.Link(syntax.Message, first.Syntax.Message);
        names.Declare(syntax.Message, "a message");
        if (!actor.Accepts.TryAdd(name, handler) && !SameParameters(actor.Accepts[name], handler))
            diagnostics.ReportParametersDiffer(syntax.Message.Span, name, actor.Name, $"{actor.Name} ({actor.Accepts[name].Syntax.Message.Span})");
        return handler;
    }

    private void CheckClash(NameSyntax name, ActorSymbol actor, ImmutableArray<HandlerSymbol> enclosing)
    {
        var other = enclosing.SelectMany(handler => handler.Parameters).Select(parameter => parameter.Declared).FirstOrDefault(declared => declared.Text == name.Text)
            ?? actor.Variables.GetValueOrDefault(name.Text)?.Declared
            ?? symbols.GetValueOrDefault(name.Text)?.Declared
            ?? (tokenValues.TryGetValue(name.Text, out var meanings) ? meanings[0].Token.Declared : null);
        if (other is not null) diagnostics.ReportParameterClash(name.Span, name.Text, other.Span);
    }

    private static bool SameParameters(HandlerSymbol a, HandlerSymbol b) =>
        a.Faulty || b.Faulty
        || (a.Parameters.Length == b.Parameters.Length && a.Parameters.Zip(b.Parameters).All(pair => SameType(pair.First.Variable.Type, pair.Second.Variable.Type)));
}
