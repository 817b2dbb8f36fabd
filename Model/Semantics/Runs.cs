using System.Collections.Immutable;

namespace Irekae.Model.Semantics;

/// <summary>What came of re-running a script.</summary>
public abstract record Replay
{
    public sealed record Done(Run Run) : Replay;

    /// <param name="Step">The first step that is not possible, from 0.</param>
    /// <param name="Reason">Why, in words.</param>
    /// <param name="Before">The part that was possible.</param>
    public sealed record Impossible(int Step, string Reason, Run Before) : Replay;
}

/// <summary>Where runs come from: a chooser, or a script.</summary>
public static class Runs
{
    /// <summary>A run by a chooser, until it ends by itself, the chooser ends it, or the next move would pass a limit.</summary>
    /// <param name="horizon">In fine ticks.</param>
    public static Run Of(TransitionSystem system, long refinement, Chooser chooser, int maxMoves = int.MaxValue, long horizon = long.MaxValue)
    {
        var interpreter = new Interpreter(system, refinement);
        while (interpreter.Count < maxMoves)
        {
            var candidates = interpreter.Candidates();
            if (candidates.IsEmpty || interpreter.Delay(candidates[0]) > horizon - interpreter.Instant) break;
            int choice = chooser.Move(interpreter, candidates);
            if (choice < 0) break;
            interpreter.Take(candidates[choice], Durations(interpreter, candidates[choice], chooser));
        }
        return interpreter.Run;
    }

    /// <summary>Re-runs a script from the beginning, or says which step is not possible and why.</summary>
    public static Replay Replay(TransitionSystem system, RunScript script)
    {
        var interpreter = new Interpreter(system, script.Refinement);
        foreach (var step in script.Steps)
        {
            var named = interpreter.Named(step);
            var possible = named.FirstOrDefault(move => interpreter.WhyNot(move) is null && interpreter.WhyNot(move, step.Durations) is null);
            if (possible is null) return new Replay.Impossible(interpreter.Count, Reason(interpreter, step, named), interpreter.Run);
            interpreter.Take(possible, step.Durations);
        }
        return new Replay.Done(interpreter.Run);
    }

    private static string Reason(Interpreter interpreter, ScriptStep step, IReadOnlyList<Move> named)
    {
        if (interpreter.Stopped) return "the run has stopped before it";
        if (named.Count > 0)
            return string.Join("; ", named.Select(move => interpreter.WhyNot(move) ?? interpreter.WhyNot(move, step.Durations)!).Distinct());
        string timer = step.Timer < 0 ? "no timer" : step.Timer < interpreter.System.Timers.Length ? interpreter.System.Timers[step.Timer].Name : $"timer {step.Timer}";
        string choices = step.Choices.IsEmpty ? "no choices" : "the choices " + string.Join('.', step.Choices);
        return $"no move here is by {timer} with {choices}; there are: "
            + (interpreter.Moves.Count == 0 ? "none" : string.Join(", ", interpreter.Moves.Select(move => RunScriptName(interpreter, move))));
    }

    private static string RunScriptName(Interpreter interpreter, Move move) =>
        (move.Timer < 0 ? "no timer" : interpreter.System.Timers[move.Timer].Name) + (move.Choices.IsEmpty ? "" : ":" + string.Join('.', move.Choices));

    /// <summary>How long everything lasts that a move begins, as the chooser has it. In fine ticks.</summary>
    public static ImmutableArray<long> Durations(Interpreter interpreter, Move move, Chooser chooser)
    {
        var durations = new long[move.Started.Length];
        foreach (int k in interpreter.ChoosingOrder(move))
        {
            var (low, high) = interpreter.Range(move, k, durations);
            durations[k] = chooser.Duration(interpreter, move, k, low, high);
        }
        return [.. durations];
    }
}
