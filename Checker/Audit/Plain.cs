using Irekae.Model.Diagnostics;
using Irekae.Model.Syntax;
using Irekae.Model.Text;

namespace Irekae.Checker.Audit;

/// <summary>A specification's text as a row of words: comments and blanks do not count.</summary>
internal static class Plain
{
    public static bool Has(SourceText source, string text)
    {
        var (all, wanted) = (Words(source), Words(new SourceText("", text)));
        return wanted.Length > 0 && Enumerable.Range(0, Math.Max(0, all.Length - wanted.Length + 1)).Any(at => all.AsSpan(at, wanted.Length).SequenceEqual(wanted));
    }

    private static string[] Words(SourceText source) =>
        [.. Lexer.Read(source, new DiagnosticBag()).Select(token => source.Content.Substring(token.Start, token.Length)).Where(word => word.Length > 0)];
}
