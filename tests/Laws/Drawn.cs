using Irekae.Model;
using Irekae.Model.Binding;
using Irekae.Model.Semantics;
using Irekae.Properties.Generators;

namespace Irekae.Tests.Laws;

/// <summary>A random system, from its seed to its meaning.</summary>
public sealed record Drawn(ulong Seed, Sketch Sketch, string Text, BoundSystem System)
{
    public static Drawn Of(ulong seed, Profile profile)
    {
        var sketch = SystemDraw.From(seed, profile);
        string text = SketchText.Of(sketch);
        return new Drawn(seed, sketch, text, Bind(text, $"seed {seed}"));
    }

    /// <exception cref="InvalidOperationException">The text is not well formed; the message holds it and what is wrong.</exception>
    public static BoundSystem Bind(string text, string name)
    {
        var spec = Spec.FromText("generated.irk", text);
        return spec.System ?? throw new InvalidOperationException(
            $"{name} is not well formed:\n{string.Join('\n', spec.Diagnostics.Select(d => $"{d.Code.Id} at '{d.Span.Text}': {d.Message}"))}\n{text}");
    }

    /// <summary>The text first, then what is wrong with it.</summary>
    public string Says(string what) => $"seed {Seed}: {what}\n{Text}";
}

public static class Campaign
{
    /// <summary>How many systems: few by default, thousands when a campaign is asked for; <c>IREKAE_CAMPAIGN</c> above 1 says how many at most.</summary>
    public static int Size(int usual, int campaign) =>
        int.TryParse(Environment.GetEnvironmentVariable("IREKAE_CAMPAIGN"), out int most) && most > 0 ? most == 1 ? campaign : Math.Min(campaign, Math.Max(usual, most)) : usual;

    /// <summary>Where the seeds begin; another beginning gives other systems.</summary>
    public static ulong First => ulong.TryParse(Environment.GetEnvironmentVariable("IREKAE_SEED"), out ulong seed) ? seed : 1;

    public static IEnumerable<ulong> Seeds(int usual, int campaign)
    {
        int size = Size(usual, campaign);
        for (int k = 0; k < size; k++) yield return First + (ulong)k;
    }

    public static IEnumerable<Drawn> Systems(Profile profile, int usual, int campaign) => Seeds(usual, campaign).Select(seed => Drawn.Of(seed, profile));

    /// <summary>Random runs, half of them drawn mostly at the ends of the intervals. A run stops where an instant has more orders than the semantics follows.</summary>
    public static IEnumerable<Run> Runs(TransitionSystem system, int count, int moves)
    {
        for (int k = 0; k < count; k++)
        {
            Run? run = null;
            try
            {
                run = Irekae.Model.Semantics.Runs.Of(system, 1, new SeededChooser((ulong)k, k % 2 == 0 ? 0 : 70), moves);
            }
            catch (OverflowException) { Crowded++; }
            if (run is not null) yield return run;
        }
    }

    /// <summary>Runs given up because of an instant with too many orders: rare, or the laws say little.</summary>
    public static int Crowded;
}
