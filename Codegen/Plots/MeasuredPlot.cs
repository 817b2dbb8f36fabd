using System.Collections.Immutable;
using Irekae.Codegen.Simulator;
using Irekae.Codegen.Validation;
using Irekae.Model.Numbers;
using OxyPlot;
using OxyPlot.Annotations;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace Irekae.Codegen.Plots;

/// <summary>A measured value and where a repeated experiment has it. Nanoseconds.</summary>
/// <param name="Name">Of the statistic.</param>
/// <param name="Simulated">95 % of the repetitions lie in it; null: not simulated.</param>
public sealed record MeasuredMark(string Name, Rational Value, (Rational Low, Rational High)? Simulated);

/// <summary>One measurement beside the model.</summary>
/// <param name="Least">Exact, over all runs; null: not known.</param>
/// <param name="Most">Exact; null: not known, or there is none.</param>
/// <param name="Values">All simulated values; null: not simulated, or not of the same kind as what was measured.</param>
/// <param name="Time">Fine ticks of those to nanoseconds.</param>
public sealed record MeasuredPlot(
    string Title, string Subtitle, Rational? Least, Rational? Most, ImmutableArray<MeasuredMark> Marks, Histogram? Values, Func<long, Rational> Time)
{
    private const int RowHeight = 26;
    private const int Frame = 170;
    private const int BarsHeight = 190;
    private const string Rows = "rows";

    /// <summary>SVG: above, a row for the exact interval and for each measured value; below, on the same axis of time, the histogram of all simulated values.</summary>
    public string Draw()
    {
        var ends = Marks.SelectMany(mark => mark.Simulated is var (low, high) ? new[] { mark.Value, low, high } : [mark.Value]).Concat(new[] { Least, Most }.OfType<Rational>());
        if (Values is not null) ends = ends.Append(Time(Values.Summary.Least)).Append(Time(Values.Summary.Most));
        var all = ends.ToList();
        var unit = TimeUnit.For(all.Select(Rational.Abs));
        var model = Look.Model(Title, Subtitle);
        var axis = Look.Axis(AxisPosition.Bottom, $"time [{unit.Name}]");
        double from = all.Min().In(unit), to = all.Max().In(unit), margin = Math.Max((to - from) * 0.03, 1e-6 * Math.Max(1, to));
        (axis.Minimum, axis.Maximum) = (from - margin, to + margin);
        model.Axes.Add(axis);
        int above = (Marks.Length + 1) * RowHeight, below = Values is null ? 0 : BarsHeight;
        double border = (double)below / (above + below);
        AddRows(model, unit, border);
        if (Values is not null)
        {
            Bars.Add(model, Values, Time, unit, $"{Values.Summary.Count} simulated values", border - 0.02);
            foreach (var end in new[] { Least, Most }.OfType<Rational>()) model.Annotations.Add(Line(end.In(unit), Look.Exact, LineStyle.Dash));
            foreach (var mark in Marks) model.Annotations.Add(Line(mark.Value.In(unit), Look.Measured, LineStyle.Dot));
        }

        return Picture.Of($"{Title}: {Subtitle}", (model, Frame + above + below));
    }

    private void AddRows(PlotModel model, TimeUnit unit, double border)
    {
        var rows = new CategoryAxis { Position = AxisPosition.Left, Key = Rows, StartPosition = border, EndPosition = 1, FontSize = 12, MajorGridlineStyle = LineStyle.None, MinorTickSize = 0, MajorTickSize = 0 };
        rows.Labels.AddRange([.. Marks.Reverse().Select(mark => mark.Name), Least is null || Most is null ? "exact: ?" : "exact"]);
        model.Axes.Add(rows);
        double top = Marks.Length;
        if (Least is { } least && Most is { } most)
        {
            string known = $"exact, all runs: {TimeText.Of(least)} .. {TimeText.Of(most)}";
            model.Series.Add(Bar([(least.In(unit), most.In(unit), top)], known, Look.Exact, 3, new LineSeries { MarkerType = MarkerType.Square, MarkerSize = 4, MarkerFill = Look.Exact }));
        }

        var simulated = Marks.Select((mark, k) => (mark.Simulated, Row: top - 1 - k)).Where(one => one.Simulated is not null)
            .Select(one => (one.Simulated!.Value.Low.In(unit), one.Simulated.Value.High.In(unit), one.Row)).ToList();
        if (simulated.Count > 0) model.Series.Add(Bar(simulated, "95 % of repetitions", Look.Simulated, 9, new LineSeries()));
        var measured = new ScatterSeries { Title = "measured", YAxisKey = Rows, MarkerType = MarkerType.Diamond, MarkerSize = 6, MarkerFill = Look.Measured, MarkerStroke = OxyColors.White, MarkerStrokeThickness = 1 };
        measured.Points.AddRange(Marks.Select((mark, k) => new ScatterPoint(mark.Value.In(unit), top - 1 - k)));
        model.Series.Add(measured);
    }

    private static LineSeries Bar(IEnumerable<(double From, double To, double Row)> pieces, string name, OxyColor colour, double thickness, LineSeries line)
    {
        (line.Title, line.YAxisKey, line.Color, line.StrokeThickness) = (name, Rows, colour, thickness);
        foreach (var (from, to, row) in pieces)
        {
            if (line.Points.Count > 0) line.Points.Add(DataPoint.Undefined);
            line.Points.Add(new DataPoint(from, row));
            line.Points.Add(new DataPoint(to, row));
        }

        return line;
    }

    private static LineAnnotation Line(double at, OxyColor colour, LineStyle style) =>
        new() { Type = LineAnnotationType.Vertical, X = at, YAxisKey = "counts", Color = colour, LineStyle = style, StrokeThickness = 1.3 };
}
