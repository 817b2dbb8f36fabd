using System.Collections.Immutable;
using Irekae.Model.Binding;
using Irekae.Model.Numbers;
using Irekae.Model.Semantics;
using Irekae.Model.Text;

namespace Irekae.Checker.Testing;

/// <summary>What the runs of one thread have shown of one property.</summary>
internal sealed class Seen
{
    public long Runs { get; private set; }

    public long Touched { get; private set; }

    /// <summary>The most extreme value, in nanoseconds.</summary>
    public Rational? Value { get; set; }

    /// <summary>The smallest seed whose run contradicts the property, or gets to what it asks for.</summary>
    public ulong? Decided { get; private set; }

    public void Count(ulong seed, bool touched, bool decided)
    {
        Runs++;
        if (touched) Touched++;
        if (decided && (Decided is not { } first || seed < first)) Decided = seed;
    }
}

/// <summary>One thread's runs, each judged by every property and by the checks.</summary>
internal abstract class Watch(TransitionSystem system, ImmutableArray<Property> properties)
{
    public TransitionSystem System => system;

    protected ImmutableArray<Property> Properties => properties;

    /// <summary>Of each property, in order, and of the checks.</summary>
    public ImmutableArray<Seen> Seen { get; } = [.. Enumerable.Range(0, properties.Length + 1).Select(_ => new Seen())];

    public long Runs { get; protected set; }

    public long Moves { get; protected set; }

    /// <summary>Ids of timers that fired.</summary>
    public abstract IReadOnlySet<int> Fired { get; }

    /// <summary>Statements that were never executed.</summary>
    public abstract IReadOnlySet<SourceSpan> Unreached { get; }

    /// <summary>Draws a run and judges it.</summary>
    public abstract void See(ulong seed);

    protected static bool Extends(Property property, Rational value, Rational? best) =>
        best is not { } known || (property.Question is Question.Min ? value < known : value > known);
}
