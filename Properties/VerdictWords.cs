using Irekae.Model.Numbers;

namespace Irekae.Properties;

/// <summary>Verdicts and values in words.</summary>
public static class VerdictWords
{
    public static string Of(Verdict verdict) => verdict switch
    {
        Verdict.Proved => "proved",
        Verdict.ProvedUpTo => "in part",
        Verdict.Refuted => "refuted",
        _ => "unknown",
    };

    /// <summary>What a verdict that is not a plain one rests on; null: nothing to say.</summary>
    public static string? Reason(Verdict verdict) => verdict switch
    {
        Verdict.ProvedUpTo partly => "proved only up to " + partly.Limit,
        Verdict.Unknown unknown => unknown.Reason,
        _ => null,
    };

    /// <summary>The value a <c>max</c> or <c>min</c> has, as far as it is known; empty: the property asks for none.</summary>
    public static string Value(PropertyResult result)
    {
        if (result.Value is not { } value) return "";
        if (value.Endless) return "no end";
        if (value.Exact) return $"{TimeText.Of(value.Proved!.Value)} {(value.Attained ? "attained" : "approached")}";
        bool smallest = result.Kind == "min";
        return (smallest ? value.Proved : value.Found, smallest ? value.Found : value.Proved) switch
        {
            ({ } low, { } high) => $"{TimeText.Of(low)} .. {TimeText.Of(high)}",
            ({ } low, null) => $"≥ {TimeText.Of(low)}",
            (null, { } high) => $"≤ {TimeText.Of(high)}",
            _ => "",
        };
    }
}
