using Irekae.Model.Binding;
using Irekae.Model.Semantics.Program;

namespace Irekae.Codegen.Emit;

/// <summary>Who does the next step that takes no time, where several could.</summary>
internal sealed partial class Emitter
{
    private IEnumerable<Actor> Devices => Actors.Where(a => a.Kind == ActorKind.Device);

    private void OrderState()
    {
        if (Devices.Any())
        {
            c.Comment("Devices that can act without time: the bit of each actor.");
            c.Line("protected ulong acting;");
        }
        if (traits.InOrders)
        {
            c.Comment("Who could be next.");
            c.Line("protected PerActor able;");
        }
    }

    [Flags]
    private enum StepTrait
    {
        EndsWork = 1,
        EndsUnseen = 2,
        Unseen = 4,
        Receives = 8,
        WaitsForTurn = 16,
    }

    /// <summary>What is known of each step of each actor beforehand, a bit for each question.</summary>
    private void StepTraits()
    {
        c.Comment("Of the step at which an actor stands: it ends the work before it; it does so unseen; no order with steps of others can be told;");
        c.Comment("a device looks for a message; a section begins.");
        c.Line($"protected const int {string.Join(", ", Enum.GetValues<StepTrait>().Select(trait => $"{trait} = {(int)trait}"))};");
        c.Line();
        int stride = code.Select(body => body.Length).DefaultIfEmpty().Max() + 1;
        c.Line("protected static ReadOnlySpan<byte> StepTraits =>");
        c.Under("[");
        foreach (var actor in Actors)
        {
            var row = code[actor.Index].Select((i, place) => (int)TraitsOf(actor, i, place)).Concat(Enumerable.Repeat(0, stride - code[actor.Index].Length));
            c.Line(string.Concat(row.Select(bits => CodeText.Number(bits) + ", ")).TrimEnd());
        }
        c.Back();
        c.Line("];");
        c.Line();
        c.Inlined();
        c.Line($"protected int TraitsOf(int actor) => StepTraits[(actor * {stride}) + at[actor]];");
        c.Line();
    }

    private StepTrait TraitsOf(Actor actor, Instruction i, int place)
    {
        bool device = actor.Kind == ActorKind.Device;
        StepTrait its = 0;
        if (!device && i.EndsWork) its |= i.Silent ? StepTrait.EndsWork | StepTrait.EndsUnseen : StepTrait.EndsWork;
        if (system.IsSilentAt(actor.Index, place)) its |= StepTrait.Unseen;
        if (device && i.Op == Op.Receive) its |= StepTrait.Receives;
        if (i.Op is Op.EnterNonPreemptive or Op.Lock) its |= StepTrait.WaitsForTurn;
        return its;
    }

    /// <summary>Whoever is on the core (or nobody) does no step without time.</summary>
    private string CannotStep(string turnToCome)
    {
        string index = traits.Cores > 1 ? "[core]" : "";
        string switching = traits.Switches ? $" || switchDue{index} != Never" : "";
        string toCome = traits.Batch ? $" || ((TraitsOf(actor) & WaitsForTurn) != 0 && {turnToCome})" : "";
        return $"actor == Nobody || workDue{index} != Never{switching}{toCome}";
    }

    /// <summary>Devices and several cores: whose step is next, in any order where it can be told.</summary>
    private void Orders()
    {
        bool devices = Devices.Any();
        c.Inlined();
        c.Open("protected int NextActor()");
        c.Line("int count = 0;");
        if (devices)
        {
            c.Open("for (ulong rest = acting; rest != 0; rest &= rest - 1)");
            c.Line("int device = System.Numerics.BitOperations.TrailingZeroCount(rest);");
            c.Line("if (IsSilent(device)) return device;");
            c.Line("able[count++] = device;");
            c.Close();
        }
        // Under ties batch the scheduler sees the whole instant: processes go on when no device can.
        if (devices && traits.Batch) c.Line("if (count > 0) return count == 1 ? able[0] : world.First(able.All[..count]);");
        if (traits.Batch) c.Line("bool toCome = !givesOut && WouldGiveOutCores();");
        if (traits.Cores > 1)
        {
            c.Open($"for (int core = 0; core < {traits.Cores}; core++)");
            c.Line("int actor = running[core];");
            c.Line($"if ({CannotStep("toCome")}) continue;");
            c.Line("if (IsSilent(actor)) return actor;");
            c.Line("able[count++] = actor;");
            c.Close();
        }
        else
        {
            c.Line("int actor = running;");
            c.Open($"if (!({CannotStep("toCome")}))");
            c.Line("if (IsSilent(actor)) return actor;");
            c.Line("able[count++] = actor;");
            c.Close();
        }
        c.Line("return count > 1 ? world.First(able.All[..count]) : count == 1 ? able[0] : Nobody;");
        c.Close();
        c.Line();
        if (!devices)
        {
            c.Line("protected bool IsSilent(int actor) => (TraitsOf(actor) & Unseen) != 0;");
            c.Line();
            return;
        }
        c.Summary("No order of its next step with steps of others can be told. A device that waits for a message and gets it is where it was.");
        c.Inlined();
        c.Open("protected bool IsSilent(int actor)");
        c.Line("int traits = TraitsOf(actor);");
        c.Line($"return (traits & Receives) == 0 ? (traits & Unseen) != 0 : {(HasMessages ? "!HasMessage(actor)" : "true")};");
        c.Close();
        c.Line();
        if (HasMessages)
        {
            c.Inlined();
            c.Open("protected bool HasMessage(int actor)");
            c.Line("var letters = inbox[actor];");
            c.Line("int count = waiting[actor];");
            c.Line("for (int k = 0; k < count; k++) if (Accepts(actor, letters[k].Message)) return true;");
            c.Line("return false;");
            c.Close();
            c.Line();
        }
        if (traits.GoesOn)
        {
            c.Summary("Whether anybody but this device could do a step now.");
            c.Inlined();
            c.Line($"protected bool OthersAct(ulong device) => acting != device || ending != Nobody || (running != Nobody && workDue == Never{(traits.Switches ? " && switchDue == Never" : "")});");
            c.Line();
        }
    }

    /// <summary>
    /// The actor has done a step that moved nobody else and stands at its next place already: it goes on there without asking where it is the only one who could,
    /// or where its next step is silent, so that it may come first.
    /// </summary>
    private void After(Actor actor, Instruction i, int target)
    {
        if (traits.ActsAlone(i)) GoesTo(actor, target, actor.Kind == ActorKind.Device ? $"OthersAct({Bit(actor)})" : Devices.Any() ? "acting != 0" : null);
        else Done();
    }

    /// <summary>The process has done a step that may have moved others: it goes on unless one of them is to be asked.</summary>
    private void AfterOthers(Actor actor, int target)
    {
        if (actor.Kind == ActorKind.Device || !traits.GoesOn || traits.Awaits) Done();
        else GoesTo(actor, target, $"GivesWay({actors[actor.Index]})", always: true);
    }

    private void GoesTo(Actor actor, int target, string? unless, bool always = false)
    {
        c.Line(unless is null || (system.IsSilentAt(actor.Index, target) && !always) ? "if (TooManySteps()) return;" : $"if ({unless} || TooManySteps()) return;");
        c.Line($"goto case {target};");
    }

    private static string Bit(Actor device) => $"1UL << {device.Index}";

    private void GivingWay()
    {
        if (!traits.GoesOn || traits.Awaits) return;
        c.Summary("Whether somebody else may be next after a step of this process that may have moved others.");
        c.Inlined();
        c.Line($"protected bool GivesWay(int actor) => stopped{(Devices.Any() ? " || acting != 0" : "")} || (readyCount > 0 && ending != actor && {Urgency("ready[readyCount - 1]")} < {Urgency("actor")});");
        c.Line();
    }
}
