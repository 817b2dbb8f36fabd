using System.Collections.Immutable;
using Irekae.Model.Binding;
using Irekae.Model.Semantics;

namespace Irekae.Properties.Laws;

/// <summary>Time goes on, timers count down to nothing and then are gone, and each takes the time that was drawn for it.</summary>
internal sealed class TimeGoesOn(Account account) : Watch(account)
{
    private readonly Dictionary<int, long> drawn = [];
    private readonly Dictionary<int, long> counted = [];

    public override void After(Stage stage)
    {
        var move = stage.Step.Move;
        if (stage.Delay < 0) Wrong("time goes back");
        for (int i = 0; i < (stage.Before?.Timers.Length ?? 0); i++)
        {
            int timer = stage.Before!.Timers[i];
            if (stage.Before.Rates[i] == TimerRate.Down) counted[timer] = counted.GetValueOrDefault(timer) + stage.Delay;
            if (stage.Passed[i] < 0) Wrong($"{Account.System.Timers[timer].Name} is below zero");
        }

        if (move.Timer >= 0)
        {
            Judged++;
            if (counted.GetValueOrDefault(move.Timer) != drawn.GetValueOrDefault(move.Timer)) Wrong($"{Account.System.Timers[move.Timer].Name} took {counted.GetValueOrDefault(move.Timer)} and {drawn.GetValueOrDefault(move.Timer)} was drawn");
            if (move.Sources.Contains(move.Timer)) Wrong($"{Account.System.Timers[move.Timer].Name} has fired and goes on");
        }

        for (int k = 0; k < stage.Step.Durations.Length; k++) (drawn[move.Started[k].Timer], counted[move.Started[k].Timer]) = (stage.Step.Durations[k], 0);
    }
}

/// <summary>Work and slices count down while their process holds a core that is not changing process; all else always (semantics, section 4).</summary>
internal sealed class Rates(Account account) : Watch(account)
{
    public override void After(Stage stage)
    {
        var next = stage.Step.Move.Next;
        for (int i = 0; i < next.Timers.Length; i++)
        {
            var timer = Account.System.Timers[next.Timers[i]];
            if (timer.Kind is TimerKind.Work or TimerKind.Slice && !Account.LevelsKnown) continue;
            Judged++;
            var expected = timer.Kind switch
            {
                TimerKind.Work or TimerKind.Slice => Account.Progresses(timer.Subject) ? TimerRate.Down : TimerRate.Frozen,
                TimerKind.Clock => TimerRate.Up,
                TimerKind.Parameter => TimerRate.Frozen,
                TimerKind.Wait or TimerKind.Arrival or TimerKind.Jitter or TimerKind.Switch or TimerKind.Fault => TimerRate.Down,
            };
            if (next.Rates[i] != expected) Wrong($"{timer.Name} goes {next.Rates[i]} and should go {expected}");
        }
    }
}

/// <summary>What begins lasts as long as the text allows, and there is something that goes on for whoever works or waits.</summary>
internal sealed class TimersOfTheText(Account account) : Watch(account)
{
    public override void After(Stage stage)
    {
        var move = stage.Step.Move;
        for (int k = 0; k < move.Started.Length; k++)
        {
            var timer = Account.System.Timers[move.Started[k].Timer];
            Judged++;
            if (!Allowed(timer).Any(i => Account.Durations.Contains(i, stage.Step.Durations[k]))) Wrong($"{timer.Name} begins with {stage.Step.Durations[k]}, which is in no interval of the text");
        }

        var alive = move.Next.Timers.Select(t => (Account.System.Timers[t].Kind, Account.System.Timers[t].Subject)).ToHashSet();
        foreach (var actor in Account.Spec.Actors)
        {
            int a = actor.Index;
            if (actor.Activation is not null && Account.Started[a] != alive.Contains((TimerKind.Arrival, a))) Wrong($"{actor.Name} {(Account.Started[a] ? "has no arrival to come" : "has arrivals and has not begun")}");
            if (actor.Kind == ActorKind.Device) continue;
            if (alive.Contains((TimerKind.Wait, a)) != (Account.Doing[a] == Status.Timed)) Wrong($"{actor.Name} {(Account.Doing[a] == Status.Timed ? "waits for no time" : "does not wait and has a time to wait")}");
        }
    }

    public override void Quiet(Stage stage)
    {
        if (!Account.LevelsKnown) return;
        foreach (int runs in Account.On)
            if (runs >= 0 && Account.Progresses(runs) && !stage.Before!.Timers.Any(t => Account.System.Timers[t] is { Kind: TimerKind.Work } timer && timer.Subject == runs)) Wrong($"{Name(runs)} holds a core and does nothing");
    }

    private IEnumerable<Interval> Allowed(TimerInfo timer)
    {
        Interval always = new(AffineTime.Of(0), null);
        var actor = timer.Kind is TimerKind.Work or TimerKind.Wait or TimerKind.Slice or TimerKind.Arrival or TimerKind.Jitter ? Account.Spec.Actors[timer.Subject] : null;
        var statements = actor?.Body.WithDescendants() ?? [];
        return timer.Kind switch
        {
            TimerKind.Work => statements.OfType<BoundStatement.Run>().Select(s => s.Duration),
            TimerKind.Wait => statements.Select(s => s switch { BoundStatement.Wait w => w.Duration, BoundStatement.AfterAnyTime => always, _ => null }).OfType<Interval>(),
            TimerKind.Slice => (actor!.Quantum ?? Account.Spec.Machine.Quantum) is { } quantum ? [quantum] : [],
            TimerKind.Arrival => [actor!.Activation!.Separation, actor.Activation.Offset],
            TimerKind.Jitter => actor!.Activation!.Jitter is { } jitter ? [jitter] : [],
            TimerKind.Switch => Account.Spec.Machine.Switch is { } change ? [change] : [],
            TimerKind.Fault => [always],
            TimerKind.Parameter => [Account.Spec.Parameters[timer.Subject].Range],
            TimerKind.Clock => [new Interval(AffineTime.Of(0), AffineTime.Of(0))],
        };
    }
}

internal sealed class ProcessorTime(Account account) : Watch(account)
{
    private long used;
    private long[] last = [];

    public override void After(Stage stage)
    {
        for (int i = 0; i < (stage.Before?.Timers.Length ?? 0); i++)
            if (Account.System.Timers[stage.Before!.Timers[i]].Kind == TimerKind.Work)
            {
                used += last[i] - stage.Passed[i];
                if (last[i] - stage.Passed[i] > stage.Delay) Wrong($"{Account.System.Timers[stage.Before.Timers[i]].Name} gets more time than passes");
            }

        Judged++;
        if (used > Account.Now * Account.Spec.Machine.Cores) Wrong($"{used} of processor time were used until {Account.Now}");
        last = stage.Values;
    }
}

/// <summary>Which of several timers that are due at one instant come first (semantics, section 3).</summary>
internal sealed class OrderAtOneInstant(Account account) : Watch(account)
{
    public override void See(Event e)
    {
        if (Account.System.Ties == Ties.Batch && Account.Fired >= 0 && e.Kind is EventKind.Dispatched or EventKind.Preempted) Wrong($"{Name(e.A)} {(e.Kind == EventKind.Preempted ? "loses" : "gets")} a core before it is the scheduler's turn");
    }

    public override void After(Stage stage)
    {
        if (stage.Before is null || Account.System.Ties == Ties.Any) return;
        int rank = Rank(stage.Step.Move.Timer);
        for (int i = 0; i < stage.Before.Timers.Length; i++)
        {
            int other = stage.Before.Timers[i];
            if (stage.Before.Rates[i] != TimerRate.Down || stage.Passed[i] != 0 || other == stage.Step.Move.Timer) continue;
            Judged++;
            if (Rank(other) < rank) Wrong($"{Account.System.Timers[other].Name} is due and comes first");
        }
    }

    private int Rank(int timer) => timer < 0 ? 3 : (Account.System.Timers[timer].Kind, Account.System.Ties) switch
    {
        (TimerKind.Work, _) => 0,
        (TimerKind.Slice, Ties.Batch) => 2,
        _ => 1,
    };
}

internal sealed class Arrivals(Account account) : Watch(account)
{
    private readonly Dictionary<int, long> begun = [];
    private readonly Dictionary<int, long> arrived = [];
    private readonly HashSet<int> jittering = [];

    public override void See(Event e)
    {
        if (e.Kind is EventKind.StartedUp) begun[e.A] = Account.Now;
        if (e.Kind is EventKind.Killed or EventKind.Crashed or EventKind.Ends) arrived.Remove(e.A);
        if (e.Kind == EventKind.Arrives)
        {
            Judged++;
            var activation = Account.Spec.Actors[e.A].Activation!;
            bool holds = arrived.TryGetValue(e.A, out long last)
                ? Account.Durations.Contains(activation.Separation, Account.Now - last)
                : Account.Durations.Contains(activation.Offset, Account.Now - begun.GetValueOrDefault(e.A));
            if (!holds) Wrong($"a job of {Name(e.A)} arrives too early or too late");
            arrived[e.A] = Account.Now;
        }

        if (e.Kind == EventKind.Arrives && Account.Spec.Actors[e.A].Activation is { Jitter: not null } jittery && Account.Unfinished[e.A].Count < jittery.Backlog) jittering.Add(e.A);
        if (e.Kind is EventKind.Killed or EventKind.Crashed or EventKind.Ends) jittering.Remove(e.A);

        // At this event the account has one released job less.
        if (e.Kind == EventKind.Released && Account.Released[e.A] < Account.Unfinished[e.A].Count)
        {
            long jitter = Account.Now - Account.Unfinished[e.A][Account.Released[e.A]];
            if (Account.Spec.Actors[e.A].Activation!.Jitter is { } allowed ? !Account.Durations.Contains(allowed, jitter) : jitter != 0) Wrong($"a job of {Name(e.A)} is released {jitter} after its arrival");
        }
    }

    public override void After(Stage stage)
    {
        foreach (int actor in jittering)
            if (!stage.Step.Move.Started.Any(s => Account.System.Timers[s.Timer] is { Kind: TimerKind.Jitter } timer && timer.Subject == actor)) Wrong($"a job of {Name(actor)} arrives and no jitter is drawn");
        jittering.Clear();
        foreach (var actor in Account.Spec.Actors)
            if (actor.Activation is not null && Account.Released[actor.Index] > 0 != (Account.Doing[actor.Index] != Status.Idle)) Wrong($"{actor.Name} has {Account.Released[actor.Index]} jobs to do and is {Account.Doing[actor.Index]}");
    }
}

/// <summary>What an observed quantity is said to have lasted is the time between the events that begin and end it.</summary>
internal sealed class ClocksAreTrue(Account account) : Watch(account)
{
    private readonly ImmutableArray<Quantity> quantities = account.System.Observation.Quantities;
    private readonly Dictionary<(int Quantity, int Actor), long> begun = [];
    private readonly List<(int Quantity, long Value)> ended = [];
    private readonly Dictionary<int, (int Endpoint, int Message)> asked = [];

    /// <summary>Calls that a device makes too: whether it waits no event tells.</summary>
    private readonly bool[] devices = [.. account.System.Observation.Quantities.Select(q => q is Quantity.Answer a && account.Spec.Actors.Any(d => d.Kind == ActorKind.Device
        && d.Body.WithDescendants().Any(s => s is BoundStatement.Call c && c.Endpoint.Index == a.Endpoint.Index && c.Message.Index == a.Message.Index)))];

    public override void See(Event e)
    {
        switch (e.Kind)
        {
            case EventKind.MeasureBegins:
                Begin(q => q is Quantity.OfMeasure m && m.Measure.Index == e.B, e.A);
                break;
            case EventKind.MeasureEnds:
                End(q => q is Quantity.OfMeasure m && m.Measure.Index == e.B, e.A);
                break;
            case EventKind.Calls:
                Ask(e.A, e.B, e.C);
                break;
            case EventKind.Lost:
                Ask(e.C, e.A, e.B);
                break;
            case EventKind.Refused when Account.Device[e.A]:
                Forget(q => q is Quantity.Answer, e.A);
                break;
            case EventKind.Refused when Account.Doing[e.A] != Status.InCall:
                Ask(e.A, e.B, e.C);
                break;
            // From here it waits, refused or not; a refusal that it has an else for ends the waiting.
            case EventKind.Blocks when e.B == (int)Status.InCall:
                Begin(q => q is Quantity.Answer a && (a.Endpoint.Index, a.Message.Index) == asked[e.A], e.A);
                break;
            case EventKind.Ready:
                Forget(q => q is Quantity.Answer, e.A);
                break;
            case EventKind.Replies when asked.TryGetValue(e.B, out var answered):
                End(q => q is Quantity.Answer a && (a.Endpoint.Index, a.Message.Index) == answered, e.B);
                break;
            case EventKind.Marks:
                End(q => q is Quantity.Gap g && g.Mark.Index == e.B, -1);
                Begin(q => q is Quantity.Gap g && g.Mark.Index == e.B, -1);
                break;
            case EventKind.JobEnds:
                Forget(q => q is Quantity.OfMeasure, e.A);
                if (Account.Unfinished[e.A] is [var arrival, ..])
                    for (int q = 0; q < quantities.Length; q++)
                        if (quantities[q] is Quantity.Response r && r.Actor.Index == e.A) ended.Add((q, Account.Now - arrival));
                break;
            case EventKind.Ends or EventKind.Killed or EventKind.Crashed:
                Forget(q => q is not Quantity.Gap, e.A);
                // The last that passes a mark and ends by itself leaves no gap open.
                if (e.Kind == EventKind.Ends)
                    Forget(q => q is Quantity.Gap g && Passes(e.A, g.Mark) && !Account.Spec.Actors.Any(a => a.Index != e.A && Account.Alive[a.Index] && Passes(a.Index, g.Mark)), -1);
                break;
        }
    }

    public override void After(Stage stage)
    {
        var said = stage.Step.Move.Ended.Select(e => (e.Quantity, Value: Quantities.Value(stage, e))).Order().ToList();
        Judged += said.Count;
        ended.Sort();
        if (!said.SequenceEqual(ended)) Wrong($"occurrences of ({string.Join(", ", said)}) end, and events say ({string.Join(", ", ended)})");
        ended.Clear();
        var running = stage.Step.Move.Next.Timers.Zip(stage.Values).Where(t => Account.System.Timers[t.First] is { Kind: TimerKind.Clock } clock && !devices[clock.Subject])
            .Select(t => (Account.System.Timers[t.First].Subject, Value: t.Second)).Order().ToList();
        var going = begun.Where(b => !devices[b.Key.Quantity]).Select(b => (b.Key.Quantity, Value: Account.Now - b.Value)).ToList();
        for (int q = 0; q < quantities.Length; q++)
            if (quantities[q] is Quantity.Response r) going.AddRange(Account.Unfinished[r.Actor.Index].Select(arrival => (q, Account.Now - arrival)));
        going.Sort();
        if (!running.SequenceEqual(going)) Wrong($"occurrences of ({string.Join(", ", running)}) go on, and events say ({string.Join(", ", going)})");
    }

    private void Ask(int caller, int endpoint, int message)
    {
        asked[caller] = (endpoint, message);
        if (Account.Device[caller]) Begin(q => q is Quantity.Answer a && a.Endpoint.Index == endpoint && a.Message.Index == message, caller);
    }

    private void Begin(Func<Quantity, bool> of, int actor)
    {
        for (int q = 0; q < quantities.Length; q++)
            if (of(quantities[q])) begun[(q, actor)] = Account.Now;
    }

    private void End(Func<Quantity, bool> of, int actor)
    {
        for (int q = 0; q < quantities.Length; q++)
            if (of(quantities[q]) && begun.Remove((q, actor), out long since)) ended.Add((q, Account.Now - since));
    }

    private void Forget(Func<Quantity, bool> of, int actor)
    {
        for (int q = 0; q < quantities.Length; q++)
            if (of(quantities[q])) begun.Remove((q, actor));
    }

    private bool Passes(int actor, Mark mark) => Account.Spec.Actors[actor].Body.WithDescendants().Any(s => s is BoundStatement.PassMark p && p.Mark.Index == mark.Index);
}
