using Irekae.Model.Numbers;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Legends;

namespace Irekae.Codegen.Plots;

/// <summary>How all drawings look: colours that everybody can tell apart (Okabe and Ito, 2008), and different dashes and marks besides, for print without colour.</summary>
internal static class Look
{
    public const int Width = 760;

    public static readonly OxyColor Exact = OxyColors.Black;
    public static readonly OxyColor Measured = OxyColor.Parse("#D55E00");
    public static readonly OxyColor Simulated = OxyColor.Parse("#0072B2");
    public static readonly OxyColor Bars = OxyColor.Parse("#56B4E9");
    public static readonly OxyColor Faint = OxyColor.Parse("#A8CFE6");

    public static PlotModel Model(string title, string subtitle) => new()
    {
        Title = title,
        TitleFontSize = 15,
        Subtitle = subtitle,
        SubtitleFontSize = 12,
        DefaultFont = "Arial, Liberation Sans, DejaVu Sans, sans-serif",
        Background = OxyColors.White,
        PlotAreaBorderColor = OxyColors.Gray,
        Culture = global::System.Globalization.CultureInfo.InvariantCulture,
        Padding = new OxyThickness(8, 8, 16, 4),
        Legends =
        {
            new Legend
            {
                LegendPlacement = LegendPlacement.Outside, LegendPosition = LegendPosition.BottomLeft, LegendOrientation = LegendOrientation.Horizontal,
                LegendBorderThickness = 0, LegendFontSize = 12, LegendItemSpacing = 18, LegendMargin = 4,
            },
        },
    };

    public static LinearAxis Axis(AxisPosition position, string title) => new()
    {
        Position = position,
        Title = title,
        FontSize = 12,
        AxisTitleDistance = 9,
        MajorGridlineStyle = LineStyle.Solid,
        MajorGridlineColor = OxyColor.FromArgb(40, 0, 0, 0),
        MinorTickSize = 0,
    };

    /// <summary>A picture is no proof: here, and nowhere before, exact times become positions.</summary>
    public static double In(this Rational nanoseconds, TimeUnit unit) => (double)nanoseconds.Numerator / ((double)nanoseconds.Denominator * unit.Nanoseconds);
}
