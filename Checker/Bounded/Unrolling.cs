using Irekae.Model.Semantics;

namespace Irekae.Checker.Bounded;

/// <summary>The layers so far. Each is confirmed when it is made: no move leaves the bounds that were computed for it.</summary>
internal sealed class Unrolling
{
    private readonly List<Layer> layers = [];
    private readonly Questions questions;
    private readonly Interchange? interchange;

    /// <param name="interchange">Null: no processes are exchanged.</param>
    /// <param name="questions">For the bounds of layers.</param>
    public Unrolling(TransitionSystem system, Interchange? interchange, Questions questions)
    {
        System = system;
        Encoding = new Encoding(system);
        Confirmation = new Confirmation(Encoding);
        this.questions = questions;
        this.interchange = interchange is { Classes.IsEmpty: true } ? null : interchange;
    }

    public TransitionSystem System { get; }

    public Encoding Encoding { get; }

    public Confirmation Confirmation { get; }

    public int Depth => layers.Count;

    /// <summary>No run has more moves.</summary>
    public bool Ended { get; private set; }

    /// <summary>Some runs ended because of a violation: what would have followed was not seen.</summary>
    public bool Stops { get; private set; }

    public long Stations { get; private set; }

    public long Passages { get; private set; }

    public long Asked => questions.Asked;

    /// <summary>One more layer, or it has ended.</summary>
    /// <exception cref="UnansweredException">The solver did not confirm it in time.</exception>
    public void Extend()
    {
        var next = layers.Count == 0 ? Layer.First(System, interchange) : layers[^1].Next(System, interchange);
        Confirmation.Confirm(next, questions);
        Ended = next.Stations.Count == 0;
        if (Ended) return;
        layers.Add(next);
        Stations += next.Stations.Count;
        Passages += next.Passages.Count;
        Stops |= next.Stations.Any(s => s.Stops);
    }

    public IEnumerable<Layer> Between(Stretch stretch) => layers.Take(stretch.To).Skip(stretch.After);

    public IReadOnlyList<Move> Moves(Station station) => station.Moves ??= System.Moves(station.Configuration);

    /// <summary>A conversation in which the runs to these goals, and no others, have been spoken of; null: bounds alone show that there are none.</summary>
    public (Solver Solver, Cone Cone)? Leading(IReadOnlyCollection<Goal> goals, Questions asking)
    {
        var cone = Cone.Of(System, layers, goals);
        Confirmation.Confirm(cone, asking);
        if (cone.Goals.Count == 0) return null;
        var solver = asking.Open();
        solver.Assert([.. layers.Take(cone.Depth).SelectMany(layer => Encoding.Layer(layer, cone))]);
        return (solver, cone);
    }
}

/// <summary>Depths that are judged at once: those beyond <paramref name="After"/>, up to <paramref name="To"/>.</summary>
internal readonly record struct Stretch(int After, int To);
