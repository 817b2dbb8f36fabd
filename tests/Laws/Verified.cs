using Irekae.Properties;
using Irekae.Properties.Generators;

namespace Irekae.Tests.Laws;

/// <summary>A random system with its answers.</summary>
public sealed record Verified(Drawn Drawn, IReadOnlyList<PropertyResult> Results)
{
    public static IEnumerable<Verified> Systems(Profile profile, int usual, int campaign) =>
        Campaign.Systems(profile, usual, campaign).Select(drawn => new Verified(drawn, Answers.Of(drawn.System)));
}

/// <summary>The systems that several laws look at, verified once.</summary>
public sealed class VerifiedSystems
{
    private readonly Lazy<List<Verified>> all = new(() => [.. Verified.Systems(Profile.Whole, 60, 2500)]);

    public IReadOnlyList<Verified> All => all.Value;
}
