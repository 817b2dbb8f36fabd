namespace Irekae.Model.Semantics;

/// <summary>
/// Follows a script for as long as it goes, then ends the run. Where the script asks for a move that is not possible the run ends too,
/// and <see cref="Complete"/> stays false; <see cref="Runs.Replay"/> says why.
/// </summary>
public sealed class ScriptedChooser(RunScript script) : Chooser
{
    /// <summary>Every step of the script has been taken.</summary>
    public bool Complete { get; private set; }

    public override int Move(Interpreter interpreter, IReadOnlyList<Move> candidates)
    {
        Complete = interpreter.Count == script.Steps.Length;
        if (Complete) return -1;
        var step = script.Steps[interpreter.Count];
        for (int i = 0; i < candidates.Count; i++)
        {
            if (Runs.Matches(candidates[i], step) && interpreter.WhyNot(candidates[i], step.Durations) is null) return i;
        }
        return -1;
    }

    public override long Duration(Interpreter interpreter, Move move, int started, long low, long? high) =>
        script.Steps[interpreter.Count].Durations[started];
}
