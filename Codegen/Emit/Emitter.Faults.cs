using Irekae.Model.Binding;
using Irekae.Model.Semantics;
using Irekae.Model.Semantics.Program;

namespace Irekae.Codegen.Emit;

/// <summary>Faults that are on: crashes at any instant, messages lost or refused.</summary>
internal sealed partial class Emitter
{
    private IEnumerable<Fault> Crashing => system.Observation.Faults.Where(f => f.Kind == FaultKind.Crash);

    private static string Left(Fault fault) => $"faultsLeft{fault.Index}";

    private void FaultState()
    {
        foreach (var fault in system.Observation.Faults)
        {
            c.Comment($"How often {fault.Name} can still happen.");
            c.Line($"protected int {Left(fault)};");
        }
    }

    private void FaultBeginning()
    {
        foreach (var fault in system.Observation.Faults)
        {
            c.Line($"{Left(fault)} = {fault.AtMost};");
            if (fault.Kind == FaultKind.Crash && fault.AtMost > 0) StartFault(fault);
        }
    }

    private void StartFault(Fault fault)
    {
        int timer = system.TimerOf(TimerKind.Fault, fault.Index);
        c.Line($"{due[timer]} = checked(now + {AnyTime(CodeText.Number(timer), "0")});");
    }

    private void Crashes()
    {
        foreach (var fault in Crashing)
        {
            int timer = system.TimerOf(TimerKind.Fault, fault.Index);
            c.Open($"protected void Crash_{due[timer]["due.".Length..]}()");
            c.Line($"{due[timer]} = Never;");
            c.Open($"if (life[{actors[fault.Actor]}] is not (Life.Active or Life.Spawned))");
            c.Line($"{Left(fault)} = 0;");
            c.Line("return;");
            c.Close();
            c.Line($"End({actors[fault.Actor]});");
            if (fault.NotifyEndpoint >= 0) c.Line($"Notify({endpoints[fault.NotifyEndpoint]}, {messages[fault.NotifyMessage]});");
            c.Open($"if (--{Left(fault)} > 0)");
            StartFault(fault);
            c.Close();
            c.Close();
            c.Line();
        }
    }

    /// <summary>Goes as usual, or one of the faults that can happen to this message does.</summary>
    private void Faulty(Actor actor, Instruction i, Action usual, Action refused, Action lost)
    {
        var faults = system.Observation.Faults.Where(f => f.Endpoint == i.Index && (f.Message < 0 || f.Message == i.Operand)
            && (f.Kind == FaultKind.Lose || (f.Kind == FaultKind.Refuse && i.Op == Op.Call))).ToList();
        if (faults.Count == 0)
        {
            usual();
            return;
        }
        c.Line($"int possible = {string.Join(" + ", faults.Select(f => $"({Left(f)} > 0 ? 1 : 0)"))};");
        c.Line("int happens = possible == 0 ? 0 : world.Choose(1 + possible);");
        c.Open("if (happens == 0)");
        usual();
        c.Close();
        foreach (var fault in faults)
        {
            c.Open($"else if ({Left(fault)} > 0 && --happens == 0)");
            c.Line($"{Left(fault)}--;");
            if (fault.Kind == FaultKind.Refuse) refused();
            else lost();
            c.Close();
        }
    }
}
