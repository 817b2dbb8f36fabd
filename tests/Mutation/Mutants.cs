using System.Collections.Immutable;

namespace Irekae.Tests.Mutation;

/// <summary>The faults, each of which some law has to notice.</summary>
internal static class Mutants
{
    private const string Scheduler = "TransitionSystem.Scheduler.cs";
    private const string Messages = "TransitionSystem.Messages.cs";
    private const string Mutexes = "TransitionSystem.Mutexes.cs";
    private const string Begin = "TransitionSystem.Begin.cs";
    private const string Settle = "TransitionSystem.Settle.cs";
    private const string Steps = "TransitionSystem.Steps.cs";
    private const string Whole = "TransitionSystem.cs";
    private static readonly string Silent = Path.Combine("Program", "SilentSteps.cs");

    public static ImmutableArray<Mutant> All { get; } =
    [
        // Who runs.
        new("preempted to the other end of the level", Scheduler, "Enqueue(d, victim, toHead: «!System.Machine.PreemptedToTail»);", "System.Machine.PreemptedToTail"),
        new("slice used up: to the head", Scheduler, "            «Enqueue(d, actor, toHead: false);»", "Enqueue(d, actor, toHead: true);"),
        new("ready again: to the head", Scheduler, "Enqueue(d, actor, «toHead»);", "true"),
        new("slice not refreshed for who is alone", Scheduler, "«d.Start(timers.Of(TimerKind.Slice, actor), quanta[actor]!);»", ""),
        new("slice refreshed at every dispatch", Scheduler, "timers.Of(TimerKind.Slice, actor) is var slice && «!d.IsAlive(slice)»", "true"),
        new("slice dropped where it is to be kept, and kept where not", Scheduler, "if («!System.Machine.SliceKept») DropSlice", "System.Machine.SliceKept"),
        new("slices of shared levels left out", Whole, "own.Count == 0 || other.Count == 0 || «own.Overlaps(other)»", "false"),
        new("slice that ran out in a section is not given up after it", Steps, "if («d.Cells[expired] == 0») return;", "true"),
        new("who gives its core away is first in line for it", Scheduler, "(toHead ? Urgency(d, entry - 1) < urgency : «Urgency(d, entry - 1) <= urgency»)", "Urgency(d, entry - 1) < urgency"),
        new("a change of process costs nothing", Scheduler, "if («switchCost is null») return;", "true"),
        new("going on with the same process costs a change", Scheduler, "if («d.Cells[layout.Last + core] != actor + 1» &&", "true"),
        new("a process that nobody may preempt is preempted", Scheduler, "d.Ending != actor && «!System.Actors[actor].NonPreemptive» &&", "true"),
        new("sections that nobody may preempt are preempted", Scheduler, "&& «d.Cells[layout.Of(actor, Layout.Sections)] == 0» && d.Cells[layout.Switching + core] == 0;", "true"),
        new("sections do not end", Steps, "if («--d.Cells[layout.Of(actor, Layout.Sections)] == 0» && d.Ending", "false"),
        new("preempted while the core changes process", Scheduler, "d.Cells[layout.Of(actor, Layout.Sections)] == 0 && «d.Cells[layout.Switching + core] == 0»;", "true"),
        // Without a limit two equals would take turns for ever, in no time.
        new("an equal preempts", Scheduler, "else if («Urgency(d, actor) < Urgency(d, running)» && IsPreemptible", "Urgency(d, actor) <= Urgency(d, running) && d.Events.Count < 100"),
        new("the most urgent is the victim", Scheduler, "«Urgency(d, running) > Urgency(d, d.Cells[layout.Running + least] - 1)»", "Urgency(d, running) < Urgency(d, d.Cells[layout.Running + least] - 1)"),
        new("one core given out at a time", Scheduler, "            «Dispatch(d, actor, core);»", "Dispatch(d, actor, core); return;"),
        new("a process runs on cores that are not its own", Scheduler, "if («System.Actors[actor].Core is var pinned && pinned >= 0 && pinned != core») continue;", "false"),
        new("a process does not go back to the core that has it", Scheduler, "if (idle < 0 || «d.Cells[layout.Last + core] == entry») idle = core;", "false"),
        new("end of work is not before all else", Whole, "if («ties == Ties.Any») return [];", "true"),
        new("batch: slices end among the rest", Whole, "TimerKind.Slice when «ties == Ties.Batch» => 2,", "false"),
        new("batch: the scheduler acts at once", Settle, "bool batch = «ties == Ties.Batch && !schedulerTurn»;", "false"),
        new("orders of steps on several cores are lost", Settle, "if («count <= 1») return count == 0 ? -1 : able[0];", "true"),

        new("what others read is a device's own business", Silent, "system.Variables[variable].Owner == actor && «!foreign[variable]»;", "true"),
        new("a device that is killed has done its own business", Silent, "return «!killed[actor]» && i.Op switch", "true"),
        new("a measure of a device ends before anything else whatever is asked then", Silent, "!stops && «!looked.Contains(i.Index)»,", "true"),
        new("a device leaves a range before anything else", Silent, "IsOwn(actor, i.Expression!) && «Fits(system.Variables[i.Index].Type, i.Expression!)»,", "true"),

        // Time.
        new("frozen work goes on", Settle, "TimerKind.Work or TimerKind.Slice => «HoldsCore(d, info.Subject)» ?", "info.Kind == TimerKind.Work || HoldsCore(d, info.Subject)"),
        new("a frozen slice goes on", Settle, "TimerKind.Work or TimerKind.Slice => «HoldsCore(d, info.Subject)» ?", "info.Kind == TimerKind.Slice || HoldsCore(d, info.Subject)"),
        new("work goes on while the core changes process", Settle, "return core >= 0 && «d.Cells[layout.Switching + core] == 0»;", "true"),
        new("a timer that has fired stays", Begin, "«d.Drop(timer);»", ""),
        new("no second arrival", Begin, "«d.Start(timers.Of(TimerKind.Arrival, actor), activation.Separation);»", ""),
        new("arrivals follow as the first one does", Begin, "«d.Start(timers.Of(TimerKind.Arrival, actor), activation.Separation);»", "d.Start(timers.Of(TimerKind.Arrival, actor), activation.Offset);"),
        new("no jitter", Begin, "if («activation.Jitter is { } jitter») d.Start", "false"),
        new("a wait is as short as it may be", Steps, "d.Start(timers.Of(TimerKind.Wait, actor), «i.Interval!»);", "new TickInterval(new TickBound(0, [], 1), i.Interval!.Low)"),
        new("the longest times are left out", Path.Combine("Program", "Ticks.cs"), "interval.High is { } high ? «Scale(high, timer)» : null", "Scale(interval.Low, timer)"),
        new("a run passes over what is due", "Interpreter.cs", "if (Configuration.Rates[i] == TimerRate.Down && «values[i] < delay»)", "false"),

        // Jobs.
        new("the next job does not begin", Begin, "if («--d.Cells[layout.Of(actor, Layout.Jobs)] > 0») BecomeReady", "--d.Cells[layout.Of(actor, Layout.Jobs)] > 1"),
        new("a job over the backlog is taken", Begin, "if («d.Cells[arrived] == backlog»)", "false"),
        new("the second job takes the clock of the first", Begin, "«d.Rename(clock, timers.Clock(q, job - 1));»", "d.Drop(clock);"),
        new("an exit keeps the mutexes", Begin, "if («d.Cells[layout.Owners + mutex.Index] == actor + 1») Unlock(d, actor, mutex.Index);", "false"),

        // Messages.
        new("urgent is ignored", Messages, "? 0 : «entry.Urgent ? 1 : 2»;", "2"),
        new("notifications take their turn", Messages, "int rank = «d.Cells[at + Layout.MessageNotify] != 0» ? 0", "false"),
        new("last in, first out", Messages, "if («rank >= bestRank») break;", "rank > bestRank"),
        new("equal notifications pile up", Messages, "if («d.Cells[at + Layout.MessageNotify] != 0 && d.Cells[at + Layout.MessageKind] == message && d.Cells[at + Layout.MessageEndpoint] == endpoint») return;", "false"),
        new("a reply goes to the wrong caller", Messages, "int caller = «d.Cells[cell] - 1»;", "System.Actors.LastOrDefault(a => d.Cells[layout.Of(a.Index, Layout.Status)] == (int)Status.InCall)?.Index ?? -1"),
        new("who was answered is still owed an answer", Messages, "        «d.Cells[cell] = 0;»\n        if (caller < 0) return;", ""),
        new("the answer is empty", Messages, "Assign(d, caller, call.Result, «i.Expression is null ? 0 : Evaluate(i.Expression, d.Cells)»,", "0"),
        new("arguments are lost", Messages, "d.Cells[layout.Variables + handler.Parameters[k]] = «d.Cells[at + Layout.MessageArguments + k]»;", "0"),
        new("the inbox is full one early", Messages, "if («d.Cells[count] == System.Actors[target].InboxDepth»)", "d.Cells[count] == System.Actors[target].InboxDepth - 1"),
        new("who finds the inbox full waits for ever", Messages, "if (System.Actors[target].WhenFull == WhenFull.Refuse) return «Delivery.Refused»;", "Delivery.Dropped"),
        new("an overflow goes unsaid", Messages, "if («System.Actors[target].WhenFull == WhenFull.Error»)", "false"),
        new("nobody is woken by a message", Messages, "if («d.Cells[layout.Of(target, Layout.Status)] == (int)Status.InReceive && BestMessage(d, target, out _) >= 0»)", "false"),
        new("a lost call goes on", Messages, "if («i.Op == Op.Call») WaitForAnswer(d, actor, i);", "false"),
        new("a message may be lost any number of times", Messages, "«copy.Cells[layout.Faults + faults[k - 1].Index]--;»", ""),

        // Replacement.
        new("messages to the dead arrive", Messages, "return target >= 0 && «d.Cells[layout.Of(target, Layout.Life)] is (int)Life.Active or (int)Life.Spawned» ? target : -1;", "true"),
        new("a bind leaves the messages where they are", Messages, "if («old < 0 || old == i.Operand») return;", "true"),
        new("a bind that moves refuses", Messages, "int target = «i.Rule == InboxRule.Move» ? Reachable", "false"),
        new("a bind that drops refuses", Messages, "? «i.Rule == InboxRule.Drop» ? Delivery.Dropped : Delivery.Refused", "false"),
        new("who is refused by a bind is not told", Messages, "if («delivery == Delivery.Refused && caller > 0») RefuseCaller", "false"),
        new("who waits for an answer from the dead is not told", Begin, "foreach (int caller in refused) «RefuseCaller(d, caller);»", ""),
        new("a call outlives its caller", Begin, "«ForgetCaller(d, actor);»", ""),
        new("the dead stay in the ready queue", Begin, "«LeaveReadyQueue(d, actor);»", ""),
        new("timers of the dead go on", Begin, "if («OwnedBy(info, actor) && d.IsAlive(info.Id)») d.Drop(info.Id);", "false"),
        new("a mutex is freed when its holder is killed", Begin, "        «LeaveLockQueue(d, actor);»", "LeaveLockQueue(d, actor); foreach (var held in System.Mutexes) if (d.Cells[layout.Owners + held.Index] == actor + 1) d.Cells[layout.Owners + held.Index] = 0;"),
        new("state outlives its owner", Begin, "if («variable.Owner == actor») d.Cells[layout.Variables + variable.Index]", "false"),
        new("state kept elsewhere dies with anybody", Begin, "if («variable.Owner == actor») d.Cells[layout.Variables + variable.Index]", "variable.Owner == actor || variable.Owner < 0"),
        new("spawn keeps the old priority",
        [
            new Edit(Begin, "«Array.Clear(d.Cells, layout.Of(actor, 0), Layout.Fixed);»", "Array.Clear(d.Cells, layout.Of(actor, 0), Layout.Priority); Array.Clear(d.Cells, layout.Of(actor, Layout.Sections), Layout.Fixed - Layout.Sections);"),
            new Edit(Begin, "«SetPriorities(d, System.Actors[actor]);»", ""),
        ]),
        new("who is spawned runs before it is started", Steps, "«d.Cells[life] = (int)Life.Spawned;»", "Activate(d, i.Operand);"),
        new("a crash happens again and again", Begin, "if («--d.Cells[layout.Faults + fault.Index] > 0») d.Start", "true"),
        new("a crash tells nobody", Begin, "if («fault.NotifyEndpoint >= 0») Notify", "false"),

        // Mutexes and conditions.
        new("a mutex excludes nobody", Mutexes, "if («d.Cells[owner] == 0»)", "true"),
        new("a freed mutex goes to who waits longest", Mutexes, "(«heir < 0 || Urgency(d, entry - 1) < Urgency(d, heir)»)", "heir < 0"),
        new("a freed mutex goes to the last of equals", Mutexes, "(«heir < 0 || Urgency(d, entry - 1) < Urgency(d, heir)»)", "heir < 0 || Urgency(d, entry - 1) <= Urgency(d, heir)"),
        new("inheritance is not undone", Mutexes, "            BecomeReady(d, heir, toHead: false);\n        }\n\n        «Reprioritise(d);»", ""),
        new("nothing is inherited", Scheduler, "MutexProtocol.Inheritance => «MostUrgentWaiter(d, mutex.Index, wanted)»,", "int.MaxValue"),
        new("inheritance does not go on", Scheduler, "wanted[owner] = urgency;\n                «changed = true;»", ""),
        new("ceilings are ignored", Scheduler, "MutexProtocol.Ceiling => «mutex.Ceiling»,", "int.MaxValue"),
        new("who falls goes to the tail", Scheduler, "Enqueue(d, a, toHead: «wanted[a] > before»);", "false"),
        new("who rises goes to the head", Scheduler, "Enqueue(d, a, toHead: «wanted[a] > before»);", "true"),
        new("an awaited condition is not looked at again", Mutexes, "if («Evaluate(code[a][d.Cells[pc]].Expression!, d.Cells) == 0») continue;", "true"),

        // Statements and what is observed.
        new("one round too few", Steps, "d.Cells[pc] = «--d.Cells[layout.Locals[actor] + i.Cell] > 0» ?", "--d.Cells[layout.Locals[actor] + i.Cell] > 1"),
        new("only the first alternative", Steps, "Branch(d, open, «i.Targets.Length», (copy, k) =>", "1"),
        new("an if turns the wrong way", Steps, "d.Cells[pc] = «Evaluate(i.Expression!, d.Cells) != 0» ?", "Evaluate(i.Expression!, d.Cells) == 0"),
        new("assertions always hold", Steps, "                if («Evaluate(i.Expression!, d.Cells) == 0»)\n                    Violate(d, ViolationKind.Assertion", "false"),
        new("a priority that is set lasts for ever, one that is not too", Steps, "«d.Cells[layout.Of(actor, Layout.Priority)] = i.Operand;»", ""),
        new("a gap has no beginning", Steps, "            «d.Start(timers.Clock(q, 0), zero);»", ""),
        new("a gap stays open when nobody is left", Steps, "if («passes && !others») d.Drop", "false"),
        new("conditions at ends of measures are not judged", Steps, "&& «Evaluate(condition, d.Cells) == 0»)\n                d.FailedConditions.Add(k);", "false"),
    ];
}
