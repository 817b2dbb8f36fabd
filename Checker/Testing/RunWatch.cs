using System.Collections.Immutable;
using Irekae.Model.Binding;
using Irekae.Model.Numbers;
using Irekae.Model.Semantics;
using Irekae.Properties.Monitors;
using Irekae.Properties.Running;

namespace Irekae.Checker.Testing;

/// <summary>What the runs of one thread have shown of one property.</summary>
internal sealed class Seen
{
    public long Runs { get; set; }

    public long Touched { get; set; }

    public Rational? Value { get; set; }

    /// <summary>The smallest seed whose run contradicts the property, or gets to what it asks for.</summary>
    public ulong? Decided { get; set; }
}

/// <summary>One thread's runs, each judged by every property and by the checks.</summary>
internal sealed class RunWatch(SpecRuns source, ImmutableArray<Property> properties)
{
    private readonly HashSet<int> fired = [];

    public TransitionSystem System => source.System;

    /// <summary>Of each property, in order, and of the checks.</summary>
    public ImmutableArray<Seen> Seen { get; } = [.. Enumerable.Range(0, properties.Length + 1).Select(_ => new Seen())];

    public long Runs { get; private set; }

    public long Moves { get; private set; }

    /// <summary>Ids of timers that fired.</summary>
    public IReadOnlySet<int> Fired => fired;

    public void See(ulong seed)
    {
        var run = source.FromSeed(seed);
        Runs++;
        Moves += run.Moves;
        foreach (var step in run.Run.Steps) fired.Add(step.Move.Timer);
        var judgements = RunMonitor.Judge(properties, run.Run);
        for (int k = 0; k < properties.Length; k++)
        {
            var judgement = judgements[k];
            bool smallest = properties[k].Question is Question.Min;
            Count(Seen[k], seed, !judgement.Vacuous, judgement.Step is not null);
            if (judgement.Value is { } value && (Seen[k].Value is not { } best || (smallest ? value < best : value > best))) Seen[k].Value = value;
        }
        Count(Seen[^1], seed, true, Complaint(run) is not null);
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

    private static void Count(Seen seen, ulong seed, bool touched, bool decided)
    {
        seen.Runs++;
        if (touched) seen.Touched++;
        if (decided && (seen.Decided is not { } first || seed < first)) seen.Decided = seed;
    }
}
