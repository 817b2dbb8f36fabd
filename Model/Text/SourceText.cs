using System.Collections.Immutable;

namespace Irekae.Model.Text;

/// <summary>The text of one specification file with its line starts. Positions are offsets in UTF-16 units.</summary>
public sealed class SourceText
{
    private readonly ImmutableArray<int> lineStarts;

    public SourceText(string path, string content)
    {
        Path = path;
        Content = content;
        var starts = ImmutableArray.CreateBuilder<int>();
        starts.Add(0);
        for (int i = 0; i < content.Length; i++)
            if (content[i] == '\n') starts.Add(i + 1);
        lineStarts = starts.ToImmutable();
    }

    /// <summary>The path as the user wrote it; relative for imports.</summary>
    public string Path { get; }

    public string Content { get; }

    public int LineCount => lineStarts.Length;

    /// <summary>One-based line and column of an offset.</summary>
    public (int Line, int Column) Position(int offset)
    {
        int index = lineStarts.BinarySearch(offset);
        if (index < 0) index = ~index - 1;
        return (index + 1, offset - lineStarts[index] + 1);
    }

    /// <summary>The text of a one-based line, without its end.</summary>
    public string Line(int line)
    {
        var (start, end) = LineBounds(line);
        return Content[start..end];
    }

    /// <summary>Offsets of the first character of a one-based line and of its end, which is not part of it.</summary>
    public (int Start, int End) LineBounds(int line)
    {
        int start = lineStarts[line - 1];
        int end = line < lineStarts.Length ? lineStarts[line] : Content.Length;
        while (end > start && Content[end - 1] is ('\r' or '\n')) end--;
        return (start, end);
    }
}

/// <summary>A place in a source: where a construct was written.</summary>
public sealed record SourceSpan(SourceText Source, int Start, int Length)
{
    public int End => Start + Length;

    public int Line => Source.Position(Start).Line;

    public string Text => Source.Content.Substring(Start, Length);

    public override string ToString()
    {
        var (line, column) = Source.Position(Start);
        return $"{Source.Path}:{line}:{column}";
    }
}
