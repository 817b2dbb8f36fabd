using System.Collections.Immutable;
using Irekae.Model.Binding;
using Irekae.Model.Numbers;

namespace Irekae.Checker.Explore;

/// <summary>What an analysis needs of one process, in ticks.</summary>
/// <param name="Work">C: the most work of one job.</param>
/// <param name="Separation">T: the least time between arrivals.</param>
/// <param name="JitterLow">Of the time from arrival to release.</param>
/// <param name="Sections">Parts of the body that less urgent, or more urgent, processes may have to wait for.</param>
/// <param name="LastSection">E: the length of an end of the body in which nobody else gets the core before the job has ended; 0 if there is none.</param>
internal sealed record Load(Actor Actor, long Work, long Separation, long JitterLow, long JitterHigh, ImmutableArray<Section> Sections, long LastSection);

/// <param name="Before">The most work of the job before it.</param>
/// <param name="Level">Whoever is at this level or less urgent waits; −1: everybody.</param>
internal readonly record struct Section(long Before, long Length, int Level);

/// <summary>
/// Response-time analysis over the whole level-i busy window: fixed priorities, one core, jobs that only run.
/// <code>
///     w(q) = B + (q+1)·C_i + Σ_{j more urgent} ⌈(w(q) + J_j) / T_j⌉·C_j          least fixed point
///     L    = B + Σ_{j more urgent, and i} ⌈(L + J_j) / T_j⌉·C_j                   the longest window; least positive fixed point
///     R    = max over q of  J_i + w(q) − q·T_i,     for all q with q·T_i − J_i &lt; L
/// </code>
/// (Joseph and Pandya 1986 for q = 0; Lehoczky 1990 for all q; Audsley, Burns, Richardson, Tindell and Wellings 1993 for J and B.)
/// J_j is what releases can vary by; B the longest section of somebody less urgent that i has to wait for, which happens once
/// under the immediate ceiling protocol. A job that ends in a non-preemptive section of length E has ended E after that section began:
/// <code>
///     s(q) = B + (q+1)·C_i − E + Σ (⌊(s(q) + J_j) / T_j⌋ + 1)·C_j,     w(q) = s(q) + E              (Davis, Burns, Bril and Lukkien 2007)
/// </code>
/// The window does not end with a job that ends so, because more urgent work came meanwhile: counting jobs up to the first that ends before
/// the next is released was the error of 1994, found in 2007. Hence L.
///
/// Why w is safe whatever the sections of i itself: by the time w all work of level i that came before has been done, in whatever order.
/// Where a release may come before a job's end at the same instant (<c>ties any</c>), ⌊·⌋ + 1 takes the place of ⌈·⌉ throughout.
///
/// Class: all actors are periodic or sporadic processes of constant times, present from the start, whose bodies only run, lock mutexes under the
/// ceiling protocol, and have non-preemptive sections; no slices, no cost of switching, no faults; on the process's core everybody is pinned
/// or there is one core only, nobody shares its level, and its core's mutexes are used there only. Anything else: null.
/// Less urgent processes count only through B.
/// </summary>
internal sealed class BusyWindow
{
    private const int StepLimit = 1_000_000;

    private readonly Rational tick;

    private BusyWindow(Rational tick) => this.tick = tick;

    public Load Own { get; private set; } = null!;

    public ImmutableArray<Load> MoreUrgent { get; private set; }

    /// <summary>Whose section is the longest that has to be waited for; null if there is none.</summary>
    public (Load Load, Section Section)? Blocker { get; private set; }

    /// <summary>Null: outside the class.</summary>
    public static BusyWindow? For(BoundSystem system, Actor actor, ImmutableArray<Fault> faults, Rational tick, Ties? ties = null)
    {
        var machine = system.Machine;
        if (!faults.IsEmpty || !system.Parameters.IsEmpty || machine.Quantum is not null || machine.Switch is not null) return null;
        if (machine.Cores > 1 && system.Actors.Any(a => a.Core < 0)) return null;
        var window = new BusyWindow(tick);
        var loads = new List<Load>();
        foreach (var a in system.Actors)
        {
            if (window.LoadOf(a, ties ?? system.Machine.Ties) is not { } load) return null;
            if (machine.Cores == 1 || a.Core == actor.Core) loads.Add(load);
        }

        if (machine.Cores > 1 && SharesMutexes(system, actor.Core)) return null;
        if (loads.Any(l => l.Actor.Index != actor.Index && l.Actor.Priority == actor.Priority)) return null;
        window.Own = loads.Single(l => l.Actor.Index == actor.Index);
        if (window.Own.Work == 0) return null;
        window.MoreUrgent = [.. loads.Where(l => l.Actor.Priority < actor.Priority)];
        var sections = loads.Where(l => l.Actor.Priority > actor.Priority)
            .SelectMany(l => l.Sections.Where(s => s.Level <= actor.Priority).Select(s => (Load: l, Section: s))).ToList();
        window.Blocker = sections.Count == 0 ? null : sections.MaxBy(s => s.Section.Length);
        return window;
    }

    /// <summary>The bound in ticks, how many jobs the longest window has, and its length; null: it may never end, or its end is too far away.</summary>
    public (long Response, int Jobs, long Window)? Bound(bool releasesFirst)
    {
        long blocking = Blocker?.Section.Length ?? 0;
        bool inclusive = releasesFirst || Own.LastSection > 0;
        if (Least(0, w => blocking + Demand(w, releasesFirst) + OwnJobs(w, releasesFirst) * Own.Work) is not { } window) return null;
        long worst = 0, start = 0;
        int q = 0;
        do
        {
            long own = checked(blocking + (q + 1) * Own.Work - Own.LastSection);
            if (Least(start, w => own + Demand(w, inclusive)) is not { } found) return null;
            start = found;
            worst = Math.Max(worst, Own.JitterHigh + start + Own.LastSection - q * Own.Separation);
        }
        while (++q < OwnJobs(window, releasesFirst));
        return (worst, q, window);
    }

    private long Demand(long w, bool inclusive) =>
        MoreUrgent.Sum(j => checked(Releases(w + j.JitterHigh - j.JitterLow, j.Separation, inclusive) * j.Work));

    private long OwnJobs(long w, bool inclusive) => Math.Max(1, Releases(w + Own.JitterHigh - Own.JitterLow, Own.Separation, inclusive));

    /// <summary>The least fixed point from below; null if it is too far away.</summary>
    private static long? Least(long from, Func<long, long> next)
    {
        for (int steps = 0; steps < StepLimit; steps++)
        {
            long to = next(from);
            if (to <= from) return from;
            if (to > long.MaxValue / 4) return null;
            from = to;
        }

        return null;
    }

    /// <summary>Releases in [0, w), or in [0, w].</summary>
    private static long Releases(long w, long separation, bool inclusive) => inclusive ? w / separation + 1 : (w + separation - 1) / separation;

    private Load? LoadOf(Actor actor, Ties ties)
    {
        if (actor is not { Kind: ActorKind.Process, Absent: false, Quantum: null, Activation: { } activation }) return null;
        if (Ticks(activation.Separation.Low) is not { } separation || separation <= 0) return null;
        if (!Constant(activation.Separation) || !Constant(activation.Offset)) return null;
        long jitterLow = 0, jitterHigh = 0;
        if (activation.Jitter is { } jitter)
        {
            if (Ticks(jitter.Low) is not { } low || jitter.High is null || Ticks(jitter.High) is not { } high) return null;
            (jitterLow, jitterHigh) = (low, high);
        }

        var sections = new List<Section>();
        if (Work(actor.Body, 0, sections) is not { } work) return null;
        sections.RemoveAll(s => s.Length == 0);
        if (actor.NonPreemptive && work > 0) sections.Add(new Section(0, work, -1));
        // A section that ends with the job's work ends with the job, unless simultaneous events come in any order: then whoever is more urgent
        // and ready may get the core in between, and only a process that is non-preemptible throughout ends its job first.
        long last = actor.NonPreemptive ? work
            : ties != Ties.Any ? sections.Where(s => s.Level < 0 && s.Before + s.Length == work).Select(s => s.Length).DefaultIfEmpty(0).Max()
            : 0;
        return new Load(actor, work, separation, jitterLow, jitterHigh, [.. sections], last);
    }

    /// <summary>The most work of a statement; null if it does anything outside the class.</summary>
    private long? Work(BoundStatement statement, long before, List<Section> sections)
    {
        switch (statement)
        {
            case BoundStatement.Run { Duration: { High: { } high } duration } when duration.Low.IsConstant:
                return Ticks(high);
            case BoundStatement.Block block:
                long sum = 0;
                foreach (var part in block.Statements)
                {
                    if (Work(part, before + sum, sections) is not { } more) return null;
                    sum = checked(sum + more);
                }

                return sum;
            case BoundStatement.Lock { Mutex.Protocol: MutexProtocol.Ceiling } section:
                return Section(section.Body, before, section.Mutex.Ceiling, sections);
            case BoundStatement.NonPreemptive section:
                return Section(section.Body, before, -1, sections);
            case BoundStatement.MeasureBlock measure:
                return Work(measure.Body, before, sections);
            case BoundStatement.PassMark:
                return 0;
            default:
                return null;
        }
    }

    private long? Section(BoundStatement body, long before, int level, List<Section> sections)
    {
        if (Work(body, before, sections) is not { } length) return null;
        sections.Add(new Section(before, length, level));
        return length;
    }

    private long? Ticks(AffineTime time)
    {
        if (!time.IsConstant) return null;
        var ticks = time.Constant / tick;
        return ticks.IsInteger && ticks <= long.MaxValue / 8 ? (long)ticks.Numerator : null;
    }

    private static bool Constant(Model.Binding.Interval interval) => interval.Low.IsConstant && interval.High is null or { IsConstant: true };

    private static bool SharesMutexes(BoundSystem system, int core)
    {
        static IEnumerable<Model.Binding.Mutex> Locked(BoundStatement s) => s switch
        {
            BoundStatement.Lock l => Locked(l.Body).Prepend(l.Mutex),
            BoundStatement.Block b => b.Statements.SelectMany(Locked),
            BoundStatement.NonPreemptive n => Locked(n.Body),
            BoundStatement.MeasureBlock m => Locked(m.Body),
            _ => [],
        };
        var here = system.Actors.Where(a => a.Core == core).SelectMany(a => Locked(a.Body)).Select(m => m.Index).ToHashSet();
        return system.Actors.Where(a => a.Core != core).SelectMany(a => Locked(a.Body)).Any(m => here.Contains(m.Index));
    }
}
