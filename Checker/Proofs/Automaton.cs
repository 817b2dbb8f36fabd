using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Irekae.Model.Semantics;

namespace Irekae.Checker.Proofs;

/// <param name="Flags">Indices of the automaton's flags that this edge carries.</param>
internal sealed record Transition(Move Move, int To, ImmutableArray<int> Flags);

/// <param name="Edges">Null: not looked at, because nothing gets there. A proof has to show that.</param>
internal sealed record Location(Configuration Configuration, ImmutableArray<int> Flags, ImmutableArray<Transition>? Edges);

/// <summary>
/// Something that a question is about and that the discrete part of a system decides: a condition of configurations, a violation of a move.
/// Locations and edges where it is so carry it; "never" says that no run comes across one.
/// </summary>
internal sealed record Flag(string Name, Func<Configuration, bool> OfLocation, Func<Move, bool> OfMove)
{
    public static bool Nowhere(Configuration configuration) => false;

    public static bool Nowhere(Move move) => false;
}

/// <summary>
/// The unfolded stopwatch automaton: every configuration that is looked at with its moves. Numbered breadth first from the initial moves, so that
/// whoever knows the specification and which locations were looked at builds the same one again.
/// </summary>
internal sealed record Automaton(TransitionSystem System, ImmutableArray<Flag> Flags, ImmutableArray<Location> Locations, ImmutableArray<Transition> Initial)
{
    /// <param name="looksAt">Whether a location, by number, has its edges written down.</param>
    /// <param name="moves">The moves of a configuration: what the semantics says, asked again or remembered.</param>
    public static Automaton Unfold(
        TransitionSystem system, ImmutableArray<Flag> flags, Func<int, Configuration, bool> looksAt, Func<Configuration, IEnumerable<Move>> moves)
    {
        var numbers = new Dictionary<Configuration, int>();
        var configurations = new List<Configuration>();
        Transition Of(Move move)
        {
            ref int number = ref CollectionsMarshal.GetValueRefOrAddDefault(numbers, move.Next, out bool known);
            if (!known)
            {
                number = configurations.Count;
                configurations.Add(move.Next);
            }

            return new Transition(move, number, Where(flags, m => m.OfMove(move)));
        }

        ImmutableArray<Transition> initial = [.. system.Initial().Select(Of)];
        var locations = ImmutableArray.CreateBuilder<Location>();
        while (locations.Count < configurations.Count)
        {
            var own = configurations[locations.Count];
            ImmutableArray<Transition>? edges = looksAt(locations.Count, own) ? [.. moves(own).Select(Of)] : null;
            locations.Add(new Location(own, Where(flags, m => m.OfLocation(own)), edges));
        }

        return new Automaton(system, flags, locations.ToImmutable(), initial);
    }

    private static ImmutableArray<int> Where(ImmutableArray<Flag> flags, Func<Flag, bool> holds) =>
        [.. Enumerable.Range(0, flags.Length).Where(i => holds(flags[i]))];
}
