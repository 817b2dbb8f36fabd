using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Irekae.Model.Binding;

namespace Irekae.Properties.Generators;

/// <summary>A sketch as the text of a specification.</summary>
public sealed class SketchText
{
    private readonly StringBuilder text = new();
    private readonly int scale;
    private int depth;

    private SketchText(int scale) => this.scale = scale;

    /// <param name="scale">Microseconds per unit of the sketch.</param>
    public static string Of(Sketch sketch, int scale = 1)
    {
        var printer = new SketchText(scale);
        printer.Print(sketch);
        return printer.text.ToString();
    }

    private void Print(Sketch sketch)
    {
        Line("system generated;");
        Print(sketch.Machine);
        foreach (var parameter in sketch.Parameters) Line($"parameter {parameter.Name} in {Of(parameter.Range)};");
        if (!sketch.Shared.IsEmpty) Block("shared w0", () => Print(sketch.Shared));
        foreach (var mutex in sketch.Mutexes)
            Line($"mutex {mutex.Name}{(mutex.Protocol == MutexProtocol.None ? "" : " " + mutex.Protocol.ToString().ToLowerInvariant())}{(mutex.Ceiling is { } c ? $" {c}" : "")};");
        foreach (var endpoint in sketch.Endpoints) Line($"endpoint {endpoint.Name} = {endpoint.Actor ?? "nobody"};");
        foreach (var actor in sketch.Actors) Print(actor);
        foreach (var fault in sketch.Faults) Line($"fault {fault.Name}: {fault.Kind.ToString().ToLowerInvariant()} {fault.Object} at most {fault.AtMost};");
        foreach (var property in sketch.Properties)
            Line($"property {property.Name}: {Of(property.Asked)}{(property.Under.IsEmpty ? "" : " under " + string.Join(", ", property.Under))};");
    }

    private void Print(MachineSketch machine) => Block("machine", () =>
    {
        Line($"cores {machine.Cores};");
        var rules = new List<string>();
        if (machine.Quantum is { } quantum) rules.Add($"quantum {Of(quantum)};");
        if (machine.PreemptedToTail) rules.Add("preempted to tail;");
        if (machine.SliceKept) rules.Add("slice kept;");
        Line(rules.Count == 0 ? "scheduler priority;" : $"scheduler priority {{ {string.Join(' ', rules)} }}");
        if (machine.Ties != Ties.CompletionFirst) Line($"ties {(machine.Ties == Ties.Any ? "any" : "batch")};");
        if (machine.Switch is { } change) Line($"switch {Of(change)};");
    });

    private void Print(ImmutableArray<VariableSketch> variables)
    {
        foreach (var variable in variables) Line($"var {variable.Name[(variable.Name.IndexOf('.') + 1)..]}: 0 .. {variable.Top} = 0;");
    }

    private void Print(ActorSketch actor)
    {
        var head = new StringBuilder($"{actor.Kind.ToString().ToLowerInvariant()} {actor.Name}");
        if (actor.Kind != ActorKind.Device) head.Append(CultureInfo.InvariantCulture, $" at {actor.Priority}");
        if (actor.Core is { } core) head.Append(CultureInfo.InvariantCulture, $" on core {core}");
        if (actor.NonPreemptive) head.Append(" nonpreemptive");
        if (actor.Quantum is { } quantum) head.Append(" quantum ").Append(Of(quantum));
        if (actor.Jobs is { } jobs)
        {
            head.Append(jobs.Periodic ? " periodic " : " sporadic ").Append(Of(jobs.Separation));
            if (jobs.Offset is { } offset) head.Append(" offset ").Append(Of(offset));
            if (jobs.Jitter is { } jitter) head.Append(" jitter ").Append(Of(jitter));
            head.Append(CultureInfo.InvariantCulture, $" backlog {jobs.Backlog}");
        }

        if (actor.Inbox is { } inbox) head.Append(CultureInfo.InvariantCulture, $" inbox {inbox.Depth}{(inbox.WhenFull == WhenFull.Error ? "" : " " + inbox.WhenFull.ToString().ToLowerInvariant())}");
        if (!actor.Instances.IsEmpty) head.Append(" instances ").AppendJoin(", ", actor.Instances.Select(i => i.Absent ? $"{i.Name} absent" : i.Name));
        Block(head.ToString(), () =>
        {
            Print(actor.Variables);
            if (actor.Kind == ActorKind.Process)
            {
                Print(actor.Body);
                return;
            }

            if (!actor.Body.IsEmpty) Block("init", () => Print(actor.Body));
            foreach (var handler in actor.Handlers) Print(handler);
        });
    }

    private void Print(HandlerSketch handler) =>
        Block($"on {handler.Message}{(handler.Argument is { } a ? $"({a.Name}: 0 .. {a.Top})" : "")}{(handler.Urgent ? " urgent" : "")}", () => Print(handler.Body));

    private void Print(ImmutableArray<Deed> deeds)
    {
        foreach (var deed in deeds) Print(deed);
    }

    private void Print(Deed deed)
    {
        switch (deed)
        {
            case Deed.Call { Refused: { } refused } d:
                Block($"{Of(d)} else", () => Print(refused));
                break;
            case Deed.Choose d:
                for (int k = 0; k < d.Alternatives.Length; k++) Block(k == 0 ? "choose" : "or", () => Print(d.Alternatives[k]));
                break;
            case Deed.If { Else: { } otherwise } d:
                Block($"if ({d.Condition.Text})", () => Print(d.Then));
                Block("else", () => Print(otherwise));
                break;
            case Deed.Receive d:
                Block("receive", () =>
                {
                    foreach (var handler in d.Handlers) Print(handler);
                });
                break;
            case Deed.If or Deed.Repeat or Deed.Loop or Deed.Measure or Deed.Lock or Deed.NonPreemptive:
                Block(Head(deed), () => Print(deed.Blocks()[0]));
                break;
            default:
                Line(Head(deed) + ";");
                break;
        }
    }

    private string Head(Deed deed) => deed switch
    {
        Deed.Run d => $"run {Of(d.Duration)}",
        Deed.Wait d => $"wait {Of(d.Duration)}",
        Deed.AfterAnyTime => "after any time",
        Deed.Await d => $"await {d.Condition.Text}",
        Deed.Call d => Of(d),
        Deed.Send d => $"{(d.Notify ? "notify" : "send")} {d.To}.{d.Message}{Argument(d.Argument)}",
        Deed.Reply d => d.Value is { } value ? $"reply {value.Text}" : "reply",
        Deed.Spawn d => $"spawn {d.Actor}",
        Deed.Start d => $"start {d.Actor}",
        Deed.Kill d => $"kill {d.Actor}",
        Deed.Bind d => $"bind {d.Endpoint} to {d.Actor ?? "nobody"} {Of(d.Rule)} inbox",
        Deed.If d => $"if ({d.Condition.Text})",
        Deed.Repeat d => $"repeat {d.Count}",
        Deed.Loop => "loop",
        Deed.Assign d => $"{d.Variable} = {d.Value.Text}",
        Deed.Measure d => $"measure {d.Name}",
        Deed.Mark d => $"mark {d.Name}",
        Deed.Lock d => $"lock {d.Mutex}",
        Deed.NonPreemptive => "nonpreemptive",
        Deed.Priority d => $"priority {d.Level}",
        Deed.Assert d => $"assert {d.Condition.Text} \"as expected\"",
        Deed.Exit => "exit",
        _ => throw new System.Diagnostics.UnreachableException(deed.GetType().Name),
    };

    private static string Of(Deed.Call call) => $"{(call.Result is { } result ? $"{result} = " : "")}call {call.To}.{call.Message}{Argument(call.Argument)}";

    private static string Argument(Condition? argument) => argument is null ? "" : $"({argument.Text})";

    private static string Of(InboxRule rule) => rule switch
    {
        InboxRule.Move => "moving",
        InboxRule.Drop => "dropping",
        InboxRule.Refuse => "refusing",
    };

    private string Of(Asked asked) => asked switch
    {
        Asked.Extreme a => $"{(a.Largest ? "max" : "min")} {Of(a.Quantity)}{(a.Bound is { } bound ? $" {(a.Largest ? "<=" : ">=")} {Time(bound)}" : "")}",
        Asked.OfState a => $"{a.Word} {a.Condition.Text}",
        Asked.After a => $"after {a.Measure}: {a.Condition.Text}",
        Asked.Answered a => $"every {a.Message} is answered within {Time(a.Within)}",
        _ => throw new System.Diagnostics.UnreachableException(asked.GetType().Name),
    };

    private static string Of(Quantified quantity) => quantity switch
    {
        Quantified.OfMeasure q => q.Measure,
        Quantified.Gap q => $"gap({q.Process}.{q.Mark})",
        Quantified.Response q => $"response({q.Process})",
        _ => throw new System.Diagnostics.UnreachableException(quantity.GetType().Name),
    };

    private string Of(Lapse lapse)
    {
        string more = lapse.Parameter is { } parameter ? $" + {parameter}" : "";
        if (lapse.High == lapse.Low) return Time(lapse.Low) + more;
        return $"{Time(lapse.Low)}{more} .. {(lapse.High is { } high ? Time(high) + more : "forever")}";
    }

    private string Time(int units) => $"{(long)units * scale} us";

    private void Block(string head, Action inside)
    {
        Line(head + " {");
        depth++;
        inside();
        depth--;
        Line("}");
    }

    private void Line(string line) => text.Append(' ', 2 * depth).Append(line).Append('\n');
}
