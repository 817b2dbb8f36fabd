using System.Collections.Immutable;
using Irekae.Checker.Conformance;
using Irekae.Checker.Conformance.Traces;
using Irekae.Checker.Explore;
using Irekae.Model.Binding;
using Irekae.Model.Semantics;

namespace Irekae.Tests.Checker.Conformance;

/// <summary>Traces in memory, and what becomes of them.</summary>
internal static class Shown
{
    public static ImmutableArray<TraceRecord> Of(Run run) => Read(TraceWriting.Csv(run));

    public static ImmutableArray<TraceRecord> Read(string csv) => [.. CsvTrace.Read("trace.csv", () => new StringReader(csv))];

    public static ConformanceResult Decide(BoundSystem system, IEnumerable<TraceRecord> records, Mapping? mapping = null, (long, long) resolution = default, int window = 1000, bool changes = false, long? states = 100_000) =>
        Conforming(system, records, mapping, resolution, window, changes, states).Decide();

    public static Conforming Conforming(BoundSystem system, IEnumerable<TraceRecord> records, Mapping? mapping = null, (long, long) resolution = default, int window = 1000, bool changes = false, long? states = 100_000)
    {
        var all = records.ToList();
        mapping ??= Mapping.OwnNames(system, all);
        var observing = new Observing("trace.csv", system, mapping);
        var options = new ConformanceOptions([], new Limits(TimeSpan.FromSeconds(60), states, null), window, changes ? TimeSpan.FromSeconds(60) : null);
        return new Conforming(system, mapping, observing.Of(all), () => (observing.Records, observing.Shown), mapping.Resolution ?? resolution, options, CancellationToken.None);
    }
}
