using Irekae.Model.Numbers;
using Irekae.Model.Semantics;

namespace Irekae.Checker.Conformance;

/// <summary>
/// Whether a run shows a stretch of a trace, looked at a second way: it knows nothing of sets and of how the run was found. What the run does, instant by
/// instant, is compared with what the trace shows, core by core and actor by actor.
/// </summary>
internal sealed class Rereading(Witness witness, Sight sight, (Rational Before, Rational After) resolution, IReadOnlyList<Observed> shown)
{
    private readonly TransitionSystem system = witness.Run.System;

    /// <summary>What is shown of a core is looked at by itself.</summary>
    private readonly bool[] met = [.. shown.Select(one => one.Core >= 0)];
    private int first;

    /// <summary>What does not fit, in words; null: the run shows just this.</summary>
    public string? Complaint()
    {
        foreach (var step in witness.Run.Steps)
        {
            var time = Time(step.Instant);
            foreach (var e in step.Move.Events.Where(sight.Sees))
            {
                int place = Find(e, time);
                if (place >= 0) met[place] = true;
                else if (!sight.MayMiss(e)) return $"at {time} ns {system.Describe(e)}, and the trace does not show it";
            }
        }

        for (int i = 0; i < shown.Count; i++)
            if (!met[i]) return $"line {shown[i].Line} is not in the run";
        return sight.Looked.Select(Occupied).FirstOrDefault(complaint => complaint is not null);
    }

    private Rational Time(long instant) => witness.Start + witness.Run.Nanoseconds(instant);

    private int Find(Event e, Rational time)
    {
        bool own = false, nobodys = false;
        while (first < met.Length && met[first]) first++;
        for (int i = first; i < shown.Count && !(own && nobodys); i++)
        {
            if (shown[i].Time - resolution.Before > time) break; // nor does what follows fit
            if (met[i]) continue;
            bool isOwn = shown[i].Pattern.Actor == e.A;
            if ((!isOwn && shown[i].Pattern.Actor >= 0) || (isOwn ? own : nobodys)) continue;
            (own, nobodys) = (own || isOwn, nobodys || !isOwn);
            if (shown[i].Pattern.Matches(e) && shown[i].Time + resolution.After >= time) return i;
        }

        return -1;
    }

    /// <summary>
    /// The trace says of a core who has it from when on; the run, who has it for how long. How many changes of the trace may have happened is kept as a set, since their times
    /// may leave that open.
    /// </summary>
    private string? Occupied(int core)
    {
        var changes = shown.Where(one => one.Core == core).ToList();
        var last = new SortedSet<int> { -1 };
        foreach (var (from, to, occupant) in Stays(core))
        {
            var before = last.ToList();
            if (from < to) last.RemoveWhere(at => at >= 0 && changes[at].Occupant != occupant);
            foreach (int at in before)
                last.UnionWith(Passed(at, changes, from, at < 0 || changes[at].Occupant == occupant || from == to ? to : from, occupant));
            // Met while it lasts, again and again: what follows in the same set is looked at as well.
            for (int at = last.Count > 0 ? last.Min : int.MaxValue; at <= last.Max && last.Count > 0; at++)
                if (last.Contains(at) && at >= 0 && changes[at].Occupant == occupant) last.UnionWith(Passed(at, changes, from, to, occupant));
            if (from < to) last.RemoveWhere(at => at + 1 < changes.Count && changes[at + 1].Time + resolution.After < to);
            if (last.Count == 0) return $"core {core} is not as the run has it from {from} to {to} ns";
        }

        return last.Contains(changes.Count - 1) ? null : $"line {changes[last.Max + 1].Line} is not in the run";
    }

    /// <summary>After one or several changes at one instant, of which the last leaves the core with whom it has in the run.</summary>
    private IEnumerable<int> Passed(int at, List<Observed> changes, Rational from, Rational to, int occupant)
    {
        var (low, high) = (from, to);
        for (int next = at + 1; next < changes.Count; next++)
        {
            (low, high) = (Rational.Max(low, changes[next].Time - resolution.Before), Rational.Min(high, changes[next].Time + resolution.After));
            if (low > high) yield break;
            if (changes[next].Occupant == occupant) yield return next;
        }
    }

    /// <summary>Who has a core, from when to when, as far as can be seen; those of no length at the last instant alone.</summary>
    private IEnumerable<(Rational From, Rational To, int Occupant)> Stays(int core)
    {
        var end = Time(witness.Run.Steps.IsEmpty ? 0 : witness.Run.Steps[^1].Instant);
        int occupant = witness.Before is { } before ? Occupant(before, core) : -1;
        var since = Time(0);
        foreach (var step in witness.Run.Steps)
        {
            var now = Time(step.Instant);
            if (now > since || now == end) yield return (since, now, occupant);
            (occupant, since) = (Occupant(step.Move.Next, core), now);
        }

        yield return (since, since, occupant);
    }

    private int Occupant(Configuration configuration, int core)
    {
        foreach (int actor in sight.Shown)
            if (system.SituationOf(configuration, actor).Core == core) return actor;
        return -1;
    }
}
