using Irekae.Model.Binding;
using Irekae.Model.Semantics;
using Irekae.Model.Semantics.Program;

namespace Irekae.Codegen.Emit;

/// <summary>Moves: which timer is next, and the consequences that take no time.</summary>
internal sealed partial class Emitter
{
    /// <summary>Something that may be due: when, its rank among what is due at one instant, and what happens.</summary>
    private sealed record Slot(string Due, int Rank, string Fires);

    private IEnumerable<Slot> Slots()
    {
        string WorkOf(int core) => Noted($"WorkTimers[{(traits.Cores > 1 ? $"running[{core}]" : "running")}]");
        string SliceOf(int core) => Noted($"SliceTimers[{(traits.Cores > 1 ? $"running[{core}]" : "running")}]");
        for (int core = 0; core < traits.Cores; core++)
        {
            bool several = traits.Cores > 1;
            yield return new Slot(several ? $"workDue[{core}]" : "workDue", traits.Any ? 1 : 0, WorkOf(core) + (several ? $"EndWork({core})" : "EndWork()"));
            if (traits.Sliced) yield return new Slot(several ? $"sliceDue[{core}]" : "sliceDue", traits.Batch ? 2 : 1, SliceOf(core) + (several ? $"SliceIsUsedUp({core})" : "SliceIsUsedUp()"));
            if (traits.Switches) yield return new Slot(several ? $"switchDue[{core}]" : "switchDue", 1, Noted($"SwitchTimer({core})") + (several ? $"EndSwitch({core})" : "EndSwitch()"));
        }
        foreach (var (timer, field) in due)
            if (Firing(system.Timers[timer], out string call)) yield return new Slot(field, 1, Noted(CodeText.Number(timer)) + call.TrimEnd(';'));
    }

    private void Moves()
    {
        var slots = Slots().ToList();
        c.Open("public override Ending Run(long horizon, long moves)");
        c.Line("horizon = Math.Min(horizon, Never - 1);");
        c.Open("while (!stopped)");
        c.Line("if (Moves >= moves) return Ending.Moves;");
        c.Line($"long next = {slots.Select(s => s.Due).Aggregate((earliest, other) => $"Math.Min({earliest}, {other})")};");
        if (traits.Batch)
        {
            c.Open("if (turn && next > now)");
            c.Line("BeginMove();");
            c.Line("givesOut = true;");
            c.Line("Moves++;");
            if (judged is not null) c.Line("lastTimer = -1;");
            JudgeClocks();
            c.Line("Settle();");
            if (judged is not null) c.Line("JudgeRest();");
            c.Line("continue;");
            c.Close();
        }
        c.Open("if (next > horizon)");
        c.Line("if (next == Never) return Ending.AtRest;");
        c.Line("now = horizon;");
        c.Line("return Ending.Horizon;");
        c.Close();
        c.Line("now = next;");
        c.Line("Moves++;");
        c.Line("BeginMove();");
        JudgeClocks();
        var ranks = slots.GroupBy(s => s.Rank).OrderBy(g => g.Key).Select(g => g.ToList()).ToList();
        for (int k = 0; k < ranks.Count; k++)
        {
            bool last = k == ranks.Count - 1;
            if (ranks[k].Count == 1) One(ranks[k][0], k > 0, last);
            else Group(ranks[k], k > 0, last);
        }
        c.Line("Settle();");
        if (judged is not null) c.Line("JudgeRest();");
        c.Close();
        c.Line();
        c.Line("return Ending.Stopped;");
        c.Close();
        c.Line();
    }

    private void One(Slot slot, bool otherwise, bool last)
    {
        string prefix = otherwise ? "else " : "";
        if (last && otherwise) c.Open("else");
        else c.Open($"{prefix}if ({slot.Due} == next)");
        c.Line(slot.Fires + ";");
        c.Close();
    }

    private void Group(List<Slot> slots, bool otherwise, bool last)
    {
        string any = string.Join(" || ", slots.Select(s => $"{s.Due} == next"));
        if (otherwise) c.Open(last ? "else" : $"else if ({any})");
        else if (!last) c.Open($"if ({any})");
        c.Line($"int count = {string.Join(" + ", slots.Select(s => $"({s.Due} == next ? 1 : 0)"))};");
        c.Line("int chosen = count == 1 ? 0 : world.Tie(count);");
        for (int k = 0; k < slots.Count; k++)
            c.Line($"{(k > 0 ? "else " : "")}if ({slots[k].Due} == next && chosen-- == 0) {{ {slots[k].Fires}; }}");
        if (otherwise || !last) c.Close();
    }

    /// <summary>How a move begins, and what each kind of timer does.</summary>
    private void Firings()
    {
        string parameter = traits.Cores > 1 ? "int core" : "", index = traits.Cores > 1 ? "[core]" : "";
        c.Inlined();
        c.Open("protected void BeginMove()");
        c.Line("steps = 0;");
        c.Line("ending = Nobody;");
        if (traits.Any) c.Line("(stays, timesStayed) = (false, 0);");
        if (traits.Batch) c.Line("(turn, givesOut) = (false, false);");
        c.Close();
        c.Line();

        c.Inlined();
        c.Open($"protected void EndWork({parameter})");
        c.Line($"workDue{index} = Never;");
        c.Line($"at[running{index}]++;");
        c.Line($"ending = running{index};");
        c.Close();
        c.Line();
        if (due.Keys.Any(t => system.Timers[t].Kind == TimerKind.Wait))
        {
            c.Inlined();
            c.Open("protected void EndWait(int actor, ref long instant)");
            c.Line("instant = Never;");
            c.Line("at[actor]++;");
            c.Line("BecomeReady(actor);");
            c.Close();
            c.Line();
        }
        if (traits.Sliced)
        {
            c.Open($"protected void SliceIsUsedUp({parameter})");
            c.Line($"sliceDue{index} = Never;");
            c.Line($"EndSlice(running{index});");
            c.Close();
            c.Line();
        }
        if (traits.Switches)
        {
            c.Open($"protected void EndSwitch({parameter})");
            c.Line($"switchDue{index} = Never;");
            c.Line(traits.Cores > 1 ? "GoOnCounting(core);" : "GoOnCounting();");
            c.Close();
            c.Line();
        }
        Crashes();
        Jobs();
    }

    private void Settling()
    {
        c.Summary("Everything that takes no time, until nothing can act without.");
        c.Open("private void Settle()");
        c.Open("while (!stopped)");
        c.Open("if (TooManySteps())");
        c.Line(Violate(ViolationKind.TimeStops, $"more than {TransitionSystem.StepsInNoTime} steps in no time"));
        c.Line("stopped = true;");
        c.Line("return;");
        c.Close();
        c.Line();
        c.Line("int actor = ending;");
        c.Line("int traits = actor == Nobody ? 0 : TraitsOf(actor);");
        c.Open("if ((traits & EndsUnseen) == 0)");
        c.Line("if (actor != Nobody && (traits & EndsWork) == 0) GoOn();");
        if (traits.Awaits) c.Line("WakeAwaiting();");
        if (traits.Any)
        {
            c.Open("if (MayGoOnEarly())");
            c.Line("if (world.GoesOnEarly(timesStayed)) GoOn();");
            c.Line("else (stays, timesStayed) = (true, timesStayed + 1);");
            c.Line("continue;");
            c.Close();
        }
        c.Line(traits.Batch ? "if (givesOut) GiveOutCores();" : "GiveOutCores();");
        if (traits.Cores > 1)
        {
            c.Line("actor = NextActor();");
            c.Open("if (actor == Nobody)");
        }
        else
        {
            c.Line("actor = running;");
            if (Devices.Any()) c.Line("if (acting != 0) actor = NextActor();");
            c.Open($"{(Devices.Any() ? "else " : "")}if ({CannotStep("!givesOut && WouldGiveOutCores()")})");
        }
        if (traits.Batch) c.Line("if (!givesOut && WouldGiveOutCores()) turn = true;");
        c.Line("return;");
        c.Close();
        c.Close();
        c.Line();
        if (traits.Any) c.Line("stays = false;");
        c.Open("switch (actor)");
        foreach (var actor in Actors)
        {
            c.Under($"case {actors[actor.Index]}:");
            c.Line($"{steps[actor.Index]}();");
            c.Line("break;");
            c.Back();
        }
        c.Close();
        c.Close();
        c.Close();
        c.Line();
    }

    /// <summary>What settling goes by.</summary>
    private void Settlers()
    {
        if (traits.InOrders) Orders();
        GoingOn();
        GivingWay();
        StepTraits();
        if (traits.Awaits) Waking();
    }

    /// <summary>The end of the work before what comes next. In any order of ties, it may be preempted before its end is complete.</summary>
    private void GoingOn()
    {
        bool gives = traits.Sections && traits.Sliced;
        if (traits.Any)
        {
            c.Open("protected bool MayGoOnEarly()");
            c.Line("int actor = ending;");
            c.Line("if (actor == Nobody || stays) return false;");
            if (gives) c.Line("if (expired[actor] != 0) return true;");
            c.Line("ending = Nobody;");
            c.Line("bool preempted = WouldGiveOutCores();");
            c.Line("ending = actor;");
            c.Line("return preempted;");
            c.Close();
            c.Line();
        }
        c.Open("protected void GoOn()");
        if (gives) c.Line("int actor = ending;");
        c.Line("ending = Nobody;");
        if (gives) c.Line("if (sections[actor] == 0) GiveUpExpiredSlice(actor);");
        c.Close();
        c.Line();
    }

    private void Waking()
    {
        c.Open("protected void WakeAwaiting()");
        foreach (var actor in Actors)
        {
            var awaits = Enumerable.Range(0, code[actor.Index].Length)
                .Where(k => code[actor.Index][k] is { Op: Op.Await, Expression: not BoundExpression.Literal { Value: 0 } }).ToList();
            if (awaits.Count == 0) continue;
            c.Open($"if (status[{actors[actor.Index]}] == Status.InAwait)");
            c.Line($"bool holds = {At(actor)} switch");
            c.Open("");
            foreach (int place in awaits) c.Line($"{place} => {Condition(code[actor.Index][place].Expression!)},");
            c.Line("_ => false,");
            c.Close("};");
            c.Open("if (holds)");
            c.Line($"{At(actor)}++;");
            c.Line($"BecomeReady({actors[actor.Index]});");
            c.Close();
            c.Close();
        }
        c.Close();
        c.Line();
    }
}
