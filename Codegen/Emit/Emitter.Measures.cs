using Irekae.Model.Binding;
using Irekae.Model.Semantics.Program;

namespace Irekae.Codegen.Emit;

/// <summary>What is observed: measures, gaps between marks, answers, responses.</summary>
internal sealed partial class Emitter
{
    /// <summary>An occurrence ends, if it has begun.</summary>
    private void EndClock(int clock)
    {
        c.Open($"if ({since[clock]} != None)");
        c.Line($"world.Ended({system.Timers[clock].Subject}, {since[clock]}, now);");
        c.Line($"{since[clock]} = None;");
        c.Close();
    }

    private IEnumerable<int> ClocksOf(Func<Quantity, bool> of, int key)
    {
        for (int q = 0; q < system.Observation.Quantities.Length; q++)
            if (of(system.Observation.Quantities[q]) && system.ClockOf(q, key) is >= 0 and var clock) yield return clock;
    }

    private IEnumerable<int> MeasureClocks(Actor actor, int measure) => ClocksOf(q => q is Quantity.OfMeasure m && m.Measure.Index == measure, actor.Index);

    private void BeginMeasure(Actor actor, Instruction i)
    {
        foreach (int clock in MeasureClocks(actor, i.Index)) c.Line($"{since[clock]} = now;");
    }

    private void EndMeasure(Actor actor, Instruction i)
    {
        foreach (int clock in MeasureClocks(actor, i.Index)) EndClock(clock);
        JudgeAfter(i.Index);
    }

    private void PassMark(Instruction i)
    {
        foreach (int clock in ClocksOf(q => q is Quantity.Gap g && g.Mark.Index == i.Index, 0))
        {
            EndClock(clock);
            c.Line($"{since[clock]} = now;");
        }
    }

    /// <summary>An actor that comes to its end by itself leaves no gap open that nobody else can close.</summary>
    private void CloseGaps(Actor actor)
    {
        foreach (var gap in system.Observation.Quantities.OfType<Quantity.Gap>().DistinctBy(g => g.Mark.Index))
        {
            bool Passes(int passer) => code[passer].Any(i => i.Op == Op.Mark && i.Index == gap.Mark.Index);
            if (!Passes(actor.Index)) continue;
            var others = Actors.Where(a => a.Index != actor.Index && Passes(a.Index)).Select(a => IsAlive(a.Index)).ToList();
            string drop = string.Join(" ", ClocksOf(q => q is Quantity.Gap g && g.Mark.Index == gap.Mark.Index, 0).Select(clock => $"{since[clock]} = None;"));
            if (others.Count == 0) c.Line(drop);
            else c.Line($"if (!({string.Join(" || ", others)})) {{ {drop} }}");
        }
    }
}
