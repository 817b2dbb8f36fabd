using Irekae.Model.Semantics;

namespace Irekae.Checker.Bounded;

/// <summary>The layers so far. Each is confirmed when it is made: no move leaves the bounds that were computed for it.</summary>
internal sealed class Unrolling
{
    private readonly List<Layer> layers = [];
    private readonly Confirmation confirmation;

    public Unrolling(TransitionSystem system, Questions questions)
    {
        System = system;
        Encoding = new Encoding(system);
        confirmation = new Confirmation(Encoding, questions);
    }

    public TransitionSystem System { get; }

    public Encoding Encoding { get; }

    public Layer Last => layers[^1];

    public long Stations { get; private set; }

    public long Passages { get; private set; }

    /// <summary>The next layer.</summary>
    /// <exception cref="UnansweredException">The solver did not confirm it in time.</exception>
    public Layer Extend()
    {
        var next = layers.Count == 0 ? Layer.First(System) : Last.Next(System);
        confirmation.Confirm(next);
        layers.Add(next);
        Stations += next.Stations.Count;
        Passages += next.Passages.Count;
        return next;
    }

    /// <summary>What the layers say of the runs that end in one of these passages, and nothing of others.</summary>
    public IEnumerable<string> Leading(IEnumerable<Passage> ends)
    {
        var passages = new HashSet<Passage>(ends, ReferenceEqualityComparer.Instance);
        var stations = new HashSet<Station>(ReferenceEqualityComparer.Instance);
        var open = new Stack<Passage>(passages);
        while (open.TryPop(out var passage))
        {
            if (passage.From is not { } from || !stations.Add(from)) continue;
            foreach (var earlier in from.Incoming)
                if (passages.Add(earlier)) open.Push(earlier);
        }

        foreach (var layer in layers)
            foreach (string formula in Encoding.Layer(layer, passages, stations)) yield return formula;
    }
}
