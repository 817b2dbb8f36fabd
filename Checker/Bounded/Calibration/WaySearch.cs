using System.Collections.Immutable;
using Irekae.Model.Numbers;
using Irekae.Model.Semantics;

namespace Irekae.Checker.Bounded.Calibration;

/// <summary>
/// One way through the automaton, all durations and parameters open: the runs that take its moves in their order are the points of the set
/// that <see cref="Rows"/> describes, over parameters <c>p</c> and durations <c>d</c>.
/// </summary>
/// <param name="Values">Of the readings.</param>
/// <param name="Durations">Of each move, what its timers start with.</param>
internal sealed record Way(ImmutableArray<Row> Rows, ImmutableArray<Linear> Values, ImmutableArray<(Move Move, ImmutableArray<Linear> Durations)> Moves);

/// <summary>
/// All ways on which some run can be read, depth first. A timer's value is a linear expression; a move adds the rows that make its timer the next
/// to fire. A row that follows from those before is left out, and a way whose rows have no solution is left at once; both are asked of the solver.
/// </summary>
/// <param name="most">More ways than these are not looked at.</param>
internal sealed class WaySearch(Frame frame, ImmutableArray<Reading> readings, int depth, int most, Questions questions)
{
    private readonly List<Way> ways = [];
    private readonly Solver solver = questions.Open();
    private readonly Stack<Row> rows = new();
    private readonly Stack<(Move, ImmutableArray<Linear>)> moves = new();

    /// <summary>Some solutions of the rows so far: what one of them shows need not be asked.</summary>
    private ImmutableArray<ImmutableDictionary<string, Rational>> points = [ImmutableDictionary<string, Rational>.Empty];

    /// <summary>Ranges of the unknowns so far that do not depend on others; null: no end.</summary>
    private ImmutableDictionary<string, (Rational Low, Rational? High)> box = ImmutableDictionary<string, (Rational, Rational?)>.Empty;

    private sealed record State(Configuration Configuration, ImmutableArray<Linear> Values, ImmutableArray<Linear?> Read);

    /// <summary>Some way was left because it is longer than the depth.</summary>
    public bool Cut { get; private set; }

    /// <summary>Moves of the longest way.</summary>
    public int Longest { get; private set; }

    /// <exception cref="UnansweredException">There are too many, or time is up.</exception>
    public ImmutableArray<Way> Find()
    {
        using (solver)
        {
            var nothing = readings.Select(reading => reading.Total ? Linear.Zero : null).ToImmutableArray();
            foreach (var move in frame.System.Initial()) Take(null, move, nothing);
        }

        return [.. ways];
    }

    private void Take(State? before, Move move, ImmutableArray<Linear?> read)
    {
        int rowsBefore = rows.Count;
        var (pointsBefore, boxBefore) = (points, box);
        int pushed = 0;
        var passed = before is null || move.Timer < 0 ? Linear.Zero : before.Values[Place(before.Configuration, move.Timer)];
        bool possible = before is null || Guard(before, move, passed, ref pushed);
        if (possible)
        {
            var (values, started) = After(before, move, passed, ref pushed);
            moves.Push((move, started));
            Longest = Math.Max(Longest, moves.Count);
            foreach (var now in Readings(before, move, passed, read)) Continue(new State(move.Next, values, now), move);
            moves.Pop();
        }

        for (; pushed > 0; pushed--) solver.Pop();
        while (rows.Count > rowsBefore) rows.Pop();
        (points, box) = (pointsBefore, boxBefore);
    }

    private void Continue(State state, Move move)
    {
        bool whole = readings.Any(reading => reading.Total);
        bool all = state.Read.All(value => value is not null);
        if (all && !whole)
        {
            Add(state);
            return;
        }

        if (move.Stops) return;
        var next = frame.System.Moves(state.Configuration);
        if (next.Count == 0)
        {
            if (all) Add(state);
            return;
        }

        if (moves.Count >= depth)
        {
            if (frame.Whole) throw new UnansweredException($"there are runs of more than {depth} moves");
            Cut = true;
            return;
        }

        foreach (var one in next) Take(state, one, state.Read);
    }

    private void Add(State state)
    {
        if (ways.Count == most) throw new UnansweredException($"there are more than {most} ways to look at: --ways says how many are, and a smaller --depth has fewer");
        questions.Ways++;
        ways.Add(new Way([.. rows.Reverse()], [.. state.Read.Select(value => value!)], [.. moves.Reverse()]));
    }

    /// <summary>False: the timer cannot be the next to fire.</summary>
    private bool Guard(State before, Move move, Linear passed, ref int pushed)
    {
        if (move.Immediate && move.Timer >= 0 && !Add(new Row(Linear.Zero - passed, false), ref pushed)) return false;
        if (move.Timer >= 0 && !Add(new Row(passed, false), ref pushed)) return false;
        for (int i = 0; i < before.Values.Length; i++)
        {
            int timer = before.Configuration.Timers[i];
            if (before.Configuration.Rates[i] != TimerRate.Down || timer == move.Timer) continue;
            if (!Add(new Row(before.Values[i] - passed, move.StrictlyBefore.Contains(timer)), ref pushed)) return false;
        }

        return true;
    }

    private bool Add(Row row, ref int pushed)
    {
        if (row.Holds is { } known) return known;
        if (Least(row.Expression) is { } least && (row.Strict ? least.Sign > 0 : least.Sign >= 0)) return true;
        var on = points.RemoveAll(point => !row.Allows(name => point[name]));
        if (on.Length == points.Length && !Possible($"(not {Text(row)})")) return true;
        solver.Push();
        pushed++;
        solver.Assert(Text(row));
        rows.Push(row);
        if (on.IsEmpty)
        {
            if (!Ask()) return false;
            on = [box.Keys.ToImmutableDictionary(name => name, solver.Value)];
        }

        points = on;
        return true;
    }

    private bool Possible(string formula)
    {
        solver.Push();
        solver.Assert(formula);
        bool possible = Ask();
        solver.Pop();
        return possible;
    }

    /// <summary>No value is less; null: not known.</summary>
    private Rational? Least(Linear expression)
    {
        var sum = expression.Constant;
        foreach (var (name, factor) in expression.Terms)
        {
            var (low, high) = box[name];
            if (factor.Sign < 0 && high is null) return null;
            sum += factor * (factor.Sign > 0 ? low : high!.Value);
        }

        return sum;
    }

    private Rational? Most(Linear? expression) => expression is null ? null : -Least(Linear.Zero - expression);

    private static string Text(Row row) => row.Text(Form.Exact, name => name);

    private bool Ask() => questions.Ask(solver);

    private (ImmutableArray<Linear> Values, ImmutableArray<Linear> Started) After(State? before, Move move, Linear passed, ref int pushed)
    {
        var values = new Linear[move.Next.Timers.Length];
        for (int k = 0; k < values.Length; k++)
        {
            if (move.Sources[k] < 0) continue;
            int source = Place(before!.Configuration, move.Sources[k]);
            values[k] = before.Configuration.Rates[source] switch
            {
                TimerRate.Down => before.Values[source] - passed,
                TimerRate.Frozen => before.Values[source],
                _ => before.Values[source] + passed,
            };
        }

        var started = new Linear[move.Started.Length];
        foreach (int i in Enumerable.Range(0, started.Length).OrderBy(i => Kind(move.Started[i].Timer) == TimerKind.Parameter ? 0 : 1))
        {
            var (timer, interval) = move.Started[i];
            values[Place(move.Next, timer)] = started[i] = Kind(timer) == TimerKind.Clock ? Linear.Zero : Begins(timer, interval, ref pushed);
        }

        return ([.. values], [.. started]);
    }

    private Linear Begins(int timer, TickInterval interval, ref int pushed)
    {
        var low = Expression(interval.Low);
        var high = interval.High is { } bound ? Expression(bound) : null;
        if (high is not null && (high - low) is { IsConstant: true, Constant.Sign: 0 }) return low;
        var value = Linear.Unknown(Kind(timer) == TimerKind.Parameter ? $"p{timer}" : $"d{moves.Count}_{timer}");
        string name = value.Terms.Keys.Single();
        points = [.. points.Select(point => point.SetItem(name, low.At(known => point[known])))];
        box = box.SetItem(name, (Least(low) ?? 0, Most(high)));
        foreach (var row in high is null ? (Row[])[new Row(value - low, false)] : [new Row(value - low, false), new Row(high - value, false)])
        {
            solver.Push();
            pushed++;
            solver.Assert(Text(row));
            if (Kind(timer) != TimerKind.Parameter) rows.Push(row);
        }

        return value;
    }

    private static Linear Expression(TickBound bound) => bound.Terms.Aggregate(Linear.Of(new Rational(bound.Constant, bound.Denominator)), (sum, term) =>
        sum + new Linear(0, Linear.Zero.Terms.Add($"p{term.Timer}", new Rational(term.Factor, bound.Denominator))));

    /// <summary>What may have been read after the move: of several occurrences, any one is taken, or left for a later one.</summary>
    private IEnumerable<ImmutableArray<Linear?>> Readings(State? before, Move move, Linear passed, ImmutableArray<Linear?> read)
    {
        IEnumerable<ImmutableArray<Linear?>> all = [read];
        for (int k = 0; k < readings.Length; k++)
        {
            var reading = readings[k];
            int place = k;
            foreach (var ended in move.Ended.Where(e => e.Quantity == reading.Quantity))
            {
                var value = (ended.Clock < 0 ? Linear.Zero : before!.Values[Place(before.Configuration, ended.Clock)] + passed) - frame.Expression(reading.Beyond);
                all = reading.Total
                    ? all.Select(one => one.SetItem(place, one[place]! + value))
                    : all.SelectMany(one => one[place] is null ? (ImmutableArray<Linear?>[])[one.SetItem(place, value), one] : [one]);
            }
        }

        return all.ToList();
    }

    private static int Place(Configuration configuration, int timer) => Array.BinarySearch(configuration.Timers, timer);

    private TimerKind Kind(int timer) => frame.System.Timers[timer].Kind;
}
