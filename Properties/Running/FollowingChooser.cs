using Irekae.Model.Semantics;

namespace Irekae.Properties.Running;

/// <summary>Settles everything as a run of the same system has it; ends the run where none of the possible moves is its next one.</summary>
internal sealed class FollowingChooser(Run run) : Chooser
{
    public override int Move(Interpreter interpreter, IReadOnlyList<Move> candidates)
    {
        var next = run.Steps[interpreter.Count].Move;
        int Index(Func<Move, bool> like)
        {
            for (int k = 0; k < candidates.Count; k++)
                if (candidates[k].Timer == next.Timer && like(candidates[k])) return k;
            return -1;
        }
        // One order of steps stands for all that lead to the same.
        int same = Index(move => move.Choices.AsSpan().SequenceEqual(next.Choices.AsSpan()));
        return same >= 0 ? same : Index(move => move.Next.Equals(next.Next) && move.Started.Length == next.Started.Length && move.Started.All(started => Place(next, started.Timer) >= 0));
    }

    public override long Duration(Interpreter interpreter, Move move, int started, long low, long? high)
    {
        var step = run.Steps[interpreter.Count];
        return Place(step.Move, move.Started[started].Timer) is >= 0 and var place ? step.Durations[place] : low;
    }

    private static int Place(Move move, int timer)
    {
        for (int k = 0; k < move.Started.Length; k++)
            if (move.Started[k].Timer == timer) return k;
        return -1;
    }
}
