using Irekae.Codegen.Simulator;
using Irekae.Codegen.Validation;
using Irekae.Model.Numbers;
using OxyPlot.Axes;

namespace Irekae.Codegen.Plots;

/// <summary>What one quantity was in an experiment.</summary>
/// <param name="Values">At least one.</param>
/// <param name="Time">Fine ticks to nanoseconds.</param>
public sealed record SimulatedValues(string Title, string Subtitle, Histogram Values, Func<long, Rational> Time);

/// <summary>Histograms of simulated quantities, below one another: <c>irekae simulate --plot</c>.</summary>
public static class ValuesPlot
{
    private const int Height = 280;

    /// <returns>SVG.</returns>
    public static string Of(string title, IEnumerable<SimulatedValues> quantities) => Picture.Of(title, [.. quantities.Select(one => (Panel(one), Height))]);

    private static OxyPlot.PlotModel Panel(SimulatedValues one)
    {
        var summary = one.Values.Summary;
        var unit = TimeUnit.For(one.Time(summary.Most));
        var model = Look.Model(one.Title, one.Subtitle);
        var axis = Look.Axis(AxisPosition.Bottom, $"time [{unit.Name}]");
        (axis.MinimumPadding, axis.MaximumPadding) = (0.02, 0.02);
        model.Axes.Add(axis);
        Bars.Add(model, one.Values, one.Time, unit, $"{summary.Count} simulated values: {Repeated.Rounded(one.Time(summary.Least))} .. {Repeated.Rounded(one.Time(summary.Most))}", 1);
        return model;
    }
}
