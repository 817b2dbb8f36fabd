using System.Numerics;

namespace Irekae.Checker.Conformance;

/// <summary>
/// All runs along one sequence of moves that show the trace up to a place: a configuration with values, and what of the trace has been met.
/// </summary>
/// <param name="next">The first thing shown that has not been met.</param>
/// <param name="beyond">Which of those after it have been: bit k is the one k + 1 later. Things of one instant come in any order.</param>
/// <param name="signals">Who has each core, as the trace says up to there; −1: nobody who is seen, <see cref="Observed.Unsaid"/>: it has not said yet.</param>
/// <param name="step">The last move; null: the trace was met where the run is.</param>
internal sealed class State(Spot spot, Values values, long next, ulong beyond, int[] signals, State? parent, Step? step, Window window)
{
    public Spot Spot => spot;

    public Values Values => values;

    public long Next => next;

    public ulong Beyond => beyond;

    public int[] Signals => signals;

    /// <summary>Null: the beginning, or forgotten.</summary>
    public State? Parent { get; set; } = parent;

    public Step? Step => step;

    public Window Window => window;

    /// <summary>Another holds all of it.</summary>
    public bool Covered { get; set; }

    /// <summary>The things shown that have been met since an earlier state of the same path.</summary>
    public IEnumerable<long> MetSince(State earlier)
    {
        for (long place = earlier.Next; place < next + 65; place++)
            if (Met(place) && !earlier.Met(place)) yield return place;
    }

    public bool Met(long place) => place < next || (place > next && place - next <= 64 && (beyond >> (int)(place - next - 1) & 1) != 0);

    /// <summary>The last that has been met, of those after the next; −1: none.</summary>
    public long Last => beyond == 0 ? -1 : next + 64 - BitOperations.LeadingZeroCount(beyond);

    /// <summary>From the beginning, or from where it was forgotten.</summary>
    public List<State> Path()
    {
        var path = new List<State>();
        for (var state = this; state is not null; state = state.Parent) path.Add(state);
        path.Reverse();
        return path;
    }
}
