using System.Numerics;
using Irekae.Model.Binding;
using Irekae.Model.Numbers;
using Irekae.Model.Semantics;
using Irekae.Model.Semantics.Program;

namespace Irekae.Codegen.Emit;

/// <summary>Timers: when each is due, what it begins with, and what it does.</summary>
internal sealed partial class Emitter
{
    /// <summary>By timer: the field with the instant at which it is due. Waits, arrivals, jitters and faults; they never stand still.</summary>
    private readonly Dictionary<int, string> due = [];

    /// <summary>By timer: the field with the instant at which a clock began.</summary>
    private readonly Dictionary<int, string> since = [];

    /// <summary>By timer.</summary>
    private readonly Dictionary<int, string> parameters = [];

    /// <summary>Fields for intervals that parameters take part in, computed when a run begins.</summary>
    private readonly Dictionary<TickBound, string> bounds = new(ReferenceEqualityComparer.Instance);

    private void NameTimers()
    {
        var (dues, sinces, given) = (new Names("Due"), new Names("Since"), new Names("Parameters"));
        foreach (var timer in system.Timers)
        {
            switch (timer.Kind)
            {
                case TimerKind.Wait when !code[timer.Subject].Any(i => i.Op is Op.Wait or Op.AnyTime):
                    break;
                case TimerKind.Wait or TimerKind.Arrival or TimerKind.Jitter or TimerKind.Fault:
                    due[timer.Id] = "d" + dues.Of(timer.Name)[1..];
                    break;
                case TimerKind.Clock:
                    since[timer.Id] = "s" + sinces.Of(timer.Name)[1..];
                    break;
                case TimerKind.Parameter:
                    parameters[timer.Id] = "p" + given.Of(timer.Name)[1..];
                    break;
            }
        }
    }

    private void TimerState()
    {
        Fields("Due", "When each timer is due.", due.Values);
        Fields("Since", "When what is observed began.", since.Values);
        Fields("Parameters", "Fixed for a run.", parameters.Values);
        var limits = AllIntervals().SelectMany(i => new[] { i.Low, i.High }).OfType<TickBound>().Where(b => !b.IsConstant).Distinct(ReferenceEqualityComparer.Instance);
        var fields = new Dictionary<string, string>();
        foreach (TickBound bound in limits.Cast<TickBound>())
        {
            string value = $"{Sum(bound)} / {bound.Denominator}";
            if (!fields.TryGetValue(value, out string? field)) fields[value] = field = $"bounds.b{fields.Count}";
            bounds[bound] = field;
        }
        Fields("Bounds", "Bounds of durations that parameters take part in.", fields.Values.SelectMany(b => new[] { b + "_low", b + "_high" }));
    }

    private void Fields(string type, string summary, IEnumerable<string> fields)
    {
        var list = fields.ToList();
        if (list.Count == 0) return;
        string field = char.ToLowerInvariant(type[0]) + type[1..];
        c.Summary(summary);
        c.Open($"protected struct {type}");
        foreach (string name in list) c.Line($"public long {name[(field.Length + 1)..]};");
        c.Close();
        c.Line();
        c.Line($"protected {type} {field};");
    }

    private IEnumerable<TickInterval> AllIntervals()
    {
        foreach (var i in code.SelectMany(x => x))
            if (i.Interval is { } interval) yield return interval;
        foreach (var actor in Actors)
        {
            if (system.QuantumOf(actor.Index) is { } quantum) yield return quantum;
            if (system.ActivationOf(actor.Index) is not var (separation, offset, jitter)) continue;
            yield return separation;
            yield return offset;
            if (jitter is not null) yield return jitter;
        }
        if (system.SwitchCost is { } cost) yield return cost;
        foreach (var range in system.ParameterRanges) yield return range;
    }

    /// <summary>In ticks, the largest that a constant time, or the numerator of one that parameters take part in, can be.</summary>
    private long LargestTime() =>
        (long)BigInteger.Min(long.MaxValue, AllIntervals().SelectMany(i => new[] { i.Low, i.High }).OfType<TickBound>().Select(Largest).DefaultIfEmpty(0).Max());

    private BigInteger Largest(TickBound bound) => bound.Terms.Aggregate(
        BigInteger.Abs(bound.Constant), (sum, term) => sum + BigInteger.Abs(term.Factor) * system.ParameterRanges[system.Timers[term.Timer].Subject].High!.Constant);

    private void TimerReset()
    {
        foreach (string field in due.Values) c.Line($"{field} = Never;");
        foreach (string field in since.Values) c.Line($"{field} = None;");
    }

    private void ParameterDraws()
    {
        if (spec.Parameters.IsEmpty) return;
        long step = SpecTimes.Of(system).ParameterStep;
        foreach (var parameter in spec.Parameters)
        {
            int timer = system.TimerOf(TimerKind.Parameter, parameter.Index);
            var range = system.ParameterRanges[parameter.Index];
            c.Line($"{parameters[timer]} = world.Parameter({timer}, {Value(range.Low, low: true)}, {Value(range.High!, low: false)}, {step});");
        }
        foreach (var (bound, field) in bounds.DistinctBy(b => b.Value))
        {
            if (bound.Denominator == 1)
            {
                c.Line($"{field}_low = {field}_high = {Sum(bound)};");
                continue;
            }
            c.Line($"{field}_low = Ceiling({Sum(bound)}, {CodeText.Number(bound.Denominator)});");
            c.Line($"{field}_high = Floor({Sum(bound)}, {CodeText.Number(bound.Denominator)});");
        }
    }

    /// <summary>The bound times its denominator, in fine ticks: a long, as <see cref="LargestTime"/> sees to.</summary>
    private string Sum(TickBound bound) =>
        string.Join(" + ", bound.Terms.Select(t => $"{CodeText.Number(t.Factor)} * {parameters[t.Timer]}").Prepend($"{CodeText.Number(bound.Constant)} * Fine"));

    private string Value(TickBound bound, bool low) =>
        !bound.IsConstant ? bounds[bound] + (low ? "_low" : "_high")
        : bound.Constant == 0 ? "0"
        : $"{CodeText.Number(bound.Constant)} * Fine";

    /// <summary>An expression for the first value of a timer.</summary>
    /// <param name="written">What the specification has there; an experiment may draw it in its own way.</param>
    private string Draw(string timer, TickInterval interval, Interval? written)
    {
        string low = Value(interval.Low, low: true);
        var rule = durations.Of(written);
        if (interval.High is null) return rule is null ? AnyTime(timer, low) : Drawn(timer, low, Endless, rule);
        string high = Value(interval.High, low: false);
        return rule is null ? $"world.Between({timer}, {low}, {high})" : Drawn(timer, low, high, rule);
    }

    /// <summary>Of a timer that may begin with anything from low on.</summary>
    private string AnyTime(string timer, string low)
    {
        if (durations.AnyTime is not { } rule) return $"world.From({timer}, {low})";
        var (least, most) = durations.Window is var (l, m) ? (FineTicks(l), FineTicks(m)) : ("0", Endless);
        return $"checked({low} + {Drawn(timer, least, most, rule)})";
    }

    /// <summary>No time of a specification comes near it.</summary>
    private const string Endless = "long.MaxValue / 8";

    private string Drawn(string timer, string low, string high, DrawRule rule)
    {
        string span = $"{timer}, {low}, {high}";
        return rule switch
        {
            DrawRule.Point d => $"world.Point({span}, {FineTicks(d.Value)})",
            DrawRule.Triangular d => $"world.Triangular({span}, {FineTicks(d.Mode)})",
            DrawRule.Normal d => $"world.Normal({span}, {FineTicks(d.Mean)}, {FineTicks(d.Deviation)})",
            DrawRule.Empirical d => $"world.Empirical({span}, {columns[d].Name}.Values, {columns[d].Name}.UpTo, (Int128){system.Tick.Denominator} * Fine, (Int128){columns[d].Unit * system.Tick.Numerator})",
            _ => throw new System.Diagnostics.UnreachableException(rule.GetType().Name),
        };
    }

    /// <summary>Nanoseconds in fine ticks, rounded down: what is drawn lies in the interval all the same.</summary>
    private string FineTicks(Rational nanoseconds) =>
        $"(long)((Int128){nanoseconds.Numerator * system.Tick.Denominator} * Fine / {nanoseconds.Denominator * system.Tick.Numerator})";

    private string StartDue(int timer, TickInterval interval, Interval? written) => $"{due[timer]} = checked(now + {Draw(CodeText.Number(timer), interval, written)});";

    private void Run(Actor actor, Instruction i)
    {
        int timer = system.TimerOf(TimerKind.Work, actor.Index);
        string core = traits.Cores > 1 ? "workDue[CoreOf(" + actors[actor.Index] + ")]" : "workDue";
        c.Line($"{core} = checked(now + {Draw(CodeText.Number(timer), i.Interval!, ((BoundStatement.Run)i.Statement!).Duration)});");
    }

    private void Wait(Actor actor, Instruction i)
    {
        Block(actor, "Timed");
        int timer = system.TimerOf(TimerKind.Wait, actor.Index);
        c.Line($"{due[timer]} = checked(now + {Draw(CodeText.Number(timer), i.Interval!, (i.Statement as BoundStatement.Wait)?.Duration)});");
    }

    private void Await(Actor actor, Instruction i, int place)
    {
        if (i.Expression is BoundExpression.Literal { Value: 0 })
        {
            Block(actor, "InAwait");
            return;
        }
        c.Line($"if ({Condition(i.Expression!)}) {At(actor)} = {place + 1};");
        c.Open("else");
        Block(actor, "InAwait");
        c.Close();
    }

    private string At(Actor actor) => $"at[{actors[actor.Index]}]";

    /// <summary>Reading and firing any timer by its number: how a run that is given is followed.</summary>
    private void TimerAccess()
    {
        c.Open("public override void Fire(int timer)");
        c.Line("BeginMove();");
        c.Open("switch (timer)");
        foreach (var timer in system.Timers)
            if (Firing(timer, out string call)) Case(timer.Id, call);
        if (traits.Batch)
        {
            c.Under("case -1:");
            c.Line("givesOut = true;");
            c.Line("break;");
            c.Back();
        }
        c.Under("default:");
        c.Line("throw new ArgumentOutOfRangeException(nameof(timer), timer, \"never fires\");");
        c.Back();
        c.Close();
        c.Line("Settle();");
        c.Close();
        c.Line();

        c.Open("public override long Left(int timer)");
        c.Open("switch (timer)");
        foreach (var timer in system.Timers) Case(timer.Id, $"return {LeftOf(timer)};", returns: true);
        c.Line("default: return None;");
        c.Close();
        c.Close();
        c.Line();

        c.Open("public override bool CountsDown(int timer)");
        c.Open("switch (timer)");
        foreach (var timer in system.Timers)
        {
            string? counts = timer.Kind switch
            {
                TimerKind.Work => $"OnCore({actors[timer.Subject]}) && {OfCore("workDue", actors[timer.Subject])} != Never",
                TimerKind.Slice when system.QuantumOf(timer.Subject) is not null => $"OnCore({actors[timer.Subject]}) && {OfCore("sliceDue", actors[timer.Subject])} != Never",
                TimerKind.Switch => $"{(traits.Cores > 1 ? $"switchDue[{timer.Subject}]" : "switchDue")} != Never",
                _ => due.TryGetValue(timer.Id, out string? field) ? $"{field} != Never" : null,
            };
            if (counts is not null) Case(timer.Id, $"return {counts};", returns: true);
        }
        c.Line("default: return false;");
        c.Close();
        c.Close();
        c.Line();
        c.Line(traits.Cores > 1 ? "private bool OnCore(int actor) => CoreOf(actor) >= 0;" : "private bool OnCore(int actor) => running == actor;");
        c.Line();
    }

    private string OfCore(string field, string actor) => traits.Cores > 1 ? $"{field}[CoreOf({actor})]" : field;

    private void Case(int label, string statement, bool returns = false)
    {
        c.Under($"case {label}:");
        c.Line(statement);
        if (!returns) c.Line("break;");
        c.Back();
    }

    private string LeftOf(TimerInfo timer)
    {
        if (parameters.TryGetValue(timer.Id, out string? parameter)) return parameter;
        if (since.TryGetValue(timer.Id, out string? clock)) return $"{clock} == None ? None : now - {clock}";
        if (due.TryGetValue(timer.Id, out string? instant)) return $"{instant} == Never ? None : {instant} - now";
        switch (timer.Kind)
        {
            case TimerKind.Work:
                return Standing("work", actors[timer.Subject]);
            case TimerKind.Slice when system.QuantumOf(timer.Subject) is not null:
                return Standing("slice", actors[timer.Subject]);
            case TimerKind.Switch:
                string field = traits.Cores > 1 ? $"switchDue[{timer.Subject}]" : "switchDue";
                return $"{field} == Never ? None : {field} - now";
            default:
                return "None";
        }
    }

    private string Standing(string what, string actor) =>
        $"OnCore({actor}) && {OfCore(what + "Due", actor)} != Never ? {OfCore(what + "Due", actor)} - now : {what}Left[{actor}]";

    private bool Firing(TimerInfo timer, out string call)
    {
        call = timer.Kind switch
        {
            TimerKind.Work when code[timer.Subject].Any(i => i.Op == Op.Run) => traits.Cores > 1 ? $"EndWork(CoreOf({actors[timer.Subject]}));" : "EndWork();",
            TimerKind.Slice when system.QuantumOf(timer.Subject) is not null => traits.Cores > 1 ? $"SliceIsUsedUp(CoreOf({actors[timer.Subject]}));" : "SliceIsUsedUp();",
            TimerKind.Wait when due.ContainsKey(timer.Id) => $"EndWait({actors[timer.Subject]}, ref {due[timer.Id]});",
            TimerKind.Arrival => $"Arrive_{steps[timer.Subject]["Step_".Length..]}();",
            TimerKind.Jitter => $"{due[timer.Id]} = Never; Release({actors[timer.Subject]});",
            TimerKind.Switch => traits.Cores > 1 ? $"EndSwitch({timer.Subject});" : "EndSwitch();",
            TimerKind.Fault => $"Crash_{due[timer.Id]["due.".Length..]}();",
            _ => "",
        };
        return call.Length > 0;
    }
}
