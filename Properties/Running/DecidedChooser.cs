using System.Collections.Immutable;
using Irekae.Model.Semantics;

namespace Irekae.Properties.Running;

/// <summary>Settles everything as written down, and what is not written down in the simplest way.</summary>
internal sealed class DecidedChooser(Decisions decisions) : Chooser
{
    private readonly Dictionary<int, int> started = [];
    private int chosen;

    public override int Move(Interpreter interpreter, IReadOnlyList<Move> candidates)
    {
        if (candidates.Count == 1) return 0;
        int choice = chosen < decisions.Choices.Length ? decisions.Choices[chosen] : 0;
        chosen++;
        return Math.Min(choice, candidates.Count - 1);
    }

    public override long Duration(Interpreter interpreter, Move move, int started, long low, long? high)
    {
        int timer = move.Started[started].Timer;
        int count = this.started.GetValueOrDefault(timer);
        this.started[timer] = count + 1;
        long offset = decisions.Offsets.TryGetValue(timer, out var offsets) && count < offsets.Length ? offsets[count] : 0;
        return high is { } end && offset > end - low ? end : checked(low + offset);
    }
}

/// <summary>Writes down what another chooser settles.</summary>
internal sealed class RecordingChooser(Chooser inner) : Chooser
{
    private readonly ImmutableArray<int>.Builder choices = ImmutableArray.CreateBuilder<int>();
    private readonly Dictionary<int, List<Drawn>> drawn = [];

    /// <summary>A duration and its interval, in fine ticks.</summary>
    /// <param name="Instant">Of its start.</param>
    public readonly record struct Drawn(long Instant, long Low, long? High, long Value);

    public IReadOnlyList<int> Choices => choices;

    public IReadOnlyDictionary<int, List<Drawn>> Durations => drawn;

    /// <summary>Moves that were chosen.</summary>
    public int Count { get; private set; }

    public Decisions Decisions(DrawnRun run) =>
        new(run.Run.Refinement, run.Moves, choices.ToImmutable(), drawn.ToImmutableSortedDictionary(pair => pair.Key, pair => pair.Value.Select(one => one.Value - one.Low).ToImmutableArray()));

    public override int Move(Interpreter interpreter, IReadOnlyList<Move> candidates)
    {
        int choice = inner.Move(interpreter, candidates);
        if (choice >= 0) Count++;
        if (candidates.Count > 1 && choice >= 0) choices.Add(choice);
        return choice;
    }

    public override long Duration(Interpreter interpreter, Move move, int started, long low, long? high)
    {
        long value = inner.Duration(interpreter, move, started, low, high);
        int timer = move.Started[started].Timer;
        if (!drawn.TryGetValue(timer, out var list)) drawn[timer] = list = [];
        list.Add(new Drawn(interpreter.Instant + (move.Timer < 0 ? 0 : interpreter.Delay(move)), low, high, value));
        return value;
    }
}
