using System.Collections.Immutable;
using Irekae.Codegen.Plots;
using Irekae.Codegen.Simulator;
using Irekae.Codegen.Validation;
using Irekae.Model.Binding;
using Irekae.Model.Numbers;

namespace Irekae.Checker.Cli;

/// <summary>
/// Drawings of a validation. <c>NAME.svg</c> for each measurement: its values beside the exact interval and the repeated experiment.
/// <c>NAME.intervals.svg</c> for each that is of gaps between marks: those around what the experiment measures once in each trial.
/// </summary>
internal static class ValidatePlots
{
    /// <summary>SVG by file name.</summary>
    public static IEnumerable<(string Name, string Svg)> Of(Validation validation, IReadOnlyList<Validated> all)
    {
        foreach (var group in all.GroupBy(one => one.Of))
        {
            yield return ($"{group.Key.Measurement.Name}.svg", Beside(validation, group.Key, [.. group]).Draw());
            if (Intervals(validation, group.Key, [.. group]) is { } intervals) yield return ($"{group.Key.Measurement.Name}.intervals.svg", intervals.Draw());
        }
    }

    private static MeasuredPlot Beside(Validation validation, Measured measured, ImmutableArray<Validated> cells)
    {
        var (name, repetition) = (measured.Measurement.Name, measured.Repetition);
        var marks = cells.OrderByDescending(one => one.Cell.Statistic == Statistic.Max).ThenBy(one => one.Cell.Statistic == Statistic.Min).Select(one =>
            new MeasuredMark(Cell.Word(one.Cell.Statistic), one.Cell.Printed, one.Simulated is var (low, _, high) ? (low, high) : null)).ToImmutableArray();
        return new MeasuredPlot(name, validation.Says(measured), cells[0].Least?.Proved, cells[0].Most?.Proved, marks, measured.Values, fine => repetition!.Protocol.Simulator.Nanoseconds(fine));
    }

    private static IntervalsPlot? Intervals(Validation validation, Measured known, ImmutableArray<Validated> cells)
    {
        var measured = known.Measurement;
        if (validation.AroundDisturbance(measured) is not var (gap, title, disturbance, traces)) return null;
        var longest = validation.Longest(known);
        var marks = cells.Where(one => !measured.Total || one.Cell.Statistic == Statistic.Mean).Where(_ => measured.Beyond.IsConstant).Select(one => new MeasuredInterval(
            measured.Total ? $"{TimeText.Of(measured.Beyond.Constant)} and {TimeText.Of(one.Cell.Printed)} more" : $"{Cell.Word(one.Cell.Statistic)} {TimeText.Of(one.Cell.Printed)}",
            one.Cell.Printed + measured.Beyond.Constant,
            measured.Total));
        return new IntervalsPlot(
            measured.Name, title, gap.Mark.Name, disturbance, traces, longest, [.. marks]);
    }
}
