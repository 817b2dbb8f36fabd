using Irekae.Model.Binding;

namespace Irekae.Checker.Cli;

/// <summary>The orders of simultaneous events, as specifications write them.</summary>
internal static class TiesText
{
    public static string Of(Ties ties) => ties switch
    {
        Ties.CompletionFirst => "completion_first",
        Ties.Any => "any",
        Ties.Batch => "batch",
    };

    public static Ties? Parse(string text)
    {
        foreach (var ties in Enum.GetValues<Ties>())
            if (Of(ties) == text) return ties;
        return null;
    }
}
