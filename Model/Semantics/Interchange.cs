using System.Collections.Immutable;
using Irekae.Model.Binding;
using Irekae.Model.Semantics.Program;

namespace Irekae.Model.Semantics;

/// <summary>
/// Processes that can be exchanged for each other. With σ such an exchange, applied to actors and to the timers, variables and own endpoints that go with
/// them, for every configuration q
/// <code>
///     the moves of σ(q) are the σ-images of the moves of q
/// </code>
/// so that from σ(q) the same can be observed as from q. For that, two processes have to be equal in all that <see cref="Traits"/> writes down: attributes, and
/// program but for the names of their own variables. Nobody may name them: no other program, nor their own, no observed quantity, condition or fault. And no rule
/// of the semantics that goes by the order of the text may tell them apart. There are two of those: those whose awaited condition has come to hold become
/// ready in that order (so nobody who has an <c>await</c> is), and whoever begins without an arrival is ready at the beginning in that order. The last makes no
/// difference here: it is about the beginning of a run, not about the moves of a configuration. Devices are not exchanged: only processes are written down.
/// </summary>
public sealed class Interchange
{
    private readonly TransitionSystem system;
    private readonly Layout layout;
    private readonly int[] classOf;

    /// <summary>Of each actor of a class, in the order that a renaming maps to the same of another.</summary>
    private readonly int[][] timers, variables, endpoints;

    /// <param name="conditions">What is asked of configurations, besides what the system observes.</param>
    public Interchange(TransitionSystem system, IEnumerable<BoundExpression> conditions)
    {
        this.system = system;
        layout = system.layout;
        var traits = new Traits(system, [.. conditions]);
        var actors = system.System.Actors;
        Classes = [.. actors.Where(a => traits.MayBeExchanged(a.Index)).GroupBy(a => traits.Of(a.Index))
            .Where(g => g.Count() > 1).Select(g => g.Select(a => a.Index).ToImmutableArray())];
        classOf = new int[actors.Length];
        Array.Fill(classOf, -1);
        for (int c = 0; c < Classes.Length; c++)
            foreach (int actor in Classes[c]) classOf[actor] = c;
        timers = [.. actors.Select(a => classOf[a.Index] < 0 ? [] : traits.Timers(a.Index))];
        variables = [.. actors.Select(a => classOf[a.Index] < 0 ? [] : traits.Variables(a.Index))];
        endpoints = [.. actors.Select(a => classOf[a.Index] < 0 ? [] : traits.Endpoints(a.Index))];
    }

    /// <summary>Indices of actors, ascending; two or more in each.</summary>
    public ImmutableArray<ImmutableArray<int>> Classes { get; }

    /// <summary>
    /// A renaming that takes the configuration to one that stands for others too: within each class, actors are in the order of what is the case
    /// of them. Where they are alike in that, <paramref name="rank"/> of their timers decides. Any renaming is right; this one makes many configurations equal.
    /// </summary>
    /// <returns>Null: it is that one already.</returns>
    public Renaming? Towards(Configuration configuration, Func<int, (long, long)> rank)
    {
        int[] to = [.. Enumerable.Range(0, layout.Actors)];
        foreach (var members in Classes)
        {
            var signs = members.ToDictionary(a => a, a => Sign(configuration, a, rank));
            int[] sorted = [.. members.OrderBy(a => signs[a], Comparer<long[]>.Create((x, y) => x.AsSpan().SequenceCompareTo(y)))];
            for (int k = 0; k < sorted.Length; k++) to[sorted[k]] = members[k];
        }

        return Along(to);
    }

    /// <param name="to">Of each actor, one of its class; every actor once.</param>
    /// <returns>Null: nobody is renamed.</returns>
    public Renaming? Along(int[] to)
    {
        if (Enumerable.Range(0, to.Length).All(a => to[a] == a)) return null;
        int[] timer = [.. Enumerable.Range(0, system.Timers.Length)], variable = [.. Enumerable.Range(0, system.System.Variables.Length)],
            endpoint = [.. Enumerable.Range(0, system.System.Endpoints.Length)];
        for (int a = 0; a < to.Length; a++)
        {
            if (to[a] == a) continue;
            if (classOf[a] < 0 || classOf[a] != classOf[to[a]]) throw new ArgumentException("not of one class", nameof(to));
            for (int k = 0; k < timers[a].Length; k++) timer[timers[a][k]] = timers[to[a]][k];
            for (int k = 0; k < variables[a].Length; k++) variable[variables[a][k]] = variables[to[a]][k];
            for (int k = 0; k < endpoints[a].Length; k++) endpoint[endpoints[a][k]] = endpoints[to[a]][k];
        }

        return new Renaming(system, to, timer, variable, endpoint);
    }

    /// <summary>Equal in all but choices and events, which a renaming leaves as they are, and in what violations say.</summary>
    public static bool Alike(Move one, Move other) =>
        one.Timer == other.Timer && one.Immediate == other.Immediate && one.Stops == other.Stops && one.Next.Equals(other.Next)
        && one.Sources.SequenceEqual(other.Sources) && one.StrictlyBefore.Order().SequenceEqual(other.StrictlyBefore.Order())
        && one.Started.Select(Written).SequenceEqual(other.Started.Select(Written)) && Sorted(one.Ended).SequenceEqual(Sorted(other.Ended))
        && one.FailedConditions.Order().SequenceEqual(other.FailedConditions.Order())
        && one.Violations.Select(v => v.Kind).Order().SequenceEqual(other.Violations.Select(v => v.Kind).Order());

    private static string Written(Started started) => $"{started.Timer} {Traits.Text(started.Interval)}";

    private static IEnumerable<Ended> Sorted(ImmutableArray<Ended> ended) => ended.OrderBy(e => e.Quantity).ThenBy(e => e.Clock);

    /// <summary>Everything in a configuration that is about this actor, but for which others of a class it has to do with.</summary>
    private long[] Sign(Configuration configuration, int actor, Func<int, (long, long)> rank)
    {
        int[] cells = configuration.Cells;
        var sign = new List<long>();
        for (int k = 0; k < Layout.Fixed; k++) sign.Add(cells[layout.Of(actor, k)]);
        foreach (int v in variables[actor]) sign.Add(cells[layout.Variables + v]);
        foreach (int t in timers[actor]) sign.Add(cells[t]);
        var callers = system.CallerCellsOf(actor);
        for (int k = 0; k < system.LocalCellsOf(actor); k++) sign.Add(callers.Contains(k) ? Stranger(cells[layout.Locals[actor] + k]) : cells[layout.Locals[actor] + k]);
        for (int m = 0; m < cells[layout.Of(actor, Layout.InboxCount)]; m++)
        {
            for (int k = 0; k < layout.MessageWidth; k++)
                if (cells[layout.Inbox[actor] + (m * layout.MessageWidth) + k] is var cell) sign.Add(k == Layout.MessageCaller ? Stranger(cell) : cell);
        }

        for (int cell = layout.Bindings; cell < layout.Switching; cell++)
            if (cells[cell] == actor + 1 && !endpoints[actor].Contains(cell - layout.Bindings)) sign.Add(cell);
        for (int other = 0; other < layout.Actors; other++)
        {
            if (classOf[other] >= 0) continue;
            foreach (int cell in layout.Callers(other, system.CallerCellsOf(other), cells))
                if (cells[cell] == actor + 1) sign.Add(cell);
        }

        sign.Add(long.MaxValue);
        foreach (int t in timers[actor])
        {
            if (cells[t] == 0) continue;
            var (low, high) = rank(t);
            sign.Add(low);
            sign.Add(high);
        }

        return [.. sign];
    }

    /// <summary>Of one who is in no class, the actor plus 1; else −1.</summary>
    private int Stranger(int cell) => cell > 0 && classOf[cell - 1] >= 0 ? -1 : cell;
}
