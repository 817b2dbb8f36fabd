using Irekae.Model.Semantics;

namespace Irekae.Checker.Bounded;

/// <summary>A move that shows what is asked for: by being taken, or if a clock reads at least or at most so much then (ticks).</summary>
/// <param name="Clock">Null: by being taken.</param>
internal sealed record Goal(Passage Passage, int? Clock = null, long? Least = null, long? Most = null);

/// <summary>
/// What can lead to some goals: computed backwards from them by bounds on differences, within the forward bounds of the layers. Of each
/// station it has bounds of the points from which a goal may be reached; stations and passages without such points are not in it.
/// Like the forward bounds these only rule out, and <see cref="Claims"/> says what the solver has to confirm.
/// </summary>
internal sealed class Cone
{
    private readonly HashSet<Passage> passages = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Station, Zone> zones = new(ReferenceEqualityComparer.Instance);
    private readonly List<Func<Encoding, string>> claims = [];

    private Cone(int depth) => Depth = depth;

    /// <summary>No goal is deeper.</summary>
    public int Depth { get; }

    /// <summary>The goals that the bounds do not rule out.</summary>
    public List<Goal> Goals { get; } = [];

    private readonly HashSet<Station> reached = new(ReferenceEqualityComparer.Instance);

    public static Cone Of(TransitionSystem system, IReadOnlyList<Layer> layers, IReadOnlyCollection<Goal> goals)
    {
        var cone = new Cone(goals.Max(g => g.Passage.Depth));
        var at = goals.ToLookup(g => (object)g.Passage, ReferenceEqualityComparer.Instance);
        for (int depth = cone.Depth; depth > 0; depth--)
        {
            foreach (var passage in layers[depth - 1].Passages)
            {
                foreach (var goal in at[passage]) cone.EndWith(goal);
                cone.LeadOn(system, passage);
            }
        }

        cone.Connect(layers);
        return cone;
    }

    public bool Holds(Passage passage) => passages.Contains(passage);

    /// <summary>Null: no goal can be reached from here.</summary>
    public Zone? Bounds(Station station) => reached.Contains(station) ? zones.GetValueOrDefault(station) : null;

    /// <summary>Formulas none of which is possible, if all bounds are right.</summary>
    public IEnumerable<string> Claims(Encoding encoding) => claims.Select(claim => claim(encoding));

    /// <summary>Leaves out what no passages in here connect with the beginning.</summary>
    private void Connect(IReadOnlyList<Layer> layers)
    {
        foreach (var passage in layers.Take(Depth).SelectMany(layer => layer.Passages))
        {
            if (passage.From is not null && !reached.Contains(passage.From)) passages.Remove(passage);
            else if (passages.Contains(passage) && zones.ContainsKey(passage.To)) reached.Add(passage.To);
        }

        Goals.RemoveAll(goal => !passages.Contains(goal.Passage));
    }

    private void EndWith(Goal goal)
    {
        var (from, move) = (goal.Passage.From, goal.Passage.Move);
        var part = from is null ? Zone.Nothing : from.Zone.Where(from.Configuration, move, goal.Clock, goal.Least, goal.Most);
        if (part is not null) Goals.Add(goal);
        Lead(goal.Passage, part, encoding => encoding.Shows(goal, 1));
    }

    private void LeadOn(TransitionSystem system, Passage passage)
    {
        if (!zones.TryGetValue(passage.To, out var after)) return;
        var part = (passage.From?.Zone ?? Zone.Nothing).Before(system, passage.From?.Configuration, passage.Move, after);
        Lead(passage, part, encoding => encoding.Within(passage.To, after));
    }

    /// <param name="part">The points before the passage; null: none.</param>
    private void Lead(Passage passage, Zone? part, Func<Encoding, string> then)
    {
        if (part is null)
        {
            claims.Add(encoding => encoding.Step(passage.From, null, passage.Move, then(encoding)));
            return;
        }

        passages.Add(passage);
        if (passage.From is not { } from) return;
        if (zones.TryGetValue(from, out var known)) known.Join(part);
        else zones.Add(from, part.Copy());
        claims.Add(encoding => encoding.Step(from, zones[from], passage.Move, then(encoding)));
    }
}
