using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(Irekae.Tests.RecordedFirst))]

namespace Irekae.Tests;

/// <summary>The first failure ends a run: what notices most and costs least comes first.</summary>
public sealed class RecordedFirst : ITestCollectionOrderer
{
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection => [.. testCollections.OrderBy(c => c.TestCollectionDisplayName.Contains("Recorded", StringComparison.Ordinal) ? 0 : 1)];
}
