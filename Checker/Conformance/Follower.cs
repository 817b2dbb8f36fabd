using Irekae.Checker.Explore;
using Irekae.Checker.Explore.Polyhedra;
using Irekae.Model.Semantics;

namespace Irekae.Checker.Conformance;

/// <summary>
/// Follows a trace through a system: all runs at once that show what the trace shows, in its order, each thing at its time.
/// <code>
///     waiting (q, P, place)  →  each move of q   whose events that can be seen are met in the trace, within their times
///                               (of one that shows nothing: before the next thing shown is over)
///                            →  no move          where a core has changed hands in the trace, and whoever it says has the core in q
///     place at the end       →  the trace is one of a run
///     nothing waits          →  it is not: no run shows the first thing that no state has met
/// </code>
/// That somebody has a core is seen as long as time passes: time passes in q only while the trace says that the same have the cores as in q. So a process that has a core
/// for no time need not be seen, and one that the trace shows for less than it can tell need not be there. Other events are met one by one; those of one
/// actor in their order, those of different actors in any order where their times allow the same instant.
/// <para>
/// Sets are exact (<see cref="Values"/>). A set inside another at the same configuration and place needs no look, so that moves that show nothing can go
/// round; where they lead on for ever, a limit ends it, and the answer is unknown. The clock counts from the time stamp that is next, so that numbers stay small, and what
/// lies far back is forgotten: memory does not grow with the trace.
/// </para>
/// </summary>
internal sealed class Follower
{
    /// <summary>Things shown to a block of history.</summary>
    public const int Block = 64;

    private const int Ring = 256, Few = 8;

    private readonly Graph graph;
    private readonly Ahead ahead;
    private readonly TimeScale scale;
    private readonly long before, after;
    private readonly Budget budget;
    private readonly int blocks;
    private readonly Bucket[] buckets = [.. Enumerable.Range(0, Ring).Select(_ => new Bucket())];
    private readonly Queue<(long Next, List<State> Entered)> history = [];
    private readonly List<(ulong Met, long? Low, long? High)> ways = [];
    private (long Next, List<State> Entered) block = (0, []);
    private long present, farthest;

    /// <param name="resolution">In units.</param>
    /// <param name="window">Things shown of which the history is kept, at least.</param>
    public Follower(Graph graph, Ahead ahead, TimeScale scale, (long Before, long After) resolution, int window, Budget budget)
    {
        (this.graph, this.ahead, this.scale, this.budget) = (graph, ahead, scale, budget);
        (before, after) = resolution;
        blocks = Math.Max(2, (window / Block) + 1);
    }

    public long States { get; private set; }

    public int MostAtOnce { get; private set; }

    /// <summary>States that have met the whole trace.</summary>
    public List<State> Arrived { get; } = [];

    /// <summary>Go on when some state has arrived: all of them are wanted, and what follows in the same instant.</summary>
    public bool All { get; init; }

    /// <summary>So many things of the trace may have been at one instant that not all orders of them were looked at: that nothing goes on means nothing then.</summary>
    public bool Crowded { get; private set; }

    /// <summary>So many things are looked at that may be at one instant.</summary>
    public const int Farthest = 64;

    /// <summary>Called at every block of the trace with how many things have been met.</summary>
    public Action<long>? Report { get; init; }

    /// <summary>Where nothing goes on: the place of the thing that was not met.</summary>
    public long Stuck => farthest;

    /// <summary>The states that were there last.</summary>
    public IReadOnlyList<State> Ended => buckets[farthest % Ring].States;

    /// <summary>A place where a run may be when the trace begins.</summary>
    public void Begin(Spot spot, Values values)
    {
        var state = new State(spot, values, 0, 0, Signals(Observed.Unsaid), null, null, default);
        Enter(state);
        block.Entered.Add(state);
    }

    /// <summary>A state of an earlier following, in this one's graph.</summary>
    public void GoOn(State like, Spot spot, Values values) => Enter(new State(spot, values, like.Next, like.Beyond, like.Signals, null, null, default));

    /// <summary>The beginning of a run, at which the clock has these values.</summary>
    public void BeginRun(Values values)
    {
        int[] signals = Signals(-1);
        var start = new State(new Spot(null, signals), values, 0, 0, signals, null, null, default);
        foreach (var step in graph.Beginnings()) Take(start, step, atOnce: false);
    }

    /// <summary>Who has the cores before the trace begins: as the first changes of hands tell, where they do and are not far.</summary>
    private int[] Signals(int otherwise)
    {
        int[] signals = new int[graph.System.System.Machine.Cores];
        Array.Fill(signals, otherwise);
        var told = new HashSet<int>();
        for (int k = 0; k < Farthest && ahead.At(k) is { } shown; k++)
            if (shown.Core >= 0 && told.Add(shown.Core) && shown.Before != Observed.Unsaid) signals[shown.Core] = shown.Before;
        return signals;
    }

    /// <returns>Why it was not followed to the end; null: it was, or no run shows it.</returns>
    public string? Follow(long from = 0)
    {
        (present, farthest, block) = (from, Math.Max(from, farthest), (from, block.Entered));
        while (true)
        {
            var bucket = buckets[present % Ring];
            for (int i = 0; i < bucket.States.Count; i++)
            {
                var state = bucket.States[i];
                if (state.Covered) continue;
                if (Arrived.Count > 0 && !All) return null;
                if (budget.Exhausted(States) is { } reason) return reason;
                Expand(state);
            }

            MostAtOnce = Math.Max(MostAtOnce, bucket.States.Count);
            long next = present + 1;
            while (next < present + Ring && buckets[next % Ring].States.Count == 0) next++;
            if (next == present + Ring) return null;
            bucket.Clear();
            Advance(next);
        }
    }

    /// <summary>The states with which the history begins that is kept, or one that is nearer, so many things shown before the end at least.</summary>
    public (long Next, List<State> Entered)? HistoryBefore(long place, int least) =>
        history.Append(block).Where(b => b.Next <= place - least && b.Entered.Count > 0).Select(b => ((long, List<State>)?)b).LastOrDefault();

    /// <summary>The states with which the history begins that is kept; null: with the beginning.</summary>
    public (long Next, List<State> Entered)? FirstHistory => history.Append(block).First() is { Entered.Count: > 0 } first ? first : null;

    private void Advance(long next)
    {
        present = next;
        if (next / Block == block.Next / Block) return;
        history.Enqueue(block);
        block = (next, [.. buckets.SelectMany(bucket => bucket.States)]);
        if (history.Count > blocks)
        {
            history.Dequeue();
            foreach (var state in history.Peek().Entered) state.Parent = null;
            ahead.Forget(history.Peek().Next);
        }

        Report?.Invoke(next);
    }

    private void Expand(State state)
    {
        if (ahead.At(state.Next + Farthest) is { } far && Low(state, far) <= after) Crowded = true;
        foreach (int core in graph.Sight.Looked) Meet(state, core);
        // At the end of the trace it is only asked what else belongs to that instant.
        bool atOnce = Hurries(state) || ahead.At(state.Next) is null;
        foreach (var step in graph.StepsOf(state.Spot)) Take(state, step, atOnce);
    }

    /// <summary>
    /// No time may pass: others have the cores than the trace says, or something was met before what has an earlier time stamp, which has to follow in the same instant.
    /// </summary>
    public bool Hurries(State state)
    {
        if (state.Beyond != 0 && ahead.At(state.Next) is { } next && ahead.At(state.Last)!.Time > next.Time) return true;
        foreach (int core in graph.Sight.Looked)
            if (state.Signals[core] != Observed.Unsaid && state.Signals[core] != state.Spot.Occupants[core]) return true;
        return false;
    }

    /// <summary>The core has changed hands in the trace, once or several times at once, and is now whose the trace says.</summary>
    private void Meet(State state, int core)
    {
        ulong met = 0;
        (long? low, long? high) = (null, null);
        for (int k = 0; k < Farthest && ahead.At(state.Next + k) is { } shown; k++)
        {
            if (Low(state, shown) > (high ?? after)) return;
            if (shown.Core != core || state.Met(state.Next + k)) continue;
            (low, high) = (Later(low, Low(state, shown)), Earlier(high, High(state, shown)));
            if (low > high) return;
            met |= 1UL << k;
            if (shown.Occupant != state.Spot.Occupants[core]) continue;
            var (next, beyond) = Met(state, met);
            int[] signals = [.. state.Signals];
            signals[core] = shown.Occupant;
            var window = new Window(low, high, AtOnce: true, Shift(state, next));
            if (state.Values.Within(state.Spot, window) is { } values) Enter(new State(state.Spot, values, next, beyond, signals, state, null, window));
        }
    }

    private void Take(State state, Step step, bool atOnce)
    {
        ways.Clear();
        Match(state, step.Seen, 0, 0, null, ahead.At(state.Next) is null ? null : after);
        foreach (var (met, low, high) in ways)
        {
            var (next, beyond) = Met(state, met);
            int hurried = -1;
            var (least, most) = atOnce || met != 0 ? (low, high) : UntilSeen(state, step, low, high, out hurried);
            var window = new Window(least, most, atOnce, Shift(state, next));
            if (least > most || state.Values.After(step, window) is not { } values) continue;
            var after = new State(step.To, values, next, beyond, state.Signals, state, step, window);
            if (hurried < 0) Enter(after);
            else Meet(after, hurried);
        }
    }

    /// <summary>
    /// A move after which others have the cores than the trace says is one that the trace shows, at its time: unless in the same instant another follows.
    /// </summary>
    /// <param name="core">Which core the trace has to tell of at once, so that nothing else can follow; −1: none.</param>
    private (long? Low, long? High) UntilSeen(State state, Step step, long? low, long? high, out int core)
    {
        core = -1;
        if (graph.System.Ties == Model.Binding.Ties.Batch) return (low, high);
        var (least, most) = (low, high);
        int found = -1;
        foreach (int other in graph.Sight.Looked)
        {
            if (state.Signals[other] == Observed.Unsaid || state.Signals[other] == step.To.Occupants[other]) continue;
            var shown = First(state, other);
            if (shown is null || state.Values.MayGoOnAtOnce(step, Low(state, shown), included: false)) return (low, high);
            (least, most, found) = (Later(least, Low(state, shown)), Earlier(most, High(state, shown)), other);
        }

        if (found >= 0 && most is { } end && !state.Values.MayGoOnAtOnce(step, end, included: true)) core = found;
        return (least, most);
    }

    /// <summary>What the trace shows of a core next; null: nothing, for long.</summary>
    private Observed? First(State state, int core)
    {
        for (int k = 0; k < Farthest && ahead.At(state.Next + k) is { } shown; k++)
            if (shown.Core == core && !state.Met(state.Next + k)) return shown;
        return null;
    }

    /// <summary>The ways to meet the events that a move shows.</summary>
    private void Match(State state, Event[] seen, int k, ulong met, long? low, long? high)
    {
        if (low > high) return;
        if (k == seen.Length)
        {
            if (!ways.Contains((met, low, high))) ways.Add((met, low, high));
            return;
        }

        // The next of whoever does it, and the next of which nobody is said to do it.
        bool own = false, nobodys = false;
        for (int i = 0; i < Farthest && !(own && nobodys) && ahead.At(state.Next + i) is { } shown; i++)
        {
            if (Low(state, shown) > (high ?? after)) break;
            if (shown.Core >= 0 || state.Met(state.Next + i) || (met >> i & 1) != 0) continue;
            bool isOwn = shown.Stream == seen[k].A;
            if (!isOwn && shown.Stream >= 0) continue;
            if (isOwn ? own : nobodys) continue;
            (own, nobodys) = (own || isOwn, nobodys || !isOwn);
            if (shown.Pattern.Matches(seen[k])) Match(state, seen, k + 1, met | (1UL << i), Later(low, Low(state, shown)), Earlier(high, High(state, shown)));
        }

        if (graph.Sight.MayMiss(seen[k])) Match(state, seen, k + 1, met, low, high);
    }

    private void Enter(State state)
    {
        var bucket = buckets[state.Next % Ring];
        if (!bucket.Add(state)) return;
        States++;
        farthest = Math.Max(farthest, state.Next);
        if (state.Next > 0 && ahead.At(state.Next) is null) Arrived.Add(state);
    }

    /// <summary>Bit k of what was met is the thing k after the next.</summary>
    private static (long Next, ulong Beyond) Met(State state, ulong met)
    {
        // All from the next on, in 128 bits: the next itself is not met yet.
        var all = ((UInt128)state.Beyond << 1) | met;
        long next = state.Next;
        while ((all & 1) != 0)
        {
            all >>= 1;
            next++;
        }

        return (next, (ulong)(all >> 1));
    }

    private long Shift(State state, long next) =>
        next == state.Next || ahead.At(state.Next) is not { } from ? 0 : scale.Of((ahead.At(next) ?? ahead.At(next - 1)!).Time - from.Time);

    private long Low(State state, Observed shown) => scale.Of(shown.Time - ahead.At(state.Next)!.Time) - before;

    private long High(State state, Observed shown) => scale.Of(shown.Time - ahead.At(state.Next)!.Time) + after;

    private static long Later(long? a, long b) => a is { } known ? Math.Max(known, b) : b;

    private static long Earlier(long? a, long b) => a is { } known ? Math.Min(known, b) : b;

    /// <summary>The states of one place of the trace. None holds another.</summary>
    private sealed class Bucket
    {
        private Dictionary<(Spot, ulong), List<State>>? sorted;

        public List<State> States { get; } = [];

        public bool Add(State state)
        {
            if (States.Count < Few)
            {
                foreach (var other in States)
                    if (ReferenceEquals(other.Spot, state.Spot) && other.Beyond == state.Beyond && Covers(other, state)) return false;
            }
            else
            {
                if (sorted is null)
                {
                    sorted = [];
                    foreach (var known in States) Sorted(known).Add(known);
                }

                var alike = Sorted(state);
                foreach (var other in alike)
                    if (!other.Covered && Covers(other, state)) return false;
                foreach (var other in alike)
                    if (!other.Covered && Covers(state, other)) other.Covered = true;
                alike.Add(state);
            }

            States.Add(state);
            return true;
        }

        public void Clear()
        {
            States.Clear();
            sorted = null;
        }

        private List<State> Sorted(State state)
        {
            if (!sorted!.TryGetValue((state.Spot, state.Beyond), out var alike)) sorted.Add((state.Spot, state.Beyond), alike = []);
            return alike;
        }

        private static bool Covers(State outer, State inner) => outer.Signals.AsSpan().SequenceEqual(inner.Signals) && outer.Values.Includes(inner.Values);
    }
}
