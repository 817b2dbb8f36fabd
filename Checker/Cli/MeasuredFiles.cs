using System.Collections.Immutable;
using Irekae.Checker.Bounded.Calibration;
using Irekae.Codegen.Running;
using Irekae.Codegen.Validation;
using Irekae.Model.Binding;

namespace Irekae.Checker.Cli;

/// <summary>The data files of a command, as far as the specification says what they measure.</summary>
internal static class MeasuredFiles
{
    /// <summary>What a measurement was made on: its experiment's system, or that of its variant, or of the one that was chosen.</summary>
    public static BoundSystem SystemOf(SpecFile spec, string? chosen, Measurement measured)
    {
        var experiment = ExperimentOf(spec, chosen, measured);
        return Protocol.SystemOf(spec.SystemOf(measured.Variant ?? experiment?.Variant ?? chosen), experiment);
    }

    /// <summary>Null: none is named.</summary>
    public static Experiment? ExperimentOf(SpecFile spec, string? chosen, Measurement measured)
    {
        if (spec.SystemOf(null).Experiments.FirstOrDefault(one => one.Name == measured.Experiment) is not { } declared) return null;
        return spec.SystemOf(measured.Variant ?? declared.Variant ?? chosen).Experiments[declared.Index];
    }

    /// <summary>Null: something is wrong, and has been said.</summary>
    public static ImmutableArray<Observation>? ReadOrNull(string[] paths, BoundSystem system, Terminal terminal)
    {
        var names = system.Measurements.ToDictionary(measured => measured.Name);
        var found = new List<Observation>();
        bool wrong = false;
        foreach (string path in paths)
        {
            var data = MeasuredData.Read(path, names.ContainsKey);
            foreach (var mistake in data.Mistakes) terminal.Error.WriteLine(mistake);
            wrong |= !data.Mistakes.IsEmpty;
            foreach (var cell in data.Cells)
            {
                if (found.Exists(other => other.Cell.FullName == cell.FullName))
                {
                    terminal.Error.WriteLine(new Mistake(path, cell.Line, 1, $"'{cell.FullName}' is there already, in another file"));
                    wrong = true;
                }

                found.Add(new Observation(cell, names[cell.Name]));
            }
        }

        return wrong ? null : [.. found];
    }
}
