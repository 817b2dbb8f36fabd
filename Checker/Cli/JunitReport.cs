using System.Globalization;
using System.Text;
using System.Xml;

namespace Irekae.Checker.Cli;

/// <summary>JUnit XML as continuous integration reads it: a suite for each file, a case for each property; what is open is skipped.</summary>
internal static class JunitReport
{
    public static void Write(string path, IReadOnlyCollection<CiCase> cases)
    {
        using var writer = XmlWriter.Create(path, new XmlWriterSettings { Indent = true, Encoding = new UTF8Encoding(false), NewLineChars = "\n" });
        writer.WriteStartElement("testsuites");
        Counts(writer, cases);
        foreach (var suite in cases.GroupBy(one => one.File))
        {
            writer.WriteStartElement("testsuite");
            writer.WriteAttributeString("name", suite.Key);
            Counts(writer, [.. suite]);
            foreach (var one in suite) Write(writer, one);
            writer.WriteEndElement();
        }
        writer.WriteEndElement();
    }

    private static void Write(XmlWriter writer, CiCase one)
    {
        writer.WriteStartElement("testcase");
        writer.WriteAttributeString("classname", one.File);
        writer.WriteAttributeString("name", one.Name);
        writer.WriteAttributeString("time", Seconds(one.Seconds));
        if (one.Span is { Source.Content.Length: > 0 } span)
        {
            writer.WriteAttributeString("file", span.Source.Path);
            writer.WriteAttributeString("line", span.Line.ToString(CultureInfo.InvariantCulture));
        }
        if (one.Message is not null)
        {
            writer.WriteStartElement(one.Open ? "skipped" : "failure");
            writer.WriteAttributeString("message", Allowed(one.Message));
            if (one.Details is not null) writer.WriteString(Allowed(one.Details));
            writer.WriteEndElement();
        }
        writer.WriteEndElement();
    }

    private static void Counts(XmlWriter writer, IReadOnlyCollection<CiCase> cases)
    {
        void Count(string name, int count) => writer.WriteAttributeString(name, count.ToString(CultureInfo.InvariantCulture));
        Count("tests", cases.Count);
        Count("failures", cases.Count(one => one.Failed));
        Count("skipped", cases.Count(one => one.Open));
        writer.WriteAttributeString("time", Seconds(cases.Sum(one => one.Seconds)));
    }

    private static string Seconds(double seconds) => seconds.ToString("F3", CultureInfo.InvariantCulture);

    /// <summary>Without characters that XML has no place for.</summary>
    private static string Allowed(string text) => string.Concat(text.EnumerateRunes().Select(rune => rune.IsBmp && !XmlConvert.IsXmlChar((char)rune.Value) ? "?" : rune.ToString()));
}
