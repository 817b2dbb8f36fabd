using Irekae.Model.Semantics;

namespace Irekae.Tests.Checker.BruteForce;

/// <summary>How far an enumeration goes.</summary>
/// <param name="States">Valued configurations.</param>
/// <param name="Open">Ticks above its low end at which an interval without end is cut.</param>
/// <param name="Clock">Ticks beyond which a clock is no longer followed.</param>
/// <param name="Refinement">Whole steps per tick.</param>
public sealed record Reach(int States, int Open, int Clock, int Refinement = 1);

/// <summary>
/// Every run of a system whose durations are whole, by depth-first search over configurations with one whole number per timer. Shares with the
/// rest of the program the moves and nothing else: what a move does to the numbers is written here once more, from semantics, section 4.
/// <para>Its runs are some of all dense runs. So a largest value found here is at most the true one and a smallest at least. They are the true ones
/// when <see cref="Faithful"/>: see there.</para>
/// </summary>
public sealed class WholeRuns
{
    private readonly TransitionSystem system;
    private readonly Reach reach;
    private readonly HashSet<Valued> seen = [];
    private readonly HashSet<Configuration> configurations = [];
    private readonly Dictionary<Configuration, IReadOnlyList<Move>> moves = [];
    private readonly Dictionary<Valued, List<Valued>> atOnce = [];
    private readonly Stack<Valued> open = new();

    private WholeRuns(TransitionSystem system, Reach reach)
    {
        this.system = system;
        this.reach = reach;
    }

    public int States => seen.Count;

    public IReadOnlyCollection<Configuration> Configurations => configurations;

    /// <summary>Of the first observed quantity, in steps; null: never seen.</summary>
    public long? Largest { get; private set; }

    /// <summary>Among occurrences that ended.</summary>
    public long? Smallest { get; private set; }

    /// <summary>A clock runs where nothing can act any more.</summary>
    public bool Endless { get; private set; }

    public HashSet<ViolationKind> Violations { get; } = [];

    /// <summary>Indices of the observation's conditions that fail somewhere.</summary>
    public HashSet<int> Failed { get; } = [];

    public bool Deadlock { get; private set; }

    /// <summary>A violation ended a run: what would have followed is not defined.</summary>
    public bool Stopped { get; private set; }

    /// <summary>Timers are counting down and no move can happen: time is stuck, which the semantics must never do.</summary>
    public Valued? Stuck { get; private set; }

    /// <summary>Some round of moves takes no time and can be repeated for ever.</summary>
    public bool TimeStops { get; private set; }

    /// <summary>More states than the limit: only a part was seen.</summary>
    public bool Truncated { get; private set; }

    /// <summary>An interval without end was cut, or a clock passed its limit.</summary>
    public bool Cut { get; private set; }

    /// <summary>A clock passed its limit.</summary>
    public bool ClockCut { get; private set; }

    /// <summary>A timer that was counting down was frozen with something left.</summary>
    public bool Froze { get; private set; }

    /// <summary>A move had to come strictly before some timer.</summary>
    public bool Strict { get; private set; }

    /// <summary>Some timer began in an interval of more than a point.</summary>
    public bool Chose { get; private set; }

    public bool Parametric { get; private set; }

    /// <summary>
    /// The extreme values and reachable configurations over whole runs are those over dense runs.
    /// <para>(1) No timer ever began in an interval of more than a point: by induction every instant of every run is whole, so there are no others.</para>
    /// <para>(2) All constraints are closed and no timer is ever frozen after it began to count. Fix the moves of a run and take its delays d ≥ 0 as
    /// unknowns. A timer that starts at move a with a first value in [l, h] and fires at b says l ≤ d(a) + … + d(b) ≤ h, one that has not fired by b
    /// (and may yet, or is dropped) says d(a) + … + d(b) ≤ h, and a clock reads such a sum. Every row has consecutive ones, so the matrix is totally
    /// unimodular. With whole l and h the polyhedron of this path has whole vertices, and a clock attains its extremes at one of them, since
    /// delays are bounded when no interval was cut. The same shows that a path which is possible at all is possible with whole delays, hence
    /// the configurations; and there are finitely many whole states, hence rounds that take no time.</para>
    /// <para>With strict constraints only (1) helps: a vertex may lie on an excluded face. With freezing a timer sums over several separate stretches
    /// and vertices may be fractions. A parameter is a timer that many intervals share, which breaks consecutive ones.</para>
    /// </summary>
    public bool Faithful => !Truncated && !Cut && (!Chose || (!Strict && !Froze && !Parametric));

    public static WholeRuns Of(TransitionSystem system, Reach reach)
    {
        var runs = new WholeRuns(system, reach);
        runs.Enumerate();
        return runs;
    }

    private void Enumerate()
    {
        foreach (var move in system.Initial()) Follow(null, move);
        while (open.TryPop(out var state))
        {
            if (seen.Count > reach.States)
            {
                Truncated = true;
                return;
            }

            Expand(state);
        }

        TimeStops = Violations.Contains(ViolationKind.TimeStops) || RoundAtOnce();
    }

    /// <summary>A cycle of moves without time: what is left when moves into nothing are taken away again and again.</summary>
    private bool RoundAtOnce()
    {
        var into = new Dictionary<Valued, int>();
        foreach (var target in atOnce.Values.SelectMany(t => t)) into[target] = into.GetValueOrDefault(target) + 1;
        var free = new Stack<Valued>(atOnce.Keys.Where(s => !into.ContainsKey(s)));
        int left = atOnce.Count;
        while (free.TryPop(out var state))
        {
            if (!atOnce.TryGetValue(state, out var targets)) continue;
            left--;
            foreach (var target in targets)
                if (--into[target] == 0) free.Push(target);
        }

        return left > 0;
    }

    private void Expand(Valued state)
    {
        var configuration = state.Configuration;
        if (configurations.Add(configuration)) moves[configuration] = system.Moves(configuration);
        var possible = moves[configuration];
        if (possible.Count == 0)
        {
            Deadlock |= !system.Waiting(configuration).IsEmpty;
            Endless |= configuration.Timers.Any(t => system.Timers[t].Kind == TimerKind.Clock);
            return;
        }

        bool any = false;
        foreach (var move in possible)
        {
            if (!Possible(state, move)) continue;
            any = true;
            Follow(state, move);
        }

        if (!any) Stuck ??= state;
    }

    private static bool Possible(Valued state, Move move)
    {
        long delay = Delay(state, move);
        if (move.Immediate && delay != 0) return false;
        for (int i = 0; i < state.Values.Length; i++)
            if (state.Configuration.Rates[i] == TimerRate.Down && state.Values[i] < delay) return false;
        foreach (int other in move.StrictlyBefore)
            if (state.Values[Array.IndexOf(state.Configuration.Timers, other)] <= delay) return false;
        return true;
    }

    private static long Delay(Valued state, Move move) => move.Timer < 0 ? 0 : state.Values[Array.IndexOf(state.Configuration.Timers, move.Timer)];

    private void Follow(Valued? state, Move move)
    {
        long delay = state is null ? 0 : Delay(state, move);
        if (move.StrictlyBefore.Length > 0) Strict = true;
        Read(state, move, delay);
        foreach (var violation in move.Violations) Violations.Add(violation.Kind);
        Failed.UnionWith(move.FailedConditions);
        if (move.Stops)
        {
            Stopped = true;
            configurations.Add(move.Next);
            moves[move.Next] = [];
            return;
        }

        var timers = move.Next.Timers;
        var values = new long[timers.Length];
        for (int i = 0; i < timers.Length; i++)
        {
            if (move.Sources[i] < 0) continue;
            int place = Array.IndexOf(state!.Configuration.Timers, move.Sources[i]);
            int rate = (int)state.Configuration.Rates[place];
            values[i] = state.Values[place] + rate * delay;
            bool counts = system.Timers[timers[i]].Kind != TimerKind.Clock;
            if (counts && rate < 0 && move.Next.Rates[i] == TimerRate.Frozen) Froze = true;
            if (!counts && values[i] > (long)reach.Clock * reach.Refinement)
            {
                Cut = ClockCut = true;
                return;
            }
        }

        var started = move.Started.OrderBy(s => system.Timers[s.Timer].Kind == TimerKind.Parameter ? 0 : 1).ToList();
        Choose(delay == 0 ? state : null, move, values, started, 0);
    }

    /// <summary>Every combination of whole first values of the timers that begin.</summary>
    /// <param name="before">The state before a move that takes no time.</param>
    private void Choose(Valued? before, Move move, long[] values, List<Started> started, int next)
    {
        if (next == started.Count)
        {
            var state = new Valued(move.Next, (long[])values.Clone());
            if (seen.Add(state)) open.Push(state);
            if (before is null) return;
            if (!atOnce.TryGetValue(before, out var targets)) atOnce.Add(before, targets = []);
            targets.Add(state);
            return;
        }

        var (timer, interval) = started[next];
        int place = Array.IndexOf(move.Next.Timers, timer);
        Parametric |= !interval.Low.Terms.IsEmpty || system.Timers[timer].Kind == TimerKind.Parameter;
        long low = Bound(interval.Low, move, values, up: true);
        long high;
        if (interval.High is null)
        {
            Cut = true;
            high = low + (long)reach.Open * reach.Refinement;
        }
        else
        {
            high = Bound(interval.High, move, values, up: false);
        }

        Chose |= high > low;
        for (long value = low; value <= high; value++)
        {
            values[place] = value;
            Choose(before, move, values, started, next + 1);
        }
    }

    private long Bound(TickBound bound, Move move, long[] values, bool up)
    {
        long sum = bound.Constant * reach.Refinement;
        foreach (var (timer, factor) in bound.Terms) sum += factor * values[Array.IndexOf(move.Next.Timers, timer)];
        long quotient = Math.DivRem(sum, bound.Denominator, out long rest);
        return rest == 0 ? quotient : up ? quotient + 1 : quotient;
    }

    private void Read(Valued? state, Move move, long delay)
    {
        foreach (var ended in move.Ended)
        {
            long value = ended.Clock < 0 ? 0 : state!.Values[Array.IndexOf(state.Configuration.Timers, ended.Clock)] + delay;
            Smallest = Math.Min(Smallest ?? value, value);
            Largest = Math.Max(Largest ?? value, value);
        }

        if (state is null) return;
        for (int i = 0; i < state.Values.Length; i++)
            if (system.Timers[state.Configuration.Timers[i]].Kind == TimerKind.Clock)
                Largest = Math.Max(Largest ?? 0, state.Values[i] + delay);
    }
}

/// <summary>A configuration with one whole number per timer, in the order of its timers.</summary>
public sealed class Valued(Configuration configuration, long[] values) : IEquatable<Valued>
{
    private readonly int hash = Hash(configuration, values);

    public Configuration Configuration { get; } = configuration;

    public long[] Values { get; } = values;

    public bool Equals(Valued? other) => other is not null && hash == other.hash && Configuration.Equals(other.Configuration) && Values.AsSpan().SequenceEqual(other.Values);

    public override bool Equals(object? obj) => Equals(obj as Valued);

    public override int GetHashCode() => hash;

    private static int Hash(Configuration configuration, long[] values)
    {
        var code = default(HashCode);
        code.Add(configuration);
        foreach (long value in values) code.Add(value);
        return code.ToHashCode();
    }
}
