using System.Text;

namespace Irekae.Checker.Bounded;

/// <summary>
/// Bounds computed beforehand are asked of the solver before they are used: for each move of a layer, is there a point within the bounds before
/// that the move takes outside the bounds after it (or that allows a move which was ruled out)? All answers have to be "unsat". Depth does not
/// matter for that, so that a question met before, at another depth, is not asked again.
/// </summary>
internal sealed class Confirmation(Encoding encoding, Questions questions)
{
    private readonly HashSet<string> confirmed = [];

    /// <exception cref="UnansweredException">Time is up.</exception>
    /// <exception cref="DisagreementException">The bounds are wrong: an error of the program.</exception>
    public void Confirm(Layer layer)
    {
        var news = new List<string>();
        foreach (var passage in layer.Passages) AddNew(news, encoding.Step(passage.From, passage.Move, passage.To));
        foreach (var (from, move) in layer.RuledOut) AddNew(news, encoding.Step(from, move, null));
        if (news.Count == 0) return;
        using var solver = new Solver();
        foreach (string step in news)
        {
            solver.Push();
            solver.Assert(step);
            var reply = solver.Check(questions.Left);
            solver.Pop();
            if (reply is Reply.Unknown unknown) throw new UnansweredException(unknown.Reason);
            if (reply is Reply.Sat) throw new DisagreementException($"a move to depth {layer.Depth} leaves the bounds computed for it: {step}");
        }

        questions.Asked += solver.Asked;
        questions.Dump("layer", layer.Depth, () => Text(layer.Depth, news));
    }

    private void AddNew(List<string> news, string step)
    {
        if (confirmed.Add(step)) news.Add(step);
    }

    private static string Text(int depth, List<string> steps)
    {
        var text = new StringBuilder();
        string head = $"{Encoding.Explanation}\n\nHere: moves to depth {depth} (written as from 0 to 1) that were not asked about before.\n"
            + "Is there a point within the bounds before that the move takes outside of the bounds after it? Expected each time: unsat";
        foreach (string line in head.Split('\n')) text.Append("; ").AppendLine(line);
        text.AppendLine("(set-logic QF_LRA)");
        text.Append(Solver.Declarations(steps));
        foreach (string step in steps) text.Append("(push 1)\n(assert ").Append(step).Append(")\n(check-sat)\n(pop 1)\n");
        return text.ToString();
    }
}
