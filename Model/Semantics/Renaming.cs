using System.Collections.Immutable;
using Irekae.Model.Semantics.Program;

namespace Irekae.Model.Semantics;

/// <summary>Other names for actors, and with them for timers, variables and endpoints: a permutation of each. See <see cref="Interchange"/>.</summary>
public sealed class Renaming
{
    private readonly TransitionSystem system;
    private readonly Layout layout;
    private readonly int[] actors, timers, variables, endpoints;

    internal Renaming(TransitionSystem system, int[] actors, int[] timers, int[] variables, int[] endpoints)
    {
        this.system = system;
        layout = system.layout;
        (this.actors, this.timers, this.variables, this.endpoints) = (actors, timers, variables, endpoints);
    }

    /// <summary>−1 stays.</summary>
    public int Timer(int timer) => timer < 0 ? timer : timers[timer];

    public Renaming Inverse() => new(system, Inverted(actors), Inverted(timers), Inverted(variables), Inverted(endpoints));

    /// <summary>First this one, then another; null stands for none.</summary>
    public static Renaming? Both(Renaming? first, Renaming? then) => first is null ? then : then is null ? first
        : new Renaming(first.system, Joined(first.actors, then.actors), Joined(first.timers, then.timers), Joined(first.variables, then.variables), Joined(first.endpoints, then.endpoints));

    public Configuration Of(Configuration configuration)
    {
        int[] old = configuration.Cells, cells = (int[])old.Clone();
        int Actor(int cell) => cell > 0 ? actors[cell - 1] + 1 : cell;
        for (int t = 0; t < timers.Length; t++) cells[layout.Alive + timers[t]] = old[layout.Alive + t];
        for (int v = 0; v < variables.Length; v++) cells[layout.Variables + variables[v]] = old[layout.Variables + v];
        for (int e = 0; e < endpoints.Length; e++) cells[layout.Bindings + endpoints[e]] = Actor(old[layout.Bindings + e]);
        for (int cell = layout.Owners; cell < layout.Switching; cell++) cells[cell] = Actor(old[cell]);
        for (int a = 0; a < actors.Length; a++)
        {
            int to = actors[a], length = layout.Inbox[a] + (layout.MessageWidth * system.System.Actors[a].InboxDepth) - layout.Of(a, 0);
            Array.Copy(old, layout.Of(a, 0), cells, layout.Of(to, 0), length);
        }

        for (int a = 0; a < actors.Length; a++)
        {
            foreach (int cell in layout.Callers(a, system.CallerCellsOf(a), cells)) cells[cell] = Actor(cells[cell]);
            for (int m = 0; m < cells[layout.Of(a, Layout.InboxCount)]; m++)
            {
                int at = layout.Inbox[a] + (m * layout.MessageWidth) + Layout.MessageEndpoint;
                cells[at] = endpoints[cells[at]];
            }
        }

        int count = configuration.Timers.Length;
        int[] alive = [.. configuration.Timers.Select(Timer)];
        var rates = (TimerRate[])configuration.Rates.Clone();
        Array.Sort(alive, rates, 0, count);
        return new Configuration(cells, alive, rates, configuration.TimerCount);
    }

    /// <summary>The move to the renamed configuration: what is before it keeps its names.</summary>
    public Move After(Move move) => After(move, Of(move.Next), source => source);

    /// <summary>The move of the renamed configuration, to the renamed configuration. Choices and events keep the names they have.</summary>
    public Move Of(Move move) => After(move, Of(move.Next), Timer) with
    {
        Timer = Timer(move.Timer),
        StrictlyBefore = [.. move.StrictlyBefore.Select(Timer).Order()],
        Ended = [.. move.Ended.Select(e => e with { Clock = Timer(e.Clock) })],
    };

    private Move After(Move move, Configuration next, Func<int, int> source)
    {
        var sources = new int[next.Timers.Length];
        for (int k = 0; k < sources.Length; k++) sources[Array.BinarySearch(next.Timers, Timer(move.Next.Timers[k]))] = source(move.Sources[k]);
        return move with
        {
            Next = next,
            Sources = ImmutableArray.Create(sources),
            Started = [.. move.Started.Select(s => s with { Timer = Timer(s.Timer) }).OrderBy(s => s.Timer)],
        };
    }

    private static int[] Inverted(int[] map)
    {
        var inverse = new int[map.Length];
        for (int k = 0; k < map.Length; k++) inverse[map[k]] = k;
        return inverse;
    }

    private static int[] Joined(int[] first, int[] then) => [.. first.Select(k => then[k])];
}
