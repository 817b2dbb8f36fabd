using Irekae.Model.Numbers;
using Irekae.Model.Semantics;

namespace Irekae.Checker.Bounded;

/// <summary>
/// The largest (smallest) value of a quantity over all runs of at most so many moves. Is there a run that reads a larger value than the largest so
/// far? If so, the supremum of that run's way is the next value to beat; ways are finitely many, so this ends. While the value to beat is only
/// approached, equal is asked for as well: some other way may attain it.
/// <code>
///     largest    read while the clock runs                       value =   t − v
///     smallest   read where an occurrence ends                   value = −(t − v)      so that larger is always what is looked for
/// </code>
/// While a clock runs its reading only grows, so that it is enough to read it where it ends or is dropped, where the run stops, and after the last
/// move of all. The questions come from above: values near what the bounds allow are asked about first, in growing steps downwards. Few
/// moves can lead to those, so that each answer is quick; the first run that is found then is near the largest value, and so is all that is left.
/// </summary>
/// <param name="beyond">In ticks: what a run that shows an endless quantity is to pass.</param>
internal sealed class ExtremeSearch(Unrolling unrolling, int quantity, bool largest, Rational? beyond, Questions questions)
{
    /// <summary>The first question is about the uppermost such part of what is not known.</summary>
    private const int Parts = 32;

    private TransitionSystem System => unrolling.System;

    /// <summary>In ticks; null: nothing was read.</summary>
    public Rational? Best => best is { } b ? largest ? b : -b : null;

    private Rational? best;

    public bool Attained { get; private set; }

    /// <summary>Attains the best value, or is nearer to it than a tick.</summary>
    public Run? Witness { get; private set; }

    public bool Endless { get; private set; }

    /// <summary>Judges the runs that end within a stretch. Afterwards none of their readings beats the best.</summary>
    /// <exception cref="UnansweredException">The solver did not answer.</exception>
    public void Look(Stretch stretch)
    {
        if (largest) LookForRest(stretch);
        if (Endless) return;
        var readings = new List<(Goal Reading, Rational? Ceiling)>();
        foreach (var layer in unrolling.Between(stretch)) readings.AddRange(layer.Passages.SelectMany(p => Readings(p, layer.Depth == stretch.To)).Select(g => (g, Ceiling(g))));
        var low = readings.Where(r => best is { } b && r.Ceiling is { } ceiling && (ceiling < b || (ceiling == b && Attained))).ToList();
        unrolling.Confirmation.Confirm(low.Select(r => unrolling.Encoding.Passes(r.Reading, r.Ceiling!.Value, largest)), stretch.To, questions);
        var goals = readings.Except(low).Select(r => r.Reading).ToList();
        if (goals.Count == 0) return;
        if (goals.TrueForAll(g => Ceiling(g) is not null)) Descend(goals, goals.Max(Ceiling)!.Value);
        while (!Endless && Improve(goals, null)) { }
    }

    /// <summary>Until there is a run above a target.</summary>
    private void Descend(List<Goal> goals, Rational top)
    {
        var lowest = best ?? (largest ? Rational.Zero : -new Rational(SpecTimes.Of(System).Largest));
        var step = Rational.Max(Rational.One, new Rational(((top - lowest) / Parts).Floor(), 1));
        for (var target = top - step; target > lowest && !Improve(goals, target); target -= step) step *= 2;
    }

    /// <summary>Clocks of the quantity that are read for the last time; −1 is one that began and ended in the same move.</summary>
    private IEnumerable<Goal> Readings(Passage passage, bool last)
    {
        var ended = passage.Move.Ended.Where(e => e.Quantity == quantity).Select(e => e.Clock);
        if (!largest) return ended.Select(c => new Goal(passage, c));
        var running = passage.From?.Configuration.Timers.Where(Mine).Where(c => last || passage.Move.Stops || !passage.Move.Sources.Contains(c)) ?? [];
        return ended.Where(c => c < 0).Concat(running).Select(c => new Goal(passage, c));
    }

    private bool Mine(int timer) => System.Timers[timer].Kind == TimerKind.Clock && System.Timers[timer].Subject == quantity;

    /// <summary>No value of this reading is larger; null: not known.</summary>
    private Rational? Ceiling(Goal reading)
    {
        if (reading.Clock is not { } clock || clock < 0) return Rational.Zero;
        var (least, most) = reading.Passage.From!.Zone.Reading(reading.Passage.From.Configuration, reading.Passage.Move, clock);
        long bound = largest ? most : -least;
        return bound >= Zone.Endless ? null : new Rational(bound);
    }

    /// <summary>A run that beats the best, or is above the target. False: there is none.</summary>
    private bool Improve(List<Goal> readings, Rational? target)
    {
        var floor = target ?? best;
        string relation = target is null && !Attained ? ">=" : ">";
        var goals = readings.ConvertAll(r => floor is { } f ? largest ? r with { Least = Whole(f.Floor()) } : r with { Most = Whole((-f).Ceiling()) } : r);
        if (floor is { } value) goals.RemoveAll(g => g.Clock < 0 && (value > Rational.Zero || (value == Rational.Zero && relation == ">")));
        if (goals.Count == 0 || unrolling.Leading(goals, questions) is not { } leading) return false;
        using var solver = leading.Solver;
        solver.Assert(Encoding.Or(leading.Cone.Goals.Select(g =>
            floor is { } f ? $"(and {Encoding.Taken(g.Passage)} ({relation} {Term(g)} {Encoding.Number(f)}))" : Encoding.Taken(g.Passage))));
        string what = floor is { } known ? $"reads the quantity as {(largest ? "more" : "less")} than {(largest ? known : -known)} ticks{(relation == ">" ? "" : ", or as that")}" : "reads the quantity";
        if (!questions.Ask(solver, leading.Cone.Depth, $"Is there a run of at most {leading.Cone.Depth} moves whose last {what}?")) return false;
        var reading = leading.Cone.Goals.First(g => solver.Holds(Encoding.Taken(g.Passage))
            && (floor is not { } f || (relation == ">" ? Value(solver, g) > f : Value(solver, g) >= f)));
        Climb(Trace.Found(unrolling.Encoding, leading.Cone, solver, reading.Passage), reading, Value(solver, reading));
        return true;
    }

    private static long Whole(global::System.Numerics.BigInteger ticks) => (long)global::System.Numerics.BigInteger.Clamp(ticks, -Zone.Endless, Zone.Endless);

    private string Term(Goal reading)
    {
        string read = unrolling.Encoding.Reads(reading.Passage.Depth, reading.Clock!.Value);
        return largest || reading.Clock < 0 ? read : $"(- {read})";
    }

    private Rational Value(Solver solver, Goal reading)
    {
        if (reading.Clock is not { } clock || clock < 0) return Rational.Zero;
        var time = solver.Value(Encoding.Time(reading.Passage.Depth)) - solver.Value(unrolling.Encoding.Name(reading.Passage.Depth - 1, clock));
        return largest ? time : -time;
    }

    private void Climb(Trace way, Goal reading, Rational known)
    {
        string term = Term(reading);
        var summit = reading.Clock < 0 ? known : new Summit(way.Formulas, way.Depth, term, questions).Of(known, Ceiling(reading));
        using var solver = questions.Open();
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
    private bool Show(Solver solver, Trace way, Goal reading, string condition)
    {
        solver.Push();
        solver.Assert(condition);
        bool possible = questions.Ask(solver, way.Depth, "One way, as it is: is this value possible?");
        if (possible && way.Replayed(System, solver) is { } run)
        {
            Witness = run;
            var read = Verification.Measured.Last(run, way.Own(System, reading.Clock!.Value), largest);
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
    private void LookForRest(Stretch stretch)
    {
        var ends = unrolling.Between(stretch).SelectMany(layer => layer.Stations)
            .Where(s => !s.Stops && s.Configuration.Timers.Any(Mine) && unrolling.Moves(s).Count == 0)
            .SelectMany(s => s.Incoming).ToList();
        if (new Reaching(unrolling, questions).Reach(ends, "stops where the quantity goes on and nothing can act any more") is not { } found) return;
        (Endless, Witness) = (true, found.Run);
    }
}
