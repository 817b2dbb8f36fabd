using System.Collections.Immutable;
using Irekae.Model.Numbers;

namespace Irekae.Checker.Bounded.Calibration;

/// <summary>Questions about all observations, or some of them, at once: <c>e0_i</c> switches observation i on.</summary>
internal sealed class FitSearch : IDisposable
{
    private const int MostPieces = 200;

    /// <summary>Sets that are tried in looking for a smaller conflict.</summary>
    private const long MostSets = 500;

    private readonly Solver solver;
    private readonly ImmutableArray<Frame> frames;
    private readonly Questions questions;
    private readonly int depth;

    public FitSearch(ObservedRuns runs, IEnumerable<Frame> frames, int depth, Questions questions)
    {
        (Runs, this.frames, this.depth, this.questions) = (runs, [.. frames], depth, questions);
        solver = questions.Open();
        solver.Assert([.. this.frames.SelectMany(frame => frame.Links(Form.Exact)), .. runs.Trials.SelectMany(trial => trial.Formulas()), .. runs.Always]);
        solver.Assert([.. runs.Said.Select((said, i) => $"(=> e0_{i} {said.Formula})")]);
    }

    public ObservedRuns Runs { get; }

    /// <summary>Null: all observations are possible at once.</summary>
    public Fit.None? Conflict()
    {
        int[] every = [.. Enumerable.Range(0, Runs.Said.Count)];
        if (Possible(every)) return null;
        var needed = every.ToList();
        bool reduced = false;
        try
        {
            foreach (int one in every)
            {
                int[] others = [.. needed.Where(other => other != one)];
                if (!Possible(others)) needed.Remove(one);
            }

            reduced = true;
            var (smallest, proved) = Smaller(every, needed);
            return None(smallest, proved);
        }
        catch (UnansweredException unanswered)
        {
            return None(needed, false) with { Unfinished = reduced ? null : unanswered.Message };
        }

        Fit.None None(IEnumerable<int> set, bool smallest) => new([.. set.Select(i => Runs.Said[i].Observation)], smallest);
    }

    /// <summary>Sets with fewer members, from the smallest up; <c>Proved</c>: all were tried.</summary>
    private (IReadOnlyList<int> Set, bool Proved) Smaller(int[] every, List<int> known)
    {
        long tried = 0;
        for (int size = 1; size < known.Count; size++)
        {
            foreach (var set in Sets(every, size))
            {
                if (tried++ == MostSets) return (known, false);
                if (!Possible(set)) return (set, true);
            }
        }

        return (known, true);
    }

    private static IEnumerable<int[]> Sets(int[] of, int size) =>
        size == 0 ? [[]] : of.SelectMany((first, place) => Sets(of[(place + 1)..], size - 1).Select(rest => (int[])[first, .. rest]));

    private bool Possible(int[] observations)
    {
        solver.Push();
        try
        {
            solver.Assert([.. observations.Select(i => $"e0_{i}")]);
            return questions.Ask(solver, depth, $"Are these observations possible at once: {string.Join(", ", observations.Select(i => Runs.Said[i].Observation.Cell.FullName))}?");
        }
        finally
        {
            solver.Pop();
        }
    }

    /// <summary>All values of a term, in nanoseconds, with which every observation is possible.</summary>
    /// <param name="unfinished">Why the values found are not all; of them, an end is then called reached only if that is known. Null: they are, or there are too many.</param>
    public Values Values(string term, string what, out string? unfinished)
    {
        var pieces = new List<Piece>();
        unfinished = null;
        solver.Push();
        solver.Assert([.. Enumerable.Range(0, Runs.Said.Count).Select(i => $"e0_{i}"), $"(= y0 {term})"]);
        try
        {
            while (Outside(pieces, term, what) is { } piece)
            {
                if (pieces.Count == MostPieces) return new Values([.. pieces], false);
                Add(pieces, piece, what);
            }

            return new Values([.. pieces.Select(p => p with { LowReached = Reached(p.Low, what), HighReached = p.High is { } high && Reached(high, what) })], true);
        }
        catch (UnansweredException unanswered)
        {
            unfinished = unanswered.Message;
            return new Values([.. pieces.Select(p => p with { LowReached = false, HighReached = false })], false);
        }
        finally
        {
            solver.Pop();
        }
    }

    /// <summary>An interval of values that holds one that is in none of those; null: there is none.</summary>
    private Piece? Outside(List<Piece> pieces, string term, string what)
    {
        solver.Push();
        try
        {
            foreach (var piece in pieces)
                solver.Assert(piece.High is { } end ? $"(or (< y0 {Encoding.Number(piece.Low)}) (> y0 {Encoding.Number(end)}))" : $"(< y0 {Encoding.Number(piece.Low)})");
            if (!questions.Ask(solver, depth, $"All observations: is there another value of {what}?")) return null;
            var value = solver.Value("y0");
            var ways = Runs.Trials.Select(trial => (Trial: trial, Way: trial.Taken(solver))).ToList();
            var high = new Summit(form => Along(ways, form), depth, "y0", questions).Of(value, null);
            var low = -new Summit(form => Along(ways, form), depth, "(- y0)", questions).Of(-value, null)!.Value;
            return new Piece(low, high, true, true);
        }
        finally
        {
            solver.Pop();
        }

        IEnumerable<string> Along(List<(Trial Trial, Way Way)> ways, Form form) =>
            frames.SelectMany(frame => frame.Links(form))
                .Concat(ways.SelectMany(taken => taken.Trial.Formulas(taken.Way, form)))
                .Concat(Runs.Always)
                .Concat(Runs.Said.SelectMany(said => said.Bounds).SelectMany(bound => bound.Formulas(form)))
                .Append($"(= y0 {term})");
    }

    /// <summary>Intervals that overlap become one; those that meet in a point, if it is a value.</summary>
    private void Add(List<Piece> pieces, Piece piece, string what)
    {
        for (int i = pieces.Count - 1; i >= 0; i--)
        {
            var other = pieces[i];
            if (other.High < piece.Low || piece.High < other.Low) continue;
            if (other.High == piece.Low && !Reached(piece.Low, what)) continue;
            if (piece.High == other.Low && !Reached(other.Low, what)) continue;
            pieces.RemoveAt(i);
            piece = piece with { Low = Rational.Min(piece.Low, other.Low), High = piece.High is { } a && other.High is { } b ? Rational.Max(a, b) : null };
        }

        pieces.Insert(pieces.Count(other => other.Low < piece.Low), piece);
    }

    private bool Reached(Rational value, string what)
    {
        solver.Push();
        solver.Assert($"(= y0 {Encoding.Number(value)})");
        bool possible = questions.Ask(solver, depth, $"All observations: can {what} be exactly {value} ns?");
        solver.Pop();
        return possible;
    }

    public void Dispose() => solver.Dispose();
}
