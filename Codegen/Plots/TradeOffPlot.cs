using Irekae.Model.Numbers;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace Irekae.Codegen.Plots;

/// <summary>One setting, by two times that should both be short. Nanoseconds.</summary>
/// <param name="Group">What it is drawn with.</param>
/// <param name="Beaten">Another setting of the comparison is shorter in one of the two, and not longer in the other.</param>
public sealed record Compromise(string Group, Rational Across, Rational Up, bool Beaten);

/// <summary>Settings between two times of which one gets longer as the other gets shorter: those that none beats are filled (Pareto).</summary>
public static class TradeOffPlot
{
    private const int Height = 430;

    private static readonly MarkerType[] Marks = [MarkerType.Circle, MarkerType.Square, MarkerType.Triangle, MarkerType.Diamond];
    private static readonly OxyColor[] Colours = [Look.Simulated, Look.Measured, Look.Exact];

    /// <returns>SVG.</returns>
    /// <param name="settings">At least one.</param>
    public static string Of(string title, string subtitle, string across, string up, IReadOnlyList<Compromise> settings)
    {
        var model = Look.Model(title, subtitle);
        var (xUnit, yUnit) = (TimeUnit.For(settings.Select(s => s.Across)), TimeUnit.For(settings.Select(s => s.Up)));
        var (x, y) = (Look.Axis(AxisPosition.Bottom, $"{across} [{xUnit.Name}]"), Look.Axis(AxisPosition.Left, $"{up} [{yUnit.Name}]"));
        (x.MinimumPadding, x.MaximumPadding, y.MinimumPadding, y.MaximumPadding) = (0.04, 0.04, 0.06, 0.06);
        model.Axes.Add(x);
        model.Axes.Add(y);
        int group = 0;
        foreach (var own in settings.GroupBy(s => s.Group))
        {
            foreach (bool beaten in new[] { false, true })
            {
                var series = new ScatterSeries
                {
                    Title = beaten ? own.Key + ", beaten" : own.Key,
                    MarkerType = Marks[group % Marks.Length],
                    MarkerSize = 5,
                    MarkerStrokeThickness = 1.6,
                    MarkerStroke = Colours[group % Colours.Length],
                    MarkerFill = beaten ? OxyColors.White : Colours[group % Colours.Length],
                };
                series.Points.AddRange(own.Where(s => s.Beaten == beaten).Select(s => new ScatterPoint(s.Across.In(xUnit), s.Up.In(yUnit))));
                if (series.Points.Count > 0) model.Series.Add(series);
            }

            group++;
        }

        return Picture.Of($"{title}: {subtitle}", (model, Height));
    }
}
