using Irekae.Properties;

namespace Irekae.Checker.Cli;

/// <summary>What the program tells whoever started it. Over several files the worst counts, in the order of <see cref="Severity"/>.</summary>
public static class ExitCode
{
    public const int Proved = 0;
    public const int Refuted = 1;
    public const int Unknown = 2;
    public const int BadInput = 3;
    public const int InternalError = 4;

    /// <summary>Interrupted where there is nothing to show in part.</summary>
    public const int Interrupted = 130;

    private static readonly int[] Severity = [InternalError, BadInput, Interrupted, Refuted, Unknown, Proved];

    public static int Worst(IEnumerable<int> codes) => codes.DefaultIfEmpty(Proved).MinBy(code => Array.IndexOf(Severity, code));

    public static int Of(Verdict verdict) => verdict switch
    {
        Verdict.Proved => Proved,
        Verdict.Refuted => Refuted,
        _ => Unknown,
    };
}
