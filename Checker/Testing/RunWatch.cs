using System.Collections.Immutable;
using Irekae.Model.Binding;
using Irekae.Model.Text;
using Irekae.Properties.Monitors;
using Irekae.Properties.Running;

namespace Irekae.Checker.Testing;

/// <summary>Runs of the interpreter.</summary>
internal sealed class RunWatch(SpecRuns source, ImmutableArray<Property> properties) : Watch(source.System, properties)
{
    private readonly HashSet<int> fired = [];

    public override IReadOnlySet<int> Fired => fired;

    public override IReadOnlySet<SourceSpan> Unreached => System.Unreached().Select(statement => statement.Span).ToHashSet();

    public override void See(ulong seed)
    {
        var run = source.FromSeed(seed);
        Runs++;
        Moves += run.Moves;
        foreach (var step in run.Run.Steps) fired.Add(step.Move.Timer);
        var judgements = RunMonitor.Judge(Properties, run.Run);
        for (int k = 0; k < Properties.Length; k++)
        {
            var judgement = judgements[k];
            Seen[k].Count(seed, !judgement.Vacuous, judgement.Step is not null);
            if (judgement.Value is { } value && Extends(Properties[k], value, Seen[k].Value)) Seen[k].Value = value;
        }
        Seen[^1].Count(seed, true, Complaint(run) is not null);
    }

    /// <summary>What the always-on checks see first in a run; null: nothing.</summary>
    public static (string Kind, string Text)? Complaint(DrawnRun run)
    {
        var health = run.Health;
        if (!health.Violations.IsEmpty) return (health.Violations[0].Violation.Kind.ToString(), health.Violations[0].Violation.Text);
        return health.Deadlock
            ? ("Deadlock", "deadlock: these wait for what cannot come: " + string.Join(", ", health.Waiting.Select(actor => run.Run.System.System.Actors[actor].Name)))
            : null;
    }
}
