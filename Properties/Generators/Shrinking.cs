using System.Collections.Immutable;
using Irekae.Model.Binding;

namespace Irekae.Properties.Generators;

/// <summary>
/// Smaller sketches, boldest first: without a declaration, without a statement, a block in the place of its statement, plainer attributes,
/// smaller numbers. Each is pruned, so each is well formed; a reader of the smallest failing one sees nothing that is not needed.
/// </summary>
public static class Shrinking
{
    public static IEnumerable<Sketch> Smaller(this Sketch sketch)
    {
        string own = SketchText.Of(sketch);
        return Candidates(sketch).Select(Pruning.Pruned).Where(s => SketchText.Of(s) != own);
    }

    /// <summary>The smallest sketch that still fails, going down greedily.</summary>
    public static Sketch Smallest(this Sketch sketch, Func<Sketch, bool> fails)
    {
        for (bool again = true; again;)
        {
            again = false;
            foreach (var smaller in sketch.Smaller())
            {
                if (!fails(smaller)) continue;
                (sketch, again) = (smaller, true);
                break;
            }
        }

        return sketch;
    }

    private static IEnumerable<Sketch> Candidates(Sketch s)
    {
        foreach (var fewer in Without(s.Actors)) yield return s with { Actors = fewer };
        foreach (var fewer in Without(s.Properties)) yield return s with { Properties = fewer };
        foreach (var fewer in Without(s.Faults)) yield return s with { Faults = fewer };
        foreach (var fewer in Without(s.Endpoints)) yield return s with { Endpoints = fewer };
        foreach (var fewer in Without(s.Mutexes)) yield return s with { Mutexes = fewer };
        foreach (var fewer in Without(s.Shared)) yield return s with { Shared = fewer };
        foreach (var fewer in Without(s.Parameters)) yield return s with { Parameters = fewer };
        foreach (var machine in Plainer(s.Machine)) yield return s with { Machine = machine };
        for (int a = 0; a < s.Actors.Length; a++)
            foreach (var actor in Plainer(s.Actors[a])) yield return s with { Actors = s.Actors.SetItem(a, actor) };
        for (int m = 0; m < s.Mutexes.Length; m++)
            if (s.Mutexes[m].Protocol != MutexProtocol.None) yield return s with { Mutexes = s.Mutexes.SetItem(m, s.Mutexes[m] with { Protocol = MutexProtocol.None, Ceiling = null }) };
        for (int p = 0; p < s.Properties.Length; p++)
            if (!s.Properties[p].Under.IsEmpty) yield return s with { Properties = s.Properties.SetItem(p, s.Properties[p] with { Under = [] }) };
    }

    private static IEnumerable<ImmutableArray<T>> Without<T>(ImmutableArray<T> all) => Enumerable.Range(0, all.Length).Select(k => all.RemoveAt(k));

    private static IEnumerable<MachineSketch> Plainer(MachineSketch m)
    {
        if (m.Cores > 1) yield return m with { Cores = m.Cores - 1 };
        if (m.Quantum is not null) yield return m with { Quantum = null };
        if (m.Switch is not null) yield return m with { Switch = null };
        if (m.PreemptedToTail) yield return m with { PreemptedToTail = false };
        if (m.SliceKept) yield return m with { SliceKept = false };
        if (m.Ties != Ties.CompletionFirst) yield return m with { Ties = Ties.CompletionFirst };
        foreach (var smaller in Smaller(m.Quantum, 1)) yield return m with { Quantum = smaller };
    }

    private static IEnumerable<ActorSketch> Plainer(ActorSketch a)
    {
        foreach (var fewer in Without(a.Handlers)) yield return a with { Handlers = fewer };
        if (!a.Instances.IsEmpty) yield return a with { Instances = [] };
        foreach (var body in Smaller(a.Body)) yield return a with { Body = body };
        for (int h = 0; h < a.Handlers.Length; h++)
        {
            var handler = a.Handlers[h];
            if (handler.Urgent) yield return a with { Handlers = a.Handlers.SetItem(h, handler with { Urgent = false }) };
            foreach (var body in Smaller(handler.Body)) yield return a with { Handlers = a.Handlers.SetItem(h, handler with { Body = body }) };
        }

        if (a.Jobs is { } jobs)
        {
            yield return a with { Jobs = null };
            if (jobs.Jitter is not null) yield return a with { Jobs = jobs with { Jitter = null } };
            if (jobs.Offset is not null) yield return a with { Jobs = jobs with { Offset = null } };
            if (!jobs.Periodic) yield return a with { Jobs = jobs with { Periodic = true, Separation = Lapse.Exactly(jobs.Separation.Low) } };
            foreach (var smaller in Smaller(jobs.Separation, 1)) yield return a with { Jobs = jobs with { Separation = smaller, Jitter = null } };
            if (jobs.Backlog > 1) yield return a with { Jobs = jobs with { Backlog = jobs.Backlog - 1 } };
        }

        foreach (var fewer in Without(a.Variables)) yield return a with { Variables = fewer };
        if (a.Core is not null) yield return a with { Core = null };
        if (a.NonPreemptive) yield return a with { NonPreemptive = false };
        if (a.Quantum is not null) yield return a with { Quantum = null };
        if (a.Inbox is not null) yield return a with { Inbox = null };
        if (a.Priority > 0) yield return a with { Priority = a.Priority - 1 };
    }

    private static IEnumerable<ImmutableArray<Deed>> Smaller(ImmutableArray<Deed> block)
    {
        for (int k = 0; k < block.Length; k++)
        {
            yield return block.RemoveAt(k);
            foreach (var inside in block[k].Blocks()) yield return block.RemoveAt(k).InsertRange(k, inside);
            foreach (var smaller in Smaller(block[k])) yield return block.SetItem(k, smaller);
        }
    }

    private static IEnumerable<Deed> Smaller(Deed deed)
    {
        var blocks = deed.Blocks();
        for (int b = 0; b < blocks.Length; b++)
            foreach (var smaller in Smaller(blocks[b])) yield return deed.With(blocks.SetItem(b, smaller));
        switch (deed)
        {
            case Deed.Run d:
                foreach (var lapse in Smaller(d.Duration, 0)) yield return new Deed.Run(lapse!);
                break;
            case Deed.Wait d:
                foreach (var lapse in Smaller(d.Duration, 0)) yield return new Deed.Wait(lapse!);
                break;
            case Deed.AfterAnyTime:
                yield return new Deed.Wait(Lapse.Exactly(1));
                break;
            case Deed.Repeat { Count: > 1 } d:
                yield return d with { Count = d.Count - 1 };
                break;
            case Deed.If { Else: not null } d:
                yield return d with { Else = null };
                break;
            case Deed.Call { Refused: not null } d:
                yield return d with { Refused = null };
                break;
            case Deed.Bind { Rule: not InboxRule.Move } d:
                yield return d with { Rule = InboxRule.Move };
                break;
        }
    }

    private static IEnumerable<Lapse> Smaller(Lapse? lapse, int least)
    {
        if (lapse is null) yield break;
        if (lapse.Parameter is not null) yield return lapse with { Parameter = null };
        if (lapse.High != lapse.Low) yield return lapse with { High = lapse.Low };
        if (lapse.High > lapse.Low + 1) yield return lapse with { High = lapse.High - 1 };
        if (lapse.Low > least + 1) yield return new Lapse(least + 1, lapse.High - lapse.Low + least + 1, lapse.Parameter);
        if (lapse.Low > least) yield return lapse with { Low = lapse.Low - 1, High = lapse.High - 1 };
    }
}
