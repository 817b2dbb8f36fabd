using System.Diagnostics;
using Irekae.Model.Binding;

namespace Irekae.Model.Syntax;

public sealed partial class SyntaxPrinter
{
    private void PrintActor(ItemSyntax.Actor actor)
    {
        string kind = actor.Kind switch { ActorKind.Process => "process", ActorKind.Server => "server", ActorKind.Device => "device" };
        string attributes = string.Concat(actor.Attributes.Select(attribute => " " + Text(attribute)));
        Line($"{kind} {actor.Name.Text}{attributes} {{");
        level++;
        foreach (var variable in actor.Variables) PrintVariable(variable);
        foreach (var init in actor.Inits) PrintBlock(init.Instance is { } instance ? $"init {instance.Text}" : "init", init.Body);
        foreach (var handler in actor.Handlers) PrintHandler(handler);
        foreach (var statement in actor.Statements) PrintStatement(statement);
        level--;
        Line("}");
    }

    private static string Text(AttributeSyntax attribute) => attribute switch
    {
        AttributeSyntax.Priority priority => $"at {Sum(priority.Value)}",
        AttributeSyntax.Core core => $"on core {Sum(core.Number)}",
        AttributeSyntax.NonPreemptive => "nonpreemptive",
        AttributeSyntax.Quantum quantum => $"quantum {TextOrNone(quantum.Length)}",
        AttributeSyntax.Periodic periodic => $"periodic {Text(periodic.Separation)}",
        AttributeSyntax.Sporadic sporadic => $"sporadic {Text(sporadic.Separation)}",
        AttributeSyntax.Offset offset => $"offset {Text(offset.Value)}",
        AttributeSyntax.Jitter jitter => $"jitter {Text(jitter.Value)}",
        AttributeSyntax.Deadline deadline => $"deadline {Sum(deadline.Value)}",
        AttributeSyntax.Backlog backlog => $"backlog {Sum(backlog.Count)}",
        AttributeSyntax.Inbox inbox =>
            $"inbox {Sum(inbox.Depth)}{inbox.WhenFull switch { WhenFull.Error => "", WhenFull.Refuse => " refuse", WhenFull.Drop => " drop" }}",
        AttributeSyntax.Instances instances =>
            $"instances {string.Join(", ", instances.Names.Select(instance => instance.Absent ? $"{instance.Name.Text} absent" : instance.Name.Text))}",
        _ => throw new UnreachableException($"an attribute without a printed form: {attribute.GetType()}"),
    };

    private void PrintVariable(VariableSyntax variable)
    {
        string initial = variable.Initial is { } value ? $" = {Text(value)}" : "";
        Line($"var {variable.Name.Text}: {Text(variable.Type)}{initial};");
    }

    private static string Text(TypeSyntax type) => type switch
    {
        TypeSyntax.Bool => "bool",
        TypeSyntax.Named named => named.Name.Text,
        TypeSyntax.Range range => $"{Sum(range.Low)} .. {Sum(range.High)}",
        TypeSyntax.Missing => "",
        _ => throw new UnreachableException($"a type without a printed form: {type.GetType()}"),
    };

    private void PrintHandler(HandlerSyntax handler)
    {
        string parameters = string.Join(", ", handler.Parameters.Select(parameter => $"{parameter.Name.Text}: {Text(parameter.Type)}"));
        string list = handler.Parameters.IsEmpty ? "" : $"({parameters})";
        PrintBlock($"on {handler.Message.Text}{list}{(handler.Urgent ? " urgent" : "")}", handler.Body);
    }

    private void PrintBlock(string head, StatementSyntax.Block block) => Braces(head, block.Statements, PrintStatement);

    private void PrintStatement(StatementSyntax statement)
    {
        switch (statement)
        {
            case StatementSyntax.Block block:
                foreach (var inner in block.Statements) PrintStatement(inner);
                break;
            case StatementSyntax.Call call:
                string head = $"{(call.Result is { } result ? $"{result.Text} = " : "")}call {Text(call.Message)}";
                if (call.Refused is { } refused) PrintBlock($"{head} else", refused);
                else Line($"{head};");
                break;
            case StatementSyntax.Receive receive:
                Braces("receive", receive.Handlers, PrintHandler);
                break;
            case StatementSyntax.Choose choose:
                for (int i = 0; i < choose.Alternatives.Length; i++) PrintBlock(i == 0 ? "choose" : "or", choose.Alternatives[i]);
                break;
            case StatementSyntax.If branch:
                PrintIf("", branch);
                break;
            case StatementSyntax.Repeat repeat:
                PrintBlock($"repeat {Sum(repeat.Count)}", repeat.Body);
                break;
            case StatementSyntax.Loop loop:
                PrintBlock("loop", loop.Body);
                break;
            case StatementSyntax.Measure measure:
                PrintBlock($"measure {measure.Name.Text}", measure.Body);
                break;
            case StatementSyntax.Lock @lock:
                PrintBlock($"lock {@lock.Mutex.Text}", @lock.Body);
                break;
            case StatementSyntax.NonPreemptive section:
                PrintBlock("nonpreemptive", section.Body);
                break;
            default:
                Line($"{Simple(statement)};");
                break;
        }
    }

    private void PrintIf(string before, StatementSyntax.If branch)
    {
        PrintBlock($"{before}if ({Text(branch.Condition)})", branch.Then);
        if (branch.Else is StatementSyntax.If next) PrintIf("else ", next);
        else if (branch.Else is StatementSyntax.Block otherwise) PrintBlock("else", otherwise);
    }

    /// <summary>A statement of one line, without its ';'.</summary>
    private static string Simple(StatementSyntax statement) => statement switch
    {
        StatementSyntax.Run run => $"run {Text(run.Duration)}",
        StatementSyntax.Wait wait => $"wait {Text(wait.Duration)}",
        StatementSyntax.AfterAnyTime => "after any time",
        StatementSyntax.Await await => $"await {Text(await.Condition)}",
        StatementSyntax.Send send => $"send {Text(send.Message)}",
        StatementSyntax.Notify notify => $"notify {Text(notify.Message)}",
        StatementSyntax.Reply reply => reply.Value is { } value ? $"reply {Text(value)}" : "reply",
        StatementSyntax.Spawn spawn => $"spawn {spawn.Target.Text}",
        StatementSyntax.Start start => $"start {start.Target.Text}",
        StatementSyntax.Kill kill => $"kill {kill.Target.Text}",
        StatementSyntax.Bind bind => $"bind {bind.Endpoint.Text} to {bind.Target?.Text ?? "nobody"}{Text(bind.Inbox)}",
        StatementSyntax.Assign assign => $"{assign.Target.Text} = {Text(assign.Value)}",
        StatementSyntax.Mark mark => $"mark {mark.Name.Text}",
        StatementSyntax.Priority priority => $"priority {Sum(priority.Value)}",
        StatementSyntax.Assert assert => $"assert {Text(assert.Condition)}{Quoted(assert.Text)}",
        StatementSyntax.Exit => "exit",
        _ => throw new UnreachableException($"a statement without a printed form: {statement.GetType()}"),
    };

    private static string Text(InboxRule? rule) => rule is not { } known ? "" : known switch
    {
        InboxRule.Move => " moving inbox",
        InboxRule.Drop => " dropping inbox",
        InboxRule.Refuse => " refusing inbox",
    };

    private static string Text(MessageSyntax message) => message.Arguments.IsEmpty
        ? message.Target.Text
        : $"{message.Target.Text}({string.Join(", ", message.Arguments.Select(Text))})";
}
