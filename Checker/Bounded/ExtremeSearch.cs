using Irekae.Model.Numbers;
using Irekae.Model.Semantics;

namespace Irekae.Checker.Bounded;

/// <summary>
/// The largest (smallest) value of a quantity over all runs of at most so many moves. At each depth: is there a run whose last move reads a
/// clock larger than the largest value so far? If so, the supremum of that run's way is the next value to beat; ways are finitely many, so this
/// ends. While the value to beat is only approached, equal is asked for as well: some other way may attain it.
/// <code>
///     largest    read at every move while the clock runs         value =   t − v
///     smallest   read where an occurrence ends                   value = −(t − v)      so that larger is always what is looked for
/// </code>
/// </summary>
/// <param name="beyond">In ticks: what a run that shows an endless quantity is to pass.</param>
internal sealed class ExtremeSearch(Unrolling unrolling, bool largest, Rational? beyond, Questions questions)
{
    private sealed record Reading(Passage Passage, int Clock);

    private TransitionSystem System => unrolling.System;

    /// <summary>In ticks; null: nothing was read.</summary>
    public Rational? Best => best is { } b ? largest ? b : -b : null;

    private Rational? best;

    public bool Attained { get; private set; }

    /// <summary>Attains the best value, or is nearer to it than a tick.</summary>
    public Run? Witness { get; private set; }

    public bool Endless { get; private set; }

    /// <summary>Judges the runs that end with the last layer. Afterwards none of its readings beats the best.</summary>
    /// <exception cref="UnansweredException">The solver did not answer.</exception>
    public void Look()
    {
        var layer = unrolling.Last;
        while (!Endless && Beating(layer) is var readings && readings.Count > 0)
        {
            if (!Improve(layer.Depth, readings)) break;
        }

        if (largest && !Endless) LookForRest(layer);
    }

    /// <summary>Readings that the bounds known beforehand do not rule out.</summary>
    private List<Reading> Beating(Layer layer)
    {
        var readings = new List<Reading>();
        foreach (var passage in layer.Passages)
        {
            foreach (int clock in Clocks(passage))
            {
                var reading = new Reading(passage, clock);
                if (best is not { } b || Ceiling(reading) is not { } ceiling || ceiling > b || (ceiling == b && !Attained)) readings.Add(reading);
            }
        }

        return readings;
    }

    /// <summary>The clocks that are read; −1 is one that began and ended in the same move.</summary>
    private IEnumerable<int> Clocks(Passage passage)
    {
        var ended = passage.Move.Ended.Select(e => e.Clock);
        return largest ? ended.Where(c => c < 0).Concat(passage.From?.Configuration.Timers.Where(t => System.Timers[t].Kind == TimerKind.Clock) ?? []) : ended;
    }

    /// <summary>No value of this reading is larger; null: not known.</summary>
    private Rational? Ceiling(Reading reading)
    {
        if (reading.Clock < 0) return Rational.Zero;
        var (configuration, zone) = (reading.Passage.From!.Configuration, reading.Passage.From.Zone);
        int clock = Array.BinarySearch(configuration.Timers, reading.Clock) + 1;
        int fires = reading.Passage.Move.Timer < 0 ? 0 : Array.BinarySearch(configuration.Timers, reading.Passage.Move.Timer) + 1;
        long bound = largest ? zone[fires, clock] : zone[clock, fires];
        return bound >= Zone.Endless ? null : new Rational(bound);
    }

    private string Term(Reading reading)
    {
        if (reading.Clock < 0) return "0";
        string now = Encoding.Time(reading.Passage.Depth), began = unrolling.Encoding.Name(reading.Passage.Depth - 1, reading.Clock);
        return largest ? $"(- {now} {began})" : $"(- {began} {now})";
    }

    /// <summary>False: no run of this depth beats the best.</summary>
    private bool Improve(int depth, List<Reading> readings)
    {
        using var solver = new Solver();
        solver.Assert([.. unrolling.Leading(readings.Select(r => r.Passage))]);
        string relation = Attained ? ">" : ">=";
        solver.Assert(Encoding.Or(readings.Select(r =>
            best is { } b ? $"(and {Encoding.Taken(r.Passage)} ({relation} {Term(r)} {Encoding.Number(b)}))" : Encoding.Taken(r.Passage))));
        string asked = best is null ? "reads the quantity" : $"reads {(largest ? "at least" : "at most")} {Best} ticks{(Attained ? ", not exactly that" : "")}";
        if (!questions.Ask(solver, depth, $"Is there a run of {depth} moves whose last {asked}?")) return false;
        var reading = readings.First(r => solver.Holds(Encoding.Taken(r.Passage)) && (best is not { } b || (Attained ? Value(solver, r) > b : Value(solver, r) >= b)));
        Climb(Trace.Found(unrolling.Encoding, solver, reading.Passage), reading, Value(solver, reading));
        return true;
    }

    private Rational Value(Solver solver, Reading reading)
    {
        if (reading.Clock < 0) return Rational.Zero;
        var time = solver.Value(Encoding.Time(reading.Passage.Depth)) - solver.Value(unrolling.Encoding.Name(reading.Passage.Depth - 1, reading.Clock));
        return largest ? time : -time;
    }

    private void Climb(Trace way, Reading reading, Rational known)
    {
        string term = Term(reading);
        var summit = reading.Clock < 0 ? known : new Summit(way.Formulas, way.Depth, term, questions).Of(known, Ceiling(reading));
        using var solver = new Solver();
        solver.Assert([.. way.Formulas(Form.Exact)]);
        if (summit is not { } top)
        {
            Endless = true;
            Show(solver, way, reading, $"(> {term} {Encoding.Number(beyond ?? new Rational(SpecTimes.Of(System).Largest) * 2)})");
            return;
        }

        bool attains = Show(solver, way, reading, $"(>= {term} {Encoding.Number(top)})");
        if (!attains) Show(solver, way, reading, $"(> {term} {Encoding.Number(Rational.Max(top - 1, (best ?? top) - 1))})");
        (best, Attained) = (top, attains);
    }

    /// <summary>A run of this way, replayed, with the clock as the solver has it.</summary>
    private bool Show(Solver solver, Trace way, Reading reading, string condition)
    {
        solver.Push();
        solver.Assert(condition);
        bool possible = questions.Ask(solver, way.Depth, "One way, as it is: is this value possible?");
        if (possible && way.Replayed(System, solver) is { } run)
        {
            Witness = run;
            var read = Verification.Measured.Last(run, reading.Clock, largest);
            if (read != Rational.Abs(Value(solver, reading)))
                throw new DisagreementException($"the interpreter reads {read} where the solver has {Value(solver, reading)}");
        }
        else if (possible)
        {
            Witness = null;
        }

        solver.Pop();
        return possible;
    }

    /// <summary>Where nothing can act any more and a clock runs, it runs for ever.</summary>
    private void LookForRest(Layer layer)
    {
        var resting = layer.Stations.Where(s => !s.Stops && s.Configuration.Timers.Any(t => System.Timers[t].Kind == TimerKind.Clock)
            && (s.Moves ??= System.Moves(s.Configuration)).Count == 0).ToList();
        var ends = resting.SelectMany(s => s.Incoming).ToList();
        if (ends.Count == 0) return;
        if (new Reaching(unrolling, questions).Reach(ends, "stops where a clock runs and nothing can act any more") is not { } found) return;
        (Endless, Witness) = (true, found.Run);
    }
}
