using System.Collections.Immutable;
using System.Diagnostics;
using Irekae.Checker.Verification;
using Irekae.Model.Binding;
using Irekae.Model.Numbers;
using Irekae.Model.Semantics;
using Irekae.Properties;

namespace Irekae.Checker.Bounded;

/// <summary>One job of a verification, answered for runs of at most so many moves, under the machine's own order of simultaneous events.</summary>
internal sealed class BoundedJob(Job job, BoundedOptions options, CancellationToken cancel)
{
    private const string Method = "bounded";

    /// <summary>Results in the order of the properties, then of the checks.</summary>
    public ImmutableArray<PropertyResult> Carry()
    {
        if (job.Properties is [var single] && Job.Asked(single.Question) is var (quantity, largest, bound))
            return [Job.Result(single, bound, Ask(single.Name, quantity, largest, bound))];
        var targets = job.Properties.Select(Target).Concat(job.Checks.Select(Target)).ToList();
        var conditions = job.Properties.Select(p => p.Question).OfType<Question.After>().Select(q => (q.Measure, q.Condition));
        var findings = Ask(targets, [.. conditions]);
        return
        [
            .. job.Properties.Select((p, i) => Job.Result(p, null, findings[i])),
            .. job.Checks.Select((c, i) => Job.Result(c.Name, "check", c.Question, null, findings[job.Properties.Length + i])),
        ];
    }

    /// <summary>Layer by layer, until there is none any more, the depth is reached, or the solver gives no answer.</summary>
    /// <param name="look">Judges the last layer; true: nothing more is asked.</param>
    private Extent Unroll(Unrolling unrolling, Questions questions, Func<bool> look)
    {
        if (Library.Missing(options.Library) is { } missing) return new Extent(0, false, missing);
        int judged = 0;
        bool stops = false;
        try
        {
            while (judged < options.Depth)
            {
                var layer = unrolling.Extend();
                if (layer.Stations.Count == 0) return new Extent(judged, !stops, null);
                stops |= layer.Stations.Any(s => s.Stops);
                bool done = look();
                judged++;
                if (done) break;
            }

            return new Extent(judged, false, null);
        }
        catch (UnansweredException unanswered)
        {
            return new Extent(judged, false, unanswered.Message);
        }
    }

    private Finding Ask(string name, Quantity quantity, bool largest, Rational? bound)
    {
        var system = TransitionSystem.Compile(job.System, new Observation([quantity], [], job.Faults, null, []));
        var questions = new Questions(name, options, cancel);
        var unrolling = new Unrolling(system, questions);
        var limit = bound / system.Tick;
        var search = new ExtremeSearch(unrolling, largest, limit, questions);
        var extent = Unroll(unrolling, questions, () =>
        {
            search.Look();
            return search.Endless;
        });

        var best = search.Best * system.Tick;
        var value = new Extreme(search.Endless ? null : best, search.Endless ? null : best, search.Attained && !search.Endless, search.Endless)
        {
            Approached = best is not null && !search.Attained && !search.Endless,
        };
        if (extent.Unanswered is not null) value = value with { Proved = null, Approached = false };
        bool passes = search.Endless ? bound is not null : best is { } b && bound is { } l && (largest ? b > l : b < l);
        return new Finding(
            passes ? new Verdict.Refuted() : search.Endless ? new Verdict.Proved() : extent.Verdict, value, search.Witness, Count(unrolling, questions))
        {
            Complete = extent.Everything || passes || search.Endless,
            Method = Method,
            Notes = [.. Notes(search, extent)],
        };
    }

    private static IEnumerable<string> Notes(ExtremeSearch search, Extent extent)
    {
        if (search.Endless) yield return "it can last for ever";
        else if (search.Best is null && extent.Unanswered is null) yield return $"vacuous: it is not read within {extent.Depth} moves";
        else if (search.Best is not null && search.Witness is null) yield return "the run that shows the value has times that do not fit 64 bits";
    }

    private sealed record Sought(Func<Unrolling, Passage, bool> Shows, bool Forbidden, string What);

    private Sought Target(Property property, int place) => property.Question switch
    {
        Question.Always q => new Sought((u, p) => u.System.Evaluate(q.Condition, p.Move.Next) == 0, true, $"ends where the condition of '{property.Name}' does not hold"),
        Question.Reachable q => new Sought((u, p) => u.System.Evaluate(q.Condition, p.Move.Next) != 0, false, $"ends where the condition of '{property.Name}' holds"),
        Question.After => Failing(job.Properties.Take(place).Count(p => p.Question is Question.After), property.Name),
        _ => throw new UnreachableException(property.Question.GetType().Name),
    };

    private static Sought Failing(int condition, string name) =>
        new((_, p) => p.Move.FailedConditions.Contains(condition), true, $"ends a measure where the condition of '{name}' does not hold");

    private static Sought Target(Check check) => check == Check.Deadlock
        ? new Sought((u, p) => Deadlocked(u.System, p), true, "ends where nothing can act any more and somebody waits")
        : new Sought((_, p) => p.Move.Violations.Any(v => check.Kinds.Contains(v.Kind)), true, $"violates {check.Name}");

    private static bool Deadlocked(TransitionSystem system, Passage passage) => !passage.Move.Stops
        && (passage.To.Moves ??= system.Moves(passage.To.Configuration)).Count == 0 && !system.Waiting(passage.To.Configuration).IsEmpty;

    private ImmutableArray<Finding> Ask(List<Sought> targets, ImmutableArray<(Measure, BoundExpression)> conditions)
    {
        var system = TransitionSystem.Compile(job.System, new Observation([], conditions, job.Faults, null, []));
        var questions = new Questions(job.Properties is [var only] && job.Checks.IsEmpty ? only.Name : "states", options, cancel);
        var unrolling = new Unrolling(system, questions);
        var found = new Reached?[targets.Count];
        var extent = Unroll(unrolling, questions, () =>
        {
            var reaching = new Reaching(unrolling, questions);
            for (int i = 0; i < targets.Count; i++)
                found[i] ??= reaching.Reach([.. unrolling.Last.Passages.Where(p => targets[i].Shows(unrolling, p))], targets[i].What);
            return found.All(f => f is not null);
        });

        var statistics = Count(unrolling, questions);
        return [.. targets.Select((target, i) => Conclude(target, found[i], extent, statistics))];
    }

    private static Finding Conclude(Sought target, Reached? found, Extent extent, Statistics statistics)
    {
        Verdict verdict = (target.Forbidden, found) switch
        {
            (_, { Run: null }) => new Verdict.Unknown("a run was found whose times do not fit 64 bits"),
            (true, not null) => new Verdict.Refuted(),
            (false, not null) => new Verdict.Proved(),
            (true, null) => extent.Verdict,
            (false, null) => extent switch
            {
                { Everything: true } => new Verdict.Refuted(),
                { Unanswered: { } } => extent.Verdict,
                _ => new Verdict.Unknown($"not reached within {extent.Depth} moves"),
            },
        };
        return new Finding(verdict, null, found?.Run, statistics) { Complete = extent.Everything || found is not null, Method = Method };
    }

    private static Statistics Count(Unrolling unrolling, Questions questions) =>
        new(unrolling.Stations, unrolling.Passages, questions.Elapsed.TotalSeconds) { LinearPrograms = questions.Asked };

    /// <summary>How far it was looked.</summary>
    /// <param name="Depth">All runs of so many moves were judged.</param>
    /// <param name="Everything">Every run has ended by then.</param>
    /// <param name="Unanswered">Why the next depth was not judged; null: it was not asked for.</param>
    private sealed record Extent(int Depth, bool Everything, string? Unanswered)
    {
        public Verdict Verdict => this switch
        {
            { Unanswered: { } reason, Depth: 0 } => new Verdict.Unknown(reason),
            { Unanswered: { } reason } => new Verdict.Unknown($"{reason}; nothing was found in runs of at most {Depth} moves"),
            { Everything: true } => new Verdict.Proved(),
            _ => new Verdict.ProvedUpTo($"{Depth} moves"),
        };
    }
}
