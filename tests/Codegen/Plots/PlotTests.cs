using System.Collections.Immutable;
using System.Xml;
using System.Xml.Linq;
using Irekae.Codegen.Plots;
using Irekae.Codegen.Simulator;
using Irekae.Codegen.Validation;
using Irekae.Model.Numbers;

namespace Irekae.Tests.Codegen.Plots;

public class PlotTests
{
    private const string Measured = "rgb(213,94,0)", Bar = "rgb(86,180,233)";

    private static Histogram Values(params long[] values)
    {
        var (histogram, summary) = (new Histogram(), new Summary());
        foreach (long value in values)
        {
            histogram.Count(value);
            summary.Add(value);
        }

        histogram.Include(summary);
        return histogram;
    }

    private static MeasuredPlot Beside(Rational? least, Rational? most, Histogram? values) => new(
        "os.time.loaded <&\"'>", "7 repetitions", least, most, [new MeasuredMark("max", 25_000, (20_000, 30_000)), new MeasuredMark("min", 9_000, null)], values, fine => fine);

    private static IntervalsPlot Around() => new(
        "os.interval.loaded", "2 trials", "app.round", "update",
        [
            new Trace(1, 100_000, [.. Enumerable.Range(-10, 30).Select(k => new TracedInterval(k, k == 0 ? 130_000 : 100_000, k == 0))]),
            new Trace(2, 100_000, [.. Enumerable.Range(-10, 30).Select(k => new TracedInterval(k, k == 0 ? 120_000 : 100_000, k is 0 or 1))]),
        ],
        140_000,
        [new MeasuredInterval("max 150 us", 150_000, false)]);

    /// <summary>XML that needs no document type; each name is there once, and what is referred to is there.</summary>
    private static XElement Read(string svg)
    {
        using var reader = XmlReader.Create(new StringReader(svg), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
        var root = XElement.Load(reader);
        Assert.Equal("{http://www.w3.org/2000/svg}svg", root.Name.ToString());
        var ids = root.Descendants().Attributes("id").Select(id => id.Value).ToList();
        Assert.Equal(ids.Distinct(), ids);
        foreach (string reference in root.Descendants().Attributes().Select(a => a.Value).Where(value => value.StartsWith("url(#", StringComparison.Ordinal)))
            Assert.Contains(reference["url(#".Length..^1], ids);
        return root;
    }

    private static string Texts(XElement svg) => string.Join('\n', svg.Descendants().Where(e => e.Name.LocalName is "text").Select(e => e.Value));

    private static int Shapes(XElement svg, string name, string colour) =>
        svg.Descendants().Count(e => e.Name.LocalName == name && e.Attribute("style")?.Value.Contains($"fill:{colour}", StringComparison.Ordinal) == true);

    [Fact]
    public void A_measurement_has_its_marks_its_exact_ends_and_its_bars()
    {
        var svg = Read(Beside(8_000, 40_000, Values(9_000, 9_500, 30_000)).Draw());
        string texts = Texts(svg);
        Assert.All(["os.time.loaded <&\"'>", "7 repetitions", "time [us]", "values", "exact", "max", "min", "exact, all runs: 8 us .. 40 us", "95 % of repetitions", "measured", "3 simulated values"], text => Assert.Contains(text, texts));
        Assert.Equal(2 + 1, Shapes(svg, "polygon", Measured)); // two marks, and the legend's
        Assert.Equal(3 + 1, Shapes(svg, "rect", Bar));
    }

    [Fact]
    public void What_is_not_known_is_not_drawn()
    {
        var svg = Read(Beside(null, null, null).Draw());
        Assert.Contains("exact: ?", Texts(svg));
        Assert.DoesNotContain("all runs", Texts(svg));
        Assert.Equal(0, Shapes(svg, "rect", Bar));
        Assert.Contains("exact", Texts(Read(Beside(8_000, null, Values(9_000)).Draw())));
    }

    [Fact]
    public void Intervals_have_the_exact_longest_and_what_was_measured()
    {
        var svg = Read(Around().Draw());
        string texts = Texts(svg);
        Assert.All(["the other 1 trials", "simulated, trial 1: 1 grew, by 30 us on average", "exact longest of all runs: 140 us", "measured: max 150 us", "interval to the next [us]", "app.round, counted from the last before update began"], text => Assert.Contains(text, texts));
    }

    [Fact]
    public void Rare_values_are_seen_beside_many() =>
        Assert.Contains("values, log scale", Texts(Read(Beside(8_000, 40_000, Values([.. Enumerable.Repeat(9_000L, 1_000), 30_000])).Draw())));

    [Fact]
    public void Panels_do_not_share_names()
    {
        var svg = Read(ValuesPlot.Of("two", [new SimulatedValues("first", "a", Values(1, 2), fine => fine), new SimulatedValues("second", "b", Values(0), fine => fine)]));
        Assert.All(["first", "second", "2 simulated values: 1 ns .. 2 ns"], text => Assert.Contains(text, Texts(svg)));
        Read(ValuesPlot.Of("none", []));
    }

    [Fact]
    public void The_same_is_drawn_with_the_same_bytes()
    {
        Assert.Equal(Around().Draw(), Around().Draw());
        Assert.Equal(Beside(8_000, 40_000, Values(9_000, 30_000)).Draw(), Beside(8_000, 40_000, Values(9_000, 30_000)).Draw());
    }
}
