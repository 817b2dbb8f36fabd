using System.Collections.Immutable;
using Irekae.Checker.Explore;
using Irekae.Model.Binding;
using Irekae.Model.Numbers;
using Irekae.Model.Semantics;

namespace Irekae.Checker.Conformance;

/// <summary>Something that the system could have shown where the trace goes another way.</summary>
/// <param name="From">Nanoseconds on the trace's clock; null: at any time so far.</param>
/// <param name="To">Null: at any time from then on.</param>
/// <param name="Expected">The very thing that the trace shows, at another time.</param>
internal sealed record Possible(string What, Rational? From, Rational? To, bool Expected);

/// <summary>A change of durations with which the trace is explained up to the thing that was not.</summary>
/// <param name="What">The duration, or all of them.</param>
/// <param name="Interval">As specified, in nanoseconds; null: it is not a plain interval, or these are several.</param>
/// <param name="Changed">As it would have to be; a high end of null is none.</param>
/// <param name="By">Nanoseconds.</param>
/// <param name="Attained">False: by anything more than that.</param>
internal sealed record Change(string What, (Rational Low, Rational? High)? Interval, (Rational Low, Rational? High)? Changed, Rational By, bool Longer, bool Attained);

/// <summary>Whether a trace is one of a run.</summary>
internal abstract record ConformanceResult
{
    /// <param name="Witness">Null: its numbers are too large for the interpreter.</param>
    public sealed record Conforms(Witness? Witness) : ConformanceResult;

    /// <param name="At">The first thing shown that no run explains.</param>
    /// <param name="Changes">The smallest first.</param>
    /// <param name="Looked">Null: changes were looked for in the whole trace; else only from this line on.</param>
    /// <param name="Unfinished">Why some changes are not known; else null.</param>
    public sealed record Refuted(Observed At, ImmutableArray<Possible> Possible, ImmutableArray<Change> Changes, long? Looked, string? Unfinished) : ConformanceResult;

    public sealed record Unknown(string Why) : ConformanceResult;
}

/// <summary>How much was done.</summary>
/// <param name="Records">Of the trace, and how many of them show something.</param>
/// <param name="ForChanges">States that were looked at besides, for changes of durations.</param>
internal sealed record ConformanceCount(long Records, long Shown, long States, int MostAtOnce, int Configurations, long ForChanges, TimeSpan Elapsed);

/// <param name="Window">Things shown of which a witness tells, at least.</param>
/// <param name="ForChanges">How long changes of durations are looked for; null: they are not.</param>
internal sealed record ConformanceOptions(ImmutableArray<Fault> Faults, Limits Limits, int Window, TimeSpan? ForChanges)
{
    public const int UsualWindow = 1000;

    public static readonly TimeSpan UsualForChanges = TimeSpan.FromSeconds(4);
}

/// <summary>Decides whether a trace is one of a run of a system.</summary>
internal sealed class Conforming
{
    private readonly Mapping mapping;
    private readonly ConformanceOptions options;
    private readonly CancellationToken cancel;
    private readonly TransitionSystem system;
    private readonly Sight sight;
    private readonly TimeScale scale;
    private readonly (long Before, long After) resolution;
    private readonly Dictionary<Configuration, IReadOnlyList<Move>> moves = [];
    private readonly Ahead ahead;
    private readonly Func<(long, long)> counted;

    /// <param name="counted">Records read so far, and how many of them show something.</param>
    public Conforming(BoundSystem bound, Mapping mapping, IEnumerable<Observed> shown, Func<(long, long)> counted, (long Before, long After) resolution, ConformanceOptions options, CancellationToken cancel)
    {
        (this.mapping, this.options, this.cancel, this.counted) = (mapping, options, cancel, counted);
        sight = new Sight(bound, mapping);
        system = TransitionSystem.Compile(bound, Observation.Nothing with { Faults = options.Faults, Seen = sight.Sees });
        scale = new TimeScale(system.Tick);
        this.resolution = (scale.Of(resolution.Before), scale.Of(resolution.After));
        ahead = new Ahead(shown.GetEnumerator());
    }

    /// <summary>On which line of the trace something is shown that is still kept.</summary>
    public long LineOf(long place) => (ahead.At(place) ?? ahead.At(place - 1))!.Line;

    public ConformanceCount Count { get; private set; } = new(0, 0, 0, 0, 0, 0, TimeSpan.Zero);

    /// <param name="report">Is told how many things have been met.</param>
    /// <exception cref="Traces.TraceException">The trace cannot be read.</exception>
    public ConformanceResult Decide(Action<long>? report = null)
    {
        var budget = new Budget(options.Limits, cancel);
        var graph = new Graph(system, sight, scale.PerTick, null, moves, cancel);
        var follower = new Follower(graph, ahead, scale, resolution, options.Window, budget) { Report = report };
        try
        {
            if (ahead.At(0) is not { } first)
            {
                Tell();
                return new ConformanceResult.Unknown("nothing in the trace is named by the mapping");
            }

            string? stopped = Starting.Begin(follower, graph, mapping, first, scale, options.Limits, cancel) ?? follower.Follow();
            Tell();
            if (stopped is not null) return new ConformanceResult.Unknown($"{stopped}, at line {ahead.At(follower.Stuck)?.Line ?? 0} of the trace");
            if (follower.Arrived.Count > 0) return Conforms(follower, graph);
            return follower.Crowded
                ? new ConformanceResult.Unknown($"more than {Follower.Farthest} events may be at one instant, before line {ahead.At(follower.Stuck)!.Line} of the trace: say a finer resolution")
                : Refuted(follower, graph, budget);
        }
        catch (CrowdedInstantException crowded)
        {
            Tell();
            return new ConformanceResult.Unknown(crowded.Message);
        }
        catch (ArithmeticException)
        {
            Tell();
            return new ConformanceResult.Unknown($"a number of a set left 64 bits, at line {ahead.At(follower.Stuck)?.Line ?? 0} of the trace");
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            Tell();
            return new ConformanceResult.Unknown("interrupted");
        }

        void Tell()
        {
            var (records, shown) = counted();
            Count = new ConformanceCount(records, shown, follower.States, follower.MostAtOnce, graph.Count, 0, budget.Elapsed);
        }
    }

    private ConformanceResult.Conforms Conforms(Follower follower, Graph graph)
    {
        var path = follower.Arrived[0].Path();
        var witness = new Witnessing(graph, scale).Of(path, StampOf);
        if (witness is null) return new ConformanceResult.Conforms(null);
        var stretch = path[^1].MetSince(path[0]).Select(place => ahead.At(place)!).ToList();
        var complaint = new Rereading(witness, sight, (resolution.Before * scale.Unit, resolution.After * scale.Unit), stretch).Complaint();
        return complaint is null ? new ConformanceResult.Conforms(witness) : throw new UnreplayableException($"read again, it does not show the trace: {complaint}");
    }

    private ConformanceResult.Refuted Refuted(Follower follower, Graph graph, Budget budget)
    {
        var at = ahead.At(follower.Stuck)!;
        var possible = Alternatives.Of(follower.Ended.Where(state => !state.Covered && !follower.Hurries(state)), graph, at, StampOf, scale);
        if (options.ForChanges is not { } time) return new ConformanceResult.Refuted(at, possible, [], null, "changes of durations were not looked for");
        var repairing = new Repairing(system, sight, mapping, scale, resolution, ahead, moves, options.Limits with { Time = options.Limits.Time is { } most && most < time ? most : time }, cancel);
        var (changes, from, unfinished) = repairing.Find(follower);
        Count = Count with { ForChanges = repairing.States, Elapsed = budget.Elapsed };
        return new ConformanceResult.Refuted(at, possible, changes, from, unfinished);
    }

    /// <summary>Nanoseconds of the time stamp from which the clock of a state counts.</summary>
    private long StampOf(State state) => (ahead.At(state.Next) ?? ahead.At(state.Next - 1)!).Time;
}
