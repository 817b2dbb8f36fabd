using System.Collections.Immutable;
using Irekae.Model.Syntax;
using Irekae.Model.Text;

namespace Irekae.Model.Binding;

/// <summary>Statements, one by one.</summary>
internal sealed partial class Binder
{
    private const int MaximumStatements = 4096;
    private const int MaximumRepeat = 1_000_000;

    private readonly Dictionary<string, Measure> measures = [];
    private readonly Dictionary<string, Mark> marks = [];

    private int statementCount;

    private BoundStatement.Block BindStatements(ImmutableArray<StatementSyntax> statements, Place place, SourceSpan span)
    {
        var bound = ImmutableArray.CreateBuilder<BoundStatement>(statements.Length);
        foreach (var statement in statements)
        {
            if (statement is not StatementSyntax.Block && ++statementCount > MaximumStatements)
            {
                diagnostics.ReportTooMany(statement.Span, "statements, counted for each instance,", MaximumStatements);
                break;
            }
            bound.Add(BindStatement(statement, place));
        }
        return new BoundStatement.Block(bound.ToImmutable(), span);
    }

    private BoundStatement.Block BindBlock(StatementSyntax.Block block, Place place) => BindStatements(block.Statements, place, block.Span);

    private BoundStatement BindStatement(StatementSyntax statement, Place place)
    {
        if (place.Actor!.Item.Kind == ActorKind.Device && NeedsProcessor(statement) is { } word) diagnostics.ReportNotInDevice(Head(statement.Span), word);
        switch (statement)
        {
            case StatementSyntax.Block block: return BindBlock(block, place);
            case StatementSyntax.Run run: return new BoundStatement.Run(BindInterval(run.Duration), run.Span);
            case StatementSyntax.Wait wait: return new BoundStatement.Wait(BindInterval(wait.Duration, endless: true), wait.Span);
            case StatementSyntax.AfterAnyTime: return new BoundStatement.AfterAnyTime(statement.Span);
            case StatementSyntax.Await await: return new BoundStatement.Await(BindCondition(await.Condition, place).Expression, await.Span);
            case StatementSyntax.Call call: return BindCall(call, place);
            case StatementSyntax.Send send: return BindSend(send.Message, false, place, send.Span);
            case StatementSyntax.Notify notify: return BindSend(notify.Message, true, place, notify.Span);
            case StatementSyntax.Reply reply: return BindReply(reply, place);
            case StatementSyntax.Receive receive: return new BoundStatement.Receive(BindHandlers(receive.Handlers, place), receive.Span);
            case StatementSyntax.Spawn spawn: return ResolveActor(spawn.Target) is { } spawned ? new BoundStatement.Spawn(spawned.Reference, spawn.Span) : Nothing(spawn);
            case StatementSyntax.Start start: return ResolveActor(start.Target) is { } started ? new BoundStatement.Start(started.Reference, start.Span) : Nothing(start);
            case StatementSyntax.Kill kill: return ResolveActor(kill.Target) is { } killed ? new BoundStatement.Kill(killed.Reference, kill.Span) : Nothing(kill);
            case StatementSyntax.Bind bind: return BindBind(bind);
            case StatementSyntax.Choose choose: return new BoundStatement.Choose([.. choose.Alternatives.Select(alternative => BindBlock(alternative, place))], choose.Span);
            case StatementSyntax.If branch: return BindIf(branch, place);
            case StatementSyntax.Repeat repeat: return new BoundStatement.Repeat(BindCount(repeat.Count, "the number of repetitions", 0, MaximumRepeat, place), BindBlock(repeat.Body, place), repeat.Span);
            case StatementSyntax.Loop loop: return new BoundStatement.Loop(BindBlock(loop.Body, place), loop.Span);
            case StatementSyntax.Assign assign: return BindAssign(assign, place);
            case StatementSyntax.Measure measure: return BindMeasure(measure, place);
            case StatementSyntax.Mark mark: return BindMark(mark, place);
            case StatementSyntax.Lock locked: return BindLock(locked, place);
            case StatementSyntax.NonPreemptive section: return new BoundStatement.NonPreemptive(BindBlock(section.Body, place), section.Span);
            case StatementSyntax.Priority priority: return new BoundStatement.SetPriority(BindCount(priority.Value, "the priority", 0, LargestPriority, place), priority.Span);
            case StatementSyntax.Assert assert: return new BoundStatement.Assert(BindCondition(assert.Condition, place).Expression, assert.Text, assert.Span);
            case StatementSyntax.Exit: return new BoundStatement.Exit(statement.Span);
            default: return Nothing(statement);
        }
    }

    /// <summary>In the place of a statement that has a diagnostic.</summary>
    private static BoundStatement.Block Nothing(StatementSyntax statement) => new([], statement.Span);

    private static string? NeedsProcessor(StatementSyntax statement) => statement switch
    {
        StatementSyntax.Run => "run",
        StatementSyntax.Call => "call",
        StatementSyntax.Lock => "lock",
        StatementSyntax.NonPreemptive => "nonpreemptive",
        StatementSyntax.Priority => "priority",
        _ => null,
    };

    /// <summary>The first line of a construct up to its block: what a reader takes it for.</summary>
    internal static SourceSpan Head(SourceSpan span)
    {
        string text = span.Text;
        int end = text.AsSpan().IndexOfAny('{', '\n', '\r');
        if (end < 0) return span;
        int length = text[..end].TrimEnd().Length;
        return span with { Length = Math.Max(length, Math.Min(1, span.Length)) };
    }

    private BoundStatement BindIf(StatementSyntax.If branch, Place place)
    {
        var condition = BindCondition(branch.Condition, place).Expression;
        var then = BindBlock(branch.Then, place);
        BoundStatement? otherwise = branch.Else switch
        {
            null => null,
            StatementSyntax.Block block => BindBlock(block, place),
            var other => BindStatements([other], place, other.Span),
        };
        return new BoundStatement.If(condition, then, otherwise, branch.Span);
    }

    private BoundStatement BindAssign(StatementSyntax.Assign assign, Place place)
    {
        var target = ResolveTarget(assign.Target, place);
        var value = BindExpression(assign.Value, place);
        if (target is null) return Nothing(assign);
        if (!untyped.Contains(target.Index)) Fits(value, target.Type, assign.Value.Span);
        return new BoundStatement.Assign(target, value.Expression, assign.Span);
    }

    /// <summary>A variable that the actor may assign: its own or a shared one.</summary>
    private Variable? ResolveTarget(ReferenceSyntax reference, Place place)
    {
        const string words = "a variable";
        if (reference.IsMissing || reference.Names.IsEmpty) return null;
        VariableSymbol? found;
        if (reference.Names.Length == 1)
        {
            var name = reference.Names[0];
            found = OwnVariable(name.Text, place);
            if (found is null)
            {
                if (tokenValues.ContainsKey(name.Text)) diagnostics.ReportWrongKind(name.Span, name.Text, "a token value", words);
                else if (symbols.ContainsKey(name.Text)) diagnostics.ReportWrongKind(name.Span, name.Text, Lookup(name)!.Words, words);
                else ReportUnknown(name, words, place.Handlers.SelectMany(handler => handler.Parameters).Select(parameter => parameter.Declared.Text).Concat(place.Actor!.Variables.Keys),
                    $"declare it: `var {name.Text}: …;`");
                return null;
            }
        }
        else
        {
            if (FindVariable(reference, place, words) is not { } dotted) return null;
            found = dotted.Variable;
            if (found is null)
            {
                diagnostics.ReportWrongKind(reference.Span, reference.Text, "a token value", words);
                return null;
            }
        }
        names.MarkUsed(found.Declared);
        names.Link(reference.Names[^1], found.Declared);
        var variable = found.Variable;
        if (variable.Owner < 0 || variable.Owner == place.Actor!.Index) return variable;
        diagnostics.ReportForeignVariable(reference.Span, reference.Text, actorSymbols[variable.Owner].Name);
        return null;
    }

    private BoundStatement BindBind(StatementSyntax.Bind bind)
    {
        var target = bind.Target is null ? null : ResolveActor(bind.Target);
        if (bind.Endpoint.IsMissing) return Nothing(bind);
        var symbol = Lookup(bind.Endpoint);
        if (symbol is EndpointSymbol { Endpoint: { } endpoint })
            return bind.Target is not null && target is null ? Nothing(bind) : new BoundStatement.Bind(endpoint, target?.Reference, bind.Inbox ?? InboxRule.Move, bind.Span);
        if (symbol is null) ReportUnknown(bind.Endpoint, "an endpoint", symbols.Values.OfType<EndpointSymbol>().Select(other => other.Name), $"declare it: `endpoint {bind.Endpoint.Text} = …;`");
        else if (symbol is not EndpointSymbol) diagnostics.ReportFixedEndpoint(bind.Endpoint.Span, bind.Endpoint.Text);
        return Nothing(bind);
    }

    private BoundStatement BindMeasure(StatementSyntax.Measure syntax, Place place)
    {
        var body = BindBlock(syntax.Body, place);
        if (syntax.Name.IsMissing) return body;
        DeclareAgain(measureNames, syntax.Name.Text, syntax.Name, "a measure");
        if (!measures.TryGetValue(syntax.Name.Text, out var measure)) measures[syntax.Name.Text] = measure = new Measure(measures.Count, syntax.Name.Text);
        return new BoundStatement.MeasureBlock(measure, body, syntax.Span);
    }

    private BoundStatement BindMark(StatementSyntax.Mark syntax, Place place)
    {
        if (syntax.Name.IsMissing) return Nothing(syntax);
        string name = $"{place.Actor!.Family.Name}.{syntax.Name.Text}";
        DeclareAgain(markNames, name, syntax.Name, "a mark");
        if (!marks.TryGetValue(name, out var mark)) marks[name] = mark = new Mark(marks.Count, name);
        return new BoundStatement.PassMark(mark, syntax.Span);
    }

    private BoundStatement BindLock(StatementSyntax.Lock syntax, Place place)
    {
        var mutex = Resolve<MutexSymbol>(syntax.Mutex, "a mutex")?.Mutex;
        var body = BindBlock(syntax.Body, place);
        return mutex is null ? body : new BoundStatement.Lock(mutex, body, syntax.Span);
    }
}
