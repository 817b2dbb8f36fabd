using System.Collections.Immutable;
using Irekae.Codegen.Simulator;
using Irekae.Model.Binding;
using Irekae.Model.Semantics;
using Irekae.Model.Semantics.Program;
using Irekae.Model.Text;

namespace Irekae.Codegen.Emit;

/// <summary>What a simulator judges of its runs while it makes them, besides the conditions after measures that its system observes.</summary>
/// <param name="AtRest">Conditions that are looked at when each move is complete, and the value that decides.</param>
/// <param name="Longest">Observed quantities of which also what has not ended counts.</param>
internal sealed record Judged(ImmutableArray<(BoundExpression Condition, bool Decides)> AtRest, ImmutableHashSet<int> Longest);

/// <summary>Judges in generated code: the same as the monitors of <c>Properties</c> say of the same run.</summary>
internal sealed partial class Emitter
{
    private ImmutableDictionary<SourceSpan, int>? places;

    private ImmutableDictionary<SourceSpan, int> Places =>
        places ??= system.Statements().Select((statement, place) => (statement.Span, place)).ToImmutableDictionary(one => one.Span, one => one.place);

    private void JudgeState()
    {
        if (judged is null) return;
        c.Line();
        Inline("Decisions", Conditions, "bool", read: true);
        Inline("PerQuantity", system.Observation.Quantities.Length, "long", read: true);
        Inline("PerStatement", Places.Count, "bool", read: true);
        Inline("PerTimer", system.Timers.Length, "bool", read: true);
        c.Line("// What this run has shown of conditions and quantities, and all runs of statements and timers.");
        if (Conditions > 0) c.Line("protected Decisions decided;");
        if (system.Observation.Quantities.Length > 0) c.Line("protected PerQuantity longest;");
        if (Places.Count > 0) c.Line("protected PerStatement executed;");
        if (system.Timers.Length > 0) c.Line("protected PerTimer fired;");
        c.Line("protected int lastTimer;");
        c.Line($"protected static ReadOnlySpan<int> WorkTimers => [{TimersOf(TimerKind.Work)}];");
        if (traits.Sliced) c.Line($"protected static ReadOnlySpan<int> SliceTimers => [{TimersOf(TimerKind.Slice)}];");
    }

    private string TimersOf(TimerKind kind) =>
        string.Join(", ", Actors.Select(actor => system.Timers.FirstOrDefault(timer => timer.Kind == kind && timer.Subject == actor.Index)?.Id ?? -1));

    private int Conditions => judged is null ? 0 : judged.AtRest.Length + system.Observation.Conditions.Length;

    private void JudgeBegin()
    {
        if (judged is null) return;
        c.Line("lastTimer = -1;");
        if (Conditions > 0) c.Line("decided = default;");
        for (int quantity = 0; quantity < system.Observation.Quantities.Length; quantity++) c.Line($"longest[{quantity}] = None;");
    }

    /// <summary>Before what happens when a timer fires.</summary>
    private string Noted(string timer) => judged is null || system.Timers.Length == 0 ? "" : $"fired[lastTimer = {timer}] = true; ";

    private void NoteExecuted(Instruction i)
    {
        if (judged is not null && i.Statement is { } statement) c.Line($"executed[{Places[statement.Span]}] = true;");
    }

    /// <summary>What the clocks show at the instant of a move, before it.</summary>
    private void JudgeClocks()
    {
        if (judged is null) return;
        foreach (var (clock, began) in since)
        {
            int quantity = system.Timers[clock].Subject;
            if (judged.Longest.Contains(quantity)) c.Line($"if ({began} != None && now - {began} > longest[{quantity}]) longest[{quantity}] = now - {began};");
        }
    }

    private void JudgeAfter(int measure)
    {
        if (judged is null) return;
        for (int k = 0; k < system.Observation.Conditions.Length; k++)
        {
            var (after, condition) = system.Observation.Conditions[k];
            if (after.Index == measure) c.Line($"if (!{Condition(condition)}) decided[{judged.AtRest.Length + k}] = true;");
        }
    }

    private void Judges()
    {
        if (judged is null) return;
        c.Summary("The move is complete.");
        c.Inlined();
        c.Open("private void JudgeRest()");
        for (int k = 0; k < judged.AtRest.Length; k++)
        {
            var (condition, decides) = judged.AtRest[k];
            c.Line($"if ({(decides ? "" : "!")}{Condition(condition)}) decided[{k}] = true;");
        }
        c.Close();
        c.Line();

        void Seen(bool some, string type, string name, string field)
        {
            if (some) c.Line($"public override ReadOnlySpan<{type}> {name} => {field}.All;");
        }

        Seen(Conditions > 0, "bool", nameof(Simulation.Decided), "decided");
        Seen(system.Observation.Quantities.Length > 0, "long", nameof(Simulation.Longest), "longest");
        Seen(Places.Count > 0, "bool", nameof(Simulation.Executed), "executed");
        Seen(system.Timers.Length > 0, "bool", nameof(Simulation.Fired), "fired");
        c.Line($"public override int {nameof(Simulation.LastTimer)} => lastTimer;");
        c.Line();

        var dues = Slots().Select(slot => $"{slot.Due} == Never");
        c.Open("public override bool WaitsInVain");
        c.Open("get");
        c.Line($"if (stopped{(traits.Batch ? " || turn" : "")} || !({string.Join(" && ", dues)})) return false;");
        foreach (var actor in Actors)
        {
            c.Line($"if (status[{actors[actor.Index]}] is Status.InCall or Status.InLock or Status.InAwait) return true;");
            var inner = Enumerable.Range(0, code[actor.Index].Length).Where(place => system.WaitsForOneMessage(actor.Index, place)).ToList();
            if (inner.Count > 0) c.Line($"if (status[{actors[actor.Index]}] == Status.InReceive && {At(actor)} is {string.Join(" or ", inner)}) return true;");
        }
        c.Line("return false;");
        c.Close();
        c.Close();
        c.Line();
    }
}
