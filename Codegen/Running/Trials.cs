using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using Irekae.Codegen.Simulator;

namespace Irekae.Codegen.Running;

/// <summary>How often a system is run and with what.</summary>
/// <param name="Seed">Trial t draws from stream t of the seed, whoever runs it.</param>
/// <param name="AnyTime">What may take any time is drawn from so many fine ticks above its least value.</param>
/// <param name="Horizon">A trial ends before this instant, in fine ticks.</param>
/// <param name="Moves">A trial ends after so many moves.</param>
/// <param name="Rows">Each single value is wanted, not only what is made of them.</param>
public sealed record TrialPlan(long Trials, ulong Seed, (long Low, long High) AnyTime, long Horizon = long.MaxValue, long Moves = long.MaxValue, bool Rows = false)
{
    /// <summary>Trials at once; the results do not depend on it.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Steps of one instant come in the order of the specification, devices first, and are not drawn: for comparison with a program that knows no other order.</summary>
    public bool InOrder { get; init; }
}

/// <summary>One run of a system. Times in fine ticks.</summary>
/// <param name="Number">From 0.</param>
/// <param name="Instant">At its end.</param>
/// <param name="Summaries">Of each quantity.</param>
/// <param name="Rows">Each value, in the order in which they ended; empty unless asked for.</param>
/// <param name="Violated">The first violation, by place in <see cref="Simulation.Sites"/>; −1: there was none.</param>
public sealed record Trial(
    long Number, Ending Ending, long Moves, long Instant, ImmutableArray<Summary> Summaries, ImmutableArray<Sample> Rows, int Violated, long ViolatedAt);

/// <summary>What all trials together have shown.</summary>
/// <param name="Values">Of each quantity.</param>
/// <param name="Endings">How many trials ended in each way, by its number.</param>
/// <param name="FirstViolation">The first trial in which a check was violated; null: there was none.</param>
public sealed record TrialOutcome(
    long Trials, long Moves, ImmutableArray<Histogram> Values, ImmutableArray<long> Endings, long Violated, Trial? FirstViolation)
{
    /// <summary>How many trials ended so.</summary>
    public long Ended(Ending how) => Endings[(int)how];
}

/// <summary>Runs trials on all cores. What is kept does not grow with their number.</summary>
internal sealed class TrialRunner(Func<DrawnWorld, Simulation<DrawnWorld>> create, int quantities)
{
    private const int MostTrialsOfThreadAtOnce = 64;

    /// <summary>How long trials should be under way together, so that they can be ended soon.</summary>
    private static readonly TimeSpan Together = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentBag<Worker> idle = [];
    private readonly ConcurrentBag<Worker> all = [];

    private sealed class Worker(int quantities)
    {
        public Histogram[] Values { get; } = [.. Enumerable.Range(0, quantities).Select(_ => new Histogram())];

        public Simulation<DrawnWorld>? Simulation { get; set; }
    }

    /// <param name="each">Told each trial, in their order.</param>
    /// <param name="progress">Told from time to time how many trials are done.</param>
    public TrialOutcome Run(TrialPlan plan, Action<Trial>? each, Action<long>? progress, CancellationToken cancel)
    {
        int threads = Math.Max(1, plan.Threads);
        var block = new Trial[Math.Min(plan.Trials, (long)threads * MostTrialsOfThreadAtOnce)];
        int atOnce = Math.Min(threads, block.Length);
        var endings = new long[Enum.GetValues<Ending>().Length];
        long moves = 0, violated = 0, done = 0;
        Trial? first = null;
        while (done < plan.Trials && !cancel.IsCancellationRequested)
        {
            int count = (int)Math.Min(atOnce, plan.Trials - done);
            long begin = done, started = Stopwatch.GetTimestamp();
            if (threads == 1 || count == 1)
                for (int k = 0; k < count; k++) block[k] = Run(plan, begin + k);
            else
                Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = threads }, k => block[k] = Run(plan, begin + k));
            for (int k = 0; k < count; k++)
            {
                var trial = block[k];
                moves += trial.Moves;
                endings[(int)trial.Ending]++;
                if (trial.Violated >= 0)
                {
                    violated++;
                    first ??= trial;
                }
                each?.Invoke(trial);
            }
            done += count;
            if (Stopwatch.GetElapsedTime(started) < Together) atOnce = Math.Min(2 * atOnce, block.Length);
            progress?.Invoke(done);
        }

        var values = Enumerable.Range(0, quantities).Select(_ => new Histogram()).ToArray();
        foreach (var worker in all)
            for (int q = 0; q < quantities; q++) values[q].Add(worker.Values[q]);
        return new TrialOutcome(done, moves, [.. values], [.. endings], violated, first);
    }

    private Trial Run(TrialPlan plan, long number)
    {
        if (!idle.TryTake(out var worker)) all.Add(worker = new Worker(quantities));
        var summaries = new Summary[quantities];
        for (int q = 0; q < quantities; q++) summaries[q] = new Summary();
        var rows = plan.Rows ? new List<Sample>() : null;
        var world = new DrawnWorld(new Xoshiro256(plan.Seed, (ulong)number), worker.Values, summaries, rows, plan.AnyTime, plan.InOrder);
        var simulation = worker.Simulation ??= create(world);
        simulation.World = world;
        simulation.Begin();
        var ending = simulation.Run(plan.Horizon, plan.Moves);
        for (int q = 0; q < quantities; q++) worker.Values[q].Include(summaries[q]);
        idle.Add(worker);
        return new Trial(number, ending, simulation.Moves, simulation.Now, [.. summaries], rows is null ? [] : [.. rows], simulation.FirstViolation, simulation.FirstViolationAt);
    }
}
