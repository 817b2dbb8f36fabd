using System.Reflection;
using Irekae.Model;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

namespace Irekae.Properties.Testing;

/// <summary>
/// Theory data: one test case for each property of a specification, and one for the checks that hold of every system.
/// <code>
/// [Theory, SpecFile("specs/minix3/minix3.irk")]
/// public void Holds(SpecProperty property) => property.Check();
/// </code>
/// A specification with errors is one case, which fails with its diagnostics.
/// </summary>
/// <param name="path">Looked for in the folder of the test assembly and in every folder above it.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class SpecFileAttribute(string path) : DataAttribute
{
    public string Path { get; } = path;

    /// <summary>Only properties with such a name, <c>*</c> and <c>?</c> allowed; null: all, and the checks.</summary>
    public string? Properties { get; init; }

    /// <summary>For each exploration; 0: none. A property that is not settled by then fails as unknown.</summary>
    public int Seconds { get; init; }

    public override bool SupportsDiscoveryEnumeration() => true;

    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker)
    {
        var cases = SpecProperty.Of(Path, Properties, Seconds);
        return ValueTask.FromResult<IReadOnlyCollection<ITheoryDataRow>>([.. cases.Select(one => new TheoryDataRow<SpecProperty>(one))]);
    }
}
