using System.Collections.Immutable;
using Irekae.Model;
using Irekae.Model.Binding;
using Irekae.Properties.Generators;

namespace Irekae.Tests.Laws;

/// <summary>Random systems some of whose processes are there two or three times over.</summary>
public static class Twins
{
    private static readonly string[] Names = ["a", "b", "c"];

    /// <summary>Null: with some process several times over it is not well formed.</summary>
    public static Drawn? Of(ulong seed, Profile profile)
    {
        var sketch = SystemDraw.From(seed, profile);
        int copies = 2 + (int)(seed % 2);
        ImmutableArray<InstanceSketch> instances = [.. Names.Take(copies).Select(n => new InstanceSketch(n, false))];
        var processes = sketch.Actors.Where(a => a.Kind == ActorKind.Process && a.Instances.IsEmpty).Select(a => a.Name).ToHashSet();
        if (processes.Count == 0) return null;
        string only = processes.Order(StringComparer.Ordinal).ElementAt((int)(seed / 2 % (ulong)processes.Count));
        var twice = sketch with
        {
            Actors = [.. sketch.Actors.Select(a => a.Name == only ? a with { Instances = instances } : a)],
            Properties = [.. sketch.Properties.Select(p => p.Asked is Asked.Extreme { Quantity: Quantified.Response response } asked && response.Process == only
                ? p with { Asked = asked with { Quantity = new Quantified.Response($"{only}.{Names[0]}") } } : p)],
        };
        string text = SketchText.Of(twice);
        return Spec.FromText("generated.irk", text).System is { } system ? new Drawn(seed, twice, text, system) : null;
    }

    public static IEnumerable<Drawn> Systems(Profile profile, int usual, int campaign) => Campaign.Seeds(usual, campaign).Select(seed => Of(seed, profile)).OfType<Drawn>();
}
