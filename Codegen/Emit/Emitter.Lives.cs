using Irekae.Model.Binding;
using Irekae.Model.Semantics;
using Irekae.Model.Semantics.Program;

namespace Irekae.Codegen.Emit;

/// <summary>Lives of actors and jobs, and endpoints that move.</summary>
internal sealed partial class Emitter
{
    private bool HasRebind => code.Any(body => body.Any(i => i.Op == Op.Bind));

    private string ShortName(Actor actor) => steps[actor.Index]["Step_".Length..];

    private void Activate(Actor actor)
    {
        c.Line($"life[{actors[actor.Index]}] = Life.Active;");
        if (system.ActivationOf(actor.Index) is var (_, offset, _)) c.Line(StartDue(system.TimerOf(TimerKind.Arrival, actor.Index), offset, actor.Activation!.Offset));
        else c.Line($"BecomeReady({actors[actor.Index]});");
    }

    private void Jobs()
    {
        foreach (var actor in Actors)
        {
            if (system.ActivationOf(actor.Index) is not var (separation, _, jitter)) continue;
            string name = actors[actor.Index];
            int backlog = actor.Activation!.Backlog;
            c.Open($"protected void Arrive_{ShortName(actor)}()");
            c.Line(StartDue(system.TimerOf(TimerKind.Arrival, actor.Index), separation, actor.Activation!.Separation));
            c.Open($"if (arrived[{name}] == {backlog})");
            c.Line(Violate(ViolationKind.Overflow, $"a job of {actor.Name} arrives while {backlog} are unfinished: over its backlog"));
            c.Line("return;");
            c.Close();
            var responses = ResponseClocks(actor).ToList();
            if (responses.Count > 0)
            {
                c.Open($"switch (arrived[{name}])");
                for (int job = 0; job < backlog; job++)
                {
                    c.Under($"case {job}:");
                    foreach (var clocks in responses) c.Line($"{since[clocks[job]]} = now;");
                    c.Line("break;");
                    c.Back();
                }
                c.Close();
            }
            c.Line($"arrived[{name}]++;");
            c.Line(jitter is null ? $"Release({name});" : StartDue(system.TimerOf(TimerKind.Jitter, actor.Index), jitter, actor.Activation!.Jitter));
            c.Close();
            c.Line();
        }
        if (!traits.Jobs) return;
        c.Open("protected void Release(int actor)");
        c.Line("if (jobs[actor]++ == 0) BecomeReady(actor);");
        c.Close();
        c.Line();
    }

    /// <summary>Of each quantity that is the response of this actor: its clocks, by place in the queue of jobs.</summary>
    private IEnumerable<List<int>> ResponseClocks(Actor actor)
    {
        for (int q = 0; q < system.Observation.Quantities.Length; q++)
            if (system.Observation.Quantities[q] is Quantity.Response r && r.Actor.Index == actor.Index)
                yield return [.. Enumerable.Range(0, actor.Activation!.Backlog).Select(job => system.ClockOf(q, job))];
    }

    private void EndJob(Actor actor)
    {
        string name = actors[actor.Index];
        LeaveBlocks(actor);
        foreach (var clocks in ResponseClocks(actor))
        {
            EndClock(clocks[0]);
            for (int job = 1; job < clocks.Count; job++) c.Line($"{since[clocks[job - 1]]} = {since[clocks[job]]};");
            if (clocks.Count > 1) c.Line($"{since[clocks[^1]]} = None;");
        }
        c.Line($"arrived[{name}]--;");
        c.Line($"{At(actor)} = 0;");
        c.Line($"if (ending == {name}) ending = Nobody;");
        c.Line($"LeaveCore({name});");
        if (traits.Sliced) c.Line($"DropSlice({name});");
        c.Line($"if (--jobs[{name}] > 0) BecomeReady({name});");
        c.Line($"else status[{name}] = Status.Idle;");
    }

    private void LeaveBlocks(Actor actor)
    {
        if (traits.Sections) c.Line($"sections[{actors[actor.Index]}] = 0;");
        for (int cell = 0; cell < system.LocalCellsOf(actor.Index); cell++) c.Line($"{Cell(actor, cell)} = 0;");
        if (traits.Mutexes)
            foreach (var mutex in spec.Mutexes) c.Line($"if ({Owner(mutex)} == {actors[actor.Index]}) Unlock({mutex.Index});");
        foreach (int clock in ClocksOf(q => q is Quantity.OfMeasure, actor.Index)) c.Line($"{since[clock]} = None;");
        foreach (int parameter in system.HandlerParametersOf(actor.Index)) c.Line($"{variables[parameter]} = {spec.Variables[parameter].Initial};");
    }

    private void Exit(Actor actor)
    {
        if (actor.Activation is not null)
        {
            EndJob(actor);
            return;
        }
        LeaveBlocks(actor);
        CloseGaps(actor);
        c.Line($"End({actors[actor.Index]});");
    }

    private void Spawn(Actor actor, Instruction i)
    {
        string name = actors[i.Operand];
        c.Line($"{At(actor)}++;");
        c.Open($"if (life[{name}] is Life.Active or Life.Spawned)");
        c.Line(Violate(ViolationKind.Lifecycle, $"{actor.Name} spawns {Actors[i.Operand].Name}, which is alive"));
        c.Line("return;");
        c.Close();
        c.Line($"Clear({name});");
        c.Line($"life[{name}] = Life.Spawned;");
        if (traits.Urgencies) c.Line("Reprioritise();");
    }

    private void StartUp(Actor actor, Instruction i)
    {
        string name = actors[i.Operand];
        c.Line($"{At(actor)}++;");
        c.Open($"if (life[{name}] != Life.Spawned)");
        c.Line(Violate(ViolationKind.Lifecycle, $"{actor.Name} starts {Actors[i.Operand].Name}, which is not waiting to be started"));
        c.Line("return;");
        c.Close();
        Activate(Actors[i.Operand]);
    }

    private void Kill(Actor actor, Instruction i)
    {
        c.Line($"{At(actor)}++;");
        c.Line($"if (life[{actors[i.Operand]}] is Life.Active or Life.Spawned) End({actors[i.Operand]});");
    }

    private void Bind(Actor actor, Instruction i)
    {
        c.Line($"Rebind({endpoints[i.Index]}, {(i.Operand < 0 ? "Nobody" : actors[i.Operand])}{(HasMessages ? $", moving: {(i.Rule == InboxRule.Move ? "true" : "false")}, refusing: {(i.Rule == InboxRule.Drop ? "false" : "true")}" : "")});");
        c.Line($"{At(actor)}++;");
    }

    private void Lives()
    {
        if (HasRebind) Rebinding();
        if (!traits.Lives) return;
        Clearing();
        Dying();
        if (HasMessages) Forgetting();
    }

    private void Clearing()
    {
        c.Summary("Everything of the actor as at its beginning.");
        c.Open("protected void Clear(int actor)");
        c.Line("(at[actor], status[actor], life[actor]) = (0, Status.Idle, Life.Absent);");
        if (Devices.Any()) c.Line("acting &= ~(1UL << actor);");
        if (HasMessages) c.Line("waiting[actor] = 0;");
        if (traits.Sections) c.Line("sections[actor] = 0;");
        if (traits.Sliced && traits.Sections) c.Line("expired[actor] = 0;");
        if (traits.Jobs) c.Line("(jobs[actor], arrived[actor]) = (0, 0);");
        c.Open("switch (actor)");
        foreach (var actor in Actors)
        {
            c.Under($"case {actors[actor.Index]}:");
            for (int cell = 0; cell < system.LocalCellsOf(actor.Index); cell++) c.Line($"{Cell(actor, cell)} = 0;");
            foreach (var variable in spec.Variables.Where(v => v.Owner == actor.Index)) c.Line($"{variables[variable.Index]} = {variable.Initial};");
            if (traits.Urgencies) c.Line($"priority[{actors[actor.Index]}] = urgency[{actors[actor.Index]}] = {actor.Priority};");
            c.Line("break;");
            c.Back();
        }
        c.Close();
        c.Close();
        c.Line();
    }

    private void Dying()
    {
        c.Summary("The actor is gone, with its timers; who waits for an answer from it is refused. A mutex it holds stays locked.");
        c.Open("protected void End(int actor)");
        c.Line("if (ending == actor) ending = Nobody;");
        c.Line("LeaveCore(actor);");
        c.Line("LeaveReadyQueue(actor);");
        if (traits.Mutexes) c.Line("LeaveLockQueue(actor);");
        c.Line("workLeft[actor] = None;");
        if (traits.Sliced) c.Line("sliceLeft[actor] = None;");
        c.Open("switch (actor)");
        foreach (var actor in Actors)
        {
            var owned = due.Where(t => system.Timers[t.Key] is { Kind: TimerKind.Wait or TimerKind.Arrival or TimerKind.Jitter } info && info.Subject == actor.Index)
                .Select(t => $"{t.Value} = Never;").ToList();
            owned.AddRange(ClocksOf(q => q is not (Quantity.Gap or Quantity.Response), actor.Index).Select(clock => $"{since[clock]} = None;"));
            owned.AddRange(ResponseClocks(actor).SelectMany(clocks => clocks).Select(clock => $"{since[clock]} = None;"));
            if (owned.Count == 0) continue;
            c.Under($"case {actors[actor.Index]}:");
            foreach (string line in owned) c.Line(line);
            c.Line("break;");
            c.Back();
        }
        c.Close();
        if (!HasMessages)
        {
            c.Line("Clear(actor);");
            c.Line("life[actor] = Life.Gone;");
            if (traits.Urgencies) c.Line("Reprioritise();");
            c.Close();
            c.Line();
            return;
        }
        c.Line("ForgetCaller(actor);");
        int most = Actors.Max(a => a.InboxDepth + system.CallerCellsOf(a.Index).Length);
        c.Line($"Span<int> refused = stackalloc int[{Math.Max(1, most)}];");
        c.Line("int count = 0;");
        c.Line("for (int k = 0; k < waiting[actor]; k++)");
        c.Line("    if (inbox[actor][k].Caller > 0) refused[count++] = inbox[actor][k].Caller - 1;");
        c.Open("switch (actor)");
        foreach (var actor in Actors)
        {
            var cells = system.CallerCellsOf(actor.Index).ToArray();
            if (cells.Length == 0) continue;
            c.Under($"case {actors[actor.Index]}:");
            foreach (int cell in cells) c.Line($"if ({Cell(actor, cell)} > 0) refused[count++] = {Cell(actor, cell)} - 1;");
            c.Line("break;");
            c.Back();
        }
        c.Close();
        c.Line("Clear(actor);");
        c.Line("life[actor] = Life.Gone;");
        c.Line("for (int k = 0; k < count; k++) RefuseCaller(refused[k]);");
        if (traits.Urgencies) c.Line("Reprioritise();");
        c.Close();
        c.Line();
    }

    private void Forgetting()
    {
        c.Summary("A caller that is gone is owed no answer.");
        c.Open("protected void ForgetCaller(int caller)");
        c.Line($"for (int actor = 0; actor < {Actors.Length}; actor++)");
        c.Line("    for (int k = waiting[actor] - 1; k >= 0; k--)");
        c.Line("        if (inbox[actor][k].Caller == caller + 1) RemoveLetter(actor, k);");
        foreach (var actor in Actors)
            foreach (int cell in system.CallerCellsOf(actor.Index)) c.Line($"if ({Cell(actor, cell)} == caller + 1) {Cell(actor, cell)} = 0;");
        c.Close();
        c.Line();
    }

    private void Rebinding()
    {
        if (!HasMessages)
        {
            c.Line("protected void Rebind(int endpoint, int target) => bound[endpoint] = target;");
            c.Line();
            return;
        }
        c.Summary("The endpoint is bound to somebody else; what waits at the old one for it moves, is dropped or is refused.");
        c.Open("protected void Rebind(int endpoint, int target, bool moving, bool refusing)");
        c.Line("int old = bound[endpoint];");
        c.Line("bound[endpoint] = target;");
        c.Line("if (old == Nobody || old == target) return;");
        c.Open("for (int k = 0; k < waiting[old];)");
        c.Line("var letter = inbox[old][k];");
        c.Open("if (letter.Endpoint != endpoint)");
        c.Line("k++;");
        c.Line("continue;");
        c.Close();
        c.Line("RemoveLetter(old, k);");
        c.Line("int next = moving ? Reachable(endpoint) : Nobody;");
        c.Line($"var delivery = next != Nobody ? Deliver(next, {LetterParts("letter")}) : refusing ? Delivery.Refused : Delivery.Dropped;");
        c.Line("if (delivery == Delivery.Refused && letter.Caller > 0) RefuseCaller(letter.Caller - 1);");
        c.Close();
        c.Close();
        c.Line();
    }
}
