using Irekae.Model.Semantics;

namespace Irekae.Checker.Bounded;

/// <summary>A run that was found. <c>Run</c> null: its times do not fit 64 bits.</summary>
internal sealed record Reached(Passage Passage, Run? Run);

/// <summary>Is there a run whose last move is one of these?</summary>
internal sealed class Reaching(Unrolling unrolling, Questions questions)
{
    /// <param name="what">The rest of: Is there a run of at most k moves that …</param>
    public Reached? Reach(IReadOnlyCollection<Passage> ends, string what)
    {
        if (ends.Count == 0 || unrolling.Leading([.. ends.Select(p => new Goal(p))], questions) is not { } leading) return null;
        using var solver = leading.Solver;
        solver.Assert(Encoding.Or(leading.Cone.Goals.Select(g => Encoding.Taken(g.Passage))));
        if (!questions.Ask(solver, leading.Cone.Depth, $"Is there a run of at most {leading.Cone.Depth} moves that {what}?")) return null;
        var end = leading.Cone.Goals.Select(g => g.Passage).OrderBy(p => p.Depth).First(p => solver.Holds(Encoding.Taken(p)));
        var way = Trace.Found(unrolling.Encoding, leading.Cone, solver, end);
        return new Reached(end, way.Replayed(unrolling.System, solver));
    }
}
