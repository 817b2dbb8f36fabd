using System.Collections.Immutable;
using System.IO.Enumeration;
using Irekae.Codegen.Validation;
using Irekae.Model.Binding;

namespace Irekae.Checker.Bounded.Calibration;

/// <summary>Observations named by patterns: <c>*</c> and <c>?</c> stand for any characters, a comma lists, a <c>+</c> joins those of one run.</summary>
internal static class ObservationSets
{
    /// <summary>What the patterns mean: sets of observations, each of one run.</summary>
    public static (ImmutableArray<ImmutableArray<Observation>> Sets, string? Complaint) Of(string[] patterns, ImmutableArray<Observation> measured, BoundSystem system)
    {
        if (patterns.Length == 0) return measured.IsEmpty ? ([], None()) : ([.. measured.Select(one => ImmutableArray.Create(one))], null);
        var sets = new List<ImmutableArray<Observation>>();
        foreach (string item in patterns.SelectMany(pattern => pattern.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)))
        {
            var parts = item.Split('+', StringSplitOptions.TrimEntries).Select(part => measured.Where(one => FileSystemName.MatchesSimpleExpression(part, one.Cell.FullName, false)).ToImmutableArray()).ToList();
            if (parts.FindIndex(part => part.IsEmpty) is >= 0 and var missing)
            {
                string wanted = item.Split('+', StringSplitOptions.TrimEntries)[missing];
                return ([], measured.IsEmpty ? None() : $"no observation is called '{wanted}'; the data and the specification both have: {Listed(measured.Select(one => one.Cell.FullName))}");
            }

            if (parts.Count == 1) sets.AddRange(parts[0].Select(one => ImmutableArray.Create(one)));
            else if (parts.Exists(part => part.Length > 1)) return ([], $"'{item}': of one run can only be single observations, without * or ?");
            else if (parts.Exists(part => part[0] is { Cell: { Statistic: Statistic.Mean, Samples: > 1 }, Measured.Total: false })) return ([], $"'{item}': a mean of several samples is not seen in one run");
            else if (parts.Select(part => CalibrationTask.Place(part[0].Measured)).Distinct().Count() > 1) return ([], $"'{item}': one run cannot be of two variants or experiments");
            else sets.Add([.. parts.Select(part => part[0])]);
        }

        var twice = sets.SelectMany(set => set).GroupBy(one => one.Cell.FullName).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null && sets.Any(set => set.Length > 1 && set.Any(one => one.Cell.FullName == twice.Key))) return ([], $"'{twice.Key}' is used twice");
        return ([.. sets.DistinctBy(set => set.Length == 1 ? set[0].Cell.FullName : string.Join('+', set.Select(one => one.Cell.FullName)))], null);

        string None() => system.Measurements.IsEmpty
            ? "the specification does not say what was measured: write `measured system.measure.condition as QUANTITY;`"
            : $"the data have nothing of what the specification says was measured: {Listed(system.Measurements.Select(m => m.Name))}";
    }

    private static string Listed(IEnumerable<string> names) => names.ToList() is { Count: > 0 } all ? string.Join(", ", all) : "none";
}
