using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using OxyPlot;

namespace Irekae.Codegen.Plots;

/// <summary>
/// A drawing as SVG 1.1: the same bytes for the same content on every machine. Widths of texts are those of a table inside the plot library, so that no
/// font has to be there; a viewer takes its own.
/// </summary>
public static class Picture
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    /// <summary>The library's table counts points where a drawing counts pixels; and room is left for fonts wider than its own, since a viewer may take another.</summary>
    private sealed class WideTexts() : PdfRenderContext(0, 0, OxyColors.White)
    {
        private const double Pixels = 96.0 / 72, Wider = 1.15;

        public override OxySize MeasureText(string text, string fontFamily, double fontSize, double fontWeight)
        {
            var size = base.MeasureText(text, fontFamily, fontSize, fontWeight);
            return new OxySize(size.Width * Pixels * Wider, size.Height * Pixels);
        }
    }

    /// <summary>Panels below one another.</summary>
    internal static string Of(string title, params IReadOnlyList<(PlotModel Model, int Height)> panels)
    {
        int height = panels.Sum(panel => panel.Height);
        var picture = new XElement(
            Svg + "svg",
            new XAttribute("width", Look.Width),
            new XAttribute("height", height),
            new XAttribute("viewBox", $"0 0 {Look.Width} {height}"),
            new XAttribute("version", "1.1"),
            new XElement(Svg + "title", title));
        int top = 0;
        for (int k = 0; k < panels.Count; k++)
        {
            picture.Add(new XElement(Svg + "g", new XAttribute("transform", string.Create(CultureInfo.InvariantCulture, $"translate(0 {top})")), Panel(panels[k], k)));
            top += panels[k].Height;
        }

        using var text = new MemoryStream();
        using (var writer = XmlWriter.Create(text, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true, IndentChars = " ", NewLineChars = "\n" })) picture.Save(writer);
        return Encoding.UTF8.GetString(text.ToArray()) + "\n";
    }

    /// <summary>What the library draws, without its document type, and with names that differ from those of the other panels.</summary>
    private static IEnumerable<XElement> Panel((PlotModel Model, int Height) panel, int number)
    {
        using var drawn = new MemoryStream();
        new SvgExporter { Width = Look.Width, Height = panel.Height, TextMeasurer = new WideTexts(), UseVerticalTextAlignmentWorkaround = true }.Export(panel.Model, drawn);
        drawn.Position = 0;
        using var reader = XmlReader.Create(drawn, new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        var root = XElement.Load(reader);
        foreach (var attribute in root.DescendantsAndSelf().Attributes())
        {
            if (attribute.Name == "id") attribute.Value = $"p{number}{attribute.Value}";
            else attribute.Value = attribute.Value.Replace("url(#", $"url(#p{number}", StringComparison.Ordinal);
        }

        return root.Elements();
    }
}
