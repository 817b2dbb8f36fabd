using Irekae.Model.Syntax;
using Irekae.Model.Text;

namespace Irekae.Model.Binding;

/// <summary>The machine: one core, no slices, ties completion_first, unless rules say otherwise. A variant replaces rule by rule.</summary>
internal sealed partial class Binder
{
    private const int MaximumCores = 64;

    private Machine BindMachine()
    {
        var machine = new Machine(1, null, false, false, null, Ties.CompletionFirst);
        machine = Apply(machine, Items<ItemSyntax.Machine>());
        return Apply(machine, Replaced.OfType<ItemSyntax.Machine>());
    }

    private Machine Apply(Machine machine, IEnumerable<ItemSyntax.Machine> items)
    {
        var set = new HashSet<string>();
        foreach (var rule in items.SelectMany(item => item.Rules))
        {
            switch (rule)
            {
                case MachineRuleSyntax.Cores cores:
                    Once("cores", cores.Span);
                    machine = machine with { Cores = BindCount(cores.Count, "the number of cores", 1, MaximumCores) };
                    break;
                case MachineRuleSyntax.Simultaneous ties:
                    Once("ties", ties.Span);
                    machine = machine with { Ties = ties.Ties };
                    break;
                case MachineRuleSyntax.Switch cost:
                    Once("switch", cost.Span);
                    machine = machine with { Switch = BindInterval(cost.Cost) };
                    break;
                case MachineRuleSyntax.Scheduler scheduler:
                    foreach (var inner in scheduler.Rules) machine = Apply(machine, inner, Once);
                    break;
            }
        }
        return machine;

        void Once(string rule, SourceSpan span)
        {
            if (!set.Add(rule)) diagnostics.ReportRuleRepeated(span, rule);
        }
    }

    private Machine Apply(Machine machine, SchedulerRuleSyntax rule, Action<string, SourceSpan> once)
    {
        switch (rule)
        {
            case SchedulerRuleSyntax.Quantum quantum:
                once("quantum", quantum.Span);
                return machine with { Quantum = quantum.Length is null ? null : BindPositiveInterval(quantum.Length, "the quantum") };
            case SchedulerRuleSyntax.Preempted preempted:
                once("preempted", preempted.Span);
                return machine with { PreemptedToTail = preempted.ToTail };
            case SchedulerRuleSyntax.Slice slice:
                once("slice", slice.Span);
                return machine with { SliceKept = slice.Kept };
            default:
                return machine;
        }
    }
}
