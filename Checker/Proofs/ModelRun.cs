using System.Collections.Immutable;
using System.Numerics;
using System.Text.Json;
using Irekae.Model.Numbers;
using Irekae.Model.Semantics;

namespace Irekae.Checker.Proofs;

/// <summary>One edge of a run of model.json.</summary>
/// <param name="Edge">Its place among the edges of its location; of the first, among the initial ones.</param>
/// <param name="Begun">First values of what begins, in the order of the target's timers, in fine ticks.</param>
internal sealed record ModelMove(int Edge, ImmutableArray<long> Begun);

/// <summary>
/// A run of a specification as one of model.json. The model may be under <c>ties any</c> and without counters, so that its locations are not the
/// run's configurations; but each move of the run is an edge with the same timers. Which, is searched for: of the locations that the run may be
/// at, all that its next move leads to. Found or not, nothing rests on it: check.py and Coq take the edges once more.
/// </summary>
/// <param name="Fine">Fine ticks of a tick.</param>
/// <param name="Clock">Its last edge is where this clock shows the value, by its place before the edge; −1: of what began on the edge.</param>
/// <param name="Ends">What the clock times ends there.</param>
/// <param name="Value">Ticks.</param>
internal sealed record ModelRun(long Fine, ImmutableArray<ModelMove> Moves, int Clock, bool Ends, Rational Value)
{
    public const string Format = "irekae-run/1";

    /// <summary>
    /// For a bound that no run reaches: what begins on each move where the clock shows it, if edges that have to be first may also be taken at the same
    /// instant. The possible values along one path are convex, so all means of these and of <see cref="Moves"/> that give the latter any weight are runs.
    /// </summary>
    public ImmutableArray<ImmutableArray<long>> Limit { get; init; } = [];

    /// <summary>run.json (docs/proofs.md).</summary>
    public byte[] ToBytes(string modelHash)
    {
        var divisor = Moves.SelectMany(m => m.Begun).Concat(Limit.SelectMany(l => l)).Aggregate(new BigInteger(Fine), (d, v) => BigInteger.GreatestCommonDivisor(d, v));
        void List(ProofText text, IEnumerable<BigInteger> numbers) => text.List(numbers, (t, n) => t.Integer(n));
        var text = new ProofText().Raw("{\"format\":").Words(Format).Member("model").Words(modelHash).Member("fine").Integer(Fine / divisor);
        text.Member("moves").List(Moves, (t, m) => List(t, m.Begun.Select(b => b / divisor).Prepend(m.Edge)));
        if (!Limit.IsEmpty) text.Member("limit").List(Limit, (t, l) => List(t, l.Select(b => b / divisor)));
        return text.Member("clock").Integer(Clock).Member("ends").Raw(Ends ? "true"u8 : "false"u8).Raw("}\n"u8).ToArray();
    }

    /// <summary>The run of a certified answer in its model, with limits if the answer is a bound that no run reaches.</summary>
    /// <returns>Null: the model has no such run.</returns>
    public static ModelRun? Find(ReadOnlyMemory<byte> model, Run run, bool largest, bool approached)
    {
        using var document = JsonDocument.Parse(model);
        var found = Find(document.RootElement, run, largest);
        return found is null || !approached ? found : PathLimit.Of(document.RootElement, found, largest);
    }

    private static ModelRun? Find(JsonElement model, Run run, bool largest)
    {
        var names = model.GetProperty("timers").EnumerateArray().Select(t => t.GetProperty("name").GetString());
        if (!names.SequenceEqual(run.System.Timers.Select(t => t.Name))) return null;
        var stages = run.Walk().ToList();
        if (Shown(run, stages, largest) is not var (last, clock, ends, value)) return null;
        var locations = model.GetProperty("locations").EnumerateArray().ToArray();
        var layers = new List<Dictionary<int, (int From, int Edge)>>();
        IEnumerable<int> here = [-1];
        foreach (var stage in stages.Take(last + 1))
        {
            var next = new Dictionary<int, (int, int)>();
            foreach (int location in here)
            {
                var edges = location < 0 ? model.GetProperty("initial") : locations[location].GetProperty("edges");
                if (edges.ValueKind == JsonValueKind.Null) continue;
                int number = 0;
                foreach (var edge in edges.EnumerateArray())
                {
                    if (IsTaken(stage, run.Refinement, location < 0 ? null : locations[location], edge, locations)) next.TryAdd(edge.GetProperty("to").GetInt32(), (location, number));
                    number++;
                }
            }

            layers.Add(next);
            here = next.Keys;
        }

        if (layers[^1].Count == 0) return null;
        var moves = new ModelMove[layers.Count];
        int at = layers[^1].Keys.First();
        for (int i = moves.Length - 1; i >= 0; i--)
        {
            var move = stages[i].Step.Move;
            var begun = Enumerable.Range(0, move.Sources.Length).Where(k => move.Sources[k] < 0).Select(k => stages[i].Values[k]);
            moves[i] = new ModelMove(layers[i][at].Edge, [.. begun]);
            at = layers[i][at].From;
        }

        return new ModelRun(run.Refinement, [.. moves], clock, ends, value);
    }

    /// <summary>Where the run shows its largest or smallest value; where what is timed ends, if there as well.</summary>
    private static (int Move, int Clock, bool Ends, Rational Value)? Shown(Run run, List<Stage> stages, bool largest)
    {
        (int Move, int Clock, bool Ends, Rational Value)? best = null;
        void Offer(int move, int clock, bool ends, long fine)
        {
            var value = new Rational(fine, run.Refinement);
            if (best is { } b && (largest ? value <= b.Value : value >= b.Value) && (value != b.Value || b.Ends || !ends)) return;
            best = (move, clock, ends, value);
        }

        foreach (var stage in stages)
        {
            foreach (var (_, clock) in stage.Step.Move.Ended)
            {
                int place = clock < 0 ? -1 : Array.BinarySearch(stage.Before!.Timers, clock);
                Offer(stage.Index, place, true, place < 0 ? 0 : stage.Passed[place]);
            }

            for (int i = 0; largest && i < stage.Passed.Length; i++)
                if (stage.Before!.Rates[i] == TimerRate.Up) Offer(stage.Index, i, false, stage.Passed[i]);
        }

        return best;
    }

    private static bool IsTaken(Stage stage, long fine, JsonElement? from, JsonElement edge, JsonElement[] locations)
    {
        var move = stage.Step.Move;
        int[] timers = from is { } location ? Integers(location.GetProperty("timers")) : [];
        int Timer(int place) => place < 0 ? -1 : timers[place];
        var target = locations[edge.GetProperty("to").GetInt32()];
        if (Timer(edge.GetProperty("fires").GetInt32()) != move.Timer
            || !Integers(target.GetProperty("timers")).AsSpan().SequenceEqual(move.Next.Timers)
            || !Integers(target.GetProperty("rates")).SequenceEqual(move.Next.Rates.Select(r => (int)r))
            || !Integers(edge.GetProperty("continues")).Select(Timer).SequenceEqual(move.Sources)
            || !Integers(edge.GetProperty("ends")).Select(Timer).SequenceEqual(move.Ended.Select(e => e.Clock))) return false;
        if (edge.GetProperty("at_once").GetBoolean() && stage.Delay > 0) return false;
        if (Integers(edge.GetProperty("before")).Any(j => stage.Passed[j] <= 0)) return false;
        return edge.GetProperty("fresh").EnumerateArray().All(f =>
            Compare(f.GetProperty("low"), f, stage.Values, fine) >= 0 && (f.GetProperty("high").ValueKind == JsonValueKind.Null || Compare(f.GetProperty("high"), f, stage.Values, fine) <= 0));
    }

    /// <summary>The sign of D·y − (C + Σ F·p).</summary>
    private static int Compare(JsonElement end, JsonElement fresh, long[] values, long fine)
    {
        var numbers = end.EnumerateArray().Select(ProofText.Integer).ToArray();
        var sum = numbers[0] * fine;
        for (int i = 2; i < numbers.Length; i += 2) sum += numbers[i + 1] * values[(int)numbers[i]];
        return (numbers[1] * values[fresh.GetProperty("timer").GetInt32()]).CompareTo(sum);
    }

    private static int[] Integers(JsonElement list) => [.. list.EnumerateArray().Select(i => i.GetInt32())];
}
