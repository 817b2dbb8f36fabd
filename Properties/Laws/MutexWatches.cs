using Irekae.Model.Binding;
using Irekae.Model.Numbers;
using Irekae.Model.Semantics;

namespace Irekae.Properties.Laws;

internal sealed class OneHolder(Account account) : Watch(account)
{
    public override void After(Stage stage)
    {
        foreach (var mutex in Account.Spec.Mutexes)
            foreach (var actor in Account.Spec.Actors)
            {
                Judged++;
                bool holds = Account.System.Evaluate(new BoundExpression.Holds(actor, mutex), stage.Step.Move.Next) == 1;
                if (holds != (Account.Holder[mutex.Index] == actor.Index)) Wrong($"{actor.Name} {(holds ? "holds" : "does not hold")} {mutex.Name} and events say otherwise");
            }
    }

    public override void See(Event e)
    {
        if (e.Kind is EventKind.JobEnds or EventKind.Ends && Account.Holder.Contains(e.A)) Wrong($"{Name(e.A)} ends by itself and keeps a mutex");
    }

    public override void Quiet(Stage stage)
    {
        foreach (int waits in Account.LockQueue)
            if (Account.Wants[waits] is >= 0 and var mutex && Account.Holder[mutex] < 0) Wrong($"{Name(waits)} waits for {Account.Spec.Mutexes[mutex].Name}, which is free");
    }
}

internal sealed class Heirs(Account account) : Watch(account)
{
    public override void See(Event e)
    {
        if (e.Kind != EventKind.Locked || !Account.LevelsKnown || !Account.LockQueue.Contains(e.A)) return;
        foreach (int other in Account.LockQueue)
        {
            if (Account.Wants[other] != e.B || other == e.A) continue;
            Judged++;
            bool earlier = Account.LockQueue.IndexOfOrEnd(other) < Account.LockQueue.IndexOfOrEnd(e.A);
            if (Account.Level[other] < Account.Level[e.A] || (earlier && Account.Level[other] == Account.Level[e.A]))
                Wrong($"{Name(e.A)} is given {Account.Spec.Mutexes[e.B].Name} before {Name(other)}");
        }
    }
}

internal static class Places
{
    public static int IndexOfOrEnd(this IReadOnlyList<int> list, int value)
    {
        int place = 0;
        while (place < list.Count && list[place] != value) place++;
        return place;
    }
}

internal sealed class Lent(Account account) : Watch(account)
{
    public override void After(Stage stage)
    {
        foreach (var actor in Account.Spec.Actors)
        {
            if (actor.Kind == ActorKind.Device || !Account.Alive[actor.Index]) continue;
            int level = Account.System.PriorityOf(stage.Step.Move.Next, actor.Index);
            if (Account.LevelsKnown)
            {
                Judged++;
                if (level != Account.Level[actor.Index]) Wrong($"{actor.Name} has priority {level} and what it holds gives it {Account.Level[actor.Index]}");
            }
            else if (!Account.HasRun[actor.Index] && !Account.Holder.Contains(actor.Index))
            {
                Judged++;
                if (level != actor.Priority) Wrong($"{actor.Name} has not run since it was made and has priority {level}, not {actor.Priority}");
            }
        }
    }
}

/// <summary>How long a process that is able to go on, or waits for a mutex, can have to watch processes that are less urgent by themselves.</summary>
internal sealed class Blocking : Watch
{
    private readonly Rational?[] most;
    private readonly long[] blocked;

    public Blocking(Account account)
        : base(account)
    {
        var actors = account.Spec.Actors;
        blocked = new long[actors.Length];
        most = new Rational?[actors.Length];
        bool ceilings = account.Spec.Mutexes.All(m => m.Protocol == MutexProtocol.Ceiling);
        foreach (var actor in actors)
        {
            var longest = actors.Where(a => a.Kind != ActorKind.Device && a.Priority > actor.Priority).Select(a => Longest(a)).ToList();
            most[actor.Index] = ceilings ? longest.Aggregate(Rational.Zero, Rational.Max) : longest.Aggregate(Rational.Zero, (sum, one) => sum + one);
        }
    }

    /// <summary>
    /// One core, no cost of a change, priorities that only mutexes change, all of one protocol; ceilings as urgent as every user; critical sections of nothing
    /// but processor work, not nested; nobody is ended by others.
    /// </summary>
    public static bool Applies(BoundSystem system)
    {
        var statements = system.Actors.SelectMany(a => a.Body.WithDescendants()).ToList();
        return system.Machine is { Cores: 1, Switch: null } && !system.Mutexes.IsEmpty && !system.Actors.Any(a => a.NonPreemptive)
            && system.Mutexes.Select(m => m.Protocol).Distinct().ToList() is [not MutexProtocol.None]
            && !statements.Any(s => s is BoundStatement.SetPriority or BoundStatement.NonPreemptive or BoundStatement.Kill) && !system.Faults.Any(f => f.Kind == FaultKind.Crash)
            && statements.OfType<BoundStatement.Lock>().All(l => l.Body.WithDescendants().All(IsWork))
            && system.Actors.All(a => a.Body.WithDescendants().OfType<BoundStatement.Lock>().All(l => l.Mutex.Protocol != MutexProtocol.Ceiling || l.Mutex.Ceiling <= a.Priority));
    }

    private static bool IsWork(BoundStatement statement) =>
        statement is BoundStatement.Block or BoundStatement.Repeat or BoundStatement.Choose or BoundStatement.If or BoundStatement.Assign or BoundStatement.PassMark or BoundStatement.MeasureBlock
        || statement is BoundStatement.Run { Duration: { Low.IsConstant: true, High.IsConstant: true } };

    private static Rational Longest(Actor actor) =>
        actor.Body.WithDescendants().OfType<BoundStatement.Lock>().Select(l => Work(l.Body)).Aggregate(Rational.Zero, Rational.Max);

    private static Rational Work(BoundStatement statement) => statement switch
    {
        BoundStatement.Run s => s.Duration.High!.Constant,
        BoundStatement.Choose or BoundStatement.If => statement.Children().Select(Work).Aggregate(Rational.Zero, Rational.Max),
        BoundStatement.Repeat s => Work(s.Body) * s.Count,
        _ => statement.Children().Select(Work).Aggregate(Rational.Zero, (sum, one) => sum + one),
    };

    public override void Quiet(Stage stage)
    {
        if (!Account.LevelsKnown || Account.On[0] is not (>= 0 and var runs)) return;
        foreach (var actor in Account.Spec.Actors)
        {
            bool waits = Account.Doing[actor.Index] is Status.InLock || (Account.Doing[actor.Index] is Status.Runnable && runs != actor.Index);
            if (!waits || actor.Kind == ActorKind.Device || Account.Spec.Actors[runs].Priority <= actor.Priority) continue;
            Judged++;
            blocked[actor.Index] += stage.Delay;
            if (Account.Run.Nanoseconds(blocked[actor.Index]) > most[actor.Index]!.Value) Wrong($"{actor.Name} has waited for less urgent ones for longer than their critical sections last");
        }
    }

    public override void See(Event e)
    {
        if (e.Kind is EventKind.JobEnds or EventKind.Ends || (e.Kind == EventKind.Blocks && e.B != (int)Status.InLock)) blocked[e.A] = 0;
    }
}
