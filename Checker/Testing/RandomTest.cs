using System.Collections.Immutable;
using System.Diagnostics;
using System.IO.Enumeration;
using Irekae.Checker.Verification;
using Irekae.Codegen.Emit;
using Irekae.Codegen.Running;
using Irekae.Model;
using Irekae.Model.Binding;
using Irekae.Model.Text;
using Irekae.Properties.Monitors;
using Irekae.Properties.Running;

namespace Irekae.Checker.Testing;

/// <summary>
/// Every property of a specification by random runs, for systems that are too large to explore. Properties of the same variant under the same
/// faults share their runs. Runs are drawn and judged by the generated simulator; what it finds is made again, judged and shrunk by the interpreter.
/// The run that is shown of a property is that of the smallest seed, shrunk, so it does not depend on the threads.
/// </summary>
public static class RandomTest
{
    /// <summary>Stands for all always-on checks.</summary>
    public const string Checks = "checks";

    private const string ChecksQuestion = "asked of every system: nobody waits in vain, calls arrive, nothing overflows, time goes on, values stay in range, asserts hold";

    /// <summary>Properties that are asked of the same runs.</summary>
    private sealed record Group(BoundSystem System, string? Variant, ImmutableArray<string> Faults, ImmutableArray<Property> Properties, bool WithChecks);

    /// <param name="progress">Told from time to time how many runs are done, of how many.</param>
    /// <exception cref="SpecErrorException">The specification has errors.</exception>
    public static RandomTestResult Run(Spec spec, RandomTestOptions options, Action<long, long>? progress, CancellationToken cancel)
    {
        SpecErrorException.ThrowIfErrors(spec);
        var groups = Groups(spec, options);
        var coverage = new CoverageCount();
        var tested = new List<Tested>();
        var slower = new List<string>();
        long runs = 0, moves = 0, all = options.Runs * groups.Count;
        bool partial = false;
        for (int k = 0; k < groups.Count; k++)
        {
            var (group, clock) = (groups[k], Stopwatch.StartNew());
            var limit = options.Time / groups.Count;
            var source = SpecRuns.Of(spec, OptionsOf(group, options));
            var (drawn, sieve) = Draw(spec, source, group, options, limit, slower, done => progress?.Invoke(runs + done, all), cancel);
            foreach (var watch in drawn) coverage.Add(watch);
            DrawnRun Make(ulong seed, Func<DrawnRun, bool> decides) => sieve is null ? source.FromSeed(seed) : Confirmed(source, sieve, seed, options.Moves, decides);
            runs += drawn.Sum(worker => worker.Runs);
            moves += drawn.Sum(worker => worker.Moves);
            partial |= drawn.Sum(worker => worker.Runs) < options.Runs;
            double seconds = clock.Elapsed.TotalSeconds / (group.Properties.Length + (group.WithChecks ? 1 : 0));
            tested.AddRange(group.Properties.Select((property, index) => Tell(Make, property, [.. drawn.Select(worker => worker.Seen[index])], seconds, cancel)));
            if (group.WithChecks) tested.Add(TellChecks(Make, spec, [.. drawn.Select(worker => worker.Seen[^1])], seconds, cancel));
        }
        var order = spec.System!.Properties.Select(property => property.Name).Append(Checks).ToList();
        return new RandomTestResult(spec.System.Name, [.. tested.OrderBy(one => order.IndexOf(one.Name))], coverage.Of(spec.System), runs, moves, options.Seed, partial) { ByInterpreter = [.. slower.Distinct()] };
    }

    /// <summary>What is called by none of the patterns is not tested.</summary>
    public static bool Matches(RandomTestOptions options, string name) =>
        options.Properties.IsEmpty || options.Properties.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false));

    private static List<Group> Groups(Spec spec, RandomTestOptions options)
    {
        var plain = spec.System!;
        bool checks = Matches(options, Checks);
        var groups = plain.Properties.Where(property => Matches(options, property.Name))
            .GroupBy(property => (property.Variant, Faults: string.Join(' ', property.Under.Select(fault => fault.Name).Order(StringComparer.Ordinal))))
            .Select(same =>
            {
                var system = same.Key.Variant is { } variant ? spec.ForVariant(variant)! : plain;
                bool withChecks = checks && same.Key is { Variant: null, Faults: "" };
                return new Group(system, same.Key.Variant, [.. same.First().Under.Select(fault => fault.Name)], [.. same.Select(property => system.Properties[property.Index])], withChecks);
            }).ToList();
        if (checks && !groups.Exists(group => group.WithChecks)) groups.Add(new Group(plain, null, [], [], true));
        return groups;
    }

    private static RunOptions OptionsOf(Group group, RandomTestOptions options) => new() { Variant = group.Variant, Faults = group.Faults, Moves = options.Moves };

    /// <summary>By the generated simulator; by the interpreter where that cannot be.</summary>
    /// <param name="slower">Told why, then.</param>
    /// <returns>With what the runs of the generated simulator come from.</returns>
    private static (List<Watch> Watches, Sieve? Sieve) Draw(
        Spec spec, SpecRuns source, Group group, RandomTestOptions options, TimeSpan? limit, List<string> slower, Action<long> progress, CancellationToken cancel)
    {
        try
        {
            var sieve = Sieve.Of(source.System, group.Properties, CompiledStore.OfUser());
            return (Draw(() => new SieveWatch(sieve, group.Properties, options.Moves), options, limit, progress, cancel), sieve);
        }
        catch (Exception exception) when (Unsieved(exception) is not null)
        {
            slower.Add(Unsieved(exception)!);
            return (Draw(() => new RunWatch(SpecRuns.Of(spec, OptionsOf(group, options)), group.Properties), options, limit, progress, cancel), null);
        }
    }

    /// <summary>Why runs cannot be judged in generated code; null: that is not what happened.</summary>
    private static string? Unsieved(Exception exception) => exception switch
    {
        AggregateException several => several.InnerExceptions.Select(Unsieved).Where(why => why is not null).Order(StringComparer.Ordinal).FirstOrDefault(),
        UnsievedException or EmittedCodeException => exception.Message,
        OverflowException => "times or data do not fit the generated simulator",
        _ => null,
    };

    private static List<Watch> Draw(Func<Watch> watch, RandomTestOptions options, TimeSpan? limit, Action<long> progress, CancellationToken cancel)
    {
        const long AtOnce = 64;
        var clock = Stopwatch.StartNew();
        int threads = (int)Math.Clamp(options.Threads, 1, Math.Max(1, options.Runs));
        long next = 0;
        var watches = Enumerable.Range(0, threads).Select(_ => watch()).ToList();
        Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, (thread, loop) =>
        {
            while (!cancel.IsCancellationRequested && !loop.ShouldExitCurrentIteration && (limit is not { } end || clock.Elapsed < end))
            {
                long first = Interlocked.Add(ref next, AtOnce) - AtOnce;
                if (first >= options.Runs) break;
                long after = Math.Min(first + AtOnce, options.Runs);
                for (long number = first; number < after && (limit is not { } over || clock.Elapsed < over); number++) watches[thread].See(options.Seed + (ulong)number);
                progress(first);
            }
        });
        return watches;
    }

    /// <summary>The run of the generated simulator, made and judged by the interpreter.</summary>
    /// <exception cref="SieveException">The interpreter does not see what the generated simulator has seen.</exception>
    internal static DrawnRun Confirmed(SpecRuns source, Sieve sieve, ulong seed, int moves, Func<DrawnRun, bool> decides)
    {
        var run = source.Given(sieve.Draw().Remake(seed, moves), decides);
        return decides(run) ? run : throw new SieveException($"run {seed} of {source.System.System.Name} decides nothing");
    }

    private static Tested Tell(Func<ulong, Func<DrawnRun, bool>, DrawnRun> make, Property property, ImmutableArray<Seen> seen, double seconds, CancellationToken cancel)
    {
        bool reachable = property.Question is Question.Reachable, smallest = property.Question is Question.Min;
        var values = seen.Select(one => one.Value).OfType<Model.Numbers.Rational>().ToList();
        Model.Numbers.Rational? value = values.Count == 0 ? null : smallest ? values.Min() : values.Max();
        ulong? decided = seen.Min(one => one.Decided);
        long touched = seen.Sum(one => one.Touched);
        bool Decides(DrawnRun run) => RunMonitor.Judge(property, run.Run).Step is not null;
        var shown = decided is { } seed ? make(seed, Decides).Smallest(Decides, cancel: cancel) : null;
        var outcome = reachable ? (shown is null ? Outcome.Open : Outcome.Passed) : shown is not null ? Outcome.Failed : touched == 0 ? Outcome.Open : Outcome.Passed;
        long runs = seen.Sum(one => one.Runs);
        string? reason = outcome switch
        {
            Outcome.Open => $"none of {runs} runs {(reachable ? "gets there" : "has a say")}",
            Outcome.Failed => RunMonitor.Judge(property, shown!.Run).Value is { } broken ? $"a run has {Model.Numbers.TimeText.Of(broken)}" : "a run contradicts it",
            _ => reachable ? "a run gets there" : null,
        };
        return new Tested(property.Name, Job.AsWritten(property), property.Span, outcome, runs, touched, value, decided, shown, reason, seconds);
    }

    private static Tested TellChecks(Func<ulong, Func<DrawnRun, bool>, DrawnRun> make, Spec spec, ImmutableArray<Seen> seen, double seconds, CancellationToken cancel)
    {
        ulong? decided = seen.Min(one => one.Decided);
        var made = decided is { } seed ? make(seed, run => RunWatch.Complaint(run) is not null) : null;
        var kind = made is null ? null : RunWatch.Complaint(made)?.Kind;
        var shown = made?.Smallest(run => RunWatch.Complaint(run)?.Kind == kind, cancel: cancel);
        var whole = new SourceSpan(spec.Syntax.Files[0].Source, 0, 0);
        return new Tested(
            Checks, ChecksQuestion, whole, shown is null ? Outcome.Passed : Outcome.Failed, seen.Sum(one => one.Runs), seen.Sum(one => one.Touched), null, decided, shown,
            shown is null ? null : RunWatch.Complaint(shown)!.Value.Text, seconds);
    }
}
