using System.Collections.Immutable;
using Irekae.Model.Binding;
using Irekae.Model.Semantics;

namespace Irekae.Tests.Link;

/// <summary>Who comes first at one instant.</summary>
internal sealed partial class Translator
{
    /// <summary>Whether the timer can fire only now, and before which others it cannot.</summary>
    private (bool AtOnce, ImmutableArray<string> Before) Precedence(World world, string timer)
    {
        int own = Turn(timer);
        return (world.InBatch, [.. world.Timers.Keys.Where(t => Rate(world, t) < 0 && Turn(t) < own)]);
    }

    /// <summary>The earlier turn goes first.</summary>
    private int Turn(string timer) => (ties, Name.Of(timer).Kind) switch
    {
        _ when mistake == Mistake.WorkNotFirst => 0,
        (Ties.Any, _) or (_, TimerKind.Work) => 0,
        (Ties.Batch, TimerKind.Slice) => 2,
        _ => 1,
    };
}
