namespace Irekae.Checker.Bounded;

/// <summary>
/// Bounds computed beforehand are asked of the solver before they are used: for each move, is there a point within the bounds before that the move
/// takes outside of the bounds after it, or that allows a move which was ruled out? Backwards: a point outside of the bounds from which the move
/// leads to a goal, or within bounds from which a goal can be reached? All answers have to be "unsat". Depth does not matter for that, so that a
/// claim met before, at another depth, is not asked again.
/// </summary>
internal sealed class Confirmation(Encoding encoding)
{
    private const int Most = 400;

    private readonly HashSet<string> confirmed = [];

    /// <summary>Forwards.</summary>
    public void Confirm(Layer layer, Questions questions)
    {
        var claims = layer.Passages.Select(p => encoding.Step(p.From, null, p.Move, $"(not {encoding.Within(p.To, p.To.Zone)})"))
            .Concat(layer.RuledOut.Select(r => encoding.Step(r.From, null, r.Move, "true")));
        Confirm(claims, layer.Depth, questions);
    }

    /// <summary>Backwards.</summary>
    public void Confirm(Cone cone, Questions questions) => Confirm(cone.Claims(encoding), cone.Depth, questions);

    /// <exception cref="UnansweredException">Time is up.</exception>
    /// <exception cref="DisagreementException">The bounds are wrong: an error of the program.</exception>
    public void Confirm(IEnumerable<string> impossible, int depth, Questions questions)
    {
        foreach (string[] some in impossible.Where(claim => !confirmed.Contains(claim)).Distinct().Chunk(Most))
        {
            using var solver = questions.Open();
            solver.Assert(Encoding.Or(some));
            if (questions.Ask(solver, depth, "Bounds: is there a point within those before a move, written as from 0 to 1, that it takes outside of those after it?"))
                throw new DisagreementException($"a move to depth {depth} leaves the bounds computed for it: {string.Join('\n', some)}");
            confirmed.UnionWith(some);
        }
    }
}
