using System.Collections.Immutable;
using System.IO.Enumeration;
using Irekae.Model.Binding;

namespace Irekae.Checker.Verification;

/// <summary>Which explorations a verification needs, in a fixed order, and where their results go.</summary>
internal static class Plan
{
    private sealed record Wanted(int Order, BoundSystem System, Property Property, ImmutableArray<Fault> Faults);

    public static ImmutableArray<Job> Of(Func<string?, BoundSystem> systems, VerifyOptions options)
    {
        var plain = systems(null);
        var wanted = new List<Wanted>();
        foreach (var listed in plain.Properties)
        {
            if (!Matches(options, listed.Name)) continue;
            var system = listed.Variant is null ? plain : systems(listed.Variant);
            var property = system.Properties[listed.Index];
            wanted.Add(new Wanted(wanted.Count, system, property, Union(property.Under, Extra(system, options))));
        }

        ImmutableArray<Check> checks = [.. Check.All.Where(c => Matches(options, c.Name))];
        var jobs = wanted.Where(w => Job.Asked(w.Property.Question) is not null)
            .Select(w => new Job(w.System, [w.Property], [], w.Faults)).ToList();
        var shared = wanted.Where(w => Job.Asked(w.Property.Question) is null)
            .GroupBy(w => (w.Property.Variant, string.Join(' ', w.Faults.Select(f => f.Index))));
        string basic = string.Join(' ', Extra(plain, options).Select(f => f.Index));
        bool checksPlaced = checks.IsEmpty;
        foreach (var group in shared)
        {
            bool withChecks = !checksPlaced && group.Key.Variant is null && group.Key.Item2 == basic;
            checksPlaced |= withChecks;
            jobs.Add(new Job(group.First().System, [.. group.Select(w => w.Property)], withChecks ? checks : [], group.First().Faults));
        }

        if (!checksPlaced) jobs.Add(new Job(plain, [], checks, Extra(plain, options)));
        return [.. jobs];
    }

    private static bool Matches(VerifyOptions options, string name) =>
        options.Properties.IsEmpty || options.Properties.Any(glob => FileSystemName.MatchesSimpleExpression(glob, name, ignoreCase: false));

    private static ImmutableArray<Fault> Extra(BoundSystem system, VerifyOptions options) => [.. system.Faults.Where(f => options.Faults.Contains(f.Name))];

    private static ImmutableArray<Fault> Union(ImmutableArray<Fault> own, ImmutableArray<Fault> extra) =>
        [.. own.Concat(extra).DistinctBy(f => f.Index).OrderBy(f => f.Index)];
}
