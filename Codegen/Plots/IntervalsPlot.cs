using System.Collections.Immutable;
using Irekae.Codegen.Validation;
using Irekae.Model.Numbers;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace Irekae.Codegen.Plots;

/// <summary>A measured length of intervals. Nanoseconds.</summary>
/// <param name="Name">Of what was measured.</param>
/// <param name="OfGrown">It is that of the intervals that grew, so it is drawn over them alone.</param>
public sealed record MeasuredInterval(string Name, Rational Length, bool OfGrown);

/// <summary>
/// Intervals between passes of a mark, in their order, around what disturbs them: Figure 2 of the seed paper. Of the traces the one with the longest
/// interval stands out.
/// </summary>
/// <param name="Traces">At least one.</param>
/// <param name="Most">The longest interval of all runs, exact; null: not known, or there is none.</param>
/// <param name="Mark">Its name.</param>
/// <param name="Disturbance">Its name.</param>
public sealed record IntervalsPlot(string Title, string Subtitle, string Mark, string Disturbance, ImmutableArray<Trace> Traces, Rational? Most, ImmutableArray<MeasuredInterval> Measured)
{
    private const int Height = 430;
    private const int Before = 5;
    private const int After = 10;

    /// <summary>SVG.</summary>
    public string Draw()
    {
        var shown = Traces.MaxBy(trace => trace.Longest)!;
        int from = -Before, to = Math.Max(After, shown.Intervals.Where(one => one.Touched).Max(one => one.Number) + Before);
        var near = shown.Intervals.Where(one => one.Number >= from && one.Number <= to).ToList();
        var unit = TimeUnit.For(near.Select(one => one.Length));
        var model = Look.Model(Title, Subtitle);
        var number = Look.Axis(AxisPosition.Bottom, $"{Mark}, counted from the last before {Disturbance} began");
        (number.Minimum, number.Maximum, number.MajorStep) = (from - 0.5, to + 0.5, 1);
        model.Axes.Add(number);
        var length = Look.Axis(AxisPosition.Left, $"interval to the next [{unit.Name}]");
        var heights = Traces.SelectMany(trace => trace.Intervals).Where(one => one.Number >= from && one.Number <= to).Select(one => one.Length)
            .Concat(Measured.Select(one => one.Length)).Concat(new[] { Most }.OfType<Rational>()).Select(one => one.In(unit)).ToList();
        double margin = Math.Max((heights.Max() - heights.Min()) * 0.06, 1e-6 * heights.Max());
        (length.Minimum, length.Maximum) = (heights.Min() - margin, heights.Max() + margin);
        model.Axes.Add(length);

        var others = new LineSeries { Title = $"the other {Traces.Length - 1} trials", Color = Look.Faint, StrokeThickness = 1 };
        foreach (var trace in Traces.Where(trace => trace != shown))
        {
            others.Points.AddRange(trace.Intervals.Where(one => one.Number >= from && one.Number <= to).Select(one => new DataPoint(one.Number, one.Length.In(unit))));
            others.Points.Add(DataPoint.Undefined);
        }

        if (others.Points.Count > 0) model.Series.Add(others);
        var line = new LineSeries { Title = Told(shown), Color = Look.Simulated, StrokeThickness = 1.6, MarkerType = MarkerType.Circle, MarkerSize = 3.5, MarkerFill = Look.Simulated };
        line.Points.AddRange(near.Select(one => new DataPoint(one.Number, one.Length.In(unit))));
        model.Series.Add(line);
        if (Most is { } most) AddLevel(model, $"exact longest of all runs: {TimeText.Of(most)}", most.In(unit), Look.Exact, LineStyle.Dash, number.Minimum, number.Maximum);
        var grown = shown.Grown.Select(one => one.Number).DefaultIfEmpty(0).ToList();
        foreach (var one in Measured)
        {
            AddLevel(
                model, $"measured: {one.Name}", one.Length.In(unit), Look.Measured, LineStyle.DashDot, one.OfGrown ? grown.Min() - 0.5 : number.Minimum, one.OfGrown ? grown.Max() + 0.5 : number.Maximum);
        }

        return Picture.Of($"{Title}: {Subtitle}", (model, Height));
    }

    private static string Told(Trace trace) =>
        $"simulated, trial {trace.Trial}: " + (trace.Growth is { } growth ? $"{trace.Grown.Count()} grew, by {Repeated.Rounded(growth)} on average" : "none grew");

    private static void AddLevel(PlotModel model, string name, double at, OxyColor colour, LineStyle style, double from, double to)
    {
        var level = new LineSeries { Title = name, Color = colour, LineStyle = style, StrokeThickness = 1.6 };
        level.Points.Add(new DataPoint(from, at));
        level.Points.Add(new DataPoint(to, at));
        model.Series.Add(level);
    }
}
