using System.Collections.Immutable;
using Irekae.Checker.Explore;
using Irekae.Model.Binding;
using Irekae.Model.Semantics;
using Irekae.Properties;

namespace Irekae.Checker.Verification;

/// <summary>What the explorations of one verification have in common.</summary>
internal sealed record ProbeOptions(Limits Limits, int MergeAbove, bool ForgetCounters, CancellationToken Cancel)
{
    /// <summary>A sign of life: the exploration, and the best value so far in ticks.</summary>
    public Action<Explorer, Model.Numbers.Rational?>? Report { get; init; }

    /// <summary>Called after each exploration that saw everything, with the statements that none of its moves executed.</summary>
    public Action<ImmutableArray<BoundStatement>>? Unreached { get; init; }
}

/// <summary>
/// A set of questions about one system under some faults, answered together by one exploration for each order of simultaneous events.
///
/// Counters: long loops are explored first without their counters. The system then has more runs, so what holds of all of them holds;
/// a run that was found has to be possible with the counters too, and if it is not, the exploration is repeated with them.
/// </summary>
internal abstract class Probe(BoundSystem system, ImmutableArray<Fault> faults, ProbeOptions options)
{
    /// <summary>Loops of up to so many rounds keep their counters.</summary>
    private const int ShortLoop = 16;

    protected ProbeOptions Options => options;

    protected BoundSystem System => system;

    protected abstract ImmutableArray<Quantity> Quantities { get; }

    protected abstract ImmutableArray<(Measure Measure, BoundExpression Condition)> Conditions { get; }

    public TransitionSystem Compile(Ties? ties) => Compile(ties, []);

    /// <summary>One finding for each question, in a fixed order.</summary>
    public ImmutableArray<Finding> Ask(Ties? ties)
    {
        var exact = Compile(ties);
        ImmutableHashSet<int> long_ = options.ForgetCounters
            ? [.. exact.Repeats.Where(r => r.Count > ShortLoop && !r.InsideMeasure && !r.AtOnce).Select(r => r.Index)]
            : [];
        if (long_.IsEmpty) return [.. Explore(exact, Realiser(exact), forgotten: false).Select(f => f!)];
        var abstracted = Explore(Compile(ties, long_), Realiser(exact), forgotten: true);
        if (abstracted.All(f => f is not null)) return [.. abstracted.Select(f => f!)];
        exact = Compile(ties);
        var kept = Explore(exact, Realiser(exact), forgotten: false);
        return [.. abstracted.Zip(kept, (a, k) => a ?? k!).Select((f, i) => abstracted[i] is null && !f.Complete ? WithBound(f, i) : f)];
    }

    /// <summary>With the counters the exploration did not end; what was proved without them still holds.</summary>
    protected virtual Finding WithBound(Finding finding, int question) => finding;

    /// <summary>A null finding: with the counters forgotten the question could not be settled.</summary>
    protected abstract ImmutableArray<Finding?> Explore(TransitionSystem explored, Realiser realiser, bool forgotten);

    /// <summary>Makes runs of a system, within the limits.</summary>
    public Realiser Realiser(TransitionSystem exact) => new(exact, options.Limits, options.Cancel);

    protected Explorer Explorer(TransitionSystem explored, IWatch watch, ClockSense sense, Func<Model.Numbers.Rational?> best)
    {
        var explorer = new Explorer(explored, watch, new ExploreOptions(sense, options.Limits, options.MergeAbove), options.Cancel)
        {
            Report = e => options.Report?.Invoke(e, best()),
        };
        explorer.Run();
        if (explorer.Incomplete is null && !watch.Satisfied) options.Unreached?.Invoke(explored.Unreached());
        return explorer;
    }

    protected static Statistics Count(Explorer explorer) =>
        new(explorer.States, explorer.Moves, explorer.Elapsed.TotalSeconds)
        { Configurations = explorer.Places.Count, LinearPrograms = explorer.LinearPrograms, Merges = explorer.Merges };

    private TransitionSystem Compile(Ties? ties, ImmutableHashSet<int> forgotten) =>
        TransitionSystem.Compile(system, new Observation(Quantities, Conditions, faults, ties, forgotten));
}
