using System.Collections.Immutable;
using Irekae.Model.Binding;

namespace Irekae.Codegen.Emit;

/// <summary>How the durations of a system are drawn: uniformly from their intervals, unless an experiment says otherwise.</summary>
public sealed class Durations(ImmutableArray<DrawnDuration> draws)
{
    public static Durations Uniform { get; } = new([]);

    /// <summary>Null: uniformly.</summary>
    public DrawRule? Of(Interval? interval) => draws.FirstOrDefault(draw => ReferenceEquals(draw.Interval, interval))?.Rule;
}
