namespace Irekae.Model.Syntax;

/// <summary>How big a specification may be. Every limit has a diagnostic; within them every phase may recurse over a tree.</summary>
public static class Limits
{
    /// <summary>Bytes of one file, and characters of a text.</summary>
    public const int FileSize = 1 << 20;

    /// <summary>Files of one specification, the main file included.</summary>
    public const int Files = 64;

    /// <summary>Bytes of all files of one specification.</summary>
    public const int TotalSize = 4 << 20;

    /// <summary>Blocks, parentheses, prefix operators and <c>else if</c> inside one another.</summary>
    public const int Depth = 64;

    /// <summary>Infix operators of one expression.</summary>
    public const int Operators = 256;

    /// <summary>Digits of a number, before and after the point.</summary>
    public const int Digits = 18;

    /// <summary>Characters of a name.</summary>
    public const int NameLength = 128;

    /// <summary>Diagnostics of one specification; the rest is not shown.</summary>
    public const int Diagnostics = 100;
}
