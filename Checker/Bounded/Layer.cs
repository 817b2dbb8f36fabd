using Irekae.Model.Semantics;

namespace Irekae.Checker.Bounded;

/// <summary>A configuration that some run may have after a number of moves.</summary>
internal sealed class Station(int depth, int index, Configuration configuration, Zone zone)
{
    public int Depth { get; } = depth;

    public int Index { get; } = index;

    public Configuration Configuration { get; } = configuration;

    public Zone Zone { get; } = zone;

    public List<Passage> Incoming { get; } = [];

    /// <summary>Some run ends here because of a violation: nothing follows.</summary>
    public bool Stops { get; set; }

    public IReadOnlyList<Move>? Moves { get; set; }
}

/// <summary>A move from one depth to the next. <c>From</c> null: the beginning.</summary>
/// <param name="Plain">As the transition system has it.</param>
/// <param name="Renaming">Then its configuration was renamed, to that of the station: <c>Move</c>. Null: it was not.</param>
internal sealed record Passage(int Depth, int Index, Station? From, Move Plain, Renaming? Renaming, Move Move, Station To);

/// <summary>What may happen at one depth: equal configurations at equal depth are one station, and so are those that an exchange of processes makes equal.</summary>
/// <param name="Depth">Moves taken, the beginning included.</param>
/// <param name="RuledOut">Moves that bounds on differences forbid.</param>
internal sealed record Layer(int Depth, IReadOnlyList<Station> Stations, IReadOnlyList<Passage> Passages, IReadOnlyList<(Station? From, Move Move)> RuledOut)
{
    public static Layer First(TransitionSystem system, Interchange? interchange) => Build(system, interchange, 1, [(null, system.Initial())]);

    public Layer Next(TransitionSystem system, Interchange? interchange) =>
        Build(system, interchange, Depth + 1, Stations.Select(station => ((Station?)station, station.Moves ??= system.Moves(station.Configuration))));

    private static Layer Build(TransitionSystem system, Interchange? interchange, int depth, IEnumerable<(Station? From, IReadOnlyList<Move> Moves)> sources)
    {
        var stations = new Dictionary<Configuration, Station>();
        var passages = new List<Passage>();
        var ruledOut = new List<(Station?, Move)>();
        foreach (var (from, moves) in sources)
        {
            foreach (var plain in moves)
            {
                var before = from?.Zone ?? Zone.Nothing;
                if (before.After(system, from?.Configuration, plain) is not { } zone)
                {
                    ruledOut.Add((from, plain));
                    continue;
                }

                var renaming = interchange?.Towards(plain.Next, timer => zone.Range(plain.Next, timer));
                var move = renaming?.After(plain) ?? plain;
                if (renaming is not null) zone = before.After(system, from?.Configuration, move)!;
                if (stations.TryGetValue(move.Next, out var to)) to.Zone.Join(zone);
                else stations.Add(move.Next, to = new Station(depth, stations.Count, move.Next, zone));
                var passage = new Passage(depth, passages.Count, from, plain, renaming, move, to);
                passages.Add(passage);
                to.Incoming.Add(passage);
                to.Stops |= move.Stops;
            }
        }

        return new Layer(depth, [.. stations.Values], passages, ruledOut);
    }
}
