using Irekae.Model;
using Irekae.Model.Binding;
using Irekae.Model.Semantics;

namespace Irekae.Tests.Model.Semantics;

/// <summary>Runs small specifications whose durations are points, and tells what happened when, in milliseconds.</summary>
internal static class Trace
{
    private const int MostMoves = 400;

    public static BoundSystem Bind(string text)
    {
        var spec = Spec.Bind(text);
        Assert.True(spec.System is not null, string.Join("\n", spec.Diagnostics));
        return spec.System!;
    }

    public static TransitionSystem Compile(string text, Observation? observation = null) => TransitionSystem.Compile(Bind(text), observation ?? Observation.Nothing);

    /// <summary>The marks passed in the run that always takes the first possible move and the shortest durations: <c>"0 a.x, 5 b.y"</c>.</summary>
    public static string Marks(string text) => string.Join(", ", Events(Compile(text)).Where(e => e.Event.Kind == EventKind.Marks).Select(e => $"{e.Instant} {e.System.System.Marks[e.Event.B].Name}"));

    /// <summary>Everything that every run could pass as marks: the set of traces of <see cref="Marks"/> over all moves.</summary>
    public static string[] AllMarks(string text, Observation? observation = null)
    {
        var system = Compile(text, observation);
        var traces = new SortedSet<string>(StringComparer.Ordinal);
        Explore(system, [], traces);
        return [.. traces];
    }

    public static IReadOnlyList<Violation> Violations(string text, Observation? observation = null) =>
        [.. Run(Compile(text, observation)).Run.Steps.SelectMany(s => s.Move.Violations)];

    /// <summary>Moves taken by the first-choice run.</summary>
    public static Interpreter Run(TransitionSystem system)
    {
        var interpreter = new Interpreter(system);
        for (int k = 0; k < MostMoves && interpreter.Candidates() is { Length: > 0 } candidates; k++) Take(interpreter, candidates[0]);
        return interpreter;
    }

    private static void Take(Interpreter interpreter, Move move)
    {
        var durations = new long[move.Started.Length];
        foreach (int started in interpreter.ChoosingOrder(move)) durations[started] = interpreter.Range(move, started, durations).Low;
        interpreter.Take(move, [.. durations]);
    }

    private static IEnumerable<(long Instant, Event Event, TransitionSystem System)> Events(TransitionSystem system)
    {
        var run = Run(system).Run;
        foreach (var step in run.Steps)
            foreach (var e in step.Move.Events)
                yield return (Milliseconds(run, step.Instant), e, system);
    }

    private static long Milliseconds(Run run, long instant) => (long)(run.Nanoseconds(instant) / 1_000_000).Numerator;

    private static void Explore(TransitionSystem system, List<int> path, SortedSet<string> traces)
    {
        var interpreter = new Interpreter(system);
        foreach (int choice in path) Take(interpreter, interpreter.Candidates()[choice]);
        var candidates = interpreter.Candidates();
        if (candidates.Length == 0 || path.Count > 60)
        {
            var run = interpreter.Run;
            traces.Add(string.Join(", ", run.Steps.SelectMany(s => s.Move.Events.Where(e => e.Kind == EventKind.Marks).Select(e => $"{Milliseconds(run, s.Instant)} {system.System.Marks[e.B].Name}"))));
            return;
        }

        for (int k = 0; k < candidates.Length; k++)
        {
            path.Add(k);
            Explore(system, path, traces);
            path.RemoveAt(path.Count - 1);
        }
    }
}
