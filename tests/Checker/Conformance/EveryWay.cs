using System.Collections.Immutable;
using Irekae.Checker.Conformance;
using Irekae.Checker.Conformance.Traces;
using Irekae.Model.Binding;
using Irekae.Model.Semantics;

namespace Irekae.Tests.Checker.Conformance;

/// <summary>
/// Whether some run with whole durations shows a trace, by trying every one: the interpreter alone, no sets. Times are exact and every event is in the trace. That there is
/// none proves nothing, since runs with other durations were not tried; that there is one proves that the trace conforms.
/// </summary>
internal sealed class EveryWay(TransitionSystem system, ImmutableArray<TraceRecord> records, int most)
{
    private readonly BoundSystem spec = system.System;
    private readonly HashSet<string> seen = [];
    private int tried;

    /// <summary>Null: there were too many to try.</summary>
    public bool? Exists()
    {
        bool found = system.Initial().Any(move => Durations(new Interpreter(system), move).Any(interpreter => Goes(interpreter, [])));
        return found ? true : tried > most ? null : false;
    }

    private bool Goes(Interpreter interpreter, ImmutableArray<int> met)
    {
        if (++tried > most) return false;
        var step = interpreter.Run.Steps[^1];
        long now = Nanoseconds(interpreter.Instant);
        foreach (var e in step.Move.Events)
        {
            if (Patterns.Text(e, spec) is not { } text || !records.Any(r => r.Event == text)) continue;
            int place = Enumerable.Range(0, records.Length).FirstOrDefault(i => !records[i].IsSwitch && !met.Contains(i) && records[i].To!.Name == spec.Actors[e.A].Name, -1);
            if (place < 0 || records[place].Event != text || records[place].Time != now) return false;
            met = met.Add(place);
        }

        if (records.Where((r, i) => r.IsSwitch ? r.Time > now : !met.Contains(i)).ToList().Count == 0 && Holds(interpreter.Configuration!, now)) return true;
        string state = $"{string.Join(',', interpreter.Values.ToArray())};{interpreter.Configuration!.GetHashCode()};{interpreter.Instant};{string.Join(',', met.Order())}";
        if (!seen.Add(state)) return false;
        foreach (var move in interpreter.Candidates())
        {
            long then = Nanoseconds(interpreter.Instant + interpreter.Delay(move));
            if (then > records[^1].Time || (then > now && !(Holds(interpreter.Configuration!, now) && MetUpTo(then - 1, met) && Same(now, then)))) continue;
            if (Durations(interpreter, move).Any(next => Goes(next, met))) return true;
        }

        return false;
    }

    private bool MetUpTo(long time, ImmutableArray<int> met) => records.Where((r, i) => !r.IsSwitch && !met.Contains(i)).All(r => r.Time > time);

    /// <summary>Whoever has the cores has them in the trace just after an instant.</summary>
    private bool Holds(Configuration configuration, long now) => Enumerable.Range(0, spec.Machine.Cores).All(core =>
    {
        if (!records.Any(r => r.IsSwitch)) return true;
        string occupant = records.LastOrDefault(r => r.IsSwitch && r.Cpu == core && r.Time <= now).To?.Name ?? "";
        return occupant == (spec.Actors.FirstOrDefault(a => system.SituationOf(configuration, a.Index).Core == core)?.Name ?? "");
    });

    /// <summary>In the trace nothing changes hands between two instants.</summary>
    private bool Same(long now, long then) => Enumerable.Range(0, spec.Machine.Cores).All(core =>
        !records.Where(r => r.IsSwitch && r.Cpu == core && r.Time > now && r.Time < then).Any());

    private IEnumerable<Interpreter> Durations(Interpreter before, Move move)
    {
        var order = before.ChoosingOrder(move).ToList();
        return From(0, new long[move.Started.Length]);

        IEnumerable<Interpreter> From(int k, long[] chosen)
        {
            if (k == order.Count)
            {
                var next = new Interpreter(system);
                foreach (var step in before.Run.Steps) next.Take(step.Move, step.Durations);
                next.Take(move, [.. chosen]);
                yield return next;
                yield break;
            }

            var (low, high) = before.Range(move, order[k], chosen);
            for (long value = low; value <= (high ?? low + 8); value++)
            {
                chosen[order[k]] = value;
                foreach (var each in From(k + 1, (long[])chosen.Clone())) yield return each;
            }
        }
    }

    private long Nanoseconds(long ticks) => (long)(system.Tick * ticks).Floor();
}
