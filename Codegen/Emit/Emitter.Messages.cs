using Irekae.Model.Binding;
using Irekae.Model.Semantics;
using Irekae.Model.Semantics.Program;

namespace Irekae.Codegen.Emit;

/// <summary>Messages: sent, refused, lost, taken, answered.</summary>
internal sealed partial class Emitter
{
    private int[] callers = [];
    private int callerCells;

    private bool HasMessages => code.Any(body => body.Any(i => i.Op is Op.Call or Op.Send)) || Crashing.Any(f => f.NotifyEndpoint >= 0);

    private int Arguments => code.SelectMany(x => x).SelectMany(i => i.Handlers.Select(h => h.Parameters.Length).Prepend(i.Arguments.Length)).DefaultIfEmpty(0).Max();

    private int[] CallerOffsets()
    {
        var offsets = new int[Actors.Length];
        foreach (var actor in Actors)
        {
            offsets[actor.Index] = callerCells;
            callerCells += system.LocalCellsOf(actor.Index);
        }
        return offsets;
    }

    private string Cell(Actor actor, int cell) => $"cell[{callers[actor.Index] + cell}]";

    private void MessageState()
    {
        if (!HasMessages) return;
        c.Line();
        c.Summary("A message that waits. Caller: actor + 1 when it waits for the answer.");
        string arguments = string.Concat(Enumerable.Range(0, Arguments).Select(k => $", int Argument{k}"));
        c.Line($"protected readonly record struct Letter(int Endpoint, int Message, int Caller, bool Notify{arguments});");
        c.Line();
        c.Line("protected enum Delivery { Waits, Refused, Dropped }");
        c.Line();
        c.Line("protected readonly Letter[][] inbox;");
        c.Line("protected PerActor waiting;");
    }

    private void InboxesInit()
    {
        if (HasMessages) c.Line($"inbox = [{string.Join(", ", Actors.Select(a => $"new Letter[{a.InboxDepth}]"))}];");
    }

    /// <summary>The parts of a message, as arguments.</summary>
    private string Letter(string endpoint, string message, string caller, bool notify, IEnumerable<string> arguments)
    {
        var all = arguments.Concat(Enumerable.Repeat("0", Arguments)).Take(Arguments);
        return string.Join(", ", new[] { endpoint, message, caller, notify ? "true" : "false" }.Concat(all));
    }

    private string LetterParameters => "int endpoint, int message, int caller, bool notify" + string.Concat(Enumerable.Range(0, Arguments).Select(k => $", int argument{k}"));

    private string LetterParts(string of) => string.Join(", ", new[] { "Endpoint", "Message", "Caller", "Notify" }.Concat(Enumerable.Range(0, Arguments).Select(k => $"Argument{k}")).Select(part => $"{of}.{part}"));

    private void Call(Actor actor, Instruction i)
    {
        Faulty(actor, i, () => CallNow(actor, i), () => Refuse(actor, i, "which a fault refuses"), () => WaitForAnswer(actor, i));
    }

    private void CallNow(Actor actor, Instruction i)
    {
        if (IsAlwaysThere(i.Index))
        {
            c.Line($"int target = {Reachable(i.Index)};");
            Deliver(actor, i);
            return;
        }
        c.Line($"int target = {Reachable(i.Index)};");
        c.Open("if (target == Nobody)");
        Refuse(actor, i, "but nobody alive is bound there");
        c.Close();
        c.Open("else");
        Deliver(actor, i);
        c.Close();
    }

    private void Deliver(Actor actor, Instruction i)
    {
        string letter = Letter(endpoints[i.Index], messages[i.Operand], $"{actors[actor.Index]} + 1", false, i.Arguments.Select(Int));
        if (Receivers(i.Index).Any(a => a.WhenFull == WhenFull.Refuse))
        {
            c.Open($"if (Deliver(target, {letter}) == Delivery.Refused)");
            Refuse(actor, i, "whose inbox is full");
            c.Close();
            c.Open("else");
            WaitForAnswer(actor, i);
            c.Close();
        }
        else
        {
            c.Line($"Deliver(target, {letter});");
            WaitForAnswer(actor, i);
        }
    }

    private IEnumerable<Actor> Receivers(int endpoint) => spec.Endpoints[endpoint] is { Movable: false, Initial: >= 0 and var only } ? [Actors[only]] : Actors;

    /// <summary>Who gets what is sent there now, if alive.</summary>
    private string Reachable(int endpoint) =>
        IsAlwaysThere(endpoint) ? actors[spec.Endpoints[endpoint].Initial] : $"Reachable({endpoints[endpoint]})";

    /// <summary>Bound to one actor for ever, and that one is always alive.</summary>
    private bool IsAlwaysThere(int endpoint) =>
        spec.Endpoints[endpoint] is { Movable: false, Initial: >= 0 and var only } && !traits.MayDie[only] && !IsBoundSomewhere(endpoint);

    private bool IsBoundSomewhere(int endpoint) => code.Any(body => body.Any(i => i.Op == Op.Bind && i.Index == endpoint));

    private void WaitForAnswer(Actor actor, Instruction i)
    {
        foreach (int clock in AnswerClocks(i, actor)) c.Line($"{since[clock]} = now;");
        Block(actor, "InCall");
    }

    private IEnumerable<int> AnswerClocks(Instruction call, Actor caller)
    {
        for (int q = 0; q < system.Observation.Quantities.Length; q++)
            if (system.Observation.Quantities[q] is Quantity.Answer a && a.Endpoint.Index == call.Index && a.Message.Index == call.Operand
                && system.ClockOf(q, caller.Index) is >= 0 and var clock)
                yield return clock;
    }

    private void Refuse(Actor actor, Instruction i, string why)
    {
        if (i.Target >= 0)
        {
            c.Line($"{At(actor)} = {i.Target};");
            return;
        }

        c.Line(Refusal(actor, i, why));
        WaitForAnswer(actor, i);
    }

    private string Refusal(Actor caller, Instruction i, string why) =>
        Violate(ViolationKind.Unbound, $"{caller.Name} calls {spec.Endpoints[i.Index].Name}.{spec.Messages[i.Operand].Name}, {why}");

    private void Send(Actor actor, Instruction i)
    {
        c.Line($"{At(actor)}++;");
        Faulty(actor, i, () => SendNow(i), () => { }, () => { });
    }

    private void SendNow(Instruction i)
    {
        if (i.Flag)
        {
            c.Line($"Notify({endpoints[i.Index]}, {messages[i.Operand]});");
            return;
        }
        c.Line($"int target = {Reachable(i.Index)};");
        c.Line($"{(IsAlwaysThere(i.Index) ? "" : "if (target != Nobody) ")}Deliver(target, {Letter(endpoints[i.Index], messages[i.Operand], "0", false, i.Arguments.Select(Int))});");
    }

    private void Receive(Actor actor, Instruction i)
    {
        if (!HasMessages || i.Handlers.IsEmpty)
        {
            Block(actor, "InReceive");
            Done();
            return;
        }
        string name = actors[actor.Index], box = $"inbox[{name}]";
        bool ranks = i.Handlers.Any(h => h.Urgent) || Notified;
        c.Line($"int best = Nobody{(ranks ? ", rank = 3" : "")};");
        c.Line($"var letters = {box};");
        c.Line($"int count = waiting[{name}];");
        c.Open("for (int k = 0; k < count; k++)");
        if (ranks)
        {
            c.Line("int its = letters[k].Message switch");
            c.Open("");
            foreach (var handler in i.Handlers.DistinctBy(h => h.Message))
                c.Line($"{messages[handler.Message]} => {(Notified ? "letters[k].Notify ? 0 : " : "")}{(handler.Urgent ? 1 : 2)},");
            c.Line("_ => 3,");
            c.Close("};");
            c.Line("if (its < rank) (best, rank) = (k, its);");
        }
        else
        {
            c.Line($"if (letters[k].Message is not ({Or(i.Handlers.Select(h => messages[h.Message]))})) continue;");
            c.Line("best = k;");
            c.Line("break;");
        }
        c.Close();
        c.Open("if (best == Nobody)");
        Block(actor, "InReceive");
        c.Line("return;");
        c.Close();
        c.Line("var letter = letters[best];");
        c.Line($"RemoveLetter({name}, best);");
        c.Line($"{Cell(actor, i.Cell)} = letter.Caller;");
        foreach (var handler in i.Handlers.DistinctBy(h => h.Message))
        {
            c.Open($"if (letter.Message == {messages[handler.Message]})");
            for (int k = 0; k < handler.Parameters.Length; k++) c.Line($"{variables[handler.Parameters[k]]} = letter.Argument{k};");
            c.Line($"{At(actor)} = {handler.Entry};");
            After(actor, i, handler.Entry);
            c.Close();
        }
        Done();
    }

    private static string Or(IEnumerable<string> patterns) => string.Join(" or ", patterns.Distinct());

    private bool Notified => code.Any(body => body.Any(i => i is { Op: Op.Send, Flag: true })) || Crashing.Any(f => f.NotifyEndpoint >= 0);

    private void HandlerEnd(Actor actor, Instruction i)
    {
        c.Line($"{Cell(actor, i.Cell)} = 0;");
        foreach (int variable in i.Targets) c.Line($"{variables[variable]} = {spec.Variables[variable].Initial};");
        c.Line($"{At(actor)} = {i.Target};");
    }

    private void Reply(Actor actor, Instruction i)
    {
        c.Line($"{At(actor)}++;");
        c.Line($"int caller = {Cell(actor, i.Cell)} - 1;");
        c.Open("if (caller != Nobody)");
        c.Line($"{Cell(actor, i.Cell)} = 0;");
        c.Line(NeedsAnswers ? $"Answer(caller, {(i.Expression is null ? "0" : Int(i.Expression))});" : "Answer(caller);");
        c.Close();
    }

    /// <summary>Some call has a result or is timed.</summary>
    private bool NeedsAnswers => Actors.Any(a => code[a.Index].Any(i => IsSpecial(a, i)));

    private bool IsSpecial(Actor actor, Instruction i) => i.Op == Op.Call && (i.Result >= 0 || AnswerClocks(i, actor).Any());

    private void Messages()
    {
        if (!HasMessages && !code.Any(body => body.Any(i => i.Op is Op.Receive or Op.Reply))) return;
        if (HasMessages)
        {
            Delivering();
            RemovingLetters();
        }
        Answering();
        if (traits.Lives || HasRebind) Refusing();
        if (Notified) Notifying();
    }

    private void Delivering()
    {
        c.Inlined();
        c.Open("protected int Reachable(int endpoint)");
        c.Line("int target = bound[endpoint];");
        c.Line(traits.Deaths ? "return target != Nobody && life[target] is Life.Active or Life.Spawned ? target : Nobody;" : "return target;");
        c.Close();
        c.Line();
        c.Open($"protected Delivery Deliver(int target, {LetterParameters})");
        c.Line("var letters = inbox[target];");
        c.Line("int count = waiting[target];");
        c.Line("if ((uint)count >= (uint)letters.Length) return Overflow(target);");
        c.Line($"letters[count] = new Letter(endpoint, message, caller, notify{string.Concat(Enumerable.Range(0, Arguments).Select(k => $", argument{k}"))});");
        c.Line("waiting[target] = count + 1;");
        c.Line("if (status[target] == Status.InReceive && Accepts(target, message)) BecomeReady(target);");
        c.Line("return Delivery.Waits;");
        c.Close();
        c.Line();
        c.Open("protected Delivery Overflow(int target)");
        c.Open("switch (target)");
        foreach (var actor in Actors.Where(a => a.WhenFull != WhenFull.Drop))
        {
            c.Under($"case {actors[actor.Index]}:");
            if (actor.WhenFull == WhenFull.Refuse) c.Line("return Delivery.Refused;");
            else
            {
                c.Line(Violate(ViolationKind.Overflow, $"a message finds the inbox of {actor.Name} full ({actor.InboxDepth})"));
                c.Line("break;");
            }
            c.Back();
        }
        c.Close();
        c.Line("return Delivery.Dropped;");
        c.Close();
        c.Line();
        c.Summary("Where it stands, the actor takes such a message.");
        c.Inlined();
        c.Open("protected bool Accepts(int actor, int message)");
        c.Open("switch (actor)");
        foreach (var actor in Actors)
        {
            var receives = Enumerable.Range(0, code[actor.Index].Length).Where(k => code[actor.Index][k].Op == Op.Receive).ToList();
            if (receives.Count == 0) continue;
            c.Under($"case {actors[actor.Index]}:");
            string Takes(int place) => $"message is {Or(code[actor.Index][place].Handlers.Select(h => messages[h.Message]))}";
            if (receives.Count == 1 && code[actor.Index][receives[0]].Handlers.Length > 0)
            {
                c.Line($"return {Takes(receives[0])};");
            }
            else
            {
                c.Line($"return {At(actor)} switch");
                c.Open("");
                foreach (int place in receives.Where(p => code[actor.Index][p].Handlers.Length > 0)) c.Line($"{place} => {Takes(place)},");
                c.Line("_ => false,");
                c.Close("};");
            }
            c.Back();
        }
        c.Close();
        c.Line("return false;");
        c.Close();
        c.Line();
    }

    private void RemovingLetters()
    {
        c.Inlined();
        c.Open("protected void RemoveLetter(int actor, int place)");
        c.Line("var letters = inbox[actor];");
        c.Line("int count = --waiting[actor];");
        c.Line("for (; place < count; place++) letters[place] = letters[place + 1];");
        c.Close();
        c.Line();
    }

    private void Answering()
    {
        c.Open(NeedsAnswers ? "protected void Answer(int caller, int value)" : "protected void Answer(int caller)");
        if (NeedsAnswers)
        {
            c.Open("switch (caller)");
            foreach (var actor in Actors)
            {
                var calls = Enumerable.Range(0, code[actor.Index].Length).Where(k => IsSpecial(actor, code[actor.Index][k])).ToList();
                if (calls.Count == 0) continue;
                c.Under($"case {actors[actor.Index]}:");
                c.Open($"switch ({At(actor)})");
                foreach (int place in calls)
                {
                    var call = code[actor.Index][place];
                    c.Under($"case {place}:");
                    foreach (int clock in AnswerClocks(call, actor)) EndClock(clock);
                    if (call.Result >= 0) Assign(actor, call.Result, "value");
                    c.Line("break;");
                    c.Back();
                }
                c.Close();
                c.Line("break;");
                c.Back();
            }
            c.Close();
        }
        c.Line("at[caller]++;");
        c.Line("BecomeReady(caller);");
        c.Close();
        c.Line();
    }

    private void Refusing()
    {
        c.Summary("A caller that waits learns that no answer will come; without an else that is an error, and it waits for ever.");
        c.Open("protected void RefuseCaller(int caller)");
        c.Line("if (status[caller] != Status.InCall) return;");
        c.Open("switch (caller)");
        foreach (var actor in Actors)
        {
            var calls = Enumerable.Range(0, code[actor.Index].Length).Where(k => code[actor.Index][k].Op == Op.Call).ToList();
            if (calls.Count == 0) continue;
            c.Under($"case {actors[actor.Index]}:");
            c.Open($"switch ({At(actor)})");
            foreach (int place in calls)
            {
                c.Under($"case {place}:");
                if (!HasElse(actor, place))
                {
                    c.Line(Refusal(actor, code[actor.Index][place], "and is refused while it waits, without an else"));
                    c.Line("return;");
                    c.Back();
                    continue;
                }

                foreach (int clock in AnswerClocks(code[actor.Index][place], actor)) c.Line($"{since[clock]} = None;");
                c.Line($"{At(actor)} = {code[actor.Index][place].Target};");
                c.Line("break;");
                c.Back();
            }
            c.Line("default: return;");
            c.Close();
            if (calls.Any(place => HasElse(actor, place))) c.Line("break;");
            c.Back();
        }
        c.Line("default: return;");
        c.Close();
        if (Actors.Any(a => Enumerable.Range(0, code[a.Index].Length).Any(place => HasElse(a, place)))) c.Line("BecomeReady(caller);");
        c.Close();
        c.Line();
    }

    private bool HasElse(Actor actor, int place) => code[actor.Index][place] is { Op: Op.Call, Target: >= 0 };

    private void Notifying()
    {
        c.Summary("A notification is one bit: while an equal one waits, another changes nothing.");
        c.Open("protected void Notify(int endpoint, int message)");
        c.Line("int target = Reachable(endpoint);");
        c.Line("if (target == Nobody) return;");
        c.Open("for (int k = 0; k < waiting[target]; k++)");
        c.Line("var letter = inbox[target][k];");
        c.Line("if (letter.Notify && letter.Message == message && letter.Endpoint == endpoint) return;");
        c.Close();
        c.Line($"Deliver(target, {Letter("endpoint", "message", "0", true, [])});");
        c.Close();
        c.Line();
    }
}
