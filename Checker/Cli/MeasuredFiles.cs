using System.Collections.Immutable;
using Irekae.Checker.Bounded.Calibration;
using Irekae.Codegen.Validation;
using Irekae.Model.Binding;

namespace Irekae.Checker.Cli;

/// <summary>The data files of a command, as far as the specification says what they measure.</summary>
internal static class MeasuredFiles
{
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
