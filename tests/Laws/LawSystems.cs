using Irekae.Properties.Generators;

namespace Irekae.Tests.Laws;

/// <summary>The systems that laws are judged by: mostly of everything, and a share of each kind that some law needs.</summary>
public static class LawSystems
{
    private static readonly Profile[] Kinds =
    [
        Profile.Whole,
        Profile.Whole with { Mutexes = 100, Data = 20, Replacement = 15 },
        Profile.Whole with { Replacement = 100, AfterAnyTime = 10 },
        Profile.Whole with { Slices = 100, Processes = 4, Servers = 1, Mutexes = 0, Devices = 5, Replacement = 5 },
        Profile.Sharing,
        Profile.Sharing with { Chains = 0, Slices = 0 },
        Profile.ThereAndBack,
        Profile.Busy,
        Profile.Faithful,
    ];

    public static IEnumerable<Drawn> Of(int usual, int campaign) => Campaign.Seeds(usual, campaign).Select(Of);

    public static Drawn Of(ulong seed) => Drawn.Of(seed, Kinds[seed % (ulong)Kinds.Length]);
}
