using System.Globalization;
using Irekae.Model.Syntax;
using Irekae.Model.Text;

namespace Irekae.Model.Diagnostics;

/// <summary>IRK1xxx: text and syntax.</summary>
public sealed partial class DiagnosticBag
{
    public void ReportUnexpectedCharacter(SourceSpan span)
    {
        string text = span.Text;
        bool isLetter = char.IsLetter(text[0]) || char.IsSurrogate(text[0]);
        string? meant = text[0] switch
        {
            '&' => "&&",
            '|' => "||",
            '‘' or '’' or '“' or '”' or '\'' or '`' => "\"",
            '–' or '—' or '−' => "-",
            '…' => "..",
            '≤' => "<=",
            '≥' => ">=",
            '≠' => "!=",
            '×' or '·' => "*",
            '÷' => "/",
            '\u037E' => ";",
            '\u00A0' or '\u3000' or '\u2009' or '\u202F' => "an ordinary blank",
            '#' or '%' => "// before a comment",
            '[' => "(",
            ']' => ")",
            _ => null,
        };
        Report(Codes.UnexpectedCharacter, span, $"{Quote(text)} ({Names(text)}) has no meaning here", (meant, isLetter) switch
        {
            (null, true) => "names are made of the letters a to z, A to Z, digits and _",
            (null, false) => null,
            _ => $"write {meant}",
        });
    }

    public void ReportControlCharacter(SourceSpan span) => Report(
        Codes.ControlCharacter,
        span,
        $"the text contains {Names(span.Text)}, which is no visible character",
        span.Text is "\r" ? "end lines with a line feed, or a carriage return and a line feed" : "leave it out");

    /// <param name="expected">What is missing: <c>"';'"</c>, <c>"a name"</c>.</param>
    /// <param name="where"><c>"after the duration"</c>.</param>
    public void ReportExpected(SourceSpan span, string expected, string where, string? help = null) =>
        Report(Codes.Expected, span, $"expected {expected} {where}", help);

    public void ReportInvalidEncoding(SourceSpan span, long byteOffset) => Report(
        Codes.InvalidEncoding,
        span,
        $"the bytes from offset {byteOffset} are not UTF-8 text",
        "save the file as UTF-8");

    public void ReportUnterminatedString(SourceSpan span) =>
        Report(Codes.UnterminatedString, span, "the text in quotes does not end on its line", "end it with \"");

    public void ReportUnterminatedComment(SourceSpan span) =>
        Report(Codes.UnterminatedComment, span, "the comment that begins here does not end", "end it with */");

    public void ReportMalformedNumber(SourceSpan span) => Report(
        Codes.MalformedNumber,
        span,
        $"{Quote(span.Text)} is no number: '_' stands between two digits only",
        $"write {Shorten(span.Text.Replace("_", ""))}");

    public void ReportNumberTooLarge(SourceSpan span) => Report(
        Codes.NumberTooLarge,
        span,
        $"{Quote(span.Text)} is out of range",
        $"an integer is at most {int.MaxValue.ToString(CultureInfo.InvariantCulture)}, a time has at most {Limits.Digits} digits before and after the point");

    /// <param name="number">The digits before the unit.</param>
    public void ReportUnknownUnit(SourceSpan span, string number)
    {
        string? unit = Lexer.MeantUnit(span.Text);
        Report(
            Codes.UnknownUnit,
            span,
            $"{Quote(span.Text)} is no unit of time",
            string.IsNullOrEmpty(unit) ? "the units are ns, us, ms and s" : $"the units are ns, us, ms and s: write {Shorten(number)} {unit}");
    }

    public void ReportDecimalWithoutUnit(SourceSpan span) => Report(
        Codes.DecimalWithoutUnit,
        span,
        $"{Quote(span.Text)} has no unit, and only times may have a decimal point",
        $"add ns, us, ms or s: {Shorten(span.Text)} ms");

    public void ReportReservedWord(SourceSpan span, string where) =>
        Report(Codes.ReservedWord, span, $"{Quote(span.Text)} is a reserved word and cannot be a name {where}", $"choose another name, such as {Shorten(span.Text)}_");

    public void ReportExpectedItem(SourceSpan span, string? meant) => Report(
        Codes.ExpectedItem,
        span,
        span.Text == "}" ? "this '}' closes nothing" : $"{Quote(span.Text)} begins no declaration",
        Meant(meant) ?? (span.Text == "}" ? "leave it out, or look for a '{' that is missing before it" : $"a declaration begins with {Either(Words.Items)}"));

    public void ReportExpectedStatement(SourceSpan span, string? help) =>
        Report(Codes.ExpectedStatement, span, $"{Quote(span.Text)} begins no statement", help);

    public void ReportMisplaced(SourceSpan span, string message, string help) => Report(Codes.Misplaced, span, message, help);

    /// <param name="where"><c>"in a machine"</c>.</param>
    public void ReportExpectedOneOf(SourceSpan span, string found, string where, IReadOnlyList<string> words, string? meant) =>
        Report(Codes.ExpectedOneOf, span, $"{found} cannot stand {where}", Meant(meant) ?? $"write {Either(words)}");

    public void ReportUnknownQuery(SourceSpan span, string? meant) => Report(
        Codes.UnknownQuery,
        span,
        $"there is no query {Quote(span.Text)}",
        Meant(meant) ?? (span.Text.Contains('.')
            ? $"to send a message and take its answer write x = call {Shorten(span.Text)}(…) as a statement"
            : $"the queries are {string.Join(", ", Words.Queries)}"));

    public void ReportComparisonChain(SourceSpan span) =>
        Report(Codes.ComparisonChain, span, "a comparison cannot be compared again", "join two comparisons with &&, or put one in parentheses");

    public void ReportAssignmentInExpression(SourceSpan span) =>
        Report(Codes.AssignmentInExpression, span, "'=' assigns; it does not compare", "write ==");

    public void ReportNestingTooDeep(SourceSpan span) =>
        Report(Codes.NestingTooDeep, span, $"more than {Limits.Depth} constructs inside one another", "what is inside here has not been read: write it in simpler pieces");

    public void ReportExpressionTooLong(SourceSpan span) =>
        Report(Codes.ExpressionTooLong, span, $"an expression with more than {Limits.Operators} operators", "split it, or name parts of it with const or duration");

    public void ReportNameTooLong(SourceSpan span) =>
        Report(Codes.NameTooLong, span, $"a name of {span.Length} characters", $"a name has at most {Limits.NameLength}");

    private static string? Meant(string? word) => word is null ? null : $"did you mean {word}?";

    private static string Either(IReadOnlyList<string> words) => words.Count switch
    {
        0 => "nothing",
        1 => words[0],
        _ => $"{string.Join(", ", words.Take(words.Count - 1))} or {words[^1]}",
    };

    /// <summary>A piece of the text, in quotes, short enough for a message of one line and free of what would break the line.</summary>
    internal static string Quote(string text) => text.Length == 0 ? "the end of the file" : $"'{Shorten(text)}'";

    private static string Shorten(string text, int longest = 40)
    {
        int cut = text.AsSpan().IndexOfAny('\r', '\n');
        if (cut < 0 && text.Length <= longest) return text;
        cut = Math.Min(cut < 0 ? text.Length : cut, longest);
        if (cut > 0 && char.IsHighSurrogate(text[cut - 1])) cut--;
        return text[..cut] + "…";
    }

    private static string Names(string text)
    {
        var points = text.EnumerateRunes().ToList();
        string first = text.Length > 0 && char.IsSurrogate(text[0]) && points[0].Value == 0xFFFD ? "half a surrogate pair" : $"U+{points[0].Value:X4}";
        return points.Count == 1 ? first : $"{first} and more";
    }
}
