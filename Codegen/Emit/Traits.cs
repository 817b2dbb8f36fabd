using Irekae.Model.Binding;
using Irekae.Model.Semantics;
using Irekae.Model.Semantics.Program;

namespace Irekae.Codegen.Emit;

/// <summary>What a system can ever do: code for the rest is not written.</summary>
internal sealed class Traits
{
    private readonly bool[][] mayEndWork;
    private readonly bool[][] reached;

    public Traits(TransitionSystem system)
    {
        var actors = system.System.Actors;
        Code = [.. actors.Select(a => system.CodeOf(a.Index).ToArray())];
        reached = [.. Code.Select(Reached)];
        var all = Code.SelectMany((body, actor) => body.Where((_, place) => reached[actor][place])).ToList();
        Cores = system.System.Machine.Cores;
        InOrders = Cores > 1 || actors.Any(a => a.Kind == ActorKind.Device);
        Batch = system.Ties == Ties.Batch;
        Any = system.Ties == Ties.Any;
        Switches = system.SwitchCost is not null;
        Sections = all.Exists(i => i.Op == Op.EnterNonPreemptive);
        Mutexes = all.Exists(i => i.Op == Op.Lock);
        Urgencies = all.Exists(i => i.Op == Op.SetPriority) || (Mutexes && system.System.Mutexes.Any(m => m.Protocol != MutexProtocol.None));
        Awaits = all.Exists(i => i.Op == Op.Await && i.Expression is not BoundExpression.Literal { Value: 0 });
        Sliced = actors.Any(a => system.QuantumOf(a.Index) is not null);
        Refusals = all.Exists(i => i.Op == Op.Call && i.Target >= 0);
        Jobs = actors.Any(a => a.Activation is not null);
        mayEndWork = [.. actors.Select(MayEndWork)];
        MayDie = [.. actors.Select(a => a.Absent
            || system.Observation.Faults.Any(f => f.Kind == FaultKind.Crash && f.Actor == a.Index)
            || all.Exists(i => i.Op == Op.Kill && i.Operand == a.Index)
            || (a.Activation is null && all.Exists(i => i.Op == Op.Exit && Code[a.Index].Contains(i))))];
        Deaths = MayDie.Contains(true);
        Lives = Deaths || all.Exists(i => i.Op == Op.Spawn);
    }

    public Instruction[][] Code { get; }

    public int Cores { get; }

    /// <summary>Several can be about to do a step without time: who is first is a choice.</summary>
    public bool InOrders { get; }

    public bool Batch { get; }

    /// <summary>Work that is used up may be preempted before its end is complete; otherwise it may not.</summary>
    public bool Any { get; }

    public bool Switches { get; }

    public bool Sections { get; }

    public bool Mutexes { get; }

    /// <summary>Priorities change.</summary>
    public bool Urgencies { get; }

    public bool Awaits { get; }

    public bool Sliced { get; }

    /// <summary>Some call says what to do when it is refused.</summary>
    public bool Refusals { get; }

    public bool Jobs { get; }

    /// <summary>Somebody can come to an end or does not exist at the beginning.</summary>
    public bool Deaths { get; }

    /// <summary>Somebody can come to an end or begin anew.</summary>
    public bool Lives { get; }

    /// <summary>By actor.</summary>
    public bool[] MayDie { get; }

    /// <summary>
    /// On one core a process goes on by itself from step to step as long as nobody else can have come to act in between and no device can act; where there
    /// are several cores, the scheduler has turns of its own, or work that has ended may be preempted, it does one step at a time.
    /// </summary>
    public bool GoesOn => Cores == 1 && !Batch && !Any;

    public bool IsReached(int actor, int place) => reached[actor][place];

    /// <summary>The actor may come to this place with its work just ended.</summary>
    public bool MayEndWorkAt(int actor, int place) => mayEndWork[actor][place];

    /// <summary>After this step of an actor the same actor is next, if anybody is.</summary>
    public bool ActsAlone(Instruction i) => i.Op switch
    {
        Op.Jump or Op.BranchUnless or Op.Choose or Op.RepeatBegin or Op.RepeatNext or Op.MeasureBegin or Op.MeasureEnd or Op.Mark or Op.HandlerEnd
            or Op.Assert or Op.EnterNonPreemptive => GoesOn && (!Awaits || i.Op != Op.HandlerEnd),
        Op.Assign or Op.Receive => GoesOn && !Awaits,
        Op.Run or Op.Wait => GoesOn && TransitionSystem.TakesNoTime(i.Interval!),
        _ => false,
    };

    /// <summary>Places that control can come to, conditions taken to go either way.</summary>
    private static bool[] Reached(Instruction[] code)
    {
        var reached = new bool[code.Length];
        var open = new Stack<int>([0]);
        while (open.TryPop(out int at))
        {
            if (reached[at]) continue;
            reached[at] = true;
            foreach (int next in Successors(code, at)) open.Push(next);
        }
        return reached;
    }

    private bool[] MayEndWork(Actor actor)
    {
        var code = Code[actor.Index];
        var may = new bool[code.Length];
        var open = new Stack<int>();
        void Reach(int at)
        {
            if (may[at]) return;
            may[at] = true;
            open.Push(at);
        }
        for (int at = 0; at < code.Length; at++)
        {
            if (code[at].Op != Op.Run || TransitionSystem.TakesNoTime(code[at].Interval!)) continue;
            Reach(at + 1);
        }
        while (open.TryPop(out int at))
            if (code[at].EndsWork)
                foreach (int next in Successors(code, at)) Reach(next);
        return may;
    }

    private static IEnumerable<int> Successors(Instruction[] code, int at)
    {
        var i = code[at];
        switch (i.Op)
        {
            case Op.Jump or Op.HandlerEnd:
                return [i.Target];
            case Op.Exit:
                return [];
            case Op.Choose:
                return i.Targets;
            case Op.Receive:
                return i.Handlers.Select(h => h.Entry);
            case Op.BranchUnless or Op.RepeatNext:
                return [at + 1, i.Target];
            case Op.Call when i.Target >= 0:
                return [at + 1, i.Target];
            default:
                return [at + 1];
        }
    }
}
