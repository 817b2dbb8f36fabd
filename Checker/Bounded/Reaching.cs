using Irekae.Model.Semantics;

namespace Irekae.Checker.Bounded;

/// <summary>A run that was found. <c>Run</c> null: its times do not fit 64 bits.</summary>
internal sealed record Reached(Passage Passage, Run? Run);

/// <summary>Is there a run whose last move is one of these?</summary>
internal sealed class Reaching(Unrolling unrolling, Questions questions)
{
    /// <param name="what">The rest of: Is there a run of k moves that …</param>
    public Reached? Reach(IReadOnlyCollection<Passage> ends, string what)
    {
        if (ends.Count == 0) return null;
        using var solver = new Solver();
        solver.Assert([.. unrolling.Leading(ends)]);
        solver.Assert(Encoding.Or(ends.Select(Encoding.Taken)));
        int depth = ends.First().Depth;
        if (!questions.Ask(solver, depth, $"Is there a run of {depth} moves that {what}?")) return null;
        var end = ends.First(p => solver.Holds(Encoding.Taken(p)));
        var way = Trace.Found(unrolling.Encoding, solver, end);
        return new Reached(end, way.Replayed(unrolling.System, solver));
    }
}
