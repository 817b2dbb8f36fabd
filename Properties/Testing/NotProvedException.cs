using System.Collections.Immutable;
using Irekae.Properties.Running;

namespace Irekae.Properties.Testing;

/// <summary>A property is refuted, or it is not settled; the message shows the verdict, the reason, and the run that refutes.</summary>
public sealed class NotProvedException : ExplainedException
{
    internal NotProvedException(SpecProperty property, ImmutableArray<PropertyResult> results, string words) : base(words) => (Property, Results) = (property, results);

    public SpecProperty Property { get; }

    public ImmutableArray<PropertyResult> Results { get; }
}
