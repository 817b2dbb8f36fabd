using Irekae.Model;
using Irekae.Model.Binding;
using Irekae.Model.Syntax;
using Irekae.Model.Text;

namespace Irekae.Checker.Editor;

/// <summary>From the protocol's places to those of a text, and back.</summary>
internal static class Places
{
    /// <summary>The offset, within the text whatever the position says.</summary>
    public static int Offset(SourceText source, Position position)
    {
        if (position.Line < 0) return 0;
        if (position.Line >= source.LineCount) return source.Content.Length;
        var (start, end) = source.LineBounds(position.Line + 1);
        return Math.Clamp(start + position.Character, start, end);
    }

    public static Range Range(SourceSpan span) => Range(span.Source, span.Start, Math.Min(span.End, span.Source.Content.Length));

    public static Range Whole(SourceText source) => Range(source, 0, source.Content.Length);

    /// <summary>The name at an offset, or ending there, and what it stands for.</summary>
    public static (NameSyntax Name, NameTable.Named Thing)? NameAt(Spec spec, string path, int offset)
    {
        foreach (var thing in spec.Names.Things)
            foreach (var name in thing.Names)
                if (name.Span.Start <= offset && offset <= name.Span.End && Documents.PathOf(name.Span.Source) == path) return (name, thing);
        return null;
    }

    private static Range Range(SourceText source, int start, int end) => new(Position(source, start), Position(source, end));

    private static Position Position(SourceText source, int offset)
    {
        var (line, column) = source.Position(offset);
        return new Position(line - 1, column - 1);
    }
}
