using Irekae.Codegen.Simulator;
using Irekae.Codegen.Validation;
using Irekae.Model.Numbers;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace Irekae.Codegen.Plots;

/// <summary>A histogram: how many values lie in equal intervals. Where the rare ones would not be seen, counts stand on a logarithmic axis.</summary>
internal static class Bars
{
    private const int Most = 80;
    private const long Steep = 200;

    /// <param name="model">Gets the axis of the counts, the lowest part of the drawing up to <paramref name="top"/>, and the bars.</param>
    /// <param name="time">Fine ticks to nanoseconds.</param>
    public static void Add(PlotModel model, Histogram values, Func<long, Rational> time, TimeUnit unit, string name, double top)
    {
        var bins = EqualBins.Of(values, Most);
        bool logarithmic = bins.Counts.Max() > Steep * bins.Counts.Where(count => count > 0).Min();
        Axis axis = logarithmic
            ? new LogarithmicAxis { Position = AxisPosition.Left, Title = "values, log scale", Minimum = 0.5, Maximum = 3.0 * bins.Counts.Max(), PowerPadding = false, MinorTickSize = 0 }
            : Look.Axis(AxisPosition.Left, "values");
        if (!logarithmic) (axis.Minimum, axis.Maximum) = (0, 1.08 * bins.Counts.Max());
        (axis.Key, axis.StartPosition, axis.EndPosition, axis.FontSize, axis.AxisTitleDistance, axis.MinimumMajorStep) = ("counts", 0, top, 12, 9, 1);
        model.Axes.Add(axis);
        var bars = new RectangleBarSeries { Title = name, YAxisKey = "counts", FillColor = Look.Bars, StrokeThickness = 0 };
        var edges = bins.Edges.Select(edge => time(edge).In(unit)).ToList();
        for (int k = 0; k < bins.Counts.Length; k++)
            if (bins.Counts[k] > 0) bars.Items.Add(new RectangleBarItem(edges[k], axis.Minimum, edges[k + 1], bins.Counts[k]));
        model.Series.Add(bars);
    }
}
