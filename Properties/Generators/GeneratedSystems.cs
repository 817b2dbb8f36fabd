using FsCheck;
using FsCheck.Fluent;

namespace Irekae.Properties.Generators;

/// <summary>Random systems for FsCheck. A system is named by its seed and its profile, so that a failing one can be drawn again without FsCheck.</summary>
public static class GeneratedSystems
{
    public static Arbitrary<Sketch> Of(Profile profile) =>
        Arb.From(
            from high in Gen.Choose(0, int.MaxValue)
            from low in Gen.Choose(0, int.MaxValue)
            select SystemDraw.From(((ulong)high << 32) | (uint)low, profile),
            Shrinking.Smaller);
}
