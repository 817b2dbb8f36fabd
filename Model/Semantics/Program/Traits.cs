using System.Globalization;
using System.Text;
using Irekae.Model.Binding;

namespace Irekae.Model.Semantics.Program;

/// <summary>What makes actors different from each other, for <see cref="Interchange"/>. When its first job arrives is not among it: that is about the beginning of a run.</summary>
internal sealed class Traits
{
    private readonly TransitionSystem system;
    private readonly bool[] named;
    private readonly List<BoundExpression.CountAlive> counts = [];

    public Traits(TransitionSystem system, IReadOnlyCollection<BoundExpression> conditions)
    {
        this.system = system;
        named = new bool[system.System.Actors.Length];
        foreach (var actor in system.System.Actors)
            foreach (var instruction in system.CodeOf(actor.Index)) See(actor.Index, instruction);
        foreach (var condition in conditions.Concat(system.Observation.Conditions.Select(c => c.Condition))) See(-1, condition);
        foreach (var quantity in system.Observation.Quantities)
        {
            if (quantity is Quantity.Response response) named[response.Actor.Index] = true;
            if (quantity is Quantity.Answer answer) SeeEndpoint(answer.Endpoint.Index);
        }

        foreach (var fault in system.Observation.Faults)
        {
            if (fault.Actor >= 0) named[fault.Actor] = true;
            if (fault.Endpoint >= 0) SeeEndpoint(fault.Endpoint);
            if (fault.NotifyEndpoint >= 0) SeeEndpoint(fault.NotifyEndpoint);
        }
    }

    /// <summary>A process that nobody names, and that does nothing that goes by the order of the text.</summary>
    public bool MayBeExchanged(int actor)
    {
        if (named[actor] || system.System.Actors[actor].Kind == ActorKind.Device) return false;
        foreach (var instruction in system.CodeOf(actor))
            if (instruction.Op == Op.Await) return false;
        return true;
    }

    public int[] Timers(int actor) =>
    [
        .. new[] { TimerKind.Wait, TimerKind.Work, TimerKind.Slice, TimerKind.Arrival, TimerKind.Jitter }.Select(kind => system.TimerOf(kind, actor)).Where(t => t >= 0),
        .. Enumerable.Range(0, system.Observation.Quantities.Length).Where(q => system.Observation.Quantities[q] is Quantity.OfMeasure or Quantity.Answer)
            .Select(q => system.ClockOf(q, actor)).Where(t => t >= 0),
    ];

    public int[] Variables(int actor) => [.. system.System.Variables.Where(v => v.Owner == actor).Select(v => v.Index)];

    public int[] Endpoints(int actor) => [.. system.System.Endpoints.Where(e => !e.Movable && e.Initial == actor).Select(e => e.Index)];

    /// <summary>Equal texts: equal actors, but for names that only they know.</summary>
    public string Of(int actor)
    {
        var a = system.System.Actors[actor];
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture,
            $"{a.Kind} {a.Priority} {a.Core} {a.NonPreemptive} {Text(system.QuantumOf(actor))} {a.InboxDepth} {a.WhenFull} {system.LocalCellsOf(actor)} {Endpoints(actor).Length}");
        if (system.ActivationOf(actor) is var (separation, _, jitter)) text.Append($" {Text(separation)} {Text(jitter)} {a.Activation!.Backlog}");
        foreach (int v in Variables(actor)) text.Append($" {system.System.Variables[v].Type}={system.System.Variables[v].Initial}");
        text.Append(' ').AppendJoin(',', counts.Select(c => c.Actors.Any(x => x.Index == actor)));
        foreach (var i in system.CodeOf(actor)) text.Append('\n').Append(Text(actor, i));
        return text.ToString();
    }

    private string Text(int actor, Instruction i)
    {
        string index = i.Op switch
        {
            Op.Assign => Variable(actor, i.Index),
            Op.MeasureBegin or Op.MeasureEnd => Observes(q => q is Quantity.OfMeasure m && m.Measure.Index == i.Index)
                || system.Observation.Conditions.Any(c => c.Measure.Index == i.Index) ? $"{i.Index}" : "-",
            Op.Mark => Observes(q => q is Quantity.Gap g && g.Mark.Index == i.Index) ? $"{i.Index}" : "-",
            Op.RepeatBegin or Op.RepeatNext => system.Observation.ForgottenCounters.Contains(i.Index) ? $"{i.Index}" : "-",
            _ => $"{i.Index}",
        };
        string targets = string.Join(',', i.Op == Op.HandlerEnd ? i.Targets.Select(v => Variable(actor, v)) : i.Targets.Select(t => $"{t}"));
        var handlers = i.Handlers.Select(h => $"{h.Message} {h.Urgent} {h.Entry} ({string.Join(',', h.Parameters.Select(v => Variable(actor, v)))})");
        return $"{i.Op} {i.Target} {index} {i.Cell} {i.Operand} {(i.Result < 0 ? "-" : Variable(actor, i.Result))} {i.Flag} {i.Rule} {Text(i.Interval)} {Text(actor, i.Expression)} " +
            $"[{string.Join(',', i.Arguments.Select(e => Text(actor, e)))}] [{targets}] [{string.Join(';', handlers)}]";
    }

    private bool Observes(Func<Quantity, bool> what) => system.Observation.Quantities.Any(what);

    public static string Text(TickInterval? interval) => interval is null ? "-" : $"{Text(interval.Low)}..{Text(interval.High)}";

    private static string Text(TickBound? bound) => bound is null ? "-" : $"({bound.Constant}+{string.Join('+', bound.Terms.Select(t => $"{t.Factor}*{t.Timer}"))})/{bound.Denominator}";

    private string Text(int actor, BoundExpression? expression) => expression switch
    {
        null => "-",
        BoundExpression.Read e => Variable(actor, e.Variable.Index),
        BoundExpression.Unary e => $"({e.Operator} {Text(actor, e.Operand)})",
        BoundExpression.Binary e => $"({e.Operator} {Text(actor, e.Left)} {Text(actor, e.Right)})",
        BoundExpression.Literal e => $"{e.Value}",
        BoundExpression.CountAlive e => $"count {string.Join(',', e.Actors.Select(a => a.Index))}",
        BoundExpression.CountBound e => $"bound {e.Endpoint.Index}",
        BoundExpression.ReadBound e => $"of {e.Endpoint.Index} {string.Join(',', e.ByActor.Select(v => v?.Index))}",
        BoundExpression.IsBoundTo e => $"is {e.Endpoint.Index} {e.Actor.Index}",
        BoundExpression.Holds e => $"holds {e.Mutex.Index} {e.Actor.Index}",
        BoundExpression.Alive e => $"alive {e.Actor.Index}",
        BoundExpression.Waiting e => $"waiting {e.Actor.Index}",
        BoundExpression.Running e => $"running {e.Actor.Index}",
        BoundExpression.Blocked e => $"blocked {e.Actor.Index}",
        _ => throw new System.Diagnostics.UnreachableException(expression.GetType().Name),
    };

    private string Variable(int actor, int variable) =>
        system.System.Variables[variable].Owner == actor ? $"own{Array.IndexOf(Variables(actor), variable)}" : $"v{variable}";

    private void See(int by, Instruction i)
    {
        switch (i.Op)
        {
            case Op.Call or Op.Send:
                SeeEndpoint(i.Index);
                break;
            case Op.Bind:
                SeeEndpoint(i.Index);
                if (i.Operand >= 0) named[i.Operand] = true;
                break;
            case Op.Spawn or Op.Start or Op.Kill:
                named[i.Operand] = true;
                break;
        }

        if (i.Op == Op.Assign) SeeVariable(by, i.Index);
        if (i.Result >= 0) SeeVariable(by, i.Result);
        if (i.Expression is not null) See(by, i.Expression);
        foreach (var argument in i.Arguments) See(by, argument);
    }

    private void SeeEndpoint(int endpoint)
    {
        if (system.System.Endpoints[endpoint] is { Movable: false, Initial: >= 0 and var actor }) named[actor] = true;
    }

    private void SeeVariable(int by, int variable)
    {
        if (system.System.Variables[variable].Owner is >= 0 and var owner && owner != by) named[owner] = true;
    }

    private void See(int by, BoundExpression expression)
    {
        switch (expression)
        {
            case BoundExpression.Read e:
                SeeVariable(by, e.Variable.Index);
                break;
            case BoundExpression.Unary e:
                See(by, e.Operand);
                break;
            case BoundExpression.Binary e:
                See(by, e.Left);
                See(by, e.Right);
                break;
            case BoundExpression.ReadBound e:
                for (int a = 0; a < e.ByActor.Length; a++) named[a] |= e.ByActor[a] is not null;
                SeeEndpoint(e.Endpoint.Index);
                break;
            case BoundExpression.CountAlive e:
                counts.Add(e);
                break;
            case BoundExpression.CountBound e:
                SeeEndpoint(e.Endpoint.Index);
                break;
            case BoundExpression.IsBoundTo e:
                named[e.Actor.Index] = true;
                SeeEndpoint(e.Endpoint.Index);
                break;
            case BoundExpression.Alive e:
                named[e.Actor.Index] = true;
                break;
            case BoundExpression.Waiting e:
                named[e.Actor.Index] = true;
                break;
            case BoundExpression.Running e:
                named[e.Actor.Index] = true;
                break;
            case BoundExpression.Blocked e:
                named[e.Actor.Index] = true;
                break;
            case BoundExpression.Holds e:
                named[e.Actor.Index] = true;
                break;
        }
    }
}
