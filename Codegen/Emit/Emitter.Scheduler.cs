using Irekae.Model.Binding;
using Irekae.Model.Semantics.Program;

namespace Irekae.Codegen.Emit;

/// <summary>The scheduler's rules, as far as the machine and its processes need them.</summary>
internal sealed partial class Emitter
{
    private bool Several => traits.Cores > 1;

    private string Urgency(string actor) => traits.Urgencies ? $"urgency[{actor}]" : $"Urgency[{actor}]";

    private void UrgencyTable()
    {
        c.Comment("0 is most urgent; never changes.");
        c.Line($"protected static ReadOnlySpan<int> Urgency => [{string.Join(", ", Actors.Select(a => a.Priority))}];");
    }

    private void Scheduler()
    {
        if (Several) GiveOutSeveral();
        else GiveOutOne();
        Preemptible();
        Counting();
        Queue();
        Blocking();
        if (traits.Sliced) Slices();
    }

    private void GiveOutOne()
    {
        c.Inlined();
        c.Open("protected void GiveOutCores()");
        c.Line("if (readyCount > 0) Assign();");
        c.Close();
        c.Line();
        c.Inlined();
        c.Open("protected void Assign()");
        c.Line("int next = ready[readyCount - 1];");
        c.Open("if (running != Nobody)");
        c.Line($"if ({Urgency("next")} >= {Urgency("running")} || !IsPreemptible(running)) return;");
        c.Line("Preempt(running);");
        c.Close();
        // The one just preempted is less urgent than the one that gets the core.
        c.Line("readyCount--;");
        c.Line("Dispatch(next);");
        c.Close();
        c.Line();
        if (traits.Batch || traits.Any)
        {
            c.Open("protected bool WouldGiveOutCores()");
            c.Line($"return readyCount > 0 && (running == Nobody || ({Urgency("ready[readyCount - 1]")} < {Urgency("running")} && IsPreemptible(running)));");
            c.Close();
            c.Line();
        }
        c.Open("protected void Preempt(int victim)");
        c.Line("StopCounting();");
        c.Line("running = Nobody;");
        c.Line($"Enqueue(victim, toHead: {(spec.Machine.PreemptedToTail ? "false" : "true")});");
        c.Close();
        c.Line();
        c.Open("protected void Dispatch(int actor)");
        c.Line("running = actor;");
        NewSlice();
        if (traits.Switches)
        {
            c.Open("if (last != actor && last != Nobody)");
            c.Line("last = actor;");
            c.Line($"switchDue = checked(now + {Draw("SwitchTimer(0)", system.SwitchCost!, spec.Machine.Switch)});");
            c.Line("return;");
            c.Close();
            c.Line("last = actor;");
        }
        c.Line("GoOnCounting();");
        c.Close();
        c.Line();
        if (traits.Switches) SwitchTimers();
    }

    private void SwitchTimers()
    {
        c.Line($"protected static int SwitchTimer(int core) => {system.TimerOf(Model.Semantics.TimerKind.Switch, 0)} + core;");
        c.Line();
    }

    private void NewSlice()
    {
        if (!traits.Sliced) return;
        c.Open("switch (actor)");
        foreach (var actor in Actors)
        {
            if (system.QuantumOf(actor.Index) is not { } quantum) continue;
            string name = actors[actor.Index];
            c.Under($"case {name}:");
            c.Open($"if (sliceLeft[{name}] == None)");
            if (traits.Sections) c.Line($"expired[{name}] = 0;");
            c.Line($"sliceLeft[{name}] = {Draw(CodeText.Number(system.TimerOf(Model.Semantics.TimerKind.Slice, actor.Index)), quantum, actor.Quantum ?? spec.Machine.Quantum)};");
            c.Close();
            c.Line("break;");
            c.Back();
        }
        c.Close();
    }

    private void GiveOutSeveral()
    {
        c.Open("protected void GiveOutCores()");
        c.Open("while (NextAssignment(out int actor, out int core))");
        c.Line("int victim = running[core];");
        c.Open("if (victim != Nobody)");
        c.Line("StopCounting(core);");
        c.Line("running[core] = Nobody;");
        c.Line($"Enqueue(victim, toHead: {(spec.Machine.PreemptedToTail ? "false" : "true")});");
        c.Close();
        c.Line("LeaveReadyQueue(actor);");
        c.Line("Dispatch(actor, core);");
        c.Close();
        c.Close();
        c.Line();
        if (traits.Batch || traits.Any)
        {
            c.Line("protected bool WouldGiveOutCores() => NextAssignment(out _, out _);");
            c.Line();
        }
        c.Summary("The first ready process that gets a core: its last one if idle, else the first idle one, else that of the least urgent process it may preempt.");
        c.Open("protected bool NextAssignment(out int actor, out int core)");
        c.Open("for (int place = readyCount - 1; place >= 0; place--)");
        c.Line("actor = ready[place];");
        c.Line("int idle = Nobody, least = Nobody;");
        c.Open($"for (int k = 0; k < {traits.Cores}; k++)");
        bool pinned = Actors.Any(a => a.Core >= 0);
        if (pinned) c.Line("if (Pinned[actor] != Nobody && Pinned[actor] != k) continue;");
        c.Line("int other = running[k];");
        c.Open("if (other == Nobody)");
        c.Line(traits.Switches ? "if (idle == Nobody || last[k] == actor) idle = k;" : "if (idle == Nobody) idle = k;");
        c.Close();
        c.Open($"else if ({Urgency("actor")} < {Urgency("other")} && IsPreemptible(other, k) && (least == Nobody || {Urgency("other")} > {Urgency("running[least]")}))");
        c.Line("least = k;");
        c.Close();
        c.Close();
        c.Line("core = idle != Nobody ? idle : least;");
        c.Line("if (core != Nobody) return true;");
        c.Close();
        c.Line("(actor, core) = (Nobody, Nobody);");
        c.Line("return false;");
        c.Close();
        c.Line();
        if (pinned)
        {
            c.Line($"protected static ReadOnlySpan<int> Pinned => [{string.Join(", ", Actors.Select(a => a.Core))}];");
            c.Line();
        }
        c.Open("protected void Dispatch(int actor, int core)");
        c.Line("running[core] = actor;");
        NewSlice();
        if (traits.Switches)
        {
            c.Line("int before = last[core];");
            c.Line("last[core] = actor;");
            c.Open("if (before != actor && before != Nobody)");
            c.Line($"switchDue[core] = checked(now + {Draw("SwitchTimer(core)", system.SwitchCost!, spec.Machine.Switch)});");
            c.Line("return;");
            c.Close();
        }
        c.Line("GoOnCounting(core);");
        c.Close();
        c.Line();
        if (traits.Switches) SwitchTimers();
        c.Open("protected int CoreOf(int actor)");
        c.Line($"for (int core = 0; core < {traits.Cores}; core++) if (running[core] == actor) return core;");
        c.Line("return Nobody;");
        c.Close();
        c.Line();
    }

    private void Preemptible()
    {
        var conditions = new List<string> { "ending != actor" };
        var never = Actors.Where(a => a.NonPreemptive).Select(a => actors[a.Index]).ToList();
        if (never.Count > 0) conditions.Add($"actor is not ({string.Join(" or ", never)})");
        if (traits.Sections) conditions.Add("sections[actor] == 0");
        if (traits.Switches) conditions.Add(Several ? "switchDue[core] == Never" : "switchDue == Never");
        c.Line($"protected bool IsPreemptible(int actor{(Several ? ", int core" : "")}) => {string.Join(" && ", conditions)};");
        c.Line();
    }

    /// <summary>Work and slices count down only on a core: there they have an instant at which they are due, elsewhere a rest.</summary>
    private void Counting()
    {
        string parameter = Several ? "int core" : "", index = Several ? "[core]" : "";
        c.Inlined();
        c.Open($"protected void GoOnCounting({parameter})");
        c.Line($"int actor = running{index};");
        foreach (string what in Counted())
        {
            c.Line($"long {what} = {what}Left[actor];");
            c.Open($"if ({what} != None)");
            c.Line($"{what}Due{index} = checked(now + {what});");
            c.Line($"{what}Left[actor] = None;");
            c.Close();
        }
        c.Close();
        c.Line();
        c.Inlined();
        c.Open($"protected void StopCounting({parameter})");
        c.Line($"int actor = running{index};");
        foreach (string what in Counted())
        {
            c.Open($"if ({what}Due{index} != Never)");
            c.Line($"{what}Left[actor] = {what}Due{index} - now;");
            c.Line($"{what}Due{index} = Never;");
            c.Close();
        }
        c.Close();
        c.Line();
    }

    private IEnumerable<string> Counted() => traits.Sliced ? ["work", "slice"] : ["work"];

    private void Queue()
    {
        c.Inlined();
        c.Open("protected void Enqueue(int actor, bool toHead)");
        c.Line($"int level = {Urgency("actor")};");
        c.Line("int place = readyCount++;");
        c.Open($"while (place > 0 && (toHead ? {Urgency("ready[place - 1]")} < level : {Urgency("ready[place - 1]")} <= level))");
        c.Line("ready[place] = ready[place - 1];");
        c.Line("place--;");
        c.Close();
        c.Line("ready[place] = actor;");
        c.Close();
        c.Line();
        if (Several || traits.Lives || traits.Urgencies)
        {
            c.Open("protected bool LeaveReadyQueue(int actor)");
            c.Open("for (int place = 0; place < readyCount; place++)");
            c.Line("if (ready[place] != actor) continue;");
            c.Line("readyCount--;");
            c.Line("for (; place < readyCount; place++) ready[place] = ready[place + 1];");
            c.Line("return true;");
            c.Close();
            c.Line("return false;");
            c.Close();
            c.Line();
        }
    }

    private void Blocking()
    {
        ulong devices = Devices.Aggregate(0UL, (bits, device) => bits | (1UL << device.Index));
        c.Inlined();
        c.Open("protected void BecomeReady(int actor)");
        c.Line("status[actor] = Status.Runnable;");
        if (devices != 0)
        {
            c.Open($"if ((1UL << actor & 0x{devices:x}UL) != 0)");
            c.Line("acting |= 1UL << actor;");
            c.Line("return;");
            c.Close();
        }
        c.Line("Enqueue(actor, toHead: false);");
        c.Close();
        c.Line();

        c.Open("protected void LeaveCore(int actor)");
        if (Several)
        {
            c.Line("int core = CoreOf(actor);");
            c.Line("if (core == Nobody) return;");
            c.Line("StopCounting(core);");
            c.Line("running[core] = Nobody;");
            if (traits.Switches) c.Line("switchDue[core] = Never;");
        }
        else
        {
            c.Line("if (running != actor) return;");
            c.Line("StopCounting();");
            c.Line("running = Nobody;");
            if (traits.Switches) c.Line("switchDue = Never;");
        }
        c.Close();
        c.Line();
        if (!traits.Sliced) return;
        c.Open("protected void DropSlice(int actor)");
        if (traits.Sections) c.Line("expired[actor] = 0;");
        c.Line("sliceLeft[actor] = None;");
        c.Close();
        c.Line();
    }

    /// <summary>An actor that acts waits from now on.</summary>
    private void Block(Actor actor, string status)
    {
        c.Line($"status[{actors[actor.Index]}] = Status.{status};");
        if (actor.Kind == ActorKind.Device)
        {
            c.Line($"acting &= ~({Bit(actor)});");
            return;
        }
        if (Several || traits.Sliced || traits.Switches) c.Line($"LeaveCore({actors[actor.Index]});");
        else c.Line("running = Nobody;");
        if (traits.Sliced && !spec.Machine.SliceKept) c.Line($"DropSlice({actors[actor.Index]});");
    }

    private void Slices()
    {
        c.Open("protected void EndSlice(int actor)");
        if (Several) c.Line("int core = CoreOf(actor);");
        c.Open($"if (!IsPreemptible(actor{(Several ? ", core" : "")}))");
        if (traits.Sections) c.Line("expired[actor] = 1;");
        c.Line("return;");
        c.Close();
        c.Open($"if (SomeoneElseReady(actor{(Several ? ", core" : "")}))");
        c.Line(Several ? "StopCounting(core);" : "StopCounting();");
        c.Line(Several ? "running[core] = Nobody;" : "running = Nobody;");
        c.Line("Enqueue(actor, toHead: false);");
        c.Line("return;");
        c.Close();
        c.Open("switch (actor)");
        foreach (var actor in Actors)
        {
            if (system.QuantumOf(actor.Index) is not { } quantum) continue;
            c.Under($"case {actors[actor.Index]}:");
            c.Line($"sliceDue{(Several ? "[core]" : "")} = checked(now + {Draw(CodeText.Number(system.TimerOf(Model.Semantics.TimerKind.Slice, actor.Index)), quantum, actor.Quantum ?? spec.Machine.Quantum)});");
            c.Line("break;");
            c.Back();
        }
        c.Close();
        c.Close();
        c.Line();
        c.Open($"protected bool SomeoneElseReady(int actor{(Several ? ", int core" : "")})");
        if (Several)
        {
            bool pinned = Actors.Any(a => a.Core >= 0);
            c.Open("for (int place = 0; place < readyCount; place++)");
            c.Line($"if ({Urgency("ready[place]")} <= {Urgency("actor")}{(pinned ? " && (Pinned[ready[place]] == Nobody || Pinned[ready[place]] == core)" : "")}) return true;");
            c.Close();
            c.Line("return false;");
        }
        else
        {
            c.Line($"return readyCount > 0 && {Urgency("ready[readyCount - 1]")} <= {Urgency("actor")};");
        }
        c.Close();
        c.Line();
    }

    /// <summary>The end of the work before a step that belongs to what comes next.</summary>
    private void GoOn(Actor actor)
    {
        c.Open($"if (ending == {actors[actor.Index]})");
        c.Line("ending = Nobody;");
        if (GivesUpSlices(actor)) c.Line($"if (sections[{actors[actor.Index]}] == 0) GiveUpExpiredSlice({actors[actor.Index]});");
        c.Line(GivesUpSlices(actor) || traits.Awaits ? "return;" : $"if (GivesWay({actors[actor.Index]})) return;");
        c.Close();
    }

    private bool GivesUpSlices(Actor actor) => traits.Sections && traits.Sliced && system.QuantumOf(actor.Index) is not null;

    private void Sections()
    {
        if (!traits.Sections || !traits.Sliced) return;
        c.Open("protected void GiveUpExpiredSlice(int actor)");
        c.Line("if (expired[actor] == 0) return;");
        c.Line("expired[actor] = 0;");
        c.Line("EndSlice(actor);");
        c.Close();
        c.Line();
    }

    private void LeaveSection(Actor actor)
    {
        string name = actors[actor.Index];
        string free = GivesUpSlices(actor) ? $"if (--sections[{name}] == 0 && ending != {name}) GiveUpExpiredSlice({name});" : $"sections[{name}]--;";
        c.Line(free);
    }

    private bool UsesSections(Actor actor) => code[actor.Index].Any(i => i.Op == Op.EnterNonPreemptive);
}
