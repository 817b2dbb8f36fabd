using System.Collections.Immutable;
using System.Net;
using System.Reflection;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Irekae.Checker.Proofs;
using Irekae.Checker.Timelines;
using Irekae.Checker.Verification;
using Irekae.Model;
using Irekae.Model.Binding;
using Irekae.Model.Text;
using Irekae.Properties;

namespace Irekae.Checker.Report;

/// <summary>One specification's part of a report.</summary>
/// <param name="Path">As the user wrote it.</param>
/// <param name="Statements">How many there are; those that no run reaches are among the warnings.</param>
/// <param name="Comparisons">Rows of measured values beside exact and simulated ones; empty: no data.</param>
internal sealed record ReportedSystem(
    string Path, Spec Spec, BoundSystem System, VerificationResult Result, int Statements,
    ImmutableArray<ComparedValue> Comparisons, ImmutableArray<ValuesChart> Values, ImmutableArray<IntervalsChart> Intervals);

/// <summary>A measured value, in words, beside what is exact and what is simulated.</summary>
/// <param name="Role">Whether the model was made from it, or predicts it.</param>
internal sealed record ComparedValue(string Name, string Measured, string Role, string Exact, string Simulated, bool? Inside);

/// <summary>
/// The page: one file without anything from elsewhere. Everything that is known is in tables that need no script; pictures are drawn by the page's script
/// and by Apache ECharts, and are beside them.
/// </summary>
internal sealed class ReportPage(string version)
{
    private readonly StringBuilder html = new();
    private int pictures;

    public static string Of(string version, IReadOnlyList<ReportedSystem> systems) => new ReportPage(version).Write(systems);

    /// <summary>A page of one timeline.</summary>
    public static string OfTimeline(string version, Timeline timeline)
    {
        var page = new ReportPage(version);
        page.Begin($"Irekae timeline: {timeline.System.Name}", "timeline");
        page.Line($"<main id=\"top\" tabindex=\"-1\">\n{HowToMove(timeline.Focus is not null)}");
        page.WriteTimeline(timeline, "t", timeline.Focus?.Text ?? $"a run of {timeline.Run.Steps.Length} moves");
        page.Line("</main>");
        return page.End(charts: false);
    }

    private string Write(IReadOnlyList<ReportedSystem> systems)
    {
        Begin($"Irekae report: {string.Join(", ", systems.Select(system => system.System.Name))}", "answers");
        if (systems.Count > 1)
            Line($"<nav aria-label=\"Systems\"><p>{string.Join(" · ", systems.Select((system, k) => $"<a href=\"#s{k}\">{Text(system.System.Name)}</a>"))}</p></nav>");
        Line("<main id=\"top\" tabindex=\"-1\">");
        for (int k = 0; k < systems.Count; k++) WriteSystem(systems[k], k);
        Line("</main>");
        return End(charts: true);
    }

    /// <param name="focused">A part of the run is what the question was about.</param>
    private static string HowToMove(bool focused) =>
        $"<p class=\"faint\">Drag or use the arrow keys to move, + and − or Ctrl with the wheel to zoom, {(focused ? "Home for the worst case, " : "")}End for all. Hover for times and the place in the specification.</p>";

    private void Begin(string title, string skipTo)
    {
        html.Append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        Line($"<title>{Text(title)}</title>");
        Line("<link rel=\"icon\" href=\"data:,\">");
        Line($"<style>\n{Resource("page.css")}</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#top\">Skip to the {skipTo}</a>");
        Line($"<header>\n<h1>{Text(title)}</h1>\n<p class=\"faint\">Irekae {Text(version)}. Times are exact unless they are said to be simulated.</p>\n</header>");
    }

    private string End(bool charts)
    {
        Line($"<footer><h2>Made with</h2><p>Irekae {Text(version)}, .NET {Environment.Version}.{(charts ? " Charts: Apache ECharts, Apache License 2.0." : "")}</p></footer>");
        if (charts) Line($"<script>{Resource("echarts.js").Replace("</script", "<\\/script", StringComparison.OrdinalIgnoreCase)}</script>");
        Line($"<script>\n{Resource("page.js")}</script>\n</body>\n</html>");
        return html.ToString();
    }

    private void WriteSystem(ReportedSystem one, int number)
    {
        Line($"<section aria-labelledby=\"s{number}\">\n<h2 id=\"s{number}\">{Text(one.System.Name)}</h2>\n<p>{Text(one.System.Description)}</p>");
        WriteAnswers(one, number);
        WriteVariants(one, number);
        WriteComparison(one, number);
        WriteTimelines(one, number);
        WriteCoverage(one, number);
        WriteSources(one, number);
        Line("</section>");
    }

    private void WriteAnswers(ReportedSystem one, int number)
    {
        Line("<h3>Answers</h3>\n<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Answers\"><table>\n<thead><tr><th scope=\"col\">Verdict</th><th scope=\"col\">Property</th><th scope=\"col\">Question</th><th scope=\"col\">Value</th><th scope=\"col\">Holds</th><th scope=\"col\">Evidence</th></tr></thead>\n<tbody>");
        foreach (var result in one.Result.Results)
        {
            string name = result.Witness is null ? Text(result.Name) : $"<a href=\"#t{number}-{Id(result.Name)}\">{Text(result.Name)}</a>";
            var notes = result.Notes.Concat(VerdictWords.Reason(result.Verdict) is { } reason ? [reason] : []).ToList();
            string said = notes.Count == 0 ? "" : $"<ul class=\"notes\">{string.Concat(notes.Select(note => $"<li>{Text(note)}</li>"))}</ul>";
            Line($"<tr><td class=\"verdict {Class(result.Verdict)}\">{Sign(result.Verdict)} {VerdictWords.Of(result.Verdict)}</td><th scope=\"row\">{name}</th><td><code>{Text(result.Question)}</code>{said}</td><td class=\"number\">{Text(VerdictWords.Value(result))}</td><td>{(result.ForAllTime ? "for all time" : "")}</td><td>{Evidence(result)}</td></tr>");
        }

        Line("</tbody></table></div>");
    }

    private static string Evidence(PropertyResult result)
    {
        var parts = new List<string> { Text(result.Method) };
        if (result.Witness is { } run) parts.Add($"run of {run.Steps.Length} moves");
        if (result.Certified is { } proof)
            parts.Add($"<details><summary>certificate of {proof.Nodes} nodes, checked</summary><span class=\"hash\">model {Certificate.Hash(proof.Model.Span)}<br>certificate {Certificate.Hash(proof.Certificate.Span)}</span></details>");
        else if (result.Uncertified is { } why) parts.Add($"no certificate: {Text(why)}");
        return string.Join("; ", parts);
    }

    /// <summary>Questions asked in several variants, side by side.</summary>
    private void WriteVariants(ReportedSystem one, int number)
    {
        var asked = one.System.Properties.Select(property => (Property: property, Result: one.Result.Results.FirstOrDefault(result => result.Name == property.Name)))
            .Where(pair => pair.Result is not null)
            .GroupBy(pair => WhatIf.Question(pair.Property)).Where(group => group.Select(pair => pair.Property.Variant).Distinct().Count() > 1).ToList();
        if (asked.Count == 0) return;
        var variants = asked.SelectMany(group => group.Select(pair => pair.Property.Variant)).Distinct().OrderBy(name => name is null ? -1 : one.System.Variants.IndexOf(name)).ToList();
        Line($"<h3 id=\"w{number}\">What if</h3>\n<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"What if\"><table>\n<thead><tr><th scope=\"col\">Question</th>{string.Concat(variants.Select(name => $"<th scope=\"col\">{Text(name ?? "as it stands")}</th>"))}</tr></thead>\n<tbody>");
        foreach (var group in asked)
        {
            var cells = variants.Select(variant => string.Join("<br>", group.Where(pair => pair.Property.Variant == variant).Select(pair =>
                $"<span class=\"{Class(pair.Result!.Verdict)}\">{Sign(pair.Result.Verdict)}</span> {Text(VerdictWords.Value(pair.Result) is { Length: > 0 } value ? value : VerdictWords.Of(pair.Result.Verdict))}")));
            Line($"<tr><th scope=\"row\"><code>{Text(group.Key)}</code></th>{string.Concat(cells.Select(cell => $"<td>{cell}</td>"))}</tr>");
        }

        Line("</tbody></table></div>");
    }

    private void WriteComparison(ReportedSystem one, int number)
    {
        if (one.Comparisons.IsEmpty) return;
        Line($"<h3 id=\"m{number}\">Bounds and measurements</h3>\n<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Bounds and measurements\"><table>\n<thead><tr><th scope=\"col\">Measured</th><th scope=\"col\" class=\"number\">Value</th><th scope=\"col\">Is</th><th scope=\"col\" class=\"number\">Exact interval</th><th scope=\"col\" class=\"number\">95 % of simulations</th><th scope=\"col\">Inside</th></tr></thead>\n<tbody>");
        foreach (var value in one.Comparisons)
        {
            string inside = value.Inside switch { true => "<span class=\"proved\">✓ inside</span>", false => "<span class=\"refuted\">✗ outside</span>", null => "<span class=\"open\">? not known</span>" };
            Line($"<tr><th scope=\"row\">{Text(value.Name)}</th><td class=\"number\">{Text(value.Measured)}</td><td>{value.Role}</td><td class=\"number\">{Text(value.Exact)}</td><td class=\"number\">{Text(value.Simulated)}</td><td>{inside}</td></tr>");
        }

        Line("</tbody></table></div>\n<p class=\"faint\">The model was made from what is an input, or calibrated with it; everything else it predicts.</p>");
        foreach (var chart in one.Values) WriteChart(chart.Title, chart.Subtitle, json => ChartData.Write(json, chart));
        foreach (var chart in one.Intervals) WriteChart(chart.Title, chart.Subtitle, json => ChartData.Write(json, chart));
    }

    private void WriteChart(string title, string subtitle, Action<Utf8JsonWriter> write) =>
        Line($"<figure><figcaption id=\"c{++pictures}\">{Text(title)}: {Text(subtitle)}</figcaption><div class=\"chart\" role=\"img\" aria-labelledby=\"c{pictures}\"></div>{Data(write)}</figure>");

    private void WriteTimelines(ReportedSystem one, int number)
    {
        var shown = one.Result.Results.Where(result => result.Witness is { Steps.IsEmpty: false }).ToList();
        if (shown.Count == 0) return;
        var timelines = shown.Select(result => Focusing.TimelineOf(one.System, result, result.Witness!)).ToList();
        Line($"<h3>Timelines</h3>\n{HowToMove(timelines.Exists(timeline => timeline.Focus is not null))}");
        foreach (var (result, timeline) in shown.Zip(timelines))
        {
            string value = VerdictWords.Value(result) is { Length: > 0 } known ? known : VerdictWords.Of(result.Verdict);
            WriteTimeline(timeline, $"t{number}-{Id(result.Name)}", $"{result.Name}: {value}");
        }
    }

    private void WriteTimeline(Timeline timeline, string id, string name)
    {
        var states = timeline.Lanes.SelectMany(lane => lane.Segments.Select(segment => segment.State)).Distinct().Order();
        Line($"<figure class=\"timeline\" id=\"{id}\"><figcaption id=\"{id}-name\">{Text(name)}</figcaption>");
        Line($"<div class=\"tools\" role=\"group\" aria-labelledby=\"{id}-name\"><button type=\"button\" data-do=\"in\" aria-label=\"Zoom in\">+</button><button type=\"button\" data-do=\"out\" aria-label=\"Zoom out\">−</button><button type=\"button\" data-do=\"left\" aria-label=\"Earlier\">←</button><button type=\"button\" data-do=\"right\" aria-label=\"Later\">→</button>{(timeline.Focus is null ? "" : "<button type=\"button\" data-do=\"home\">Worst case</button>")}<button type=\"button\" data-do=\"all\">All</button>");
        var cuts = Folding.Of(timeline);
        if (cuts.Length > 0) Line("<button type=\"button\" data-do=\"fold\" aria-pressed=\"false\">Fold repeats</button>");
        Line("<span role=\"status\" class=\"faint\"></span></div>");
        Line($"<canvas tabindex=\"0\" role=\"img\" aria-labelledby=\"{id}-name\" aria-describedby=\"{id}-text\"></canvas>");
        Line($"<ul class=\"legend\">{string.Concat(states.Select(state => $"<li><i style=\"background:var(--{state.Word()})\"></i>{state.Title()}</li>"))}</ul>");
        Line(Data(json => TimelineData.Write(json, timeline, cuts)));
        Line($"<details id=\"{id}-text\" class=\"print\"><summary>As text</summary><pre tabindex=\"0\" role=\"region\" aria-label=\"{Text(name)}, as text\">{Text(TextWriting.Of(timeline.AroundFocus(), 100))}</pre></details></figure>");
    }

    private void WriteCoverage(ReportedSystem one, int number)
    {
        int missed = one.Result.Warnings.Count(warning => warning.Span is not null);
        Line($"<h3>Coverage</h3>\n<p>{one.Statements - missed} of {one.Statements} statements are reached by some run.</p>");
        if (one.Result.Warnings.IsEmpty) return;
        Line($"<ul>{string.Concat(one.Result.Warnings.Select(warning => $"<li>{(warning.Span is { } span ? $"<a href=\"#{Anchor(one, number, span)}\">{Text(span.ToString())}</a>: <code>{Text(Wording.Statement(span))}</code>: " : "")}{Text(warning.Text)}</li>"))}</ul>");
    }

    private void WriteSources(ReportedSystem one, int number)
    {
        Line("<h3>Specification</h3>");
        var sources = Sources(one);
        for (int k = 0; k < sources.Count; k++)
        {
            var source = sources[k];
            string hash = Certificate.Hash(Encoding.UTF8.GetBytes(source.Content));
            Line($"<details><summary>{Text(source.Path)}</summary><p class=\"hash\">SHA-256 {hash}</p><pre class=\"source\" tabindex=\"0\" role=\"region\" aria-label=\"{Text(source.Path)}\">{string.Join('\n', source.Content.TrimEnd('\n').Split('\n').Select((line, n) => $"<span id=\"l{number}-{k}-{n + 1}\"><span class=\"n\">{n + 1}</span>{Text(line.TrimEnd('\r'))}</span>"))}</pre></details>");
        }
    }

    private static List<SourceText> Sources(ReportedSystem one) => [.. one.Spec.Syntax.Files.Select(file => file.Source).OrderBy(source => source.Path != one.Path).ThenBy(source => source.Path, StringComparer.Ordinal)];

    private static string Anchor(ReportedSystem one, int number, SourceSpan span) => $"l{number}-{Sources(one).FindIndex(source => source.Path == span.Source.Path)}-{span.Line}";

    private static string Data(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        // The default encoder writes no '<' as it is, so that no text ends the element early.
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.Default })) write(json);
        return $"<script type=\"application/json\">{Encoding.UTF8.GetString(buffer.ToArray())}</script>";
    }

    private static string Class(Verdict verdict) => verdict switch { Verdict.Proved => "proved", Verdict.Refuted => "refuted", _ => "open" };

    private static string Sign(Verdict verdict) => verdict switch { Verdict.Proved => "✓", Verdict.Refuted => "✗", _ => "?" };

    /// <summary>Names have letters, digits, '_' and '.'.</summary>
    private static string Id(string name) => name.Replace('.', '-');

    private static string Text(string text) => WebUtility.HtmlEncode(text);

    private static string Resource(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"report/{name}") ?? throw new FileNotFoundException(name);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private void Line(string line) => html.Append(line).Append('\n');
}
